package throttle

import (
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
)

// Every edition has a quota, and it is one that a limiter can keep.
func TestBook(t *testing.T) {
	ruletest.Book(t, &book, nil)
	for _, e := range Editions() {
		q, err := DocumentedAt(e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.interval(); err != nil || !q.Span.Contains(e) {
			t.Errorf("%s: %+v, %v", e, q, err)
		}
	}
}
