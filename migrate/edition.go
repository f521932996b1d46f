package migrate

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
// newest edition will do, those included; another one is a *rule.InputError. The first is
// 2020-01-10: before, there was no migration.
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
		tables.Ends(scenarioRows, func(r statement) rule.Span { return r.span }),
		tables.Ends(limitRows, func(r statement) rule.Span { return r.span }),
		tables.Ends(labelRows, func(r labelRow) rule.Span { return r.span }),
		tables.Ends(ruleRows, func(r rule.Row) rule.Span { return r.Span }),
		tables.Ends(effectRows, func(r effectRow) rule.Span { return r.span }),
		tables.Ends(groupRows, func(r groupRow) rule.Span { return r.span }),
		tables.Ends(noteRows, func(r noteRow) rule.Span { return r.span }),
		tables.Ends(figureRows, func(r figureRow) rule.Span { return r.span }),
		tables.Ends(stepRows, func(r stepRow) rule.Span { return r.span }),
		tables.Ends(windowRows, func(r windowRow) rule.Span { return r.span }),
	)
})

func newest() rule.Edition { all := editions(); return all[len(all)-1] }

// known returns an error for an edition out of range, which that of the zero Rules is.
func (r Rules) known() error { return r.edition.Within(editions()[0], newest()) }

// append adds a violation of the row of a code that is in force, if there is one.
func (r Rules) append(vs rule.Violations, c rule.Code, at rule.Path, detail string) rule.Violations {
	return vs.Append(ruleRows, r.edition, c, at, detail)
}
