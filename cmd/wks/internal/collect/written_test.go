package collect

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/throttle"
)

// outputs are what the operations give that are asked, by the actions that IAM must allow for them.
var outputs = map[string]any{
	"ec2:DescribeVpcs": ec2.DescribeVpcsOutput{}, "ec2:DescribeSubnets": ec2.DescribeSubnetsOutput{}, "ec2:DescribeRouteTables": ec2.DescribeRouteTablesOutput{},
	"ec2:DescribeManagedPrefixLists": ec2.DescribeManagedPrefixListsOutput{}, "ec2:DescribeSecurityGroups": ec2.DescribeSecurityGroupsOutput{}, "ec2:DescribeImages": ec2.DescribeImagesOutput{},
	"ec2:DescribeImportImageTasks": ec2.DescribeImportImageTasksOutput{}, "ec2:GetManagedPrefixListEntries": ec2.GetManagedPrefixListEntriesOutput{},
	"workspaces:DescribeAccount": workspaces.DescribeAccountOutput{}, "workspaces:DescribeWorkspaceDirectories": workspaces.DescribeWorkspaceDirectoriesOutput{},
	"workspaces:DescribeIpGroups": workspaces.DescribeIpGroupsOutput{}, "workspaces:DescribeWorkspaceBundles": workspaces.DescribeWorkspaceBundlesOutput{},
	"workspaces:DescribeWorkspaceImages": workspaces.DescribeWorkspaceImagesOutput{}, "workspaces:DescribeWorkspaces": workspaces.DescribeWorkspacesOutput{}, "workspaces:DescribeTags": workspaces.DescribeTagsOutput{},
	"tag:GetResources": resourcegroupstaggingapi.GetResourcesOutput{}, "kms:DescribeKey": kms.DescribeKeyOutput{}, "kms:ListGrants": kms.ListGrantsOutput{},
}

// A file has the name of the command of the AWS CLI that would print it, with what is asked about behind it, its
// list the name that the output of the operation has, and its action that of the operation. All are permissions.
func TestQuestionsAreThoseOfTheCLI(t *testing.T) {
	const id = "arn:aws:kms:us-west-2:111122223333:key/id"
	asked := map[string]bool{}
	capital := regexp.MustCompile(`([a-z])([A-Z])`)
	for about, list := range map[string][]question{"": append(append([]question{tags}, network...), desktops...), "-id": {tagsOf("id"), entriesOf("id"), keyOf(id), grantsOf(id)}} {
		for _, q := range list {
			asked[q.action] = true
			output := outputs[q.action]
			if output == nil {
				t.Errorf("%s is no action", q.action)
				continue
			}
			_, operation, _ := strings.Cut(q.action, ":")
			if want := strings.ToLower(capital.ReplaceAllString(operation, "$1-$2")) + about + ".json"; q.file != want {
				t.Errorf("%s: %s, want %s", q.action, q.file, want)
			}
			var lists []string
			for f := range reflect.TypeOf(output).Fields() {
				if f.Type.Kind() == reflect.Slice {
					lists = append(lists, f.Name)
				}
			}
			if single := q.action == "workspaces:DescribeAccount" || q.action == "kms:DescribeKey"; single && q.member != "" || !single && !slices.Equal(lists, []string{q.member}) {
				t.Errorf("%s: %q of %q", q.action, q.member, lists)
			}
		}
	}
	permissions := strings.FieldsFunc(Permissions("> "), func(r rune) bool { return strings.ContainsRune(" ,\n>", r) })
	for action := range outputs {
		if !asked[action] || !slices.Contains(permissions, action) {
			t.Errorf("%s is not asked, or is no permission", action)
		}
	}
	if len(permissions) != len(outputs) {
		t.Errorf("%d permissions: %q", len(permissions), permissions)
	}
	// Three stand in a line, and each line begins with the prefix and ends with a comma but for the last.
	lines := strings.Split(Permissions("> "), "\n")
	for i, l := range lines {
		if !strings.HasPrefix(l, "> ") || strings.HasSuffix(l, ",") != (i < len(lines)-1) || i < len(lines)-1 && len(strings.Fields(l)) != 4 {
			t.Errorf("%q", l)
		}
	}
	if help := Command().Long; !strings.Contains(help, Permissions("    ")) {
		t.Error(help)
	}
}

// A file has the layout of the AWS CLI, and another name until it is whole.
func TestLayout(t *testing.T) {
	type pair struct{ A, B string }
	for _, tt := range []struct {
		member string
		values []any
		want   string
	}{
		{"Vpcs", nil, "{\n    \"Vpcs\": []\n}\n"},
		{"Vpcs", []any{pair{"<&>", "y"}}, "{\n    \"Vpcs\": [\n        {\n            \"A\": \"<&>\",\n            \"B\": \"y\"\n        }\n    ]\n}\n"},
		{"Vpcs", []any{pair{"1", "2"}, pair{"3", "4"}}, "{\n    \"Vpcs\": [\n        {\n            \"A\": \"1\",\n            \"B\": \"2\"\n        },\n        {\n            \"A\": \"3\",\n            \"B\": \"4\"\n        }\n    ]\n}\n"},
		{"", []any{pair{"1", "2"}}, "{\n    \"A\": \"1\",\n    \"B\": \"2\"\n}\n"},
	} {
		dir := t.TempDir()
		name := filepath.Join(dir, "x.json")
		w, err := newWriter(name, tt.member)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range tt.values {
			if err := w.add(v); err != nil {
				t.Fatal(err)
			}
		}
		if got := names(t, dir); !slices.Equal(got, []string{"x.json.part"}) || w.count != len(tt.values) {
			t.Errorf("%q, %d elements", got, w.count)
		}
		if err := w.finish(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(name)
		if err != nil || string(text) != tt.want || !whole(name) {
			t.Errorf("got\n%s\nwant\n%s, %v", text, tt.want, err)
		}
		if got := names(t, dir); !slices.Equal(got, []string{"x.json"}) {
			t.Errorf("%q", got)
		}
	}
	dir := t.TempDir()
	w, err := newWriter(filepath.Join(dir, "x.json"), "Vpcs")
	if err != nil {
		t.Fatal(err)
	}
	if w.discard(); len(names(t, dir)) > 0 {
		t.Errorf("%q", names(t, dir))
	}
	if err := w.finish(); err == nil || len(names(t, dir)) > 0 {
		t.Errorf("%v, %q", err, names(t, dir))
	}
	if _, err := newWriter(filepath.Join(dir, "none", "x.json"), ""); err == nil {
		t.Error("a folder that is not there")
	}
	w, err = newWriter(filepath.Join(dir, "x.json"), "Vpcs")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.add(struct{ C chan int }{}); err == nil {
		t.Error("a channel was written")
	}
	w.discard()
}

// A file is whole if it is one object to its end.
func TestWhole(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.json")
	for text, want := range map[string]bool{`{}`: true, " {\"a\": [1]} \n": true, ``: false, `[]`: false, `{`: false, `{"a": [1}`: false, `{} {}`: false, `{}x`: false, `null`: false} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := whole(name); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	if whole(name + ".none") {
		t.Error("a file that is not there is whole")
	}
}

// The elements of a list are read wherever it stands in the file. What cannot be read is an error that names the file.
func TestEach(t *testing.T) {
	dir := t.TempDir()
	read := func(text string) (ids []string, err error) {
		if err := os.WriteFile(filepath.Join(dir, "x.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		err = each(dir, "x.json", "L", func(x struct{ ID string }) { ids = append(ids, x.ID) })
		return ids, err
	}
	for text, want := range map[string][]string{`{}`: nil, `{"L": []}`: nil, `{"A": {"L": [1]}, "L": [{"ID": "a"}, {"ID": "b"}], "B": [2], "C": null}`: {"a", "b"}, `{"A": [{"ID": "x"}]}`: nil} {
		if got, err := read(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{``, `{"L`, `{"A": x}`, `{"A": [1}, "L": []}`, `{"L": {}}`, `{"L": null}`, `{"L": [1]}`, `{"L": [{"ID": "a"}`, `{"L": [{"ID": "a"}}`, `{"L": [{"ID": 5}]}`} {
		if _, err := read(text); err == nil || !strings.HasPrefix(err.Error(), "x.json: ") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := each(dir, "none.json", "L", func(struct{}) {}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// An element, and what stands beside the list, is read up to a bound, however many there are.
func TestEachIsBounded(t *testing.T) {
	before := mostElement
	t.Cleanup(func() { mostElement = before })
	mostElement = 2000
	element := func(n int) string { return `{"ID":"` + strings.Repeat("x", n-9) + `"}` }
	many := strings.TrimSuffix(strings.Repeat(element(500)+",", 100), ",")
	for name, tt := range map[string]struct {
		text string
		want int
	}{
		"many": {`{"A":"b","L":[` + many + `]}`, 100}, "the longest": {`{"L":[` + element(1999) + `,` + element(1999) + `,` + element(1999) + `]}`, 3}, "too long": {`{"L":[` + element(2002) + `]}`, -1},
		"endless": {`{"L":[` + element(100_000) + `]}`, -1}, "beside it": {`{"A":` + element(1900) + `,"L":[{}]}`, 1}, "too long beside it": {`{"A":` + element(2002) + `,"L":[{}]}`, -1},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x.json"), []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		err := each(dir, "x.json", "L", func(struct{ ID string }) { n++ })
		if (err != nil) != (tt.want < 0) || err == nil && n != tt.want || err != nil && !strings.Contains(err.Error(), "2000") {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
}

// What is refused leaves no file, and says why; what ends the credentials ends the run.
func TestRefusals(t *testing.T) {
	for code, tt := range map[string]struct {
		want    string
		missing int // of the 16 files that are asked for without those of keys and prefix lists
	}{
		"UnauthorizedOperation": {"ec2:DescribeVpcs is denied", 1}, "AccessDenied": {"ec2:DescribeVpcs is denied", 1}, "InvalidParameterValue": {"InvalidParameterValue: not authorized", 1},
		"AuthFailure": {"AuthFailure: not authorized", 7}, "OptInRequired": {"OptInRequired: not authorized", 7},
	} {
		a := awstest.New(t)
		a.Serve(t)
		a.Refuse["DescribeVpcs"] = code
		out := t.TempDir()
		status, stdout, stderr := run(t, out)
		if status != cli.Broken || !strings.Contains(stderr, "us-west-2/describe-vpcs.json: "+tt.want+"\n") || !strings.Contains(stdout, fmt.Sprintf(", %d missing\n", tt.missing)) {
			t.Errorf("%s: status %d, %s%s", code, status, stdout, stderr)
		}
		for _, name := range names(t, filepath.Join(out, "us-west-2")) {
			if strings.Contains(name, "vpcs") || strings.HasSuffix(name, ".part") {
				t.Errorf("%s: %s is there", code, name)
			}
		}
		if asked := a.Calls("DescribeSubnets") > 0; asked != (tt.missing == 1) {
			t.Errorf("%s: EC2 is asked again: %t", code, asked)
		}
	}
	a := awstest.New(t)
	a.Serve(t)
	a.Refuse["DescribeAccount"], a.Refuse["DescribeVpcs"] = "ExpiredTokenException", "ExpiredTokenException"
	status, stdout, stderr := run(t, t.TempDir())
	if status != cli.Unanswered || !strings.Contains(stdout, "0 files written, ") || !strings.Contains(stderr, "ExpiredTokenException: ") || !strings.Contains(stderr, "interrupted: ExpiredTokenException: ") {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
	missing := strings.Split(strings.TrimSpace(stderr), "\n")[1:]
	if !slices.IsSorted(missing) {
		t.Errorf("%q", missing)
	}
}

// A file that cannot be written is missing, and the others are there.
func TestFileCannotBeWritten(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, "us-west-2", "describe-vpcs.json.part"), 0o700); err != nil {
		t.Fatal(err)
	}
	if status, stdout, stderr := run(t, out); status != cli.Broken || !strings.Contains(stdout, "17 files written, 1 missing") || !strings.Contains(stderr, "us-west-2/describe-vpcs.json: open ") {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
}

// A run that is told to end says so of what is missing.
func TestInterrupted(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Regions: []string{"us-west-2"}, Out: t.TempDir(), quota: throttle.Quota{Rate: 1000, Burst: 1000}, Progress: writing(func() { cancel() })}
	result, err := Run(ctx, o)
	if err != nil || len(result.Missing) == 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	for _, m := range result.Missing {
		if m.Reason != "interrupted: context canceled" {
			t.Errorf("%s", m)
		}
	}
	if len(names(t, filepath.Join(o.Out, "us-west-2"))) != result.Written {
		t.Errorf("%d written, %q", result.Written, names(t, filepath.Join(o.Out, "us-west-2")))
	}
}

type writing func()

func (f writing) Write(p []byte) (int, error) { f(); return len(p), nil }

// A profile that is not there is named, and the URL of the flag goes before that of the environment. Nothing is written
// to what is not a folder.
func TestFlags(t *testing.T) {
	a := awstest.New(t)
	url := a.Serve(t)
	if status, _, stderr := run(t, t.TempDir(), "--profile", "nobody"); status != cli.Unanswered || !strings.Contains(stderr, "nobody") {
		t.Errorf("status %d, %s", status, stderr)
	}
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
	if status, stdout, stderr := run(t, t.TempDir(), "--endpoint-url", url); status != cli.Clean || !strings.Contains(stdout, "18 files written") {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, stdout, stderr := run(t, file, "--endpoint-url", url); status != cli.Unanswered || stdout != "" || stderr == "" {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
}

// Regions are told once each, in their order.
func TestRegions(t *testing.T) {
	got, err := ParseRegions("us-west-2, eu-west-1,us-west-2")
	if err != nil || !slices.Equal(got, []string{"us-west-2", "eu-west-1"}) {
		t.Errorf("%q, %v", got, err)
	}
	for _, text := range []string{"", ",", "us-west-2,", "us-west-2 eu-west-1"} {
		if got, err := ParseRegions(text); err == nil {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// The words and the exit status of a result.
func TestResult(t *testing.T) {
	one := []Missing{{"a", "b"}}
	for _, tt := range []struct {
		r    Result
		text string
		exit int
	}{
		{Result{}, "0 files written", cli.Unanswered}, {Result{Missing: one}, "0 files written, 1 missing", cli.Unanswered}, {Result{Written: 1}, "1 files written", cli.Clean},
		{Result{Kept: 1}, "0 files written, 1 kept that were there", cli.Clean}, {Result{Written: 2, Kept: 3, Missing: one}, "2 files written, 3 kept that were there, 1 missing", cli.Broken},
	} {
		if got := tt.r.String(); got != tt.text || tt.r.Exit() != tt.exit {
			t.Errorf("%q, status %d, want %q and %d", got, tt.r.Exit(), tt.text, tt.exit)
		}
	}
	var out strings.Builder
	Result{Missing: one}.Tell(&out, "x")
	Result{Account: "1", Caller: "c\x1b", Missing: one}.Tell(&out, "x")
	if want := "x: a: b\nx: account 1, as c\\x1b\nx: a: b\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

// A call that fails on the way is tried eight times, and one that reaches nobody, or is denied, once.
func TestAttempts(t *testing.T) {
	awstest.Credentials(t)
	cfg, err := Options{Regions: []string{"us-west-2"}}.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := cfg.Retryer()
	if n := r.MaxAttempts(); n != 8 {
		t.Errorf("%d attempts", n)
	}
	for name, tt := range map[string]struct {
		err  error
		want bool
	}{
		"throttled":           {&smithy.GenericAPIError{Code: "RequestLimitExceeded"}, true},
		"denied":              {&smithy.GenericAPIError{Code: "UnauthorizedOperation"}, false},
		"nobody there":        {&net.OpError{Op: "dial", Err: errors.New("refused")}, false},
		"no such name":        {&net.DNSError{Err: "no such host", IsTimeout: true}, false},
		"another certificate": {&tls.CertificateVerificationError{Err: errors.New("unknown")}, false},
		"a broken connection": {&url.Error{Op: "Post", Err: &net.OpError{Op: "read", Err: syscall.ECONNRESET}}, true},
	} {
		if got := r.IsErrorRetryable(fmt.Errorf("x: %w", tt.err)); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// An error is what the service, the network or the credentials say, in one line.
func TestReasons(t *testing.T) {
	api := &smithy.GenericAPIError{Code: "C", Message: "m"}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("operation error: %w", api), "C: m"},
		{fmt.Errorf("x: %w", &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("refused")}), "cannot be reached: dial tcp: refused"},
		{errors.New("operation error STS: get identity: get credentials: none here"), "no credentials: none here"},
		{errors.New("anything else"), "anything else"},
	} {
		if got := reason(tt.err); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	for code, is := range map[string]func(error) bool{
		"AccessDenied": denied, "AccessDeniedException": denied, "UnauthorizedOperation": denied, "AuthorizationError": denied,
		"AuthFailure": stranger, "UnrecognizedClientException": stranger, "InvalidClientTokenId": stranger, "InvalidSignatureException": stranger, "SignatureDoesNotMatch": stranger, "OptInRequired": stranger,
		"ExpiredToken": expired, "ExpiredTokenException": expired, "RequestExpired": expired,
	} {
		err := fmt.Errorf("x: %w", &smithy.GenericAPIError{Code: code})
		n := 0
		for _, f := range []func(error) bool{denied, stranger, expired} {
			if f(err) {
				n++
			}
		}
		if !is(err) || n != 1 || is(errors.New(code)) || is(&smithy.GenericAPIError{Code: code + "x"}) {
			t.Errorf("%s", code)
		}
	}
}

// The line of progress is written ten times a second at most for elements, and at once for a file; it is cut at 79
// letters, and tells no time if nothing is left.
func TestProgressIsSparing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := &progress{w: &out, left: map[string]int{}}
		lines := func() int { return strings.Count(out.String(), "\r") }
		p.expect("r", 4, 0)
		for i := range 100 {
			p.item("r", "f", i+1)
			time.Sleep(10 * time.Millisecond)
		}
		if n := lines(); n < 9 || n > 11 {
			t.Errorf("%d lines in a second", n)
		}
		before := lines()
		p.end("r", "f", 0)
		p.end("r", "f", 0)
		if lines() != before+2 {
			t.Errorf("%d lines for two files", lines()-before)
		}
		if got := p.line(); got != "[#####.....] 2 of 4 files  r/f" {
			t.Errorf("%q", got)
		}
		p.item("r", strings.Repeat("f", 100), 1)
		if got := p.line(); len(got) != 79 || !strings.HasSuffix(got, "fff") {
			t.Errorf("%q", got)
		}
		if got := (&progress{}).line(); got != "[..........] 0 of 0 files  " {
			t.Errorf("%q", got)
		}
		late := &progress{left: map[string]int{"a": 15, "b": -3}}
		if got := late.least(); got != 5*time.Second {
			t.Errorf("%v", got)
		}
	})
	if OnTerminal(new(bytes.Buffer)) != nil {
		t.Error("a buffer is a terminal")
	}
}
