package leaktest

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

const variable = "LEAKTEST_LEAVES"

func TestMain(m *testing.M) { Main(m) }

// TestChild is what TestMain looks at, in processes of their own.
func TestChild(t *testing.T) {
	switch os.Getenv(variable) {
	case "forever":
		go leave()
	case "briefly":
		go time.Sleep(20 * time.Millisecond)
	case "":
		t.Skip("is run by TestLeak")
	}
}

func leave() { select {} }

func TestLeak(t *testing.T) {
	for leaves, want := range map[string]string{"forever": "leaktest.leave", "briefly": "", "nothing": ""} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
		cmd.Env = append(os.Environ(), variable+"="+leaves, "GORACE=atexit_sleep_ms=0") // the race detector waits a second at each end
		out, err := cmd.CombinedOutput()
		if failed := err != nil; failed != (want != "") || !bytes.Contains(out, []byte(want)) {
			t.Errorf("%s: %v\n%s", leaves, err, out)
		}
	}
}

func TestLeft(t *testing.T) {
	before := map[string]bool{}
	for _, g := range goroutines() {
		before[g.id] = true
	}
	stop := make(chan bool)
	go func() { <-stop }()
	if stacks := left(before, 0); len(stacks) != 1 || !strings.Contains(stacks[0], "TestLeft") {
		t.Errorf("%q", stacks)
	}
	close(stop)
	if stacks := left(before, grace); len(stacks) != 0 {
		t.Errorf("%q", stacks)
	}
}
