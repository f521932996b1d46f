package fleet_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/wkstest"
)

// migrations are those of n WorkSpaces with bundles and faults by their number, each asked for twice.
func migrations(fault func(i int) fleet.Fault, bundle func(i int) string) func(n int) {
	return func(n int) {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		bundles := []string{from, to}
		for i := range n {
			bundles = append(bundles, bundle(i))
		}
		s := fleet.New(clock.Now, bundles...)
		for i := range n {
			s.Add(types.Workspace{WorkspaceId: aws.String(id(i)), BundleId: aws.String(bundle(i)), DirectoryId: aws.String(directory), UserName: aws.String(id(i)), State: types.WorkspaceStateAvailable}, fault(i))
		}
		for range 2 {
			for i := range n {
				_, _ = s.MigrateWorkspace(context.Background(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String(id(i)), BundleId: aws.String(to)})
				s.Accepted(id(i))
				s.Requests(id(i))
				s.Twice(id(i))
			}
		}
		s.Targets()
		s.Counts()
	}
}

func id(i int) string { return fmt.Sprintf("ws-%08d", i) }

func none(int) fleet.Fault { return fleet.None }

// linearCases are fleets of n WorkSpaces.
var linearCases = map[string]func(n int){
	"New":              migrations(none, func(int) string { return from }),
	"New, own bundles": migrations(none, func(i int) string { return fmt.Sprintf("wsb-1%08d", i) }),
	"New, no bundles":  migrations(none, func(int) string { return "" }),
	"New, refused":     migrations(func(int) fleet.Fault { return fleet.Refuse }, func(int) string { return from }),
	"New, silent":      migrations(func(int) fleet.Fault { return fleet.Silent }, func(int) string { return from }),
	"New, all faults but throttles": migrations(func(i int) fleet.Fault {
		if f := fleet.Faults()[i%16]; f != fleet.Throttle {
			return f
		}
		return fleet.None
	}, func(int) string { return from }),
}

// TestLinear holds that the work of a fleet grows as it does. That of the server is not counted.
func TestLinear(t *testing.T) { lineartest.Run(t, []string{"internal/fleet"}, linearCases) }
