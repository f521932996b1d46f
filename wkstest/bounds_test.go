package wkstest_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/wkstest"
)

// An endless reader counts what is read of it.
type endless int

func (e *endless) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte(" "), len(p)))
	*e += endless(len(p))
	return len(p), nil
}

// The documentation of Load and ReadExport: a state of more than 1 GiB, and a file of an export of more than 256 MiB, is an error.
func TestBoundsAreThoseOfTheDocumentation(t *testing.T) {
	const gib, mib = 1024 * 1024 * 1024, 1024 * 1024
	if state, export := wkstest.Bounds(); state != gib || export != 256*mib {
		t.Errorf("%d bytes of a state, %d of an export", state, export)
	}
}

// No more is read of a state and of an export than their bounds; what is as long is read.
func TestBounds(t *testing.T) {
	defer wkstest.SetBounds(1000)()
	var e endless
	if _, err := wkstest.Load(&e); err == nil || e > 2000 {
		t.Errorf("%v after %d bytes", err, e)
	}
	if _, err := wkstest.Load(nil); err == nil {
		t.Error("a state of no reader")
	}
	for n, want := range map[int]bool{1000: true, 1001: false} {
		text := "{}" + strings.Repeat(" ", n-2)
		if _, err := wkstest.Load(io.LimitReader(strings.NewReader(text), int64(n))); (err == nil) != want {
			t.Errorf("a state of %d bytes: %v", n, err)
		}
		export := fstest.MapFS{"eu-west-1/describe-workspaces.json": {Data: []byte(text)}}
		if _, err := wkstest.ReadExport(export); (err == nil) != want {
			t.Errorf("an export of %d bytes: %v", n, err)
		}
	}
}
