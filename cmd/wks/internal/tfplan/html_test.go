package tfplan

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/schematest"
	"github.com/wksgo/wks/internal/lineartest"
)

// pageOf writes the page of a plan and returns it.
func pageOf(t *testing.T, file string, args ...string) string {
	t.Helper()
	if status, out, errs := runOn(append(args, "--html", file)...); status == exitUnanswered || errs != "" || out == "" {
		t.Fatalf("status %d, %s", status, errs)
	}
	return readPage(t, file)
}

func readPage(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The page tells what the text does, is well-formed, and runs no script.
func TestPage(t *testing.T) {
	page := pageOf(t, filepath.Join(t.TempDir(), "page.html"))
	if strings.Contains(page, "<script") {
		t.Error("the page has a script")
	}
	var words strings.Builder
	for _, token := range schematest.Tokens(t, page) {
		if text, ok := token.(xml.CharData); ok {
			words.Write(text)
		}
	}
	_, rep := reportOn(t, string(sample))
	for _, r := range rep.Resources {
		for _, f := range r.Findings {
			for _, want := range []string{string(r.Address), string(f.Code), string(f.Detail), string(f.Path)} {
				if !strings.Contains(words.String(), want) {
					t.Errorf("the page lacks %q of %s", want, r.Address)
				}
			}
			if !strings.Contains(page, `href="`+f.Help+`"`) {
				t.Errorf("the page has no link to %s", f.Help)
			}
		}
	}
	for _, want := range []string{rep.Headline(), rep.OpenHeadline(), rep.Summary.Line, "destroys the desktop"} {
		if !strings.Contains(words.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// One page holds one plan.
func TestPageOfSeveralPlans(t *testing.T) {
	var one bytes.Buffer
	if err := json.Compact(&one, sample); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.html")
	status, _, errs := tfplan(t, one.String()+"\n"+one.String(), "--html", file)
	if _, err := os.Stat(file); status != exitUnanswered || !strings.Contains(errs, "--html") || err == nil {
		t.Errorf("status %d, %s", status, errs)
	}
}

// A page goes to a file that has a name, and so does a baseline.
func TestFilesWithoutNames(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{{"--html", ""}, {"--html", "-"}, {"--write-baseline", ""}, {"--write-baseline", "-"}, {"--baseline", ""}} {
		if status, out, errs := tfplan(t, string(sample), args...); status != exitUnanswered || out != "" || !strings.Contains(errs, args[0]+": ") {
			t.Errorf("%q: status %d, %.100s, %s", args, status, out, errs)
		}
	}
	if files, err := os.ReadDir("."); err != nil || len(files) > 0 {
		t.Errorf("%v %v", files, err)
	}
}

// A validator of npm finds the page sound.
func TestPageByValidator(t *testing.T) {
	lineartest.SkipRace(t)
	dir := schematest.NPM(t, "html-validate@9.7.1")
	page := filepath.Join(dir, "page.html")
	for _, args := range [][]string{nil, {filepath.Join("testdata", "replace.plan.json")}, {filepath.Join("testdata", "network.plan.json")}} {
		pageOf(t, page, args...)
		schematest.HTML(t, dir, page)
	}
}
