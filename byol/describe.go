package byol

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Statement is what the documents say of one subject in one edition.
type Statement struct {
	// Subject is a Code, or the name of something that is no rule: "windows Windows 10 1809",
	// "ingestion BYOL_REGULAR_WSP", "registry enable-inplace-upgrade.ps1 NoReboot".
	Subject string        `json:"subject"`
	Text    string        `json:"text"`
	Level   rule.Level    `json:"level,omitempty"` // of a rule
	Cite    rule.Citation `json:"cite"`
}

// A Change is a subject on which two editions differ. Before is the zero Statement for
// a subject that is new, and After for one that is gone.
type Change struct {
	Subject string    `json:"subject"`
	Before  Statement `json:"before"`
	After   Statement `json:"after"`
}

// Statements returns everything that the edition says, in the order of the tables.
func (r Rules) Statements() ([]Statement, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	return r.statements(), nil
}

func (r Rules) statements() (list []Statement) {
	for i := range requirements {
		if a := r.s.asks[requirements[i].code]; a != nil {
			list = append(list, Statement{string(requirements[i].code), a.want, a.Level, a.Cite})
		}
	}
	for _, p := range Parameters() {
		if !strings.HasPrefix(p.Name, wantPrefix) && p.Span.Contains(r.edition) {
			list = append(list, Statement{Subject: p.Name, Text: p.Value, Cite: p.Cite})
		}
	}
	return list
}

// Describe returns what differs between two editions, sorted by subject. A subject whose
// text and level are the same is not a change, though another document may say it. The
// dates may stand in either order; one out of range is a *rule.InputError.
func Describe(from, to rule.Edition) ([]Change, error) {
	var sides [2]map[string]Statement
	for i, e := range []rule.Edition{from, to} {
		r, err := At(e)
		if err != nil {
			return nil, err
		}
		sides[i] = map[string]Statement{}
		for _, s := range r.statements() {
			sides[i][s.Subject] = s
		}
	}
	var changes []Change
	for subject, before := range sides[0] {
		if after := sides[1][subject]; before.Text != after.Text || before.Level != after.Level {
			changes = append(changes, Change{subject, before, after})
		}
	}
	for subject, after := range sides[1] {
		if _, ok := sides[0][subject]; !ok {
			changes = append(changes, Change{subject, Statement{}, after})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Subject, b.Subject) })
	return changes, nil
}
