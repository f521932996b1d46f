package byol_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/rule"
)

func TestAsOfInput(t *testing.T) {
	for day, want := range map[string]string{"2026-09-09": "Day", "": "Day", "2026-09-10": "", "9999-12-31": ""} {
		var e rule.Edition
		if day != "" {
			e = rule.MustParseEdition(day)
		}
		r, err := byol.Newest().AsOf(e)
		var input *rule.InputError
		if errors.As(err, &input); (err != nil) != (want != "") || err != nil && (string(input.Path) != want || r != byol.Rules{}) {
			t.Errorf("%q: %v, %v", day, r.Day(), err)
		}
		if err == nil && (r.Day() != e || r.Edition() != byol.Newest().Edition()) {
			t.Errorf("%q: the day is %s, the edition %s", day, r.Day(), r.Edition())
		}
	}
	if _, err := (byol.Rules{}).AsOf(rule.MustParseEdition("2027-01-01")); err == nil {
		t.Error("rules without an edition have a day")
	}
	if r := byol.Newest(); r.Day() != r.Edition() {
		t.Errorf("the day is %s without AsOf", r.Day())
	}
}

// What the end of PCoIP makes of an import: the notice of 2026-06-30 gives 2027-10-31 as the last day. A process that is
// refused for itself, and Windows 11, are not told of it.
func TestEndOfPCoIP(t *testing.T) {
	windows11 := byol.Windows{Product: "Windows 11", Release: "24H2", Edition: "Enterprise"}
	for _, tt := range []struct {
		edition, day string
		process      types.WorkspaceImageIngestionProcess
		windows      byol.Windows
		want         rule.Code
	}{
		{"2026-06-29", "2027-11-01", "BYOL_REGULAR", byol.Windows{}, ""},
		{"2026-06-30", "2026-06-30", "BYOL_REGULAR", byol.Windows{}, byol.ProtocolEnds},
		{"2026-09-10", "2027-10-31", "BYOL_GRAPHICS_G4DN", byol.Windows{}, byol.ProtocolEnds},
		{"2026-09-10", "2027-11-01", "BYOL_GRAPHICS_G4DN", byol.Windows{}, byol.ProtocolEnded},
		{"2026-09-10", "2027-11-01", "BYOL_GRAPHICS_G4DN_WSP", byol.Windows{}, ""},
		{"2026-09-10", "2027-11-01", "BYOL_REGULAR_BYOP", byol.Windows{}, ""},
		{"2026-09-10", "2027-11-01", "BYOL_GRAPHICS", byol.Windows{}, byol.ProcessGraphicsRetired},
		{"2026-09-10", "2027-11-01", "BYOL_GRAPHICSPRO", byol.Windows{}, byol.ProcessGraphicsProRetired},
		{"2026-09-10", "2027-11-01", "BYOL_REGULAR", windows11, byol.ProtocolOSIncompatibility},
	} {
		r, err := at(t, rule.MustParseEdition(tt.edition)).AsOf(rule.MustParseEdition(tt.day))
		if err != nil {
			t.Fatal(err)
		}
		in := goodImport(r.Edition())
		in.IngestionProcess = tt.process
		if tt.windows != (byol.Windows{}) {
			in.Known.Windows = tt.windows
		}
		a, err := r.CheckImport(in.Import, in.Known)
		var got rule.Code
		for _, v := range a.Violations {
			if got = v.Code; v.Path != "IngestionProcess" || len(a.Violations) > 1 {
				t.Errorf("%+v: %v", tt, a.Violations)
			}
		}
		if err != nil || got != tt.want {
			t.Errorf("%+v: %v, %v", tt, got, err)
		}
	}
}

// A later day never makes an answer better: what was found before is found then, or the end that was ahead is over.
func TestLaterIsNoBetter(t *testing.T) { rapid.Check(t, laterIsNoBetter) }

func FuzzLaterIsNoBetter(f *testing.F) { f.Fuzz(rapid.MakeFuzz(laterIsNoBetter)) }

func laterIsNoBetter(t *rapid.T) {
	days := rapid.Map(gen.Date(time.Date(2026, 9, 10, 0, 0, 0, 0, time.UTC), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)), rule.MustParseEdition)
	rules := edition(t)
	one, other := days.Draw(t, "one"), days.Draw(t, "other")
	if one.Compare(other) > 0 {
		one, other = other, one
	}
	in, custom := goodImport(rules.Edition()), goodCustom(rules.Edition())
	in.IngestionProcess = rapid.SampledFrom(types.WorkspaceImageIngestionProcess("").Values()).Draw(t, "process")
	custom.Protocol = rapid.SampledFrom(types.CustomImageProtocol("").Values()).Draw(t, "protocol")
	custom.OSVersion = rapid.SampledFrom([]types.OSVersion{"", "Windows_10", "Windows_11", "Windows_12"}).Draw(t, "version")
	if rapid.Bool().Draw(t, "not known") {
		in.Known, custom.Known = byol.Known{}, byol.Known{}
	}
	asked := func(day rule.Edition) (answers [2]rule.Answer) {
		r, err := rules.AsOf(day)
		if err != nil {
			t.Fatal(err)
		}
		var errs [2]error
		answers[0], errs[0] = r.CheckImport(in.Import, in.Known)
		answers[1], errs[1] = r.CheckCustomImport(custom.CustomImport, custom.Known)
		if err := errors.Join(errs[:]...); err != nil {
			t.Fatal(err)
		}
		return answers
	}
	before, after := asked(one), asked(other)
	strict := map[rule.Verdict]int{rule.Undocumented: 1, rule.Denied: 2}
	for i := range before {
		if strict[after[i].Verdict] < strict[before[i].Verdict] {
			t.Fatalf("question %d on %s: %s, and on %s: %s", i, one, before[i].Verdict, other, after[i].Verdict)
		}
		for _, v := range before[i].Violations {
			if !slices.ContainsFunc(after[i].Violations, func(w rule.Violation) bool {
				return w.Path == v.Path && (w.Code == v.Code || v.Code == byol.ProtocolEnds && w.Code == byol.ProtocolEnded)
			}) {
				t.Fatalf("question %d: on %s %v, and on %s %v", i, one, v, other, after[i].Violations)
			}
		}
		if !slices.Equal(before[i].Open, after[i].Open) {
			t.Fatalf("question %d: on %s open %v, and on %s %v", i, one, before[i].Open, other, after[i].Open)
		}
	}
}
