package bundles

import (
	"slices"
	"sync"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Rules are the rules of one edition. They are comparable, and cost nothing to copy.
// The zero value holds no edition; its methods return an error.
type Rules struct{ edition rule.Edition }

// Newest returns the rules of the newest edition that this release knows.
func Newest() Rules { return Rules{newest()} }

// At returns the rules that were documented on e. Any date between the first and the
// newest edition will do, those included; another one is a *rule.InputError.
func At(e rule.Edition) (Rules, error) {
	r := Rules{e}
	if err := r.known(); err != nil {
		return Rules{}, err
	}
	return r, nil
}

// Editions returns the dates on which a fact of this package appeared or went, in
// ascending order, as a copy.
func Editions() []rule.Edition { return slices.Clone(editions()) }

// Edition returns the date for which the rules answer.
func (r Rules) Edition() rule.Edition { return r.edition }

var editions = sync.OnceValue(func() []rule.Edition {
	return tables.Editions(
		tables.Ends(ruleRows, func(r rule.Row) rule.Span { return r.Span }),
		tables.Ends(minimumRows, func(r minimumRow) rule.Span { return r.span }),
		tables.Ends(groupRows, func(r groupRow) rule.Span { return r.span }),
		tables.Ends(ceilingRows, func(r ceilingRow) rule.Span { return r.span }),
		tables.Ends(computeRows, func(r computeRow) rule.Span { return r.span }),
		tables.Ends(retirementRows, func(r retirement) rule.Span { return r.span }),
		tables.Ends(freeRows, func(r freeRow) rule.Span { return r.span }),
		tables.Ends(familyRows, func(r familyRow) rule.Span { return r.span }),
		tables.Ends(waitRows, func(r waitRow) rule.Span { return r.span }),
		tables.Ends(stateRows, func(r stateRow) rule.Span { return r.span }),
		tables.Ends(modeRows, func(r modeRow) rule.Span { return r.span }),
		tables.Ends(busyRows, func(r busyRow) rule.Span { return r.span }),
		tables.Ends(offerRows, func(r offerRow) rule.Span { return r.span }),
		tables.Ends(nameRows, func(r nameRow) rule.Span { return r.span }),
		tables.Ends(idRows, func(r idRow) rule.Span { return r.span }),
		tables.Ends(linuxRows, func(r linuxRow) rule.Span { return r.span }),
		tables.Ends(passwordRows, func(r passwordRow) rule.Span { return r.span }),
		tables.Ends(maintenanceRows, func(r maintenanceRow) rule.Span { return r.span }),
		tables.Ends(quotaRows, func(r quotaRow) rule.Span { return r.span }),
		tables.Ends(imageTestRows, func(r imageTestRow) rule.Span { return r.span }),
		tables.Ends(imageRequirementRows, func(r imageRequirementRow) rule.Span { return r.span }),
	)
})

func newest() rule.Edition { all := editions(); return all[len(all)-1] }

// known returns an error for an edition out of range, which that of the zero Rules is.
func (r Rules) known() error { return r.edition.Within(editions()[0], newest()) }

// inForce reports whether the edition has a row for a code.
func (r Rules) inForce(c rule.Code) bool { return tables.InForce(ruleRows, r.edition, c) }

// broken adds a violation of the rule of c. An edition that does not have the rule leaves
// open whether it is one.
func (r Rules) broken(a *Answer, c rule.Code, at rule.Path, detail string) {
	if !r.inForce(c) {
		a.undocumented(at, "no document of the edition speaks of this: "+detail)
		return
	}
	a.Violations = a.Violations.Append(ruleRows, r.edition, c, at, detail)
}

// citing is broken for a violation that a row of another table decides: it cites that row.
func (r Rules) citing(a *Answer, c rule.Code, at rule.Path, detail string, by rule.Citation) {
	n := len(a.Violations)
	if r.broken(a, c, at, detail); len(a.Violations) > n {
		a.Violations[n].Cite = by
	}
}
