package wks_test

import (
	"errors"
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// compareEntra holds that what byol keeps out of a directory for Entra ID is not migrated into it.
func compareEntra(a *asking) (n int) {
	no, yes := false, true
	for _, license := range a.u.licenses {
		placement := byol.Placement{BYOL: &no}
		if license == migrate.BYOL {
			placement.BYOL = &yes
		}
		d := must(a.BYOL.CheckDirectory(byol.Directory{Kind: string(types.WorkspaceDirectoryTypeAwsIamIdentityCenter), Tenancy: types.TenancyDedicated}, placement))
		for _, from := range []migrate.DirectoryKind{migrate.EntraID, migrate.ActiveDirectory} {
			for _, system := range a.u.systems {
				if !licensedAs(system, license) {
					continue
				}
				source := migrate.Desktop{OS: types.OperatingSystemNameWindows10, License: migrate.BYOL, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard, Plus: migrate.No, Directory: from}
				if license != migrate.BYOL {
					source.OS, source.License = types.OperatingSystemNameWindowsServer2022, migrate.Public
				}
				target := source
				target.OS, target.License, target.Compute, target.Directory = system, license, types.ComputePower, migrate.EntraID
				n++
				if got := must(a.Migrate.Check(source, target)); got.Verdict == rule.Allowed && d.Verdict == rule.Denied {
					a.add("migrate.Check allows, byol.CheckDirectory denies", "on %s %+v to %+v: %v", a.e, source, target, d.Violations)
				}
			}
		}
	}
	return n
}

// textsOfRegions have the form of a Region's code, or have not.
var textsOfRegions = map[string]bool{
	"us-east-1": true, "us-gov-west-1": true, "cn-northwest-1": true, "ap-southeast-7": true,
	"x": false, "US-EAST-1": false, "us_east_1": false, "us-east": false, "us-east-1a": false, "us-east-1 ": false, "-": false, strings.Repeat("a", 32): false,
}

// compareRegionForms holds that all packages take the same texts for the code of a Region.
func compareRegionForms(a *asking) (n int) {
	for code, sound := range textsOfRegions {
		_, ofRegion := a.Bundles.CheckRegion(code, types.ComputeStandard)
		_, ofStandby := a.Bundles.CheckStandby(bundles.Standby{Region: code})
		_, ofNested := a.Bundles.CheckNestedVirtualization(bundles.Workspace{Region: code}, "")
		_, ofRequest := a.Bundles.CheckRequest(types.WorkspaceRequest{}, bundles.LaunchContext{Region: code})
		_, ofRequests := a.Bundles.CheckRequests([]types.WorkspaceRequest{{}}, func(*types.WorkspaceRequest) bundles.LaunchContext { return bundles.LaunchContext{Region: code} })
		_, ofZones := a.Network.Zones(code, network.KindPersonal)
		_, ofSubnets := a.Network.CheckSubnets(code, network.KindPersonal, nil)
		_, ofRanges := a.Network.ManagementRanges(code)
		_, ofRegistration := a.Network.CheckRegistration(network.VPC{Region: code, CIDRs: prefixes("10.0.0.0/16")})
		_, ofFIPS := a.Devices.CheckFIPS(devices.FIPSDirectory{Region: code})
		_, ofUse := a.Encryption.CheckUse(encryption.Use{Region: code})
		twin := soundCopy()
		twin.SourceRegion, twin.Region = code, code
		copied, ofCopy := a.BYOL.CheckCopy(twin)
		if ofCopy == nil && copied.Verdict == rule.Denied {
			ofCopy = &rule.InputError{}
		}
		errs := map[string]error{
			"bundles.CheckRegion": ofRegion, "bundles.CheckStandby": ofStandby, "bundles.CheckNestedVirtualization": ofNested, "bundles.CheckRequest": ofRequest, "bundles.CheckRequests": ofRequests,
			"network.Zones": ofZones, "network.CheckSubnets": ofSubnets, "network.ManagementRanges": ofRanges, "network.CheckRegistration": ofRegistration,
			"devices.CheckFIPS": ofFIPS, "encryption.CheckUse": ofUse,
		}
		if a.Migrate.Edition() == a.e {
			_, errs["migrate.Check"] = a.Migrate.Check(migrate.Desktop{Region: code}, migrate.Desktop{})
		}
		if copied.Verdict != rule.Undocumented || sound {
			errs["byol.CheckCopy"] = ofCopy
		}
		for question, err := range errs {
			n++
			var input *rule.InputError
			if takes := !errors.As(err, &input); takes != sound {
				a.add(question+" takes other texts for the code of a Region", "on %s %q: %v", a.e, code, err)
			}
		}
	}
	return n
}

// logins are what access events say of a client, by the type of its device.
var logins = map[devices.DeviceType]monitor.Login{
	devices.TypeWindows: {Product: "WorkSpaces Desktop client", Platform: "Windows"}, devices.TypeOsx: {Product: "WorkSpaces Desktop client", Platform: "OSX"},
	devices.TypeWeb: {Product: "WorkSpacesWebClient", Platform: "Windows"},
}

// compareDevices holds that what a directory blocks by devices is refused a login by monitor, and shown as a cause by
// troubleshoot, and that it blocks no type that devices does not know.
func compareDevices(a *asking) (n int) {
	known := a.Devices.DeviceTypes()
	for name, login := range logins {
		for _, value := range []string{"ALLOW", "DENY"} {
			access := must(a.Devices.CheckAccess(devices.Access{Types: map[devices.DeviceType]string{name: value}}))
			trial := monitor.Trial{Devices: map[monitor.DeviceType]monitor.DeviceAccess{monitor.DeviceType(name): monitor.DeviceAccess(value)}}
			got := must(a.Monitor.CheckLogin(&login, trial))
			n++
			if _, spoken := known[name]; spoken && access.Verdict == rule.Denied {
				a.add("devices.CheckAccess refuses a type that the model has", "on %s %s %s: %v", a.e, name, value, access.Violations)
			}
			if refused := has(got, monitor.DeviceTypeBlocked); refused && value == "ALLOW" || !refused && value == "DENY" && len(known) > 0 && got.Verdict == rule.Allowed {
				a.add("monitor.CheckLogin and devices.CheckAccess disagree on a type", "on %s %s %s: %v", a.e, name, value, got)
			}
			for _, symptom := range []troubleshoot.Key{"device-not-authorized", "platform-not-authorized"} {
				d, err := a.Troubleshoot.Diagnose(symptom, troubleshoot.Facts{Client: troubleshoot.Web, DeviceAccess: value})
				if err != nil || name != devices.TypeWeb {
					continue
				}
				n++
				if value == "ALLOW" && (shown(d, troubleshoot.DeviceTypeNotAdmitted) || shown(d, troubleshoot.WebAccessNotAdmitted)) {
					a.add("troubleshoot shows a type that is admitted", "on %s %s", a.e, symptom)
				}
				for _, cause := range []rule.Code{troubleshoot.DeviceTypeNotAdmitted, troubleshoot.WebAccessNotAdmitted} {
					if value == "DENY" && judged(d, cause) && !shown(d, cause) {
						a.add("troubleshoot does not show a type that is blocked", "on %s %s", a.e, symptom)
					}
				}
			}
		}
	}
	return n
}

// compareIPGroups holds that monitor refuses the logins that network does not admit, and troubleshoot shows them.
func compareIPGroups(a *asking) (n int) {
	groups := []network.IPGroup{{ID: "wsipg-1", Rules: []network.IPRule{{Source: netip.MustParsePrefix("192.0.2.0/24")}}}}
	for _, of := range [][]network.IPGroup{nil, groups, {{ID: "wsipg-2"}}, append(slices.Clone(groups), network.IPGroup{ID: "wsipg-2"})} {
		for _, client := range []netip.Addr{netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("198.51.100.7"), netip.MustParseAddr("2001:db8::7")} {
			access := must(a.Network.IPAccess(of, client))
			login := monitor.Login{Product: "WorkSpaces Desktop client", Platform: "Windows", ClientIP: client}
			got := must(a.Monitor.CheckLogin(&login, monitor.Trial{Admits: func(c netip.Addr) (rule.Answer, error) {
				answer, err := a.Network.IPAccess(of, c)
				return answer.Answer, err
			}}))
			n++
			if got.Verdict != access.Verdict {
				a.add("monitor.CheckLogin and network.IPAccess disagree", "on %s %s in %v: %s, %s", a.e, client, of, got.Verdict, access.Verdict)
			}
			if access.Verdict == rule.Undocumented {
				continue
			}
			d, err := a.Troubleshoot.Diagnose("device-not-authorized", troubleshoot.Facts{Answers: map[troubleshoot.Question]bool{
				troubleshoot.IPGroupsAssigned: len(of) > 0, troubleshoot.ClientAddressAdmitted: access.Verdict == rule.Allowed,
			}})
			if err != nil {
				continue
			}
			n++
			if shown(d, troubleshoot.ClientAddressNotAdmitted) != (access.Verdict == rule.Denied) {
				a.add("troubleshoot and network.IPAccess disagree", "on %s %s in %v", a.e, client, of)
			}
		}
	}
	return n
}

// compareIPv6 holds that what troubleshoot gives as a cause is not what network allows, and that it gives what network
// denies.
func compareIPv6(a *asking) (n int) {
	for _, c := range types.Compute("").Values() {
		launch := must(a.Network.LaunchWithIPv6AutoAssign(string(c)))
		d, err := a.Troubleshoot.Diagnose("launch-internal-error", troubleshoot.Facts{ComputeType: string(c), Answers: map[troubleshoot.Question]bool{troubleshoot.SubnetIPv6: true}})
		if err != nil {
			continue
		}
		n++
		switch cause := shown(d, troubleshoot.SubnetAssignsIPv6); {
		case cause && launch.Verdict == rule.Allowed:
			a.add("troubleshoot shows IPv6 as the cause, network allows the launch", "on %s %s", a.e, c)
		case !cause && launch.Verdict == rule.Denied:
			a.add("network denies the launch for IPv6, troubleshoot does not show it", "on %s %s", a.e, c)
		}
	}
	return n
}

// compareFIPS holds that a directory which complies with FIPS has settings that go together.
func compareFIPS(a *asking) (n int) {
	for _, mode := range []string{"FIPS_VALIDATED", "STANDARD_TLS"} {
		d := must(a.Devices.CheckFIPS(devices.FIPSDirectory{Region: "us-gov-west-1", EndpointEncryptionMode: mode}))
		f := must(a.Network.CheckDirectoryFeatures(network.DirectoryFeatures{FIPS: mode == "FIPS_VALIDATED"}))
		n++
		if d.Verdict != rule.Denied && f.Verdict == rule.Denied {
			a.add("devices.CheckFIPS does not deny a directory, network.CheckDirectoryFeatures does", "on %s %s", a.e, mode)
		}
	}
	return n
}

// comparePools holds that no document gives the zones, ports, ranges or metrics of Pools where there are none.
func comparePools(a *asking) (n int) {
	exist := !slices.ContainsFunc(must(a.Bundles.CheckPools(false)).Open, func(o rule.Open) bool {
		return strings.Contains(o.Reason, "no document of the edition speaks of WorkSpaces Pools")
	})
	if !exist && len(must(a.Bundles.CheckQuota("WorkSpaces Pools", 1)).Open) == 0 {
		a.add("bundles.CheckQuota has a quota of pools, CheckPools none", "on %s", a.e)
	}
	zones := must(a.Network.Zones("us-east-1", network.KindPools))
	subnets := must(a.Network.CheckSubnets("us-east-1", network.KindPools, []network.Subnet{{ID: "subnet-1", ZoneID: "use1-az2"}, {ID: "subnet-2", ZoneID: "use1-az4"}}))
	ports := a.Network.Ports(network.Management, network.KindPools, network.AnyProtocol)
	ranges := slices.ContainsFunc(must(a.Network.ManagementRanges("us-east-1")).Ranges, func(r network.ManagementRange) bool { return strings.HasPrefix(string(r.Use), "pools") })
	n++
	if !exist && (len(zones)+len(ports) > 0 || ranges || has(subnets, network.SubnetZoneUnsupported)) {
		a.add("network tells of pools, bundles.CheckPools does not know them", "on %s: %v, %d ports, %t", a.e, zones, len(ports), ranges)
	}
	for _, m := range a.Monitor.Metrics() {
		n++
		if !exist && m.Namespace == monitor.PoolsNamespace {
			a.add("monitor.Metrics has metrics of pools, bundles.CheckPools does not know them", "on %s %s", a.e, m.Name)
		}
	}
	return n
}

// compareIPGroupQuotas holds that bundles has no second quotas of IP access control groups.
func compareIPGroupQuotas(a *asking) (n int) {
	for _, q := range a.Bundles.Quotas() {
		n++
		if strings.Contains(q.Name, "IP access") || len(a.Network.IPGroupQuotas()) > 0 && must(a.Bundles.CheckQuota("IP access control groups", 1)).Verdict != rule.Undocumented {
			a.add("bundles has a quota of IP access control groups", "on %s %s", a.e, q.Name)
		}
	}
	return n
}

// compareModes holds that a running mode which monitor measures is one of bundles.
func compareModes(a *asking) (n int) {
	for _, mode := range types.RunningMode("").Values() {
		b := must(a.Bundles.CheckRunningMode(mode, nil))
		for _, m := range a.Monitor.Metrics() {
			if len(m.Dimensions) == 0 || len(m.Statistics) == 0 {
				continue
			}
			got := must(a.Monitor.CheckAlarm(monitor.Alarm{
				Namespace: m.Namespace, MetricName: m.Name, Statistic: m.Statistics[0], Period: 300, EvaluationPeriods: 1, Desktops: monitor.Desktops{RunningMode: monitor.RunningMode(mode)},
			}))
			n++
			if mode == types.RunningModeAutoStop && m.AutoStopOnly && has(got, monitor.ModeNotMeasured) {
				a.add("monitor.CheckAlarm refuses the mode that a metric is for", "on %s %s %s: %v", a.e, m.Name, mode, got.Violations)
			}
			if b.Verdict == rule.Denied && m.AutoStopOnly && mode == types.RunningModeAutoStop {
				a.add("monitor measures a mode that bundles denies", "on %s %s", a.e, mode)
			}
		}
	}
	return n
}
