package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
)

// begin runs the command, and returns the address that it prints, what it logs after the
// environment, and a function that ends it and returns its status.
func begin(t *testing.T, args ...string) (url string, log *bufio.Scanner, end func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	status := make(chan int, 1)
	go func() {
		cmd := Command()
		cmd.SetContext(ctx)
		status <- cli.Run(cmd, append([]string{"--listen", "127.0.0.1:0"}, args...), nil, w, w)
		w.Close()
	}()
	log = bufio.NewScanner(r)
	var environment []string
	for len(environment) < 6 && log.Scan() {
		environment = append(environment, log.Text())
	}
	for _, line := range environment {
		if rest, ok := strings.CutPrefix(line, "export AWS_ENDPOINT_URL_WORKSPACES="); ok {
			url = rest
		}
	}
	if url == "" {
		t.Fatalf("%q", environment)
	}
	end = func() int {
		cancel()
		for log.Scan() { // what is logged until the end
		}
		return <-status
	}
	return url, log, end
}

func call(t *testing.T, url, operation, body string) (rule string, answer []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", "WorkspacesService."+operation)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.Header.Get("X-Wks-Rule"), answer
}

// A call is logged with the rule that refused it, and what was made is there after a restart.
func TestServe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	t.Chdir(t.TempDir())
	url, log, end := begin(t, "--state", file, "--edition", "2026-09-10", "--speed", "600")
	done := make(chan string)
	go func() {
		for range 2 {
			log.Scan()
			done <- log.Text()
		}
	}()
	if rule, answer := call(t, url, "CreateIpGroup", `{"GroupName":"office"}`); rule != "" {
		t.Errorf("%s %s", rule, answer)
	}
	if line := <-done; !strings.HasSuffix(line, "us-east-1 CreateIpGroup served") {
		t.Errorf("%s", line)
	}
	if rule, _ := call(t, url, "DescribeTags", `{"ResourceId":"ws-00000000"}`); rule != "wkstest.unknown-resource" {
		t.Errorf("%s", rule)
	}
	if line := <-done; !strings.Contains(line, "DescribeTags refused by wkstest.unknown-resource: ResourceNotFoundException") {
		t.Errorf("%s", line)
	}
	if status := end(); status != exitClean {
		t.Errorf("status %d", status)
	}
	url, _, end = begin(t, "--state", file, "--quiet")
	if _, answer := call(t, url, "DescribeIpGroups", `{}`); !bytes.Contains(answer, []byte("office")) {
		t.Errorf("%s", answer)
	}
	if status := end(); status != exitClean {
		t.Errorf("status %d", status)
	}
}

func TestUsage(t *testing.T) {
	for args, want := range map[string]int{
		"-h": exitClean, "--nothing": exitUsage, "more": exitUsage, "--edition 1999-01-01": exitUsage, "--edition x": exitUsage, "--speed -1": exitUsage, "--speed 0": exitUsage,
		"--seed nowhere": exitUsage, "--seed a --state b": exitUsage, "--listen nowhere:-1": exitUsage, "--state .": exitUsage,
	} {
		var out bytes.Buffer
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		cmd := Command()
		cmd.SetContext(ctx)
		if got := cli.Run(cmd, strings.Fields(args), nil, &out, &out); got != want || out.Len() == 0 {
			t.Errorf("%s: status %d, want %d: %s", args, got, want, out.String())
		}
		cancel()
	}
}

// What the AWS CLI exports from a server that was seeded with preflight's sample gives the report that the
// sample gives.
func TestExportOfSeed(t *testing.T) {
	lineartest.SkipRace(t)
	path, err := exec.LookPath("aws")
	if err == nil {
		err = exec.Command(path, "--version").Run()
	}
	if err != nil {
		t.Skipf("aws: %v: apt-get install awscli", err)
	}
	sample, err := filepath.Abs("../preflight/sample")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	url, _, end := begin(t, "--seed", sample, "--quiet")
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") })
	env = append(env, "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=SECRET", "AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE="+filepath.Join(folder, "config"), "AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(folder, "credentials"))
	files, err := filepath.Glob(filepath.Join(sample, "us-west-2", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	exported := 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		args := []string{"workspaces", name}
		switch id, tags := strings.CutPrefix(name, "describe-tags-"); {
		case tags:
			args = []string{"workspaces", "describe-tags", "--resource-id", id}
		case name == "describe-account", name == "describe-ip-groups", strings.HasPrefix(name, "describe-workspace"):
		default:
			continue // of EC2 and KMS
		}
		cmd := exec.Command(path, append(args, "--endpoint-url", url, "--region", "us-west-2", "--output", "json")...)
		cmd.Env = env
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		// The command asks for the account's own bundles. The sample has those of AMAZON, too.
		if name == "describe-workspace-bundles" {
			out = withBundlesOf(t, file, out)
		}
		if err := os.WriteFile(filepath.Join(folder, "us-west-2", filepath.Base(file)), out, 0o644); err != nil {
			t.Fatal(err)
		}
		exported++
	}
	if exported < 7 {
		t.Errorf("%d files exported", exported)
	}
	if status := end(); status != exitClean {
		t.Errorf("status %d", status)
	}
	var reports [2]string
	for i, from := range []string{sample, folder} {
		cmd := exec.Command("go", "run", "../..", "preflight", from)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output() // status 1: the sample has a refusal
		if len(out) == 0 {
			t.Fatal(err, stderr.String())
		}
		reports[i] = strings.ReplaceAll(string(out), from, "FOLDER")
	}
	want, got := strings.Split(reports[0], "\n"), strings.Split(reports[1], "\n")
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i] != got[i] {
			t.Fatalf("line %d of the reports: the export gives\n%q, the sample\n%q", i+1, got[min(i, len(got)):min(i+3, len(got))], want[min(i, len(want)):min(i+3, len(want))])
		}
	}
}

// withBundlesOf adds to an export of bundles those of a file that are AMAZON's.
func withBundlesOf(t *testing.T, file string, out []byte) []byte {
	t.Helper()
	type bundles struct{ Bundles []map[string]any }
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var theirs, all bundles
	for _, d := range []struct {
		data []byte
		to   *bundles
	}{{data, &theirs}, {out, &all}} {
		if err := json.Unmarshal(d.data, d.to); err != nil {
			t.Fatal(err)
		}
	}
	for _, b := range theirs.Bundles {
		if b["Owner"] == "AMAZON" {
			all.Bundles = append(all.Bundles, b)
		}
	}
	merged, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return merged
}
