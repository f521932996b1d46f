package finding_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

func screenOf(t *testing.T, r *finding.Report, color bool, write func(p terminal.Printer)) string {
	t.Helper()
	var b bytes.Buffer
	p := terminal.New(&b, color)
	if write == nil {
		write = r.WriteScreen
	}
	write(p)
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// All lines of a finding, and all of a question, start in one column behind its word, which is red for a must and yellow
// for a should and for what is open. What is accepted has no word.
func TestColumns(t *testing.T) {
	t.Setenv("COLUMNS", "60")
	words := strings.TrimSpace(strings.Repeat("word ", 30))
	var r finding.Report
	r.Use(accepting(t, entry("ws-3", "2026-12-31")+","+entry("ws-9", "2026-12-31")), day)
	for id, level := range map[string]rule.Level{"ws-1": rule.Must, "ws-2": rule.Should, "ws-3": rule.Must} {
		f, o := ended(level), workspace(id)
		f.Remedy, o.Detail = words, words
		r.Add(f, o)
	}
	r.Ask(finding.Question{By: rule.ByInput, Reason: words}, "aws list", finding.Occurrence{})
	r.Ask(finding.Question{By: rule.ByDocuments, Reason: words}, "", finding.Occurrence{})
	r.Conclude(finding.FailMust, nil)
	column, section := 0, 0
	for line := range strings.Lines(screenOf(t, &r, false, nil)) {
		text := strings.TrimSuffix(line, "\n")
		indent := len(text) - len(strings.TrimLeft(text, " "))
		switch {
		case text == "":
			section++
		case indent == 0: // a heading
			column = map[int]int{1: 10, 2: 16, 3: 2}[section]
		case strings.HasPrefix(text, "  must ") || strings.HasPrefix(text, "  should ") || strings.HasPrefix(text, "  not given ") || strings.HasPrefix(text, "  undocumented "):
			if text[column-1] != ' ' || text[column] == ' ' {
				t.Errorf("%q does not start in column %d", text, column)
			}
		case indent != column:
			t.Errorf("%q starts in column %d, want %d", text, indent, column)
		}
	}
	if section != 3 {
		t.Errorf("%d sections", section)
	}
	colored := screenOf(t, &r, true, nil)
	for _, word := range []string{"\x1b[31mmust  \x1b[0m", "\x1b[33mshould\x1b[0m", "\x1b[33mnot given   \x1b[0m", "\x1b[33mundocumented\x1b[0m"} {
		if strings.Count(colored, word) != 1 {
			t.Errorf("%q is not there once in %q", word, colored)
		}
	}
}

// A screen has the sections that have something in them.
func TestSections(t *testing.T) {
	var none finding.Report
	none.Conclude(finding.FailMust, nil)
	if got := screenOf(t, &none, false, nil); strings.Count(got, "\n") != 2 {
		t.Errorf("%q", got)
	}
	var r finding.Report
	r.Use(accepting(t, entry("ws-1", "2026-12-31")), day)
	r.Add(ended(rule.Must), workspace("ws-1"))
	r.Conclude(finding.FailMust, []rule.Document{{Key: "no"}, {Key: "guide", Title: "Guide", URL: "https://example.com/"}})
	if got := screenOf(t, &r, false, nil); !strings.HasSuffix(got, "\nAccepted by the baseline\n  WorkSpace ws-1 (user of ws-1) in eu-west-1: it is over (until 2026-12-31: it is replaced in May)\n") {
		t.Errorf("%q", got)
	}
	if got, want := r.Summary.Line, "findings: 0 must, 0 should; baseline: 1 accepted, 0 gone; open: 0 undocumented, 0 not given"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := screenOf(t, &r, false, r.WriteDocuments), "\nDocuments\n  guide  Guide https://example.com/\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	other := ended(rule.Should)
	other.Cite.Document = "a longer key"
	r.Add(other, workspace("ws-2"))
	r.Ask(finding.Question{By: rule.ByDocuments, Reason: "why"}, "", finding.Occurrence{})
	r.Ask(finding.Question{By: rule.ByInput, Reason: "it is no date", Unusable: true}, "", finding.Occurrence{})
	r.Conclude(finding.FailMust, []rule.Document{{Key: "guide", Title: "Guide", URL: "https://example.com/"}, {Key: "a longer key", Title: "Other"}})
	if got, want := screenOf(t, &r, false, r.WriteDocuments), "\nDocuments\n  guide         Guide https://example.com/\n  a longer key  Other\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := r.Summary.Line, "findings: 0 must, 1 should; baseline: 1 accepted, 0 gone; open: 1 undocumented, 1 not given (with 1 values that cannot be used)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := screenOf(t, &none, false, none.WriteDocuments); got != "" {
		t.Errorf("%q", got)
	}
	var asked finding.Report
	ask(&asked, rule.ByDocuments, false)
	if got := asked.OpenHeadline(); got != "Not answered: 1 undocumented" {
		t.Errorf("%q", got)
	}
}

// The headline counts things, by how bad they are and where.
func TestHeadline(t *testing.T) {
	for want, tt := range map[string]struct {
		musts, shoulds int
		regions        []string
	}{
		"1 thing needs action in eu-west-1":                                 {1, 0, []string{"eu-west-1"}},
		"1 thing needs action":                                              {1, 0, []string{""}},
		"1 thing is advised in eu-west-1":                                   {0, 1, []string{"eu-west-1"}},
		"2 things need action in eu-west-1":                                 {2, 0, []string{"eu-west-1"}},
		"2 things are advised in 2 Regions":                                 {0, 2, []string{"eu-west-1", "us-east-1"}},
		"3 things need action in eu-west-1: 1 must be changed, 2 should be": {1, 2, []string{"eu-west-1"}},
		"3 things need action in 3 Regions: 2 must be changed, 1 should be": {2, 1, []string{"eu-west-1", "us-east-1", "us-west-2"}},
		"4 things are advised in 4 Regions":                                 {0, 4, []string{"eu-west-1", "us-east-1", "us-west-2", "eu-west-2"}},
	} {
		var r finding.Report
		for i := range tt.musts + tt.shoulds {
			f, o := ended(rule.Must), workspace("ws-1")
			if i >= tt.musts {
				f.Level = rule.Should
			}
			f.Code = rule.Code(fmt.Sprintf("a.code-%d", i))
			o.Region = tt.regions[i%len(tt.regions)]
			r.Add(f, o)
		}
		r.Conclude(finding.FailMust, nil)
		if got := r.Headline(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A finding names its Regions up to three, resources up to three, and the plural of their kind.
func TestLineOfFinding(t *testing.T) {
	line := func(n int, kind, detail string, regions ...string) string {
		var r finding.Report
		f := ended(rule.Must)
		f.Count, f.Regions, f.Occurrences = 7, []string{"x"}, []finding.Occurrence{{}} // which do not count
		for i := range n {
			id := ""
			if n > 1 || kind == "" {
				id = fmt.Sprintf("r-%d", i)
			}
			o := finding.Occurrence{Resource: finding.Resource{Kind: kind, ID: id}, Detail: detail}
			if len(regions) > 0 {
				o.Region = regions[i%len(regions)]
			}
			r.Add(f, o)
		}
		return r.Findings[0].Line()
	}
	for want, got := range map[string]string{
		"2 directories: is over: r-0, r-1":                        line(2, "directory", "is over."),
		"2 KMS keys: is over: r-0, r-1":                           line(2, "KMS key", "is over"),
		"2 switches: is over: r-0, r-1":                           line(2, "switch", "is over"),
		"4 VPCs: is over: r-0, r-1, r-2, and 1 more":              line(4, "VPC", "is over"),
		"3 VPCs in a, b, c: is over: r-0, r-1, r-2":               line(3, "VPC", "is over", "a", "b", "c"),
		"4 VPCs in 4 Regions: is over: r-0, r-1, r-2, and 1 more": line(4, "VPC", "is over", "a", "b", "c", "d"),
		"way out: is slow":                                        line(1, "way out", "is slow"),
		`way out: "": is slow`:                                    line(1, "way out", `"": is slow`),
		"r-0: is over":                                            line(1, "", `"r-0": is over`),
		"r-0: : is over":                                          line(1, "", ": is over"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	list := []finding.Occurrence{workspace("ws-1"), workspace("ws-1"), workspace("ws-2"), workspace("ws-3")}
	for n, want := range map[int]string{1: "ws-1 (user of ws-1, PC-ws-1), and 2 more", 2: "ws-1 (user of ws-1, PC-ws-1), ws-2 (user of ws-2, PC-ws-2), and 1 more"} {
		if got := finding.Names(list, n); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for text, want := range map[string]string{"": "", ".": "", "a b.": "A b.", "a": "A.", "état": "État."} {
		if got := finding.Sentence(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	cite := rule.Citation{Document: "guide", Section: "Bundles"}
	if got := finding.Cited(cite); got != `guide, "Bundles"` {
		t.Error(got)
	}
	if cite.Date = rule.MustParseEdition("2026-09-10"); finding.Cited(cite) != `guide, "Bundles", 2026-09-10` {
		t.Error(finding.Cited(cite))
	}
}

// A question counts each time it is asked, and has each command, Region and resource once.
func TestLineOfQuestion(t *testing.T) {
	var r finding.Report
	q := finding.Question{By: rule.ByInput, Reason: "why", Count: 7, Regions: []string{"x"}, Commands: []string{"x"}, Occurrences: []finding.Occurrence{{}}}
	for _, command := range []string{"aws a", "aws a", "", "aws b"} {
		r.Ask(q, command, workspace("ws-1"))
	}
	r.Conclude(finding.FailMust, nil)
	is := r.Open[0]
	if is.Count != 4 || len(is.Occurrences) != 4 || is.Fetch() != "aws a  # and 1 more like it" || is.Line() != "why (eu-west-1): ws-1 (user of ws-1)" {
		t.Errorf("%+v", is)
	}
}

// What a baseline has in vain is told with its Region, and why.
func TestEntryInVain(t *testing.T) {
	e := finding.Entry{Code: "a.b", Subject: "ws-1", Region: "eu-west-1", Until: "2026-01-01"}
	if got := e.String(); !strings.HasPrefix(got, "a.b of ws-1 in eu-west-1 no longer occurs") {
		t.Error(got)
	}
	if e.Expired = true; !strings.HasPrefix(e.String(), "a.b of ws-1 in eu-west-1 was accepted until 2026-01-01") {
		t.Error(e.String())
	}
}

// An annotation stands at the first line as well, and a case of JUnit tells each place, and what is accepted why and until when.
func TestPlacesInForms(t *testing.T) {
	var r finding.Report
	r.Use(accepting(t, entry("ws-1", "2026-12-31")), day)
	for _, id := range []string{"ws-1", "ws-2"} {
		o := workspace(id)
		o.Line, o.Column = 1, 1
		r.Add(ended(rule.Must), o)
		o.Path = "Workspaces[1].State"
		r.Add(ended(rule.Must), o)
	}
	r.Conclude(finding.FailMust, nil)
	var github, out bytes.Buffer
	if err := r.WriteGitHub(&github, ""); err != nil || !strings.Contains(github.String(), "file=describe-workspaces.json,line=1,col=1,") {
		t.Errorf("%v: %s", err, &github)
	}
	if err := r.WriteJUnit(&out, "x"); err != nil || !strings.Contains(out.String(), "\n  <testsuite ") || !strings.HasSuffix(out.String(), "\n</testsuites>\n") {
		t.Errorf("%v: %s", err, &out)
	}
	var all junit
	if err := xml.Unmarshal(out.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	places := func(id, accepted string) string {
		const at = "WorkSpace %[1]s (user of %[1]s, PC-%[1]s): it is over. (describe-workspaces.json:1:1: Workspaces[%[2]d].State)%[3]s\n"
		return "it is over\n" + fmt.Sprintf(at, id, 0, accepted) + fmt.Sprintf(at, id, 1, accepted) + "Remedy: Choose another.\n"
	}
	cases := all.Suites[0].Cases
	if got := cases[0].Failure.Text; !strings.HasPrefix(got, places("ws-2", "")) {
		t.Errorf("%q", got)
	}
	if got := cases[1].Output; !strings.HasPrefix(got, places("ws-1", ", accepted until 2026-12-31: it is replaced in May")) {
		t.Errorf("%q", got)
	}
}
