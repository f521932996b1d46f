package tables_test

import (
	"slices"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

func TestDates(t *testing.T) {
	got := tables.Dates([]rule.Span{tables.During("2020-04-29", "2022-09-02"), tables.During("2019-10-25", "2020-04-29"), tables.During("2018-02-03", "")})
	var dates []string
	for _, e := range got {
		dates = append(dates, e.String())
	}
	if want := []string{"2018-02-03", "2019-10-25", "2020-04-29", "2022-09-02"}; !slices.Equal(dates, want) {
		t.Errorf("got %v, want %v", dates, want)
	}
}

func TestTime(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 h", 24 * time.Hour: "24 h", 36 * time.Hour: "36 h", 48 * time.Hour: "2 days", 720 * time.Hour: "30 days",
		time.Hour: "1 h", 90 * time.Minute: "90 min", 20 * time.Second: "20 s", 90 * time.Second: "90 s", 375 * time.Millisecond: "375 ms",
	} {
		if got := tables.Time(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestDocuments(t *testing.T) {
	a, b, c := rule.Document{Key: "a"}, rule.Document{Key: "b"}, rule.Document{Key: "c"}
	if got := tables.Documents([]rule.Document{b, a}, nil, []rule.Document{a, c, b}); !slices.Equal(got, []rule.Document{b, a, c}) {
		t.Errorf("got %v", got)
	}
}
