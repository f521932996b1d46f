package explain

import (
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// printed is what people read of a report in lines of 60 letters. Colours are written as names.
func printed(t *testing.T, r *Report, color, details bool) string {
	t.Helper()
	t.Setenv("COLUMNS", "60")
	var out strings.Builder
	if err := writeText(&out, r, color, details); err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("\x1b[1m", "<bold>", "\x1b[31m", "<red>", "\x1b[32m", "<green>", "\x1b[33m", "<yellow>", "\x1b[0m", "</>").Replace(out.String())
}

// reads holds that a report is printed as these lines.
func reads(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.TrimPrefix(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func source(section string) rule.Citation {
	return rule.Citation{Document: "guide", Section: section, Date: rule.MustParseEdition("2026-09-10")}
}

// judged is a cause of a status, with what a guide says of it.
func judged(name string, s troubleshoot.Status, because ...string) troubleshoot.Judgement {
	return troubleshoot.Judgement{
		Code: rule.Code("troubleshoot." + name), Title: "The cause " + name + " has a title that takes more than a line of sixty.",
		Remedy: "Do what the guide tells about " + name + ", and go on with it in a second line.", Status: s, Because: because, Cite: source("Cause " + name),
	}
}

// asking is an open cause with questions about it.
func asking(name string, list ...troubleshoot.Unknown) troubleshoot.Judgement {
	j := judged(name, troubleshoot.Open)
	j.Asks = list
	return j
}

// asked is a question that an answer decides.
func asked(name, command string) troubleshoot.Unknown {
	u := troubleshoot.Unknown{Path: "Answers", Question: troubleshoot.Question(name), Text: "Is " + name + " so?", Test: "Look at it and see whether it is, which takes a while."}
	if command != "" {
		u.Checks = []troubleshoot.Check{{Command: command}}
	}
	return u
}

var aSymptom = troubleshoot.Symptom{
	Key: "grey", Title: "The screen is grey and stays grey, however long somebody looks at it.", Advice: "Restart the client first, since that is the quickest of all things.",
	Checks: []troubleshoot.Check{{Code: "a.b", Command: "wks preflight"}, {Operation: "DescribeWorkspaces"}}, Cite: source("Grey"),
}

// The words of a symptom, and of the causes that flags decide.
func TestWordsOfSymptom(t *testing.T) {
	r := &Report{
		Symptom: &aSymptom, symptom: "grey",
		Matches: []Match{{Symptom: "grey", Why: []string{"grey", "screen"}}, {Symptom: "black"}, {Symptom: "white"}, {Symptom: "red"}, {Symptom: "blue"}},
		Diagnosis: &troubleshoot.Diagnosis{Causes: []troubleshoot.Judgement{
			judged("one", troubleshoot.Shown, "the answer to the first question is yes, and so it is", "it is grey"),
			judged("two", troubleshoot.RuledOut, "it is not black", "it is not white, and no other colour but grey either"),
			asking("three", troubleshoot.Unknown{Path: "Protocol", Text: "The protocol is not known."}, troubleshoot.Unknown{Path: "Protocol", Text: "The protocol is not known."}, asked("open", "wks preflight"), asked("closed", "")),
			asking("four", troubleshoot.Unknown{Path: "Protocol", Text: "The protocol is not known."}, asked("shut", "")),
		}},
	}
	reads(t, printed(t, r, false, false), `
grey
  The screen is grey and stays grey, however long somebody
  looks at it.
  words that match: grey, screen; this is a guess
  do: Restart the client first, since that is the quickest
      of all things.
Found
  The cause one has a title that takes more than a line of
  sixty. (troubleshoot.one)
    do: Do what the guide tells about one, and go on with it
        in a second line.
    because: the answer to the first question is yes, and so
             it is
    because: it is grey
Ruled out
  The cause two has a title that takes more than a line of
  sixty.
    because: it is not black; it is not white, and no other
             colour but grey either
Still open, in the order in which to check them
  ask: The protocol is not known. Give --protocol pcoip or
       dcv.
  1. The cause three has a title that takes more than a line
     of sixty. (troubleshoot.three)
    ask: Is open so? Look at it and see whether it is, which
         takes a while.
    wks preflight
  2. The cause four has a title that takes more than a line
     of sixty. (troubleshoot.four)
    ask: Is shut so? Look at it and see whether it is, which
         takes a while.

Other symptoms that the text may mean: black, white, red.
Choose one with --symptom KEY.
`)
	api := aSymptom
	api.API, api.Advice = true, ""
	r.Symptom, r.Matches[0].Sure = &api, true
	reads(t, printed(t, r, true, true), `
<bold>grey</>
  The screen is grey and stays grey, however long somebody
  looks at it.
  words that match: grey, screen
  checked by: a.b, wks preflight, DescribeWorkspaces
  source: guide, "Grey", 2026-09-10
<red>Found</>
  The cause one has a title that takes more than a line of
  sixty. (troubleshoot.one)
    do: Do what the guide tells about one, and go on with it
        in a second line.
    because: the answer to the first question is yes, and so
             it is
    because: it is grey
    source: guide, "Cause one", 2026-09-10
<green>Ruled out</>
  The cause two has a title that takes more than a line of
  sixty.
    because: it is not black; it is not white, and no other
             colour but grey either
<yellow>Still open, in the order in which to check them</>
  ask: The protocol is not known. Give --protocol pcoip or
       dcv.
  1. The cause three has a title that takes more than a line
     of sixty. (troubleshoot.three)
    ask: Is open so? Look at it and see whether it is, which
         takes a while.
    wks preflight
    --answer open=yes|no
    do: Do what the guide tells about three, and go on with
        it in a second line.
    source: guide, "Cause three", 2026-09-10
  2. The cause four has a title that takes more than a line
     of sixty. (troubleshoot.four)
    ask: Is shut so? Look at it and see whether it is, which
         takes a while.
    --answer shut=yes|no
    do: Do what the guide tells about four, and go on with
        it in a second line.
    source: guide, "Cause four", 2026-09-10

Other symptoms that the text may mean: black, white, red.
Choose one with --symptom KEY.
`)
	// A symptom that was named and not found in the text has no words that match.
	r.Matches, r.Diagnosis = []Match{{Symptom: "black"}}, nil
	reads(t, printed(t, r, false, false), `
grey
  The screen is grey and stays grey, however long somebody
  looks at it.
  checked by: a.b, wks preflight, DescribeWorkspaces

Other symptoms that the text may mean: black. Choose one
with --symptom KEY.
`)
	api.Checks = append(api.Checks, troubleshoot.Check{Operation: "ModifyWorkspaceProperties"})
	reads(t, printed(t, &Report{Symptom: &api}, false, false), `
grey
  The screen is grey and stays grey, however long somebody
  looks at it.
  checked by: a.b, wks preflight, DescribeWorkspaces,
              ModifyWorkspaceProperties
`)
	api.Checks = nil
	reads(t, printed(t, &Report{Symptom: &api, Diagnosis: &troubleshoot.Diagnosis{}}, false, false), `
grey
  The screen is grey and stays grey, however long somebody
  looks at it.
  No document names a cause.
`)
	reads(t, printed(t, &Report{Symptom: &aSymptom, Diagnosis: &troubleshoot.Diagnosis{}}, false, false), `
grey
  The screen is grey and stays grey, however long somebody
  looks at it.
  do: Restart the client first, since that is the quickest
      of all things.
`)
}

// One open cause has its remedy, since nothing else is left. Without an export and with nothing found, causes are possible.
func TestWordsOfOneOpenCause(t *testing.T) {
	d := &troubleshoot.Diagnosis{Causes: []troubleshoot.Judgement{asking("only", asked("open", ""))}}
	const rest = `, in the order in which to check them
  1. The cause only has a title that takes more than a line
     of sixty. (troubleshoot.only)
    ask: Is open so? Look at it and see whether it is, which
         takes a while.
    do: Do what the guide tells about only, and go on with
        it in a second line.
`
	s := &troubleshoot.Symptom{Key: "k", Title: "T."}
	reads(t, printed(t, &Report{Symptom: s, Diagnosis: d}, false, false), "k\n  T.\nPossible causes"+rest)
	reads(t, printed(t, &Report{Symptom: s, Workspaces: []Workspace{{ID: "ws-1", Region: "us-west-2", Directory: "d-1", State: "STOPPED", Diagnosis: d}}}, false, false),
		"k\n  T.\n\nws-1 in us-west-2, d-1: STOPPED\nStill open"+rest)
}

// When every cause is ruled out it says so, and at most four open and four ruled out are told without --details.
func TestWordsOfMany(t *testing.T) {
	var out, open []troubleshoot.Judgement
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		out = append(out, judged(name, troubleshoot.RuledOut, "no"))
		open = append(open, asking(name, asked("q", "")))
	}
	s := &troubleshoot.Symptom{Key: "k", Title: "T."}
	all := printed(t, &Report{Symptom: s, Diagnosis: &troubleshoot.Diagnosis{Causes: out}}, false, false)
	if n := strings.Count(all, "\n    because: no\n"); n != 4 || !strings.HasSuffix(all, "    because: no\n  and 2 more: --details\n  Every cause that the guide names is ruled out. Turn on\n  advanced logging in the client, and ask AWS Support.\n") {
		t.Errorf("%d: %s", n, all)
	}
	all = printed(t, &Report{Symptom: s, Diagnosis: &troubleshoot.Diagnosis{Causes: out}}, false, true)
	if n := strings.Count(all, "\n    because: no\n"); n != 6 || strings.Contains(all, "--details") {
		t.Errorf("%d: %s", n, all)
	}
	all = printed(t, &Report{Symptom: s, Diagnosis: &troubleshoot.Diagnosis{Causes: open}}, false, false)
	if n := strings.Count(all, "    ask: "); n != 4 || !strings.HasSuffix(all, "takes a while.\n  and 2 more: --details\n") || strings.Contains(all, "Every cause") {
		t.Errorf("%d: %s", n, all)
	}
	all = printed(t, &Report{Symptom: s, Diagnosis: &troubleshoot.Diagnosis{Causes: open}}, false, true)
	if n := strings.Count(all, "    ask: "); n != 6 || strings.Contains(all, "more: ") {
		t.Errorf("%d: %s", n, all)
	}
}

// The words of meanings, which stand alone if the text has nothing else, and of notes.
func TestWordsOfMeanings(t *testing.T) {
	cite := source("Errors")
	r := &Report{
		Meanings: []Meaning{
			{Kind: "rule", Name: "a.b", Title: "What is wrong takes more than one line of sixty letters.", Remedy: "Do what is right, and do it in more than one line of text.", Codes: []rule.Code{"c.d", "e.f"}, Cite: &cite},
			{Kind: "folder", Name: "x", Title: "A folder."},
		},
		Matches: []Match{{Symptom: "black"}}, Notes: []string{"this is one note that goes on for longer than a line has room"},
	}
	reads(t, printed(t, r, false, false), `
a.b, rule
  What is wrong takes more than one line of sixty letters.
  do: Do what is right, and do it in more than one line of
      text.
  checked by: c.d, e.f
x, folder
  A folder.
note: this is one note that goes on for longer than a line
      has room
`)
	r.Notes = nil
	reads(t, printed(t, r, true, true), `
<bold>a.b</>, rule
  What is wrong takes more than one line of sixty letters.
  do: Do what is right, and do it in more than one line of
      text.
  checked by: c.d, e.f
  source: guide, "Errors", 2026-09-10
<bold>x</>, folder
  A folder.
`)
	const nothing = "The text matches no symptom. wks explain --list lists all\nsymptoms; --symptom KEY chooses one.\n"
	reads(t, printed(t, &Report{}, false, false), nothing)
	reads(t, printed(t, &Report{Matches: []Match{{Symptom: "black"}}}, false, false), nothing+"\nOther symptoms that the text may mean: black. Choose one\nwith --symptom KEY.\n")
}

// The words of a WorkSpace: what is known of it, and at most three findings without --details.
func TestWordsOfWorkspace(t *testing.T) {
	var findings []finding.Finding
	for _, code := range []rule.Code{"x.a", "x.b", "x.c", "x.d", "x.e"} {
		findings = append(findings, finding.Finding{
			Code: code, Level: rule.Must, Regions: []string{"us-west-2"},
			Occurrences: []finding.Occurrence{{Resource: finding.Resource{Kind: "WorkSpace", ID: "ws-1"}, Detail: "something is wrong with it that takes another line"}}, Count: 1,
		})
	}
	findings[1].Level = rule.Should
	w := Workspace{ID: "ws-1", User: "ada", Region: "us-west-2", Directory: "d-1", State: "ERROR", System: "WINDOWS_11", Protocols: []string{"WSP", "PCOIP"}, RunningMode: "ALWAYS_ON", Error: "It could not be made, and why that is so takes a line", Findings: findings}
	text := printed(t, &Report{Workspaces: []Workspace{w, {ID: "ws-2", Region: "us-west-2", Directory: "d-1"}}}, true, false)
	first, rest, ok := strings.Cut(text, "<bold>What preflight finds about it</>\n")
	reads(t, first, `

ws-1 (ada) in us-west-2, d-1: ERROR, WINDOWS_11, WSP, PCOIP,
ALWAYS_ON
  error: It could not be made, and why that is so takes a
         line
  No symptom is given, and the guide's chapter on
  troubleshooting does not name its state.

`)
	if !ok || strings.Count(rest, "\n  must    ") != 1 || !strings.HasPrefix(rest, "  must    ") || strings.Count(rest, "\n  should  ") != 1 || !strings.Contains(rest, "(x.c)\n  and 2 more: --details\n\nws-2 in us-west-2, d-1:\n") || !strings.Contains(rest, "\n          ") {
		t.Errorf("%s", text)
	}
	text = printed(t, &Report{Workspaces: []Workspace{w}}, false, true)
	if strings.Count(text, "\n  must    ") != 4 || strings.Contains(text, "more: ") {
		t.Errorf("%s", text)
	}
	// With a symptom the state needs no words of its own.
	text = printed(t, &Report{Symptom: &aSymptom, Workspaces: []Workspace{{ID: "ws-2", Region: "us-west-2", Directory: "d-1"}}}, false, false)
	if strings.Contains(text, "No symptom") || strings.Contains(text, "preflight finds") {
		t.Errorf("%s", text)
	}
}

// Each fact that is no answer has a flag, or an export, that tells it; the text says which.
func TestHintsOfFacts(t *testing.T) {
	for path, want := range map[rule.Path][]string{
		"Client": {"--client TYPE"}, "System": {"--system SYSTEM"}, "Protocol": {"--protocol pcoip or dcv"}, "DeviceAccess": {"--client TYPE", "--dir EXPORT", "WORKSPACE"},
		"DirectoryType": {"--dir EXPORT", "WORKSPACE"}, "RunningMode": {"--dir EXPORT", "WORKSPACE"}, "ComputeType": {"--dir EXPORT", "WORKSPACE"},
	} {
		text := printed(t, &Report{Symptom: &aSymptom, Diagnosis: &troubleshoot.Diagnosis{Causes: []troubleshoot.Judgement{asking("x", troubleshoot.Unknown{Path: path, Text: "Not known."})}}}, false, false)
		for _, w := range want {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), "ask: Not known. Give ") || !strings.Contains(strings.Join(strings.Fields(text), " "), w) {
				t.Errorf("%s: no %q in\n%s", path, w, text)
			}
		}
	}
	seen := map[rule.Path]bool{}
	for _, s := range troubleshoot.Newest().Symptoms() {
		d, err := troubleshoot.Newest().Diagnose(s.Key, troubleshoot.Facts{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range d.Causes {
			for _, u := range c.Asks {
				if u.Question == "" && flags[u.Path] == "" {
					t.Errorf("%s: nothing tells %s", s.Key, u.Path)
				}
				seen[u.Path] = seen[u.Path] || u.Question == ""
			}
		}
	}
	if !seen["Client"] || !seen["Protocol"] {
		t.Errorf("%v", seen)
	}
}

// A list has a line for each symptom: the key, and the title in a column of its own.
func TestWordsOfList(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	_, out, _ := run("--list")
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	for i, s := range troubleshoot.Newest().Symptoms() {
		if want := string(s.Key) + strings.Repeat(" ", max(1, 31-len(s.Key))) + s.Title; i >= len(lines) || !strings.HasPrefix(want, lines[i]) || len(lines[i]) < 100 && lines[i] != want {
			t.Errorf("%q, want %q", lines[i], want)
			break
		}
	}
}
