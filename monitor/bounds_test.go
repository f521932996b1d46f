package monitor

import (
	"strings"
	"testing"
)

// A row of a table is read up to a bound, however many there are, and though a quote in it never ends.
func TestRowsAreBounded(t *testing.T) {
	before := mostRow
	t.Cleanup(func() { mostRow = before })
	mostRow = 8000
	row := func(n int) string { return `0,"` + strings.Repeat("x", n-5) + "\"\n" }
	for name, tt := range map[string]struct {
		rows string
		want bool
	}{
		"many": {strings.Repeat(row(1000), 100), true}, "the longest": {row(8000) + row(8000) + row(8000), true}, "too long": {row(8001), false},
		"endless": {row(100_000), false}, "without a quote": {strings.Repeat("x", 100_000), false}, "an open quote": {`0,"` + strings.Repeat("x\n", 50_000), false},
	} {
		var err error
		for _, err = range Newest().ReadLogins(strings.NewReader("timestamp,message\n"+tt.rows), Lenient).All() {
			if err != nil {
				break
			}
		}
		if (err == nil) != tt.want || err != nil && !strings.Contains(err.Error(), "8000") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
