package devices

import (
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

// At returns the rules that were documented on e. Any date from the first to the newest
// edition will do, those included. Another date is a *rule.InputError.
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

// known returns an error for zero Rules, which hold no edition.
func (r Rules) known() error {
	if r.s == nil {
		return snapshots.Unknown()
	}
	return nil
}

// A snapshot is what the checks read of the tables in one edition.
type snapshot struct {
	rules *tables.Active
	trust map[Platform]trustRow
	types map[DeviceType]typeRow
	// trustTexts are the citations of the types whose text names TRUST.
	trustTexts map[DeviceType]rule.Citation
	initial    map[DeviceType]string // ALLOW or DENY, where a document says it
	versions   []versionRow
	rootName   bool // root certificates need a Common Name
	manager    bool // zero clients may connect through PCoIP Connection Manager
	// everyManager is where all zero clients are to connect through it; zero if no document says so.
	everyManager rule.Citation
}

var snapshots = tables.Compile(&book, func(on *tables.Active) *snapshot {
	e := on.Edition()
	s := &snapshot{rules: on, trust: map[Platform]trustRow{}, types: map[DeviceType]typeRow{}, trustTexts: map[DeviceType]rule.Citation{}, initial: map[DeviceType]string{}, versions: versionTable.On(e)}
	for _, r := range trustTable.On(e) {
		s.trust[r.platform] = r
	}
	for _, r := range typeTable.On(e) {
		s.types[r.name] = r
	}
	for _, r := range trustTexts.On(e) {
		s.trustTexts[r.name] = r.Cite
	}
	for _, r := range initialTable.On(e) {
		s.initial[r.name] = "DENY"
		if r.admits {
			s.initial[r.name] = "ALLOW"
		}
	}
	_, s.rootName = rootNameTable.One(e)
	_, s.manager = managerTable.One(e)
	if row, ok := everyManagerTable.One(e); ok {
		s.everyManager = row.Cite
	}
	return s
})
