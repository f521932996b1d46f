package byol

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestTables(t *testing.T) {
	ruletest.Documents(t, documents)
	ruletest.Rules(t, documents, os.DirFS("."), RuleRows())

	var entries []ruletest.Entry
	for _, s := range statements() {
		entries = append(entries, ruletest.Entry{Key: s.Subject, Span: s.span, Cite: s.Cite})
		if s.Text == "" {
			t.Errorf("%s since %s: no text", s.Subject, s.span.Since)
		}
	}
	ruletest.Entries(t, documents, entries)

	for _, d := range documents {
		cited := slices.ContainsFunc(entries, func(e ruletest.Entry) bool { return e.Cite.Document == d.Key }) ||
			slices.ContainsFunc(errorRows, func(e errorRow) bool { return e.cite.Document == d.Key })
		if !cited {
			t.Errorf("nothing cites %s", d.Key)
		}
	}
	for _, w := range rows {
		if w.max != 0 && w.max < w.min || w.min < 0 {
			t.Errorf("%s since %s: bounds %d to %d", w.Code, w.Span.Since, w.min, w.max)
		}
	}
}

// Level, span, source and figures of every row, to be held against the documents.
func TestRowsGolden(t *testing.T) {
	var b strings.Builder
	for i, s := range statements() {
		what := s.Subject
		if s.Level != "" {
			what += " " + string(s.Level)
		}
		fmt.Fprintf(&b, "%-50s %10s %10s  %s, %q, %s\n    %s", what, s.span.Since, s.span.Until, s.Cite.Document, s.Cite.Section, s.Cite.Date, s.Text)
		if i < len(rows) {
			w := rows[i]
			for _, f := range []struct {
				name string
				n    int64
			}{{"min", w.min}, {"max", w.max}, {"or", w.orLeast}} {
				if f.n != 0 {
					fmt.Fprintf(&b, " [%s %s]", f.name, figure(f.n))
				}
			}
			if w.below {
				b.WriteString(" [exclusive]")
			}
			if w.disputed {
				b.WriteString(" [disputed]")
			}
			if len(w.names) > 0 {
				fmt.Fprintf(&b, " %q", w.names)
			}
		}
		b.WriteByte('\n')
	}
	ruletest.Golden(t, "testdata/rows.txt", []byte(b.String()))
}

func figure(n int64) string {
	if n >= GB {
		return size(n).String()
	}
	return fmt.Sprint(n)
}

func TestEditions(t *testing.T) {
	all := Editions()
	var dates []string
	for _, e := range all {
		dates = append(dates, e.String())
	}
	want := []string{
		"2017-12-31", "2018-02-03", "2019-01-08", "2019-03-25", "2019-10-25", "2019-11-26",
		"2020-01-10", "2020-02-06", "2020-03-31", "2020-04-29", "2020-06-04", "2020-09-03", "2020-10-01", "2020-10-28", "2020-12-23", "2020-12-31",
		"2021-03-29", "2021-04-03", "2021-04-30", "2021-06-05",
		"2022-09-02", "2022-10-25", "2023-04-28", "2023-09-08", "2023-12-01",
		"2024-04-18", "2024-08-06", "2024-09-20", "2024-12-31",
		"2025-08-14", "2025-10-14", "2025-10-21", "2025-11-01", "2026-05-29", "2026-09-10",
	}
	if !slices.Equal(dates, want) {
		t.Errorf("got %q, want %q", dates, want)
	}
	all[0] = rule.Edition{}
	if all = Editions(); all[0] == (rule.Edition{}) {
		t.Error("Editions is not a copy")
	}
	for date, ok := range map[string]bool{"2017-12-30": false, "2017-12-31": true, "2019-10-25": true, "2020-04-29": true, "2026-09-10": true, "2026-09-11": false} {
		e := rule.MustParseEdition(date)
		r, err := At(e)
		if (err == nil) != ok || ok && r.Edition() != e {
			t.Errorf("At(%s): %v, %v", date, r, err)
		}
	}
	if last, err := At(all[len(all)-1]); err != nil || last != Newest() {
		t.Errorf("At(newest) = %v, %v", last, err)
	}
}
