package preflight

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/cmd/wks/internal/collect"
	"github.com/wksgo/wks/internal/lineartest"
)

// The report on an account as it is, is that on its export.
func TestLive(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	_, live, errs := preflight(t, "--json", "--live", "--region", awstest.Region)
	if !strings.Contains(errs, "preflight: account 111122223333, as arn:aws:iam::111122223333:user/ada") || !strings.Contains(errs, "18 files written") {
		t.Fatal(errs)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "wks-export-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	dir := t.TempDir()
	if _, err := collect.Run(context.Background(), collect.Options{Regions: []string{awstest.Region}, Out: dir}); err != nil {
		t.Fatal(err)
	}
	if want := reportOn(t, dir); !reflect.DeepEqual(withoutInput(t, live), want) {
		t.Errorf("live\n%s\nfrom the export\n%v", live, want)
	}
	for _, args := range [][]string{{"--live"}, {"--live", "--collect", "--region", "us-west-2"}, {"--live", "--region", "us-west-2", "--endpoint-url", "http://127.0.0.1:1"}} {
		if status, out, _ := preflight(t, args...); status != exitUnanswered || out != "" {
			t.Errorf("%v: status %d, %s", args, status, out)
		}
	}
}

// The collected files are those of commands, and of eachCommands.
func TestCollectKnowsTheFiles(t *testing.T) {
	awstest.New(t).Serve(t)
	dir := t.TempDir()
	if _, err := collect.Run(context.Background(), collect.Options{Regions: []string{awstest.Region}, Out: dir}); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, c := range commands {
		want[c.file] = true
	}
	for name := range filesIn(t, filepath.Join(dir, awstest.Region)) {
		if _, _, each := resourceOf(name); !each && !want[name] {
			t.Errorf("%s is no file of an export", name)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not collected: %v", want)
	}
}

// The AWS CLI, by the script of --collect, writes what wks collect writes: of the stubs, and of moto.
func TestCollectAsTheCLI(t *testing.T) {
	lineartest.SkipRace(t)
	for _, program := range []string{"sh", "aws"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("needs the AWS CLI: ", err)
		}
	}
	t.Run("stubs", func(t *testing.T) {
		a := awstest.New(t)
		a.Serve(t)
		compareWithCLI(t, a)
	})
	t.Run("moto", func(t *testing.T) {
		a := awstest.New(t)
		proxy := httputil.NewSingleHostReverseProxy(moto(t))
		proxy.ErrorLog = nil
		a.EC2 = proxy
		a.Serve(t)
		compareWithCLI(t, a)
	})
}

// The script asks a service that cannot be reached once, goes on with the others, and ends with 1.
func TestScriptGoesOn(t *testing.T) {
	lineartest.SkipRace(t)
	for _, program := range []string{"sh", "aws"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("needs the AWS CLI: ", err)
		}
	}
	awstest.New(t).Serve(t)
	t.Setenv("AWS_ENDPOINT_URL_WORKSPACES", "http://127.0.0.1:1")
	_, script, _ := preflight(t, "--collect", "--region", awstest.Region)
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir = t.TempDir()
	text, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || strings.Count(string(text), "Could not connect") != 1 || strings.Count(string(text), "workspaces in us-west-2 cannot be reached\n") != 5 {
		t.Errorf("%v: %s", err, text)
	}
	if got := filesIn(t, filepath.Join(cmd.Dir, "export", awstest.Region)); len(got) != 10 {
		t.Errorf("%d files: %q", len(got), slices.Sorted(maps.Keys(got)))
	}
}

func compareWithCLI(t *testing.T, a *awstest.Account) {
	dir := t.TempDir()
	if _, err := collect.Run(context.Background(), collect.Options{Regions: []string{awstest.Region}, Out: filepath.Join(dir, "collected")}); err != nil {
		t.Fatal(err)
	}
	_, script, _ := preflight(t, "--collect", "--region", awstest.Region)
	a.Forget()
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for _, operation := range []string{"DescribeWorkspaces", "DescribeRouteTables", "GetResources"} {
		if n := a.Calls(operation); n == 0 || n > 1 && operation != "GetResources" {
			t.Errorf("%d calls of %s", n, operation)
		}
	}
	ours, theirs := filesIn(t, filepath.Join(dir, "collected", awstest.Region)), filesIn(t, filepath.Join(dir, "export", awstest.Region))
	if !slices.Equal(slices.Sorted(maps.Keys(ours)), slices.Sorted(maps.Keys(theirs))) {
		t.Errorf("files %q, of the CLI %q", slices.Sorted(maps.Keys(ours)), slices.Sorted(maps.Keys(theirs)))
	}
	for name := range ours {
		if !reflect.DeepEqual(ours[name], theirs[name]) {
			t.Errorf("%s\n%v\nof the CLI\n%v", name, ours[name], theirs[name])
		}
	}
	if ours, theirs := reportOn(t, filepath.Join(dir, "collected")), reportOn(t, filepath.Join(dir, "export")); !reflect.DeepEqual(ours, theirs) {
		t.Errorf("report\n%v\nof the CLI\n%v", ours, theirs)
	}
}

// moto starts moto's server, and returns its address.
func moto(t *testing.T) *url.URL {
	t.Helper()
	program, err := exec.LookPath("moto_server")
	if err != nil {
		t.Skip("needs moto_server: ", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	_, port, _ := net.SplitHostPort(address)
	cmd := exec.Command(program, "-H", "127.0.0.1", "-p", port)
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for range 600 {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			return &url.URL{Scheme: "http", Host: address}
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("moto_server does not answer")
	return nil
}

// filesIn returns what the files of a folder say, with times in one form.
func filesIn(t *testing.T, folder string) map[string]any {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]any{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatalf("%s: %v", e.Name(), err)
		}
		files[e.Name()] = sameTimes(v)
	}
	return files
}

// sameTimes makes seconds since 1970 of every time. Versions of the AWS CLI print either.
func sameTimes(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for name := range x {
			x[name] = sameTimes(x[name])
		}
	case []any:
		for i := range x {
			x[i] = sameTimes(x[i])
		}
	case string:
		if at, err := time.Parse(time.RFC3339Nano, x); err == nil {
			return float64(at.UnixMilli()) / 1000
		}
	}
	return v
}

// reportOn is the report on a folder as JSON.
func reportOn(t *testing.T, dir string) any {
	t.Helper()
	_, out, errs := preflight(t, "--json", dir)
	if errs != "" {
		t.Fatal(errs)
	}
	return withoutInput(t, strings.ReplaceAll(out, dir, "export"))
}

func withoutInput(t *testing.T, report string) any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(report), &v); err != nil {
		t.Fatal(err, report)
	}
	delete(v, "input")
	return v
}
