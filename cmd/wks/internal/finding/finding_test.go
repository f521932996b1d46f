package finding_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

var day = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)

func workspace(id string) finding.Occurrence {
	return finding.Occurrence{
		Resource: finding.Resource{Kind: "WorkSpace", ID: id, User: "user of " + id, Computer: "PC-" + id}, Region: "eu-west-1",
		File: "describe-workspaces.json", Path: "Workspaces[0].State", Detail: "it is over.",
	}
}

func ended(level rule.Level) finding.Finding {
	return finding.Finding{Code: "bundles.operating-system-ended", Level: level, Title: "A life is over.", Remedy: "Choose another.", Help: "https://example.com/", Cite: rule.Citation{Document: "guide", Section: "Bundles"}}
}

// What differs in resource and place alone is one finding, which counts resources and keeps places.
func TestMerge(t *testing.T) {
	var r finding.Report
	for i := range 22 {
		r.Add(ended(rule.Should), workspace(fmt.Sprintf("ws-%02d", i)))
		r.Add(ended(rule.Should), workspace(fmt.Sprintf("ws-%02d", i)))
	}
	r.Add(ended(rule.Must), workspace("ws-00"))
	r.Conclude(finding.FailMust, []rule.Document{{Key: "guide", Title: "Guide"}, {Key: "other"}})
	if len(r.Findings) != 2 || r.Findings[0].Level != rule.Must || r.Findings[1].Count != 22 || len(r.Findings[1].Occurrences) != 44 || r.Summary.Should != 44 || len(r.Documents) != 1 {
		t.Fatalf("%+v", r.Summary)
	}
	if got, want := r.Findings[1].Line(), "22 WorkSpaces in eu-west-1: it is over: ws-00 (user of ws-00), ws-01 (user of ws-01), ws-02 (user of ws-02), and 19 more"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := r.Findings[0].Line(), "WorkSpace ws-00 (user of ws-00) in eu-west-1: it is over"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	other := workspace("ws-30")
	other.Detail, other.Region = "it is long over", "us-east-1"
	r.Add(ended(rule.Must), other)
	if f := r.Findings[0]; f.Where() != " in eu-west-1, us-east-1" || f.What() != "A life is over" || len(f.Details()) != 2 {
		t.Errorf("%s", f.Line())
	}
}

func ask(r *finding.Report, by rule.Cause, decides bool) {
	r.Ask(finding.Question{By: by, Reason: "why", Decides: decides}, "", finding.Occurrence{})
}

// Verdict and exit status follow from levels and questions.
func TestExit(t *testing.T) {
	for _, tt := range []struct {
		must, should, open, decides bool
		verdict                     rule.Verdict
		exits                       [4]int // for must, should, open and none
	}{
		{false, false, false, false, rule.Allowed, [4]int{0, 0, 0, 0}},
		{true, false, false, false, rule.Denied, [4]int{1, 1, 1, 0}},
		{false, true, false, false, rule.Allowed, [4]int{0, 1, 1, 0}},
		{false, false, true, false, rule.Undocumented, [4]int{0, 0, 2, 0}},
		{false, false, true, true, rule.Undocumented, [4]int{2, 2, 2, 0}},
		{false, true, true, true, rule.Undocumented, [4]int{2, 1, 1, 0}},
		{true, true, true, true, rule.Denied, [4]int{1, 1, 1, 0}},
	} {
		for i, level := range []finding.Threshold{finding.FailMust, finding.FailShould, finding.FailOpen, finding.FailNone} {
			var r finding.Report
			if tt.must {
				r.Add(ended(rule.Must), workspace("ws-1"))
			}
			if tt.should {
				r.Add(ended(rule.Should), workspace("ws-1"))
			}
			if tt.open {
				ask(&r, rule.ByInput, tt.decides)
			}
			r.Conclude(level, nil)
			if r.Summary.Exit != tt.exits[i] || r.Summary.Verdict != tt.verdict {
				t.Errorf("%+v at %s: %s, status %d", tt, level, r.Summary.Verdict, r.Summary.Exit)
			}
		}
	}
	var level finding.Threshold
	if level.Set("May") == nil || level.Set("should") != nil || level != finding.FailShould {
		t.Errorf("%s", level)
	}
}

// The two words are told apart and counted apart.
func TestWords(t *testing.T) {
	var r finding.Report
	ask(&r, rule.ByInput, false)
	ask(&r, rule.ByInput, false)
	ask(&r, rule.ByDocuments, false)
	ask(&r, rule.ByContradiction, true)
	r.Ask(finding.Question{By: rule.ByInput, Reason: "why", Unusable: true}, "", finding.Occurrence{})
	r.Ask(finding.Question{By: rule.ByInput, Reason: "no file", Unasked: true}, "aws a", finding.Occurrence{Region: "eu-west-1"})
	r.Ask(finding.Question{By: rule.ByInput, Reason: "no file", Unasked: true}, "aws b", finding.Occurrence{Region: "us-east-1"})
	r.Conclude(finding.FailMust, nil)
	s := r.Summary
	if s.NotGiven != 5 || s.Undocumented != 2 || s.Unusable != 1 || s.Unasked != 2 || len(r.Open) != 5 {
		t.Fatalf("%+v", s)
	}
	var words, kinds []string
	for _, q := range r.Open {
		words, kinds = append(words, q.Word), append(kinds, q.Kind())
	}
	if got := strings.Join(words, "; "); got != "undocumented; not given; not given; undocumented; not given" {
		t.Error(got)
	}
	if got := strings.Join(kinds, "; "); got != "the documents disagree; not given; cannot be used; undocumented; not given" {
		t.Error(got)
	}
	if q := r.Open[4]; q.Fetch() != "aws a  # and 1 more like it" || q.Line() != "no file (eu-west-1, us-east-1)" {
		t.Errorf("%s: %s", q.Line(), q.Fetch())
	}
}

func accepting(t *testing.T, entries string) *finding.Baseline {
	t.Helper()
	file := filepath.Join(t.TempDir(), "baseline.json")
	if err := os.WriteFile(file, []byte(`{"accepted": [`+entries+`]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	b, err := finding.ReadBaseline(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func entry(subject, until string) string {
	return fmt.Sprintf(`{"code": "bundles.operating-system-ended", "subject": %q, "reason": "it is replaced in May", "until": %q}`, subject, until)
}

// What a baseline accepts is no finding any more, and what it accepts in vain is told.
func TestBaseline(t *testing.T) {
	var r finding.Report
	r.Use(accepting(t, entry("ws-1", "2026-09-10")+","+entry("ws-2", "2026-09-09")+","+entry("ws-9", "2027-01-01")+","+entry("ws-1", "2026-01-01")), day)
	for _, id := range []string{"ws-1", "ws-2", "ws-3"} {
		if accepted := r.Add(ended(rule.Must), workspace(id)); accepted != (id == "ws-1") {
			t.Errorf("%s: accepted %t", id, accepted)
		}
	}
	r.Conclude(finding.FailMust, nil)
	if len(r.Findings) != 1 || r.Findings[0].Count != 2 || len(r.Accepted) != 1 || r.Summary.Accepted != 1 || r.Summary.Must != 2 || r.Accepted[0].Occurrences[0].Reason != "it is replaced in May" {
		t.Errorf("%+v", r.Summary)
	}
	if len(r.Gone) != 2 || r.Gone[0].Subject != "ws-2" || !r.Gone[0].Expired || r.Gone[1].Subject != "ws-9" || r.Gone[1].Expired {
		t.Errorf("%+v", r.Gone)
	}
	if s := r.Summary.Line; !strings.Contains(s, "baseline: 1 accepted, 2 gone") {
		t.Error(s)
	}
}

// A baseline that was written accepts what it was written from, for 90 days.
func TestWriteBaseline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		build := func(b *finding.Baseline, at time.Time) *finding.Report {
			var r finding.Report
			if b != nil {
				r.Use(b, at)
			}
			for _, id := range []string{"ws-1", "ws-2", ""} {
				o := workspace(id)
				o.Resource.Part = map[string]string{"ws-2": "a rule"}[id]
				r.Add(ended(rule.Must), o)
			}
			r.Conclude(finding.FailMust, nil)
			return &r
		}
		b := build(nil, day).Baseline(day)
		days := rapid.IntRange(0, 200).Draw(t, "days")
		r := build(b, day.AddDate(0, 0, days))
		if want := days <= 90; (r.Summary.Exit == 0) != want || (len(r.Gone) == 0) != want {
			t.Fatalf("after %d days: status %d, %+v", days, r.Summary.Exit, r.Gone)
		}
		if again := r.Baseline(day.AddDate(0, 0, days)); days <= 90 && fmt.Sprint(again) != fmt.Sprint(b) {
			t.Fatalf("%v became %v", b, again)
		}
	})
}

// What cannot be used of a baseline is told, accepts nothing, and leaves the other entries.
func TestBadBaseline(t *testing.T) {
	sound := entry("ws-1", "2026-12-31")
	for text, want := range map[string]string{
		``:                     `: is empty`,
		`{`:                    `: ends in the middle`,
		`[]`:                   `: is no object but of the type array`,
		`{"accepted": [],}`:    `: is no baseline that can be used: `,
		`{}`:                   `: has no member "accepted"`,
		`{"accepted": []}x`:    `: has more than one document`,
		`{"accepted": 7}`:      `accepted: is no list but of the type number`,
		`{"accept": []}`:       `unknown field "accept"`,
		`{"accepted": [7, S]}`: `accepted[0]: is not an object`,
		`{"accepted": [S, {"code": "a.b", "subject": "s", "reason": "", "until": "2026-01-01"}]}`:                   `accepted[1].reason: is empty`,
		`{"accepted": [S, {"code": "a.b", "subject": "", "reason": "r", "until": "2026-01-01"}]}`:                   `accepted[1].subject: is empty`,
		`{"accepted": [S, {"code": "a.b", "subject": ["s"], "reason": "r", "until": "2026-01-01"}]}`:                `accepted[1].subject: is of the wrong type: [s]`,
		`{"accepted": [{"subject": "s", "reason": "r", "until": "2026-01-01"}, S]}`:                                 `accepted[0].code: is empty`,
		`{"accepted": [{"code": "a.b", "subject": "s", "reason": "r", "until": "tomorrow"}, S]}`:                    `accepted[0].until: "tomorrow"`,
		`{"accepted": [{"code": "A", "subject": "s", "reason": "r", "until": "2026-01-01"}, S]}`:                    `accepted[0].code: rule: malformed code "A"`,
		`{"accepted": [{"code": "", "subject": "s", "reason": "r", "until": "2026-01-01"}, S]}`:                     `accepted[0].code: is empty`,
		`{"accepted": [{"code": 7, "subject": "s", "reason": "r", "until": "2026-01-01"}, S]}`:                      `accepted[0].code: is of the wrong type: 7`,
		`{"accepted": [{"code": "a.b", "subject": "s", "reason": "r", "until": "2026-01-01", "expired": "no"}, S]}`: `accepted[0].expired: is of the wrong type`,
		`{"accepted": [null, S]}`: `accepted[0]: is not an object`,
		`{"accepted": [{"codes": "a.b", "subject": "s", "reason": "r", "until": "2026-01-01"}, S]}`: `accepted[0].codes: is no member`,
	} {
		file := filepath.Join(t.TempDir(), "baseline.json")
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "S", sound)), 0o666); err != nil {
			t.Fatal(err)
		}
		b, err := finding.ReadBaseline(file)
		if err != nil {
			t.Fatal(err)
		}
		var r finding.Report
		r.Use(b, day)
		accepted := r.Add(ended(rule.Must), workspace("ws-1"))
		r.Conclude(finding.FailNone, nil)
		if len(r.Open) != 1 || !r.Open[0].Unusable || !r.Open[0].Decides || r.Open[0].Occurrences[0].File != file || !strings.Contains(r.Open[0].Occurrences[0].Path+": "+r.Open[0].Reason, want) || accepted != strings.Contains(text, "S") {
			t.Errorf("%s: accepted %t, %+v, want %q", text, accepted, r.Open, want)
		}
	}
	for _, name := range []string{filepath.Join(t.TempDir(), "none.json"), t.TempDir()} {
		if b, err := finding.ReadBaseline(name); err == nil || b != nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is read: %v", name, err)
		}
	}
}

// An accepted finding is a suppressed result of SARIF and a case of JUnit that passed.
func TestAcceptedInFormats(t *testing.T) {
	var r finding.Report
	r.Use(accepting(t, entry("ws-1", "2026-12-31")), day)
	r.Add(ended(rule.Must), workspace("ws-1"))
	r.Conclude(finding.FailMust, nil)
	var sarif, junit, github bytes.Buffer
	for _, err := range []error{r.WriteSARIF(&sarif, "export"), r.WriteJUnit(&junit, "preflight"), r.WriteGitHub(&github, "export")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(sarif.String(), `"justification": "it is replaced in May (until 2026-12-31)"`) {
		t.Error(sarif.String())
	}
	if !strings.Contains(junit.String(), `failures="0"`) || !strings.Contains(junit.String(), "(accepted)") || github.Len() > 0 {
		t.Error(junit.String(), github.String())
	}
}

// The first screen is no wider than the terminal, but for what must not be broken.
func TestScreenFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(60, 200).Draw(t, "width")
		os.Setenv("COLUMNS", fmt.Sprint(width))
		defer os.Unsetenv("COLUMNS")
		var r finding.Report
		for i := range rapid.IntRange(0, 5).Draw(t, "findings") {
			o := workspace(fmt.Sprintf("ws-%d", i))
			o.Detail = strings.Join(rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,12}`), 1, 40).Draw(t, "words"), " ")
			r.Add(ended(rule.Should), o)
		}
		ask(&r, rule.ByDocuments, false)
		r.Conclude(finding.FailMust, nil)
		var b bytes.Buffer
		p := terminal.New(&b, false)
		r.WriteScreen(p)
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if len(line)-1 > width {
				t.Fatalf("%d characters at width %d: %q", len(line)-1, width, line)
			}
		}
	})
}

// The first screen names the Region of a finding where there are several, and the code everywhere.
func TestScreenNamesRegions(t *testing.T) {
	screen := func(regions ...string) string {
		var r finding.Report
		for i, region := range regions {
			r.Add(finding.Finding{Code: rule.Code(fmt.Sprintf("bundles.code-%d", i)), Level: rule.Must, Title: "It is over.", Remedy: "Choose another."},
				finding.Occurrence{Resource: finding.Resource{Kind: "WorkSpace", ID: "ws-1"}, Region: region, Detail: `"ws-1": is over`})
		}
		r.Conclude(finding.FailMust, nil)
		var out bytes.Buffer
		p := terminal.New(&out, false)
		r.WriteScreen(p)
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if out := screen("eu-west-1", "eu-west-1"); !strings.Contains(out, "WorkSpace ws-1: is over\n") || strings.Count(out, "eu-west-1") != 1 || !strings.Contains(out, "Choose another. (bundles.code-1)\n") {
		t.Error(out)
	}
	if out := screen("eu-west-1", "us-east-1"); !strings.Contains(out, "WorkSpace ws-1 in us-east-1: is over\n") || !strings.Contains(out, "in 2 Regions") {
		t.Error(out)
	}
}
