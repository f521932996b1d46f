package tables_test

import (
	"slices"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const tooSmall rule.Code = "tables.too-small"

var rows = []rule.Row{
	{Code: tooSmall, Level: rule.Should, Span: tables.During("2019-10-25", "2020-04-29"), Cite: tables.Cite("guide", "Volumes", "2019-10-25")},
	{Code: tooSmall, Level: rule.Must, Span: tables.During("2020-04-29", "2022-09-02"), Cite: tables.Cite("guide", "Volumes", "2020-04-29")},
}

func TestEditions(t *testing.T) {
	ends := tables.Ends(rows, func(r rule.Row) rule.Span { return r.Span })
	got := tables.Editions(ends, tables.Ends(rows[:1], func(rule.Row) rule.Span { return tables.During("2018-02-03", "") }))
	want := []rule.Edition{
		rule.MustParseEdition("2018-02-03"), rule.MustParseEdition("2019-10-25"),
		rule.MustParseEdition("2020-04-29"), rule.MustParseEdition("2022-09-02"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestInForce(t *testing.T) {
	for date, want := range map[string]bool{"2019-10-24": false, "2019-10-25": true, "2020-04-29": true, "2022-09-02": false} {
		if got := tables.InForce(rows, rule.MustParseEdition(date), tooSmall); got != want {
			t.Errorf("%s: %t", date, got)
		}
	}
	if tables.InForce(rows, rule.MustParseEdition("2020-01-01"), "tables.other") {
		t.Error("a code without a row is in force")
	}
}

func TestAppendCited(t *testing.T) {
	by := tables.Cite("whitepaper", "Sizes", "2021-01-01")
	first := tables.AppendCited(nil, rows, rule.MustParseEdition("2020-01-01"), tooSmall, "Size", "70", by)
	both := tables.AppendCited(first, rows, rule.MustParseEdition("2021-01-01"), tooSmall, "Size", "60", rule.Citation{})
	want := rule.Violations{
		{Code: tooSmall, Path: "Size", Detail: "70", Level: rule.Should, Cite: by},
		{Code: tooSmall, Path: "Size", Detail: "60", Level: rule.Must},
	}
	if !slices.Equal(both, want) {
		t.Errorf("got %v, want %v", both, want)
	}
	if none := tables.AppendCited(both, rows, rule.MustParseEdition("2023-01-01"), tooSmall, "Size", "50", by); !slices.Equal(none, want) {
		t.Errorf("a rule that is not in force appends: %v", none)
	}
}

func TestConstant(t *testing.T) {
	rows := []rule.Row{
		{Code: "a.b", Level: rule.Must, Span: tables.During("2020-01-01", "2021-01-01"), Cite: tables.Cite("old", "S", "2020-01-01")},
		{Code: "a.c", Level: rule.Must, Span: tables.During("2020-01-01", ""), Cite: tables.Cite("other", "S", "2020-01-01")},
		{Code: "a.b", Level: rule.Must, Span: tables.During("2021-01-01", ""), Cite: tables.Cite("new", "S", "2021-01-01")},
	}
	list := tables.Constant(rows, "a.b", "tags", "50")
	if len(list) != 2 || list[0].Span != rows[0].Span || list[1].Cite != rows[2].Cite || list[1].Name != "tags" || list[1].Value != "50" || list[1].Rules[0] != "a.b" {
		t.Errorf("got %+v", list)
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
