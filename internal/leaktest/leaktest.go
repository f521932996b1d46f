// Package leaktest fails the tests of a package when they leave a goroutine behind.
package leaktest

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// grace is how long a goroutine may take to end after the last test.
const grace = 5 * time.Second

// Main runs the tests of a package and exits, for its TestMain. Tests that pass fail if a goroutine
// that was not there before them is there after them, for longer than it takes to end. Goroutines of the runtime,
// of the packages testing and os/signal, and of a run that fuzzes are not looked at.
func Main(m *testing.M) {
	before := map[string]bool{}
	for _, g := range goroutines() {
		before[g.id] = true
	}
	code := m.Run()
	if code == 0 && !fuzzing() {
		if left := left(before, grace); len(left) > 0 {
			fmt.Fprintf(os.Stderr, "FAIL: the tests leave %d goroutines behind\n\n%s\n", len(left), strings.Join(left, "\n\n"))
			code = 1
		}
	}
	os.Exit(code)
}

func fuzzing() bool {
	for _, name := range []string{"test.fuzz", "test.fuzzworker"} {
		if f := flag.Lookup(name); f != nil && f.Value.String() != f.DefValue {
			return true
		}
	}
	return false
}

// left returns the stacks of the goroutines that are not among those before, once there is none or a time is over.
func left(before map[string]bool, wait time.Duration) (stacks []string) {
	for end := time.Now().Add(wait); ; time.Sleep(10 * time.Millisecond) {
		stacks = stacks[:0]
		for _, g := range goroutines() {
			if !before[g.id] && !ours(g.stack) {
				stacks = append(stacks, g.stack)
			}
		}
		if len(stacks) == 0 || time.Now().After(end) {
			return stacks
		}
	}
}

// A goroutine is one by its number, with its stack.
type goroutine struct{ id, stack string }

// goroutines returns all, the caller's first.
func goroutines() (list []goroutine) {
	text := make([]byte, 1<<16)
	for {
		n := runtime.Stack(text, true)
		if n < len(text) {
			text = text[:n]
			break
		}
		text = make([]byte, 2*len(text))
	}
	for stack := range strings.SplitSeq(string(text), "\n\n") {
		if rest, ok := strings.CutPrefix(stack, "goroutine "); ok {
			id, _, _ := strings.Cut(rest, " ")
			list = append(list, goroutine{id, strings.TrimSpace(stack)})
		}
	}
	return list
}

// ours reports whether a goroutine belongs to those that run the tests.
func ours(stack string) bool {
	_, frames, _ := strings.Cut(stack, "\n")
	for _, of := range []string{"runtime.ensureSigM", "os/signal.signal_recv", "os/signal.loop", "testing.runFuzzing", "testing.(*M).startAlarm"} {
		if strings.Contains(frames, of) {
			return true
		}
	}
	return strings.HasPrefix(frames, "github.com/wksgo/wks/internal/leaktest.goroutines(")
}
