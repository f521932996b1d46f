package finding_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/rule"
)

// sample is a report with one of each thing: in two Regions a must, in one a should, two questions, and checks of
// which one is broken.
func sample(failOn finding.Threshold) *finding.Report {
	var r finding.Report
	first, second := workspace("ws-1"), workspace("ws-2")
	first.Section, second.Section = "WorkSpaces", "WorkSpaces"
	first.Line, first.Column = 3, 5
	second.Region = "us-east-1"
	r.Add(ended(rule.Must), first)
	r.Add(ended(rule.Must), second)
	advice := ended(rule.Should)
	advice.Code, advice.Help = "network.round-trip-degrades", ""
	r.Add(advice, finding.Occurrence{Resource: finding.Resource{Kind: "way out"}, Region: "us-east-1", Section: "Network", Path: "RTT", Detail: "50%: slow,\r\nvery"})
	r.Ask(finding.Question{By: rule.ByInput, Reason: "no list", Unasked: true, Decides: true}, "aws list", finding.Occurrence{Region: "eu-west-1", File: "a file.json", Path: "Images", Resource: finding.Resource{Kind: "image", ID: "wsi-1"}})
	r.Ask(finding.Question{By: rule.ByDocuments, Reason: "no document says so"}, "", finding.Occurrence{})
	r.Checked("eu-west-1", "Quotas", rule.Allowed)
	r.Checked("us-east-1", "Network", rule.Allowed)
	r.Checked("us-east-1", "Images", rule.Undocumented)
	r.Conclude(failOn, []rule.Document{{Key: "guide", Title: "Guide"}})
	return &r
}

// A workflow command escapes what it takes for its own signs. GitHub Docs, Workflow commands for GitHub Actions.
func TestGitHub(t *testing.T) {
	var out bytes.Buffer
	if err := sample(finding.FailMust).WriteGitHub(&out, "an,ex:port"); err != nil {
		t.Fatal(err)
	}
	want := `::error file=an%2Cex%3Aport/describe-workspaces.json,line=3,col=5,title=bundles.operating-system-ended::2 WorkSpaces in eu-west-1, us-east-1: it is over: ws-1 (user of ws-1), ws-2 (user of ws-2)%0ARemedy: Choose another.%0Ahttps://example.com/
::warning title=network.round-trip-degrades::way out in us-east-1: 50%25: slow,%0D%0Avery%0ARemedy: Choose another.
::notice file=an%2Cex%3Aport/a file.json,title=not given::no list%0Aaws list
::notice title=undocumented::no document says so
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
	out.Reset()
	var r finding.Report
	o := workspace("ws-1")
	o.File = "50%\r\n.json"
	r.Add(ended(rule.Must), o)
	r.Conclude(finding.FailMust, nil)
	if err := r.WriteGitHub(&out, ""); err != nil || !strings.Contains(out.String(), "file=50%25%0D%0A.json,title=") {
		t.Errorf("%s %v", &out, err)
	}
}

type junit struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Suites   []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Skipped  int    `xml:"skipped,attr"`
		Cases    []struct {
			Class   string `xml:"classname,attr"`
			Name    string `xml:"name,attr"`
			Skipped *struct {
				Message string `xml:"message,attr"`
			} `xml:"skipped"`
			Failure *struct {
				Message string `xml:"message,attr"`
				Type    string `xml:"type,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
			Output string `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

// A case fails if the report fails on it, is skipped if it was not asked, and passes else; the numbers add up.
func TestJUnit(t *testing.T) {
	for failOn, fails := range map[finding.Threshold][2]bool{
		finding.FailMust: {true, false}, finding.FailShould: {true, true}, finding.FailOpen: {true, true}, finding.FailNone: {false, false},
	} {
		var out bytes.Buffer
		if err := sample(failOn).WriteJUnit(&out, "preflight"); err != nil {
			t.Fatal(err)
		}
		var all junit
		if err := xml.Unmarshal(out.Bytes(), &all); err != nil {
			t.Fatal(err)
		}
		var got []string
		tests, failures := 0, 0
		for _, s := range all.Suites {
			failed, skipped := 0, 0
			for _, c := range s.Cases {
				line := c.Class + " " + c.Name
				switch {
				case c.Failure != nil:
					failed++
					line += " fails: " + c.Failure.Type + " " + c.Failure.Message
					if !strings.Contains(c.Failure.Text, "Remedy: Choose another.\nSource: guide, \"Bundles\"\n") || strings.Contains(c.Failure.Text, "Help: ") != strings.HasPrefix(c.Name, "bundles") {
						t.Errorf("%q", c.Failure.Text)
					}
				case c.Skipped != nil:
					skipped++
					line += " skipped: " + c.Skipped.Message
				case c.Output != "":
					line += " passes: " + strings.SplitN(c.Output, "\n", 2)[0]
				}
				got = append(got, line)
			}
			if len(s.Cases) != s.Tests || failed != s.Failures || skipped != s.Skipped {
				t.Errorf("%s: %s has %d cases, %d failed, %d skipped and says %d, %d, %d", failOn, s.Name, len(s.Cases), failed, skipped, s.Tests, s.Failures, s.Skipped)
			}
			tests, failures = tests+s.Tests, failures+s.Failures
		}
		if all.Name != "wks preflight" || tests != all.Tests || failures != all.Failures {
			t.Errorf("%s: %q, %d tests, %d failures of %d and %d", failOn, all.Name, all.Tests, all.Failures, tests, failures)
		}
		how := func(fails bool, level, what string) string {
			if fails {
				return " fails: " + level + " " + what
			}
			return " passes: " + level + ": " + what
		}
		want := []string{
			"wks.preflight.eu-west-1 bundles.operating-system-ended: WorkSpace ws-1 (user of ws-1)" + how(fails[0], "must", "it is over"),
			"wks.preflight.eu-west-1 no list skipped: not given: no list: aws list",
			"wks.preflight.eu-west-1 Quotas",
			"wks.preflight.us-east-1 bundles.operating-system-ended: WorkSpace ws-2 (user of ws-2)" + how(fails[0], "must", "it is over"),
			"wks.preflight.us-east-1 network.round-trip-degrades: way out" + how(fails[1], "should", "50%: slow,"),
			"wks.preflight.preflight no document says so skipped: undocumented: no document says so",
		}
		if text := strings.ReplaceAll(strings.ReplaceAll(strings.Join(got, "\n"), "\r", ""), "slow,\nvery", "slow,"); text != strings.Join(want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", failOn, text, strings.Join(want, "\n"))
		}
	}
}

// SARIF 2.1.0: a result names its rule by index, and a notification each place once.
func TestSARIF(t *testing.T) {
	r := sample(finding.FailMust)
	r.Open[0].Occurrences = append(r.Open[0].Occurrences, r.Open[0].Occurrences[0])
	var out bytes.Buffer
	if err := r.WriteSARIF(&out, "my export"); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct {
						ID                   string
						HelpURI              string
						DefaultConfiguration struct{ Level string }
					}
				}
			}
			Invocations []struct {
				ExecutionSuccessful        bool
				ToolExecutionNotifications []struct {
					Level     string
					Message   struct{ Text string }
					Locations []any
				}
			}
			Results []struct {
				RuleID              string
				RuleIndex           int
				Level               string
				Message             struct{ Text string }
				Locations           any
				PartialFingerprints map[string]string
				Suppressions        []any
			}
			ColumnKind string
		}
	}
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || run.Tool.Driver.Name != "wks" || len(run.Tool.Driver.Rules) != 2 || len(run.Results) != 3 || run.ColumnKind != "unicodeCodePoints" || !run.Invocations[0].ExecutionSuccessful {
		t.Fatalf("%s", &out)
	}
	prints := map[string]bool{}
	for _, result := range run.Results {
		of := run.Tool.Driver.Rules[result.RuleIndex]
		level := map[bool]string{true: "error", false: "warning"}[strings.HasPrefix(result.RuleID, "bundles")]
		if of.ID != result.RuleID || result.Level != level || of.DefaultConfiguration.Level != level || len(result.Suppressions) > 0 || (of.HelpURI == "") != (level == "warning") {
			t.Errorf("%+v of rule %+v", result, of)
		}
		prints[result.PartialFingerprints["wksSubject/v1"]] = true
	}
	if len(prints) != 3 || prints[""] {
		t.Errorf("fingerprints %v", prints)
	}
	if got := run.Results[0].Message.Text; got != "WorkSpace ws-1 (user of ws-1, PC-ws-1): it is over.. Choose another." {
		t.Errorf("%q", got)
	}
	at := func(line, column float64, id string) []any {
		region := map[string]any{"startLine": line}
		if column > 0 {
			region["startColumn"] = column
		}
		return []any{map[string]any{
			"physicalLocation": map[string]any{"artifactLocation": map[string]any{"uri": "my%20export/describe-workspaces.json"}, "region": region},
			"logicalLocations": []any{map[string]any{"name": id, "kind": "resource"}, map[string]any{"fullyQualifiedName": "Workspaces[0].State", "kind": "member"}},
		}}
	}
	if !reflect.DeepEqual(run.Results[0].Locations, any(at(3, 5, "ws-1"))) || !reflect.DeepEqual(run.Results[1].Locations, any(at(1, 0, "ws-2"))) {
		t.Errorf("%v and %v", run.Results[0].Locations, run.Results[1].Locations)
	}
	notes := run.Invocations[0].ToolExecutionNotifications
	if len(notes) != 2 || notes[0].Level != "warning" || notes[0].Message.Text != "not given: no list. To answer it: aws list" || len(notes[0].Locations) != 1 ||
		notes[1].Level != "note" || notes[1].Message.Text != "undocumented: no document says so" || len(notes[1].Locations) != 0 {
		t.Errorf("%+v", notes)
	}
}

// The first screen has headline, findings, and questions with what answers them.
func TestScreen(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	var b bytes.Buffer
	p := terminal.New(&b, false)
	r := sample(finding.FailMust)
	r.WriteScreen(p)
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for l := range strings.Lines(b.String()) {
		if l = strings.Join(strings.Fields(l), " "); l != "" && strings.Trim(l, "-=─═") != "" {
			got = append(got, l)
		}
	}
	want := []string{
		"2 things need action in 2 Regions: 1 must be changed, 1 should be",
		"must 2 WorkSpaces in eu-west-1, us-east-1: it is over: ws-1 (user of ws-1), ws-2 (user of ws-2)",
		"Choose another. (bundles.operating-system-ended)",
		"should way out in us-east-1: 50%: slow, very",
		"Choose another. (network.round-trip-degrades)",
		"Not answered: 1 not given, 1 undocumented",
		"not given no list (eu-west-1): wsi-1",
		"aws list",
		"undocumented no document says so",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got, want := r.Summary.Line, "findings: 2 must, 1 should; open: 1 undocumented, 1 not given (with 1 questions not asked)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var none finding.Report
	none.Conclude(finding.FailMust, nil)
	if got, want := none.Summary.Line, "findings: 0 must, 0 should; open: 0 undocumented, 0 not given"; got != want || none.Headline() != "Nothing needs action" {
		t.Errorf("%q %q, want %q", none.Headline(), got, want)
	}
	ask(&none, rule.ByInput, false)
	none.Conclude(finding.FailMust, nil)
	if got := none.OpenHeadline(); got != "Not answered: 1 not given" || none.Headline() != "Nothing that was answered needs action" {
		t.Errorf("%q, %q", got, none.Headline())
	}
}

// What decides comes first, then what somebody can answer.
func TestOrderOfQuestions(t *testing.T) {
	var r finding.Report
	add := func(reason string, by rule.Cause, decides, unasked bool) {
		r.Ask(finding.Question{By: by, Reason: reason, Decides: decides, Unasked: unasked}, "", finding.Occurrence{})
	}
	add("8", rule.ByDocuments, false, true)
	add("7", rule.ByInput, false, true)
	add("6", rule.ByDocuments, false, false)
	add("5", rule.ByInput, false, false)
	add("4", rule.ByDocuments, true, true)
	add("3", rule.ByInput, true, true)
	add("2", rule.ByDocuments, true, false)
	add("1", rule.ByInput, true, false)
	r.Conclude(finding.FailMust, nil)
	var got string
	for _, q := range r.Open {
		got += q.Reason
	}
	if got != "12345678" {
		t.Errorf("order %s", got)
	}
}

func TestPlaces(t *testing.T) {
	for want, o := range map[string]finding.Occurrence{
		"": {}, "a.json": {File: "a.json"}, "a.json:3:7": {File: "a.json", Line: 3, Column: 7}, "a.json: P": {File: "a.json", Path: "P"}, "P": {Path: "P"}, "a.json:1:1: P": {File: "a.json", Line: 1, Column: 1, Path: "P"},
	} {
		if got := o.Place(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// options reads flags.
func options(t *testing.T, args ...string) (o finding.Options, err error) {
	cmd := &cobra.Command{Use: "x", RunE: func(*cobra.Command, []string) error { return nil }, SilenceErrors: true, SilenceUsage: true}
	o.AddFlags(cmd)
	cmd.SetArgs(append([]string{}, args...)) // nil would stand for os.Args
	cmd.SetOut(io.Discard)
	err = cmd.Execute()
	return o, err
}

// Each flag chooses its form, and no flag is on by itself.
func TestOptions(t *testing.T) {
	for flag, want := range map[string]string{"": "text", "--json": `"document"`, "--sarif": "sarif-2.1.0", "--junit": "<testsuites", "--github": "::error"} {
		var args []string
		if flag != "" {
			args = []string{flag}
		}
		o, err := options(t, args...)
		if err != nil || o.FailOn != finding.FailMust || o.Details || o.HTML != "" || o.Single() != (flag == "--sarif" || flag == "--junit") {
			t.Errorf("%s: %+v %v", flag, o, err)
		}
		var out bytes.Buffer
		err = o.Write(&out, sample(o.FailOn), "x", "", "document", func(w io.Writer) error { _, err := io.WriteString(w, "text"); return err })
		if err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v\n%s", flag, err, &out)
		}
	}
	for _, level := range []finding.Threshold{finding.FailMust, finding.FailShould, finding.FailOpen, finding.FailNone} {
		if o, err := options(t, "--fail-on", string(level)); err != nil || o.FailOn != level {
			t.Errorf("%s: %s %v", level, o.FailOn, err)
		}
	}
	for _, args := range [][]string{{"--fail-on", "may"}, {"--json", "--sarif"}, {"--github", "--details"}} {
		if _, err := options(t, args...); err == nil {
			t.Errorf("%q are taken", args)
		}
	}
}

// What is written with one flag is accepted with the other, and a file that cannot be read is an error.
func TestBaselineFlags(t *testing.T) {
	file := filepath.Join(t.TempDir(), "baseline.json")
	o, err := options(t, "--write-baseline", file)
	if err != nil || !o.Single() {
		t.Fatal(o, err)
	}
	if err := o.WriteBaseline(sample(finding.FailMust), day); err != nil {
		t.Fatal(err)
	}
	if o, err = options(t, "--baseline", file); err != nil {
		t.Fatal(err)
	}
	r, err := o.Report(day)
	if err != nil || !r.Add(ended(rule.Must), workspace("ws-1")) {
		t.Errorf("not accepted, %v", err)
	}
	if o, _ = options(t, "--baseline", file+"x"); true {
		if _, err := o.Report(day); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a baseline that is not there: %v", err)
		}
	}
	if o, err = options(t); err != nil || o.WriteBaseline(&r, day) != nil || o.WritePage(func(io.Writer) error { return errors.New("asked") }) != nil {
		t.Error("writes what nobody asked for")
	}
}

// Of a baseline no more is read than its bound.
func TestBoundOfABaseline(t *testing.T) {
	lineartest.SkipRace(t)
	name := filepath.Join(t.TempDir(), "baseline.json")
	text := append([]byte(`{"accepted": []}`), bytes.Repeat([]byte(" "), 64<<20)...)
	if err := os.WriteFile(name, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := finding.ReadBaseline(name); err == nil || !strings.Contains(err.Error(), "is longer than the 64 MiB") {
		t.Errorf("%v", err)
	}
}

// A resource is named with its part, and so is what the baseline says of one that is gone.
func TestParts(t *testing.T) {
	r := finding.Resource{Kind: "security group", ID: "sg-1", Part: "rule 2"}
	if r.Subject() != "sg-1, rule 2" || !strings.HasSuffix(r.String(), ", rule 2") {
		t.Errorf("%q, %q", r.Subject(), r.String())
	}
	var report finding.Report
	report.Use(accepting(t, entry("ws-9", "2027-01-01")), day)
	report.Conclude(finding.FailMust, nil)
	var b bytes.Buffer
	p := terminal.New(&b, false)
	report.WriteScreen(p)
	if err := p.Flush(); err != nil || !strings.HasSuffix(b.String(), "\nAccepted by the baseline\n  bundles.operating-system-ended of ws-9 no longer occurs: take it out of the baseline\n") {
		t.Errorf("%q, %v", b.String(), err)
	}
}

// Findings of one level stand with the urgent ones first, then by their number.
func TestWorstFirst(t *testing.T) {
	var r finding.Report
	for code, n := range map[rule.Code]int{"a.few": 1, "a.many": 2, "a.urgent": 1} {
		f := ended(rule.Should)
		f.Code, f.Urgent = code, code == "a.urgent"
		for i := range n {
			r.Add(f, workspace("ws-"+string(rune('1'+i))))
		}
	}
	r.Add(ended(rule.Must), workspace("ws-1"))
	r.Conclude(finding.FailMust, nil)
	var got []string
	for _, f := range r.Findings {
		got = append(got, string(f.Code))
	}
	if s := strings.Join(got, " "); s != "bundles.operating-system-ended a.urgent a.many a.few" {
		t.Error(s)
	}
}
