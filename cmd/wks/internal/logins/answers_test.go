package logins

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// An error names the flag that it is about, and stays what it is if it is about none.
func TestFlagged(t *testing.T) {
	for path, want := range map[rule.Path]string{
		"Assumption.Session": `--session: "x" is odd`, "Assumption.Timeout": `--auto-stop: "x" is odd`, "Trial.Minimum": `--minimum: "x" is odd`,
	} {
		if got := flagged(fmt.Errorf("within: %w", &rule.InputError{Path: path, Value: "x", Reason: "is odd"})); got.Error() != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	for _, err := range []error{errors.New("broken"), &rule.InputError{Path: "Region", Reason: "is odd"}} {
		if got := flagged(err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
}

// A list that is not there is an error that names it.
func TestListsThatAreNotThere(t *testing.T) {
	for _, flag := range []string{"--workspaces", "--ip-groups"} {
		if status, out, errs := run("", sample, flag, "testdata/none.json"); status != cli.Unanswered || out != "" || !strings.Contains(errs, "testdata/none.json") || !strings.Contains(errs, "no such file") {
			t.Errorf("%s: status %d, %s%s", flag, status, out, errs)
		}
	}
}

// An error of a trial ends the reading, and one of a source does not.
func TestErrorsOfATrial(t *testing.T) {
	broken := errors.New("broken")
	in := &input{trial: monitor.Trial{Admits: func(client netip.Addr) (rule.Answer, error) {
		if client == netip.MustParseAddr("192.0.2.7") {
			return rule.Answer{Verdict: rule.Allowed}, nil
		}
		return rule.Answer{}, broken
	}}}
	c := newCount(monitor.Newest(), in)
	text := login(1, "ws-00000001", "Windows", "5.1") + "{\n" + from(2, login(2, "ws-00000001", "Windows", "5.1")) + login(3, "ws-00000001", "Windows", "5.1")
	if err := c.read("events", strings.NewReader(text)); !errors.Is(err, broken) || c.logins != 1 || c.failed != 1 || !strings.HasPrefix(c.failures[0], "events: ") {
		t.Errorf("%v, %d logins, %q", err, c.logins, c.failures)
	}
}

// Why logins are not decided: the most frequent reason first, then by the reason.
func TestReasonsThatAreOpen(t *testing.T) {
	const trusted, noVersion = "the event does not tell whether the device had a certificate", `the event has no version of the client that can be compared with 5: "x"`
	linux, windows := login(1, "ws-00000001", "Linux", "5.1"), login(2, "ws-00000001", "Windows", "x")
	for _, tt := range []struct {
		text string
		want []Undone
	}{
		{linux + windows, []Undone{{trusted, 1}, {noVersion, 1}}},
		{linux + windows + login(3, "ws-00000002", "Windows", "x"), []Undone{{noVersion, 2}, {trusted, 1}}},
		{linux + windows + login(3, "ws-00000002", "Linux", "x"), []Undone{{trusted, 2}, {noVersion, 1}}},
	} {
		r := report(t, tt.text, "-", "--trust", "linux", "--minimum", "windows=5")
		if !slices.Equal(r.Trial.Open, tt.want) || r.Exit != cli.Unanswered || r.Trial.Refused != 0 || len(r.Trial.Reasons) != 0 {
			t.Errorf("%+v", r.Trial)
		}
	}
}

// A refusal is that of a WorkSpace and a rule, and tells the last login, in whatever order they come. The first and the last of
// all are told as well.
func TestRefusalsInFull(t *testing.T) {
	dir := t.TempDir()
	list := filepath.Join(dir, "workspaces.json")
	if err := os.WriteFile(list, []byte(`{"Workspaces": [{"WorkspaceId": "ws-00000001", "DirectoryId": "d-906732b9ab", "UserName": "ada"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	text := login(5, "ws-00000001", "Windows", "5.5") + login(9, "ws-00000001", "Windows", "5.9") + login(2, "ws-00000001", "Windows", "5.2") + login(3, "ws-00000002", "Windows", "6.1") + login(4, "ws-00000002", "OSX", "1")
	for _, order := range []string{text, strings.Join(reversed(strings.SplitAfter(text, "\n")), "")} {
		r := report(t, order, "-", "--minimum", "windows=6", "--deny", "windows", "--workspaces", list)
		var got []string
		for _, f := range r.Trial.Reasons {
			got = append(got, fmt.Sprintf("%s %s %d %s %s: %s", f.Workspace, f.User, f.Logins, f.Last.Format(time.TimeOnly), f.Violation.Code, f.Violation.Detail))
		}
		want := []string{
			"ws-00000001 ada 3 08:00:09 monitor.client-too-old: 5.9 is before 6 of DeviceTypeWindows",
			`ws-00000001 ada 3 08:00:09 monitor.device-type-blocked: DeviceTypeWindows would be blocked: "WorkSpaces Desktop client" on "Windows"`,
			`ws-00000002  1 08:00:03 monitor.device-type-blocked: DeviceTypeWindows would be blocked: "WorkSpaces Desktop client" on "Windows"`,
		}
		if !slices.Equal(got, want) || r.Trial.Refused != 4 || r.Trial.Undecided != 0 || r.Exit != cli.Broken {
			t.Errorf("%q, %+v", got, r.Trial)
		}
		if r.First.Format(time.TimeOnly) != "08:00:02" || r.Last.Format(time.TimeOnly) != "08:00:09" || r.Logins != 5 || r.Addresses != 1 {
			t.Errorf("%s to %s, %+v", r.First, r.Last, r)
		}
		if len(r.Use.Unlisted) != 1 || r.Use.Unlisted[0].ID != "ws-00000002" || r.Use.Unlisted[0].Logins != 2 || len(r.Use.Unused) != 0 {
			t.Errorf("%+v", r.Use)
		}
	}
}

func reversed(lines []string) []string {
	slices.Reverse(lines)
	return lines
}

// A source that cannot be opened is told beside the others, and is the error if there is no other.
func TestSeveralSources(t *testing.T) {
	r := report(t, login(1, "ws-00000001", "Windows", "5.1"), "testdata/none", "-", "testdata")
	if r.Logins != 1 || r.Failed != 2 || !strings.Contains(r.Failures[0], "testdata/none") || r.Failures[1] != "testdata: is a folder" || r.Exit != cli.Unanswered {
		t.Errorf("%+v", r)
	}
	status, out, errs := run("", "testdata/none", "testdata")
	if status != cli.Unanswered || out != "" || !strings.Contains(errs, "testdata/none: no such file") || !strings.Contains(errs, "testdata: is a folder") {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
	// each source is counted, and what comes again in another counts once
	dir := t.TempDir()
	var names []string
	for i, text := range []string{login(1, "ws-00000001", "Windows", "5.1") + login(2, "ws-00000001", "Windows", "5.1"), login(2, "ws-00000001", "Windows", "5.1") + strings.ReplaceAll(login(3, "ws-00000001", "Windows", "5.1"), "aws.workspaces", "x")} {
		names = append(names, filepath.Join(dir, fmt.Sprint(i)))
		if err := os.WriteFile(names[i], []byte(text+text[:strings.IndexByte(text, ',')]+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if r := report(t, "", names...); r.Logins != 2 || r.Repeated != 1 || r.Others != 1 || r.Failed != 2 || !strings.HasPrefix(r.Failures[1], names[1]+": ") {
		t.Errorf("%+v", r)
	}
}

// Without --details a list has 20 elements, and says how many more there are.
func TestLengthOfLists(t *testing.T) {
	for n, more := range map[int]string{20: "", 21: "  and 1 more; --details prints them\n"} {
		var text strings.Builder
		for i := range n {
			text.WriteString(login(i, fmt.Sprintf("ws-000000%02d", i), "Windows", "5.1"))
		}
		_, out, _ := run(text.String(), "-", "--deny", "windows")
		if strings.Count(out, ", the last ") != 20 || strings.Count(out, "more; --details") != strings.Count(more, "more") || !strings.Contains(out, more) {
			t.Errorf("%d:\n%s", n, out)
		}
		_, out, _ = run(text.String(), "-", "--deny", "windows", "--details")
		if strings.Count(out, ", the last ") != n || strings.Contains(out, "more; --details") {
			t.Errorf("%d:\n%s", n, out)
		}
	}
}

// The client of a login, in words.
func TestClientsInWords(t *testing.T) {
	for want, c := range map[string][3]string{"an unknown client": {}, "p": {"p", "", ""}, "p on o": {"p", "o", ""}, "p 5": {"p", "", "5"}, "an unknown client on o 5": {"", "o", "5"}, "p on o 5": {"p", "o", "5"}} {
		if got := client(c[0], c[1], c[2]); got != want {
			t.Errorf("%q: %s", c, got)
		}
	}
	if got := desktopName("ws-1", ""); got != "ws-1" {
		t.Error(got)
	}
	if got := desktopName("ws-1", "ada"); got != "ws-1 (ada)" {
		t.Error(got)
	}
}

// An error of what a login is told to ends the reading of all sources, and an assumption that is none that of the report.
func TestErrorsEndTheReading(t *testing.T) {
	broken := errors.New("broken")
	c := newCount(monitor.Newest(), &input{})
	told := 0
	c.each = func(*monitor.Tried) error {
		told++
		return broken
	}
	if err := c.readAll([]string{sample, sample, "testdata/none"}, nil); err != broken || told != 1 || c.failed != 0 {
		t.Errorf("%v after %d logins, %d failures", err, told, c.failed)
	}
	c = newCount(monitor.Newest(), &input{listed: true, assumption: monitor.Assumption{Session: -1}})
	var bad *rule.InputError
	if r, err := c.report(); !errors.As(err, &bad) || bad.Path != "Assumption.Session" || r != nil {
		t.Errorf("%+v, %v", r, err)
	}
}
