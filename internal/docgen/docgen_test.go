package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/rule"
)

const root = "../.."

var once = struct {
	load     func() ([]pkg, error)
	generate func() ([]file, error)
}{
	sync.OnceValues(func() ([]pkg, error) { return load(os.DirFS(root)) }),
	sync.OnceValues(func() ([]file, error) { return generate(os.DirFS(root)) }),
}

// loaded and generated are for tests that only read.
func loaded(t *testing.T) []pkg {
	t.Helper()
	set, err := once.load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func generated(t *testing.T) []file {
	t.Helper()
	files, err := once.generate()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The documents are those that the tables, fixtures, examples and exported names make.
func TestFresh(t *testing.T) {
	lineartest.SkipRace(t)
	files := generated(t)
	for _, f := range files {
		old, err := os.ReadFile(filepath.Join(root, f.name))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(old, f.text) {
			continue
		}
		was, is := strings.Split(string(old), "\n"), strings.Split(string(f.text), "\n")
		i := 0
		for i < len(was) && i < len(is) && was[i] == is[i] {
			i++
		}
		t.Errorf("%s is stale: run go generate in the root of the module, and read what changes. Line %d is\n\t%q\nand would be\n\t%q",
			f.name, i+1, slices.Concat(was, []string{""})[i], slices.Concat(is, []string{""})[i])
	}
	again, err := generate(os.DirFS(root))
	if err != nil || !slices.EqualFunc(files, again, func(a, b file) bool { return a.name == b.name && bytes.Equal(a.text, b.text) }) {
		t.Errorf("the documents differ from one run to the next (%v)", err)
	}
}

// In each edition something changes.
func TestEditionsAreCovered(t *testing.T) {
	lineartest.SkipRace(t)
	for _, p := range loaded(t) {
		var before rule.Edition
		for _, e := range p.editions() {
			if len(p.ruleChanges(before, e))+len(p.parameterChanges(before, e)) == 0 {
				t.Errorf("%s: nothing changes on %s", p.path, e)
			}
			before = e
		}
	}
}

func TestParametersAreSound(t *testing.T) {
	for _, p := range loaded(t) {
		for i, r := range p.parameters {
			if r.Name == "" || r.Value == "" || strings.Contains(r.Name+r.Value, "\n") {
				t.Errorf("%s: parameter %+v", p.path, r)
			}
			if _, ok := p.documents[r.Cite.Document]; !ok || r.Cite.Section == "" {
				t.Errorf("%s, %s: cites %+v", p.path, r.Name, r.Cite)
			}
			if r.Span.Until != (rule.Edition{}) && r.Span.Until.Compare(r.Span.Since) <= 0 {
				t.Errorf("%s, %s: span %+v", p.path, r.Name, r.Span)
			}
			for _, c := range r.Rules {
				if !slices.ContainsFunc(p.rules, func(r rule.Rule) bool { return r.Code == c }) {
					t.Errorf("%s, %s: there is no rule %s", p.path, r.Name, c)
				}
			}
			if slices.ContainsFunc(p.parameters[:i], func(o rule.Parameter) bool {
				return o.Name == r.Name && o.Value == r.Value && o.Span == r.Span && o.Cite == r.Cite
			}) {
				t.Errorf("%s, %s: %s is listed twice", p.path, r.Name, r.Value)
			}
		}
	}
}

// A package of the module that declares a book is in the documents.
func TestListingsAreComplete(t *testing.T) {
	declares := regexp.MustCompile(`(?m)^var book = tables\.Book\{`)
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || name == "internal"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if dir := path.Dir(name); err == nil && declares.Match(text) && !slices.ContainsFunc(listings, func(l listing) bool { return l.dir == dir }) {
			t.Errorf("%s declares a book and is not among the listings", dir)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What a package lists of itself is the caller's.
func TestListingsAreCopies(t *testing.T) {
	for _, l := range listings {
		if l.rules != nil {
			list := l.rules()
			clear(list[0].Revisions)
			clear(list)
			if again := l.rules()[0]; again.Code == "" || again.Revisions[0].Level == "" {
				t.Errorf("%s: the catalogue is not a copy", l.dir)
			}
		}
		if l.parameters != nil {
			list := l.parameters()
			for i := range list {
				clear(list[i].Rules)
			}
			clear(list)
			for _, r := range l.parameters() {
				if r.Name == "" || slices.Contains(r.Rules, "") {
					t.Fatalf("%s: Parameters is not a copy", l.dir)
				}
			}
		}
	}
}

// A document is the same for every package that cites it, so that one link can serve all.
func TestDocumentsAgree(t *testing.T) {
	urls := map[string]string{}
	for _, p := range loaded(t) {
		for key, d := range p.documents {
			if url, ok := urls[key]; ok && url != d.URL {
				t.Errorf("%s is %q and %q", key, url, d.URL)
			}
			urls[key] = d.URL
		}
	}
}

var (
	headings   = regexp.MustCompile(`(?m)^#+ (.*)$`)
	inline     = regexp.MustCompile(`\]\(([\w./-]*)(#[^)]*)?\)`)
	references = regexp.MustCompile(`\[([a-z][a-z0-9-]*)\](?:[^(:]|$)`)
	defined    = regexp.MustCompile(`(?m)^\[([a-z0-9-]+)\]: https://\S+$`)
	indented   = regexp.MustCompile("(?ms)^    [^\n]*$|^```.*?^```")
)

func TestLinksLead(t *testing.T) {
	files := generated(t)
	anchors := map[string]map[string]bool{}
	for _, f := range files {
		anchors[f.name] = map[string]bool{}
		for _, m := range headings.FindAllSubmatch(indented.ReplaceAll(f.text, nil), -1) {
			a := anchor(string(m[1]))
			if anchors[f.name][a] {
				t.Errorf("%s: several headings are at %s", f.name, a)
			}
			anchors[f.name][a] = true
		}
	}
	for _, f := range files {
		if !strings.HasSuffix(f.name, ".md") {
			continue
		}
		prose := indented.ReplaceAll(f.text, nil)
		links := inline.FindAllSubmatch(prose, -1)
		for _, m := range links {
			to, at := path.Join(path.Dir(f.name), string(m[1])), string(m[2])
			if len(m[1]) == 0 {
				to = f.name
			}
			if _, err := os.Stat(filepath.Join(root, to)); err != nil || at != "" && !anchors[to][at] {
				t.Errorf("%s: %s leads nowhere (%v)", f.name, m[0], err)
			}
		}
		known := map[string]bool{}
		for _, m := range defined.FindAllSubmatch(prose, -1) {
			known[string(m[1])] = true
		}
		for _, m := range references.FindAllSubmatch(prose, -1) {
			if !known[string(m[1])] {
				t.Errorf("%s: %s is not defined", f.name, m[1])
			}
		}
		if len(links) == 0 {
			t.Errorf("%s has no links", f.name)
		}
		if len(f.text) > 500_000 {
			t.Errorf("%s has %d bytes, more than GitHub shows as a page", f.name, len(f.text))
		}
	}
}

// What the document tells to run is there.
func TestCommandsExist(t *testing.T) {
	lineartest.SkipRace(t)
	text, err := adopting(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^    go run \./cmd/wks (\w+)(.*)$`).FindAllStringSubmatch(string(text), -1)
	if len(commands) == 0 {
		t.Fatal("no command")
	}
	program := filepath.Join(t.TempDir(), "wks.exe")
	build := exec.Command("go", "build", "-o", program, "./cmd/wks")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	help := map[string]string{}
	for _, c := range commands {
		if help[c[1]] == "" {
			out, err := exec.Command(program, c[1], "--help").CombinedOutput()
			if err != nil {
				t.Fatalf("wks %s: %v: %s", c[1], err, out)
			}
			help[c[1]] = string(out)
		}
		for _, flag := range regexp.MustCompile(` --([\w-]+)`).FindAllStringSubmatch(c[2], -1) {
			if !strings.Contains(help[c[1]], "--"+flag[1]+" ") {
				t.Errorf("wks %s has no flag --%s", c[1], flag[1])
			}
		}
	}
}

// Each program to copy from is shown in the document, and short enough to be read. examples/clients measures.
func TestExamplesAreShown(t *testing.T) {
	text, err := adopting(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, "examples", "*", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		dir := filepath.Base(filepath.Dir(file))
		if dir == "clients" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		if !strings.Contains(string(text), "(../examples/"+dir+"/") {
			t.Errorf("examples/%s is not linked", dir)
		}
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(code, []byte("\n")); n >= 120 {
			t.Errorf("%s has %d lines", file, n)
		}
	}
}

func TestAdoptingFaults(t *testing.T) {
	for name, src := range map[string]string{"does not parse": "pack", "has no examples": "package main\n"} {
		if _, err := adopting(fstest.MapFS{"examples/client/main.go": {Data: []byte(src)}}); err == nil || !strings.Contains(err.Error(), "examples/client/main.go") {
			t.Errorf("a file that %s: no error", name)
		}
	}
	if _, err := adopting(fstest.MapFS{}); err == nil {
		t.Error("without a file: no error")
	}
}

func TestRun(t *testing.T) {
	var stderr bytes.Buffer
	dir := t.TempDir()
	if status := run(dir, &stderr); status != 1 || stderr.Len() == 0 {
		t.Errorf("a folder without source: status %d, %q", status, stderr.String())
	}
	if err := os.Mkdir(filepath.Join(dir, "docs"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := write(dir, []file{{"docs/a.md", []byte("a")}}); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "docs", "a.md")); err != nil || string(text) != "a" {
		t.Errorf("wrote %q, %v", text, err)
	}
	if err := write(dir, []file{{"none/a.md", nil}}); err == nil {
		t.Error("a folder that is not there: no error")
	}
}
