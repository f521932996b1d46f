package wkstest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/wkstest"
)

// These programs are real clients, which nobody of this project wrote. They are in Debian as awscli and
// python3-boto3, in versions that do not know AWS_ENDPOINT_URL_WORKSPACES yet.

// environ is what a client needs to find a server, and nothing of the machine's own account.
func environ(t *testing.T, url string) []string {
	t.Helper()
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") })
	return append(env, "AWS_ENDPOINT_URL_WORKSPACES="+url, "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=SECRET",
		"AWS_REGION=eu-west-1", "AWS_DEFAULT_REGION=eu-west-1", "AWS_EC2_METADATA_DISABLED=true", "AWS_PAGER=", "AWS_MAX_ATTEMPTS=1",
		"AWS_CONFIG_FILE="+filepath.Join(t.TempDir(), "config"), "AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(t.TempDir(), "credentials"))
}

// program finds a program that answers to an argument, or skips the test.
func program(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		err = exec.Command(path, args...).Run()
	}
	if err != nil {
		t.Skipf("%s %s: %v: apt-get install awscli python3-boto3", name, strings.Join(args, " "), err)
	}
	return path
}

// hurried is a server at which everything takes moments, over loopback.
func hurried(t *testing.T) (*wkstest.Server, string) {
	s := start(t, wkstest.Config{Record: true, Times: map[wkstest.Activity]time.Duration{
		wkstest.Appear: 0, wkstest.Launch: 0, wkstest.Registering: 0, wkstest.Terminating: 0, wkstest.AliasChange: 0,
	}})
	hs := httptest.NewServer(s)
	t.Cleanup(hs.Close)
	return s, hs.URL
}

func TestAWSCLI(t *testing.T) {
	lineartest.SkipRace(t)
	path := program(t, "aws", "--version")
	s, url := hurried(t)
	env := environ(t, url)
	run := func(args ...string) (map[string]any, string) {
		t.Helper()
		cmd := exec.Command(path, append([]string{"workspaces", "--output", "json", "--endpoint-url", url}, args...)...)
		cmd.Env = env
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err := cmd.Run()
		if err != nil {
			return nil, stderr.String()
		}
		out := map[string]any{}
		if stdout.Len() > 0 {
			if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
				t.Errorf("%v: %s", args, stdout.String())
			}
		}
		return out, ""
	}
	list := func(out map[string]any, member string) []any { l, _ := out[member].([]any); return l }
	member := func(v any, path ...string) any {
		for _, name := range path {
			m, _ := v.(map[string]any)
			v = m[name]
		}
		return v
	}

	out, failed := run("describe-workspace-bundles", "--owner", "AMAZON") // page by page
	if n := len(list(out, "Bundles")); n != len(inIreland()) {
		t.Errorf("%d bundles: %s", n, failed)
	}
	out, failed = run("create-workspaces", "--workspaces",
		"DirectoryId="+wkstest.SampleDirectory+",BundleId="+wkstest.SampleBundle+",UserName=ada,Tags=[{Key=team,Value=desktops}]",
		"DirectoryId="+wkstest.SampleDirectory+",BundleId="+wkstest.SampleBundle+",UserName=grace,WorkspaceProperties={RootVolumeSizeGib=80,UserVolumeSizeGib=200}")
	if len(list(out, "PendingRequests")) != 1 || len(list(out, "FailedRequests")) != 1 {
		t.Fatalf("%v %s", out, failed)
	}
	if text, _ := member(list(out, "FailedRequests")[0], "ErrorMessage").(string); !strings.Contains(text, "bundles.volume-pair-not-in-group") {
		t.Errorf("%s", text)
	}
	id, _ := member(list(out, "PendingRequests")[0], "WorkspaceId").(string)
	out, failed = run("describe-workspaces", "--workspace-ids", id)
	if len(list(out, "Workspaces")) != 1 || member(list(out, "Workspaces")[0], "State") != "AVAILABLE" || member(list(out, "Workspaces")[0], "WorkspaceProperties", "RootVolumeSizeGib") != 80.0 {
		t.Errorf("%v %s", out, failed)
	}
	out, failed = run("describe-tags", "--resource-id", id)
	if len(list(out, "TagList")) != 1 {
		t.Errorf("%v %s", out, failed)
	}
	for args, want := range map[string]string{
		"modify-workspace-properties --workspace-id " + id + " --workspace-properties UserVolumeSizeGib=100": "(InvalidResourceStateException)",
		"describe-workspaces --workspace-ids ws-1":                                                           "(ValidationException)",
		"deregister-workspace-directory --directory-id " + wkstest.SampleDirectory:                           "(OperationNotSupportedException)",
	} {
		if _, failed := run(strings.Fields(args)...); !strings.Contains(failed, want) {
			t.Errorf("%s: %s, want %s", args, failed, want)
		}
	}
	out, failed = run("create-ip-group", "--group-name", "office", "--user-rules", "ipRule=203.0.113.0/24,ruleDesc=floor")
	group, _ := out["GroupId"].(string)
	out, _ = run("describe-ip-groups", "--group-ids", group)
	if result := list(out, "Result"); len(result) != 1 || member(list(result[0].(map[string]any), "userRules")[0], "ipRule") != "203.0.113.0/24" {
		t.Errorf("%v %s", out, failed)
	}
	if _, failed = run("terminate-workspaces", "--terminate-workspace-requests", id); failed != "" {
		t.Error(failed)
	}
	out, failed = run("describe-workspaces")
	if w, ok := out["Workspaces"].([]any); !ok || len(w) != 0 {
		t.Errorf("%v %s", out, failed)
	}
	for _, c := range s.Log() {
		if c.Region != "eu-west-1" || c.Signed.IsZero() {
			t.Errorf("%+v", c)
		}
	}
}

// The script prints what it finds, one line a question.
const boto3Script = `
import boto3, botocore
import os
c = boto3.client('workspaces', endpoint_url=os.environ['AWS_ENDPOINT_URL_WORKSPACES'])
d, b = %q, %q
r = c.create_workspaces(Workspaces=[dict(DirectoryId=d, BundleId=b, UserName=u) for u in ('ada', 'grace', 'Ada')])
print(len(r['PendingRequests']), [f['ErrorCode'] for f in r['FailedRequests']], r['ResponseMetadata']['HTTPHeaders']['x-wks-rule'])
ids = [w['WorkspaceId'] for w in r['PendingRequests']]
pages = list(c.get_paginator('describe_workspaces').paginate(DirectoryId=d, PaginationConfig=dict(PageSize=1)))
print(len(pages), sorted(w['UserName'] for p in pages for w in p['Workspaces']), pages[0]['Workspaces'][0]['State'])
try:
    c.modify_workspace_properties(WorkspaceId=ids[0], WorkspaceProperties=dict(RootVolumeSizeGib=10))
except c.exceptions.InvalidParameterValuesException as e:
    print('InvalidParameterValuesException', 'x-wks-rule' in e.response['ResponseMetadata']['HTTPHeaders'], len(e.response['ResponseMetadata']['RequestId']))
try:
    c.describe_tags(ResourceId='ws-00000000')
except c.exceptions.ResourceNotFoundException as e:
    print(e.operation_name)
a = c.create_connection_alias(ConnectionString='desktops.example.com')['AliasId']
print(c.describe_connection_aliases(AliasIds=[a])['ConnectionAliases'][0]['State'])
print(c.describe_workspaces_connection_status()['WorkspacesConnectionStatus'][0]['ConnectionStateCheckTimestamp'].year >= 2026)
g = c.create_ip_group(GroupName='office', UserRules=[dict(ipRule='203.0.113.0/24')])['GroupId']
c.associate_ip_groups(DirectoryId=d, GroupIds=[g])
print(c.describe_workspace_directories()['Directories'][0]['ipGroupIds'] == [g])
`

func TestBoto3(t *testing.T) {
	path := program(t, "python3", "-c", "import boto3")
	_, url := hurried(t)
	cmd := exec.Command(path, "-c", fmt.Sprintf(boto3Script, wkstest.SampleDirectory, wkstest.SampleBundle))
	cmd.Env = environ(t, url)
	out, err := cmd.CombinedOutput()
	want := `2 ['ResourceExists.WorkSpace'] bundles.user-repeated
2 ['ada', 'grace'] AVAILABLE
InvalidParameterValuesException True 36
DescribeTags
CREATED
True
True
`
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s, want\n%s", err, out, want)
	}
}

// inIreland are the public bundles of eu-west-1, which has no G7.
func inIreland() []wkstest.Bundle {
	return slices.DeleteFunc(wkstest.PublicBundles(), func(b wkstest.Bundle) bool { return strings.HasPrefix(string(b.ComputeType.Name), "GRAPHICS_G7") })
}
