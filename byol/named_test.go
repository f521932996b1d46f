package byol

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// What is missing has the name of the member of Machine that would tell it, in each edition and for each checker.
func TestMissingFactsAreMembers(t *testing.T) {
	var members []rule.Path
	for f := range reflect.TypeFor[Machine]().Fields() {
		members = append(members, rule.Path(f.Name))
	}
	known := func(where rule.Edition, open []rule.Open) {
		for _, o := range open {
			if !slices.Contains(members, o.Path) {
				t.Errorf("%s: %q is no member", where, o.Path)
			}
		}
	}
	runs := 0
	for _, e := range Editions() {
		r, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.CheckMachine(&Machine{})
		if err != nil || len(a.Open) == 0 {
			t.Errorf("%s: %+v, %v", e, a, err)
		}
		known(e, a.Open)
		for _, office := range []bool{false, true} {
			a, err := r.CheckMachine(&Machine{Caption: new("Microsoft Windows 10 Enterprise"), SubscribesOffice: &office})
			if err != nil {
				t.Fatal(err)
			}
			known(e, a.Open)
		}
		if run, err := r.RunChecker(&Machine{}, CheckerOptions{}); err == nil {
			runs++
			known(e, run.Open)
		}
	}
	if runs == 0 {
		t.Error("no edition has a checker")
	}
}

// A rule that cites a script of the checker cites a test of it, or its one list.
func TestCitedTestsAreThoseOfTheChecker(t *testing.T) {
	seen := 0
	for _, r := range requirements {
		for _, a := range r.asks {
			switch a.Cite.Document {
			case checker206, checker211, checker21325:
				seen++
				if !slices.ContainsFunc(checkerTests, func(test checkerTest) bool { return test.name == a.Cite.Section }) {
					t.Errorf("%s: %s has no test %q", r.code, a.Cite.Document, a.Cite.Section)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no rule cites the checker")
	}
}

// 20 GB free for Office are wanted by the script of 2.13.25 alone. Every release for the long term is one of Enterprise LTSC, and
// Windows 11 is, since the list of 2025, Enterprise.
func TestParametersSayNoMore(t *testing.T) {
	var office []rule.Parameter
	ltsc := 0
	for _, p := range Parameters() {
		switch {
		case p.Name == "checker free space for Office":
			office = append(office, p)
		case strings.HasPrefix(p.Name, "windows ") && strings.HasSuffix(p.Name, "LTSC"):
			if ltsc++; p.Value != "is supported as Enterprise LTSC" {
				t.Errorf("%s: %s", p.Name, p.Value)
			}
		case strings.HasPrefix(p.Name, "windows Windows 11 ") && p.Span.Since.Compare(rule.MustParseEdition("2025-10-21")) >= 0:
			if p.Value != "is supported as Enterprise" {
				t.Errorf("%s: %s", p.Name, p.Value)
			}
		}
	}
	if len(office) != 1 || office[0].Value != "at least 20 GB" || office[0].Span.Since.String() != "2024-05-01" || ltsc != 3 {
		t.Errorf("%+v, %d releases for the long term", office, ltsc)
	}
}

// A value of which the document states one meaning alone is set for that one: in 2019, 1 of NoReboot.
func TestSettingsHaveAMeaning(t *testing.T) {
	r, err := At(rule.MustParseEdition("2019-09-24"))
	if err != nil {
		t.Fatal(err)
	}
	for prevent, want := range map[bool]string{false: "Enabled 1, Enabled 1", true: "Enabled 1, Enabled 1, NoReboot 1"} {
		p, err := r.PlanUpgrade(Upgrade{ProfileOn: "C", PreventReboot: prevent})
		var got []string
		for _, s := range p.Settings {
			got = append(got, s.Name+" "+string(rune('0'+s.Value)))
		}
		if err != nil || strings.Join(got, ", ") != want {
			t.Errorf("%t: %q, %v", prevent, got, err)
		}
	}
}

// No build is negative, and 0 is not known.
func TestBuildsAreNotNegative(t *testing.T) {
	for build, bad := range map[int]bool{-1: true, 0: false, 1: false} {
		if _, err := Newest().CheckWindows(Windows{Build: build}, ""); (err != nil) != bad {
			t.Errorf("%d: %v", build, err)
		}
	}
}

// The checker has a button for what it warns of and can set by itself, in every version; what fails, the customer mends.
func TestFixableTests(t *testing.T) {
	want := map[string]bool{"PCoIP_Check": true, "Disable_Updates": true, "AutoMount": true, "Workspaces_BYOLAccountExist": true, "Workspaces_BYOLAccountDisabled": true,
		"Firewall": true, "AutoLogon": true, "RealTimeUniversal": true}
	for _, test := range checkerTests {
		if test.fixable != want[test.name] {
			t.Errorf("%s is fixable: %t", test.name, test.fixable)
		}
		delete(want, test.name)
	}
	if len(want) > 0 {
		t.Errorf("no tests: %v", want)
	}
}

// Without a fact no test of the checker passes or fails.
func TestCheckerWithoutFacts(t *testing.T) {
	for _, date := range []string{"2019-10-25", "2020-04-29", "2024-05-01"} {
		r, err := At(rule.MustParseEdition(date))
		if err != nil {
			t.Fatal(err)
		}
		run, err := r.RunChecker(&Machine{}, CheckerOptions{})
		if err != nil || len(run.Tests) < 20 {
			t.Fatalf("%s: %d tests, %v", date, len(run.Tests), err)
		}
		for _, test := range run.Tests {
			if test.Result != Unknown && test.Result != Exempt {
				t.Errorf("%s: %s is %s", date, test.Name, test.Result)
			}
		}
	}
}

// Antivirus software fails the test wherever it stands in the list; Windows Defender does not.
func TestAntivirusAtEachPlace(t *testing.T) {
	for _, tt := range []struct {
		list []string
		want Result
	}{
		{nil, Unknown}, {[]string{}, Passed}, {[]string{"Windows Defender"}, Passed}, {[]string{"Example AV"}, Failed},
		{[]string{"Example AV", "Windows Defender"}, Failed}, {[]string{"Windows Defender", "Example AV"}, Failed},
	} {
		run, err := Newest().RunChecker(&Machine{AntiVirus: tt.list}, CheckerOptions{})
		i := slices.IndexFunc(run.Tests, func(test Test) bool { return test.Name == "AVnotInstalled" })
		if err != nil || i < 0 || run.Tests[i].Result != tt.want {
			t.Errorf("%q: %+v, %v", tt.list, run.Tests, err)
		}
	}
}

// The name of a process of the API tells the compute types: none that is graphics, Graphics, GraphicsPro, or Graphics.g4dn, beside
// which GraphicsPro.g4dn may be.
func TestProcessesServeWhatTheirNamesSay(t *testing.T) {
	for _, p := range processes.Rows {
		name := string(p.process)
		var want types.Compute
		switch {
		case strings.HasPrefix(name, "BYOL_GRAPHICS_G4DN"):
			want = types.ComputeGraphicsG4dn
		case strings.HasPrefix(name, "BYOL_GRAPHICSPRO"):
			want = types.ComputeGraphicspro
		case strings.HasPrefix(name, "BYOL_GRAPHICS"):
			want = types.ComputeGraphics
		}
		for _, c := range slices.Concat(p.computes, p.open) {
			if c != want && (want != types.ComputeGraphicsG4dn || c != types.ComputeGraphicsproG4dn) {
				t.Errorf("%s since %s serves %s", name, p.Span.Since, c)
			}
		}
		if (want != "") != slices.Contains(p.computes, want) {
			t.Errorf("%s since %s serves %v", name, p.Span.Since, p.computes)
		}
	}
}

// Documents that differ on the last day of GraphicsPro are told as such, and no others.
func TestDisputedDayOfAnEnd(t *testing.T) {
	ends, others := 0, 0
	for _, r := range requirements {
		for _, a := range r.asks {
			switch {
			case a.against == facts.GraphicsProEnds:
				ends++
			case a.disputed():
				others++
			default:
				continue
			}
			if (disputedReason(&a) == facts.DisputedEnd) != (a.against == facts.GraphicsProEnds) {
				t.Errorf("%s: %s", r.code, disputedReason(&a))
			}
		}
	}
	if ends == 0 || others == 0 {
		t.Errorf("%d of ends, %d others", ends, others)
	}
}

// An import on the last day of a protocol is not in doubt: of each a document says that it can be used on that day.
func TestLastDaysOfProtocolsCount(t *testing.T) {
	seen := 0
	for _, e := range facts.Ends.Rows {
		if e.Kind == facts.EndOfProtocol {
			if seen++; !e.OnLast {
				t.Errorf("%s: no document speaks of its last day", e.What)
			}
		}
	}
	if seen == 0 {
		t.Error("no protocol ends")
	}
}
