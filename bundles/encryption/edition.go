package encryption

import (
	"slices"
	"sync"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Rules are the rules of one edition. They are comparable, and cost nothing to copy.
// The zero value holds no edition; its methods return an error, and its lists are empty.
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
		tables.Ends(limitRows, func(r limitRow) rule.Span { return r.span }),
		tables.Ends(grantRows, func(r grantRow) rule.Span { return r.span }),
		tables.Ends(policyRows, func(r policyRow) rule.Span { return r.span }),
	)
})

func newest() rule.Edition { all := editions(); return all[len(all)-1] }

// known returns an error for an edition out of range, which that of the zero Rules is.
func (r Rules) known() error { return r.edition.Within(editions()[0], newest()) }

// appendTo is Violations.Append with the rules of the edition.
func (r Rules) appendTo(vs rule.Violations, c rule.Code, at rule.Path, detail string) rule.Violations {
	return vs.Append(ruleRows, r.edition, c, at, detail)
}

// appendCited is tables.AppendCited with the rules of the edition.
func (r Rules) appendCited(vs rule.Violations, c rule.Code, at rule.Path, detail string, by rule.Citation) rule.Violations {
	return tables.AppendCited(vs, ruleRows, r.edition, c, at, detail, by)
}
