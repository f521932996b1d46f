package collect

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// run runs wks collect for us-west-2, and returns its exit status, its output and the folder.
func run(t *testing.T, out string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var o, e bytes.Buffer
	status = cli.Run(command(throttle.Quota{Rate: 1000, Burst: 1000}), append([]string{"--region", "us-west-2", "--out", out}, args...), strings.NewReader(""), &o, &e)
	return status, o.String(), e.String()
}

func read(t *testing.T, file string) map[string]any {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func names(t *testing.T, folder string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

var wanted = []string{
	"describe-account.json", "describe-images.json", "describe-import-image-tasks.json", "describe-ip-groups.json",
	"describe-key-" + awstest.Key + ".json", "describe-managed-prefix-lists.json", "describe-route-tables.json", "describe-security-groups.json",
	"describe-subnets.json", "describe-vpcs.json", "describe-workspace-bundles.json", "describe-workspace-directories.json",
	"describe-workspace-images.json", "describe-workspaces.json", "get-managed-prefix-list-entries-pl-0a.json",
	"get-managed-prefix-list-entries-pl-0b.json", "get-resources.json", "list-grants-" + awstest.Key + ".json",
}

// A collection writes every file, asks for nothing twice, and what it wrote is the state that was there.
func TestCollect(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	out := t.TempDir()
	status, stdout, stderr := run(t, out)
	if status != cli.Clean || !strings.Contains(stdout, "18 files written\n") || !strings.Contains(stderr, "account 111122223333") {
		t.Fatalf("status %d, %s%s", status, stdout, stderr)
	}
	folder := filepath.Join(out, "us-west-2")
	if got := names(t, folder); !reflect.DeepEqual(got, wanted) {
		t.Errorf("files %q", got)
	}
	for operation, want := range map[string]int{"DescribeWorkspaces": 1, "DescribeTags": 0, "GetResources": 1, "DescribeSubnets": 2, "ListGrants": 3, "DescribeVpcs": 1} {
		if got := a.Calls(operation); got != want {
			t.Errorf("%d calls of %s, want %d", got, operation, want)
		}
	}
	for file, want := range map[string]int{"describe-subnets.json: Subnets": 3, "list-grants-" + awstest.Key + ".json: Grants": 5, "get-resources.json: ResourceTagMappingList": 2, "describe-workspaces.json: Workspaces": 3} {
		name, member, _ := strings.Cut(file, ": ")
		if got, _ := read(t, filepath.Join(folder, name))[member].([]any); len(got) != want {
			t.Errorf("%s has %d elements, want %d", file, len(got), want)
		}
	}
	back, err := wkstest.ReadExport(os.DirFS(out))
	if err != nil {
		t.Fatal(err)
	}
	was, is := a.WorkSpaces.State().Regions["us-west-2"], back.Regions["us-west-2"]
	var public int
	for _, b := range is.AmazonBundles {
		if aws.ToString(b.Owner) == "AMAZON" {
			public++
		}
	}
	if public == 0 {
		t.Error("no public bundle was collected")
	}
	for i := range was.Workspaces {
		if !reflect.DeepEqual(was.Workspaces[i].Workspace, is.Workspaces[i].Workspace) {
			t.Errorf("WorkSpace %d\n%+v\nwas\n%+v", i, is.Workspaces[i].Workspace, was.Workspaces[i].Workspace)
		}
		if !reflect.DeepEqual(was.Workspaces[i].Tags, is.Workspaces[i].Tags) {
			t.Errorf("tags %v, were %v", is.Workspaces[i].Tags, was.Workspaces[i].Tags)
		}
	}
	if !reflect.DeepEqual(was.Directories[0].WorkspaceDirectory, is.Directories[0].WorkspaceDirectory) || !reflect.DeepEqual(was.IPGroups[0].WorkspacesIpGroup, is.IPGroups[0].WorkspacesIpGroup) {
		t.Errorf("%+v\nwas\n%+v", is.Directories, was.Directories)
	}
}

// What is there is not asked again, what is cut off is, and --again asks for everything.
func TestResume(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	out := t.TempDir()
	a.Refuse["DescribeVpcs"] = "UnauthorizedOperation"
	if status, _, stderr := run(t, out); status != cli.Broken || !strings.Contains(stderr, "us-west-2/describe-vpcs.json: ec2:DescribeVpcs is denied") {
		t.Fatalf("status %d, %s", status, stderr)
	}
	delete(a.Refuse, "DescribeVpcs")
	cut := filepath.Join(out, "us-west-2", "describe-subnets.json")
	if err := os.Truncate(cut, 400); err != nil {
		t.Fatal(err)
	}
	a.Forget()
	status, stdout, stderr := run(t, out)
	if status != cli.Clean || !strings.Contains(stdout, "2 files written, 16 kept") {
		t.Fatalf("status %d, %s%s", status, stdout, stderr)
	}
	if a.Calls("DescribeWorkspaces") != 0 || a.Calls("DescribeSubnets") == 0 || a.Calls("DescribeVpcs") == 0 {
		t.Error("asked for what is there, or not for what is not")
	}
	if _, stdout, _ := run(t, out, "--again"); !strings.Contains(stdout, "18 files written") {
		t.Error(stdout)
	}
}

// Where the tagging API is denied, each WorkSpace is asked; where that is denied too, it is asked once.
func TestTagsOneByOne(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	out := t.TempDir()
	a.Refuse["GetResources"] = "AccessDeniedException"
	if status, _, stderr := run(t, out); status != cli.Clean {
		t.Fatalf("status %d, %s", status, stderr)
	}
	if got := read(t, filepath.Join(out, "us-west-2", "describe-tags-ws-0b1b2c3d4.json")); a.Calls("DescribeTags") != 3 || !reflect.DeepEqual(got, map[string]any{"TagList": []any{map[string]any{"Key": "owner", "Value": "<it> & more"}}}) {
		t.Errorf("%d calls, %v", a.Calls("DescribeTags"), got)
	}
	a.Refuse["DescribeTags"] = "AccessDeniedException"
	a.Forget()
	if status, _, stderr := run(t, t.TempDir()); status != cli.Broken || a.Calls("DescribeTags") != 1 || !strings.Contains(stderr, "get-resources.json: tag:GetResources is denied") {
		t.Errorf("status %d, %d calls, %s", status, a.Calls("DescribeTags"), stderr)
	}
}

// Without credentials and without a way to AWS it ends at once, and writes nothing.
func TestNothing(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	listener.Close()
	for name, set := range map[string]func(*testing.T) []string{
		"unreachable":    func(t *testing.T) []string { awstest.Credentials(t); return []string{"--endpoint-url", closed} },
		"no credentials": func(t *testing.T) []string { awstest.New(t).Serve(t); t.Setenv("AWS_ACCESS_KEY_ID", ""); return nil },
		"not valid": func(t *testing.T) []string {
			a := awstest.New(t)
			a.Refuse["GetCallerIdentity"] = "InvalidClientTokenId"
			a.Serve(t)
			return nil
		},
		"no such profile": func(t *testing.T) []string { awstest.New(t).Serve(t); return []string{"--profile", "nobody"} },
	} {
		t.Run(name, func(t *testing.T) {
			args := set(t)
			out := filepath.Join(t.TempDir(), "export")
			start := time.Now()
			status, stdout, stderr := run(t, out, args...)
			if _, err := os.Stat(out); status != cli.Unanswered || stdout != "" || stderr == "" || !os.IsNotExist(err) {
				t.Errorf("status %d, %s%s, %v", status, stdout, stderr, err)
			}
			t.Log(time.Since(start).Round(time.Millisecond), stderr)
		})
	}
}

// A service that cannot be reached is asked once; the others are asked.
func TestServiceUnreachable(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	t.Setenv("AWS_ENDPOINT_URL_WORKSPACES", "http://127.0.0.1:1")
	status, stdout, stderr := run(t, t.TempDir())
	if status != cli.Broken || !strings.Contains(stdout, "10 files written, 6 missing") || strings.Count(stderr, "cannot be reached") != 6 {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
}

func TestBadArguments(t *testing.T) {
	for _, args := range [][]string{{}, {"--region", "Oregon"}, {"--region", "us-west-2", "x"}} {
		var out, errs bytes.Buffer
		if status := cli.Run(Command(), args, strings.NewReader(""), &out, &errs); status != cli.Unanswered {
			t.Errorf("%v: status %d", args, status)
		}
	}
}
