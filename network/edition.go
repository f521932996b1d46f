package network

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
		tables.Ends(rangeRows, func(r rangeRow) rule.Span { return r.span }),
		tables.Ends(parentRows, func(r parentRow) rule.Span { return r.span }),
		tables.Ends(defaultRows, func(r defaultRow) rule.Span { return r.span }),
		tables.Ends(quotaRows, func(r quotaRow) rule.Span { return r.span }),
		tables.Ends(endpointRows, func(r endpointRow) rule.Span { return r.span }),
		tables.Ends(httpsRows, func(r httpsRow) rule.Span { return r.span }),
		tables.Ends(portRows, func(p Port) rule.Span { return p.Span }),
		tables.Ends(zoneRows, func(r zoneRow) rule.Span { return r.span }),
		tables.Ends(bandRows, func(b band) rule.Span { return b.span }),
		tables.Ends(autoAssignRows, func(s statement) rule.Span { return s.span }),
	)
})

func newest() rule.Edition { all := editions(); return all[len(all)-1] }

// known returns an error for an edition out of range, which that of the zero Rules is.
func (r Rules) known() error { return r.edition.Within(editions()[0], newest()) }

// inForce reports whether the edition has a row for a code.
func (r Rules) inForce(c rule.Code) bool { return tables.InForce(ruleRows, r.edition, c) }

// appendCited is tables.AppendCited with the rules of the edition.
func (r Rules) appendCited(vs rule.Violations, c rule.Code, at rule.Path, detail string, by rule.Citation) rule.Violations {
	return tables.AppendCited(vs, ruleRows, r.edition, c, at, detail, by)
}
