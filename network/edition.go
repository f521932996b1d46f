package network

import (
	"slices"
	"sync"

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
	dates := slices.Concat(
		ends(ruleRows, func(r rule.Row) rule.Span { return r.Span }),
		ends(rangeRows, func(r rangeRow) rule.Span { return r.span }),
		ends(parentRows, func(r parentRow) rule.Span { return r.span }),
		ends(defaultRows, func(r defaultRow) rule.Span { return r.span }),
		ends(quotaRows, func(r quotaRow) rule.Span { return r.span }),
		ends(endpointRows, func(r endpointRow) rule.Span { return r.span }),
		ends(httpsRows, func(r httpsRow) rule.Span { return r.span }),
		ends(portRows, func(p Port) rule.Span { return p.Span }),
		ends(zoneRows, func(r zoneRow) rule.Span { return r.span }),
		ends(bandRows, func(b band) rule.Span { return b.span }),
		ends(autoAssignRows, func(s statement) rule.Span { return s.span }),
	)
	slices.SortFunc(dates, rule.Edition.Compare)
	return slices.Compact(dates)
})

// ends returns the dates on which the rows of a table begin and end.
func ends[R any](rows []R, span func(R) rule.Span) (dates []rule.Edition) {
	for _, r := range rows {
		s := span(r)
		if dates = append(dates, s.Since); s.Until != (rule.Edition{}) {
			dates = append(dates, s.Until)
		}
	}
	return dates
}

func newest() rule.Edition { all := editions(); return all[len(all)-1] }

// known returns an error for an edition out of range, which that of the zero Rules is.
func (r Rules) known() error { return r.edition.Within(editions()[0], newest()) }

// inForce reports whether the edition has a row for a code.
func (r Rules) inForce(c rule.Code) bool {
	return slices.ContainsFunc(ruleRows, func(row rule.Row) bool { return row.Code == c && row.Span.Contains(r.edition) })
}

// appendCited is Violations.Append for a violation that a row of another table decides:
// it cites that row.
func (r Rules) appendCited(vs rule.Violations, c rule.Code, at rule.Path, detail string, by rule.Citation) rule.Violations {
	before := len(vs)
	if vs = vs.Append(ruleRows, r.edition, c, at, detail); len(vs) > before {
		vs[before].Cite = by
	}
	return vs
}
