package encryption

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Rules are the rules of one edition. They are comparable, and cost nothing to copy.
// The zero value holds no edition; its methods return an error.
type Rules struct {
	edition rule.Edition
	s       *snapshot
}

// Newest returns the rules of the newest edition that this release knows.
func Newest() Rules { return Rules{tables.Newest(), snapshots.Newest()} }

// At returns the rules that were documented on e. Any date from the first edition of this
// package, 2017-11-15, to the newest edition will do; another one is a *rule.InputError.
func At(e rule.Edition) (Rules, error) {
	s, err := snapshots.At(e)
	if err != nil {
		return Rules{}, err
	}
	return Rules{e, s}, nil
}

// Editions returns the dates on which a fact of this package appeared or went, in
// ascending order, as a copy.
func Editions() []rule.Edition { return snapshots.Editions() }

// Edition returns the date for which the rules answer.
func (r Rules) Edition() rule.Edition { return r.edition }

// A snapshot is what is in force in an edition.
type snapshot struct {
	rules    *tables.Active
	limits   []Limit // by scope in the order of the constants
	grants   facts.GrantCount
	policies map[part]policyRow
	// least and most are the least and the most WorkSpaces that documents let one key have, or
	// nil. KMS's limit for one grantee is such a limit: KMS says itself that all grants of
	// WorkSpaces have the same grantee.
	least, most *Limit
}

var snapshots = tables.Compile(&book, func(active *tables.Active) *snapshot {
	e := active.Edition()
	s := &snapshot{rules: active, policies: map[part]policyRow{}}
	s.grants, _ = facts.GrantCounts.One(e)
	for _, row := range limits.On(e) {
		s.limits = append(s.limits, row.Limit)
	}
	for _, row := range policies.On(e) {
		s.policies[row.part] = row
	}
	for i := range s.limits {
		l := &s.limits[i]
		if l.Scope != WorkSpacesPerKey && l.Scope != GrantsPerGrantee {
			continue
		}
		if s.least == nil || l.Value < s.least.Value {
			s.least = l
		}
		if s.most == nil || l.Value > s.most.Value {
			s.most = l
		}
	}
	return s
})

// known returns an error for the zero Rules.
func (r Rules) known() error {
	if r.s == nil {
		return snapshots.Unknown()
	}
	return nil
}
