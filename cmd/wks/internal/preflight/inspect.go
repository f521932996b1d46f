package preflight

import (
	"cmp"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A Desktop is what an export and the checks of preflight tell of one WorkSpace. What is nil or "" is not known.
type Desktop struct {
	Region, ID, User, State, Error   string
	Directory, DirectoryType         string
	System, RunningMode, ComputeType string // as the API spells them
	Protocols                        []string
	Nested                           bool // nested virtualization is known to be enabled
	Devices                          map[devices.DeviceType]string
	Groups                           []network.IPGroup // of the directory, if GroupsAssigned and all are known
	GroupsAssigned, GroupsKnown      bool
	GroupsTold                       bool                      // the export tells whether the directory has IP access control groups
	DirectoryRuns                    *bool                     // the directory is registered
	SubnetIPv6                       *bool                     // the subnet assigns IPv6 addresses
	Internet                         *bool                     // a route of the subnet leads to the internet
	OutboundOpen                     *bool                     // the security groups let WorkSpaces through to the controllers
	ClientPorts                      map[network.Protocol]bool // whether the firewall lets clients through to the gateways
	// Findings are those of preflight about the WorkSpace, its directory, subnets, groups, bundle and key.
	Findings []finding.Finding
	// Fetch are the commands that write what the export lacks, by what lacks it.
	Fetch map[string]string
}

// Desktops are the WorkSpaces of an export that are asked for.
type Desktops struct {
	Found []Desktop
	// Unknown are identifiers and names of users that no WorkSpace of the export has.
	Unknown []string
	// Listed is set if the WorkSpaces of every Region of the export are known.
	Listed bool
	// Unusable are values and files that could not be used.
	Unusable []string
}

// Inspect runs the checks of preflight on the export in a folder, and tells what is known of WorkSpaces: by
// their identifiers, or by the names of their users, in either case of letters. They are in the order of who, each
// once.
func Inspect(rules wks.Rules, dir, region string, who []string) (Desktops, error) {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s: is not a folder", dir)
	}
	if err != nil {
		return Desktops{}, err
	}
	a, err := readAccount(rules, os.DirFS(dir), region)
	if err != nil {
		return Desktops{}, err
	}
	a.protocols, a.input, a.now = []network.Protocol{network.ProtocolPCoIP, network.ProtocolDCV}, dir, time.Now()
	rep, err := check(rules, a, finding.Report{})
	if err != nil {
		return Desktops{}, err
	}
	told := occurrencesOf(rep)
	out := Desktops{Listed: true}
	for _, e := range a.regions {
		out.Listed = out.Listed && e.workspaces != nil
	}
	found := map[*workspace]bool{}
	for _, name := range who {
		known := false
		for i, e := range a.regions {
			for _, w := range e.workspaces.elements() {
				if w.WorkspaceId != name && !strings.EqualFold(w.UserName, name) {
					continue
				}
				if known = true; !found[w] {
					found[w] = true
					out.Found = append(out.Found, a.inspect(rep, told, &rep.Regions[i], e, w))
				}
			}
		}
		if !known {
			out.Unknown = append(out.Unknown, name)
		}
	}
	for _, n := range rep.Notes {
		if n.Unusable {
			out.Unusable = append(out.Unusable, n.place.String()+": "+n.Text)
		}
	}
	return out, nil
}

// A spot is where a finding stands in a report, and an occurrence in the finding.
type spot struct{ finding, occurrence int }

// A topic is what occurrences are about: a resource of a Region by its ID, or "" for firewalls and what has no ID.
type topic struct{ region, id string }

// occurrencesOf finds the occurrences of a report by what they are about.
func occurrencesOf(rep *report) map[topic][]spot {
	told := map[topic][]spot{}
	for i, f := range rep.Findings {
		for j, o := range f.Occurrences {
			id := o.Resource.ID
			if o.Resource.Kind == "firewall" {
				id = ""
			}
			at := topic{o.Region, id}
			told[at] = append(told[at], spot{i, j})
		}
	}
	return told
}

// inspect gathers what is known of a WorkSpace.
func (a *account) inspect(rep *report, told map[topic][]spot, r *regionReport, e *regionExport, w *workspace) Desktop {
	p := &w.WorkspaceProperties
	d := Desktop{
		Region: e.region, ID: w.WorkspaceId, User: w.UserName, State: w.State, Error: strings.TrimSpace(w.ErrorCode + " " + w.ErrorMessage), Directory: w.DirectoryId,
		System: p.OperatingSystemName, RunningMode: p.RunningMode, ComputeType: p.ComputeTypeName, Protocols: slices.Clone(p.Protocols), Nested: p.NestedVirtualizationEnabled,
		ClientPorts: map[network.Protocol]bool{}, Fetch: map[string]string{},
	}
	about := map[string]bool{w.WorkspaceId: true, w.BundleId: true, w.VolumeEncryptionKey: true, w.SubnetId: true, w.DirectoryId: true}
	for what, name := range map[string]string{
		"directory": directoriesName, "groups": ipGroupsName, "ports": groupsName, "subnet": subnetsName, "routes": routesName,
	} {
		if !e.files[name] {
			d.Fetch[what] = a.fetch(e, name)
		}
	}
	if a.allowed == nil {
		d.Fetch["firewall"] = a.fetch(e, allowListName)
	}
	dir := e.directories.find(w.DirectoryId)
	switch {
	case dir != nil:
		d.ofDirectory(e, dir, about)
	case e.directories != nil && e.directories.lacking() == nil && w.DirectoryId != "":
		d.DirectoryRuns = new(false)
	}
	if s := e.subnets.find(w.SubnetId); s != nil && s.lacks("AssignIpv6AddressOnCreation") == nil {
		d.SubnetIPv6 = new(s.AssignIpv6AddressOnCreation)
	}
	d.Internet = e.internet(w.SubnetId)
	r.tellPorts(&d)
	delete(about, "")
	var spots []spot
	for id := range about {
		spots = append(spots, told[topic{e.region, id}]...)
	}
	for _, s := range told[topic{e.region, ""}] {
		if d.streamsThrough(rep.Findings[s.finding].Occurrences[s.occurrence].Resource) {
			spots = append(spots, s)
		}
	}
	slices.SortFunc(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.finding, b.finding), cmp.Compare(a.occurrence, b.occurrence))
	})
	last := -1
	for _, s := range spots {
		if s.finding != last {
			last = s.finding
			mine := *rep.Findings[last]
			mine.Regions, mine.Occurrences, mine.Count = []string{e.region}, nil, 0
			d.Findings = append(d.Findings, mine)
		}
		mine := &d.Findings[len(d.Findings)-1]
		mine.Occurrences = append(mine.Occurrences, rep.Findings[last].Occurrences[s.occurrence])
		mine.Count++
	}
	slices.SortStableFunc(d.Findings, func(a, b finding.Finding) int { return strings.Compare(string(a.Level), string(b.Level)) }) // must before should
	return d
}

// streamsThrough reports whether a resource is the firewall, for clients of the protocol of the WorkSpace.
func (d *Desktop) streamsThrough(r finding.Resource) bool {
	return r.Kind == "firewall" && slices.ContainsFunc(d.Protocols, func(p string) bool {
		name := protocolNames[map[string]network.Protocol{"PCOIP": network.ProtocolPCoIP, "WSP": network.ProtocolDCV}[p]]
		return name != "" && strings.Contains(r.Part, name+" ")
	})
}

// ofDirectory adds what the directory tells, and what is about the WorkSpace because of it.
func (d *Desktop) ofDirectory(e *regionExport, dir *directory, about map[string]bool) {
	if dir.lacks("DirectoryType") == nil {
		d.DirectoryType = dir.DirectoryType
	}
	if dir.State != "" && dir.lacks("State") == nil {
		d.DirectoryRuns = new(dir.State == "REGISTERED")
	}
	if dir.lacks("WorkspaceAccessProperties") == nil {
		d.Devices = dir.WorkspaceAccessProperties.deviceTypes()
	}
	for _, id := range slices.Concat(dir.SubnetIds, []string{dir.WorkspaceSecurityGroupId, dir.WorkspaceCreationProperties.CustomSecurityGroupId}, dir.IPGroupIds) {
		about[id] = true
	}
	if dir.lacks("ipGroupIds") != nil {
		return
	}
	d.GroupsTold, d.GroupsAssigned, d.GroupsKnown = true, len(dir.IPGroupIds) > 0 && !dir.hasEndpoint(), true // they do not apply with an endpoint
	for _, id := range dir.IPGroupIds {
		g := e.ipGroups.find(id)
		if g == nil || g.spoilt() != nil {
			d.GroupsKnown = false
			return
		}
		out := network.IPGroup{ID: id}
		for _, r := range g.UserRules {
			rg, err := network.ParseRange(r.IPRule)
			if err != nil {
				d.GroupsKnown = false
				return
			}
			for _, p := range rg.Prefixes() {
				out.Rules = append(out.Rules, network.IPRule{Source: p})
			}
		}
		d.Groups = append(d.Groups, out)
	}
}

// internet tells whether the route table of a subnet leads to the internet, nil if it is not known. A NAT gateway
// does, and no default route at all does not. Other targets do not tell: with an internet gateway the WorkSpaces need
// public addresses beside it.
func (e *regionExport) internet(subnet string) *bool {
	s := e.subnets.find(subnet)
	if s == nil || e.routes == nil || e.routes.lacking() != nil {
		return nil
	}
	var table *routeTable // its own, else the main one of its VPC
	for _, t := range e.routes.elements() {
		own := slices.ContainsFunc(t.Associations, func(as association) bool { return as.SubnetId == subnet })
		main := t.VpcId == s.VpcId && slices.ContainsFunc(t.Associations, func(as association) bool { return as.Main })
		if own || main && table == nil {
			table = t
		}
		if own {
			break
		}
	}
	if table == nil || table.spoilt() != nil {
		return nil
	}
	for _, r := range table.Routes {
		if r.DestinationCidrBlock != netip.PrefixFrom(netip.IPv4Unspecified(), 0) || r.State == "blackhole" {
			continue
		}
		if r.NatGatewayId != "" {
			return new(true)
		}
		return nil
	}
	return new(false)
}

// tellPorts adds what the sections about security groups and the firewall found.
func (r *regionReport) tellPorts(d *Desktop) {
	for i := range r.Sections {
		s := &r.Sections[i]
		switch {
		case strings.HasPrefix(s.Title, "security group ") && strings.HasSuffix(s.Title, " of directory "+d.Directory):
			d.OutboundOpen = s.verdictOn(network.SecurityGroupLacksPort)
		case s.kind == "firewall":
			for p, name := range protocolNames {
				if strings.Contains(s.Title, " "+name+" ") {
					if open := s.verdictOn(network.FirewallLacksGateways); open != nil {
						d.ClientPorts[p] = *open
					}
				}
			}
		}
	}
}

// verdictOn is false if a rule is broken, true if nothing is broken or open, and else nil.
func (s *section) verdictOn(c rule.Code) *bool {
	switch {
	case slices.ContainsFunc(s.broken, func(b broken) bool { return b.Code == c }):
		return new(false)
	case len(s.broken)+len(s.open) == 0:
		return new(true)
	}
	return nil
}
