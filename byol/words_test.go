package byol

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What a requirement wants in words has the bounds that its check has.
func TestWordsHaveTheBounds(t *testing.T) {
	seen := 0
	for _, e := range snapshots.Editions() {
		s, err := snapshots.At(e)
		if err != nil {
			continue // ahead of the newest edition
		}
		for code, a := range s.asks {
			for _, n := range []int64{a.min, a.max, a.orLeast} {
				if n > 1 {
					seen++
					if n%GB == 0 {
						n /= GB
					}
					if words := strings.FieldsFunc(a.want, func(r rune) bool { return r < '0' || r > '9' }); !slices.Contains(words, fmt.Sprint(n)) {
						t.Errorf("%s on %s: %d is not in %q", code, e, n, a.want)
					}
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no requirement has a bound")
	}
}
