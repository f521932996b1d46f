package monitor_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/monitor"
)

// An event that is delivered again is told, whatever comes between, and no other event is taken for it.
func TestRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r monitor.Repeats
		seen := map[string]bool{}
		for range rapid.IntRange(0, 60).Draw(t, "events") {
			l := monitor.Login{
				ID: fmt.Sprint(rapid.IntRange(1, 6).Draw(t, "id")), Workspace: fmt.Sprint("ws-", rapid.IntRange(0, 1).Draw(t, "workspace")),
				Time: time.Unix(int64(rapid.IntRange(0, 1).Draw(t, "time")), 0),
			}
			key := fmt.Sprint(l.ID, " ", l.Workspace, " ", l.Time.Unix())
			if got := r.Again(&l); got != seen[key] {
				t.Fatalf("%s: %t, want %t", key, got, seen[key])
			}
			seen[key] = true
		}
	})
	var r monitor.Repeats
	for range 2 {
		if r.Again(&monitor.Login{Workspace: "ws-1"}) || r.Again(nil) {
			t.Error("an event without an id came before")
		}
	}
}

// What is remembered is bounded, and at least as much as the comment says.
func TestRepeatsForget(t *testing.T) {
	const least = 1 << 18
	var r monitor.Repeats
	again := func(i int) bool { return r.Again(&monitor.Login{ID: fmt.Sprint(i)}) }
	for i := range 3 * least {
		if again(i) {
			t.Fatalf("event %d came before", i)
		}
	}
	for _, i := range []int{3*least - 1, 2*least + 1, 2 * least} {
		if !again(i) {
			t.Errorf("event %d is forgotten after %d", i, 3*least-i)
		}
	}
	if again(0) {
		t.Error("the first of all events is remembered: memory grows with the logins")
	}
}
