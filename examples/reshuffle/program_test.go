package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/leaktest"
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

// region is a client of a Region with WorkSpaces of some users, all with the first key.
func region(t *testing.T, users []string, faults ...wkstest.Fault) *workspaces.Client {
	t.Helper()
	r := wkstest.Sample("eu-west-1")
	for _, user := range users {
		r.Workspaces = append(r.Workspaces, wkstest.Workspace{Workspace: types.Workspace{
			WorkspaceId: aws.String("ws-" + user), DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String(user),
			State: types.WorkspaceStateAvailable, UserVolumeEncryptionEnabled: aws.Bool(true), VolumeEncryptionKey: aws.String(first),
		}})
	}
	server, err := wkstest.New(wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": r}}, Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	return server.Client("eu-west-1", func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} })
}

const barbara = `{"Workspaces": [{"UserName": "barbara", "DirectoryId": "d-9067000001", "BundleId": "wsb-0a1b2c3d4", "UserVolumeEncryptionEnabled": true}]}`

// A key that has more than it should is told, and gets no more. No ARN is no key.
func TestFullKey(t *testing.T) {
	var out strings.Builder
	if err := reshuffle(t.Context(), region(t, []string{"000000001", "000000002"}), strings.NewReader(barbara), []string{"", first}, encryption.ShardOptions{Limit: 1}, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], "should Keys[0]: 2 WorkSpaces use ") || lines[1] != "WorkSpaces: 2, then 2, key: "+first ||
		lines[2] != "create a key in eu-west-1, WorkSpaces: 1, name: workspaces-eu-west-1-1" || lines[3] != "barbara workspaces-eu-west-1-1" {
		t.Errorf("%q", lines)
	}
}

// What cannot be read, is no request that the service takes, or cannot be planned ends it without a line.
func TestErrors(t *testing.T) {
	refused := wkstest.Fault{Kind: wkstest.Refused, Operations: []string{"DescribeWorkspaces"}}
	for name, tt := range map[string]struct {
		client  *workspaces.Client
		request string
		key     string
		want    string
	}{
		"no request":        {region(t, nil), `{"Workspace": []}`, first, `"Workspace" is not a member`},
		"no user":           {region(t, nil), strings.Replace(barbara, `"UserName": "barbara", `, "", 1), first, "UserName"},
		"none":              {region(t, nil), `{"Workspaces": []}`, first, "Workspaces"},
		"an unheard Region": {region(t, nil, refused), barbara, first, "DescribeWorkspaces"},
		"no key":            {region(t, nil), barbara, "x", "Keys[0]"},
	} {
		var out strings.Builder
		err := reshuffle(t.Context(), tt.client, strings.NewReader(tt.request), []string{tt.key}, encryption.ShardOptions{Limit: 3}, &out)
		if err == nil || !strings.Contains(err.Error(), tt.want) || out.String() != "" {
			t.Errorf("%s: %v, %q", name, err, out.String())
		}
	}
}

// Without credentials the program ends with an error.
func TestProgram(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-limit", "3", "-room", "1", "-keys", first+","+second)
	cmd.Env = []string{asProgram + "=1", "AWS_EC2_METADATA_DISABLED=true", "AWS_REGION=eu-west-1", "AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull, "HOME=" + t.TempDir()}
	var out, said strings.Builder
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(barbara), &out, &said
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || out.String() != "" || !strings.Contains(said.String(), "DescribeWorkspaces") {
		t.Errorf("%v: %s%s", err, out.String(), said.String())
	}
}
