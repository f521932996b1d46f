package bundles_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/lineartest"
)

func repeat[T any](n int, f func(i int) T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = f(i)
	}
	return list
}

func asked(user func(i int) string) func(n int) {
	return func(n int) {
		batch := repeat(n, func(i int) types.WorkspaceRequest { q, _ := request(user(i)); return q })
		_, _ = bundles.Newest().CheckRequests(batch, func(*types.WorkspaceRequest) bundles.LaunchContext { _, l := request(""); return l })
	}
}

func many(n int) types.WorkspaceProperties {
	return types.WorkspaceProperties{Protocols: repeat(n, func(i int) types.Protocol { return types.Protocol(fmt.Sprint(i)) })}
}

func changing(n int) []types.ModificationState {
	return repeat(n, func(i int) types.ModificationState {
		return types.ModificationState{State: types.ModificationStateEnumUpdateInProgress, Resource: types.ModificationResourceEnum(fmt.Sprint(i))}
	})
}

func modified(n int) bundles.Workspace {
	w := desktop("STANDARD", 80, 10)
	w.Modifications = changing(n)
	return w
}

func tagged(n int, key func(i int) string) {
	_, _ = bundles.Newest().CheckTags(repeat(n, func(i int) types.Tag { return types.Tag{Key: new(key(i)), Value: new("v")} }))
}

var linearCases = map[string]func(n int){
	"CheckRequests":               asked(func(i int) string { return fmt.Sprint("user", i) }),
	"CheckRequests, one user":     asked(func(int) string { return "grace" }),
	"CheckRequests, letters":      asked(func(i int) string { return []string{"grace", "GRACE"}[i%2] }),
	"CheckRequests, broken names": asked(func(i int) string { return fmt.Sprint("\x1b", i) }),
	"CheckRequests, broken":       func(n int) { _, _ = bundles.Newest().CheckRequests(make([]types.WorkspaceRequest, n), nil) },
	"CheckRequests, broken properties": func(n int) {
		_, _ = bundles.Newest().CheckRequests(repeat(n, func(i int) types.WorkspaceRequest {
			q, _ := request("grace")
			q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: types.RunningMode(fmt.Sprint(i)), ComputeTypeName: "NONE", Protocols: []types.Protocol{"A", "B"}}
			return q
		}), nil)
	},
	"CheckTags":         func(n int) { tagged(n, func(i int) string { return fmt.Sprint("key", i) }) },
	"CheckTags, one":    func(n int) { tagged(n, func(int) string { return "key" }) },
	"CheckTags, broken": func(n int) { _, _ = bundles.Newest().CheckTags(make([]types.Tag, n)) },
	"CheckBundle, tags": func(n int) {
		b := bundle()
		b.Tags = repeat(n, func(int) types.Tag { return types.Tag{Key: new("\x1b")} })
		_, _ = bundles.Newest().CheckBundle(b)
	},
	"CheckModify, protocols": func(n int) {
		_, _ = bundles.Newest().CheckModify(desktop("STANDARD", 80, 10), types.WorkspaceProperties{Protocols: repeat(n, func(i int) types.Protocol { return types.Protocol(fmt.Sprint(i)) })}, now)
	},
	"CheckOperation, snapshots": func(n int) {
		w := desktop("STANDARD", 80, 10)
		w.Modifications = repeat(n, func(int) types.ModificationState {
			return types.ModificationState{State: types.ModificationStateEnumUpdateInProgress}
		})
		_, _ = bundles.Newest().CheckOperation(bundles.ModifyVolumes, w)
		_, _ = bundles.Newest().CheckOperation(bundles.Rebuild, w)
	},
	"End.Touches": func(n int) {
		for _, e := range bundles.Newest().Calendar() {
			e.Touches(many(n))
		}
	},
	"NewWorkspace": func(n int) {
		w := bundles.NewWorkspace(types.Workspace{ModificationStates: changing(n), WorkspaceProperties: new(many(n))})
		_, _ = bundles.Newest().CheckOperation(bundles.ModifyVolumes, w)
	},
	"CheckDesktop": func(n int) { _, l := request(""); _, _ = bundles.Newest().CheckDesktop(many(n), l) },
	"CheckRequest": func(n int) {
		q, l := request("grace")
		q.Tags = repeat(n, func(i int) types.Tag { return types.Tag{Key: new(fmt.Sprint("key", i)), Value: new("\x1b")} })
		_, _ = bundles.Newest().CheckRequest(q, l)
	},
	"CheckRequest, properties": func(n int) {
		q, l := request("grace")
		q.WorkspaceProperties = new(many(n))
		_, _ = bundles.Newest().CheckRequest(q, l)
	},
	"CheckRADIUS, broken": func(n int) {
		_, _ = bundles.Newest().CheckRADIUS(bundles.RADIUS{Servers: make([]netip.Addr, n)})
	},
	"CheckRADIUS, valid": func(n int) {
		_, _ = bundles.Newest().CheckRADIUS(bundles.RADIUS{Servers: repeat(n, func(int) netip.Addr { return netip.MustParseAddr("10.0.0.1") })})
	},
	"CheckImageOrigin": func(n int) {
		_, _ = bundles.Newest().CheckImageOrigin(bundles.ImageOrigin{Workspace: modified(n)})
	},
	"CheckNestedVirtualization, of none": func(n int) {
		_, _ = bundles.Newest().CheckNestedVirtualization(modified(n), "24H2")
	},
	"PlanModify": func(n int) {
		_, _ = bundles.Newest().PlanModify(modified(n), bundles.Goal{Volumes: bundles.Volumes{Root: 175, User: 100}, ComputeType: "POWER"}, now)
	},
	"PlanResize": func(n int) {
		_, _ = bundles.Newest().PlanResize(modified(n), bundles.Volumes{Root: 175, User: 100}, now)
	},
	"CheckResize": func(n int) {
		_, _ = bundles.Newest().CheckResize(modified(n), bundles.Volumes{Root: 175, User: 100}, now)
	},
	"CheckSwitch": func(n int) { _, _ = bundles.Newest().CheckSwitch(modified(n), "POWER", now) },
	"CheckSelfService": func(n int) {
		_, _ = bundles.Newest().CheckSelfService(bundles.ModifyVolumes, modified(n), new(many(n)), now)
	},
	"CheckStandby, of none": func(n int) {
		_, _ = bundles.Newest().CheckStandby(bundles.Standby{Region: "us-west-2", Primary: modified(n)})
	},
	"Sizes.Verdict": func(n int) {
		s := bundles.Sizes{Groups: make([]bundles.SizeGroup, n), Disputed: make([]bundles.SizeGroup, n)}
		s.Verdict(bundles.Volumes{Root: 80, User: 10})
	},
}

func TestLinear(t *testing.T) { lineartest.Run(t, []string{"bundles"}, linearCases) }

func TestLinearCases(t *testing.T) { lineartest.Complete(t, linearCases) }
