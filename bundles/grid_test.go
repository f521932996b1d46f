package bundles_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

var letters = map[string]rule.Verdict{"Y": rule.Allowed, "N": rule.Denied, "?": rule.Undocumented, "E": rule.Denied}

// grid reads a table of letters: lines of an edition, with a running mode or without, head
// the rows below. It calls cell for every letter; a row's name ends at the column name.
func grid(t *testing.T, path string, columns, name int, cell func(e bundles.Rules, mode, row string, column int, want rule.Verdict)) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rules, mode := bundles.Newest(), ""
	rows := 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		first, rest, _ := strings.Cut(line, " ")
		if e, err := rule.ParseEdition(first); err == nil {
			if rules, err = bundles.At(e); err != nil {
				t.Fatal(err)
			}
			mode = rest
			continue
		}
		row, cells := strings.TrimSpace(line[:name]), strings.Fields(line[name:])
		if len(cells) != columns {
			t.Fatalf("%s: %q has %d cells, want %d", path, line, len(cells), columns)
		}
		rows++
		for i, c := range cells {
			want, ok := letters[c]
			if !ok {
				t.Fatalf("%s: %q is no letter", path, c)
			}
			cell(rules, mode, row, i, want)
		}
	}
	if rows == 0 {
		t.Fatalf("%s has no rows", path)
	}
}

func TestStatesGrid(t *testing.T) {
	states := types.WorkspaceState("").Values()
	covered := map[string]rule.Edition{} // the last edition of the grid that has an operation
	var last rule.Edition
	grid(t, "testdata/states.txt", len(states), 41, func(r bundles.Rules, mode, row string, i int, want rule.Verdict) {
		w := desktop("STANDARD", 80, 10)
		w.RunningMode, w.State = types.RunningMode(mode), states[i]
		a, err := r.CheckOperation(bundles.Operation(row), w)
		if err != nil || a.Verdict != want {
			t.Errorf("%s %s %s in %s: %s %v %v, %v, want %s", r.Edition(), mode, row, w.State, a.Verdict, a.Violations, a.Open, err, want)
		}
		e := r.Edition()
		if covered[row].Compare(e) < 0 {
			covered[row] = e
		}
		if last.Compare(e) < 0 {
			last = e
		}
	})
	for _, op := range bundles.Operations() {
		if covered[string(op)] != last {
			t.Errorf("the grid of %s lacks %s", last, op)
		}
	}
}

func TestSwitchesGrid(t *testing.T) {
	columns := []types.Compute{
		"VALUE", "STANDARD", "PERFORMANCE", "POWER", "POWERPRO", "GENERALPURPOSE_4XLARGE", "GENERALPURPOSE_8XLARGE", "GRAPHICS", "GRAPHICSPRO",
		"GRAPHICS_G4DN", "GRAPHICSPRO_G4DN", "GRAPHICS_G6_XLARGE", "GRAPHICS_G6_2XLARGE", "GRAPHICS_GR6_4XLARGE", "GRAPHICS_G7_2XLARGE",
	}
	grid(t, "testdata/switches.txt", len(columns), 23, func(r bundles.Rules, _, row string, i int, want rule.Verdict) {
		w := desktop(types.Compute(row), 175, 100)
		a, err := r.CheckSwitch(w, columns[i], now)
		if r.Edition() == rule.MustParseEdition("2020-04-29") || r.Edition() == rule.MustParseEdition("2018-02-03") {
			// The states that a change needs are not documented yet.
			a.Open = slices.DeleteFunc(a.Open, func(o rule.Open) bool { return o.Path == "State" })
			if a.Verdict == rule.Undocumented && len(a.Open) == 0 {
				a.Verdict = rule.Allowed
			}
		}
		if err != nil || a.Verdict != want {
			t.Errorf("%s %s to %s: %s %v %v, %v, want %s", r.Edition(), row, columns[i], a.Verdict, a.Violations, a.Open, err, want)
		}
	})
}

func TestOffersGrid(t *testing.T) {
	protocols := []types.Protocol{types.ProtocolWsp, types.ProtocolPcoip, bundles.BYOP}
	computes := []types.Compute{"VALUE", "STANDARD", "PERFORMANCE", "POWER", "POWERPRO", "GENERALPURPOSE_8XLARGE", "GRAPHICSPRO", "GRAPHICS_G4DN", "GRAPHICS_G6_XLARGE", "GRAPHICS_G7_2XLARGE"}
	rows := map[string]bool{}
	grid(t, "testdata/offers.txt", len(protocols)+len(computes), 20, func(r bundles.Rules, _, row string, i int, want rule.Verdict) {
		rows[row] = true
		var a rule.Answer
		var err error
		if i < len(protocols) {
			a, err = r.CheckOffer(types.OperatingSystemName(row), "", protocols[i])
		} else {
			a, err = r.CheckOffer(types.OperatingSystemName(row), computes[i-len(protocols)], "")
		}
		if err != nil || a.Verdict != want {
			t.Errorf("%s %s, column %d: %s %v, %v, want %s", r.Edition(), row, i, a.Verdict, a.Violations, err, want)
		}
	})
	offers := bundles.Newest().Offers()
	for _, o := range offers {
		if !rows[string(o.Name)] {
			t.Errorf("the grid lacks %s", o.System)
		}
		for _, c := range bundles.Newest().ComputeTypes() {
			a, err := bundles.Newest().CheckOffer(o.Name, c.Name, "")
			refused := slices.ContainsFunc(findings(a), func(f string) bool {
				return f == "bundles.compute-type-not-offered ComputeTypeName" || f == "? ComputeTypeName"
			})
			if offered := slices.Contains(o.Compute, c.Name); err != nil || refused == offered {
				t.Errorf("%s is offered %s: %t, and %+v, %v", o.System, c.Name, offered, a, err)
			}
		}
	}
	for _, ask := range []struct {
		system  types.OperatingSystemName
		compute types.Compute
		want    string
	}{{"", "POWER", "? OperatingSystemName"}, {"WINDOWS_11", "GRAPHICS_G99", "? ComputeTypeName"}, {"WINDOWS_7", "POWER", "? OperatingSystemName"}} {
		a, err := bundles.Newest().CheckOffer(ask.system, ask.compute, "WSP")
		if got := findings(a); err != nil || !slices.Equal(got, []string{ask.want}) {
			t.Errorf("%s with %s: %q, %v, want %s", ask.compute, ask.system, got, err, ask.want)
		}
	}
	if len(offers) != 13 || bundles.BYOP == "" {
		t.Errorf("%d offers, want the 13 of the guide", len(offers))
	}
	for edition, want := range map[string]rule.Verdict{"2025-10-21": rule.Undocumented, "2026-08-25": rule.Undocumented, "2026-09-10": rule.Allowed} {
		if a, err := at(t, edition).CheckOffer("WINDOWS_SERVER_2022", "GRAPHICS_G4DN", "WSP"); err != nil || a.Verdict != want {
			t.Errorf("Graphics.g4dn over DCV on %s: %+v, %v", edition, a, err)
		}
	}
	for edition, want := range map[string]int{"2025-10-20": 0, "2025-10-21": 9, "2026-05-15": 13} {
		if got := at(t, edition).Offers(); len(got) != want {
			t.Errorf("%d offers on %s, want %d: %v", len(got), edition, want, got)
		}
	}
}
