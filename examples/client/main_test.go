package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/leaktest"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// asProgram is a variable of the environment with which the program of the tests is the example.
const asProgram = "WKS_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		os.Exit(0)
	}
	leaktest.Main(m)
}

// fleet is a Region with WorkSpaces. Every third does not respond.
func fleet(n int) *wkstest.State {
	r := wkstest.Sample("eu-west-1")
	for i := range n {
		state := types.WorkspaceStateAvailable
		if i%3 == 0 {
			state = types.WorkspaceStateUnhealthy
		}
		r.Workspaces = append(r.Workspaces, wkstest.Workspace{Workspace: types.Workspace{
			WorkspaceId: aws.String(fmt.Sprintf("ws-%09d", i)), DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle),
			UserName: aws.String(fmt.Sprintf("user-%d", i)), State: state, WorkspaceProperties: &types.WorkspaceProperties{RunningMode: types.RunningModeAlwaysOn},
		}})
	}
	return &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": r}}
}

// The service in memory keeps to the quota and to the rules, in virtual time.
func Example() {
	synctest.Test(new(testing.T), func(t *testing.T) {
		server, err := wkstest.New(wkstest.Config{State: fleet(90), Quota: throttle.AsDocumented(), Record: true})
		if err != nil {
			fmt.Println(err)
			return
		}
		client := server.Client("eu-west-1", options()...)
		tell(os.Stdout, reboot(t.Context(), client, 26, os.Stdout)) // one more than a call takes
		if err := reboot(t.Context(), client, most, os.Stdout); err != nil {
			fmt.Println(err)
		}
		served := map[string]int{}
		for _, call := range server.Log() {
			served[fmt.Sprint(call.Operation, " ", call.Outcome)]++
		}
		fmt.Println(served)
	})
	// Output:
	// RebootWorkspaces was not sent:
	//   RebootWorkspaceRequests: 26 elements, want 1 to 25 (wks.list-size-out-of-bounds)
	//   Split the call, or give as many elements as are named.
	// rebooting 25 of 30 WorkSpaces
	// rebooting 5 of 30 WorkSpaces
	// map[DescribeWorkspaces served:8 RebootWorkspaces served:2]
}

// What the service does not do for one WorkSpace does not keep it from the others.
func TestFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		state := fleet(9)
		r := state.Regions["eu-west-1"]
		const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
		r.Keys = append(r.Keys, wkstest.Key{ARN: key, State: "Disabled"})
		r.Workspaces[3].VolumeEncryptionKey, r.Workspaces[3].RootVolumeEncryptionEnabled = aws.String(key), aws.Bool(true)
		server, err := wkstest.New(wkstest.Config{State: state})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := reboot(t.Context(), server.Client("eu-west-1", options()...), 2, &out); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) != 4 || !strings.HasPrefix(lines[0], "not rebooted: ws-000000003 ") || lines[1] != "rebooting 1 of 3 WorkSpaces" || lines[2] != "rebooting 1 of 3 WorkSpaces" {
			t.Errorf("%q", lines)
		}
	})
}

// An error of the service is the answer.
func TestErrors(t *testing.T) {
	for operation, kind := range map[string]wkstest.FaultKind{"DescribeWorkspaces": wkstest.Refused, "RebootWorkspaces": wkstest.Refused} {
		server, err := wkstest.New(wkstest.Config{State: fleet(3), Faults: []wkstest.Fault{{Kind: kind, Operations: []string{operation}}}})
		if err != nil {
			t.Fatal(err)
		}
		var out, said strings.Builder
		err = reboot(t.Context(), server.Client("eu-west-1", options()...), most, &out)
		tell(&said, err)
		if err == nil || !strings.Contains(said.String(), operation) || said.String() != err.Error()+"\n" || out.String() != "" {
			t.Errorf("%s: %q, %q", operation, said.String(), out.String())
		}
	}
}

// Without credentials the program ends with an error.
func TestProgram(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{asProgram + "=1", "AWS_EC2_METADATA_DISABLED=true", "AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull, "HOME=" + t.TempDir()}
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != 1 || out.String() != "" || !strings.Contains(said.String(), "DescribeWorkspaces") {
		t.Errorf("%v: %s%s", err, out.String(), said.String())
	}
}
