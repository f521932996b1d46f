// Package damagetest runs commands on documents that are damaged as nothing should be.
package damagetest

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/damage"
	"github.com/wksgo/wks/internal/lineartest"
)

// A Case is a command on a folder.
type Case struct {
	Command func() *cobra.Command
	Files   map[string][]byte         // of the folder, by their names, with slashes
	Args    func(dir string) []string // before those that tell the form
	Forms   [][]string                // how the report is written, in turn; nil is as it is without a flag
}

// Check damages some of the files that hold JSON, runs the command, and holds that there is a report or an error: with an exit
// status of the three, without a control character, and without a value of thousands of characters in full, as in the page that
// many commands write beside the report. First one text of the files after another is long, wherever it stands. Then the damage is
// drawn. rapid's flag -rapid.checks says how many texts, and how much damage.
func (c Case) Check(t *testing.T) {
	t.Helper()
	lineartest.SkipRace(t)
	r := newRunner(t, c)
	r.longTexts(t)
	t.Logf("%d runs with a long text, by status %v", r.runs, r.said)
	if t.Failed() {
		return
	}
	rapid.Check(t, r.damage)
	t.Logf("%d runs, by status %v", r.runs, r.said)
}

// AnyOrder holds that the answer is the same whatever the order of the members of objects, which JSON does not give: AWS and Terraform
// write that of their types, and what reads and writes their documents in between may write that of the alphabet.
func (c Case) AnyOrder(t *testing.T) {
	t.Helper()
	r := newRunner(t, c)
	for _, form := range r.Forms {
		want := r.answer(form)
		for _, back := range []bool{false, true} {
			for _, name := range r.names {
				write(t, r.dir, name, r.documents[name].Ordered(back))
			}
			if got := r.answer(form); got != want {
				t.Errorf("%q, with members from Z to A %t:\n%s\nwant\n%s", form, back, got, want)
			}
			r.restore(t, r.names)
		}
	}
}

// A runner runs a command on a folder, some files of which are damaged.
type runner struct {
	Case
	dir, page string
	args      []string
	documents map[string]*damage.Document // by names of files
	names     []string                    // of files that hold JSON, in order
	runs      int
	said      map[int]int // runs by their exit status
}

func newRunner(t *testing.T, c Case) *runner {
	t.Helper()
	r := &runner{Case: c, dir: t.TempDir(), documents: map[string]*damage.Document{}, said: map[int]int{}}
	r.page, r.args = filepath.Join(t.TempDir(), "page.html"), c.Args(r.dir)
	if len(r.Forms) == 0 {
		r.Forms = [][]string{nil}
	}
	for name, data := range c.Files {
		write(t, r.dir, name, data)
		if d, err := damage.Parse(data); err == nil {
			r.documents[name] = d
			r.names = append(r.names, name)
		}
	}
	slices.Sort(r.names)
	if len(r.names) == 0 {
		t.Fatal("no file holds JSON")
	}
	return r
}

// answer is all that the command says of the folder as it is now.
func (r *runner) answer(form []string) string {
	var out, errs bytes.Buffer
	status := cli.Run(r.Command(), slices.Concat(r.args, form), strings.NewReader(""), &out, &errs)
	return fmt.Sprintf("status %d\n%s%s", status, out.String(), errs.String())
}

// run runs the command on the folder as it is now. It returns what is wrong with the report, or "".
func (r *runner) run(form []string) string {
	var out, errs bytes.Buffer
	cmd, args := r.Command(), slices.Concat(r.args, form)
	if cmd.Flags().Lookup("html") != nil {
		args = append(args, "--html", r.page)
	}
	status := cli.Run(cmd, args, strings.NewReader(""), &out, &errs)
	r.runs++
	r.said[status]++
	if data, err := os.ReadFile(r.page); err == nil {
		if err := os.Remove(r.page); err != nil { // the next run may write none
			return err.Error()
		}
		if fault := tooLong(string(data)); fault != "" {
			return "the page: " + fault
		}
	}
	return look(status, out.String(), errs.String(), slices.Contains(form, "--json") || slices.Contains(form, "--sarif"), slices.Contains(form, "--github"), slices.Contains(form, "--junit"))
}

// restore writes files as they were.
func (r *runner) restore(t fataler, names []string) {
	for _, name := range names {
		write(t, r.dir, name, r.Files[name])
	}
}

// longTexts makes one text of the documents long after another, in all files that hold it: another text, and one that begins as it did.
func (r *runner) longTexts(t *testing.T) {
	t.Helper()
	holding := map[string][]string{} // files by the texts that they hold
	for _, name := range r.names {
		for _, text := range r.documents[name].Texts() {
			holding[text] = append(holding[text], name)
		}
	}
	texts := slices.Sorted(maps.Keys(holding))
	rand.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	for _, text := range texts[:min(len(texts), checks(t))] {
		forms := [][]string{r.Forms[0], r.Forms[r.runs/2%len(r.Forms)]}
		for i, long := range []string{damage.Long, text + damage.Long} {
			for _, name := range holding[text] {
				write(t, r.dir, name, r.documents[name].Replaced(text, long))
			}
			if fault := r.run(forms[i]); fault != "" {
				t.Errorf("%q: %q is long: %s", forms[i], text, fault)
			}
		}
		r.restore(t, holding[text])
	}
}

// damage runs the command on documents with drawn damage.
func (r *runner) damage(t *rapid.T) {
	var damaged []string
	defer func() { r.restore(t, damaged) }() // after a failure, too: rapid goes on with smaller damage
	for range rapid.IntRange(1, min(2, len(r.names))).Draw(t, "files") {
		name := rapid.SampledFrom(r.names).Draw(t, "file")
		damaged = append(damaged, name)
		write(t, r.dir, name, r.documents[name].Damaged(t))
	}
	form := r.Forms[rapid.IntRange(0, len(r.Forms)-1).Draw(t, "form")]
	if fault := r.run(form); fault != "" {
		for _, name := range damaged {
			t.Log(name, read(r.dir, name))
		}
		t.Fatalf("%q: %s", form, fault)
	}
}

// checks is how often rapid checks.
func checks(t *testing.T) int {
	n, err := strconv.Atoi(flag.Lookup("rapid.checks").Value.String())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

type fataler interface{ Fatal(...any) }

func write(t fataler, dir, name string, data []byte) {
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	return fmt.Sprintf("%.20000s, %v", data, err)
}

// longest is how much of a text is shown that goes on and on.
const longest = 300

// names are those of suites, classes and cases in JUnit. They are whole, since a server of CI tells cases apart by nothing else:
// two of which the beginning is the same would be one.
var names = regexp.MustCompile(` (class)?name="[^"]*"`)

// look returns what is wrong with what a command ended with, or "".
func look(status int, out, errs string, isJSON, silent, isJUnit bool) string {
	both := out + errs
	if status < cli.Clean || status > cli.Unanswered || both == "" && (status != cli.Clean || !silent) {
		return fmt.Sprintf("status %d, %d bytes", status, len(both))
	}
	if i := strings.IndexFunc(both, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
		return fmt.Sprintf("a control character in %.100q", both[max(0, i-50):])
	}
	if !utf8.ValidString(both) {
		return "no UTF-8"
	}
	if isJUnit {
		out = names.ReplaceAllString(out, "")
	}
	if !isJSON {
		return tooLong(out + errs)
	}
	for d := json.NewDecoder(strings.NewReader(out)); d.More(); { // a report for each plan
		var v any
		if err := d.Decode(&v); err != nil {
			return err.Error()
		}
		if fault := inProse(v, false); fault != "" {
			return fault
		}
	}
	return tooLong(errs)
}

func tooLong(s string) string {
	if i := strings.Index(s, strings.Repeat("x", longest)); i >= 0 {
		return fmt.Sprintf("a long value in full: %.100q", s[max(0, i-50):])
	}
	return ""
}

// prose are the members of reports that are for people. Others are data, which are whole: so is the title of a section, by which
// findings name it.
var prose = []string{"detail", "details", "reason", "text", "message", "summary", "line", "lines", "notGiven", "undocumented", "why", "missing"}

// inProse looks at the members of a report that are for people.
func inProse(v any, read bool) string {
	switch v := v.(type) {
	case string:
		if read {
			return tooLong(v)
		}
	case []any:
		for _, x := range v {
			if fault := inProse(x, read); fault != "" {
				return fault
			}
		}
	case map[string]any:
		for name, x := range v {
			if fault := inProse(x, slices.Contains(prose, name)); fault != "" {
				return fault
			}
		}
	}
	return ""
}
