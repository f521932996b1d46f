package monitor

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Rules are the rules of one edition. They are comparable, and cost nothing to copy.
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

var snapshots = tables.Compile(&book, compile)

// A snapshot is what the checks read of the tables in one edition.
type snapshot struct {
	rules        *tables.Active
	metrics      []Metric
	byName       map[string]int // index in metrics, by name
	unread       bool           // no version of the table of metrics is known
	spelling     rule.Citation  // of dimensions in their second spelling; zero if there is one spelling
	dimensions   map[string]dimensionRow
	prerequisite Prerequisite
	units        []string
	periods      periodRow
	evaluation   evaluationRow
	fields       map[string]fieldRow // of an event, by path
	values       map[valueKey]valueRow
	bare         bool // directory IDs stand without domain/
	delivery     []deliveryRow
	devices      map[DeviceType]deviceRow
	saml         []samlRow
	ubuntu       samlRow // for Linux; zero if no document has it
	operators    map[string]operatorRow
}

func compile(on *tables.Active) *snapshot {
	e := on.Edition()
	s := &snapshot{
		rules:      on,
		byName:     map[string]int{},
		dimensions: map[string]dimensionRow{},
		fields:     map[string]fieldRow{},
		values:     map[valueKey]valueRow{},
		delivery:   deliveryTable.On(e),
		devices:    map[DeviceType]deviceRow{},
		saml:       samlTable.On(e),
		operators:  map[string]operatorRow{},
	}
	for _, row := range metricTable.On(e) {
		m := row.Metric
		m.Cite = row.Dated.Cite
		s.byName[m.Name] = len(s.metrics)
		s.metrics = append(s.metrics, m)
	}
	_, s.unread = unreadTable.One(e)
	if row, ok := spellingTable.One(e); ok {
		s.spelling = row.Cite
	}
	for _, row := range dimensionTable.On(e) {
		s.dimensions[row.name] = row
	}
	if row, ok := prerequisiteTable.One(e); ok {
		s.prerequisite = row.Prerequisite
		s.prerequisite.Cite = row.Dated.Cite
	}
	for _, row := range unitTable.On(e) {
		s.units = append(s.units, row.unit)
	}
	s.periods, _ = periodTable.One(e)
	s.evaluation, _ = evaluationTable.One(e)
	for _, row := range fieldTable.On(e) {
		s.fields[row.path] = row
	}
	for _, row := range valueTable.On(e) {
		s.values[valueKey{row.field, row.value}] = row
	}
	s.bare = s.fields["detail.directoryId"].note != domainNote
	for _, row := range s.saml {
		if row.device == Linux {
			s.ubuntu = row
		}
	}
	for _, row := range deviceTable.On(e) {
		s.devices[row.device] = row
	}
	for _, row := range operatorTable.On(e) {
		s.operators[row.name] = row
	}
	return s
}
