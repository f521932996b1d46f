package monitor

import (
	"bytes"
	"strconv"
	"testing"
)

// A reader keeps texts of at most 128 bytes, and no more of them than 65,536.
func TestInternIsBounded(t *testing.T) {
	var kept intern
	for _, n := range []int{1, 128, 129, 1 << 16} {
		if b := bytes.Repeat([]byte{'x'}, n); kept.of(b) != string(b) {
			t.Errorf("%d bytes came back as others", n)
		}
	}
	if len(kept) != 2 {
		t.Errorf("%d texts are kept", len(kept))
	}
	for i := range 1<<16 + 100 {
		kept.of(strconv.AppendInt(nil, int64(i), 10))
	}
	if len(kept) != 1<<16 {
		t.Errorf("%d texts are kept", len(kept))
	}
}
