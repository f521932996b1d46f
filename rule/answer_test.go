package rule_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
)

var (
	causes  = []rule.Cause{rule.ByInput, rule.ByDocuments, rule.ByContradiction}
	answers = rapid.Custom(func(t *rapid.T) rule.Answer {
		a := rule.Answer{Violations: rapid.SliceOfN(violations, 0, 3).Draw(t, "violations")}
		for range rapid.IntRange(0, 3).Draw(t, "open") {
			at, reason := paths.Draw(t, "at"), rapid.String().Draw(t, "reason")
			switch rapid.SampledFrom(causes).Draw(t, "by") {
			case rule.ByInput:
				a.NotGiven(at, reason)
			case rule.ByDocuments:
				a.NotDocumented(at, reason)
			default:
				v := violations.Draw(t, "contradiction")
				a.Contradicted(at, reason, v.Cite, rule.Citation{Document: "other"})
			}
		}
		return a.Concluded()
	})
)

// The verdict is what the documentation of the field says, whatever the order.
func TestVerdictFollows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := answers.Draw(t, "answer")
		must := slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return v.Level == rule.Must })
		want := rule.Allowed
		if must {
			want = rule.Denied
		} else if len(a.Open) > 0 {
			want = rule.Undocumented
		}
		if a.Verdict != want || a.Or(rule.Denied) != want.Or(rule.Denied) || (a.Err() == nil) == must {
			t.Fatalf("%s of %v, %v; error %v", a.Verdict, a.Violations, a.Open, a.Err())
		}
	})
	if (rule.Answer{}).Verdict != rule.Undocumented || (rule.Answer{}).Concluded().Verdict != rule.Allowed {
		t.Error("the zero answer is not undocumented, or concluded not allowed")
	}
}

// A merged answer is as strict as both, and its parts are where they were put.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := answers.Draw(t, "a"), answers.Draw(t, "b"), answers.Draw(t, "c")
		p := rule.Path("Workspaces").Index(rapid.IntRange(0, 20).Draw(t, "i"))
		both := a
		both.Merge(p, b)
		if got, want := both.Concluded().Verdict, a.Verdict.And(b.Verdict); got != want {
			t.Fatalf("%s merged with %s is %s", a.Verdict, b.Verdict, got)
		}
		var empty rule.Answer
		empty.Merge(p, b)
		if got := empty.At(p); got.Verdict != b.Verdict || len(got.Violations) != len(b.Violations) || len(got.Open) != len(b.Open) {
			t.Fatalf("at %s: %+v, want what %+v has", p, got, b)
		}
		if got := empty.At("Elsewhere"); got.Verdict != rule.Allowed || len(got.Violations)+len(got.Open) > 0 {
			t.Fatalf("elsewhere: %+v", got)
		}
		one, other := a, b
		one.Merge("", b)
		one.Merge("", c)
		other.Merge("", c)
		nested := a
		nested.Merge("", other)
		if !slices.Equal(one.Violations, nested.Violations) || !slices.Equal(one.Open, nested.Open) {
			t.Fatal("Merge is not associative")
		}
		n := 0
		for _, by := range causes {
			n += len(a.OpenBy(by))
		}
		if n != len(a.Open) {
			t.Fatalf("%d of %d open questions have a cause", n, len(a.Open))
		}
	})
}

func TestAnswerJSON(t *testing.T) {
	var a rule.Answer
	a.NotGiven("Region", "it is not given")
	a.Contradicted("", "two say different things", rule.Citation{Document: "a"}, rule.Citation{Document: "b"})
	a.Violations = rule.Violations{{Code: "x.y", Level: rule.Should, Detail: "d", Remedy: "Mend it."}}
	text, err := json.Marshal(a.Concluded())
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"verdict":"undocumented","violations":[{"code":"x.y","path":"","detail":"d","level":"should","cite":{"document":"","section":"","date":""},"remedy":"Mend it."}],` +
		`"open":[{"path":"Region","reason":"it is not given","by":"input"},` +
		`{"path":"","reason":"two say different things","by":"contradiction","cites":[{"document":"a","section":"","date":""},{"document":"b","section":"","date":""}]}]}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	var back rule.Answer
	if err := json.Unmarshal(text, &back); err != nil || back.Verdict != rule.Undocumented || !slices.Equal(back.Violations, a.Violations) || !slices.Equal(back.Open, a.Open) {
		t.Errorf("read back: %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`"nobody"`), new(rule.Cause)); err == nil {
		t.Error("a cause that is none is read")
	}
	if got := a.Open[0].String() + "|" + a.Open[1].String(); got != "Region: it is not given|two say different things" {
		t.Error(got)
	}
}

func TestBelow(t *testing.T) {
	err := rule.Below("Workspaces[3]", &rule.InputError{Path: "UserName", Value: "x", Reason: "is wrong"})
	if got := err.Error(); got != `Workspaces[3].UserName: "x" is wrong` {
		t.Error(got)
	}
	other := errors.New("other")
	if got := rule.Below("x", other); got != other {
		t.Error(got)
	}
}

// Text of the caller cannot reach a terminal as anything but text, and is not repeated in full.
func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "s")
		p := rule.Printable(s)
		if !utf8.ValidString(p) || strings.ContainsFunc(p, unicode.IsControl) {
			t.Fatalf("%q: %q", s, p)
		}
		if again := rule.Printable(p); again != p {
			t.Fatalf("%q is printable, and becomes %q", p, again)
		}
		if s != "" && p == "" {
			t.Fatalf("%q is lost", s)
		}
	})
	for s, want := range map[string]string{
		"plain, ö and 漢字 �": "plain, ö and 漢字 �",
		"\x1b[31mred\n":     `\x1b[31mred\n`,
		"a\xffb":            `a\xffb`,
		"zero\u200bwidth":   `zero\u200bwidth`,
		"right\u202eleft":   `right\u202eleft`,
	} {
		if got := rule.Printable(s); got != want {
			t.Errorf("Printable(%q) = %s, want %s", s, got, want)
		}
	}
	for s, want := range map[string]string{
		strings.Repeat("x", 200):   strings.Repeat("x", 200),
		strings.Repeat("ö", 200):   strings.Repeat("ö", 200),
		strings.Repeat("ö", 201):   strings.Repeat("ö", 200) + "… (2 bytes more)",
		strings.Repeat("x", 1<<20): strings.Repeat("x", 200) + "… (1048376 bytes more)",
	} {
		if got := rule.Shorten(s); got != want {
			t.Errorf("Shorten of %d bytes: %q", len(s), got)
		}
	}
	// A word of a reason is cut once. A path is whole up to 1,000 characters.
	cut := strings.Repeat("x", 200) + "… (1048376 bytes more)"
	for reason, want := range map[string]string{
		"whether " + strings.Repeat("x", 1<<20) + " is Linux":                              "whether " + cut + " is Linux",
		"whether " + rule.Shorten(strings.Repeat("x", 1<<20)) + " is Linux":                "whether " + cut + " is Linux",
		fmt.Sprintf("whether %q is Linux", rule.Shorten(strings.Repeat("x", 1<<20))):       fmt.Sprintf("whether %q is Linux", cut),
		"whether \"" + strings.Repeat("x", 200) + "…\" (1048376 bytes more) is " + "Linux": "whether \"" + strings.Repeat("x", 200) + "…\" (1048376 bytes more) is Linux",
	} {
		var open rule.Answer
		open.NotDocumented("p", reason)
		if got := open.Open[0].Reason; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, text := range []string{
		rule.Violation{Path: rule.Path(strings.Repeat("x", 1000))}.Error(), (&rule.InputError{Path: rule.Path(strings.Repeat("x", 1000))}).Error(), rule.Open{Path: rule.Path(strings.Repeat("x", 1000))}.String(),
	} {
		if !strings.HasPrefix(text, strings.Repeat("x", 1000)+": ") {
			t.Errorf("the path is cut: %q", text)
		}
	}
	long := &rule.InputError{Path: "p", Value: strings.Repeat("x", 1<<20), Reason: "is long"}
	if n := len(long.Error()); n > 300 {
		t.Errorf("an error of %d bytes", n)
	}
}

// Whatever a reason, a path or a text that cannot be read repeats of the input, people are shown it
// cut, and as nothing but text.
func TestNothingIsPassedOn(t *testing.T) {
	hostile := "\x1b[31m\n\u202e" + strings.Repeat("x", 1<<20)
	var a rule.Answer
	a.NotGiven("", hostile)
	a.NotDocumented("", hostile)
	a.Contradicted("", hostile, rule.Citation{}, rule.Citation{})
	var texts []string
	for _, o := range a.Open {
		texts = append(texts, o.Reason)
	}
	errs := []error{
		&rule.InputError{Path: rule.Path(hostile), Value: hostile, Reason: hostile},
		new(rule.Edition).UnmarshalText([]byte(hostile)), new(rule.Path).UnmarshalText([]byte(hostile)), new(rule.Code).UnmarshalText([]byte(hostile)),
		new(rule.Level).UnmarshalText([]byte(hostile)), new(rule.Cause).UnmarshalText([]byte(hostile)), new(rule.Verdict).UnmarshalText([]byte(hostile)),
		new(rule.Violation).UnmarshalText([]byte(hostile)),
	}
	for _, err := range errs {
		texts = append(texts, err.Error())
	}
	a.Open[0].Path = rule.Path(hostile)
	texts = append(texts, a.Open[0].String(), rule.Violation{Path: rule.Path(hostile)}.Error())
	for i, s := range texts {
		if len(s) > 3000 || strings.ContainsFunc(s, unicode.IsControl) || strings.Contains(s, "\u202e") {
			t.Errorf("text %d has %d bytes: %.100q", i, len(s), s)
		}
	}
}

func TestHelp(t *testing.T) {
	if got := rule.Code("bundles.volume-pair-not-in-group").Help(); !strings.HasSuffix(got, "/docs/rules/bundles.md#bundlesvolume-pair-not-in-group") {
		t.Error(got)
	}
}

func TestCatalogue(t *testing.T) {
	d := rule.MustParseEdition
	r := rule.Rule{Revisions: []rule.Revision{
		{Level: rule.Should, Span: rule.Span{Since: d("2020-01-01"), Until: d("2021-01-01")}},
		{Level: rule.Must, Span: rule.Span{Since: d("2022-01-01")}},
	}}
	for date, want := range map[string]rule.Level{"2019-12-31": "", "2020-01-01": rule.Should, "2020-12-31": rule.Should, "2021-01-01": "", "2030-01-01": rule.Must} {
		if v, ok := r.At(d(date)); v.Level != want || ok != (want != "") {
			t.Errorf("on %s: %+v, %t", date, v, ok)
		}
	}
	list := []rule.Parameter{
		{Name: "n", Value: "1", Span: rule.Span{Since: d("2020-01-01")}}, {Name: "n", Value: "2", Span: rule.Span{Since: d("2021-01-01")}},
		{Name: "m", Value: "3", Span: rule.Span{Since: d("2020-01-01")}},
	}
	if got := rule.Values(list, d("2021-06-01"), "n"); !slices.Equal(got, []string{"1", "2"}) {
		t.Error(got)
	}
	if got := rule.Values(list, d("2019-06-01"), "n"); got != nil {
		t.Error(got)
	}
}
