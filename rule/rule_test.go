package rule_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/rule"
)

var (
	verdicts = []rule.Verdict{rule.Undocumented, rule.Allowed, rule.Denied}
	dates    = rapid.Map(gen.Date(time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)), rule.MustParseEdition)
	codes    = rapid.Map(rapid.StringMatching(`[a-z][a-z0-9]{0,5}(\.[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,3}){1,2}`), func(s string) rule.Code { return rule.Code(s) })
	paths    = rapid.Custom(func(t *rapid.T) rule.Path {
		var p rule.Path
		for range rapid.IntRange(0, 4).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "index") {
				p = p.Index(rapid.IntRange(0, 30).Draw(t, "i"))
			} else {
				p = p.Join(rule.Path(rapid.SampledFrom([]string{"Tags", "Key", "VolumeEncryptionKey", "MFACode"}).Draw(t, "field")))
			}
		}
		return p
	})
	violations = rapid.Custom(func(t *rapid.T) rule.Violation {
		return rule.Violation{
			Code:   codes.Draw(t, "code"),
			Path:   paths.Draw(t, "path"),
			Detail: rapid.String().Draw(t, "detail"),
			Level:  rapid.SampledFrom([]rule.Level{rule.Must, rule.Should}).Draw(t, "level"),
			Cite:   rule.Citation{Document: rapid.String().Draw(t, "document"), Section: rapid.String().Draw(t, "section"), Date: dates.Draw(t, "date")},
		}
	})
)

func TestVocabularyIsSmall(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			text, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			lines += strings.Count(string(text), "\n")
		}
	}
	if lines == 0 || lines > 600 {
		t.Errorf("%d lines, want at most 600", lines)
	}
}

func TestVerdictLattice(t *testing.T) {
	for _, a := range verdicts {
		if a.And(a) != a || a.And(rule.Allowed) != a || a.And(rule.Denied) != rule.Denied {
			t.Errorf("%s: And is not idempotent, or its identity or zero is wrong", a)
		}
		if a.Or(a) != a || a.Or(rule.Undocumented) != a || rule.Undocumented.Or(a) != a {
			t.Errorf("%s: Or is not idempotent, or its identity is wrong", a)
		}
		for _, b := range verdicts {
			if a.And(b) != b.And(a) {
				t.Errorf("%s, %s: And does not commute", a, b)
			}
			if a != rule.Undocumented && a.Or(b) != a {
				t.Errorf("%s, %s: Or replaced what the documents say", a, b)
			}
			for _, c := range verdicts {
				if a.And(b).And(c) != a.And(b.And(c)) || a.Or(b).Or(c) != a.Or(b.Or(c)) {
					t.Errorf("%s, %s, %s: not associative", a, b, c)
				}
			}
		}
	}
	if rule.Allowed.And(rule.Undocumented) != rule.Undocumented {
		t.Error("allowed and undocumented is not undocumented")
	}
	var zero rule.Verdict
	if zero != rule.Undocumented {
		t.Error("the zero verdict is not Undocumented")
	}
}

func TestPathsCompose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := paths.Draw(t, "a"), paths.Draw(t, "b"), paths.Draw(t, "c")
		if a.Join(b).Join(c) != a.Join(b.Join(c)) {
			t.Fatalf("%q, %q, %q: not associative", a, b, c)
		}
		if a.Join("") != a || rule.Path("").Join(a) != a {
			t.Fatalf("%q: the empty path is not the identity", a)
		}
		if !a.Covers(a.Join(b)) {
			t.Fatalf("%q does not cover %q", a, a.Join(b))
		}
		if a.Covers(c) && c.Covers(a) && a != c {
			t.Fatalf("%q and %q cover each other", a, c)
		}
	})
	for _, tt := range []struct {
		p, q rule.Path
		want bool
	}{
		{"Tags[1]", "Tags[1].Key", true},
		{"Tags[1]", "Tags[10]", false},
		{"Tag", "Tags[1]", false},
		{"Tags", "Tags[1]", true},
		{"Tags[1].Key", "Tags[1]", false},
		{"", "Tags", true},
	} {
		if got := tt.p.Covers(tt.q); got != tt.want {
			t.Errorf("%q covers %q: %t", tt.p, tt.q, got)
		}
	}
	if got, want := rule.Path("Workspaces").Index(3).Join("VolumeEncryptionKey"), rule.Path("Workspaces[3].VolumeEncryptionKey"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAdjacentSpansPartition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cuts := rapid.SliceOfNDistinct(dates, 1, 6, rapid.ID[rule.Edition]).Draw(t, "cuts")
		for i := range cuts { // insertion sort by Compare, the order under test
			for j := i; j > 0 && cuts[j].Compare(cuts[j-1]) < 0; j-- {
				cuts[j], cuts[j-1] = cuts[j-1], cuts[j]
			}
		}
		spans := make([]rule.Span, len(cuts))
		for i, c := range cuts {
			spans[i].Since = c
			if i+1 < len(cuts) {
				spans[i].Until = cuts[i+1]
			}
		}
		for _, day := range append([]rule.Edition{dates.Draw(t, "day")}, cuts...) {
			in := 0
			for _, s := range spans {
				if s.Contains(day) {
					in++
				}
			}
			if before := day.String() < cuts[0].String(); in != 1 && !before || in != 0 && before {
				t.Fatalf("%s is in %d of the spans from %v", day, in, cuts)
			}
		}
	})
	if (rule.Span{Since: rule.MustParseEdition("2020-01-01")}).Contains(rule.Edition{}) || (rule.Span{}).Contains(rule.Edition{}) {
		t.Error("the zero edition is in a span")
	}
}

func TestEditionWithin(t *testing.T) {
	first, newest := rule.MustParseEdition("2018-02-03"), rule.MustParseEdition("2020-04-29")
	for date, want := range map[string]bool{"": false, "2018-02-02": false, "2018-02-03": true, "2019-12-31": true, "2020-04-29": true, "2020-04-30": false} {
		var e rule.Edition
		if err := e.UnmarshalText([]byte(date)); err != nil {
			t.Fatal(err)
		}
		err := e.Within(first, newest)
		var input *rule.InputError
		if (err == nil) != want || err != nil && (!errors.As(err, &input) || input.Value != date || input.Path != "Edition") {
			t.Errorf("%q: %v", date, err)
		}
	}
	for _, s := range []string{"", "2020", "2020-4-29", "2020-02-30", "2020-04-29T00:00:00Z", " 2020-04-29", "20200429"} {
		if e, err := rule.ParseEdition(s); err == nil {
			t.Errorf("ParseEdition(%q) = %s", s, e)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("MustParseEdition did not panic")
		}
	}()
	rule.MustParseEdition("April 2020")
}

// roundTrip draws values and expects text and JSON to give them back.
func roundTrip[T comparable](t *testing.T, g *rapid.Generator[T]) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		v := g.Draw(t, "value")
		text := []byte(fmt.Sprint(v))
		if m, ok := any(v).(encoding.TextMarshaler); ok {
			var err error
			if text, err = m.MarshalText(); err != nil {
				t.Fatal(err)
			}
		} else if reflect.TypeFor[T]().Kind() != reflect.String {
			t.Fatalf("%T has no text form", v)
		}
		var back T
		if err := any(&back).(encoding.TextUnmarshaler).UnmarshalText(text); err != nil || back != v {
			t.Fatalf("text %q gives %v, %v, want %v", text, back, err, v)
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var again T
		if err := json.Unmarshal(data, &again); err != nil || again != v {
			t.Fatalf("JSON %s gives %v, %v, want %v", data, again, err, v)
		}
	})
}

func TestRoundTrips(t *testing.T) {
	t.Run("Code", func(t *testing.T) { roundTrip(t, codes) })
	t.Run("Path", func(t *testing.T) { roundTrip(t, paths) })
	t.Run("Edition", func(t *testing.T) { roundTrip(t, rapid.OneOf(dates, rapid.Just(rule.Edition{}))) })
	t.Run("Verdict", func(t *testing.T) { roundTrip(t, rapid.SampledFrom(verdicts)) })
	t.Run("Level", func(t *testing.T) { roundTrip(t, rapid.SampledFrom([]rule.Level{rule.Must, rule.Should})) })
	t.Run("Violation", func(t *testing.T) { roundTrip(t, violations) })
}

func TestUnknownWordsAreErrors(t *testing.T) {
	for _, tt := range []struct {
		dst   encoding.TextUnmarshaler
		texts []string
	}{
		{new(rule.Verdict), []string{"", "Allowed", "yes", "undocumented "}},
		{new(rule.Level), []string{"", "MUST", "may", "must\n"}},
		{new(rule.Edition), []string{"newest", "2020-4-1"}},
		{new(rule.Code), []string{"", "network", "Network.a", "network.", "network.a_b", "network.-a", "network.a--b", "network.a\n"}},
		{new(rule.Path), []string{".", "a.", "a..b", "a[", "a[x]", "a[-1]", "a.[1]", " a", "a\n"}},
		{new(rule.Violation), []string{
			``, `{}`, `null`, `{"code":"a.b"}`, `{"level":"must"}`,
			`{"code":"a.b","level":"may"}`, `{"code":"A","level":"must"}`, `{"code":"a.b","level":"must","path":".."}`,
			`{"code":"a.b","level":"must","cite":{"date":"soon"}}`, `{"code":"a.b","level":"must","lvl":1}`,
			`{"code":"a.b","level":"must"}{}`,
		}},
	} {
		for _, text := range tt.texts {
			if err := tt.dst.UnmarshalText([]byte(text)); err == nil {
				t.Errorf("%T accepts %q as %v", tt.dst, text, tt.dst)
			}
		}
	}
	if text, err := rule.Verdict(3).MarshalText(); err == nil || rule.Verdict(3).String() != "" {
		t.Errorf("Verdict(3) is written as %q", text)
	}
	if _, err := json.Marshal(rule.Verdict(3)); err == nil {
		t.Error("Verdict(3) has JSON")
	}
}

func TestViolationsErr(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vs := rule.Violations(rapid.SliceOfN(violations, 0, 5).Draw(t, "violations"))
		must := false
		for _, v := range vs {
			must = must || v.Level == rule.Must
		}
		err := vs.Err()
		if !must {
			if err != nil {
				t.Fatalf("error %#v without a Must", err)
			}
			return
		}
		items := err.(interface{ Unwrap() []error }).Unwrap()
		if len(items) != len(vs) {
			t.Fatalf("%d items of %d", len(items), len(vs))
		}
		for i, v := range vs {
			if items[i] != error(v) || !errors.Is(err, v.Code) || !errors.Is(err, v) || !strings.Contains(err.Error(), v.Error()) {
				t.Fatalf("%v is not reached", v)
			}
		}
		var first rule.Violation
		if !errors.As(err, &first) || first != vs[0] {
			t.Fatalf("errors.As gives %v, want %v", first, vs[0])
		}
		if errors.Is(err, rule.Code("no.such-code")) {
			t.Fatal("errors.Is matches a code that is not there")
		}
	})
}

func TestViolationsAt(t *testing.T) {
	vs := rule.Violations{{Code: "x.a", Path: "Tags[1].Key", Level: rule.Should}, {Code: "x.a", Path: "Tags[10].Key", Level: rule.Must}}
	if at := vs.At("Tags[1]"); len(at) != 1 || at[0] != vs[0] {
		t.Errorf("At(Tags[1]) = %v", at)
	}
	if at := vs.At(""); len(at) != 2 {
		t.Errorf("At of the empty path = %v", at)
	}
}

func FuzzViolationText(f *testing.F) {
	f.Add(`{"code":"a.b","path":"X[1]","detail":"d","level":"must","cite":{"document":"g","section":"s","date":"2020-01-01"}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var v, again rule.Violation
		if v.UnmarshalText([]byte(text)) != nil {
			return
		}
		out, err := v.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if err := again.UnmarshalText(out); err != nil || again != v {
			t.Fatalf("%q gives %v, which reads back as %v, %v", text, v, again, err)
		}
	})
}

func FuzzParseEdition(f *testing.F) {
	f.Add("2020-02-29")
	f.Fuzz(func(t *testing.T, s string) {
		e, err := rule.ParseEdition(s)
		if err == nil && e.String() != s {
			t.Fatalf("%q is read as %q", s, e)
		}
	})
}

func FuzzPathText(f *testing.F) {
	f.Add("Workspaces[3].VolumeEncryptionKey")
	f.Fuzz(func(t *testing.T, s string) {
		var p rule.Path
		if p.UnmarshalText([]byte(s)) != nil {
			return
		}
		if q := p.Join("Tags").Index(0); !p.Covers(q) || q.Covers(p) || new(rule.Path).UnmarshalText([]byte(q)) != nil {
			t.Fatalf("%q is not well below %q", q, p)
		}
	})
}
