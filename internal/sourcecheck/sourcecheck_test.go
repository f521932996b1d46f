package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/sources"
	"github.com/wksgo/wks/rule"
)

// A commit of the repositories that the tests make: its day, and the files that it writes; the text
// "" deletes a file.
type commit struct {
	day   string
	files map[string]string
}

// repository makes a git repository in a folder of the test.
func repository(t *testing.T, commits ...commit) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git in PATH: the histories are not read")
	}
	dir := t.TempDir()
	git(t, dir, "", "init", "-q", "-b", "main")
	for _, c := range commits {
		write(t, dir, c)
	}
	return dir
}

func write(t *testing.T, dir string, c commit) {
	t.Helper()
	for name, text := range c.files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if text == "" {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	git(t, dir, c.day, "add", "-A")
	git(t, dir, c.day, "commit", "-q", "--allow-empty", "-m", "Change pages")
}

func git(t *testing.T, dir, day string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	if day != "" {
		// An hour after midnight in UTC, which is the day before in the zone of the commit.
		date := day + "T01:00:00+0000"
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date, "TZ=America/Los_Angeles")
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

const modifyPage = "doc_source/modify-workspaces.md"

// guide is a page in four versions, of which one is a draft that was merged later.
func guide(t *testing.T) string {
	dir := repository(t,
		commit{"2020-01-01", map[string]string{modifyPage: "# Modify a WorkSpace<a name=\"modify\"></a>\n\n## Volume Sizes\n\nA volume has up to 1000 GB\\.\n"}},
	)
	git(t, dir, "", "checkout", "-q", "-b", "draft")
	write(t, dir, commit{"2020-02-01", map[string]string{"doc_source/draft.md": "A draft.\n"}})
	git(t, dir, "", "checkout", "-q", "main")
	write(t, dir, commit{"2020-03-01", map[string]string{modifyPage: "# Modify a WorkSpace\n+ [Sizes](#sizes) 2000 GB\n\n## Volume Sizes\n\nA volume has up to 2000 GB\\.\n\n**Limits**\n\n**To grow**\nWait 6 hours\\.\n"}})
	git(t, dir, "2020-04-01", "merge", "-q", "--no-ff", "-m", "Merge the draft", "draft")
	write(t, dir, commit{"2020-05-01", map[string]string{modifyPage: "# Modify a WorkSpace\n\n## Volume sizes\n\nA volume has up to 2000 GB.\n"}})
	write(t, dir, commit{"2021-01-01", map[string]string{modifyPage: ""}})
	return dir
}

func said(name, value, document, section, date, since, until string) statement {
	s := statement{pkg: "bundles", name: name, value: value, cite: rule.Citation{Document: document, Section: section, Date: rule.MustParseEdition(date)}}
	s.span.Since = rule.MustParseEdition(since)
	if until != "" {
		s.span.Until = rule.MustParseEdition(until)
	}
	return s
}

// modify is a statement of the page that begins with the version that it cites.
func modify(name, value, section, since, until string) statement {
	return said(name, value, "admin-guide-modify", section, since, since, until)
}

const testTokens = "# comment\n\n" +
	"bundles\tadmin-guide-modify\t2020-01-01\tceiling: 1000\tup to 1000 GB\n" +
	"bundles\tadmin-guide-modify\t2020-01-01\tbundles.over\tup to [0-9]+ GB\n" +
	"bundles\tadmin-guide-modify\t2020-03-01\tceiling: 2000\tup to 2000 gb\n" +
	"bundles\tadmin-guide-modify\t2020-03-01\twait\twait 6 hours\tlimits$|sizes$\n" +
	"bundles\tadmin-guide-modify\t2020-06-01\ttold before\tup to 2000 gb\n"

const testModelTokens = "bundles\tservice-model\t2020-03-01\tid\tshapes.Id.pattern\t^\\^ws-\n"

func model(t *testing.T) string {
	return repository(t,
		commit{"2020-01-01", map[string]string{sources.ModelFile: `{"shapes": {"Id": {"pattern": "x"}}}`}},
		commit{"2020-02-01", map[string]string{"other": "x"}},
		commit{"2020-03-01", map[string]string{sources.ModelFile: `{"shapes": {"Id": {"pattern": "^ws-"}, "Request": {"members": {"WorkspaceId": {}}}}, "operations": {"Do": {}}}`}},
	)
}

// clones makes the two repositories.
func clones(t *testing.T) map[string]string {
	return map[string]string{sources.Guide: guide(t), sources.Model: model(t), sources.KMS: ""}
}

// check runs the checker over statements.
func check(t *testing.T, clones map[string]string, list ...statement) *checker {
	t.Helper()
	c := &checker{statements: list}
	err := c.read(clones)
	c.copies = nil
	if err == nil {
		c.pages, err = parseTokens("pages.tsv", testTokens, false)
	}
	if err == nil {
		c.model, err = parseTokens("model.tsv", testModelTokens, true)
	}
	if err == nil {
		err = c.check()
	}
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(c.failures)
	return c
}

func sound() []statement {
	belongs := modify("minimum", "1", "Volume Sizes", "2020-01-01", "")
	belongs.rules = []rule.Code{"bundles.over"}
	return []statement{
		modify("bundles.over", "", "Volume Sizes", "2020-01-01", ""),
		modify("ceiling", "1000", "Volume Sizes", "2020-01-01", "2020-03-01"),
		modify("ceiling", "2000", "Volume Sizes", "2020-03-01", ""),
		modify("wait", "6 h", "Volume Sizes", "2020-03-01", "2020-05-01"),
		belongs,
		said("id", "ws-", "service-model", "WorkspaceId", "2020-03-01", "2020-03-01", ""),
		said("told before", "", "admin-guide-modify", "Volume Sizes", "2020-03-01", "2020-06-01", ""),
		said("read today", "", "admin-guide-modify", "Any", "2025-10-21", "2025-10-21", ""),
		said("elsewhere", "", "faq-2017", "Any", "2017-12-31", "2017-12-31", ""),
	}
}

func TestSound(t *testing.T) {
	c := check(t, clones(t), sound()...)
	if len(c.failures) > 0 || c.withToken != 7 || c.withoutToken != 0 || c.elsewhere["admin-guide-modify"] != 1 || c.elsewhere["faq-2017"] != 1 {
		t.Errorf("%q; %d with a token, %d without, elsewhere %v", c.failures, c.withToken, c.withoutToken, c.elsewhere)
	}
	var out bytes.Buffer
	if status := c.report(&out); status != 0 || !strings.HasSuffix(out.String(), "\n9 statements: 7 checked with a token, 0 without, 2 not in a clone; 0 failures\n") {
		t.Errorf("%d\n%s", status, out.String())
	}
}

// Each mistake in one statement is found, and is found to be that mistake.
func TestMistakes(t *testing.T) {
	lineartest.SkipRace(t)
	made := clones(t)
	for name, tt := range map[string]struct {
		at    int // of the statements of sound
		wrong statement
		want  []string
	}{
		"too late": {1, modify("ceiling", "1000", "Volume Sizes", "2020-03-01", ""), []string{
			"no token shows that the version is the first", "no statement of the document begins on this day"}},
		"a day without a version": {2, modify("ceiling", "2000", "Volume Sizes", "2020-03-02", ""), []string{
			"no version of the day has the page", "no statement of the document begins on this day"}},
		"a day of a draft": {4, modify("minimum", "1", "Volume Sizes", "2020-02-01", ""), []string{"no version of the day has the page"}},
		"another heading":  {3, modify("wait", "6 h", "Modify a WorkSpace, at length", "2020-03-01", "2020-05-01"), []string{"the page has no such heading", "under another heading"}},
		"today's capitals": {1, modify("ceiling", "1000", "Volume sizes", "2020-01-01", "2020-03-01"), []string{"the page has no such heading", "under another heading"}},
		"an end too early": {3, modify("wait", "6 h", "Volume Sizes", "2020-03-01", "2020-04-01"), []string{"it ends on 2020-04-01, and the version of that day says it"}},
		"an end that is no day of a version": {3, modify("wait", "6 h", "Volume Sizes", "2020-03-01", "2020-04-15"), []string{
			"it ends on 2020-04-15, and there is no version of that day"}},
		"a value that is not there": {2, modify("ceiling", "3000", "Volume Sizes", "2020-03-01", ""), []string{"no token shows", "no statement of the document begins"}},
		"a model too early":         {5, said("id", "ws-", "service-model", "Id", "2020-01-01", "2020-01-01", ""), []string{"no token shows", "no statement of the document begins"}},
		"a day without a version of the model": {5, said("id", "ws-", "service-model", "Id", "2020-02-01", "2020-02-01", ""), []string{
			"no version of the model of the day", "no statement of the document begins"}},
		"a version that is not the first": {6, said("told before", "", "admin-guide-modify", "Volume sizes", "2020-05-01", "2020-06-01", ""), []string{"the version before says it, too"}},
		"a version without a form": {6, said("told then", "", "admin-guide-modify", "Volume Sizes", "2020-03-01", "2020-06-01", ""), []string{
			"no token shows that the version that is cited is the first", "no statement of the document begins on this day"}},
		"a shape that is none": {5, said("id", "ws-", "service-model", "IDs", "2020-03-01", "2020-03-01", ""), []string{"no shape, operation or member"}},
	} {
		t.Run(name, func(t *testing.T) {
			list := sound()
			list[tt.at] = tt.wrong
			c := check(t, made, list...)
			rest := slices.Clone(c.failures)
			for _, want := range tt.want {
				i := slices.IndexFunc(rest, func(f string) bool { return strings.Contains(f, want) })
				if i < 0 {
					t.Errorf("nothing tells %q: %q", want, c.failures)
				} else {
					rest = slices.Delete(rest, i, i+1)
				}
			}
			if len(rest) > 0 {
				t.Errorf("more than expected: %q", rest)
			}
		})
	}
}

// A token that stands in the version before, and one that stands nowhere, are found.
func TestWrongTokens(t *testing.T) {
	made := map[string]string{sources.Guide: guide(t)}
	for name, tt := range map[string]struct{ table, want string }{
		"said before":    {"bundles\tadmin-guide-modify\t2020-03-01\tx\tup to [0-9]+ GB", "the version before says it, too: t:1"},
		"not said":       {"bundles\tadmin-guide-modify\t2020-03-01\tx\tup to 3000 GB", "the page does not say it: t:1"},
		"only a link":    {"bundles\tadmin-guide-modify\t2020-03-01\tx\tSizes\\]", "the page does not say it: t:1"},
		"elsewhere":      {"bundles\tadmin-guide-modify\t2020-03-01\tx\t2000\t^Limits", "the page does not say it: t:1"},
		"another before": {"bundles\tadmin-guide-modify\t2020-03-01\tx\t[0-9]000 GB\t\tmodify-workspaces", "the version before says it, too: t:1"},
	} {
		t.Run(name, func(t *testing.T) {
			c := &checker{statements: []statement{modify("x", "", "Volume Sizes", "2020-03-01", "")}}
			if err := c.read(made); err != nil {
				t.Fatal(err)
			}
			var err error
			if c.pages, err = parseTokens("t", tt.table, false); err != nil {
				t.Fatal(err)
			}
			c.model, c.copies = nil, nil
			if err := c.check(); err != nil {
				t.Fatal(err)
			}
			if len(c.failures) != 1 || !strings.HasSuffix(c.failures[0], tt.want) {
				t.Errorf("%q, want %q", c.failures, tt.want)
			}
		})
	}
}

func TestTables(t *testing.T) {
	for name, text := range map[string]string{"pages.tsv": pageTokens, "model.tsv": modelTokens, "copies.tsv": copyTokens} {
		table, err := parseTokens(name, text, name == "model.tsv")
		if err != nil || len(table) == 0 {
			t.Errorf("%d rows, %v", len(table), err)
		}
		for _, k := range table {
			if how, _ := sources.How(k.document); how == "" {
				t.Errorf("%s: nothing tells how the document %s was read", k.where, k.document)
			}
		}
	}
	for text, want := range map[string]string{
		"a\tb\t2020-01-01\tc": "4 columns", "a\tb\t2020\tc\td": "2020", "a\tb\t2020-01-01\tc\t(": "missing closing", "a\tb\t2020-01-01\tc\td\t(": "missing closing",
		"a\tb\t2020-01-01\tc\td\na\tb\t2020-01-01\tc\te": "t:1 has the same row",
	} {
		if _, err := parseTokens("t", text, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Every statement of the packages has a place in the output.
func TestStatements(t *testing.T) {
	seen := map[string]int{}
	for _, s := range statements() {
		if seen[s.pkg]++; s.name == "" || s.cite == (rule.Citation{}) || s.span.Since == (rule.Edition{}) {
			t.Errorf("%+v", s)
		}
	}
	for _, p := range []string{"network", "bundles", "encryption", "migrate", "byol", "devices", "monitor", "throttle", "troubleshoot"} {
		if seen[p] == 0 {
			t.Errorf("no statement of %s", p)
		}
	}
}

func TestRun(t *testing.T) {
	var out, errs bytes.Buffer
	if status := run(nil, &out, &errs); status != 2 || !strings.Contains(errs.String(), "nothing is checked") {
		t.Errorf("without a clone: %d, %s", status, &errs)
	}
	errs.Reset()
	if status := run([]string{"-guide", filepath.Join(t.TempDir(), "none")}, &out, &errs); status != 2 || errs.Len() == 0 {
		t.Errorf("without a repository: %d, %s", status, &errs)
	}
	if status := run([]string{"-guide", guide(t)}, &out, &errs); status != 1 || !strings.Contains(out.String(), "no version of the day has the page") {
		t.Errorf("with a repository of another guide: %d, %s", status, &out)
	}
}
