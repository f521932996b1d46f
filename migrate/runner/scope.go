package runner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A Scope is what a Journal belongs to.
type Scope struct {
	Account     string   `json:"account"` // its ID of 12 digits
	Region      string   `json:"region"`
	Directories []string `json:"directories"` // of the plan's WorkSpaces: IDs, sorted
	Plan        string   `json:"plan"`        // SHA-256 of its edition and waves, in hexadecimal
}

func (s *Scope) valid() bool {
	return s != nil && facts.IsAccount(s.Account) && s.Region != "" && s.Plan != "" && slices.IsSorted(s.Directories)
}

// locate fills in Account and Region from a client that knows them.
func (o *Options) locate(ctx context.Context, api API) error {
	if c, ok := api.(interface{ Options() workspaces.Options }); ok {
		known := c.Options()
		if err := settleOn(&o.Region, known.Region, "Options.Region"); err != nil {
			return err
		}
		if known.Credentials != nil {
			credentials, err := known.Credentials.Retrieve(ctx)
			if err != nil {
				return fmt.Errorf("runner: the credentials of the client: %w", err)
			}
			if err := settleOn(&o.Account, credentials.AccountID, "Options.Account"); err != nil {
				return err
			}
		}
	}
	switch {
	case !facts.IsAccount(o.Account):
		return &rule.InputError{Path: "Options.Account", Value: rule.Shorten(o.Account), Reason: "must be the account's ID of 12 digits; the client does not tell it"}
	case o.Region == "":
		return &rule.InputError{Path: "Options.Region", Reason: "is needed; the client does not tell it"}
	}
	return nil
}

// settleOn fills in what a client knows, or finds that it contradicts what is given.
func settleOn(given *string, known string, at rule.Path) error {
	switch {
	case known == "" || *given == known:
	case *given == "":
		*given = known
	default:
		return &rule.InputError{Path: at, Value: rule.Shorten(*given), Reason: "is not that of the client, " + known}
	}
	return nil
}

// scopeOf returns what a journal of a plan's run belongs to.
func scopeOf(p *migrate.Plan, o *Options) (*Scope, error) {
	s := &Scope{Account: o.Account, Region: o.Region, Directories: []string{}}
	for _, wave := range p.Waves {
		for i := range wave {
			if d := wave[i].DirectoryID; d != "" {
				s.Directories = append(s.Directories, d)
			}
		}
	}
	slices.Sort(s.Directories)
	s.Directories = slices.Compact(s.Directories)
	hash := sha256.New()
	err := json.NewEncoder(hash).Encode(struct {
		Edition rule.Edition          `json:"edition"`
		Waves   [][]migrate.Migration `json:"waves"`
	}{p.Edition, p.Waves})
	s.Plan = hex.EncodeToString(hash.Sum(nil))
	return s, err
}

// claim makes a new journal that of a scope, and refuses one of another scope.
func (r *run) claim(s *Scope) error {
	j := r.journal
	elsewhere := func(format string, args ...any) error {
		return &JournalError{Name: j.name, Trouble: Elsewhere, Detail: fmt.Sprintf(format, args...)}
	}
	has := j.scope
	if has == nil {
		return j.append(Record{Kind: Opened, Time: r.o.Clock.Now().UTC(), Scope: s})
	}
	if has.Account != s.Account {
		return elsewhere("it is of account %s, and the run of %s", has.Account, s.Account)
	}
	if has.Region != s.Region {
		return elsewhere("it is of Region %s, and the run of %s", has.Region, s.Region)
	}
	for _, d := range s.Directories {
		if _, ok := slices.BinarySearch(has.Directories, d); !ok {
			return elsewhere("it is not of directory %s", rule.Shorten(d))
		}
	}
	if has.Plan == s.Plan {
		return nil
	}
	if !r.o.NewPlan {
		return elsewhere("it is of another plan")
	}
	next := *has
	next.Plan = s.Plan
	return j.append(Record{Kind: Replanned, Time: r.o.Clock.Now().UTC(), Scope: &next})
}

// isNil tells whether an interface holds nothing, or a nil pointer.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	p := reflect.ValueOf(v)
	return p.Kind() == reflect.Pointer && p.IsNil()
}
