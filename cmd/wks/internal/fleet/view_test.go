package fleet

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
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

// No line is longer than the terminal is wide, with the sample and with IDs as long as those of AWS.
func TestWidth(t *testing.T) {
	dir := t.TempDir()
	if err := saveSample(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{workspacesName, subnetsName, targetsName} {
		file := filepath.Join(dir, name)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		for _, letter := range "abcd" {
			text = strings.ReplaceAll(text, fmt.Sprintf(`"subnet-%c"`, letter), fmt.Sprintf(`"subnet-0123456789abcde%c1"`, letter))
		}
		for _, digit := range "1234" {
			text = strings.ReplaceAll(text, fmt.Sprintf(`"key-%c"`, digit), fmt.Sprintf(`"arn:aws:kms:eu-west-1:111122223333:key/%c234abcd-12ab-34cd-56ef-1234567890ab"`, digit))
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, columns := range []int{80, 100, 120, 160} {
		t.Setenv("COLUMNS", fmt.Sprint(columns))
		for _, args := range [][]string{{"plan"}, {"plan", dir}, {"run", "--simulate", "--instant"}} {
			status, out, errs := ask(t, args...)
			if line := longest(out); status != exitRemains || utf8.RuneCountInString(line) > columns || strings.Contains(out, "arn:") {
				t.Errorf("%d columns, %q: status %d %s, %d: %s", columns, args, status, errs, len(line), line)
			}
		}
	}
	t.Setenv("COLUMNS", "160")
	if _, out, _ := ask(t, "plan", dir); !strings.Contains(out, "key/1234abcd…") {
		t.Error("a wide terminal shows no key")
	}
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
