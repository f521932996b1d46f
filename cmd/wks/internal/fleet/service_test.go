package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/wkstest"
)

// The service of a simulation in virtual time keeps to the documented quota of two calls a second, and loses each fiftieth look.
func TestInstantService(t *testing.T) {
	service := instantService(time.Now, &migrate.Plan{}, &input{}, 1)
	if service.Config.Quota.Rate != 2 {
		t.Errorf("%v calls a second", service.Config.Quota.Rate)
	}
	if f := service.Config.Faults; len(f) != 1 || f[0].Kind != wkstest.Unheard || f[0].Every != 50 || !slices.Equal(f[0].Operations, []string{"DescribeWorkspaces"}) {
		t.Errorf("%+v", f)
	}
}

// Of the WorkSpaces of a simulation those with Value alone get another compute type; one of which no properties are known has none.
func TestComputeOfASimulation(t *testing.T) {
	of := func(c types.Compute) *types.WorkspaceProperties {
		return &types.WorkspaceProperties{ComputeTypeName: c}
	}
	in := &input{workspaces: []types.Workspace{{WorkspaceId: aws.String("ws-1")}, {WorkspaceId: aws.String("ws-2"), WorkspaceProperties: of(types.ComputePower)}, {WorkspaceId: aws.String("ws-3"), WorkspaceProperties: of(types.ComputeValue)}}}
	var got []types.Compute
	for _, w := range newService(time.Now, &migrate.Plan{}, in, 1).Region.Workspaces {
		if w.WorkspaceProperties == nil {
			got = append(got, "")
		} else {
			got = append(got, w.WorkspaceProperties.ComputeTypeName)
		}
	}
	if want := []types.Compute{"", types.ComputePower, types.ComputeStandard}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// All that is said of a simulation, in lines that have room; a run that asked for what it must not is an error.
func TestWhatIsSaidOfASimulation(t *testing.T) {
	t.Setenv("COLUMNS", "60")
	var b bytes.Buffer
	const want = "\nsimulated in 1h30m0s: 2 WorkSpaces requested twice, 3\nrequests without a free address, 4 calls throttled\n"
	if err := writeSimulated(&b, 90*time.Minute, 2, 3, 4); err != nil || b.String() != want {
		t.Errorf("%q, want %q, %v", b.String(), want, err)
	}
	if err := writeSimulated(noRoom{}, 0, 0, 0, 0); err == nil || err.Error() != "no room" {
		t.Errorf("%v", err)
	}
	for counts, want := range map[[2]int]bool{{0, 0}: false, {1, 0}: true, {0, 1}: true, {2, 3}: true} {
		if err := forbidden(counts[0], counts[1]); (err != nil) != want || err != nil && err.Error() != "the simulated service was asked for what it must not be" {
			t.Errorf("%v: %v", counts, err)
		}
	}
}

// A simulation whose options are none does not begin.
func TestSimulationDoesNotBegin(t *testing.T) {
	for _, more := range [][]string{nil, {"--json"}} {
		if status, out, errs := ask(t, append([]string{"run", small(t, `{"targets": []}`), "--simulate", "--instant", "--budget", "-1"}, more...)...); status != exitError || out != "" || !strings.Contains(errs, "FailureBudget") || !strings.Contains(errs, "is negative") {
			t.Errorf("%q: status %d, %s%s", more, status, errs, out)
		}
	}
}

// What cannot be written into the file of a simulation keeps it from beginning.
func TestSimulationThatCannotBeWritten(t *testing.T) {
	in, plan := &input{}, &migrate.Plan{}
	name := filepath.Join(t.TempDir(), "calls")
	var unsupported *json.UnsupportedValueError
	if s, err := openSimulation(name, &command{speed: math.NaN()}, plan, in); s != nil || !errors.As(err, &unsupported) {
		t.Errorf("%v, %v", s, err)
	}
	if n := openFiles(name); n > 0 {
		t.Errorf("it is open %d times", n)
	}
	if text, err := os.ReadFile(name); err != nil || len(text) > 0 {
		t.Errorf("%q, %v", text, err)
	}
}

// openFiles counts how many times this process has a file open, where the system tells.
func openFiles(name string) (n int) {
	list, _ := os.ReadDir("/proc/self/fd")
	for _, fd := range list {
		if target, err := os.Readlink(filepath.Join("/proc/self/fd", fd.Name())); err == nil && target == name {
			n++
		}
	}
	return n
}

// The file of a simulation has the time at which it begins, and each request with its own. A request that an earlier process made goes on
// from then: a migration of six minutes is not over. One that names no WorkSpace or no bundle is not remembered.
func TestSimulationGoesOnWhereItWas(t *testing.T) {
	in, plan := planned(t)
	m := plan.Waves[0][0]
	name := filepath.Join(t.TempDir(), "calls")
	synctest.Test(t, func(t *testing.T) {
		s, err := openSimulation(name, &command{speed: 3600, seed: 99}, plan, in)
		if err != nil {
			t.Fatal(err)
		}
		for _, request := range []*workspaces.MigrateWorkspaceInput{nil, {}, {SourceWorkspaceId: &m.WorkspaceID}, {BundleId: &m.BundleID}} {
			if _, err := s.MigrateWorkspace(t.Context(), request); err == nil {
				t.Errorf("%+v is accepted", request)
			}
		}
		time.Sleep(time.Second)
		if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &m.WorkspaceID, BundleId: &m.BundleID}); err != nil {
			t.Fatal(err)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		again, err := openSimulation(name, &command{speed: 1}, plan, in)
		if err != nil {
			t.Fatal(err)
		}
		defer again.close()
		out, err := again.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: again.Targets()})
		if err != nil || len(out.Workspaces) != 1 || out.Workspaces[0].State != types.WorkspaceStatePending {
			t.Errorf("%+v, %v", out, err)
		}
	})
	const want = `{"at":"2026-09-09T18:00:00Z","began":"2000-01-01T00:00:00Z","speed":3600,"seed":99}
{"at":"2026-09-09T19:00:00Z","workspace":"ID","bundle":"BUNDLE"}
`
	text, err := os.ReadFile(name)
	if got := strings.NewReplacer(m.WorkspaceID, "ID", m.BundleID, "BUNDLE").Replace(string(text)); err != nil || got != want {
		t.Errorf("%s, want %s, %v", got, want, err)
	}
}

// A file of an export, and the file of a simulation, are read up to 256 MiB.
func TestBounds(t *testing.T) {
	const most = 256 * 1024 * 1024
	if maxFile != most || maxSimulation != most {
		t.Errorf("%d and %d bytes, want %d", maxFile, maxSimulation, most)
	}
}

// That Redis went away is told with the reason and the pace, and that it is back with the key alone.
func TestWhatIsSaidOfRedis(t *testing.T) {
	var log bytes.Buffer
	change := (&paces{away: "split=2", log: &log}).change("wks:1:r")
	change(errors.New("a\x1b[2Jb"))
	change(nil)
	if got, want := log.String(), "wks:1:r: Redis is away (a\\x1b[2Jb), --redis-away split=2\nwks:1:r: Redis is back\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// heard counts the lines that the client of Redis writes by itself.
type heard struct{ lines int }

func (h *heard) Printf(context.Context, string, ...any) { h.lines++ }

// The client of Redis writes nothing by itself; what ends twice is an error the second time.
func TestRedisIsQuiet(t *testing.T) {
	var h heard
	redis.SetLogger(&h)
	p := paces{url: "redis://localhost:1", away: "strict"}
	if _, err := p.pace("111122223333", "eu-west-1"); err != nil {
		t.Fatal(err)
	}
	if p.client.Ping(t.Context()).Err() == nil || h.lines > 0 {
		t.Errorf("%d lines of a server that is not there", h.lines)
	}
	if first, second := p.close(), p.close(); first != nil || !errors.Is(second, redis.ErrClosed) {
		t.Errorf("%v, %v", first, second)
	}
}

// A plan that cannot be printed is an error, and so are arguments that nothing takes.
func TestPlanCannotBePrinted(t *testing.T) {
	export := small(t, `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}]}`)
	for _, more := range [][]string{nil, {"--json"}} {
		var errs bytes.Buffer
		c := command{now: func() time.Time { return sampleTime }}
		if status := cli.Run(c.cobra(), append([]string{"plan", export}, more...), nil, noRoom{}, &errs); status != exitError || !strings.Contains(errs.String(), "no room") {
			t.Errorf("%q: status %d, %s", more, status, &errs)
		}
	}
	if status, out, errs := ask(t, "run", export, export, "--simulate", "--instant"); status != exitError || out != "" || !strings.Contains(errs, "at most 1 arg") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
}

// Without a time no WorkSpace can be looked at.
func TestExportWithoutATime(t *testing.T) {
	if in, err := readExport(migrate.Newest(), sampleFiles().read, time.Time{}); in != nil || err == nil || !strings.HasPrefix(err.Error(), "At: ") {
		t.Errorf("%v, %v", in, err)
	}
}

// One fact that is not known of a target keeps a WorkSpace from being planned, and an empty text is no target.
func TestOneFactIsMissing(t *testing.T) {
	to := goal{migrate.Desktop{BundleID: "wsb-0000new1", OS: "WINDOWS_11", License: migrate.BYOL, Protocol: "WSP"}}
	in := &input{targets: map[string]migrate.Target{}, unknown: map[string]int{}, fleet: []migrate.Workspace{{ID: "ws-00000001"}}}
	if err := in.aim(&targetFile{Targets: []targetRule{{From: "ws-00000001", To: to}}}, &facts{}); err != nil || len(in.targets) > 0 || len(in.unknown) != 1 || in.unknown["the compute type (compute) of wsb-0000new1 is not known: add it to bundles in targets.json"] != 1 {
		t.Errorf("%v, %v, %v", in.targets, in.unknown, err)
	}
	var g goal
	if err := g.UnmarshalJSON(nil); err == nil || g != (goal{}) {
		t.Errorf("%+v, %v", g, err)
	}
}
