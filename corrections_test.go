package wks_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A correction is a fact that was once missing or wrong here, and that a source gives.
type correction struct {
	number string
	// since is the day of the first version that says it, and source the document that does.
	since, source string
	// rule is the code of a rule, or the name of a parameter after its package, with a row of that source and day.
	rule string
	// asked is a question about it, of which want is the answer from since on, as told writes it, and before is that of
	// the day before; "" where the packages begin on that day.
	asked        func(r wks.Rules) rule.Answer
	want, before string
	// other is a question that differs in what the fact is about, and otherwise its answer from since on.
	other     func(r wks.Rules) rule.Answer
	otherwise string
}

// parametersOf are the parameters of the packages that corrections are about.
func parametersOf() map[string][]rule.Parameter {
	return map[string][]rule.Parameter{"network": network.Parameters(), "bundles": bundles.Parameters(), "migrate": migrate.Parameters(), "byol": byol.Parameters()}
}

// saidBy writes an answer: its verdict, the codes of its violations, and whether documents contradict one another.
func saidBy(a rule.Answer) string {
	words := []string{a.Verdict.String()}
	for _, v := range a.Violations {
		if c := string(v.Code); !slices.Contains(words, c) {
			words = append(words, c)
		}
	}
	if len(a.OpenBy(rule.ByContradiction)) > 0 {
		words = append(words, "contradicted")
	}
	return strings.Join(words, " ")
}

// asOfDay is the same rules for questions about a later day.
func asOfDay(r wks.Rules, day string) wks.Rules {
	e := rule.MustParseEdition(day)
	if r.Edition().Compare(e) > 0 {
		return r
	}
	return must(r.AsOf(e))
}

func offerOf(system types.OperatingSystemName, c types.Compute, p types.Protocol, day string) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		if day != "" {
			r = asOfDay(r, day)
		}
		return must(r.Bundles.CheckOffer(system, c, p))
	}
}

func regionOf(region string, c types.Compute) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer { return must(r.Bundles.CheckRegion(region, c)) }
}

// long is a WorkSpace that was launched and changed long ago, and the time of the question.
func longAgo(system types.OperatingSystemName, c types.Compute, p types.Protocol) (bundles.Workspace, time.Time) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	return bundles.Workspace{
		ComputeType: c, OperatingSystem: system, Protocol: p, State: types.WorkspaceStateAvailable, RunningMode: types.RunningModeAutoStop,
		Volumes: bundles.Volumes{Root: 175, User: 100}, History: bundles.History{Launched: now.AddDate(-3, 0, 0)},
	}, now
}

func protocolOfWorkspace(system types.OperatingSystemName, c types.Compute, to types.Protocol) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		w, now := longAgo(system, c, types.ProtocolPcoip)
		return must(r.Bundles.CheckModify(w, types.WorkspaceProperties{Protocols: []types.Protocol{to}}, now))
	}
}

func switchTo(system types.OperatingSystemName, from, to types.Compute) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		w, now := longAgo(system, from, types.ProtocolPcoip)
		return must(r.Bundles.CheckSwitch(w, to, now))
	}
}

func nestedIn(region string) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		return must(r.Bundles.CheckNestedVirtualization(bundles.Workspace{
			OperatingSystem: types.OperatingSystemNameWindowsServer2022, Protocol: types.ProtocolWsp, ComputeType: types.ComputePower, RunningMode: types.RunningModeAlwaysOn, Region: region,
		}, ""))
	}
}

// move asks for a migration of Windows Server 2022 with Standard by DCV.
func move(change func(source, target *migrate.Desktop)) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		source := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2022, License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard, Plus: migrate.No, Directory: migrate.ActiveDirectory}
		target := source
		change(&source, &target)
		d := must(r.Migrate.Check(source, target))
		if d.By.Uncertain {
			d.Answer.Violations = append(slices.Clone(d.Answer.Violations), rule.Violation{Code: "uncertain"})
		}
		return d.Answer
	}
}

func imageOf(system types.OperatingSystemName, free, profile int64) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		no := false
		return must(r.Bundles.CheckImageOrigin(bundles.ImageOrigin{
			Workspace: bundles.Workspace{OperatingSystem: system, State: types.WorkspaceStateAvailable}, Encrypted: &no, FreeBytes: &free, ProfileBytes: &profile,
		}))
	}
}

func standbyIn(region string, system types.OperatingSystemName, c types.Compute) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		return must(r.Bundles.CheckStandby(bundles.Standby{Region: region, Primary: bundles.Workspace{Region: "us-west-2", OperatingSystem: system, ComputeType: c}}))
	}
}

func poolsOn(day string, newCustomer bool) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer { return must(asOfDay(r, day).Bundles.CheckPools(newCustomer)) }
}

func policy(p bundles.ClientExperience) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer { return must(r.Bundles.CheckClientExperience(p, bundles.ClientUse{})) }
}

func rootAfterUser(wait time.Duration) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		w, now := longAgo(types.OperatingSystemNameWindowsServer2022, types.ComputeStandard, types.ProtocolWsp)
		w.Volumes, w.History.UserVolume = bundles.Volumes{Root: 80, User: 100}, now.Add(-wait)
		return must(r.Bundles.CheckResize(w, bundles.Volumes{Root: 175}, now))
	}
}

func windowsOf(edition string) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		return must(r.BYOL.CheckWindows(byol.Windows{Product: "Windows 10", Release: "22H2", Edition: edition}, types.ComputeStandard))
	}
}

// registered asks for a registration in Frankfurt, whose one candidate is 198.19.0.0/16.
func registered(routes ...string) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		v := network.VPC{ID: "vpc-1", Region: "eu-central-1", CIDRs: prefixes("10.0.0.0/16"), AllRoutes: true}
		for _, p := range prefixes(routes...) {
			v.Routes = append(v.Routes, network.Route{Destination: p})
		}
		return must(r.Network.CheckRegistration(v)).Answer
	}
}

func volumesOf(root, user int32) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer { return must(r.Bundles.CheckVolumes(types.ComputeStandard, root, user)) }
}

func readyIn(state types.WorkspaceState) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		s := ready(time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC))
		s.Workspace.State = state
		return must(r.Migrate.CheckReady(&s))
	}
}

func withIPv6(c types.Compute) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer { return must(r.Network.LaunchWithIPv6AutoAssign(string(c))) }
}

func ingestion(office bool) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		least, _, documented := r.BYOL.IngestionTime(office)
		a := rule.Answer{Verdict: rule.Undocumented}
		if documented {
			a = rule.Answer{Verdict: rule.Allowed, Violations: rule.Violations{{Code: rule.Code(fmt.Sprint(least))}}}
		}
		return a
	}
}

func homeOfLinux(thing string) func(wks.Rules) rule.Answer {
	return func(r wks.Rules) rule.Answer {
		for _, e := range r.Migrate.Effects(migrate.Linux) {
			if e.Thing == thing {
				return rule.Answer{Verdict: rule.Allowed, Violations: rule.Violations{{Code: rule.Code(e.Fate)}}}
			}
		}
		return rule.Answer{}
	}
}
