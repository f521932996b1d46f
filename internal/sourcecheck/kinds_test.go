package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/sources"
	"github.com/wksgo/wks/rule"
)

const (
	historyPage = "doc_source/workspaces-document-history.md"
	migratePage = "doc_source/migrate-workspaces.md"
)

// checkWith runs the checker over statements with tables of tokens of its own.
func checkWith(t *testing.T, clones map[string]string, pages, model string, list ...statement) *checker {
	t.Helper()
	c := &checker{statements: list}
	if err := c.read(clones); err != nil {
		t.Fatal(err)
	}
	var err error
	if c.pages, err = parseTokens("p", pages, false); err != nil {
		t.Fatal(err)
	}
	c.copies = nil
	if c.model, err = parseTokens("m", model, true); err != nil {
		t.Fatal(err)
	}
	if err := c.check(); err != nil {
		t.Fatal(err)
	}
	return c
}

// one runs the checker over one guide, and wants a failure that contains a text, or none for "".
func one(t *testing.T, want, pages string, list []statement, commits ...commit) *checker {
	t.Helper()
	c := checkWith(t, map[string]string{sources.Guide: repository(t, commits...)}, pages, "", list...)
	if want == "" && len(c.failures) > 0 || want != "" && (len(c.failures) != 1 || !strings.Contains(c.failures[0], want)) {
		t.Errorf("got %q, want %q", c.failures, want)
	}
	return c
}

func page(name, text string) map[string]string { return map[string]string{name: text} }

// Of several versions of a day the last is the day's: what it took back was not said.
func TestLastVersionOfADay(t *testing.T) {
	const token = "bundles\tadmin-guide-modify\t2020-02-01\tx\tup to 9 GB"
	said := []statement{modify("x", "", "Sizes", "2020-02-01", "")}
	before := commit{"2020-01-01", page(modifyPage, "# Sizes\n")}
	first, second := commit{"2020-02-01", page(modifyPage, "# Sizes\nup to 9 GB\n")}, commit{"2020-02-01", page(modifyPage, "# Sizes\nup to 8 GB\n")}
	one(t, "", token, said, before, second, first)
	one(t, "the page does not say it", token, said, before, first, second)
}

// A row of the document history is read in the version that has it, for the day that it has.
func TestDocumentHistory(t *testing.T) {
	const (
		token = "bundles\tadmin-guide-document-history\t2018-10-18\tx\tare now available"
		row   = "| [Big bundles](https://example.com/b.html) | The bundles are now available\\. | October 18, 2018 |\n"
	)
	said := []statement{said("x", "", sources.History, "Big bundles", "2018-10-18", "2018-10-18", "")}
	for want, text := range map[string]string{
		"": row,
		"no version has a row of that day with that title": strings.ReplaceAll(row, "18, 2018", "19, 2018"),
		"the row does not say it: p:1":                     strings.ReplaceAll(row, "now", "not"),
	} {
		c := one(t, want, token, said, commit{"2018-02-01", page(historyPage, "# Document History\n")}, commit{"2019-01-08", page(historyPage, "# Document History\n"+text)})
		if want == "" && !strings.Contains(c.statements[0].shown, "Big bundles") {
			t.Errorf("shown is %q", c.statements[0].shown)
		}
	}
	one(t, "no version has a row", token, said, commit{"2018-02-01", page(historyPage, "# Document History\n"+row)}, commit{"2019-01-08", page(historyPage, "# Document History\n")})
}

// That a page does not speak of something holds for every version of the time, from the first of the page on.
func TestSilence(t *testing.T) {
	lineartest.SkipRace(t)
	const token = "migrate\tadmin-guide-migrate\t2020-02-01\tx\t!Linux|Mac"
	silent := func(until string) []statement {
		s := said("x", "", "admin-guide-migrate", "Limits", "2020-02-01", "2020-02-01", until)
		s.pkg = "migrate"
		return []statement{s}
	}
	start, quiet, speaks := commit{"2020-02-01", page(migratePage, "# Limits\nno Region\n")}, commit{"2020-03-01", page(migratePage, "# Limits\nno other Region\n")}, commit{"2020-04-01", page(migratePage, "# Limits\nno Linux\n")}
	none := commit{"2020-01-01", page("doc_source/other.md", "x\n")}
	one(t, "", token, silent(""), none, start, quiet)
	one(t, "", token, silent("2020-04-01"), none, start, quiet, speaks)
	one(t, "the version of 2020-04-01 speaks of it: p:1", token, silent(""), none, start, quiet, speaks)
	one(t, "the version of 2020-01-01 has the heading already", token, silent(""), commit{"2020-01-01", page(migratePage, "# Limits\n")}, start)
	one(t, "no version of the day has that heading", token, silent(""), none, commit{"2020-02-01", page(migratePage, "# Bounds\n")})
}

// A row that goes on with its value need not be new, and one that has another document before it must be.
func TestContinues(t *testing.T) {
	const tokens = "bundles\tadmin-guide-modify\t2020-01-01\trules\tup to 10 rules\nbundles\tadmin-guide-modify\t2020-02-01\trules\tup to 10 rules"
	first, second := commit{"2020-01-01", page(modifyPage, "# Groups\nup to 25 groups\nup to 10 rules\n")}, commit{"2020-02-01", page(modifyPage, "# Groups\nup to 100 groups\nup to 10 rules\n")}
	goesOn := []statement{modify("rules", "10", "Groups", "2020-01-01", "2020-02-01"), modify("rules", "10", "Groups", "2020-02-01", "")}
	one(t, "", tokens, goesOn, first, second)
	gap := []statement{modify("rules", "10", "Groups", "2020-01-01", ""), modify("rules", "10", "Groups", "2020-02-01", "")}
	one(t, "the version before says it, too: p:2", tokens, gap, first, second)
}

// What a version said for a time, and the next no longer, is a statement of its own.
func TestSaidForATime(t *testing.T) {
	lineartest.SkipRace(t)
	const first, again = "bundles\tadmin-guide-modify\t2020-01-01\twait\twait 6 hours", "bundles\tadmin-guide-modify\t2020-03-01\twait\twait 6 hours"
	says, not, saysAgain := commit{"2020-01-01", page(modifyPage, "# Sizes\nwait 6 hours\n")}, commit{"2020-02-01", page(modifyPage, "# Sizes\n")}, commit{"2020-03-01", page(modifyPage, "# Sizes\nwait 6 hours\n")}
	late := modify("wait", "6 h", "Sizes", "2020-03-01", "")
	one(t, "the version of 2020-01-01 says it, and no statement of the row holds on that day: p:1", again, []statement{late}, says, not, saysAgain)
	one(t, "", first+"\n"+again, []statement{modify("wait", "6 h", "Sizes", "2020-01-01", "2020-02-01"), late}, says, not, saysAgain)
	one(t, "the version of 2020-01-01 says it", "bundles\tfaq-2017\t2017-12-31\twait\twait\n"+again,
		[]statement{said("wait", "12 h", "faq-2017", "Waits", "2017-12-31", "2017-12-31", "2020-02-01"), late}, says, not, saysAgain)

	dir := repository(t,
		commit{"2020-01-01", page(sources.ModelFile, `{"operations": {"Restore": {"documentation": "in error alone"}}}`)},
		commit{"2020-02-01", page(sources.ModelFile, `{"operations": {}}`)},
		commit{"2020-03-01", page(sources.ModelFile, `{"operations": {"Restore": {"documentation": "in error alone"}}}`)},
	)
	const form = "\tin error\toperations.Restore.documentation\tin error alone"
	ofModel := func(day, until string) statement {
		return said("in error", "", "service-model", "Restore", day, day, until)
	}
	if c := checkWith(t, map[string]string{sources.Model: dir}, "", "bundles\tservice-model\t2020-03-01"+form, ofModel("2020-03-01", "")); len(c.failures) != 1 || !strings.Contains(c.failures[0], "the version of 2020-01-01 says it") {
		t.Errorf("%q", c.failures)
	}
	if c := checkWith(t, map[string]string{sources.Model: dir}, "", "bundles\tservice-model\t2020-01-01"+form+"\nbundles\tservice-model\t2020-03-01"+form,
		ofModel("2020-01-01", "2020-02-01"), ofModel("2020-03-01", "")); len(c.failures) > 0 {
		t.Errorf("%q", c.failures)
	}
}

// Each version says it until the statement ends, or is known to say it in other words.
func TestGoesOn(t *testing.T) {
	const token = "bundles\tadmin-guide-modify\t2020-01-01\trules: 10\tup to 10 rules"
	first, second := commit{"2020-01-01", page(modifyPage, "# Groups\nup to 10 rules\n")}, commit{"2020-02-01", page(modifyPage, "# Groups\nten rules\n")}
	one(t, "the version of 2020-02-01 no longer says it: p:1", token, []statement{modify("rules", "10", "Groups", "2020-01-01", "")}, first, second)
	one(t, "", token, []statement{modify("rules", "10", "Groups", "2020-01-01", "2020-02-01")}, first, second)

	const row = "bundles\tadmin-guide-modify\t2020-01-01\trules: 10\t2020-02-01"
	list, err := parseReworded("# a note\n" + row + "\n")
	if r := list[tokenKey{"bundles", "admin-guide-modify", rule.MustParseEdition("2020-01-01"), "rules: 10"}]; err != nil || len(list) != 1 || r.day != "2020-02-01" {
		t.Errorf("%v, %v", list, err)
	}
	for _, wrong := range []string{"a\tb", strings.Replace(row, "2020-01-01", "January", 1), strings.Replace(row, "2020-02-01", "February", 1), row + "\n" + row} {
		if _, err := parseReworded(wrong); err == nil {
			t.Errorf("%q is read", wrong)
		}
	}
}

// Each row of reworded.tsv has its form in pages.tsv.
func TestRewordedRowsHaveTheirForms(t *testing.T) {
	list, err := parseReworded(rewordedText)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := parseTokens("pages.tsv", pageTokens, false)
	if err != nil {
		t.Fatal(err)
	}
	for key, r := range list {
		if pages[key] == nil {
			t.Errorf("%+v, %s: no form", key, r.day)
		}
	}
}

// What ends may be followed by the only value of the name from another document, or by its rule.
func TestFollowed(t *testing.T) {
	const token = "bundles\tadmin-guide-modify\t2020-01-01\twait\twait 6 hours"
	first, second := commit{"2020-01-01", page(modifyPage, "# Sizes\nwait 6 hours\n")}, commit{"2020-02-01", page(modifyPage, "# Sizes\nwait 6 hours, mostly\n")}
	ends := modify("wait", "6 h", "Sizes", "2020-01-01", "2020-02-01")
	ofRule := ends
	ofRule.rules = []rule.Code{"bundles.too-soon"}
	one(t, "it ends on 2020-02-01, and the version of that day says it", token, []statement{ends}, first, second)
	one(t, "", token, []statement{ends, said("wait", "12 h", "faq-2017", "Waits", "2020-02-01", "2020-02-01", "")}, first, second)
	one(t, "", token, []statement{ofRule, said("bundles.too-soon", "", "faq-2017", "Waits", "2020-02-01", "2020-02-01", "")}, first, second)
	beside := said("wait", "12 h", "faq-2017", "Waits", "2019-01-01", "2019-01-01", "")
	one(t, "the version of that day says it", token, []statement{ends, beside, said("wait", "24 h", "faq-2017", "Waits", "2020-02-01", "2020-02-01", "")}, first, second)
}

// In a block of code nothing is a heading, and of a page that was cut into several the newest name counts.
func TestPages(t *testing.T) {
	lines := parsePage("# Update\n```\n# Enables the keys.\n$list = 1\n```\n**Note**\nafter\n")
	for _, l := range lines {
		if !slices.Equal(l.headings, []string{"Update"}) {
			t.Errorf("%q stands under %q", l.text, l.headings)
		}
	}
	c := checkWith(t, map[string]string{sources.KMS: repository(t,
		commit{"2019-01-01", page("doc_source/limits.md", "# Limits\n")},
		commit{"2020-01-01", map[string]string{"doc_source/limits.md": "# Quotas\n", "doc_source/resource-limits.md": "# Resource quotas\nup to 500\n"}},
	)}, "encryption\tkms-guide-resource-quotas\t2020-01-01\tx\tup to 500", "", func() statement {
		s := said("x", "", "kms-guide-resource-quotas", "Resource quotas", "2020-01-01", "2020-01-01", "")
		s.pkg = "encryption"
		return s
	}())
	if len(c.failures) > 0 {
		t.Errorf("%q", c.failures)
	}
}

// The pages of the API Reference are made of the model, up to its last version; what ends in the model is
// no longer in it.
func TestAPIPages(t *testing.T) {
	lineartest.SkipRace(t)
	dir := repository(t,
		commit{"2020-01-01", page(sources.ModelFile, `{"shapes": {"ImportRequest": {"required": ["A"], "members": {"A": {"documentation": "<p>at most 50</p>"}}}}}`)},
		commit{"2020-03-01", page(sources.ModelFile, `{"shapes": {"ImportRequest": {"required": ["A", "B"], "members": {"A": {"documentation": "at most 50"}, "B": {}}}}}`)},
	)
	api := func(name, section, date, until string) statement {
		return said(name, "", "api-import-workspace-image", section, date, date, until)
	}
	const tokens = "bundles\tapi-import-workspace-image\t2020-01-01\tfifty\tshapes.ImportRequest.members.A.documentation\tat most 50\n" +
		"bundles\tapi-import-workspace-image\t2020-03-01\tneeds B\tshapes.ImportRequest.required\t^\\[\"A\",\"B\"\\]$"
	list := func(until, section string) []statement {
		return []statement{api("fifty", "A", "2020-01-01", until), api("needs B", section, "2020-03-01", ""), api("later", "A", "2020-05-01", "")}
	}
	for want, tt := range map[string][]statement{
		"": list("", "Request Parameters"),
		"it ends on 2020-03-01, and the version of the model of that day says it": list("2020-03-01", "Request Parameters"),
		"the model has no shape, operation or member of that name":                list("", "Request Syntax"),
	} {
		c := checkWith(t, map[string]string{sources.Model: dir}, "", tokens, tt...)
		if c.elsewhere["api-import-workspace-image"] != 1 || want == "" && len(c.failures) > 0 || want != "" && (len(c.failures) != 1 || !strings.Contains(c.failures[0], want)) {
			t.Errorf("got %q, elsewhere %v, want %q", c.failures, c.elsewhere, want)
		}
	}
}

// Each of two models has the versions of its own file.
func TestTwoModels(t *testing.T) {
	dir := repository(t,
		commit{"2020-01-01", map[string]string{sources.ModelFile: `{"shapes": {"Unit": {"enum": ["a"]}}}`, sources.CloudWatchFile: `{"shapes": {"Unit": {"enum": ["a"]}}}`}},
		commit{"2020-02-01", map[string]string{sources.ModelFile: `{"shapes": {"Unit": {"enum": ["a", "b"]}}}`}},
		commit{"2020-03-01", map[string]string{sources.CloudWatchFile: `{"shapes": {"Unit": {"enum": ["a", "b"]}}}`}},
		commit{"2020-04-01", map[string]string{sources.ModelFile: `{"shapes": {"Unit": {"enum": ["a", "b", "c"]}}}`}},
	)
	for want, days := range map[string][2]string{
		"": {"2020-02-01", "2020-03-01"},
		"service-model, \"Unit\", 2020-03-01 | there is no version of the model of the day":    {"2020-03-01", "2020-03-01"},
		"cloudwatch-model, \"Unit\", 2020-02-01 | there is no version of the model of the day": {"2020-02-01", "2020-02-01"},
		"cloudwatch-model, \"Unit\", 2020-01-01 | the model does not say it":                   {"2020-02-01", "2020-01-01"},
	} {
		tokens := "bundles\tservice-model\t" + days[0] + "\tb\tshapes.Unit.enum\t\"b\"\nbundles\tcloudwatch-model\t" + days[1] + "\tb\tshapes.Unit.enum\t\"b\""
		c := checkWith(t, map[string]string{sources.Model: dir}, "", tokens,
			said("b", "", "service-model", "Unit", days[0], days[0], ""), said("b", "", "cloudwatch-model", "Unit", days[1], days[1], ""))
		if len(c.elsewhere) > 0 || want == "" && len(c.failures) > 0 || want != "" && (len(c.failures) != 1 || !strings.Contains(c.failures[0], want)) {
			t.Errorf("got %q, elsewhere %v, want %q", c.failures, c.elsewhere, want)
		}
	}
}

// Texts of documents that no repository has are read from a folder.
func TestTexts(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"faq-2017.txt":            "Contents\nQ: How many?\nYou can launch\nup to 20.\nQ: How long?\n\n45 minutes\n",
		"sdk-go-changelog.md":     "# v1.2.0 (2020-02-01)\n\n* Added B\n\n# v1.1.0 (2020-01-01)\n\n* Added A\n",
		"faq-2017-and-a-half.txt": "Q: How long?\nYears\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const tokens = "bundles\tfaq-2017\t2017-12-31\tmany\tlaunch up to 20\nbundles\tfaq-2017\t2017-12-31\tlong\t45 minutes\nbundles\tsdk-go-changelog\t2020-01-01\tadded\tAdded A"
	faq := func(name, section string) statement {
		return said(name, "", "faq-2017", section, "2017-12-31", "2017-12-31", "")
	}
	log := func(date string) statement {
		return said("added", "", "sdk-go-changelog", "v1.1.0", date, "2020-01-01", "")
	}
	sound := []statement{faq("many", "How many?"), faq("long", "How long?"), log("2020-01-01"), said("x", "", "cli-migrate-workspace", "y", "2020-01-01", "2020-01-01", "")}
	for want, list := range map[string][]statement{
		"":                                sound,
		"the text has no such heading":    {faq("many", "How many, at most?"), sound[1], sound[2]},
		"the text does not say it: p:1":   {faq("many", "How long?"), sound[1], sound[2]},
		"the text does not say it: p:2":   {sound[0], faq("long", "How many?"), sound[2]},
		"no token shows that the text":    append(slices.Clone(sound), faq("other", "How long?")),
		"v1.1.0\", 2020-01-02 | the text": {sound[0], sound[1], log("2020-01-02")},
	} {
		c := &checker{statements: list, folder: folder, model: tokensOf(t, "", true), pages: tokensOf(t, tokens, false)}
		if err := c.check(); err != nil {
			t.Fatal(err)
		}
		if want == "" && (len(c.failures) > 0 || c.withToken != 3 || c.elsewhere["cli-migrate-workspace"] != 1) || want != "" && (len(c.failures) != 1 || !strings.Contains(c.failures[0], want)) {
			t.Errorf("got %q, %v, want %q", c.failures, c.elsewhere, want)
		}
	}
}

func tokensOf(t *testing.T, text string, isModel bool) tokens {
	t.Helper()
	table, err := parseTokens("p", text, isModel)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// A draw is of different statements, the same for a seed, and shows what says each.
func TestDraw(t *testing.T) {
	c := check(t, clones(t), sound()...)
	draw := func(n int, seed uint64) string {
		var out bytes.Buffer
		c.draw(&out, n, seed)
		return out.String()
	}
	all := draw(100, 1)
	for _, s := range sound() {
		if strings.Count(all, " "+s.row()+"\n") != 1 {
			t.Errorf("%s is not there once:\n%s", s.row(), all)
		}
	}
	for _, want := range []string{modifyPage + "\n    under: Modify a WorkSpace / Volume Sizes\n    says:  A volume has up to 2000 GB.\n", "says:  ^ws-\n", "no clone"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	if few := draw(3, 1); !strings.HasPrefix(all, few) || strings.Count(few, "cites:") != 3 || draw(9, 2) == all {
		t.Errorf("a draw of three is\n%s", few)
	}
}
