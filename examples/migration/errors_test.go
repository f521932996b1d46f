package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

var (
	oldBundle = wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
	newBundle = wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2025, types.ProtocolWsp)
	desktop   = migrate.Desktop{BundleID: newBundle, OS: types.OperatingSystemNameWindowsServer2025, Protocol: types.ProtocolWsp}
)

// region is a client of a Region with one WorkSpace that is being made.
func region(t *testing.T, faults ...wkstest.Fault) *workspaces.Client {
	t.Helper()
	r := wkstest.Sample("eu-west-1")
	r.Workspaces = append(r.Workspaces, wkstest.Workspace{Workspace: types.Workspace{
		WorkspaceId: aws.String("ws-000000001"), DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: &oldBundle, UserName: aws.String("ada"), State: types.WorkspaceStatePending,
	}})
	server, err := wkstest.New(wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": r}}, Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	return server.Client("eu-west-1", func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} })
}

// What cannot be read or written is told with its name.
func TestFolder(t *testing.T) {
	client := region(t)
	for name, spoil := range map[string]func(folder string) error{
		"":              func(folder string) error { return os.WriteFile(folder, nil, 0o600) },
		"plan.json":     func(folder string) error { return os.MkdirAll(filepath.Join(folder, "plan.json"), 0o700) },
		"journal.jsonl": func(folder string) error { return os.MkdirAll(filepath.Join(folder, "journal.jsonl"), 0o700) },
	} {
		folder := filepath.Join(t.TempDir(), "move")
		if err := spoil(folder); err != nil {
			t.Fatal(err)
		}
		report, err := move(t.Context(), client, oldBundle, desktop, folder, runner.Options{})
		if err == nil || !strings.Contains(err.Error(), filepath.Join(folder, name)) || report != nil {
			t.Errorf("%q: %v, %v", name, report, err)
		}
	}
	folder := t.TempDir()
	name := filepath.Join(folder, "plan.json")
	if err := os.WriteFile(name, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := move(t.Context(), client, oldBundle, desktop, folder, runner.Options{}); err == nil || !strings.HasPrefix(err.Error(), name+": ") {
		t.Errorf("a torn plan: %v", err)
	}
}

// The service refuses one call, or does not know a bundle. Nothing is kept then.
func TestNoPlan(t *testing.T) {
	for _, operation := range []string{"DescribeWorkspaceBundles", "DescribeWorkspaces"} {
		folder := t.TempDir()
		client := region(t, wkstest.Fault{Kind: wkstest.Refused, Operations: []string{operation}})
		if _, err := move(t.Context(), client, oldBundle, desktop, folder, runner.Options{}); err == nil || !strings.Contains(err.Error(), operation) {
			t.Errorf("%s: %v", operation, err)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%s: %v, %v", operation, left, err)
		}
	}
	if _, err := move(t.Context(), region(t), oldBundle, migrate.Desktop{BundleID: "wsb-000000000"}, t.TempDir(), runner.Options{}); err == nil {
		t.Error("a bundle that is not there")
	}
}

// The plan is made once, and read by its owner alone. A WorkSpace that is being made is in no subnet, and in the plan.
func TestPlanIsKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "move")
	client := region(t)
	clock := wkstest.NewVirtual(time.Date(2026, 11, 2, 18, 0, 0, 0, time.UTC))
	o := runner.Options{Account: "123456789012", Region: "eu-west-1", Clock: clock, Pace: pace{clock}}
	if _, err := move(t.Context(), client, oldBundle, desktop, folder, o); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "plan.json")
	plan, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(plan), `"ws-000000001"`) || !strings.Contains(string(plan), newBundle) {
		t.Errorf("%v: %s", err, plan)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	client = region(t, wkstest.Fault{Kind: wkstest.Refused, Operations: []string{"DescribeWorkspaceBundles"}})
	if _, err := move(t.Context(), client, oldBundle, desktop, folder, o); err != nil {
		t.Errorf("again: %v", err)
	}
	o.Account = "210987654321"
	if _, err := move(t.Context(), client, oldBundle, desktop, folder, o); err == nil {
		t.Error("another account goes on with the journal")
	}
}

// Without credentials the program ends with an error.
func TestProgram(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-from", oldBundle, "-to", newBundle, "-system", "WINDOWS_SERVER_2025", "-folder", t.TempDir())
	cmd.Env = []string{asProgram + "=1", "AWS_EC2_METADATA_DISABLED=true", "AWS_REGION=eu-west-1", "AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull, "HOME=" + t.TempDir()}
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || out.String() != "" || !strings.Contains(said.String(), "DescribeWorkspaceBundles") {
		t.Errorf("%v: %s%s", err, out.String(), said.String())
	}
}
