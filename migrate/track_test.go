package migrate_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

var attempt = migrate.Attempt{
	Migration: migrate.Migration{WorkspaceID: "ws-0000000s", SourceBundleID: oldBundle, BundleID: newBundle, UserName: "jdoe", DirectoryID: "d-1"},
	TargetID:  "ws-0000000t",
}

// looks reads a story: a look for each word, MINUTES:SOURCE/TARGET, where an end is a letter
// for its state, in upper case with the target's bundle, or - if it is not there, or x for a
// WorkSpace of somebody else.
func looks(t *testing.T, story string) (all []migrate.Observation) {
	t.Helper()
	states := map[string]types.WorkspaceState{
		"a": "AVAILABLE", "s": "STOPPED", "e": "ERROR", "p": "PENDING", "t": "TERMINATING", "d": "TERMINATED", "u": "UNHEALTHY", "g": "STARTING",
	}
	for _, word := range strings.Fields(story) {
		minutes, ends, _ := strings.Cut(word, ":")
		var n int
		if _, err := fmt.Sscan(minutes, &n); err != nil {
			t.Fatal(err)
		}
		o := migrate.Observation{After: time.Duration(n) * time.Minute}
		for i, end := range strings.Split(ends, "/") {
			if end == "-" {
				continue
			}
			w := types.Workspace{WorkspaceId: ptr([]string{attempt.WorkspaceID, attempt.TargetID}[i]), UserName: ptr("jdoe"), DirectoryId: ptr("d-1"), BundleId: ptr(oldBundle)}
			if end == "x" {
				w.UserName, end = ptr("somebody"), "A"
			}
			if end == strings.ToUpper(end) {
				w.BundleId = ptr(newBundle)
			}
			w.State = states[strings.ToLower(end)]
			if w.State == "" {
				t.Fatalf("no state %q", end)
			}
			o.Workspaces = append(o.Workspaces, w)
		}
		all = append(all, o)
	}
	return all
}

func TestClassify(t *testing.T) {
	for _, tt := range []struct {
		story string
		want  migrate.Status
		id    string
	}{
		{"", migrate.StatusPending, ""},
		{"1:a/-", migrate.StatusPending, ""},                  // not yet
		{"1:a/- 5:a/P", migrate.StatusPending, ""},            // PENDING, as a new one is
		{"1:a/P 20:a/A", migrate.StatusPending, ""},           // both are there
		{"1:a/P 20:t/A", migrate.StatusPending, ""},           // the old one is still leaving
		{"1:a/P 20:-/A", migrate.StatusSucceeded, "t"},        // the end that the page describes
		{"1:a/P 20:d/A", migrate.StatusSucceeded, "t"},        // TERMINATED is seen briefly
		{"1:a/P 20:-/S", migrate.StatusSucceeded, "t"},        // AutoStop has stopped it
		{"1:a/P 20:-/P", migrate.StatusPending, ""},           //
		{"1:-/P 70:-/P", migrate.StatusOverdue, ""},           //
		{"1:-/P 70:-/U", migrate.StatusOverdue, ""},           // it is there, and not well
		{"70:a/A", migrate.StatusOverdue, ""},                 // both are there after an hour
		{"1:a/P 70:a/P 80:-/A", migrate.StatusSucceeded, "t"}, // late, and an end
		{"1:p/- 25:A/-", migrate.StatusSucceeded, "s"},        // as the page on Linux has it
		{"1:p/- 25:P/-", migrate.StatusPending, ""},           //
		{"1:a/P 30:a/-", migrate.StatusPending, ""},           // one look without it may be an error
		{"1:a/P 30:a/- 31:a/-", migrate.StatusRolledBack, "s"},
		{"1:a/P 30:a/- 31:a/P 32:a/-", migrate.StatusPending, ""},
		{"1:a/P 30:a/T", migrate.StatusRolledBack, "s"},
		{"1:a/P 30:a/D", migrate.StatusRolledBack, "s"},
		{"1:a/P 30:e/T", migrate.StatusRolledBack, "s"}, // ERROR is a state it may have had
		{"1:a/P 30:g/T", migrate.StatusPending, ""},     // it is not back yet
		{"1:a/- 59:a/-", migrate.StatusPending, ""},
		{"1:a/- 60:a/-", migrate.StatusSilent, "s"}, // the bundle is the same an hour after
		{"1:a/- 60:s/-", migrate.StatusSilent, "s"},
		{"1:a/- 60:g/-", migrate.StatusOverdue, ""}, // something goes on
		{"1:a/x 60:a/x", migrate.StatusSilent, "s"}, // the ID is that of somebody else
		{"1:-/x 60:-/x", migrate.StatusLost, ""},
		{"1:-/- 59:-/-", migrate.StatusPending, ""},
		{"60:-/-", migrate.StatusOverdue, ""}, // one look may be an error
		{"59:a/- 60:-/-", migrate.StatusOverdue, ""},
		{"59:-/- 60:-/-", migrate.StatusLost, ""},
		{"1:a/P 59:-/- 60:-/-", migrate.StatusLost, ""},
	} {
		got, err := migrate.Newest().Classify(attempt, looks(t, tt.story))
		id := strings.TrimPrefix(got.WorkspaceID, "ws-0000000")
		watch := 0
		if !got.Status.Ended() {
			watch = 2
		}
		if err != nil || got.Status != tt.want || id != tt.id || len(got.Watch) != watch {
			t.Errorf("%q: %+v, %v, want %s %s", tt.story, got, err, tt.want, tt.id)
		}
	}
}

// Without the target's ID only the old one tells.
func TestClassifyLostAnswer(t *testing.T) {
	a := attempt
	a.TargetID = ""
	for story, want := range map[string]migrate.Status{
		"1:a/P": migrate.StatusPending, "60:a/P": migrate.StatusSilent, "60:a/-": migrate.StatusSilent, "20:-/A": migrate.StatusPending, "59:-/A 60:-/A": migrate.StatusLost,
	} {
		got, err := migrate.Newest().Classify(a, looks(t, story))
		if err != nil || got.Status != want || !got.Status.Ended() && !slices.Equal(got.Watch, []string{a.WorkspaceID}) {
			t.Errorf("%s: %+v, %v", story, got, err)
		}
	}
}

func TestClassifyEditionsAndInput(t *testing.T) {
	early, err := migrate.At(rule.MustParseEdition("2020-01-10"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := early.Classify(attempt, looks(t, "1:a/- 90:a/-")); err != nil || got.Status != migrate.StatusSilent {
		t.Errorf("over an hour: %+v, %v", got, err)
	}
	var input *rule.InputError
	if _, err := early.Classify(attempt, looks(t, "9:a/- 1:a/-")); !errors.As(err, &input) || input.Path != "Observations[1].After" {
		t.Errorf("looks out of order: %v", err)
	}
}

// An end stays an end, whatever look comes after it, as long as the world does not turn back.
func TestEndsAreFinal(t *testing.T) {
	ends := []string{"a", "s", "e", "p", "t", "u", "-", "A", "P"}
	targets := []string{"P", "A", "S", "T", "D", "-", "x"}
	counts := map[migrate.Status]int{}
	for _, s1 := range ends {
		for _, t1 := range targets {
			for _, s2 := range ends {
				for _, t2 := range targets {
					for _, minutes := range []int{10, 60} {
						got, err := migrate.Newest().Classify(attempt, looks(t, fmt.Sprintf("1:%s/%s %d:%s/%s", s1, t1, minutes, s2, t2)))
						if err != nil {
							t.Fatal(err)
						}
						counts[got.Status]++
						if got.Status == migrate.StatusSilent && minutes < 60 || got.Status == migrate.StatusLost && minutes < 60 || got.Status == migrate.StatusOverdue && minutes < 60 {
							t.Fatalf("%s within the hour", got.Status)
						}
						if got.Status == migrate.StatusSucceeded && s2 != "A" && (s2 != "-" || t2 != "A" && t2 != "S") {
							t.Fatalf("succeeded with %s/%s", s2, t2)
						}
						if (got.Status == migrate.StatusRolledBack || got.Status == migrate.StatusSilent) && !strings.Contains("ase", s2) && s2 != "A" {
							t.Fatalf("%s with %s/%s", got.Status, s2, t2)
						}
					}
				}
			}
		}
	}
	if len(counts) != 6 {
		t.Errorf("statuses %v", counts)
	}
}

// A WorkSpace that had the target's bundle before has not been migrated because it has it.
func TestClassifySameBundle(t *testing.T) {
	same := attempt
	same.SourceBundleID = newBundle
	for story, want := range map[string]migrate.Status{"1:A/-": migrate.StatusPending, "61:A/-": migrate.StatusSilent, "20:-/A": migrate.StatusSucceeded} {
		if got, err := migrate.Newest().Classify(same, looks(t, story)); err != nil || got.Status != want {
			t.Errorf("%s: %v, %v, want %s", story, got, err, want)
		}
	}
}
