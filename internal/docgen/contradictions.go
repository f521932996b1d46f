package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A dispute is a pair of statements that contradict one another, as the answers to a question cite
// them.
type dispute struct {
	question string
	cites    [2]rule.Citation
}

// A disputed is when a dispute leaves answers open, and what the first of them says.
type disputed struct {
	since, last rule.Edition
	reasons     []string
}

// A collector gathers disputes from answers.
type collector struct {
	edition rule.Edition
	found   map[dispute]*disputed
}

func (c *collector) look(question string, a rule.Answer, err error) {
	if err != nil {
		return
	}
	for _, o := range a.Open {
		if o.By != rule.ByContradiction {
			continue
		}
		d := dispute{question, o.Cites}
		was := c.found[d]
		if was == nil {
			was = &disputed{since: c.edition}
			c.found[d] = was
		}
		was.last = c.edition
		if !slices.Contains(was.reasons, o.Reason) {
			was.reasons = append(was.reasons, o.Reason)
		}
	}
}

// contradictionsDocument lists the statements of documents that contradict one another. It asks the
// packages about all desktops, states and migrations in every edition.
func contradictionsDocument(set []pkg) []byte {
	var editions []rule.Edition
	for _, p := range set {
		editions = append(editions, p.editions()...)
	}
	slices.SortFunc(editions, rule.Edition.Compare)
	editions = slices.Compact(editions)
	c := &collector{found: map[dispute]*disputed{}}
	for _, e := range editions {
		c.edition = e
		c.desktops()
		c.migrations()
		c.networks()
	}
	var b strings.Builder
	b.WriteString(notice)
	b.WriteString(`# Contradictions

Where two documents of an edition, or two places of one, contradict one another, an answer is open
and cites both. These are the contradictions that questions about desktops, states, volumes, quotas,
images, migrations and networks meet, asked in every edition. The documents are in [sources.md](sources.md#documents).

`)
	var keys []dispute
	for d := range c.found {
		keys = append(keys, d)
	}
	slices.SortFunc(keys, func(x, y dispute) int {
		return cmp.Or(cmp.Compare(x.question, y.question), c.found[x].since.Compare(c.found[y].since), cmp.Compare(fmt.Sprint(x.cites), fmt.Sprint(y.cites)))
	})
	rows := [][]string{{"question", "editions", "one", "the other", "about"}}
	for _, d := range keys {
		was := c.found[d]
		about := was.reasons[0]
		if n := len(was.reasons); n > 1 {
			about += fmt.Sprintf("; and %d more", n-1)
		}
		until := ""
		if i := slices.Index(editions, was.last); i+1 < len(editions) {
			until = editions[i+1].String()
		}
		rows = append(rows, []string{d.question, strings.TrimSuffix(was.since.String()+" to "+until, " to "), told(d.cites[0]), told(d.cites[1]), about})
	}
	table(&b, rows)
	return []byte(strings.TrimRight(b.String(), "\n") + "\n")
}

func told(c rule.Citation) string { return fmt.Sprintf("%s, %q, %s", c.Document, c.Section, c.Date) }

var (
	protocols = []types.Protocol{types.ProtocolPcoip, types.ProtocolWsp, bundles.BYOP, "DCV"}
	systems   = append(types.OperatingSystemName("").Values(), migrate.Ubuntu2404, migrate.RHEL9, migrate.Rocky9)
	kinds     = []types.Compute{
		types.ComputeValue, types.ComputeStandard, types.ComputePowerpro, types.ComputeGeneralpurpose4xlarge, types.ComputeGraphics, types.ComputeGraphicspro,
		types.ComputeGraphicsG4dn, types.ComputeGraphicsG6Xlarge, bundles.GraphicsG72xlarge,
	}
)

// desktops asks bundles and byol.
func (c *collector) desktops() {
	b, err := bundles.At(c.edition)
	if err != nil {
		return
	}
	ask := func(question string) func(rule.Answer, error) {
		return func(a rule.Answer, err error) { c.look(question, a, err) }
	}
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, system := range systems {
		for _, kind := range kinds {
			for _, p := range protocols {
				ask("bundles.CheckOffer")(b.CheckOffer(system, kind, p))
			}
		}
		w := bundles.Workspace{
			ComputeType: types.ComputePower, OperatingSystem: system, Protocol: types.ProtocolPcoip, State: types.WorkspaceStateAvailable, RunningMode: types.RunningModeAutoStop,
			Volumes: bundles.Volumes{Root: 175, User: 100}, History: bundles.History{Launched: now.Add(-time.Hour)},
		}
		for _, p := range protocols {
			ask("bundles.CheckModify")(b.CheckModify(w, types.WorkspaceProperties{Protocols: []types.Protocol{p}}, now))
		}
		ask("bundles.CheckSwitch")(b.CheckSwitch(w, types.ComputeStandard, now))
		free, profile, no := int64(5<<30), int64(11<<30), false
		ask("bundles.CheckImageOrigin")(b.CheckImageOrigin(bundles.ImageOrigin{Workspace: w, Encrypted: &no, FreeBytes: &free, ProfileBytes: &profile}))
	}
	for _, op := range bundles.Operations() {
		for _, state := range types.WorkspaceState("").Values() {
			for _, mode := range types.RunningMode("").Values() {
				w := bundles.Workspace{
					ComputeType: types.ComputeStandard, OperatingSystem: types.OperatingSystemNameWindowsServer2019, Protocol: types.ProtocolWsp, State: state, RunningMode: mode,
					Volumes: bundles.Volumes{Root: 80, User: 50},
				}
				ask("bundles.CheckOperation")(b.CheckOperation(op, w))
			}
		}
	}
	ask("bundles.CheckVolumes")(b.CheckVolumes(types.ComputeStandard, 1500, 1500))
	ask("bundles.CheckVolumes")(b.CheckVolumes(types.ComputeStandard, 80, 100))
	for _, q := range b.Quotas() {
		for n := range 60 {
			ask("bundles.CheckQuota")(b.CheckQuota(q.Name, n))
		}
	}
	if r, err := byol.At(c.edition); err == nil {
		for _, w := range []byol.Windows{{Product: "Windows 10", Release: "22H2", Edition: "Enterprise"}, {Product: "Windows 11", Release: "23H2", Edition: "Enterprise"}} {
			for _, kind := range kinds {
				ask("byol.CheckWindows")(r.CheckWindows(w, kind))
			}
		}
		free, yes, caption, version := int64(20*byol.GB), true, "Microsoft Windows 10 Enterprise", "10.0.19045"
		ask("byol.CheckMachine")(r.CheckMachine(&byol.Machine{Caption: &caption, Version: &version, FreeBytes: &free, UEFI: &yes}))
		check, err := r.CheckRegistry(nil)
		c.look("byol.CheckRegistry", check.Answer, err)
	}
}

// migrations asks migrate.
func (c *collector) migrations() {
	m, err := migrate.At(c.edition)
	if err != nil {
		return
	}
	plain := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2019, License: migrate.Public, Protocol: types.ProtocolPcoip, Compute: types.ComputeStandard, Plus: migrate.No}
	for _, size := range []int32{80, 1500} {
		o, err := m.Outcome(migrate.Move{Source: plain, Target: plain, RootGiB: size, UserGiB: max(size, 100), SourceUserGiB: 100, TargetRootGiB: size, TargetUserGiB: 100, At: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
		c.look("migrate.Outcome", o.Answer, err)
	}
	for _, source := range []migrate.Desktop{
		{OS: types.OperatingSystemNameWindowsServer2019, License: migrate.Public, Protocol: types.ProtocolPcoip, Compute: types.ComputeStandard, Plus: migrate.No},
		{OS: types.OperatingSystemNameWindowsServer2019, License: migrate.Public, Protocol: types.ProtocolPcoip, Compute: types.ComputeStandard, Plus: migrate.No, NestedVirtualization: true},
		{OS: types.OperatingSystemNameWindowsServer2019, License: migrate.Public, Protocol: migrate.BYOP, Compute: types.ComputeStandard, Plus: migrate.No},
		{OS: types.OperatingSystemNameWindows10, License: migrate.BYOL, Protocol: types.ProtocolPcoip, Compute: types.ComputeStandard, Plus: migrate.No},
		{OS: types.OperatingSystemNameWindows10, License: migrate.BYOL, Protocol: migrate.BYOP, Compute: types.ComputeStandard, Plus: migrate.No},
	} {
		for _, system := range systems {
			for _, kind := range kinds {
				for _, p := range protocols {
					for _, license := range []migrate.License{migrate.Public, migrate.Custom, migrate.BYOL} {
						d, err := m.Check(source, migrate.Desktop{OS: system, License: license, Protocol: p, Compute: kind, Plus: migrate.No})
						c.look("migrate.Check", d.Answer, err)
					}
				}
			}
		}
	}
}

// networks asks network.
func (c *collector) networks() {
	r, err := network.At(c.edition)
	if err != nil {
		return
	}
	for _, kind := range kinds {
		a, err := r.LaunchWithIPv6AutoAssign(string(kind))
		c.look("network.LaunchWithIPv6AutoAssign", a, err)
	}
	for _, region := range []string{"us-east-1", "eu-central-1", "ap-south-1", "us-gov-west-1"} {
		d, err := r.CheckDomains(network.Client{Region: region, Protocol: network.ProtocolPCoIP, Kind: network.Browser}, nil)
		c.look("network.CheckDomains", d.Answer, err)
	}
	var groups []string
	for n := range 40 {
		groups = append(groups, fmt.Sprintf("wsipg-%09d", n))
		a, err := r.CheckIPGroupAssociation("d-1234567890", groups)
		c.look("network.CheckIPGroupAssociation", a, err)
	}
}
