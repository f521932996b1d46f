package tables

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

type sizeRow struct {
	name string
	gib  int
	Dated
}

var (
	sizes = Table[sizeRow]{
		Name: "sizes",
		Key:  func(r sizeRow) string { return r.name },
		Lists: func(r sizeRow) []rule.Parameter {
			return []rule.Parameter{{Rules: []rule.Code{"test.small"}, Name: r.name, Value: strings.Repeat("i", r.gib)}}
		},
		Rows: []sizeRow{
			{"a", 1, Since("guide", "Sizes", "2020-01-01", "2021-01-01")},
			{"b", 2, Since("guide", "Sizes", "2020-06-01", "")},
			{"a", 3, Since("guide", "Sizes", "2021-01-01", "")},
		},
	}
	testBook = Book{
		Package:   "test",
		Documents: []rule.Document{{Key: "guide", Title: "Guide"}},
		Rules: []Rule{
			{
				Code: "test.small", Title: "It is small.", Remedy: "Make it larger.",
				Revisions: []rule.Revision{Should("guide", "Small", "2020-01-01", "2022-01-01"), Must("guide", "Small things", "2022-01-01", "")},
				Figures:   []Figure{{"letters", "7"}},
			},
			{Code: "test.old", Title: "It is old.", Remedy: "Renew it.", Revisions: []rule.Revision{Must("guide", "Old", "2020-01-01", "2020-06-01")}},
		},
		Facts: []Facts{sizes},
	}
)

// on is a snapshot for tests: what Table.On and Active tell.
type on struct {
	active *Active
	sizes  []sizeRow
}

func TestSnapshots(t *testing.T) {
	compiled := 0
	snapshots := Compile(&testBook, func(a *Active) *on {
		compiled++
		return &on{a, sizes.On(a.Edition())}
	})
	d := rule.MustParseEdition
	want := []rule.Edition{d("2020-01-01"), d("2020-06-01"), d("2021-01-01"), d("2022-01-01")}
	got := snapshots.Editions()
	if !slices.Equal(got, want) {
		t.Errorf("editions %v, want %v", got, want)
	}
	got[0] = rule.Edition{}
	if snapshots.Editions()[0] != want[0] {
		t.Error("Editions is not a copy")
	}
	for _, tt := range []struct {
		date, sizes string
		old, small  bool
	}{
		{"2020-01-01", "a1", true, true}, {"2020-05-31", "a1", true, true}, {"2020-06-01", "a1 b2", false, true},
		{"2020-12-31", "a1 b2", false, true}, {"2021-01-01", "b2 a3", false, true}, {newest, "b2 a3", false, true},
	} {
		s, err := snapshots.At(d(tt.date))
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, r := range s.sizes {
			words = append(words, r.name+string(rune('0'+r.gib)))
		}
		if strings.Join(words, " ") != tt.sizes || s.active.Has("test.old") != tt.old || s.active.Has("test.small") != tt.small {
			t.Errorf("%s: %v, old %t, small %t", tt.date, words, s.active.Has("test.old"), s.active.Has("test.small"))
		}
	}
	first, _ := snapshots.At(d("2020-01-01"))
	again, _ := snapshots.At(d("2020-03-01"))
	last, _ := snapshots.At(Newest())
	if first != again || last != snapshots.Newest() || compiled != 4 {
		t.Errorf("compiled %d times for 4 editions", compiled)
	}
	for _, e := range []rule.Edition{{}, d("2019-12-31"), d("2099-01-01")} {
		var input *rule.InputError
		if s, err := snapshots.At(e); s != nil || !errors.As(err, &input) || input.Path != "Edition" {
			t.Errorf("At(%s) = %v, %v", e, s, err)
		}
	}
	if snapshots.Unknown() == nil {
		t.Error("zero Rules are no error")
	}
}

func TestBreak(t *testing.T) {
	active := testBook.on(rule.MustParseEdition("2021-01-01"))
	var a rule.Answer
	active.Break(&a, "test.small", "Size", "%s is %d", "x\x1b"+strings.Repeat("y", 300), 7)
	active.BreakBy(&a, rule.Citation{Document: "other"}, "test.small", "Size", "small")
	active.Break(&a, "test.old", "Age", "%d years", 9)
	if len(a.Violations) != 2 || len(a.Open) != 1 {
		t.Fatalf("%+v", a)
	}
	v, w, o := a.Violations[0], a.Violations[1], a.Open[0]
	if v.Code != "test.small" || v.Path != "Size" || v.Level != rule.Should || v.Remedy != "Make it larger." || v.Cite.Section != "Small" || v.Cite != active.Cite("test.small") {
		t.Errorf("%+v", v)
	}
	if strings.Contains(v.Detail, "\x1b") || len(v.Detail) > 260 || !strings.HasSuffix(v.Detail, " is 7") {
		t.Errorf("%q", v.Detail)
	}
	if w.Cite.Document != "other" {
		t.Errorf("%+v", w)
	}
	if o.By != rule.ByDocuments || o.Path != "Age" || !strings.HasSuffix(o.Reason, "9 years") {
		t.Errorf("%+v", o)
	}
	if active.Cite("test.old") != (rule.Citation{}) {
		t.Error("a rule that is not in force has a citation")
	}
}

func TestListings(t *testing.T) {
	catalogue := testBook.Catalogue()
	if len(catalogue) != 2 || catalogue[0].Code != "test.small" || catalogue[0].Remedy != "Make it larger." || len(catalogue[0].Revisions) != 2 {
		t.Errorf("%+v", catalogue)
	}
	catalogue[0].Revisions[0].Level = "x"
	if testBook.Rules[0].Revisions[0].Level != rule.Should {
		t.Error("Catalogue is not a copy")
	}
	var lines []string
	for _, p := range testBook.Parameters() {
		lines = append(lines, strings.Join([]string{p.Name, p.Value, p.Span.Since.String(), p.Span.Until.String(), p.Cite.Section}, " "))
	}
	want := []string{"a i 2020-01-01 2021-01-01 Sizes", "b ii 2020-06-01  Sizes", "a iii 2021-01-01  Sizes", "letters 7 2020-01-01 2022-01-01 Small", "letters 7 2022-01-01  Small things"}
	if !slices.Equal(lines, want) {
		t.Errorf("got  %q\nwant %q", lines, want)
	}
	if r, ok := sizes.One(rule.MustParseEdition("2020-02-01")); !ok || r.gib != 1 {
		t.Error(r, ok)
	}
	if r, ok := sizes.One(rule.MustParseEdition("2019-02-01")); ok {
		t.Error(r)
	}

	bare := Book{Facts: []Facts{Table[Dated]{Name: "bare", Rows: []Dated{Since("guide", "Bare", "2020-01-01", "")}}}}
	if list := bare.Parameters(); len(list) != 1 || list[0].Name != "bare" || list[0].Value != "documented" || list[0].Cite.Section != "Bare" {
		t.Errorf("a table that lists no parameters: %+v", list)
	}
	late := testBook
	late.First = rule.MustParseEdition("2021-06-01")
	var dates, names []string
	for _, e := range late.Editions() {
		dates = append(dates, e.String())
	}
	for _, p := range late.Parameters() {
		names = append(names, p.Name+" "+p.Value)
	}
	if !slices.Equal(dates, []string{"2021-06-01", "2022-01-01"}) || !slices.Equal(names, []string{"b ii", "a iii", "letters 7", "letters 7"}) {
		t.Errorf("from %s: %q, %q", late.First, dates, names)
	}
}
