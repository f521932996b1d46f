package troubleshoot

import (
	"slices"
	"sync"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Rules are the symptoms and causes of one edition. They are comparable, and cost nothing to copy.
// The zero value holds no edition; its methods return an error, or nothing.
type Rules struct {
	edition rule.Edition
	s       *snapshot
}

// Newest returns the rules of the newest edition that this release knows.
func Newest() Rules { return Rules{tables.Newest(), snapshots.Newest()} }

// At returns the rules that were documented on e. Any date from the first to the newest
// edition will do, those included. Another date is a *rule.InputError.
func At(e rule.Edition) (Rules, error) {
	s, err := snapshots.At(e)
	if err != nil {
		return Rules{}, err
	}
	return Rules{e, s}, nil
}

// Editions returns the dates on which a symptom or a cause appeared or went, in
// ascending order, as a copy.
func Editions() []rule.Edition { return snapshots.Editions() }

// Edition returns the date for which the rules answer.
func (r Rules) Edition() rule.Edition { return r.edition }

// known returns an error for zero Rules, which hold no edition.
func (r Rules) known() error {
	if r.s == nil {
		return snapshots.Unknown()
	}
	return nil
}

// A snapshot is what the functions read of the tables in one edition.
type snapshot struct {
	rules    *tables.Active
	symptoms []active
	byKey    map[Key]*active
	index    func() *index // made when a text is first looked up
}

var snapshots = tables.Compile(&book, func(on *tables.Active) *snapshot {
	e := on.Edition()
	s := &snapshot{rules: on, byKey: map[Key]*active{}}
	for _, rows := range []tables.Table[symptomRow]{symptomTable, errorTable} {
		for _, r := range rows.On(e) {
			s.symptoms = append(s.symptoms, active{row: &r})
		}
	}
	for i := range s.symptoms {
		s.byKey[s.symptoms[i].row.key] = &s.symptoms[i]
	}
	for i := range causes {
		c := &causes[i]
		at := slices.IndexFunc(c.said, func(v said) bool { return v.Span.Contains(e) })
		if k := s.byKey[c.of]; at >= 0 && k != nil {
			needs := append(k.row.audience(), c.said[at].needs...)
			k.causes = append(k.causes, inForce{c, needs, c.said[at].Cite})
		}
	}
	s.index = sync.OnceValue(func() *index { return newIndex(s.symptoms) })
	return s
})
