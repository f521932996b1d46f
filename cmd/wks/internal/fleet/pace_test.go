package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// quotaKey is that of the account and Region of these tests.
const quotaKey = "wks:111122223333:" + awstest.Region

// The bundles of these tests.
var (
	oldPublic = wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
	newPublic = wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2025, types.ProtocolWsp)
)

// served is an account at a local endpoint that keeps to the documented quota, with n WorkSpaces that can be
// migrated in a second.
func served(t *testing.T, n int) (*wkstest.Server, []types.Workspace) {
	t.Helper()
	var age atomic.Int64 // of the WorkSpaces, which have snapshots after a day
	age.Store(int64(26 * time.Hour))
	server, err := wkstest.New(wkstest.Config{
		Now:   func() time.Time { return time.Now().Add(-time.Duration(age.Load())) },
		State: &wkstest.State{AccountID: "111122223333", Regions: map[string]*wkstest.Region{awstest.Region: wkstest.Sample(awstest.Region)}},
		Quota: throttle.AsDocumented(), Record: true,
		Times: map[wkstest.Activity]time.Duration{wkstest.Launch: 0, wkstest.Appear: 0, wkstest.Migrating: time.Second, wkstest.AppearMigrated: 0},
	})
	if err != nil {
		t.Fatal(err)
	}
	in := &workspaces.CreateWorkspacesInput{}
	for i := range n {
		in.Workspaces = append(in.Workspaces, types.WorkspaceRequest{DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: &oldPublic, UserName: aws.String(fmt.Sprint("user", i))})
	}
	client := server.Client(awstest.Region)
	if out, err := client.CreateWorkspaces(t.Context(), in); err != nil || len(out.FailedRequests) > 0 {
		t.Fatal(err, out)
	}
	out, err := client.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{})
	if err != nil || len(out.Workspaces) != n {
		t.Fatal(err, len(out.Workspaces))
	}
	age.Store(0)
	(&awstest.Account{WorkSpaces: server}).Serve(t)
	t.Setenv("AWS_REGION", awstest.Region)
	return server, out.Workspaces
}

// exported writes an export of WorkSpaces with a target for all.
func exported(t *testing.T, name string, all []types.Workspace) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	var bundles []types.WorkspaceBundle
	for _, id := range []string{oldPublic, newPublic} {
		bundles = append(bundles, types.WorkspaceBundle{BundleId: aws.String(id), Owner: aws.String("AMAZON"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}})
	}
	os2019, os2025 := types.OperatingSystemNameWindowsServer2019, types.OperatingSystemNameWindowsServer2025
	for file, v := range map[string]any{
		workspacesName: map[string]any{"Workspaces": all},
		bundlesName:    map[string]any{"Bundles": bundles},
		targetsName: map[string]any{
			"targets": []map[string]string{{"from": oldPublic, "to": newPublic}},
			"bundles": map[string]migrate.Desktop{oldPublic: {OS: os2019, Protocol: types.ProtocolWsp}, newPublic: {OS: os2025, Protocol: types.ProtocolWsp}},
		},
	} {
		data, err := json.Marshal(v)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, file), data, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// live runs a command with the client of the SDK, as a worker of its own.
func live(ctx context.Context, answers string, args ...string) (status int, stdout, stderr string) {
	c := command{now: time.Now, options: runner.Options{PollEvery: time.Second}}
	var out, errs bytes.Buffer
	cmd := c.cobra()
	cmd.SetContext(ctx)
	status = cli.Run(cmd, args, strings.NewReader(answers), &out, &errs)
	return status, out.String(), errs.String()
}

func TestPaceWhileRedisIsAway(t *testing.T) {
	for _, away := range []string{"adaptive", "strict", "split=1", "split=4"} {
		p := paces{away: away}
		if w, err := p.fallback(); w == nil || err != nil {
			t.Errorf("%s: %v, %v", away, w, err)
		}
	}
	half := paces{away: "split=2"}
	if w, err := half.fallback(); err != nil || w.(*throttle.Limiter).Quota().Rate != throttle.Strict().Rate/2 {
		t.Errorf("%v, %v", w, err)
	}
	for _, args := range [][]string{
		{"--redis", "http://localhost"}, {"--redis-away", "split=0"}, {"--redis-away", "split=many"}, {"--redis-away", "wait"}, {"--redis-away", ""}, {"--redis", ""},
	} {
		if status, out, errs := ask(t, append([]string{"run", "export", "--journal", "j"}, args...)...); status != exitError || out != "" || !strings.Contains(errs, "redis") {
			t.Errorf("%q: status %d, %q, %q", args, status, out, errs)
		}
	}
	for _, args := range [][]string{
		{"work", "--store", "sqlite:" + filepath.Join(t.TempDir(), "s.db"), "--redis", "redis://u:hush@host:port"},
		{"run", "export", "--journal", "j", "--redis", "redis://u:hush@host:port"},
		{"status", "--store", "postgres://u:hush@host:port/db"},
	} {
		if status, out, errs := ask(t, args...); status != exitError || errs == "" || strings.Contains(out+errs, "hush") {
			t.Errorf("%q: status %d, %q, %q", args, status, out, errs)
		}
	}
	if status, _, errs := ask(t, "run", "--simulate", "--redis", "redis://localhost"); status != exitError || errs == "" {
		t.Errorf("a simulation: status %d, %q", status, errs)
	}
	if status, out, errs := ask(t, "work", "--store", "sqlite:"+filepath.Join(t.TempDir(), "s.db"), "--redis", ""); status != exitError || out != "" || !strings.Contains(errs, "--redis: is empty") {
		t.Errorf("work: status %d, %q, %q", status, out, errs)
	}
	if status, _, errs := ask(t, "work", "--store", "sqlite:"+filepath.Join(t.TempDir(), "s.db"), "--redis-away", "wait"); status != exitError || errs == "" {
		t.Errorf("work: status %d, %q", status, errs)
	}
}

// Fleets of one account and Region share a pace in a process, and those of others do not.
func TestPacesOfAProcess(t *testing.T) {
	var p paces
	a, errA := p.pace("111122223333", "eu-west-1")
	b, errB := p.pace("111122223333", "eu-west-1")
	c, errC := p.pace("111122223333", "us-east-1")
	d, errD := p.pace("444455556666", "eu-west-1")
	if a != b || a == c || a == d || c == d || errA != nil || errB != nil || errC != nil || errD != nil {
		t.Errorf("%v %v %v %v: %v %v %v %v", a, b, c, d, errA, errB, errC, errD)
	}
}

// An API has the pace that it was given, and flags of the pace are read: where the run hears of Redis, and which URL is one.
func TestPacedAPI(t *testing.T) {
	pace, err := throttle.NewLimiter(throttle.Strict())
	if err != nil {
		t.Fatal(err)
	}
	if got := (pacedAPI{nil, pace}).Pace(); got != pace {
		t.Errorf("%v", got)
	}
	for url, want := range map[string]bool{"redis://localhost:1": true, "unix:///tmp/socket": true, "http://localhost": false, "redis://host:port": false} {
		var log bytes.Buffer
		cmd := &cobra.Command{}
		cmd.SetErr(&log)
		p := paces{}
		p.flags(cmd)
		if err := cmd.Flags().Set("redis", url); err != nil {
			t.Fatal(err)
		}
		if err := p.check(cmd); (err == nil) != want || err != nil && !strings.HasPrefix(err.Error(), "--redis: ") {
			t.Errorf("%s: %v", url, err)
		}
		if p.log != &log {
			t.Errorf("%s: Redis is told of to %v", url, p.log)
		}
	}
}

// A store in a folder that is not there is the error of the file.
func TestOpenStoreNowhere(t *testing.T) {
	for _, name := range []string{"none/s.db", "none/none/s.db"} {
		if s, err := openStore(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), name)); s != nil || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v, %v", s, err)
		}
	}
}

// The table of the waves begins at the edge.
func TestWavesAtTheEdge(t *testing.T) {
	_, out, _ := ask(t, "plan")
	in, plan := planned(t)
	blocks := strings.Split(out, "\n\n")
	for i, line := range waveTable(plan, terminal.Width(&bytes.Buffer{})).lines() {
		if got := strings.Split(blocks[1], "\n"); i >= len(got) || got[i] != strings.TrimRight(line, " ") {
			t.Errorf("line %d of %d WorkSpaces: %q, want %q", i, len(in.fleet), got, line)
		}
	}
}
