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
	if err := e.Within(editions()[0], newest()); err != nil {
		return Rules{}, err
	}
	return Rules{e}, nil
}

// Editions returns the dates on which a fact of this package appeared or went, in
// ascending order, as a copy.
func Editions() []rule.Edition { return slices.Clone(editions()) }

// Edition returns the date for which the rules answer.
func (r Rules) Edition() rule.Edition { return r.edition }

var editions = sync.OnceValue(func() (dates []rule.Edition) {
	add := func(s rule.Span) {
		dates = append(dates, s.Since)
		if s.Until != (rule.Edition{}) {
			dates = append(dates, s.Until)
		}
	}
	for _, row := range ruleRows {
		add(row.Span)
	}
	for _, row := range rangeRows {
		add(row.span)
	}
	for _, row := range parentRows {
		add(row.span)
	}
	for _, row := range defaultRows {
		add(row.span)
	}
	for _, row := range quotaRows {
		add(row.span)
	}
	for _, row := range endpointRows {
		add(row.span)
	}
	for _, row := range httpsRows {
		add(row.span)
	}
	for _, row := range portRows {
		add(row.Span)
	}
	for _, row := range zoneRows {
		add(row.span)
	}
	for _, row := range bandRows {
		add(row.span)
	}
	for _, row := range autoAssignRows {
		add(row.span)
	}
	slices.SortFunc(dates, rule.Edition.Compare)
	return slices.Compact(dates)
})

func newest() rule.Edition { all := editions(); return all[len(all)-1] }

// known returns an error for the zero Rules.
func (r Rules) known() error { return r.edition.Within(editions()[0], newest()) }

// inForce reports whether the edition has a row for a code, for callers that would
// otherwise write a text that nobody reads.
func (r Rules) inForce(c rule.Code) bool {
	return slices.ContainsFunc(ruleRows, func(row rule.Row) bool { return row.Code == c && row.Span.Contains(r.edition) })
}
