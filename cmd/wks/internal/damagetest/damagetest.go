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
	dir := t.TempDir()
	documents := map[string]*damage.Document{}
	var names []string
	for name, data := range c.Files {
		write(t, dir, name, data)
		if d, err := damage.Parse(data); err == nil {
			documents[name] = d
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		t.Fatal("no file holds JSON")
	}
	args, runs := c.Args(dir), 0
	said := map[int]int{} // runs by their exit status
	run := func(form []string) string {
		var out, errs bytes.Buffer
		cmd, all := c.Command(), slices.Concat(args, form)
		page := filepath.Join(dir, "..", "page.html")
		if cmd.Flags().Lookup("html") != nil {
			all = append(all, "--html", page)
		}
		status := cli.Run(cmd, all, strings.NewReader(""), &out, &errs)
		runs++
		said[status]++
		if data, err := os.ReadFile(page); err == nil {
			if err := os.Remove(page); err != nil { // the next run may write none
				return err.Error()
			}
			if fault := tooLong(string(data)); fault != "" {
				return "the page: " + fault
			}
		}
		return look(status, out.String(), errs.String(), slices.Contains(form, "--json") || slices.Contains(form, "--sarif"), slices.Contains(form, "--github"), slices.Contains(form, "--junit"))
	}
	forms := c.Forms
	if len(forms) == 0 {
		forms = [][]string{nil}
	}
	holding := map[string][]string{} // files by the texts that they hold
	for _, name := range names {
		for _, text := range documents[name].Texts() {
			holding[text] = append(holding[text], name)
		}
	}
	texts := slices.Sorted(maps.Keys(holding))
	rand.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	for _, text := range texts[:min(len(texts), checks(t))] {
		for i, long := range []string{damage.Long, text + damage.Long} {
			for _, name := range holding[text] {
				write(t, dir, name, documents[name].Replaced(text, long))
			}
			form := forms[0]
			if i == 1 {
				form = forms[runs/2%len(forms)]
			}
			if fault := run(form); fault != "" {
				t.Errorf("%q: %q is long: %s", form, text, fault)
			}
		}
		for _, name := range holding[text] {
			write(t, dir, name, c.Files[name])
		}
	}
	t.Logf("%d runs with a long text, by status %v", runs, said)
	if t.Failed() {
		return
	}
	rapid.Check(t, func(t *rapid.T) {
		var damaged []string
		defer func() { // after a failure, too: rapid goes on with smaller damage
			for _, name := range damaged {
				write(t, dir, name, c.Files[name])
			}
		}()
		for range rapid.IntRange(1, min(2, len(names))).Draw(t, "files") {
			name := rapid.SampledFrom(names).Draw(t, "file")
			damaged = append(damaged, name)
			write(t, dir, name, documents[name].Damaged(t))
		}
		form := forms[rapid.IntRange(0, len(forms)-1).Draw(t, "form")]
		if fault := run(form); fault != "" {
			for _, name := range damaged {
				t.Log(name, read(dir, name))
			}
			t.Fatalf("%q: %s", form, fault)
		}
	})
	t.Logf("%d runs, by status %v", runs, said)
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
