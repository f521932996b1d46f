package durable

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// Version is the format of what a store holds. The engine runs a workflow under the version by which it
// was begun; programs with the same Version take up one another's work.
const Version = "wks-migrate-1"

// An Order is a fleet that is to be migrated.
type Order struct {
	// Name is how people call the fleet: 1 to 64 letters, digits, dots, hyphens and underscores.
	Name string `json:"name"`
	// Account, the ID of 12 digits, and Region are where the fleet is.
	Account string `json:"account"`
	Region  string `json:"region"`
	// Plan is what is to be done.
	Plan *migrate.Plan `json:"plan"`
	// FailureBudget, Accept, Unrelated and OmitUserNames are those of runner.Options.
	FailureBudget int         `json:"failureBudget,omitempty"`
	Accept        []rule.Code `json:"accept,omitempty"`
	Unrelated     []string    `json:"unrelated,omitempty"`
	OmitUserNames bool        `json:"omitUserNames,omitempty"`
}

// A generation is an order as the engine has it. A fleet that is started again, with another plan or when it
// has ended, gets a new generation, which goes on with the journal of the one before.
type generation struct {
	Order
	Number  int       `json:"generation"` // from 1
	Ordered time.Time `json:"ordered"`    // for people
}

var nameForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func checkName(name string) error {
	if !nameForm.MatchString(name) {
		return &rule.InputError{Path: "Name", Value: rule.Shorten(name), Reason: "is not 1 to 64 letters, digits, dots, hyphens and underscores"}
	}
	return nil
}

func (o *Order) check() error {
	if err := checkName(o.Name); err != nil {
		return err
	}
	switch {
	case !facts.IsAccount(o.Account):
		return &rule.InputError{Path: "Account", Value: rule.Shorten(o.Account), Reason: "is not 12 digits"}
	case o.Region == "":
		return &rule.InputError{Path: "Region", Reason: "is needed"}
	case o.Plan == nil:
		return &rule.InputError{Path: "Plan", Reason: "is needed"}
	case o.FailureBudget < 0:
		return &rule.InputError{Path: "FailureBudget", Value: strconv.Itoa(o.FailureBudget), Reason: "is negative"}
	}
	_, err := migrate.At(o.Plan.Edition)
	return err
}

// A workflow of the engine is called fleet/NAME/GENERATION.
const idPrefix = "fleet/"

func idOf(name string, generation int) string {
	return fmt.Sprintf("%s%s/%d", idPrefix, name, generation)
}

// parseID is the reverse of idOf.
func parseID(id string) (name string, generation int, ok bool) {
	rest, ok := strings.CutPrefix(id, idPrefix)
	if !ok {
		return "", 0, false
	}
	name, number, ok := strings.Cut(rest, "/")
	generation, err := strconv.Atoi(number)
	return name, generation, ok && err == nil && generation > 0
}
