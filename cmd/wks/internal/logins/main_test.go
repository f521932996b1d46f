package logins

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/monitor"
)

func run(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

const sample = "testdata/september.ndjson"

func TestGolden(t *testing.T) {
	all := []string{sample, "--workspaces", "testdata/describe-workspaces.json", "--allow", "192.0.2.0/24", "--deny", "osx", "--session", "8h"}
	for golden, args := range map[string][]string{
		"report.txt": all, "details.txt": append(slices.Clone(all), "--details"), "report.json": append(slices.Clone(all), "--json"),
	} {
		status, out, errs := run("", args...)
		if status != cli.Broken || errs != "" {
			t.Errorf("%s: status %d, %s", golden, status, errs)
		}
		ruletest.Golden(t, filepath.Join("testdata", golden), []byte(out))
	}
}

// report runs the command for its JSON.
func report(t *testing.T, stdin string, args ...string) (r Report) {
	t.Helper()
	status, out, errs := run(stdin, append(args, "--json")...)
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %s%s", err, out, errs)
	}
	if r.Exit != status {
		t.Errorf("status %d, and %d in the report", status, r.Exit)
	}
	return r
}

func TestTrials(t *testing.T) {
	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		args               []string
		refused, undecided int
		exit               int
	}{
		"nothing":             {nil, 0, 0, cli.Clean},
		"a group of a file":   {[]string{"--ip-groups", "testdata/describe-ip-groups.json", "--ip-group", "wsipg-0123456789"}, 1, 0, cli.Broken},
		"all groups of it":    {[]string{"--ip-groups", "testdata/describe-ip-groups.json"}, 0, 0, cli.Clean},
		"a group and a range": {[]string{"--ip-groups", "testdata/describe-ip-groups.json", "--ip-group", "wsipg-0123456789", "--allow", "198.51.100.7"}, 0, 0, cli.Clean},
		"trusted devices":     {[]string{"--trust", "DeviceTypeWindows,web"}, 0, 3, cli.Unanswered},
		"a version":           {[]string{"--minimum", "windows=5.28,osx=5.27"}, 2, 0, cli.Broken},
		"SAML":                {[]string{"--saml"}, 0, 0, cli.Clean},
		"both":                {[]string{"--deny", "web", "--trust", "osx"}, 1, 1, cli.Broken},
	} {
		r := report(t, string(text), append(tt.args, "-")...)
		refused, undecided := 0, 0
		if r.Trial != nil {
			refused, undecided = r.Trial.Refused, r.Trial.Undecided
		}
		if (r.Trial == nil) != (tt.args == nil) || refused != tt.refused || undecided != tt.undecided || r.Exit != tt.exit || r.Logins != 4 {
			t.Errorf("%s: %+v %+v", name, r, r.Trial)
		}
	}
}

// Logins to other directories are counted, and count for nothing else.
func TestDirectory(t *testing.T) {
	all := []string{sample, "--deny", "osx", "--workspaces", "testdata/describe-workspaces.json"}
	if r := report(t, "", append(all, "--directory", "d-906732b9ab")...); r.Logins != 4 || r.Elsewhere != 0 || r.Trial.Refused != 1 || r.Use.Workspaces != 2 {
		t.Errorf("%+v", r)
	}
	if r := report(t, "", append(all, "--directory", "d-906732b9ac,d-1")...); r.Logins != 0 || r.Elsewhere != 4 || r.Trial.Refused != 0 || r.Use.Workspaces != 0 || r.Exit != cli.Clean {
		t.Errorf("%+v", r)
	}
	if _, out, _ := run("", sample, "--directory", "d-1"); !strings.Contains(out, "0 logins; 4 logins to other directories") {
		t.Error(out)
	}
}

// What cannot be read is told, and takes nothing else away.
func TestFailures(t *testing.T) {
	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	r := report(t, lines[0]+"{\"\x1b\n"+strings.ReplaceAll(lines[1], "ws-9", "ws-")[:100]+"\n"+strings.Replace(lines[2], "ws-b2c3d4e5f", "ws-\\u001b", 1), "-")
	if r.Logins != 2 || r.Failed != 2 || len(r.Failures) != 2 || len(r.Faulty) != 1 || r.Faulty[0].Path != "detail.workspaceId" || r.Exit != cli.Unanswered {
		t.Errorf("%+v", r)
	}
	if _, out, _ := run(lines[0]+"{\"\x1b\n", "-"); strings.Contains(out, "\x1b") || !strings.Contains(out, "Could not be read: 1") {
		t.Errorf("%q", out)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(text)
	_ = z.Close()
	if r := report(t, zipped.String(), "-"); r.Logins != 4 || r.Exit != cli.Clean {
		t.Errorf("%+v", r)
	}
	if r := report(t, "", "-"); r.Logins != 0 || r.First != nil || r.Exit != cli.Clean {
		t.Errorf("%+v", r)
	}
}

// EventBridge delivers an event at least once, and exports overlap: what comes again counts once.
func TestRepeated(t *testing.T) {
	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--deny", "osx", "--workspaces", "testdata/describe-workspaces.json"}
	once := report(t, "", append(args, sample)...)
	twice := report(t, string(text)+string(text), append(args, sample, "-")...)
	if twice.Repeated != 8 || once.Repeated != 0 {
		t.Errorf("%d and %d repeated", once.Repeated, twice.Repeated)
	}
	twice.Repeated = 0
	if a, b := fmt.Sprintf("%+v", asJSON(t, once)), fmt.Sprintf("%+v", asJSON(t, twice)); a != b {
		t.Errorf("%s\nwant %s", b, a)
	}
	if _, out, _ := run(string(text), "-", sample, "--details"); !strings.Contains(out, "4 logins, ") || !strings.Contains(out, "4 events came more than once") || strings.Count(out, " from 198.51.100.7 ") != 1 {
		t.Error(out)
	}
	other := strings.ReplaceAll(string(text), "ws-9v8m1kqzr", "ws-9v8m1kqzs") // with the same ids
	if r := report(t, other, "-", sample); r.Logins != 6 || r.Repeated != 2 {
		t.Errorf("%+v", r)
	}
}

func asJSON(t *testing.T, r Report) string {
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A file that cannot be opened is told, and takes nothing of the others away. Without any other it ends the run.
func TestMissingFile(t *testing.T) {
	for _, args := range [][]string{{sample, "testdata/none"}, {"testdata/none", sample}, {sample, "testdata"}} {
		if r := report(t, "", args...); r.Logins != 4 || r.Failed != 1 || r.Exit != cli.Unanswered || !strings.Contains(r.Failures[0], "testdata") {
			t.Errorf("%q: %+v", args, r)
		}
	}
	if r := report(t, "", sample, "testdata/none", "--deny", "osx"); r.Exit != cli.Broken || r.Trial.Refused != 1 {
		t.Errorf("%+v", r)
	}
	zipped := filepath.Join(t.TempDir(), "cut.gz") // what cannot be read on is told as well
	if err := os.WriteFile(zipped, []byte("\x1f\x8b"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := report(t, "", zipped, sample); r.Logins != 4 || r.Failed != 1 || r.Exit != cli.Unanswered {
		t.Errorf("%+v", r)
	}
	for _, args := range [][]string{{"testdata/none"}, {"testdata/none", "testdata"}} {
		if status, out, errs := run("", args...); status != cli.Unanswered || out != "" || strings.Count(errs, "\n") != len(args) {
			t.Errorf("%q: status %d, %s%s", args, status, out, errs)
		}
	}
}

// A list whose members are spelled in another case is not what the AWS CLI prints: it is refused, and not read
// in part.
func TestCaseOfMembers(t *testing.T) {
	dir := t.TempDir()
	for name, file := range map[string]string{"--workspaces": "describe-workspaces.json", "--ip-groups": "describe-ip-groups.json"} {
		text, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, members := range [][2]string{{"Workspaces", "workspaces"}, {"Result", "result"}, {"WorkspaceId", "WORKSPACEID"}, {"groupId", "GroupId"}} {
			changed := strings.ReplaceAll(string(text), `"`+members[0]+`"`, `"`+members[1]+`"`)
			if changed == string(text) {
				continue
			}
			path := filepath.Join(dir, file)
			if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
				t.Fatal(err)
			}
			if status, out, errs := run("", sample, name, path); status != cli.Unanswered || out != "" || !strings.Contains(errs, path) {
				t.Errorf("%s %q: status %d, %s%s", name, members, status, out, errs)
			}
		}
	}
}

func TestArguments(t *testing.T) {
	for want, args := range map[string][]string{
		"requires at least 1":              {},
		"no such file":                     {"testdata/none"},
		"is a folder":                      {"testdata"},
		"--deny: \"tablet\"":               {sample, "--deny", "tablet"},
		"both name DeviceTypeOsx":          {sample, "--deny", "osx", "--trust", "osx"},
		"is no version":                    {sample, "--minimum", "windows=new"},
		"--minimum: \"tablet\"":            {sample, "--minimum", "tablet=5"},
		"--allow":                          {sample, "--allow", "office"},
		"one of those in --ip-groups":      {sample, "--ip-group", "wsipg-0123456789"},
		"has no group wsipg-1":             {sample, "--ip-groups", "testdata/describe-ip-groups.json", "--ip-group", "wsipg-1"},
		"has no groups":                    {sample, "--ip-groups", "testdata/describe-workspaces.json"},
		"has no WorkSpaces":                {sample, "--workspaces", "testdata/describe-ip-groups.json"},
		"invalid character":                {sample, "--workspaces", "main.go"},
		"--workspaces: is empty":           {sample, "--workspaces", ""},
		"--ip-groups: is empty":            {sample, "--ip-groups", ""},
		"--auto-stop":                      {sample, "--auto-stop", "90m"},
		"--session":                        {sample, "--session", "-1h"},
		"is not between the first edition": {sample, "--edition", "2017-01-01"},
		"none of the others can be":        {sample, "--json", "--details"},
	} {
		if status, _, errs := run("", args...); status != cli.Unanswered || !strings.Contains(errs, want) {
			t.Errorf("%q: status %d, %s, want %q", args, status, errs, want)
		}
	}
}

// Every device type that events have can be named.
func TestDevices(t *testing.T) {
	for name, d := range devices {
		for _, text := range []string{name, strings.ToUpper(name), string(d)} {
			if got, err := device("deny", text); got != d || err != nil {
				t.Errorf("%s: %s %v", text, got, err)
			}
		}
	}
	types := map[string]bool{} // several documents have them
	for _, p := range monitor.Parameters() {
		if p.Name == "device type" {
			types[p.Value] = true
		}
	}
	if len(types) != len(devices) {
		t.Errorf("%d names for %d device types", len(devices), len(types))
	}
}

// A setting is refused before a login is read, and with two versions for a type.
func TestBadMinimum(t *testing.T) {
	for _, args := range [][]string{{"--minimum", "windows=new"}, {"--minimum", "windows=1,WINDOWS=2"}, {"--minimum", "windows=1,DeviceTypeWindows=2"}} {
		if status, out, errs := run("", append(args, "-")...); status != cli.Unanswered || out != "" || !strings.HasPrefix(errs, "logins: --minimum") {
			t.Errorf("%q: status %d, %s%s", args, status, out, errs)
		}
	}
	if status, _, errs := run("", "--minimum", "windows=1,WINDOWS=1", "-"); status != cli.Clean {
		t.Errorf("status %d, %s", status, errs)
	}
}

// Long values are cut in the text, and an IPv4 address in IPv6 is no other address.
func TestLongValues(t *testing.T) {
	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	one, _, _ := strings.Cut(string(text), "\n")
	long := strings.NewReplacer("5.27.0.5533", strings.Repeat("9", 1<<20), "ws-9v8m1kqzr", "ws-"+strings.Repeat("a", 1<<20), "192.0.2.7", "::ffff:192.0.2.7").Replace(one)
	status, out, errs := run(one+"\n"+long, "-", "--details", "--allow", "192.0.2.0/24")
	if status != cli.Clean || errs != "" || !strings.Contains(out, "from 1 address") {
		t.Errorf("status %d, %.2000s%s", status, out, errs)
	}
	for line := range strings.Lines(out) {
		if len(line) > 1000 {
			t.Errorf("%d bytes in a line: %.300s", len(line), line)
		}
	}
}
