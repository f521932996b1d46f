package network

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
)

// Rows returns the rules of the package with their levels, spans and citations, by topic and
// date, as a copy. Programs that list rules use it; a check is asked of Rules.
func Rows() []rule.Row { return slices.Clone(ruleRows) }

// Parameters returns what the rules of the package use: ranges, quotas, addresses, ports,
// zones and bounds, by table in the order of its rows, as a new slice.
func Parameters() (list []param.Row) {
	add := func(span rule.Span, cite rule.Citation, name, value string, codes ...rule.Code) {
		list = append(list, param.Row{Rules: codes, Name: name, Value: value, Span: span, Cite: cite})
	}
	region := func(r string) string {
		if r == all {
			return "every Region"
		}
		return r
	}
	for _, r := range rangeRows {
		value := r.prefix.String()
		if r.suspect {
			value += " (perhaps a misprint)"
		}
		var codes []rule.Code
		if r.use == Candidate {
			codes = []rule.Code{ManagementRangesExhausted, ManagementRangeConflict}
		}
		add(r.span, r.cite, "management range, "+string(r.use)+": "+region(r.region), value, codes...)
	}
	for _, r := range parentRows {
		add(r.span, r.cite, "parent of BYOL management ranges", r.prefix.String(), ManagementCIDROutsideParents)
	}
	for _, r := range defaultRows {
		add(r.span, r.cite, "taken by default: "+r.feature, r.prefix.String())
	}
	for _, r := range quotaRows {
		scope := cmp.Or(r.Scope, "scope not said")
		add(r.span, r.Cite, "IP access control groups", fmt.Sprintf("%d (%s)", r.Groups, scope), IPGroupsOverQuota, IPGroupQuotaDisputed)
		add(r.span, r.Cite, "rules of an IP access control group", strconv.Itoa(r.Rules), IPGroupRulesOverQuota, IPGroupQuotaDisputed)
		add(r.span, r.Cite, "IP access control groups of a directory", strconv.Itoa(r.PerDirectory), IPGroupsOfDirectoryOverQuota, IPGroupQuotaDisputed)
	}
	lacks := map[Purpose]rule.Code{Gateways: FirewallLacksGateways, HealthCheck: FirewallLacksHealthChecks, Accelerator: FirewallLacksAccelerator}
	for _, r := range endpointRows {
		name, code := strings.TrimSpace(string(r.purpose)+" "+string(r.protocol))+": "+r.region, lacks[r.purpose]
		switch {
		case r.unsupported:
			add(r.span, r.cite, name, "not supported", code)
		case r.suspect:
			code = FirewallDisputed
		}
		for _, a := range r.ranges {
			add(r.span, r.cite, name, a.String(), code)
		}
	}
	for _, r := range append(slices.Clone(httpsRows), acceleratorIPv6) {
		code := FirewallLacksHTTPS
		if r.service == acceleratorIPv6.service {
			code = FirewallLacksAccelerator
		}
		add(r.span, r.cite, "part of ip-ranges.json", r.service+" of "+cmp.Or(r.region, "the client's Region"), code)
	}
	for _, p := range portRows {
		var codes []rule.Code
		if p.Interface == Primary && p.Kind == KindPersonal {
			codes = []rule.Code{SecurityGroupLacksPort}
		}
		add(p.Span, p.Cite, "ports, "+p.place(), p.what(), codes...)
	}
	for _, r := range zoneRows {
		add(r.span, r.cite, "Availability Zones, "+string(r.kind)+": "+r.region, strings.Join(r.zones, ", "), SubnetZoneUnsupported)
	}
	for _, b := range bandRows {
		codes := map[Quality][]rule.Code{QualityDegraded: {RoundTripDegrades}, QualityCutOff: {RoundTripEndsSession}}[b.quality]
		add(b.span, b.cite, "round-trip time, "+string(b.protocol)+", "+string(b.quality), b.String(), codes...)
	}
	for _, r := range autoAssignRows {
		add(r.span, r.cite, "IPv6 auto-assign, refused for", cmp.Or(strings.Join(r.refused, ", "), "nothing"))
		if len(r.permitted) > 0 {
			add(r.span, r.cite, "IPv6 auto-assign, permitted for", strings.Join(r.permitted, ", "))
		}
	}
	return slices.Concat(list,
		tables.Constant(ruleRows, SubnetsNotTwo, "subnets of a directory", strconv.Itoa(subnetsOfDirectory)),
		tables.Constant(ruleRows, SubnetSize, "prefix length of a subnet", fmt.Sprintf("%d to %d", largestSubnet, smallestSubnet)),
		tables.Constant(ruleRows, VPNMTUTooSmall, "MTU of a VPN, least", fmt.Sprint(leastMTU, " bytes")),
		tables.Constant(ruleRows, DownlinkTooSlow, "downlink of a user, least", fmt.Sprint(leastDownlink, " kbit/s")),
	)
}

// place tells where a port is open.
func (p Port) place() string {
	s := string(p.Interface) + " interface"
	if p.Interface == ClientSide || p.Interface == WebAccess {
		s = string(p.Interface)
	}
	if p.Kind == KindPools {
		s += " of Pools"
	}
	return s + ", " + cmp.Or(string(p.Direction), "either way")
}

// what tells what a port is open for.
func (p Port) what() string {
	s := fmt.Sprintf("%s %d", p.Transport, p.From)
	if p.To != p.From {
		s += fmt.Sprintf("-%d", p.To)
	}
	if p.Remote.IsValid() {
		s += " with " + p.Remote.String()
	}
	if p.Protocol != AnyProtocol {
		s += ", " + string(p.Protocol)
	}
	return s + ": " + p.Purpose
}

// String tells the bounds of a band, which are excluded.
func (b band) String() string {
	switch {
	case b.to == 0:
		return "over " + tables.Time(b.from)
	case b.from < 0:
		return "under " + tables.Time(b.to)
	}
	return "between " + tables.Time(b.from) + " and " + tables.Time(b.to)
}
