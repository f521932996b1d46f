package migrate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

func repeat[T any](n int, f func(i int) T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = f(i)
	}
	return list
}

// planned plans n WorkSpaces as change leaves them, of one subnet with an address and one key.
func planned(l migrate.Limits, change func(i int, w *migrate.Workspace)) func(n int) {
	return func(n int) {
		source := migrate.Desktop{BundleID: oldBundle, License: migrate.Public, Compute: types.ComputeStandard, OS: types.OperatingSystemNameWindowsServer2016, Protocol: types.ProtocolPcoip}
		targets := map[string]migrate.Target{}
		fleet := repeat(n, func(i int) migrate.Workspace {
			w := migrate.Workspace{ID: wsID(fmt.Sprint(i)), Source: source, DirectoryID: "d-1", UserName: fmt.Sprint("u", i), SubnetID: "subnet-1"}
			if change != nil {
				change(i, &w)
			}
			target := source
			target.BundleID, target.OS = newBundle, types.OperatingSystemNameWindowsServer2022
			targets[w.Source.BundleID] = migrate.Target{Desktop: target}
			return w
		})
		limits := l
		if l.FreeAddresses != nil {
			limits.FreeAddresses = map[string]int{}
			for _, w := range fleet {
				limits.FreeAddresses[w.SubnetID] = l.FreeAddresses[""]
			}
		}
		if l.FreeGrants != nil {
			limits.FreeGrants = map[string]int{}
			for _, w := range fleet {
				limits.FreeGrants[w.Key] = l.FreeGrants[""]
			}
		}
		_, _ = migrate.Newest().NewPlan(fleet, targets, limits)
	}
}

var linearCases = map[string]func(n int){
	"NewPlan":                planned(migrate.Limits{}, nil),
	"NewPlan, one at a time": planned(migrate.Limits{WaveSize: 1}, nil),
	"NewPlan, an address":    planned(migrate.Limits{FreeAddresses: map[string]int{"": 1}}, nil),
	"NewPlan, no address":    planned(migrate.Limits{FreeAddresses: map[string]int{"": 0}}, nil),
	"NewPlan, subnets": planned(migrate.Limits{FreeAddresses: map[string]int{"": 2}}, func(i int, w *migrate.Workspace) {
		w.SubnetID = fmt.Sprint("subnet-", i/3)
	}),
	"NewPlan, keys": planned(migrate.Limits{FreeGrants: map[string]int{"": 7}}, func(i int, w *migrate.Workspace) {
		w.Key, w.Grants = fmt.Sprint("k", i/9), 2+i%2
	}),
	"NewPlan, a key": planned(migrate.Limits{FreeGrants: map[string]int{"": 5}, FreeAddresses: map[string]int{"": 3}}, func(i int, w *migrate.Workspace) {
		w.Key, w.Grants, w.SubnetID = "k", 2+i%2, fmt.Sprint("subnet-", i%7)
	}),
	"NewPlan, a bundle each": planned(migrate.Limits{}, func(i int, w *migrate.Workspace) { w.Source.BundleID = fmt.Sprintf("wsb-%09d", i) }),
	"NewPlan, malformed":     planned(migrate.Limits{}, func(_ int, w *migrate.Workspace) { w.ID = "\x1b" }),
	"NewPlan, one ID":        planned(migrate.Limits{}, func(_ int, w *migrate.Workspace) { w.ID = wsID("1") }),
	"NewPlan, not ready": planned(migrate.Limits{}, func(_ int, w *migrate.Workspace) {
		w.Ready = &rule.Answer{Verdict: rule.Denied, Violations: make(rule.Violations, 2)}
	}),
	"CheckReady": func(n int) {
		s, err := situation()
		if err != nil {
			panic(err)
		}
		s.Snapshots = make([]types.Snapshot, n)
		s.Workspace.ModificationStates = repeat(n, func(int) types.ModificationState {
			return types.ModificationState{State: types.ModificationStateEnumUpdateInProgress, Resource: "\x1b"}
		})
		s.Workspace.RelatedWorkspaces = repeat(n, func(int) types.RelatedWorkspaceProperties {
			return types.RelatedWorkspaceProperties{Type: types.StandbyWorkspaceRelationshipTypePrimary}
		})
		_, _ = migrate.Newest().CheckReady(s)
	},
	"Classify": func(n int) {
		a := migrate.Attempt{Migration: migrate.Migration{WorkspaceID: wsID("1"), UserName: "grace", DirectoryID: "d-1", BundleID: newBundle}, TargetID: wsID("2")}
		_, _ = migrate.Newest().Classify(a, repeat(n, func(i int) migrate.Observation {
			return migrate.Observation{After: time.Duration(i) * time.Minute, Workspaces: repeat(2, func(k int) types.Workspace {
				return types.Workspace{WorkspaceId: new(wsID(fmt.Sprint(1 + (i+k)%3))), State: types.WorkspaceStatePending}
			})}
		}))
	},
	"FromBundle, of none": func(n int) {
		_, _, _ = migrate.FromBundle(types.WorkspaceBundle{}, &types.WorkspaceImage{ErrorDetails: make([]types.ErrorDetails, n)}, &types.WorkspaceDirectory{SubnetIds: make([]string, n)})
	},
	"FromWorkspace, of few": func(n int) { // one protocol and one standby
		_, _, _ = migrate.FromWorkspace(types.Workspace{
			WorkspaceProperties: &types.WorkspaceProperties{Protocols: make([]types.Protocol, n)}, RelatedWorkspaces: make([]types.RelatedWorkspaceProperties, n),
		}, types.WorkspaceBundle{}, nil, nil)
	},
	"Decision.Statements, of none": func(n int) { // they are those of the tables
		_ = migrate.Decision{Answer: rule.Answer{Open: make([]rule.Open, n)}}.Statements()
	},
	"UnmarshalJSON": func(n int) {
		_ = new(migrate.Estimate).UnmarshalJSON([]byte(`{"migrations": ` + strings.Repeat(" ", 10*n) + `1}`))
	},
	"Classify, one look": func(n int) {
		_, _ = migrate.Newest().Classify(migrate.Attempt{}, []migrate.Observation{{Workspaces: make([]types.Workspace, n)}})
	},
}

func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"migrate", "internal/facts"}, linearCases)
}

func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}
