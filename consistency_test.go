package wks_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A universe is every desktop that the packages have names for. What no document offers is in it too.
type universe struct {
	systems   []types.OperatingSystemName
	computes  []types.Compute
	protocols []types.Protocol
	licenses  []migrate.License
}

func everyDesktop() universe {
	return universe{
		systems:   append(types.OperatingSystemName("").Values(), migrate.Ubuntu2404, migrate.RHEL9, migrate.Rocky9),
		computes:  everyClass,
		protocols: []types.Protocol{types.ProtocolPcoip, types.ProtocolWsp, bundles.BYOP},
		licenses:  []migrate.License{migrate.Public, migrate.Custom, migrate.BYOL},
	}
}

// everyClass are compute types of each kind that a rule tells from another: all offers and limits name
// kinds, and no single type of one.
var everyClass = []types.Compute{
	types.ComputeValue, types.ComputeStandard, types.ComputePowerpro, types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge,
	types.ComputeGraphics, types.ComputeGraphicspro, types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn, types.ComputeGraphicsG6Xlarge,
	types.ComputeGraphicsGr64xlarge, types.ComputeGraphicsG6fLarge, bundles.GraphicsG72xlarge,
}

// sourceTypes are compute types of sources between which the rules on migrations tell.
var sourceTypes = []types.Compute{
	types.ComputeValue, types.ComputeStandard, types.ComputeGraphics, types.ComputeGraphicsG4dn,
}

// An offerCall is what CheckOffer is asked.
type offerCall struct {
	system   types.OperatingSystemName
	compute  types.Compute
	protocol types.Protocol
}

// A disagreement is what one question allows and another denies.
type disagreements struct {
	t     *testing.T
	count map[string]int
	seen  map[string]string
}

func (d *disagreements) add(pair, format string, args ...any) {
	if d.count[pair]++; d.count[pair] == 1 {
		d.seen[pair] = fmt.Sprintf(format, args...)
	}
}

func (d *disagreements) report() {
	for _, pair := range slices.Sorted(mapKeys(d.count)) {
		d.t.Errorf("%s: %d, first %s", pair, d.count[pair], d.seen[pair])
	}
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}

func everySource(u universe) (list []migrate.Desktop) {
	for _, system := range u.systems {
		for _, license := range u.licenses {
			if !licensedAs(system, license) {
				continue
			}
			for _, p := range u.protocols {
				for _, c := range sourceTypes {
					list = append(list, migrate.Desktop{OS: system, License: license, Protocol: p, Compute: c, Plus: migrate.No, Directory: migrate.ActiveDirectory})
				}
			}
		}
	}
	return list
}

// licensedAs tells whether a system comes with a licence. CheckOffer is not told the licence.
func licensedAs(system types.OperatingSystemName, license migrate.License) bool {
	own := system == types.OperatingSystemNameWindows10 || system == types.OperatingSystemNameWindows11 || system == types.OperatingSystemNameWindows7
	return own == (license == migrate.BYOL)
}

// agreeOnMigrations holds that what may be migrated to is offered, and that what a migration refuses
// for its target alone is not.
func agreeOnMigrations(d *disagreements, e rule.Edition, u universe, sources []migrate.Desktop, offers map[offerCall]rule.Verdict) (n int) {
	m := must(migrate.At(e))
	named := map[types.Compute]bool{}
	for _, c := range must(bundles.At(e)).ComputeTypes() {
		named[c.Name] = true
	}
	ofTarget := []rule.Code{migrate.TargetNotOffered, migrate.GraphicsUnsupported, migrate.LinuxTargetUnsupported}
	for _, system := range u.systems {
		for _, license := range u.licenses {
			if !licensedAs(system, license) {
				continue
			}
			for _, c := range u.computes {
				for _, p := range u.protocols {
					offer := offers[offerCall{system, c, p}]
					target := migrate.Desktop{OS: system, License: license, Protocol: p, Compute: c, Plus: migrate.No, Directory: migrate.ActiveDirectory}
					for i := range sources {
						if offer != rule.Denied && i%29 != 0 {
							continue
						}
						n++
						got := must(m.Check(sources[i], target))
						switch {
						case got.Verdict == rule.Allowed && offer == rule.Denied:
							d.add("migrate.Check allows, CheckOffer denies", "on %s %+v to %+v by %s", e, sources[i], target, got.By.Text)
						case got.Verdict == rule.Allowed && !named[c]:
							d.add("migrate.Check allows a compute type that no document of the edition names", "on %s %+v to %+v by %s", e, sources[i], target, got.By.Text)
						case got.Verdict == rule.Denied && offer == rule.Allowed && slices.ContainsFunc(got.Violations, func(v rule.Violation) bool { return slices.Contains(ofTarget, v.Code) }):
							d.add("migrate.Check denies the target, CheckOffer allows", "on %s %+v to %+v: %v", e, sources[i], target, got.Violations)
						}
					}
				}
			}
		}
	}
	return n
}

// An imported image streams by a protocol. Those with a GPU of types that have ended are not asked for.
type streamedImport struct {
	name     string
	protocol types.Protocol
	ask      func(r byol.Rules) rule.Answer
}

func importsToAsk() (list []streamedImport) {
	for _, process := range types.WorkspaceImageIngestionProcess("").Values() {
		if process != types.WorkspaceImageIngestionProcessByolGraphics && process != types.WorkspaceImageIngestionProcessByolGraphicspro {
			list = append(list, streamedImport{string(process), protocolOf(process), func(r byol.Rules) rule.Answer {
				return must(r.CheckImport(byol.Import{Ec2ImageID: "ami-12345678", ImageName: "image", ImageDescription: "image", IngestionProcess: process}, byol.Known{}))
			}})
		}
	}
	for protocol, p := range map[types.CustomImageProtocol]types.Protocol{"PCOIP": types.ProtocolPcoip, "DCV": types.ProtocolWsp, "BYOP": bundles.BYOP} {
		list = append(list, streamedImport{"custom " + string(protocol), p, func(r byol.Rules) rule.Answer {
			return must(r.CheckCustomImport(byol.CustomImport{Protocol: protocol}, byol.Known{}))
		}})
	}
	return list
}

// agreeOnDays holds that on the last day of whatever ends, and on the day after, a migration to it and an import for it
// are told what a new WorkSpace is told: that it ends, that no document says whether it can be used on that day, or that
// it has ended.
func agreeOnDays(d *disagreements, e rule.Edition, u universe, sources []migrate.Desktop) (n int) {
	ending := map[rule.Code]string{
		bundles.OperatingSystemEnds: "ends", bundles.ProtocolEnds: "ends", bundles.OperatingSystemEnded: "ended", bundles.ProtocolEnded: "ended",
		migrate.TargetEnds: "ends", migrate.TargetEnded: "ended", byol.ProtocolEnds: "ends", byol.ProtocolEnded: "ended",
	}
	told := func(a rule.Answer) (list []string) {
		for _, v := range a.Violations {
			if word := ending[v.Code]; word != "" {
				detail, _, _ := strings.Cut(v.Detail, "; want ") // which byol adds
				list = append(list, word+" "+detail)
			}
		}
		return list
	}
	asked := importsToAsk()
	for _, end := range must(bundles.At(e)).Calendar() {
		for _, day := range []rule.Edition{end.Last, rule.MustParseEdition(end.Last.Date().AddDate(0, 0, 1).Format(time.DateOnly))} {
			if day.Compare(e) < 0 {
				continue
			}
			b, m, y := must(must(bundles.At(e)).AsOf(day)), must(must(migrate.At(e)).AsOf(day)), must(must(byol.At(e)).AsOf(day))
			for _, in := range asked {
				n++
				offer := must(b.CheckOffer(types.OperatingSystemNameWindows10, types.ComputeStandard, in.protocol))
				got := in.ask(y)
				switch {
				case got.Verdict != rule.Denied && offer.Verdict == rule.Denied && len(told(offer)) > 0:
					d.add("byol as of a day does not deny what has ended", "%s on %s: %s", e, day, in.name)
				case !slices.Equal(told(got), told(offer)):
					d.add("byol as of a day tells other ends than CheckOffer", "%s on %s: %s: %q, %q", e, day, in.name, told(got), told(offer))
				}
			}
			for _, system := range u.systems {
				for _, p := range u.protocols {
					offer := must(b.CheckOffer(system, types.ComputeStandard, p))
					for i := range sources {
						target := sources[i]
						target.OS, target.Protocol, target.Compute = system, p, types.ComputeStandard
						n++
						got := must(m.Check(sources[i], target))
						switch {
						case got.Verdict != rule.Denied && offer.Verdict == rule.Denied && len(told(offer)) > 0:
							d.add("migrate.Check as of a day does not deny what has ended", "%s on %s: %+v to %+v", e, day, sources[i], target)
						case got.Verdict == rule.Allowed && end.Uncertain && day == end.Last && string(system) == end.Name:
							d.add("migrate.Check as of a day allows what CheckOffer leaves open", "%s on %s: %+v to %+v", e, day, sources[i], target)
						case got.Verdict != rule.Denied && !slices.Equal(told(got.Answer), told(offer)):
							d.add("migrate.Check as of a day tells other ends than CheckOffer", "%s on %s: %+v to %+v: %q, %q", e, day, sources[i], target, told(got.Answer), told(offer))
						}
					}
				}
			}
		}
	}
	return n
}

// agreeOnChanges holds that what a WorkSpace can become by a change of its compute type or protocol
// is offered.
func agreeOnChanges(d *disagreements, e rule.Edition, u universe, offers map[offerCall]rule.Verdict) (n int) {
	b := must(bundles.At(e))
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	long := bundles.History{Launched: now.AddDate(-3, 0, 0), Larger: now.AddDate(-2, 0, 0), Smaller: now.AddDate(-2, 0, 0)}
	for _, system := range u.systems {
		for _, p := range u.protocols {
			for _, from := range u.computes {
				w := bundles.Workspace{
					ComputeType: from, OperatingSystem: system, Protocol: p, State: types.WorkspaceStateAvailable, RunningMode: types.RunningModeAutoStop,
					Volumes: bundles.Volumes{Root: 175, User: 100}, History: long,
				}
				if offers[offerCall{system, from, p}] == rule.Denied {
					continue // there is no such WorkSpace, or no new one
				}
				for _, to := range u.computes {
					n++
					if got := must(b.CheckSwitch(w, to, now)); got.Verdict == rule.Allowed && offers[offerCall{system, to, p}] == rule.Denied {
						d.add("CheckSwitch allows, CheckOffer denies", "on %s %s with %s by %s to %s", e, system, from, p, to)
					}
				}
				for _, to := range u.protocols {
					n++
					got := must(b.CheckModify(w, types.WorkspaceProperties{Protocols: []types.Protocol{to}}, now))
					if got.Verdict == rule.Allowed && offers[offerCall{system, from, to}] == rule.Denied {
						d.add("CheckModify allows a protocol, CheckOffer denies", "on %s %s with %s by %s to %s", e, system, from, p, to)
					}
				}
			}
		}
	}
	return n
}

// agreeOnLaunches holds that what can be launched is offered, and that a desktop as a whole can.
func agreeOnLaunches(d *disagreements, e rule.Edition, u universe, offers map[offerCall]rule.Verdict) (n int) {
	b := must(bundles.At(e))
	id, name, directory := "wsb-12345678", "jdoe", "d-1234567890"
	size, user := int32(175), int32(100)
	for call, offer := range offers {
		kind := types.OperatingSystemTypeLinux
		if len(call.system) > 7 && call.system[:7] == "WINDOWS" {
			kind = types.OperatingSystemTypeWindows
		}
		p := types.WorkspaceProperties{
			OperatingSystemName: call.system, ComputeTypeName: call.compute, Protocols: []types.Protocol{call.protocol},
			RunningMode: types.RunningModeAlwaysOn, RootVolumeSizeGib: &size, UserVolumeSizeGib: &user,
		}
		launch := bundles.LaunchContext{System: kind, ComputeType: call.compute, Volumes: bundles.Volumes{Root: 175, User: 100}}
		n += 2
		if got := must(b.CheckDesktop(p, launch)); got.Verdict == rule.Allowed && offer == rule.Denied {
			d.add("CheckDesktop allows, CheckOffer denies", "on %s %v", e, call)
		}
		q := types.WorkspaceRequest{BundleId: &id, DirectoryId: &directory, UserName: &name, WorkspaceProperties: &p}
		if got := must(b.CheckRequest(q, launch)); got.Verdict == rule.Allowed && offer == rule.Denied {
			d.add("CheckRequest allows, CheckOffer denies", "on %s %v", e, call)
		}
	}
	return n
}

// releases are those of the products that some edition lists.
var releases = map[string][]string{
	"Windows 7": {"SP1"}, "Windows 10": {"1607", "1709", "1803", "1809", "1909", "21H2", "22H2"}, "Windows 11": {"22H2", "23H2", "24H2", "25H2"},
}

// agreeOnImages holds that a system that can be brought is offered with the compute types and
// protocols that byol allows, and that what byol denies of a compute type is not offered.
func agreeOnImages(d *disagreements, e rule.Edition, u universe, offers map[offerCall]rule.Verdict) (n int) {
	r := must(byol.At(e))
	systems := map[string]types.OperatingSystemName{
		"Windows 7": types.OperatingSystemNameWindows7, "Windows 10": types.OperatingSystemNameWindows10, "Windows 11": types.OperatingSystemNameWindows11,
	}
	ofCompute := []rule.Code{byol.GraphicsRetired, byol.GraphicsProRetired, byol.ValueOnWindows11}
	for product, system := range systems {
		for _, release := range releases[product] {
			for _, edition := range []string{"Enterprise", "Pro", "Enterprise LTSC"} {
				w := byol.Windows{Product: product, Release: release, Edition: edition}
				for _, c := range u.computes {
					n++
					got := must(r.CheckWindows(w, c))
					some := rule.Denied
					for _, p := range u.protocols {
						if v := offers[offerCall{system, c, p}]; v == rule.Allowed || v == rule.Undocumented && some == rule.Denied {
							some = v
						}
					}
					switch {
					case got.Verdict == rule.Allowed && some == rule.Denied:
						d.add("byol.CheckWindows allows, CheckOffer denies", "on %s %v with %s", e, w, c)
					case some == rule.Allowed && slices.ContainsFunc(got.Violations, func(v rule.Violation) bool { return slices.Contains(ofCompute, v.Code) }):
						d.add("byol.CheckWindows denies the compute type, CheckOffer allows", "on %s %v with %s", e, w, c)
					}
					for _, process := range types.WorkspaceImageIngestionProcess("").Values() {
						if edition != "Enterprise" {
							break
						}
						n++
						p := protocolOf(process)
						yes, no := true, false
						in := byol.Import{Ec2ImageID: "ami-12345678", ImageName: "image", ImageDescription: "image", IngestionProcess: process}
						got := must(r.CheckImport(in, byol.Known{Windows: w, Compute: c, AllowListed: &yes, AMIOwned: &yes, AMIEncrypted: &no}))
						if got.Verdict == rule.Allowed && offers[offerCall{system, c, p}] == rule.Denied {
							d.add("byol.CheckImport allows, CheckOffer denies", "on %s %v with %s by %s", e, w, c, process)
						}
					}
				}
			}
		}
	}
	return n
}

// regionsThatMatter are those of which a document says something, and two of which none does.
var regionsThatMatter = []string{"us-east-1", "us-east-2", "us-west-2", "ap-south-1", "af-south-1", "il-central-1", "eu-west-1", "cn-northwest-1"}

// agreeOnRegions holds that what a Region lacks can be neither launched there nor become there of what there is,
// that byol denies no GPU of a Region that has it, and that a denial names its Region's document alone: the answer is
// no better with the Region than without.
func agreeOnRegions(d *disagreements, e rule.Edition, u universe) (n int) {
	b, y, m := must(bundles.At(e)), must(byol.At(e)), must(migrate.At(e))
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	id, name, directory := "wsb-12345678", "jdoe", "d-1234567890"
	for _, region := range regionsThatMatter {
		for _, c := range u.computes {
			n += 4
			there := must(b.CheckRegion(region, c)).Verdict
			launch := bundles.LaunchContext{System: types.OperatingSystemTypeWindows, ComputeType: c, Volumes: bundles.Volumes{Root: 175, User: 100}}
			q := types.WorkspaceRequest{BundleId: &id, DirectoryId: &directory, UserName: &name, WorkspaceProperties: &types.WorkspaceProperties{ComputeTypeName: c}}
			without := must(b.CheckRequest(q, launch))
			launch.Region = region
			with := must(b.CheckRequest(q, launch))
			if there == rule.Denied && with.Verdict != rule.Denied {
				d.add("CheckRequest does not deny, CheckRegion denies", "on %s %s in %s", e, c, region)
			}
			if there != rule.Denied && with.Verdict != without.Verdict || better(with.Verdict, without.Verdict) {
				d.add("a Region changes an answer that it has nothing to do with", "on %s %s in %s: %s, %s", e, c, region, without.Verdict, with.Verdict)
			}
			w := bundles.Workspace{ComputeType: types.ComputeStandard, OperatingSystem: types.OperatingSystemNameWindowsServer2022, Region: region}
			if got := must(b.CheckSwitch(w, c, now)); there == rule.Denied && got.Verdict != rule.Denied {
				d.add("CheckSwitch does not deny, CheckRegion denies", "on %s %s in %s", e, c, region)
			}
			source := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2016, License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard, Plus: migrate.No, Directory: migrate.ActiveDirectory}
			target := source
			target.OS, target.Compute = types.OperatingSystemNameWindowsServer2025, c
			anywhere := must(m.Check(source, target)).Verdict
			source.Region = region
			switch got := must(m.Check(source, target)).Verdict; {
			case there == rule.Denied && got != rule.Denied:
				d.add("migrate.Check does not deny, CheckRegion denies", "on %s %s in %s", e, c, region)
			case there != rule.Denied && got != anywhere:
				d.add("a Region changes a migration that it has nothing to do with", "on %s %s in %s: %s, %s", e, c, region, anywhere, got)
			}
			if region == "cn-northwest-1" || !gpu(c) {
				continue
			}
			four := 4
			list := must(y.Checklist(&byol.Facts{Region: region, Commitment: byol.Commitment{GPUAlwaysOn: &four}}))
			denied := slices.ContainsFunc(list.Violations, func(v rule.Violation) bool { return v.Code == byol.GPUUnavailableInRegion })
			if denied && there == rule.Allowed {
				d.add("byol denies GPUs in a Region, CheckRegion allows one", "on %s %s in %s", e, c, region)
			}
		}
	}
	return n
}

func gpu(c types.Compute) bool { return strings.HasPrefix(string(c), "GRAPHICS") }

// protocolOf is the protocol of an ingestion process, as its name tells.
func protocolOf(p types.WorkspaceImageIngestionProcess) types.Protocol {
	switch s := string(p); {
	case len(s) > 4 && s[len(s)-4:] == "_WSP":
		return types.ProtocolWsp
	case len(s) > 5 && s[len(s)-5:] == "_BYOP":
		return bundles.BYOP
	}
	return types.ProtocolPcoip
}
