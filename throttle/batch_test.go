package throttle_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// The bounds of the API's lists, by the SDK's comments and the service model, by hand.
var maxItems = map[string]throttle.Items{
	"CreateWorkspaces":                   {Member: "Workspaces", Max: 25},
	"RebootWorkspaces":                   {Member: "RebootWorkspaceRequests", Max: 25},
	"StartWorkspaces":                    {Member: "StartWorkspaceRequests", Max: 25},
	"StopWorkspaces":                     {Member: "StopWorkspaceRequests", Max: 25},
	"TerminateWorkspaces":                {Member: "TerminateWorkspaceRequests", Max: 25},
	"RebuildWorkspaces":                  {Member: "RebuildWorkspaceRequests", Max: 1},
	"DescribeWorkspaces":                 {Member: "WorkspaceIds", Max: 25},
	"DescribeWorkspacesConnectionStatus": {Member: "WorkspaceIds", Max: 25},
	"DescribeWorkspaceBundles":           {Member: "BundleIds", Max: 25},
	"DescribeWorkspaceDirectories":       {Member: "DirectoryIds", Max: 25},
	"DescribeWorkspaceImages":            {Member: "ImageIds", Max: 25},
	"DescribeConnectionAliases":          {Member: "AliasIds", Max: 25},
	"DescribeClientProperties":           {Member: "ResourceIds", Max: 25},
	"DescribeApplications":               {Member: "ApplicationIds", Max: 25},
	"DescribeWorkspacesPools":            {Member: "PoolIds", Max: 25},
	"RegisterWorkspaceDirectory":         {Member: "SubnetIds", Max: 2},
	"ImportWorkspaceImage":               {Member: "Applications", Max: 5},
	"DeleteClientBranding":               {Member: "Platforms", Max: 6},

	"CreateStandbyWorkspaces": {Member: "StandbyWorkspaces"},
	"DescribeIpGroups":        {Member: "GroupIds"},
	"AssociateIpGroups":       {Member: "GroupIds"},
	"DisassociateIpGroups":    {Member: "GroupIds"},
	"AuthorizeIpRules":        {Member: "UserRules"},
	"RevokeIpRules":           {Member: "UserRules"},
	"UpdateRulesOfIpGroup":    {Member: "UserRules"},
	"CreateTags":              {Member: "Tags"},
	"DeleteTags":              {Member: "TagKeys"},
}

// Lists of requests that are not what the call is about.
var otherLists = []string{
	"Tags", "AssociatedResourceTypes", "LinkStatusFilter", "PropertiesToDelete", "ComputeTypeNames",
	"OperatingSystemNames", "Filters", "WorkspaceDirectoryNames", "CreateIpGroup.UserRules",
}

// Every operation of the SDK: those of the table have the member, and all others have no list.
func TestMaxItems(t *testing.T) {
	client := reflect.TypeFor[*workspaces.Client]()
	operations := 0
	for i := range client.NumMethod() {
		m := client.Method(i)
		if m.Type.NumIn() < 3 {
			continue // Options
		}
		operations++
		want, ok := maxItems[m.Name]
		if !ok {
			want = throttle.Items{Max: 1}
		}
		if got, err := throttle.MaxItems(m.Name); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", m.Name, got, err, want)
		}
		input := m.Type.In(2).Elem()
		if f, found := input.FieldByName(string(want.Member)); want.Member != "" && (!found || f.Type.Kind() != reflect.Slice) {
			t.Errorf("%s has no list %s", m.Name, want.Member)
		}
		for j := range input.NumField() {
			f := input.Field(j)
			if f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() != reflect.Uint8 && f.Name != string(want.Member) &&
				!slices.Contains(otherLists, f.Name) && !slices.Contains(otherLists, m.Name+"."+f.Name) {
				t.Errorf("%s.%s is a list of which the table does not know", m.Name, f.Name)
			}
		}
	}
	if operations != 91 {
		t.Errorf("%d operations, want 91", operations)
	}
	for _, unknown := range []string{"", "rebootWorkspaces", "DescribeInstances"} {
		_, err := throttle.MaxItems(unknown)
		wantInput(t, unknown, err, "operation")
		_, err = throttle.Batches(unknown, []int{1})
		wantInput(t, unknown, err, "operation")
		_, err = throttle.Calls(unknown, 1)
		wantInput(t, unknown, err, "operation")
	}
}

func TestCalls(t *testing.T) {
	for _, tt := range []struct {
		operation string
		n, want   int
	}{
		{"RebootWorkspaces", 0, 0}, {"RebootWorkspaces", 1, 1}, {"RebootWorkspaces", 25, 1}, {"RebootWorkspaces", 26, 2},
		{"RebootWorkspaces", 200, 8}, {"RebootWorkspaces", 1000, 40}, {"RebuildWorkspaces", 1000, 1000}, {"MigrateWorkspace", 51, 51},
		{"CreateStandbyWorkspaces", 0, 0}, {"CreateStandbyWorkspaces", 1000, 1}, {"RebootWorkspaces", math.MaxInt, math.MaxInt/25 + 1},
	} {
		if got, err := throttle.Calls(tt.operation, tt.n); err != nil || got != tt.want {
			t.Errorf("%s of %d: %d, %v, want %d", tt.operation, tt.n, got, err, tt.want)
		}
	}
	_, err := throttle.Calls("RebootWorkspaces", -1)
	wantInput(t, "calls", err, "n")
}

// The batches are the items, none is empty or too long, and there are as few as can be.
func TestBatches(t *testing.T) {
	operations := slices.Collect(func(yield func(string) bool) {
		for o := range maxItems {
			if !yield(o) {
				return
			}
		}
		yield("MigrateWorkspace")
	})
	slices.Sort(operations)
	rapid.Check(t, func(t *rapid.T) {
		operation := rapid.SampledFrom(operations).Draw(t, "operation")
		items := rapid.SliceOfN(rapid.Int(), 0, 120).Draw(t, "items")
		max := must(throttle.MaxItems(operation)).Max
		var all []int
		n := 0
		for batch := range must(throttle.Batches(operation, items)) {
			if len(batch) == 0 || max > 0 && len(batch) > max {
				t.Fatalf("a batch of %d", len(batch))
			}
			all = append(all, batch...)
			n++
		}
		if !slices.Equal(all, items) || n != must(throttle.Calls(operation, len(items))) {
			t.Fatalf("%d batches, want %d", n, must(throttle.Calls(operation, len(items))))
		}
	})
}

type failure = throttle.Failure[string]

// ids returns n items, of the lengths 1 to n.
func ids(n int) (list []string) {
	for i := range n {
		list = append(list, strings.Repeat("x", i+1))
	}
	return list
}

// Sixty WorkSpaces in three calls; those that failed go again, gathered into one call, and
// those that fail for good once only.
func TestSendBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls [][]string
		tries := map[string]int{}
		send := func(_ context.Context, batch []string) (failed []failure, err error) {
			calls = append(calls, batch)
			for _, id := range batch {
				tries[id]++
				switch {
				case len(id)%10 == 1: // never
					failed = append(failed, failure{Item: id, Code: "Gone"})
				case len(id)%10 == 2 && tries[id] < 2, len(id)%10 == 3:
					failed = append(failed, failure{Item: id, Code: "Busy"})
				}
			}
			return failed, nil
		}
		failed, err := throttle.SendBatches(t.Context(), throttle.DefaultPolicy(), "RebootWorkspaces", ids(60), send, func(f failure) bool { return f.Code == "Busy" })
		var lengths []int
		for _, c := range calls {
			lengths = append(lengths, len(c))
		}
		if want := []int{25, 25, 10, 12, 6}; !slices.Equal(lengths, want) || err != nil {
			t.Errorf("calls of %v items, want %v; %v", lengths, want, err)
		}
		got := map[string]int{}
		for _, f := range failed {
			got[f.Code]++
		}
		if len(failed) != 12 || got["Gone"] != 6 || got["Busy"] != 6 {
			t.Errorf("%v", got)
		}
		for id, n := range tries {
			want := map[int]int{2: 2, 3: 3}[len(id)%10]
			if n != max(want, 1) {
				t.Errorf("item %d sent %d times", len(id), n)
			}
		}
	})
}

// However it ends, each item is done or among the failures, once.
func TestSendBatchesAccountsForAll(t *testing.T) {
	broken := errors.New("access denied")
	for _, tt := range []struct {
		name      string
		breakAt   int // the call that fails
		timeout   time.Duration
		want      error
		calls     int
		unsent    int
		withError int
	}{
		{"no error", 0, time.Hour, nil, 3 + 1 + 1, 0, 0},
		{"second call", 2, time.Hour, broken, 2, 10, 25},
		{"second round", 4, time.Hour, broken, 4, 0, 20},
		{"no time for another round", 0, time.Nanosecond, context.DeadlineExceeded, 3, 0, 20},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), tt.timeout)
			defer cancel()
			p := throttle.DefaultPolicy()
			p.Rand = func() float64 { return 0.9 }
			calls, done := 0, map[string]bool{}
			failed, err := throttle.SendBatches(ctx, p, "StopWorkspaces", ids(60), func(_ context.Context, batch []string) (failed []failure, err error) {
				if calls++; calls == tt.breakAt {
					return nil, broken
				}
				for _, id := range batch {
					if len(id)%3 == 0 {
						failed = append(failed, failure{Item: id})
					} else {
						done[id] = true
					}
				}
				return failed, nil
			}, func(failure) bool { return true })
			unsent, withError := 0, 0
			for _, f := range failed {
				if done[f.Item] {
					t.Errorf("%s: item %d twice", tt.name, len(f.Item))
				}
				done[f.Item] = true
				if errors.Is(f.Err, throttle.ErrNotSent) {
					unsent++
				} else if f.Err != nil {
					withError++
				}
			}
			if len(done) != 60 || !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) || calls != tt.calls || unsent != tt.unsent || withError != tt.withError {
				t.Errorf("%s: %d of 60 items, %v, %d calls, %d unsent, %d with the error; want %+v", tt.name, len(done), err, calls, unsent, withError, tt)
			}
		})
	}
	send := func(context.Context, []string) ([]throttle.Failure[string], error) { return nil, nil }
	again := func(throttle.Failure[string]) bool { return false }
	_, err := throttle.SendBatches(t.Context(), throttle.DefaultPolicy(), "Reboot", ids(1), send, again)
	wantInput(t, "SendBatches", err, "operation")
	_, err = throttle.SendBatches(t.Context(), throttle.Policy{}, "RebootWorkspaces", ids(1), nil, nil)
	wantInput(t, "SendBatches", err, rule.Path("Attempts"))
}
