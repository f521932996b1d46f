package rules

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func run(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// Each rule of the library and of the command is listed, and explained by its code.
func TestEveryRule(t *testing.T) {
	_, all, _ := run()
	_, out, _ := run("--json")
	var list []described
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != len(wks.Catalogue())+len(own()) {
		t.Fatalf("%v, %d rules of %d and %d", err, len(list), len(wks.Catalogue()), len(own()))
	}
	for i, r := range append(wks.Catalogue(), own()...) {
		if d := list[i]; d.Code != r.Code || d.Title != r.Title || d.Remedy != r.Remedy || d.Help != r.Code.Help() || len(d.Revisions) != len(r.Revisions) {
			t.Errorf("%s: %+v", r.Code, d)
		}
		if !strings.Contains(all, string(r.Code)+" ") {
			t.Errorf("%s is not listed", r.Code)
		}
		status, one, errs := run(string(r.Code))
		if status != cli.Clean || errs != "" || !strings.Contains(one, list[i].Revisions[0].since()) || !strings.Contains(one, list[i].Help) {
			t.Errorf("%s: status %d, %s%s", r.Code, status, one, errs)
		}
	}
}

// The level is that of the day.
func TestEdition(t *testing.T) {
	for _, r := range wks.Catalogue() {
		for _, v := range r.Revisions {
			_, out, errs := run("--json", "--edition", v.Span.Since.String(), string(r.Code))
			var d described
			if err := json.Unmarshal([]byte(out), &d); err != nil || d.Level != v.Level {
				t.Errorf("%s on %s: %q, %v %s", r.Code, v.Span.Since, d.Level, err, errs)
			}
		}
	}
}

func TestUnknownCode(t *testing.T) {
	for code, want := range map[string]string{
		"bundle.user-taken": "is it bundles.user-taken?", "nonsense": "the code of no rule", "\x1b[2J": `\x1b[2J`,
	} {
		if status, out, errs := run(code); status != cli.Unanswered || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: status %d, %q, want %q", code, status, errs, want)
		}
	}
}

// The rules of the command have what a report needs of them, and cite documents that there are.
func TestOwnRules(t *testing.T) {
	seen := map[rule.Code]bool{}
	urls := documents()
	for _, r := range own() {
		v := r.Revisions[0]
		if seen[r.Code] || !strings.HasSuffix(r.Title, ".") || !strings.HasSuffix(r.Remedy, ".") || len(r.Revisions) != 1 || v.Level != rule.Must && v.Level != rule.Should {
			t.Errorf("%+v", r)
		}
		seen[r.Code] = true
		if v.Cite != (rule.Citation{}) && (urls[v.Cite.Document] == "" || v.Cite.Section == "") {
			t.Errorf("%s cites %+v", r.Code, v.Cite)
		}
		if err := new(rule.Code).UnmarshalText([]byte(r.Code)); err != nil {
			t.Error(err)
		}
	}
	for _, r := range wks.Catalogue() {
		if seen[r.Code] {
			t.Errorf("%s is a code of the command", r.Code)
		}
	}
}

// The help of each rule leads to a heading of a page in docs.
func TestHelpExists(t *testing.T) {
	docs := filepath.Join("..", "..", "..", "..", "docs", "rules")
	for command, text := range pages() {
		ruletest.Golden(t, filepath.Join(docs, command+".md"), text)
	}
	files, err := filepath.Glob(filepath.Join(docs, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]bool{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if heading, ok := strings.CutPrefix(strings.TrimSpace(line), "## "); ok {
				headings["/docs/rules/"+filepath.Base(name)+"#"+strings.ReplaceAll(heading, ".", "")] = true
			}
		}
	}
	for _, d := range catalogue(wks.Newest().Edition()) {
		if _, at, _ := strings.Cut(d.Help, "/blob/main"); !headings[at] {
			t.Errorf("the help of %s leads to %s", d.Code, d.Help)
		}
	}
}
