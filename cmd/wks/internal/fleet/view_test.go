package fleet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// longest returns the longest line of a text.
func longest(text string) (line string) {
	for l := range strings.Lines(text) {
		if l = strings.TrimSuffix(l, "\n"); utf8.RuneCountInString(l) > utf8.RuneCountInString(line) {
			line = l
		}
	}
	return line
}

// A bar takes up what an earlier run has done.
func TestBarsGoOn(t *testing.T) {
	plan := &migrate.Plan{Waves: [][]migrate.Migration{{{WorkspaceID: "ws-1"}, {WorkspaceID: "ws-2"}, {WorkspaceID: "ws-3"}, {WorkspaceID: "ws-4"}}}}
	rep := &runner.Report{Results: []runner.Result{
		{WorkspaceID: "ws-1", Outcome: runner.Succeeded}, {WorkspaceID: "ws-2", Outcome: runner.Failed}, {WorkspaceID: "ws-3", Outcome: runner.Following},
		{WorkspaceID: "ws-4", Outcome: runner.NotAsked}, {WorkspaceID: "ws-5", Outcome: runner.Succeeded},
	}}
	var b bytes.Buffer
	bars := newBars(&b, false, plan).resume(rep)
	for _, e := range []runner.Event{
		{Kind: runner.Ended, WorkspaceID: "ws-3", Status: migrate.StatusSucceeded}, {Kind: runner.Ended, WorkspaceID: "ws-5", Status: migrate.StatusSucceeded},
		{Kind: runner.Skipped, WorkspaceID: "ws-4"},
	} {
		bars.event(e)
	}
	if got := b.String(); !strings.Contains(got, "[##x-") || !strings.Contains(got, " 2 of  4 migrated, 1 failed, 1 skipped") {
		t.Errorf("%q", got)
	}
}

// Status tells how far a fleet is, how long the rest takes, and what is stuck and why.
func TestWriteStatus(t *testing.T) {
	t.Setenv("COLUMNS", "100")
	now := sampleTime
	st := &durable.Status{
		Name: "fleet", Account: "111122223333", Region: "eu-west-1", Phase: durable.Running, AsOf: now, Waves: 4, Begun: 2, Left: 90 * time.Minute,
		Report: &runner.Report{Results: []runner.Result{
			{Outcome: runner.Succeeded}, {Outcome: runner.Succeeded}, {Outcome: runner.Failed}, {Outcome: runner.Following}, {Outcome: runner.NotAsked}, {Outcome: runner.NotAsked},
		}},
		Stuck: []durable.Flight{
			{WorkspaceID: "ws-1", TargetID: "ws-new", Since: now.Add(-2 * time.Hour), Last: runner.Accepted},
			{WorkspaceID: "ws-2", Since: now.Add(-61 * time.Minute), Last: runner.Unknown, Detail: "EOF"},
			{WorkspaceID: "ws-3", Since: now.Add(-90 * time.Minute), Last: runner.Requested},
			{WorkspaceID: "ws-4", Since: now.Add(-time.Minute), Last: runner.Accepted},
		},
	}
	var b bytes.Buffer
	if err := writeStatus(&b, st); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{"[####################....................] 2 of 6 migrated, 1 failed, 1 in flight; wave 2 of 4", "about 1h30m at", "ws-1 for 2h0m: ", "ws-new", "ws-2 for 1h1m: ", "EOF", "ws-3 for 1h30m: "} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	if strings.Contains(got, "ws-4") {
		t.Errorf("what has no hour yet is stuck: %s", got)
	}
}

// On a terminal each event rewrites the line of its wave, which ends when the wave is over; elsewhere a line is written
// then. What failed, was skipped or is of another plan is told apart. A time is shown where a line of up to 9999 waves has
// room for it.
func TestBars(t *testing.T) {
	at := time.Date(2026, 9, 9, 20, 1, 2, 0, time.FixedZone("", 7200))
	events := []runner.Event{
		{Kind: runner.Requested, WorkspaceID: "ws-1"},
		{Kind: runner.Ended, WorkspaceID: "ws-1", Status: migrate.StatusSucceeded},
		{Kind: runner.Refused, WorkspaceID: "ws-2"},
		{Kind: runner.Ended, WorkspaceID: "ws-3", Status: migrate.StatusLost},
		{Kind: runner.Ended, WorkspaceID: "ws-9", Status: migrate.StatusSucceeded},
		{Kind: runner.Skipped, WorkspaceID: "ws-4"},
		{Kind: runner.Ended, WorkspaceID: "ws-5", Status: migrate.StatusSucceeded},
	}
	wave := func(n int, ids ...string) (list []migrate.Migration) {
		for _, id := range append(ids, make([]string, n-len(ids))...) {
			list = append(list, migrate.Migration{WorkspaceID: id})
		}
		return list
	}
	plan := &migrate.Plan{Waves: [][]migrate.Migration{wave(4, "ws-1", "ws-2", "ws-3", "ws-4"), wave(25, "ws-5")}}
	bar := func(s string) string { return "[" + s + strings.Repeat(" ", 25-len(s)) + "]" }
	drawn := func(s string) string {
		open, _, _ := strings.Cut(s, "]")
		_, open, _ = strings.Cut(open, "[")
		return "[" + open + "]"
	}
	for columns, timed := range map[int]bool{99: false, 100: true} {
		t.Setenv("COLUMNS", fmt.Sprint(columns))
		for terminal, want := range map[bool][]string{
			false: {bar("#xx-")},
			true:  {bar("#..."), bar("#x.."), bar("#xx."), bar("#xx-"), bar("#" + strings.Repeat(".", 24))},
		} {
			var b bytes.Buffer
			bars := newBars(&b, terminal, plan)
			for _, e := range events {
				e.Time = at
				bars.event(e)
			}
			text := b.String()
			parts := []string{text}
			if terminal {
				parts = strings.Split(text, "\r")[1:]
			}
			if len(parts) != len(want) || strings.Count(text, "\n") != 1 || !terminal && strings.Contains(text, "\r") {
				t.Fatalf("%d columns, terminal %t: %q", columns, terminal, text)
			}
			for i, part := range parts {
				if drawn(part) != want[i] || strings.HasPrefix(part, "2026-09-09 18:01 wave ") != timed || strings.HasSuffix(part, "\n") != (want[i] == bar("#xx-")) {
					t.Errorf("%d columns, terminal %t: %q, want %s", columns, terminal, part, want[i])
				}
			}
			// Which wave of how many, and of its WorkSpaces how many have been migrated, have failed and were skipped.
			last := parts[slices.Index(want, bar("#xx-"))]
			_, sums, _ := strings.Cut(last, "wave")
			if got := numbers(sums); !slices.Equal(got, []int{1, 2, 1, 4, 2, 1}) {
				t.Errorf("%d columns, terminal %t: %v", columns, terminal, got)
			}
		}
	}
	t.Setenv("COLUMNS", "200")
	var b bytes.Buffer
	large := &migrate.Plan{Waves: make([][]migrate.Migration, 9999)}
	large.Waves[9998] = wave(25, "ws-1")
	bars := newBars(&b, true, large)
	bars.failed[9998], bars.skipped[9998] = 9, 10
	bars.event(runner.Event{Time: at, Kind: runner.Ended, WorkspaceID: "ws-1", Status: migrate.StatusLost})
	if n := utf8.RuneCountInString(strings.TrimPrefix(b.String(), "\r")); n != widestBar {
		t.Errorf("%q has %d characters, and %d are said to be the most", b.String(), n, widestBar)
	}
}

// The bar of a status has 40 characters, less where the terminal is narrow, and at least 10. Of them as many are filled as
// WorkSpaces have come to an end, in part.
func TestStatusBar(t *testing.T) {
	for _, tt := range []struct{ done, failed, open int }{{0, 0, 0}, {0, 0, 8}, {4, 2, 2}, {8, 0, 0}, {0, 1, 0}} {
		st := &durable.Status{Report: &runner.Report{}}
		for outcome, n := range map[runner.Outcome]int{runner.Succeeded: tt.done, runner.Failed: tt.failed, runner.NotAsked: tt.open} {
			for range n {
				st.Report.Results = append(st.Report.Results, runner.Result{Outcome: outcome})
			}
		}
		for _, columns := range []int{40, 80, 90, 100, 200} {
			t.Setenv("COLUMNS", fmt.Sprint(columns))
			var b bytes.Buffer
			if err := writeStatus(&b, st); err != nil {
				t.Fatal(err)
			}
			_, line, _ := strings.Cut(b.String(), "[")
			inside, sums, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "] ")
			width := max(10, min(40, columns-len(sums)-len("[] ")))
			filled := 0
			if total := len(st.Report.Results); total > 0 {
				filled = width * (tt.done + tt.failed) / total
			}
			if want := strings.Repeat("#", filled) + strings.Repeat(".", width-filled); inside != want {
				t.Errorf("%+v, %d columns: %q, want %q", tt, columns, inside, want)
			}
			if strings.Count(b.String(), "\n") != 2 {
				t.Errorf("%+v: more than there is to say: %s", tt, b.String())
			}
		}
	}
	st := &durable.Status{Report: &runner.Report{}, Error: "code \x1b[2J one"}
	var b bytes.Buffer
	if err := writeStatus(&b, st); err != nil || !strings.Contains(b.String(), rule.Printable(st.Error)) {
		t.Errorf("%q, %v", b.String(), err)
	}
	if writeStatus(noRoom{}, st) == nil {
		t.Error("nobody hears of a full disk")
	}
}

// A migration is stuck when it is in flight for longer than the documented hour. What is told of it depends on what was
// heard last, and names the target or the detail where there is one.
func TestWhatIsStuck(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	for _, tt := range []struct {
		age   time.Duration
		shown string
	}{{time.Hour, ""}, {time.Hour + 1, "1h0m"}, {90 * time.Minute, "1h30m"}, {26*time.Hour + 40*time.Second, "26h1m"}} {
		st := &durable.Status{AsOf: sampleTime, Report: &runner.Report{}, Stuck: []durable.Flight{{WorkspaceID: "ws-000000001", Since: sampleTime.Add(-tt.age), Last: runner.Requested}}}
		var b bytes.Buffer
		if err := writeStatus(&b, st); err != nil || strings.Contains(b.String(), "\n  stuck: ws-000000001 for "+tt.shown+": ") != (tt.shown != "") || tt.shown == "" && strings.Contains(b.String(), "ws-000000001") {
			t.Errorf("%v: %s, %v", tt.age, b.String(), err)
		}
	}
	seen := map[string]bool{}
	for f, names := range map[durable.Flight]string{
		{Last: runner.Requested}:                          "",
		{Last: runner.Unknown, Detail: "EOF"}:             "EOF",
		{Last: runner.Found}:                              "",
		{Last: runner.Found, TargetID: "ws-000000009"}:    "ws-000000009",
		{Last: runner.Accepted, TargetID: "ws-000000009"}: "ws-000000009",
	} {
		text := why(f)
		if seen[text] || !strings.Contains(text, names) {
			t.Errorf("%+v: %s", f, text)
		}
		seen[text] = true
	}
	for d, want := range map[time.Duration]string{1: "1m", 0: "1m", 29 * time.Second: "1m", 90 * time.Second: "2m", 10 * time.Minute: "10m", 40*time.Hour + 10*time.Minute: "40h10m"} {
		if got := minutes(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}
