package wks_test

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// One more fact of those that a question only holds against limits and ranges never makes an answer
// better: one more route, block, network, grant, tag or rule can take a permission away, and give none.

// better reports whether b is a better answer than a: a permission is better than an open question, and
// that is better than a denial.
func better(b, a rule.Verdict) bool {
	rank := map[rule.Verdict]int{rule.Denied: 1, rule.Undocumented: 2, rule.Allowed: 3}
	return rank[b] > rank[a]
}

// oneMore holds the answers of less and more against one another. Inputs that are refused as such are not
// compared.
func oneMore(t *rapid.T, what string, less, more func() (rule.Answer, error)) {
	a, errA := less()
	b, errB := more()
	if errA != nil || errB != nil {
		if errA != nil && errB == nil {
			t.Fatalf("%s: an input that is refused is none with one more: %v", what, errA)
		}
		return
	}
	if better(b.Verdict, a.Verdict) {
		t.Fatalf("%s: %s %v %v, and with one more %s %v %v", what, a.Verdict, a.Violations, a.Open, b.Verdict, b.Violations, b.Open)
	}
}

// blocks are the management ranges that the guide has had, what lies inside them and around them, halves
// of the default route, and what has nothing to do with them.
var blocks = rapid.Map(rapid.SampledFrom(strings.Fields(`
	172.31.0.0/16 192.168.0.0/16 198.19.0.0/16 172.31.255.255/32 192.168.64.0/18 198.19.255.255/32 172.16.0.0/12 198.18.0.0/15 192.0.0.0/8
	0.0.0.0/0 0.0.0.0/1 128.0.0.0/1 128.0.0.0/2 192.0.0.0/2 10.0.0.0/8 10.0.0.0/16 54.239.224.0/20 203.0.113.0/24 2600:1f00::/40 ::/0 ::/1
`)), netip.MustParsePrefix)

// halves are those of a default route: what takes part in the test alone may not with the other beside it.
var halves = rapid.Map(rapid.SampledFrom([]string{"0.0.0.0/1", "128.0.0.0/1"}), netip.MustParsePrefix)

var regionCodes = rapid.SampledFrom([]string{"us-east-1", "us-west-2", "eu-central-1", "eu-west-2", "ap-northeast-1", "us-gov-west-1", "mx-central-1"})

func rulesOf(t *rapid.T) (network.Rules, encryption.Rules, bundles.Rules) {
	e := rapid.SampledFrom(bundles.Editions()).Draw(t, "edition")
	if first := rule.MustParseEdition("2018-02-03"); e.Compare(first) < 0 {
		e = first
	}
	return must(network.At(e)), must(encryption.At(e)), must(bundles.At(e))
}

// moreOf are the properties, by what is one more.
var moreOf = map[string]func(t *rapid.T){
	"route": moreRoutes, "block of the VPC": moreCIDRs, "network in use": moreInUse, "grant": moreGrants, "tag": moreTags, "rule of a group": moreRules,
	"modification": moreModifications, "request": moreRequests, "thing on a machine": moreOnMachine, "principal of a key": moreGrantees,
	"image": moreImages, "protocol": moreProtocols, "server": moreServers, "group": moreGroups, "state of a migration": moreStates, "restriction": moreRestrictions,
	"type of devices": moreDeviceTypes, "entry of the registry": moreEntries,
}

func TestOneMoreIsNoBetter(t *testing.T) {
	for name, check := range moreOf {
		t.Run(name, rapid.MakeCheck(check))
	}
}

func vpc(t *rapid.T) network.VPC {
	v := network.VPC{ID: "vpc-1", Region: regionCodes.Draw(t, "Region"), AllRoutes: rapid.Bool().Draw(t, "all routes")}
	v.CIDRs = append(rapid.SliceOfN(blocks, 0, 3).Draw(t, "CIDRs"), netip.MustParsePrefix("10.1.0.0/16"))
	for range rapid.IntRange(0, 4).Draw(t, "routes") {
		v.Routes = append(v.Routes, route(t))
	}
	return v
}

func route(t *rapid.T) network.Route {
	r := network.Route{Table: rapid.SampledFrom([]string{"rtb-1", "rtb-2"}).Draw(t, "table"), Target: "tgw-1", State: rapid.SampledFrom([]string{"active", "blackhole"}).Draw(t, "state")}
	if rapid.IntRange(0, 9).Draw(t, "list") == 0 {
		r.PrefixList = "pl-1"
		return r
	}
	r.Destination = rapid.OneOf(blocks, halves).Draw(t, "destination")
	return r
}

func registration(r network.Rules, v network.VPC) func() (rule.Answer, error) {
	return func() (rule.Answer, error) {
		reg, err := r.CheckRegistration(v)
		return reg.Answer, err
	}
}

func moreRoutes(t *rapid.T) {
	n, _, _ := rulesOf(t)
	v := vpc(t)
	w := v
	w.Routes = append(slices.Clone(v.Routes), route(t))
	oneMore(t, "routes", registration(n, v), registration(n, w))
}

func moreCIDRs(t *rapid.T) {
	n, _, _ := rulesOf(t)
	v := vpc(t)
	w := v
	w.CIDRs = append(slices.Clone(v.CIDRs), blocks.Draw(t, "one more"))
	oneMore(t, "CIDRs", registration(n, v), registration(n, w))
}

func moreInUse(t *rapid.T) {
	n, _, _ := rulesOf(t)
	networks := rapid.OneOf(blocks, halves)
	prefixes := rapid.OneOf(blocks, rapid.Just(netip.MustParsePrefix("10.5.0.0/16")))
	used, prefix := rapid.SliceOfN(networks, 0, 4).Draw(t, "in use"), prefixes.Draw(t, "management range")
	more := append(slices.Clone(used), networks.Draw(t, "one more"))
	oneMore(t, "networks in use",
		func() (rule.Answer, error) { return n.CheckManagementCIDR(prefix, used) },
		func() (rule.Answer, error) { return n.CheckManagementCIDR(prefix, more) })
	free := func(inUse []netip.Prefix) (list []netip.Prefix) {
		for p, err := range n.FreeManagementCIDRs(netip.MustParsePrefix("0.0.0.0/0"), inUse) {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, p)
		}
		return list
	}
	before := free(used)
	for _, p := range free(more) {
		if !slices.Contains(before, p) {
			t.Fatalf("%s is free of %v, and not of %v", p, more, used)
		}
	}
}

func moreGrants(t *rapid.T) {
	_, e, _ := rulesOf(t)
	near := rapid.SampledFrom([]int{0, 499, 500, 2_499, 2_500, 9_999, 10_000, 49_999, 50_000})
	grantee := rapid.SampledFrom([]string{"arn:aws:iam::111122223333:role/a", "workspaces.us-east-1.amazonaws.com", "ec2.amazonaws.com"}).Draw(t, "grantee")
	count := func(n int) encryption.GrantCount {
		return encryption.GrantCount{Key: "arn:aws:kms:us-east-1:111122223333:key/1", Total: n, Principals: 1, Grantees: []encryption.Grantee{{Principal: grantee, Grants: n}}}
	}
	n, own := near.Draw(t, "grants"), rapid.Bool().Draw(t, "AWS managed")
	oneMore(t, fmt.Sprint(n, " grants"),
		func() (rule.Answer, error) { return e.CheckGrants(count(n), own) },
		func() (rule.Answer, error) { return e.CheckGrants(count(n+1), own) })
}

func moreTags(t *rapid.T) {
	_, _, b := rulesOf(t)
	keys := rapid.SampledFrom([]string{"team", "Team", "aws:x", "aws:workspaces:x", "a;b", strings.Repeat("k", 127), strings.Repeat("k", 128), ""})
	values := rapid.SampledFrom([]string{"", "x", " x", strings.Repeat("v", 256)})
	var tags []types.Tag
	for i := range rapid.SampledFrom([]int{0, 1, 9, 10, 49, 50}).Draw(t, "tags") {
		tags = append(tags, types.Tag{Key: aws.String(fmt.Sprint("key", i)), Value: aws.String("")})
	}
	odd := func() types.Tag {
		return types.Tag{Key: aws.String(keys.Draw(t, "key")), Value: aws.String(values.Draw(t, "value"))}
	}
	tags = append(tags, odd())
	more := append(slices.Clone(tags), odd())
	y := must(byol.At(b.Edition()))
	for what, ask := range map[string]func(tags []types.Tag) (rule.Answer, error){
		"tags": b.CheckTags,
		"tags of a bundle": func(tags []types.Tag) (rule.Answer, error) {
			return b.CheckBundle(bundles.Bundle{
				BundleName: "golden", BundleDescription: "golden", ImageID: "wsi-0123456789", ComputeType: types.ComputeStandard,
				RootStorage: &types.RootStorage{Capacity: aws.String("80")}, UserStorage: &types.UserStorage{Capacity: aws.String("50")}, Tags: tags,
			})
		},
		"tags of a request": func(tags []types.Tag) (rule.Answer, error) {
			q := types.WorkspaceRequest{BundleId: aws.String("wsb-0123456789"), DirectoryId: aws.String("d-0123456789"), UserName: aws.String("ada"), Tags: tags}
			return b.CheckRequest(q, bundles.LaunchContext{System: types.OperatingSystemTypeWindows, ComputeType: types.ComputeStandard})
		},
		"tags of an import": func(tags []types.Tag) (rule.Answer, error) {
			in := soundImport()
			in.Tags = tags
			return y.CheckImport(in, byol.Known{})
		},
		"tags of a custom import": func(tags []types.Tag) (rule.Answer, error) {
			in := soundCustom()
			in.Tags = tags
			return y.CheckCustomImport(in, byol.Known{})
		},
		"tags of a copy": func(tags []types.Tag) (rule.Answer, error) {
			in := soundCopy()
			in.Tags = tags
			return y.CheckCopy(in)
		},
	} {
		oneMore(t, what, func() (rule.Answer, error) { return ask(tags) }, func() (rule.Answer, error) { return ask(more) })
	}
}

func moreRules(t *rapid.T) {
	n, _, _ := rulesOf(t)
	groups := func(rules int) []network.IPGroup {
		g := network.IPGroup{ID: "wsipg-abcdefgh1"}
		for i := range rules {
			g.Rules = append(g.Rules, network.IPRule{Source: netip.PrefixFrom(netip.AddrFrom4([4]byte{203, 0, 113, byte(i)}), 32)})
		}
		return []network.IPGroup{g}
	}
	k := rapid.SampledFrom([]int{0, 9, 10, 29, 30}).Draw(t, "rules")
	oneMore(t, "rules of a group",
		func() (rule.Answer, error) { return n.CheckIPGroups(groups(k), nil) },
		func() (rule.Answer, error) { return n.CheckIPGroups(groups(k+1), nil) })
}

// A change that is under way takes permissions away, and gives none.
func moreModifications(t *rapid.T) {
	_, _, b := rulesOf(t)
	change := rapid.Custom(func(t *rapid.T) types.ModificationState {
		return types.ModificationState{
			Resource: rapid.SampledFrom(append(types.ModificationResourceEnum("").Values(), "", "DISK")).Draw(t, "resource"),
			State:    rapid.SampledFrom(append(types.ModificationStateEnum("").Values(), "", "DONE")).Draw(t, "state"),
		}
	})
	w := bundles.Workspace{
		ComputeType: types.ComputeStandard, OperatingSystem: types.OperatingSystemNameWindowsServer2016, Protocol: types.ProtocolWsp,
		State: types.WorkspaceStateAvailable, RunningMode: types.RunningModeAutoStop, Volumes: bundles.Volumes{Root: 80, User: 50},
		Snapshots: &bundles.Snapshots{Rebuild: make([]types.Snapshot, 1), Restore: make([]types.Snapshot, 1)},
		History:   bundles.History{Launched: day.AddDate(-1, 0, 0)}, Modifications: rapid.SliceOfN(change, 0, 3).Draw(t, "changes"),
	}
	more := w
	more.Modifications = append(slices.Clone(w.Modifications), change.Draw(t, "one more"))
	for _, op := range bundles.Operations() {
		oneMore(t, "changes, "+string(op), func() (rule.Answer, error) { return b.CheckOperation(op, w) }, func() (rule.Answer, error) { return b.CheckOperation(op, more) })
	}
	to := bundles.Volumes{Root: 175, User: 100}
	oneMore(t, "changes, then other volumes", func() (rule.Answer, error) { return b.CheckResize(w, to, day) }, func() (rule.Answer, error) { return b.CheckResize(more, to, day) })
	size := int32(175)
	p := types.WorkspaceProperties{RootVolumeSizeGib: &size}
	oneMore(t, "changes, then a root volume", func() (rule.Answer, error) { return b.CheckModify(w, p, day) }, func() (rule.Answer, error) { return b.CheckModify(more, p, day) })
	oneMore(t, "changes, then a root volume by a user",
		func() (rule.Answer, error) { return b.CheckSelfService(bundles.ModifyVolumes, w, &p, day) },
		func() (rule.Answer, error) { return b.CheckSelfService(bundles.ModifyVolumes, more, &p, day) })
	oneMore(t, "changes, then an image",
		func() (rule.Answer, error) { return b.CheckImageOrigin(bundles.ImageOrigin{Workspace: w}) },
		func() (rule.Answer, error) { return b.CheckImageOrigin(bundles.ImageOrigin{Workspace: more}) })
	oneMore(t, "changes, then another type", func() (rule.Answer, error) { return b.CheckSwitch(w, types.ComputePower, day) }, func() (rule.Answer, error) { return b.CheckSwitch(more, types.ComputePower, day) })
}

var day = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

func moreRequests(t *rapid.T) {
	_, _, b := rulesOf(t)
	request := rapid.Custom(func(t *rapid.T) types.WorkspaceRequest {
		user := rapid.SampledFrom([]string{"ada", "Ada", "grace", "", "a b", strings.Repeat("u", 64)}).Draw(t, "user")
		return types.WorkspaceRequest{BundleId: aws.String("wsb-0123456789"), DirectoryId: aws.String("d-0123456789"), UserName: &user}
	})
	batch := rapid.SliceOfN(request, 1, 3).Draw(t, "batch")
	for range rapid.SampledFrom([]int{0, 20, 24}).Draw(t, "others") {
		batch = append(batch, types.WorkspaceRequest{BundleId: aws.String("wsb-0123456789"), DirectoryId: aws.String("d-0123456789"), UserName: aws.String(fmt.Sprint("user", len(batch)))})
	}
	more := append(slices.Clone(batch), request.Draw(t, "one more"))
	launch := func(*types.WorkspaceRequest) bundles.LaunchContext {
		return bundles.LaunchContext{System: types.OperatingSystemTypeWindows, ComputeType: types.ComputeStandard, Volumes: bundles.Volumes{Root: 80, User: 50}}
	}
	oneMore(t, "requests", func() (rule.Answer, error) { return b.CheckRequests(batch, launch) }, func() (rule.Answer, error) { return b.CheckRequests(more, launch) })
}

// What is installed on a machine or attached to it beside the rest.
func moreOnMachine(t *rapid.T) {
	editions := byol.Editions()
	r := must(byol.At(rapid.SampledFrom(editions).Draw(t, "edition")))
	names := rapid.SampledFrom([]string{"Windows Defender", "ClamWin", "", "Paint", "7-Zip"})
	list := rapid.SliceOfN(names, 1, 3)
	m := byol.Machine{
		ExtraSoftware: append([]string{}, rapid.SliceOfN(names, 0, 2).Draw(t, "software")...), AntiVirus: list.Draw(t, "antivirus"),
		AppxPackages: append([]string{}, rapid.SliceOfN(names, 0, 2).Draw(t, "packages")...),
	}
	ask := func(m byol.Machine) func() (rule.Answer, error) {
		return func() (rule.Answer, error) { return r.CheckMachine(&m) }
	}
	for what, add := range map[string]func(m *byol.Machine, name string){
		"software":  func(m *byol.Machine, name string) { m.ExtraSoftware = append(slices.Clone(m.ExtraSoftware), name) },
		"antivirus": func(m *byol.Machine, name string) { m.AntiVirus = append(slices.Clone(m.AntiVirus), name) },
		"packages":  func(m *byol.Machine, name string) { m.AppxPackages = append(slices.Clone(m.AppxPackages), name) },
	} {
		more := m
		add(&more, names.Draw(t, what))
		a, b := must(ask(m)()), must(ask(more)())
		oneMore(t, what, ask(m), ask(more))
		for _, v := range a.Violations {
			if !slices.ContainsFunc(b.Violations, func(w rule.Violation) bool { return w.Code == v.Code }) {
				t.Fatalf("%s: %v goes with one more: %v, %v", what, v, m, more)
			}
		}
	}
}

// A principal of a key that has nothing to do with the others.
func moreGrantees(t *rapid.T) {
	_, e, _ := rulesOf(t)
	near := rapid.SampledFrom([]int{0, 499, 500, 501, 49_999, 50_000, 50_001})
	count := encryption.GrantCount{Key: "arn:aws:kms:us-east-1:111122223333:key/1"}
	add := func(c encryption.GrantCount, n int) encryption.GrantCount {
		c.Grantees = append(slices.Clone(c.Grantees), encryption.Grantee{Principal: fmt.Sprintf("arn:aws:iam::111122223333:role/r%d", c.Principals), Grants: n})
		c.Total, c.Principals = c.Total+n, c.Principals+1
		return c
	}
	for range rapid.IntRange(0, 3).Draw(t, "principals") {
		count = add(count, near.Draw(t, "grants"))
	}
	more, own := add(count, near.Draw(t, "one more")), rapid.Bool().Draw(t, "AWS managed")
	oneMore(t, "principals", func() (rule.Answer, error) { return e.CheckGrants(count, own) }, func() (rule.Answer, error) { return e.CheckGrants(more, own) })
}

// An image that there is already.
func moreImages(t *rapid.T) {
	_, _, b := rulesOf(t)
	y := must(byol.At(b.Edition()))
	var names []string
	for i := range rapid.SampledFrom([]int{0, 3, 4, 5, 19, 20, 39, 40}).Draw(t, "images") {
		names = append(names, fmt.Sprint("image-", i))
	}
	more := append(slices.Clone(names), rapid.SampledFrom([]string{"golden", "Golden", "other"}).Draw(t, "one more"))
	for what, ask := range map[string]func(names []string) (rule.Answer, error){
		"images of an import": func(names []string) (rule.Answer, error) {
			return y.CheckImport(soundImport(), byol.Known{ImageNames: names})
		},
		"images of a custom import": func(names []string) (rule.Answer, error) {
			return y.CheckCustomImport(soundCustom(), byol.Known{ImageNames: names})
		},
		"images of a copy": func(names []string) (rule.Answer, error) {
			in := soundCopy()
			in.ImageNames = names
			return y.CheckCopy(in)
		},
	} {
		oneMore(t, what, func() (rule.Answer, error) { return ask(names) }, func() (rule.Answer, error) { return ask(more) })
	}
}

// A protocol beside one that a WorkSpace can have. Beside one that it cannot have, another touches what is asked: no
// document says what several do, which is open.
func moreProtocols(t *rapid.T) {
	_, _, b := rulesOf(t)
	one := rapid.SampledFrom([]types.Protocol{types.ProtocolPcoip, types.ProtocolWsp, bundles.BYOP, "DCV", "RDP", ""})
	list := rapid.SliceOfN(one, 1, 3).Draw(t, "protocols")
	more := append(slices.Clone(list), one.Draw(t, "one more"))
	w := bundles.Workspace{
		ComputeType: types.ComputeStandard, OperatingSystem: types.OperatingSystemNameWindowsServer2022, Protocol: types.ProtocolPcoip, State: types.WorkspaceStateAvailable,
		RunningMode: types.RunningModeAutoStop, Volumes: bundles.Volumes{Root: 80, User: 50}, History: bundles.History{Launched: day.AddDate(-1, 0, 0)},
	}
	launch := bundles.LaunchContext{System: types.OperatingSystemTypeWindows, ComputeType: types.ComputeStandard, Volumes: bundles.Volumes{Root: 80, User: 50}}
	of := func(list []types.Protocol) types.WorkspaceProperties {
		return types.WorkspaceProperties{OperatingSystemName: types.OperatingSystemNameWindowsServer2022, ComputeTypeName: types.ComputeStandard, Protocols: list}
	}
	for what, ask := range map[string]func(list []types.Protocol) (rule.Answer, error){
		"protocols of a change": func(list []types.Protocol) (rule.Answer, error) {
			return b.CheckModify(w, types.WorkspaceProperties{Protocols: list}, day)
		},
		"protocols of a desktop": func(list []types.Protocol) (rule.Answer, error) { return b.CheckDesktop(of(list), launch) },
		"protocols of a request": func(list []types.Protocol) (rule.Answer, error) {
			p := of(list)
			return b.CheckRequest(types.WorkspaceRequest{BundleId: aws.String("wsb-0123456789"), DirectoryId: aws.String("d-0123456789"), UserName: aws.String("ada"), WorkspaceProperties: &p}, launch)
		},
	} {
		if less, err := ask(list); err == nil && less.Verdict == rule.Denied {
			continue
		}
		oneMore(t, what, func() (rule.Answer, error) { return ask(list) }, func() (rule.Answer, error) { return ask(more) })
	}
}

// A RADIUS server beside the first.
func moreServers(t *rapid.T) {
	_, _, b := rulesOf(t)
	server := rapid.SampledFrom([]netip.Addr{netip.MustParseAddr("10.0.0.7"), netip.MustParseAddr("2001:db8::7"), {}})
	s := bundles.RADIUS{Servers: rapid.SliceOfN(server, 1, 3).Draw(t, "servers"), Port: bundles.RADIUSPort, SharedSecret: "tell nobody", Timeout: time.Second}
	more := s
	more.Servers = append(slices.Clone(s.Servers), server.Draw(t, "one more"))
	oneMore(t, "servers", func() (rule.Answer, error) { return b.CheckRADIUS(s) }, func() (rule.Answer, error) { return b.CheckRADIUS(more) })
}

// A group of a directory, a rule of a group that has one, and a directory. A group without rules admits nobody, so that
// what is one more has rules only beside a group that has.
func moreGroups(t *rapid.T) {
	n, _, _ := rulesOf(t)
	with := network.IPGroup{ID: "wsipg-1", Rules: []network.IPRule{{Source: netip.MustParsePrefix("192.0.2.0/24")}}}
	all := []network.IPGroup{with, {ID: "wsipg-2"}}
	var ids []string
	for i := range rapid.SampledFrom([]int{1, 24, 25, 34, 35}).Draw(t, "groups") {
		ids = append(ids, fmt.Sprint("wsipg-", 100+i))
	}
	oneMore(t, "groups of a directory",
		func() (rule.Answer, error) { return n.CheckIPGroupAssociation("d-1", ids) },
		func() (rule.Answer, error) {
			return n.CheckIPGroupAssociation("d-1", append(slices.Clone(ids), "wsipg-9"))
		})
	var rules []network.IPRule
	for i := range rapid.SampledFrom([]int{1, 9, 10, 29, 30}).Draw(t, "rules") {
		rules = append(rules, network.IPRule{Source: netip.PrefixFrom(netip.AddrFrom4([4]byte{203, 0, 113, byte(i)}), 32)})
	}
	oneMore(t, "rules of an update",
		func() (rule.Answer, error) { return n.CheckIPGroupUpdate("wsipg-1", rules) },
		func() (rule.Answer, error) {
			return n.CheckIPGroupUpdate("wsipg-1", append(slices.Clone(rules), with.Rules...))
		})
	own := rapid.SliceOfN(rapid.SampledFrom([]string{"wsipg-1", "wsipg-2", "wsipg-3"}), 1, 3).Draw(t, "of a directory")
	directory := network.DirectoryIPGroups{Directory: "d-1", Groups: own, StreamingEndpoint: rapid.Bool().Draw(t, "endpoint")}
	more := directory
	more.Groups = append(slices.Clone(own), rapid.SampledFrom([]string{"wsipg-2", "wsipg-3"}).Draw(t, "one more"))
	oneMore(t, "groups without rules", func() (rule.Answer, error) { return n.CheckIPGroups(all, []network.DirectoryIPGroups{directory}) }, func() (rule.Answer, error) {
		return n.CheckIPGroups(all, []network.DirectoryIPGroups{more})
	})
	oneMore(t, "directories", func() (rule.Answer, error) { return n.CheckIPGroups(all, []network.DirectoryIPGroups{directory}) }, func() (rule.Answer, error) {
		return n.CheckIPGroups(all, []network.DirectoryIPGroups{directory, {Directory: "d-2", Groups: []string{"wsipg-1"}}})
	})
}

// A change that is under way, or a related WorkSpace, of one that is to be migrated.
func moreStates(t *rapid.T) {
	m := must(migrate.At(rapid.SampledFrom(migrate.Editions()).Draw(t, "edition")))
	s := ready(day)
	s.Workspace.State = rapid.SampledFrom(types.WorkspaceState("").Values()).Draw(t, "state")
	more := s
	if rapid.Bool().Draw(t, "a change") {
		more.Workspace.ModificationStates = []types.ModificationState{{State: rapid.SampledFrom(types.ModificationStateEnum("").Values()).Draw(t, "change")}}
	} else {
		more.Workspace.RelatedWorkspaces = []types.RelatedWorkspaceProperties{{Type: rapid.SampledFrom(types.StandbyWorkspaceRelationshipType("").Values()).Draw(t, "relation")}}
	}
	oneMore(t, "states", func() (rule.Answer, error) { return m.CheckReady(&s) }, func() (rule.Answer, error) { return m.CheckReady(&more) })
}

// A device type that a directory blocks, or an oldest version of clients.
func moreRestrictions(t *rapid.T) {
	r := must(monitor.At(rapid.SampledFrom(monitor.Editions()).Draw(t, "edition")))
	login := logins[rapid.SampledFrom([]devices.DeviceType{devices.TypeWindows, devices.TypeOsx, devices.TypeWeb}).Draw(t, "client")]
	name := monitor.DeviceType(rapid.SampledFrom([]devices.DeviceType{devices.TypeWindows, devices.TypeOsx, devices.TypeWeb, devices.TypeIos}).Draw(t, "type"))
	more := monitor.Trial{Devices: map[monitor.DeviceType]monitor.DeviceAccess{name: rapid.SampledFrom([]monitor.DeviceAccess{monitor.DenyDevices, monitor.TrustDevices}).Draw(t, "value")}}
	if rapid.Bool().Draw(t, "a version") {
		more = monitor.Trial{Minimum: map[monitor.DeviceType]string{name: "5.1"}}
	}
	oneMore(t, "restrictions", func() (rule.Answer, error) { return r.CheckLogin(&login, monitor.Trial{}) }, func() (rule.Answer, error) { return r.CheckLogin(&login, more) })
}

func moreDeviceTypes(t *rapid.T) {
	r := must(devices.At(rapid.SampledFrom(devices.Editions()).Draw(t, "edition")))
	name := rapid.SampledFrom([]devices.DeviceType{devices.TypeWindows, devices.TypeLinux, devices.TypeZeroClient, devices.TypeThinClient, "DeviceTypeWatch"})
	value := rapid.SampledFrom([]string{"ALLOW", "DENY", "TRUST", "MAYBE"})
	in := devices.Access{Types: rapid.MapOfN(name, value, 0, 3).Draw(t, "types"), DirectoryType: "SIMPLE_AD"}
	more := in
	more.Types = maps.Clone(in.Types)
	one := name.Draw(t, "one more")
	if _, there := more.Types[one]; there {
		return
	}
	more.Types[one] = value.Draw(t, "its value")
	oneMore(t, "types of devices", func() (rule.Answer, error) { return r.CheckAccess(in) }, func() (rule.Answer, error) { return r.CheckAccess(more) })
}

// An entry of the registry that has nothing to do with the upgrade.
func moreEntries(t *rapid.T) {
	r := must(byol.At(rapid.SampledFrom(byol.Editions()).Draw(t, "edition")))
	entry := rapid.Custom(func(t *rapid.T) byol.RegistryEntry {
		return byol.RegistryEntry{
			Line: 1, Key: rapid.SampledFrom([]string{`HKEY_LOCAL_MACHINE\SOFTWARE\Other`, `HKEY_LOCAL_MACHINE\Software\Amazon\WorkSpacesConfig\other.ps1`}).Draw(t, "key"),
			Name: rapid.SampledFrom([]string{"Enabled", "Other", ""}).Draw(t, "name"), Type: "REG_DWORD", Value: 1,
		}
	})
	list := rapid.SliceOfN(entry, 0, 3).Draw(t, "entries")
	more := append(slices.Clone(list), entry.Draw(t, "one more"))
	ask := func(list []byol.RegistryEntry) func() (rule.Answer, error) {
		return func() (rule.Answer, error) {
			check, err := r.CheckRegistry(list)
			return check.Answer, err
		}
	}
	oneMore(t, "entries", ask(list), ask(more))
}
