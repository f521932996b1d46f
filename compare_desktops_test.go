package wks_test

import (
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// has reports whether an answer has a violation of one of the rules.
func has(a rule.Answer, codes ...rule.Code) bool {
	return slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return slices.Contains(codes, v.Code) })
}

// opposed reports whether one answer allows what the other denies.
func opposed(one, other rule.Verdict) bool {
	return one == rule.Allowed && other == rule.Denied || one == rule.Denied && other == rule.Allowed
}

// compareTargets holds that what a migration makes can be launched.
func compareTargets(a *asking) (n int) {
	var sources []migrate.Desktop
	for _, p := range []types.Protocol{types.ProtocolPcoip, types.ProtocolWsp} {
		for system, license := range map[types.OperatingSystemName]migrate.License{
			types.OperatingSystemNameWindowsServer2019: migrate.Public, types.OperatingSystemNameWindows10: migrate.BYOL, types.OperatingSystemNameAmazonLinux2: migrate.Public,
		} {
			sources = append(sources, migrate.Desktop{OS: system, License: license, Protocol: p, Compute: types.ComputeStandard, Plus: migrate.No, Directory: migrate.ActiveDirectory})
		}
	}
	id, name, directory := "wsb-12345678", "jdoe", "d-1234567890"
	size, user := int32(175), int32(100)
	for call := range a.offers {
		system := types.OperatingSystemTypeLinux
		if strings.HasPrefix(string(call.system), "WINDOWS") {
			system = types.OperatingSystemTypeWindows
		}
		p := types.WorkspaceProperties{
			OperatingSystemName: call.system, ComputeTypeName: call.compute, Protocols: []types.Protocol{call.protocol}, RunningMode: types.RunningModeAlwaysOn,
			RootVolumeSizeGib: &size, UserVolumeSizeGib: &user,
		}
		launch := bundles.LaunchContext{System: system, ComputeType: call.compute, Volumes: bundles.Volumes{Root: 175, User: 100}}
		q := types.WorkspaceRequest{BundleId: &id, DirectoryId: &directory, UserName: &name, WorkspaceProperties: &p}
		desktop := must(a.Bundles.CheckDesktop(p, launch))
		answers := map[string]rule.Verdict{
			"CheckDesktop": desktop.Verdict, "CheckRequest": must(a.Bundles.CheckRequest(q, launch)).Verdict,
			"CheckRequests": must(a.Bundles.CheckRequests([]types.WorkspaceRequest{q}, func(*types.WorkspaceRequest) bundles.LaunchContext { return launch })).Verdict,
		}
		for i := range sources {
			for _, license := range a.u.licenses {
				if !licensedAs(call.system, license) {
					continue
				}
				target := sources[i]
				target.OS, target.License, target.Compute, target.Protocol = call.system, license, call.compute, call.protocol
				got := must(a.Migrate.Check(sources[i], target))
				for question, verdict := range answers {
					n++
					if got.Verdict == rule.Allowed && verdict == rule.Denied {
						a.add("migrate.Check allows, bundles."+question+" denies", "on %s %+v to %v: %v", a.e, sources[i], call, desktop.Violations)
					}
				}
			}
		}
	}
	return n
}

// imported are the compute types of an image that the names of compute types tell.
func imported(c types.Compute) types.ImageComputeType {
	switch {
	case !gpu(c):
		return types.ImageComputeTypeBase
	case strings.HasSuffix(string(c), "_G4DN"):
		return types.ImageComputeTypeGraphicsG4dn
	}
	return types.ImageComputeTypeGraphicsG6
}

// aboutDesktops are the rules of byol about a desktop, and not about a call, an account or a machine, nor about a release of
// Windows, which a migration does not name.
var aboutDesktops = []rule.Code{byol.ValueOnWindows11, byol.ProtocolOSIncompatibility, byol.ProtocolForOtherCompute, byol.GraphicsRetired, byol.GraphicsProRetired}

// compareBrought holds that an image that can be imported can be launched and migrated to as bundles and migrate say.
func compareBrought(a *asking) (n int) {
	systems := map[string]types.OperatingSystemName{"Windows 10": types.OperatingSystemNameWindows10, "Windows 11": types.OperatingSystemNameWindows11}
	versions := map[string]types.OSVersion{"Windows 10": types.OSVersionWindows10, "Windows 11": types.OSVersionWindows11}
	protocols := map[types.Protocol]types.CustomImageProtocol{
		types.ProtocolPcoip: types.CustomImageProtocolPcoip, types.ProtocolWsp: types.CustomImageProtocolDcv, bundles.BYOP: types.CustomImageProtocolByop,
	}
	no := false
	for product, system := range systems {
		for _, release := range releases[product] {
			w := byol.Windows{Product: product, Release: release, Edition: "Enterprise"}
			if must(a.BYOL.CheckWindows(w, types.ComputeStandard)).Verdict == rule.Denied {
				continue
			}
			for _, c := range a.u.computes {
				listed := must(a.BYOL.CheckWindows(w, c))
				for p, protocol := range protocols {
					in := byol.CustomImport{
						ImageName: "golden", ImageDescription: "golden", ComputeType: imported(c), Protocol: protocol, Platform: types.PlatformWindows, OSVersion: versions[product],
						ImageSource: byol.ImageSource{Ec2ImageID: "ami-01234567"}, InfrastructureConfigurationARN: "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/byol",
					}
					custom := must(a.BYOL.CheckCustomImport(in, byol.Known{Windows: w, Compute: c, AMIEncrypted: &no}))
					offer := a.offers[offerCall{system, c, p}]
					n += 2
					if custom.Verdict == rule.Allowed && offer == rule.Denied {
						a.add("byol.CheckCustomImport allows, CheckOffer denies", "on %s %v with %s by %s", a.e, w, c, p)
					}
					if offer == rule.Allowed && has(custom, byol.ProtocolOSIncompatibility, byol.ProtocolForOtherCompute, byol.ValueOnWindows11) {
						a.add("byol.CheckCustomImport denies the desktop, CheckOffer allows", "on %s %v with %s by %s: %v", a.e, w, c, p, custom.Violations)
					}
					if a.Migrate.Edition() != a.e {
						continue
					}
					source := migrate.Desktop{OS: types.OperatingSystemNameWindows10, License: migrate.BYOL, Protocol: p, Compute: types.ComputePerformance, Plus: migrate.No, Directory: migrate.ActiveDirectory}
					target := source
					target.OS, target.Compute = system, c
					got := must(a.Migrate.Check(source, target))
					n += 2
					if got.Verdict == rule.Allowed && (has(listed, aboutDesktops...) || has(custom, aboutDesktops...)) {
						a.add("migrate.Check allows a BYOL desktop, byol denies it", "on %s %v with %s by %s: %v, %v", a.e, w, c, p, listed.Violations, custom.Violations)
					}
					if custom.Verdict == rule.Allowed && has(got.Answer, migrate.TargetNotOffered, migrate.ValueToWindows11, migrate.GraphicsToDCV, migrate.GraphicsUnsupported) {
						a.add("byol allows a BYOL desktop, migrate.Check denies it", "on %s %v with %s by %s: %v", a.e, w, c, p, got.Violations)
					}
					for _, process := range types.WorkspaceImageIngestionProcess("").Values() {
						if protocolOf(process) != p {
							continue
						}
						in := byol.Import{Ec2ImageID: "ami-12345678", ImageName: "image", ImageDescription: "image", IngestionProcess: process}
						yes := true
						byCall := must(a.BYOL.CheckImport(in, byol.Known{Windows: w, Compute: c, AllowListed: &yes, AMIOwned: &yes, AMIEncrypted: &no}))
						n++
						if got.Verdict == rule.Allowed && has(byCall, aboutDesktops...) {
							a.add("migrate.Check allows a BYOL desktop, byol.CheckImport denies it", "on %s %v with %s by %s: %v", a.e, w, c, process, byCall.Violations)
						}
						if byCall.Verdict == rule.Allowed && has(got.Answer, migrate.TargetNotOffered, migrate.ValueToWindows11) {
							a.add("byol.CheckImport allows a BYOL desktop, migrate.Check denies it", "on %s %v with %s by %s: %v", a.e, w, c, process, got.Violations)
						}
					}
				}
			}
		}
	}
	return n
}

// compareEndOfPCoIP holds that zero clients connect as long as PCoIP is there, and not longer.
func compareEndOfPCoIP(a *asking) (n int) {
	days := []rule.Edition{a.e, rule.MustParseEdition("2027-10-31"), rule.MustParseEdition("2027-11-01"), rule.MustParseEdition("2030-01-01")}
	for _, end := range a.Bundles.Calendar() {
		if end.Name == string(types.ProtocolPcoip) {
			days = append(days, end.Last, rule.MustParseEdition(end.Last.Date().AddDate(0, 0, 1).Format(time.DateOnly)))
		}
	}
	for _, day := range days {
		n++
		offer := must(must(a.Bundles.AsOf(day)).CheckOffer(types.OperatingSystemNameWindowsServer2022, types.ComputeStandard, types.ProtocolPcoip))
		z := must(a.Devices.CheckZeroClient(devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", On: day}))
		if has(offer, bundles.ProtocolEnded) != has(z, devices.ZeroClientEnded) || has(offer, bundles.ProtocolEnds) != has(z, devices.ZeroClientEnds) {
			a.add("zero clients end on another day than PCoIP", "%s on %s: %v, %v", a.e, day, offer.Violations, z.Violations)
		}
	}
	return n
}

// compareNested holds that what migrate carries over can have nested virtualization, and what troubleshoot gives as
// the cause cannot.
func compareNested(a *asking) (n int) {
	for _, system := range a.u.systems {
		for _, c := range a.u.computes {
			for _, p := range a.u.protocols {
				b := must(a.Bundles.CheckNestedVirtualization(bundles.Workspace{OperatingSystem: system, ComputeType: c, Protocol: p, Region: "us-east-1", RunningMode: types.RunningModeAlwaysOn}, ""))
				license := migrate.Public
				if !licensedAs(system, license) {
					license = migrate.BYOL
				}
				source := migrate.Desktop{
					OS: system, License: license, Protocol: p, Compute: types.ComputePower, Plus: migrate.No, Directory: migrate.ActiveDirectory, NestedVirtualization: true, Region: "us-east-1",
				}
				target := source
				target.Compute, target.NestedVirtualization = c, false
				n++
				got := must(a.Migrate.Check(source, target))
				carried := slices.ContainsFunc(got.Statements(), func(s migrate.Statement) bool { return s.Text == "nested virtualization is carried over" })
				lost := slices.ContainsFunc(got.Open, func(o rule.Open) bool { return strings.HasSuffix(o.Reason, "nested virtualization is switched off") }) // not for its protocol: there documents differ
				if carried && b.Verdict == rule.Denied {
					a.add("migrate.Check carries nested virtualization over, CheckNestedVirtualization denies it", "on %s %+v: %v", a.e, target, b.Violations)
				}
				if lost && b.Verdict == rule.Allowed {
					a.add("migrate.Check switches nested virtualization off, CheckNestedVirtualization allows it", "on %s %+v: %v", a.e, target, got.Open)
				}
			}
		}
	}
	return n
}

// judged reports whether a diagnosis has a cause, whatever becomes of it.
func judged(d troubleshoot.Diagnosis, code rule.Code) bool {
	return slices.ContainsFunc(slices.Concat(d.Of(troubleshoot.Shown), d.Of(troubleshoot.Open), d.Of(troubleshoot.RuledOut)), func(j troubleshoot.Judgement) bool { return j.Code == code })
}

// shown reports whether a diagnosis shows a cause.
func shown(d troubleshoot.Diagnosis, code rule.Code) bool {
	return slices.ContainsFunc(d.Of(troubleshoot.Shown), func(j troubleshoot.Judgement) bool { return j.Code == code })
}

// compareNestedCauses holds that what is given as the cause that nested virtualization does not work cannot have it.
func compareNestedCauses(a *asking) (n int) {
	for wire, p := range map[types.Protocol]troubleshoot.Protocol{types.ProtocolPcoip: troubleshoot.PCoIP, types.ProtocolWsp: troubleshoot.DCV} {
		w := bundles.Workspace{OperatingSystem: types.OperatingSystemNameWindowsServer2022, ComputeType: types.ComputePower, Protocol: wire, Region: "us-east-1", RunningMode: types.RunningModeAlwaysOn}
		for _, system := range []types.OperatingSystemName{types.OperatingSystemNameWindowsServer2022, types.OperatingSystemNameWindowsServer2025} {
			w.OperatingSystem = system
			b := must(a.Bundles.CheckNestedVirtualization(w, ""))
			d, err := a.Troubleshoot.Diagnose("docker", troubleshoot.Facts{System: troubleshoot.WindowsSystem, Protocol: p, Answers: map[troubleshoot.Question]bool{troubleshoot.NeedsVirtualization: true, troubleshoot.NestedEnabled: true}})
			if err != nil { // the edition has no such symptom
				continue
			}
			n++
			if b.Verdict == rule.Allowed && (shown(d, troubleshoot.NestedWithoutDCV) || shown(d, troubleshoot.NestedUnsupported)) {
				a.add("Diagnose says that there is no nested virtualization, CheckNestedVirtualization allows it", "on %s %s by %s", a.e, system, p)
			}
			if has(b, bundles.NestedVirtualizationUnsupported) && wire == types.ProtocolPcoip && !shown(d, troubleshoot.NestedWithoutDCV) {
				a.add("CheckNestedVirtualization denies PCoIP, Diagnose does not show it", "on %s", a.e)
			}
			for _, mode := range []types.RunningMode{types.RunningModeAlwaysOn, types.RunningModeAutoStop} {
				w.RunningMode = mode
				reboots := has(must(a.Bundles.CheckNestedVirtualization(w, "")), bundles.NestedVirtualizationReboots)
				d, err := a.Troubleshoot.Diagnose("no-hibernation", troubleshoot.Facts{RunningMode: string(mode), Answers: map[troubleshoot.Question]bool{
					troubleshoot.NestedEnabled: true, troubleshoot.RebootsForHibernation: system == types.OperatingSystemNameWindowsServer2025,
				}})
				if err != nil {
					continue
				}
				n++
				if shown(d, troubleshoot.NestedWithoutHibernation) != reboots {
					a.add("Diagnose and CheckNestedVirtualization disagree on what reboots", "on %s %s %s: %t", a.e, system, mode, reboots)
				}
			}
		}
	}
	return n
}

// compareLinux holds that network and bundles take the same systems for Linux.
func compareLinux(a *asking) (n int) {
	for _, system := range a.u.systems {
		if system == types.OperatingSystemNameUnknown {
			continue
		}
		origin := must(a.Bundles.CheckImageOrigin(bundles.ImageOrigin{Workspace: bundles.Workspace{OperatingSystem: system}}))
		asLinux := slices.ContainsFunc(origin.Open, func(o rule.Open) bool { return o.Path == "RootUsedPercents" })
		ssh := must(a.Network.CheckSSH(network.SSH{From: prefixes("192.0.2.0/24"), System: string(system), State: "AVAILABLE"}))
		n++
		// Until then the documents describe SSH to Amazon Linux alone.
		described := a.e.Compare(rule.MustParseEdition("2025-10-21")) >= 0
		if described && asLinux && slices.ContainsFunc(ssh.Open, func(o rule.Open) bool { return o.Path == "OperatingSystemName" }) {
			a.add("network.CheckSSH does not take a system for Linux, bundles.CheckImageOrigin does", "on %s %s", a.e, system)
		}
	}
	return n
}
