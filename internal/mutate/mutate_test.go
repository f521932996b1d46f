//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/lineartest"
)

const sample = "./testdata/sample"

// TestSurvivors holds which changes of the sample the command makes, and which it calls survivors, in builds that
// mutants share and in builds of their own.
func TestSurvivors(t *testing.T) {
	lineartest.SkipRace(t)
	if testing.Short() {
		t.Skip("builds the sample")
	}
	var out bytes.Buffer
	if err := run([]string{"-code", "1000", "-rows", "1000", "-equivalent", "", sample}, &out); err != nil {
		t.Fatal(err)
	}
	var got []string
	for block := range strings.SplitSeq(strings.TrimSpace(out.String()), "\n\n") {
		lines := strings.Split(block, "\n")
		if len(lines) == 4 {
			_, in, _ := strings.Cut(lines[1], ".go ")
			got = append(got, in+": "+strings.TrimPrefix(lines[3], "+ "))
		}
	}
	want := []string{
		"rows: {\"a\", \"2024-02-29\", 1, false, \"A row.\"},",
		"rows: {name: \"b~\", size: 2, Title: \"Another.\"},",
		"rows: {name: \"b\", size: (2 + 1), Title: \"Another.\"},",
		"rows: {name: \"b\", size: (2 - 1), Title: \"Another.\"},",
		"Both: ", // without the call of unseen
		"unseen: if len(*list) == (1000 + 1) {",
		"unseen: if len(*list) == (1000 - 1) {",
		"unseen: ", // without the assignment
	}
	if !slices.Equal(got, want) {
		t.Errorf("these survive:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDraw(t *testing.T) {
	p, err := load(sample)
	if err != nil {
		t.Fatal(err)
	}
	draw := func(seed uint64) (list []string) {
		drawn, err := p.draw(seed, 10, 5, "", nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for _, m := range drawn {
			if m.row {
				rows++
			}
			list = append(list, m.in+": "+m.is)
		}
		if len(drawn) != 15 || rows != 5 {
			t.Errorf("drew %d, of which %d rows", len(drawn), rows)
		}
		return list
	}
	if one := draw(1); !slices.Equal(one, draw(1)) || slices.Equal(one, draw(2)) {
		t.Error("a seed does not tell the sample")
	}
}

func TestEquivalents(t *testing.T) {
	p, err := load(sample)
	if err != nil {
		t.Fatal(err)
	}
	all := p.mutants()
	first := all[0]
	block := p.path + " " + first.file + " " + first.in + "\n- " + first.was + "\n+ " + first.is + "\n"
	for name, tt := range map[string]struct{ text, fault string }{
		"known":     {"# a comment\n" + block + "because: it is.\n", ""},
		"no reason": {block, "not a place"},
		"empty":     {block + "because: \n", "not a place"},
		"twice":     {strings.Repeat(block+"because: it is.\n\n", 2), "twice"},
		"stale":     {strings.Replace(block, first.in, "elsewhere", 1) + "because: it is.\n", "no mutant of"},
	} {
		file := filepath.Join(t.TempDir(), "equivalent.txt")
		if err := os.WriteFile(file, []byte(tt.text), 0o666); err != nil {
			t.Fatal(err)
		}
		known, err := readEquivalents(file)
		var drawn []*mutant
		if err == nil {
			drawn, err = p.draw(1, 1000, 1000, "", known, nil)
		}
		if tt.fault != "" {
			if err == nil || !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("%s: error %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, m := range drawn {
			if p.key(m) == p.key(first) {
				t.Errorf("%s: drew the equivalent mutant", name)
			}
		}
	}
	if _, err := readEquivalents("equivalent.txt"); err != nil {
		t.Error(err)
	}
}

// What a run printed can be drawn again.
func TestAgain(t *testing.T) {
	p, err := load(sample)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := p.draw(1, 3, 2, "", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	p.report(&printed, 1, drawn, drawn)
	file := filepath.Join(t.TempDir(), "survivors.txt")
	if err := os.WriteFile(file, printed.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	among, err := readMutants(file, false)
	if err != nil || len(among) != 5 {
		t.Fatalf("%v, %v", among, err)
	}
	again, err := p.draw(2, 5, 5, "", nil, among)
	if err != nil || len(again) < 5 {
		t.Fatalf("drew %d, %v", len(again), err)
	}
	for _, m := range again {
		if among[p.key(m)] == "" {
			t.Errorf("drew %+v", p.key(m))
		}
	}
}

// Of a dated row the document, the days and the level are changed, and the heading is not.
func TestDatedRows(t *testing.T) {
	p, err := load(sample)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range p.mutants() {
		if m.in == "revisions" {
			got = append(got, strings.TrimPrefix(m.is, "var revisions = []rule.Revision{"))
		}
	}
	want := []string{
		"}",
		`tables.Should("guide", "Heading 1", "2020-02-28", "")}`, `tables.Must("guide~", "Heading 1", "2020-02-28", "")}`,
		`tables.Must("guide", "Heading 1", "2020-02-29", "")}`, `tables.Must("guide", "Heading 1", "2020-02-27", "")}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
