package main

import (
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/wksgo/wks/internal/sources"
)

// These tests hold rows against what the program has seen in the documents, without a clone: the tables of
// tokens and the days of versions, which the program holds against the clones.

//go:embed testdata/days.tsv
var dayTable string

// A statement of a version of a repository has a token, by its row and its day, and each token has
// a statement. A row whose day, number or name is another has none.
func TestEachRowHasItsToken(t *testing.T) {
	c := &checker{statements: statements()}
	if err := c.read(nil); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for i := range c.statements {
		s := &c.statements[i]
		table := c.pages
		if p, _ := sources.Find(s.cite.Document); p.Repository == sources.Model {
			table = c.model
		}
		found := table.of(s) != nil
		if found {
			seen++
		}
		if !found && !isGap(s) && s.cite.Document != sources.History && sources.InRepository(s.cite.Document, s.cite.Date.String()) {
			t.Errorf("%s | %s | %s | %s: no token", s.pkg, s.row(), s.span.Since, s.cite.Document)
		}
	}
	if seen == 0 {
		t.Fatal("no statement has a token")
	}
	for _, table := range []tokens{c.pages, c.model} {
		for _, k := range table {
			if !k.used {
				t.Errorf("%s: no statement: %s | %s | %s | %s", k.where, k.pkg, k.row, k.since, k.document)
			}
		}
	}
}

// days are the days on which versions were published, by repository or file of one, and read.
func days(t *testing.T) map[string][]string {
	all := map[string][]string{}
	for l := range strings.Lines(dayTable) {
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		name, list, ok := strings.Cut(l, "\t")
		if all[name] = strings.Fields(list); !ok || len(all[name]) == 0 {
			t.Fatalf("no days: %q", l)
		}
	}
	return all
}

// ownDay are documents that were read once, on a day of their own.
var ownDay = []string{sources.History, "admin-guide-2020", "admin-guide-byol-china"}

// announced are the days on which a row ends because its document says so.
var announced = []string{"2026-07-01"}

// published returns the days of the versions of a document, and nil if nothing tells them.
func published(all map[string][]string, document string) []string {
	p, ok := sources.Find(document)
	list := slices.Clone(all[p.Repository])
	if ok {
		list = append(list, all[p.Repository+" "+p.Files[0]]...)
	}
	if ok && p.Repository != sources.KMS || strings.HasPrefix(document, "admin-guide-") && !slices.Contains(ownDay, document) {
		for _, r := range sources.Readings {
			list = append(list, r.Day)
		}
	}
	return list
}

// A statement cites a version that was published on the day, and ends with one, or when another takes its place. A table
// of which no version was read for a time ends on the day after the last that was.
func TestEachDayIsOneOfAVersion(t *testing.T) {
	all := days(t)
	c := &checker{statements: statements()}
	c.begin()
	seen, ended := 0, 0
	for i := range c.statements {
		s := &c.statements[i]
		if list := published(all, s.cite.Document); list != nil && !slices.Contains(ownDay, s.cite.Document) {
			if seen++; !slices.Contains(list, s.cite.Date.String()) {
				t.Errorf("%s | %s | %s, %s: no version of that day", s.pkg, s.row(), s.cite.Document, s.cite.Date)
			}
		}
		until := s.span.Until.String()
		if until == "" || c.isFollowed(s) {
			continue
		}
		ended++
		list := slices.Concat(published(all, "admin-guide-ports"), published(all, "service-model"), published(all, "kms-guide-resource-quotas"), announced, []string{dayAfter(t, sources.Place{Repository: sources.Guide}.Last())})
		if p, ok := sources.Find(s.cite.Document); ok {
			list = append(list, dayAfter(t, p.Last()))
		}
		if !slices.Contains(list, until) {
			t.Errorf("%s | %s | %s: ends on %s, on which there was no version", s.pkg, s.row(), s.cite.Document, until)
		}
	}
	if seen == 0 || ended == 0 {
		t.Errorf("%d statements with days, %d ends", seen, ended)
	}
}

func dayAfter(t *testing.T, date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return day.AddDate(0, 0, 1).Format(time.DateOnly)
}

// sdkFolder returns the folder of the SDK that is required.
func sdkFolder(t *testing.T) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-sdk-go-v2/service/workspaces").Output()
	if err != nil {
		t.Skip("no go command that finds the SDK")
	}
	return strings.TrimSpace(string(out))
}

// What is cited of the service model is a shape, an operation or a member: the SDK is made of it, and the table of constraints has
// the names of the shapes that the SDK leaves out. It calls the input of an operation otherwise.
func TestSectionsOfTheModelAreNames(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sdkFolder(t), "types", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	operations, err := filepath.Glob(filepath.Join(sdkFolder(t), "api_op_*.go"))
	if err != nil || len(files) == 0 || len(operations) == 0 {
		t.Fatal(err, len(files), len(operations))
	}
	words := map[string]bool{}
	for _, name := range slices.Concat(files, operations, []string{filepath.Join("..", "wire", "constraints.json")}) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range strings.FieldsFunc(string(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) {
			words[w] = true
		}
	}
	for _, s := range statements() {
		if s.cite.Document == "service-model" && !words[s.cite.Section] && !words[strings.TrimSuffix(s.cite.Section, "Request")] {
			t.Errorf("%s | %s: the model has no %q", s.pkg, s.row(), s.cite.Section)
		}
	}
}

// What the changelog of the SDK is cited for stands there, on that day, in the module that is required.
func TestChangelogOfTheSDK(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(sdkFolder(t), "CHANGELOG.md"))
	if err != nil {
		t.Skip(err)
	}
	seen := 0
	for _, s := range statements() {
		if s.cite.Document != "sdk-go-changelog" {
			continue
		}
		seen++
		if s.cite.Date != s.span.Since || !strings.Contains(string(text), "\n# "+s.cite.Section+" ("+s.cite.Date.String()+")\n") {
			t.Errorf("%s | %s: the changelog has no %s of %s", s.pkg, s.row(), s.cite.Section, s.cite.Date)
		}
	}
	if seen == 0 {
		t.Error("nothing cites the changelog")
	}
}

//go:embed testdata/advice.txt
var adviceTable string

// What documents advise, and do not forbid, is known by rule and day.
func TestAdvice(t *testing.T) {
	want := map[string]bool{}
	for l := range strings.Lines(adviceTable) {
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		f := strings.Fields(l)
		for _, day := range f[1:] {
			want[f[0]+" "+day] = true
		}
	}
	for _, s := range statements() {
		if s.level == "" {
			continue
		}
		key := s.name + " " + s.span.Since.String()
		if advice := s.level == "should"; advice != want[key] {
			t.Errorf("%s: is %s", key, s.level)
		}
		delete(want, key)
	}
	for key := range want {
		t.Errorf("%s: no revision begins then", key)
	}
}
