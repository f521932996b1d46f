package monitor

import (
	"bytes"
	"fmt"
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

// A reader keeps no more than 65,536 addresses, and none that is malformed.
func TestAddressesAreBounded(t *testing.T) {
	var kept addresses
	for range 2 {
		if a, err := kept.of([]byte("192.0.2.1")); err != nil || a.String() != "192.0.2.1" || len(kept) != 1 {
			t.Errorf("%s, %v, %d are kept", a, err, len(kept))
		}
		if a, err := kept.of([]byte("192.0.2.x")); err == nil || a.IsValid() || len(kept) != 1 {
			t.Errorf("%s, %v, %d are kept", a, err, len(kept))
		}
	}
	for i := range 1<<16 + 100 {
		if _, err := kept.of(fmt.Appendf(nil, "2001:db8::%x:%x", i>>16, i&0xffff)); err != nil {
			t.Fatal(err)
		}
	}
	if len(kept) != 1<<16 {
		t.Errorf("%d addresses are kept", len(kept))
	}
}

// The two halves of a key are drawn with different seeds, for else they were one.
func TestKeysOfRepeats(t *testing.T) {
	var r Repeats
	r.Again(&Login{ID: "a"})
	for key := range r.now {
		if key[0] == key[1] || key[0] == 0 || key[1] == 0 {
			t.Errorf("%x", key)
		}
	}
	if len(r.now) != 1 || r.before != nil {
		t.Errorf("%d and %d keys of one event", len(r.now), len(r.before))
	}
}
