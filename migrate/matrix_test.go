package migrate_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A grid is one of testdata/grids.txt.
type grid struct {
	since   rule.Edition
	name    string
	targets []string
	rows    [][]string // a source, and a letter for each target
}

func readGrids(t *testing.T) (grids []grid) {
	t.Helper()
	text, err := os.ReadFile("testdata/grids.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0][0] == '#':
		case words[0] == "grid":
			grids = append(grids, grid{since: rule.MustParseEdition(words[1]), name: words[2]})
		default:
			g := &grids[len(grids)-1]
			if g.targets == nil {
				g.targets = words
				continue
			}
			if len(words) != 1+len(g.targets) {
				t.Fatalf("%s of %s: %q has %d words", g.name, g.since, line, len(words))
			}
			g.rows = append(g.rows, words)
		}
	}
	return grids
}

// letter is what the answer is called in the grids.
func letter(d migrate.Decision) string {
	switch {
	case d.Verdict == rule.Allowed && d.By.Scenario && d.By.Uncertain:
		return "y"
	case d.Verdict == rule.Denied && d.By.Scenario && d.By.Uncertain:
		return "x"
	case d.Verdict == rule.Allowed && d.By.Scenario:
		return "Y"
	case d.Verdict == rule.Denied && d.By.Scenario:
		return "N"
	case d.Verdict == rule.Denied:
		return "n"
	case d.Verdict == rule.Undocumented:
		return "?"
	}
	return "!"
}

// Each grid holds on its own date and on every later one until the next of its name.
func TestGrids(t *testing.T) {
	grids := readGrids(t)
	held := map[rule.Edition]int{}
	for _, g := range grids {
		for _, e := range migrate.Editions() {
			if e.Compare(g.since) < 0 {
				continue
			}
			superseded := false
			for _, other := range grids {
				superseded = superseded || other.name == g.name && other.since.Compare(g.since) > 0 && other.since.Compare(e) <= 0
			}
			if superseded || g.name == "windows" && e.Compare(rule.MustParseEdition("2025-10-21")) >= 0 {
				continue // the refusal of custom to public Windows 10 is gone
			}
			rules, err := migrate.At(e)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range g.rows {
				for j, name := range g.targets {
					source, err := desktop(row[0])
					if err != nil {
						t.Fatal(err)
					}
					target, err := desktop(name)
					if err != nil {
						t.Fatal(err)
					}
					if e.Compare(rule.MustParseEdition("2021-05-07")) < 0 {
						for _, d := range []*migrate.Desktop{&source, &target} {
							if d.Protocol == types.ProtocolWsp {
								d.Protocol = types.ProtocolPcoip
							}
						}
					}
					d, err := rules.Check(source, target)
					if err != nil {
						t.Fatal(err)
					}
					held[e]++
					if got := letter(d); got != row[1+j] {
						t.Errorf("%s on %s: %s to %s is %s, want %s: %s", g.name, e, row[0], name, got, row[1+j], d.By.Text)
					}
				}
			}
		}
	}
	for _, e := range migrate.Editions() {
		if held[e] < 36 {
			t.Errorf("%s: %d cells", e, held[e])
		}
	}
}

// The counts that the reading of the two pages gave.
func TestGridCounts(t *testing.T) {
	for _, g := range readGrids(t) {
		n := map[string]int{}
		for _, row := range g.rows {
			for _, l := range row[1:] {
				n[l]++
			}
		}
		got := fmt.Sprint(n["Y"]+n["N"]+n["y"]+n["x"], " ", n["n"], " ", n["?"])
		if want := map[string]string{"2020-01-10 windows": "18 17 1", "2026-03-11 generations": "48 34 28"}[g.since.String()+" "+g.name]; want != "" && got != want {
			t.Errorf("%s %s: %s cells by the table, by limits only and undefined, want %s", g.since, g.name, got, want)
		}
	}
}

// What the grids hold fixed.
func TestCheckOtherProperties(t *testing.T) {
	for _, tt := range []struct {
		since, until, source, target string
		want                         rule.Verdict
		by                           string
	}{
		{"2020-01-10", "2020-10-03", "p16,pcoip,plus", "c16,pcoip", rule.Denied, "Plus"},
		{"2020-01-10", "2020-10-03", "p16,pcoip,plus", "c16,pcoip,plus", rule.Allowed, ""},
		{"2020-01-10", "2020-10-03", "p16,pcoip,plus?", "c16,pcoip", rule.Undocumented, "whether the source is a Plus bundle"},
		{"2020-01-10", "2020-10-03", "p16,pcoip,plus", "c16,pcoip,plus?", rule.Undocumented, "whether the target is a Plus bundle"},
		{"2020-01-10", "2020-01-10", "p10", "p16,protocol=", rule.Undocumented, "no row"}, // whatever the protocol
		{"2020-10-28", "2026-09-10", "p16,pcoip,plus", "c16,pcoip", rule.Allowed, ""},
		{"2020-10-28", "2026-09-10", "p16,pcoip,plus?", "c16,pcoip", rule.Allowed, ""},

		{"2020-01-10", "2026-09-10", "c16,id=wsb-12345678", "c16,id=wsb-12345678", rule.Denied, "source and target bundle"},
		{"2020-01-10", "2026-09-10", "c16,id=wsb-12345678", "c16,id=wsb-12345679", rule.Allowed, ""},
		{"2020-01-10", "2026-09-10", "?16,id=wsb-12345678,lang=de", "?16,id=wsb-12345678", rule.Denied, "source and target bundle"},
		{"2020-01-10", "2026-09-10", "c16,id=wsb-12345678,lang=de", "c16,id=wsb-12345678,lang=en", rule.Allowed, ""},
		{"2020-01-10", "2026-09-10", "c?,id=wsb-12345678,lang=de", "c16,id=wsb-12345678,lang=en", rule.Undocumented, ""},
		{"2020-01-10", "2026-09-10", "c16,id=wsb-12345678,lang=de", "c16,id=wsb-12345678,lang=de", rule.Denied, "source and target bundle"},
		{"2025-10-21", "2026-09-10", "b11,id=wsb-12345678,lang=de", "b11,id=wsb-12345678,lang=en", rule.Denied, "source and target bundle"},
		{"2020-01-10", "2026-09-10", "p16,lang=de", "c16,lang=en", rule.Allowed, ""},

		{"2020-01-10", "2020-03-31", "p16,region=eu-west-1", "c16,region=eu-west-2", rule.Allowed, ""},
		{"2020-04-01", "2026-09-10", "p16,region=eu-west-1", "c16,region=eu-west-2", rule.Denied, "the Region"},
		{"2020-04-01", "2026-09-10", "p16,region=eu-west-1", "c16", rule.Allowed, ""},

		{"2020-01-10", "2026-09-10", "p16,pcoip", "c16", rule.Allowed, ""},
		{"2020-01-10", "2026-09-10", "p16,pcoip", "c16,protocol=DCV", rule.Allowed, ""},
		{"2020-01-10", "2026-09-10", "p16", "c16,pcoip", rule.Undocumented, "DCV to PCoIP"},
		{"2020-01-10", "2026-09-10", "p16,protocol=", "c16,pcoip", rule.Undocumented, ""},
		{"2020-01-10", "2026-09-10", "p16,protocol=MORSE", "c16,pcoip", rule.Undocumented, "no row"},

		{"2020-01-10", "2022-09-02", "p16,pcoip,compute=GRAPHICS", "c16,pcoip", rule.Allowed, ""},
		{"2020-01-10", "2020-10-28", "p16,pcoip,compute=GRAPHICS", "c16", rule.Allowed, ""},
		{"2021-05-07", "2022-09-02", "p16,pcoip,compute=GRAPHICSPRO", "c16", rule.Denied, "Graphics and GraphicsPro|Graphics, GraphicsPro"},
		{"2021-05-07", "2021-09-03", "p16,pcoip,compute=GRAPHICS_G4DN", "c16", rule.Allowed, ""},
		{"2022-09-02", "2022-09-02", "p16,pcoip,compute=GRAPHICSPRO_G4DN", "c16", rule.Denied, "Graphics, GraphicsPro"},
		{"2021-05-07", "2022-09-02", "p16,pcoip,compute=", "c16", rule.Undocumented, "the compute type of the source"},
		{"2026-02-05", "2026-08-25", "p22,pcoip,compute=GRAPHICS_G4DN", "c22,compute=GRAPHICS_G6_XLARGE", rule.Undocumented, "documents contradict"},
		{"2026-09-10", "2026-09-10", "p22,pcoip,compute=GRAPHICS_G4DN", "c22,compute=GRAPHICS_G6_XLARGE", rule.Allowed, ""},
		{"2026-05-15", "2026-09-10", "p16,pcoip,compute=GRAPHICS_G4DN", "c16,compute=GRAPHICS_G6_XLARGE", rule.Denied, "the target"},
		{"2026-09-10", "2026-09-10", "p22", "c22,compute=GRAPHICS_G7_2XLARGE", rule.Allowed, ""},
		{"2026-09-10", "2026-09-10", "p22,pcoip", "c22,pcoip,compute=GRAPHICS_G7_2XLARGE", rule.Denied, "PCoIP with a GPU"},
		{"2026-05-15", "2026-09-10", "p16,pcoip", "c16,pcoip,compute=GRAPHICS_G6_XLARGE", rule.Denied, "PCoIP with a GPU"},
		{"2026-05-15", "2026-09-10", "p16,pcoip", "c16,pcoip,compute=GRAPHICSPRO_G4DN", rule.Allowed, ""},
		{"2026-05-15", "2026-09-10", "u24", "u22,compute=GRAPHICS_G6_XLARGE", rule.Denied, "PCoIP with a GPU"},
		{"2026-05-15", "2026-09-10", "u24", "u22g,pcoip", rule.Denied, "PCoIP with a GPU"},
		{"2026-05-15", "2026-09-10", "p16", "c16,compute=GRAPHICS_G9_XLARGE", rule.Undocumented, "no document names"},
		{"2026-05-15", "2026-09-10", "p16", "c16,compute=", rule.Undocumented, ""},
		{"2026-05-15", "2026-09-10", "u24", "r8,compute=GRAPHICS_G4DN", rule.Denied, "the target"},

		{"2025-10-21", "2026-09-10", "p16,ad", "c16,entra", rule.Denied, "an AD-joined"},
		{"2020-01-10", "2022-09-02", "p16,ad", "c16,entra", rule.Undocumented, "Entra-joined targets"},
		{"2020-01-10", "2026-09-10", "p16,entra", "c16,entra", rule.Undocumented, "Entra-joined"},
		{"2020-01-10", "2026-09-10", "p16,entra", "c16,ad", rule.Undocumented, "Entra-joined"},
		{"2020-01-10", "2026-09-10", "p16,ad", "c16,ad", rule.Allowed, ""},
		{"2020-01-10", "2026-09-10", "p16,ad", "c16", rule.Allowed, ""},
		{"2020-01-10", "2026-09-10", "p16,entra", "c16", rule.Undocumented, "Entra-joined sources"},
		{"2020-01-10", "2026-09-10", "p16", "c16,ad", rule.Allowed, ""},
		{"2025-10-21", "2026-09-10", "p16", "c16,entra", rule.Undocumented, "the kind of directory of the source"},

		{"2025-10-21", "2026-09-10", "b7", "b11", rule.Denied, "Windows 7 goes"},
		{"2025-10-21", "2026-09-10", "b10,compute=VALUE", "b11", rule.Denied, "Value runs"},
		{"2025-10-21", "2026-09-10", "b10", "b11,compute=VALUE", rule.Denied, "Value runs"},
		{"2025-10-21", "2026-09-10", "b10,compute=VALUE", "b10", rule.Allowed, ""},

		{"2026-09-10", "2026-09-10", "b10,nested", "b11", rule.Allowed, ""},
		{"2026-09-10", "2026-09-10", "b10,protocol=BYOP,nested", "b11,protocol=BYOP", rule.Undocumented, "the guide: nested virtualization is switched off with BYOP"},
		{"2026-09-10", "2026-09-10", "b10,protocol=BYOP", "b11,protocol=BYOP", rule.Allowed, ""},
		{"2026-09-10", "2026-09-10", "c19,nested", "p22,pcoip", rule.Undocumented, "DCV to PCoIP"},
		{"2026-09-10", "2026-09-10", "c19,pcoip,nested", "p22,pcoip", rule.Undocumented, "the guide: nested"},
		{"2026-09-10", "2026-09-10", "c19,nested", "c16", rule.Undocumented, "the guide: nested"},
		{"2026-09-10", "2026-09-10", "c19,nested", "cw10", rule.Undocumented, "the guide: nested"},
		{"2020-01-10", "2026-05-15", "c16,nested", "c16", rule.Undocumented, "nested virtualization is not"},

		{"2020-01-10", "2026-09-10", "b?", "p16", rule.Denied, "BYOL goes"},
		{"2020-01-10", "2026-09-10", "??", "p16", rule.Undocumented, ""},
		{"2020-01-10", "2026-09-10", "chal", "c16", rule.Undocumented, "no row"},
		{"2020-01-10", "2026-09-10", "p16", "chal", rule.Undocumented, "no row"},
		{"2020-01-10", "2026-09-10", "p11", "c16", rule.Undocumented, "no row"},
		{"2026-09-10", "2026-09-10", "p7", "pw10", rule.Allowed, ""},
		{"2026-09-10", "2026-09-10", "cw10", "p19", rule.Undocumented, ""},
	} {
		source, err := desktop(tt.source)
		if err != nil {
			t.Fatal(err)
		}
		target, err := desktop(tt.target)
		if err != nil {
			t.Fatal(err)
		}
		ran := false
		for _, e := range migrate.Editions() {
			if e.String() < tt.since || e.String() > tt.until {
				continue
			}
			ran = true
			rules, err := migrate.At(e)
			if err != nil {
				t.Fatal(err)
			}
			d, err := rules.Check(source, target)
			if err != nil {
				t.Fatal(err)
			}
			found := tt.by == ""
			for by := range strings.SplitSeq(tt.by, "|") {
				found = found || strings.HasPrefix(d.By.Text, by)
			}
			if d.Verdict != tt.want || !found {
				t.Errorf("%s: %s to %s is %s by %q, want %s by %q", e, tt.source, tt.target, d.Verdict, d.By.Text, tt.want, tt.by)
			}
		}
		if !ran {
			t.Errorf("%s to %s: no edition", tt.source, tt.target)
		}
	}
}

func TestCheckInput(t *testing.T) {
	good, _ := desktop("p16")
	for _, tt := range []struct {
		at    rule.Path
		spoil func(source, target *migrate.Desktop)
	}{
		{"Source.License", func(s, _ *migrate.Desktop) { s.License = "BYOL" }},
		{"Target.License", func(_, t *migrate.Desktop) { t.License = "oem" }},
		{"Target.Plus", func(_, t *migrate.Desktop) { t.Plus = "maybe" }},
		{"Source.BundleId", func(s, _ *migrate.Desktop) { s.BundleID = "wsb-1234567" }},
		{"Target.BundleId", func(_, t *migrate.Desktop) { t.BundleID = "wsb-1234567A" }},
		{"Target.BundleId", func(_, t *migrate.Desktop) { t.BundleID = "wsb-" + strings.Repeat("0", 64) }},
		{"Target.BundleId", func(_, t *migrate.Desktop) { t.BundleID = "ws-123456789" }},
	} {
		source, target := good, good
		tt.spoil(&source, &target)
		var input *rule.InputError
		if _, err := migrate.Newest().Check(source, target); !errors.As(err, &input) || input.Path != tt.at {
			t.Errorf("error %v, want one at %s", err, tt.at)
		}
	}
}

// A statement that decides is among those that apply, and a violation says what denies.
func TestStatementsHoldTheDecision(t *testing.T) {
	lineartest.SkipRace(t)
	var names []string
	for _, license := range []string{"p", "c", "b", "?"} {
		for _, system := range []string{"7", "w10", "10", "11", "16", "19", "22", "25", "al2", "u22", "u18", "r9", "hal", "?"} {
			for _, more := range []string{"", "-o", ",pcoip", ",protocol=", ",compute=VALUE", ",compute=GRAPHICS", ",compute=", ",nested", ",entra"} {
				names = append(names, license+system+more)
			}
		}
	}
	var all []migrate.Desktop
	for _, n := range names {
		d, err := desktop(n)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	counts := map[rule.Verdict]int{}
	for _, e := range migrate.Editions() {
		rules, err := migrate.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(all); i += 7 {
			for j := range all {
				d, err := rules.Check(all[i], all[j])
				if err != nil {
					t.Fatal(err)
				}
				counts[d.Verdict]++
				if read := strings.Contains(d.By.Text, "Windows 10"); d.Verdict != rule.Undocumented && (d.By.Uncertain && !read || d.By.Verdict != d.Verdict) {
					t.Fatalf("%s: %s to %s is %s by %+v", e, names[i], names[j], d.Verdict, d.By)
				}
				statements := d.Statements()
				found, denies := d.By.Text == "no row of the table lists this pair", 0
				for _, o := range d.Open {
					found = found || o.By == rule.ByInput && o.Reason == d.By.Text && d.By.Cite == (rule.Citation{})
				}
				for _, r := range statements {
					found = found || r == d.By
					if r.Verdict == rule.Denied && (!r.Uncertain || slices.ContainsFunc(d.Violations, func(v rule.Violation) bool { return v.Detail == r.Text })) {
						denies++
					}
				}
				// What is read into a statement decides only where no other statement says the same for certain.
				if d.Verdict == rule.Allowed && d.By.Uncertain && slices.ContainsFunc(statements, func(r migrate.Statement) bool {
					return r.Verdict == rule.Allowed && r.Scenario && !r.Uncertain
				}) {
					t.Fatalf("%s: %s to %s is by %+v, of %v", e, names[i], names[j], d.By, statements)
				}
				if !found || d.Verdict == rule.Denied && (denies == 0 || len(d.Violations) == 0) || d.Verdict != d.Concluded().Verdict {
					t.Fatalf("%s: %s to %s is %s by %q, of %v, with %v, %v", e, names[i], names[j], d.Verdict, d.By.Text, statements, d.Violations, d.Open)
				}
			}
		}
	}
	if len(counts) != 3 {
		t.Errorf("verdicts %v", counts)
	}
}

// To know more never turns yes into no or back: a verdict of less knowledge is that of more
// knowledge or undocumented.
func TestKnowledgeIsMonotonic(t *testing.T) {
	lineartest.SkipRace(t)
	var all []migrate.Desktop
	for _, n := range []string{"p7", "c16", "p19", "p22", "p25", "b7", "b10", "b11", "u22", "u22g", "al2", "p19-o", "p22-o", "b11-o", "p16,pcoip,compute=GRAPHICS", "b10,compute=VALUE", "c19,plus"} {
		d, err := desktop(n)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	forget := []func(d *migrate.Desktop){
		func(d *migrate.Desktop) { d.OS = "" },
		func(d *migrate.Desktop) { d.License = "" },
		func(d *migrate.Desktop) { d.Protocol = "" },
		func(d *migrate.Desktop) { d.Compute = "" },
		func(d *migrate.Desktop) { d.Plus = "" },
	}
	for _, e := range migrate.Editions() {
		rules, err := migrate.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			for _, target := range all {
				full, err := rules.Check(s, target)
				if err != nil {
					t.Fatal(err)
				}
				for mask := range 1 << (2 * len(forget)) {
					if n := len(forget); mask%3 != 0 && mask != 1<<(n-1) {
						continue
					}
					fs, ft := s, target
					for i, f := range forget {
						if mask>>i&1 == 1 {
							f(&fs)
						}
						if mask>>(i+len(forget))&1 == 1 {
							f(&ft)
						}
					}
					less, err := rules.Check(fs, ft)
					if err != nil {
						t.Fatal(err)
					}
					if less.Verdict != rule.Undocumented && less.Verdict != full.Verdict {
						t.Fatalf("%s: %+v to %+v is %s (%s); with %+v to %+v %s", e, s, target, full.Verdict, full.By.Text, fs, ft, less.Verdict)
					}
				}
			}
		}
	}
}

func TestCheckAllocatesNothing(t *testing.T) {
	rules := migrate.Newest()
	for _, pair := range [][2]string{{"c16", "p19"}, {"b10", "b11"}, {"u22", "r9"}} {
		s, err := desktop(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		target, err := desktop(pair[1])
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(100, func() { _, _ = rules.Check(s, target) }); n != 0 {
			t.Errorf("%v: %v allocations", pair, n)
		}
	}
}
