package network

import (
	"net/netip"
	"slices"

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

// checkRegion is known, and returns an error for a text that is not the code of a Region.
func (r Rules) checkRegion(region string) error {
	if err := r.known(); err != nil {
		return err
	}
	if !facts.IsRegion(region) {
		return &rule.InputError{Path: "Region", Value: region, Reason: "is not the code of a Region, such as us-east-1"}
	}
	return nil
}

var snapshots = tables.Compile(&book, compile)

// A snapshot is what the checks read of the tables in one edition.
type snapshot struct {
	rules      *tables.Active
	ranges     map[string][]ManagementRange // of each Region in the table
	everywhere []ManagementRange            // of every Region outside China
	candidates map[string]*candidates       // by Region
	parents    []netip.Prefix
	defaults   []defaultRow
	officeKMS  bool // its address is documented
	quotas     []IPGroupQuota
	endpoints  map[string][]endpointRow // by Region; ranges of one family, purpose and protocol are in one row
	unread     bool                     // no version of the tables of endpoints is known
	hosts      map[string]string        // of health-check servers, by Region, if no addresses are given
	names      nameTables
	published  []publishedRow
	ports      []Port
	addedLater []Port // to the primary interface, at an unknown time since the last version
	zones      map[zonesOf]zoneRow
	bands      []bandRow
	autoAssign []autoAssignRow
}

func compile(on *tables.Active) *snapshot {
	e := on.Edition()
	s := &snapshot{
		rules:      on,
		ranges:     map[string][]ManagementRange{},
		candidates: map[string]*candidates{},
		defaults:   defaultTable.On(e),
		endpoints:  map[string][]endpointRow{},
		hosts:      map[string]string{},
		published:  publishedTable.On(e),
		zones:      map[zonesOf]zoneRow{},
		bands:      bandTable.On(e),
		autoAssign: autoAssignTable.On(e),
	}
	for _, r := range rangeTable.On(e) {
		s.addRange(r)
	}
	for _, r := range parentTable.On(e) {
		s.parents = append(s.parents, r.prefix)
	}
	_, s.officeKMS = officeKMSTable.One(e)
	_, s.unread = unreadTable.One(e)
	for _, r := range quotaTable.On(e) {
		r.quota.Cite = r.Cite
		s.quotas = append(s.quotas, r.quota)
	}
	for _, r := range endpointTable.On(e) {
		s.addEndpoints(r)
	}
	for _, r := range hostTable.On(e) {
		if !slices.ContainsFunc(s.endpoints[r.region], func(o endpointRow) bool { return o.purpose == HealthCheck }) {
			s.hosts[r.region] = r.host
		}
	}
	s.addNames(e)
	for _, r := range portTable.On(e) {
		s.ports = append(s.ports, Port(r))
	}
	if s.unread {
		for _, r := range portTable.Rows {
			if r.Interface == Primary && r.Kind == KindPersonal && r.Span.Since == rule.MustParseEdition(autumn2025) {
				s.addedLater = append(s.addedLater, Port(r))
			}
		}
	}
	for _, r := range zoneTable.On(e) {
		s.zones[r.zonesOf] = r
	}
	return s
}

// addEndpoints takes in a row of the table. What the newest version has of a kind of ranges of one
// family goes together, and cites the version that added to it last.
func (s *snapshot) addEndpoints(r endpointRow) {
	rows := s.endpoints[r.region]
	if len(r.ranges) == 0 {
		rows = append(rows, r)
	}
	for _, rg := range r.ranges {
		i := slices.IndexFunc(rows, func(o endpointRow) bool {
			return len(o.ranges) > 0 && o.purpose == r.purpose && o.protocol == r.protocol && o.suspect == r.suspect && o.ranges[0].First.Is4() == rg.First.Is4()
		})
		if i < 0 {
			i = len(rows)
			rows = append(rows, r)
			rows[i].ranges = nil
		}
		rows[i].ranges = append(rows[i].ranges, rg)
		if r.Cite.Date.Compare(rows[i].Cite.Date) > 0 {
			rows[i].Cite = r.Cite
		}
	}
	s.endpoints[r.region] = rows
}
