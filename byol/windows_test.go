package byol_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// Graphics types before and between the words of the page on them.
func TestGraphicsVerdicts(t *testing.T) {
	for _, tt := range []struct {
		date, release string
		compute       types.Compute
		want          rule.Verdict
	}{
		{"2019-01-08", "1803", types.ComputeGraphics, rule.Undocumented}, {"2019-01-08", "1803", types.ComputePower, rule.Allowed},
		{"2019-03-25", "1803", types.ComputeGraphics, rule.Allowed}, {"2019-03-25", "1809", types.ComputeGraphics, rule.Denied},
		{"2019-11-26", "1903", types.ComputeGraphicspro, rule.Undocumented}, {"2020-02-06", "1903", types.ComputeGraphicspro, rule.Allowed},
		{"2020-12-23", "20H2", types.ComputeGraphics, rule.Denied}, {"2020-12-23", "1803", types.ComputeGraphics, rule.Allowed},
		{"2020-12-23", "20H2", types.ComputeGraphicsG4dn, rule.Allowed}, {"2021-03-29", "20H2", types.ComputeGraphics, rule.Allowed},
	} {
		a, err := at(t, rule.MustParseEdition(tt.date)).CheckWindows(byol.Windows{Product: "Windows 10", Release: tt.release, Edition: "Pro"}, tt.compute)
		if err != nil || a.Verdict != tt.want {
			t.Errorf("%+v: %+v, %v", tt, a, err)
		}
	}
}

func TestParseWindows(t *testing.T) {
	for _, tt := range []struct {
		caption, version string
		want             byol.Windows
	}{
		{"Microsoft Windows 10 Enterprise LTSC", "10.0.17763", byol.Windows{Product: "Windows 10", Build: 17763, Edition: "Enterprise LTSC"}},
		{"Microsoft Windows 11 Enterprise N ", "10.0.26100", byol.Windows{Product: "Windows 11", Build: 26100, Edition: "Enterprise N"}},
		{"Microsoft Windows 7 Professional", "6.1.7601", byol.Windows{Product: "Windows 7", Build: 7601, Edition: "Professional"}},
		{"Microsoft Windows Server 2016 Datacenter", "10.0.14393", byol.Windows{Product: "Windows Server 2016", Build: 14393, Edition: "Datacenter"}},
		{"Microsoft Windows Server 2022 Datacenter", "10.0.20348", byol.Windows{Product: "Windows Server 2022 Datacenter", Build: 20348}},
		{"Microsoft Windows 100", "", byol.Windows{Product: "Windows 100"}},
		{"", "10.0.19045", byol.Windows{Build: 19045}},
		{"", "", byol.Windows{}},
	} {
		if got, err := byol.ParseWindows(tt.caption, tt.version); err != nil || got != tt.want {
			t.Errorf("%q %q: %+v, %v", tt.caption, tt.version, got, err)
		}
	}
	for _, bad := range []string{"10", "10.0", "10.0.", "10.0.x", "10.0.0", "a.0.19045", "10..19045", "10.0.99999999999", "10.0.19045.1"} {
		if w, err := byol.ParseWindows("", bad); err == nil {
			t.Errorf("%q: %+v", bad, w)
		}
	}
}

// The restrictions of 2019 speak of Graphics and GraphicsPro; no document of the time says
// which systems another compute type with a GPU takes.
func TestOtherGPUTypesIn2019(t *testing.T) {
	system := byol.Windows{Product: "Windows 10", Release: "1803", Edition: "Pro"}
	for compute, want := range map[types.Compute]rule.Verdict{
		types.ComputeGraphics: rule.Allowed, types.ComputeGraphicspro: rule.Allowed, types.ComputePower: rule.Allowed,
		types.ComputeGraphicsG4dn: rule.Undocumented, types.ComputeGraphicsG6Xlarge: rule.Undocumented,
	} {
		for _, date := range []string{"2019-03-25", "2019-10-25", "2019-11-25"} {
			if a, err := at(t, rule.MustParseEdition(date)).CheckWindows(system, compute); err != nil || a.Verdict != want {
				t.Errorf("%s on %s: %+v, %v, want %s", compute, date, a, err, want)
			}
		}
	}
}

// A server has the build of Windows 10, and is none. For a time the API named Windows Server 2016.
func TestServers(t *testing.T) {
	for _, tt := range []struct {
		date, caption, version string
		want                   rule.Verdict
	}{
		{"2022-10-24", "Microsoft Windows Server 2016 Datacenter", "10.0.14393", rule.Denied},
		{"2022-10-25", "Microsoft Windows Server 2016 Datacenter", "10.0.14393", rule.Undocumented},
		{"2023-02-09", "Microsoft Windows Server 2016 Datacenter", "10.0.14393", rule.Denied},
		{"2022-10-25", "Microsoft Windows Server 2019 Datacenter", "10.0.17763", rule.Denied},
		{"2026-09-10", "Microsoft Windows Server 2025 Datacenter", "10.0.26100", rule.Denied},
	} {
		w, err := byol.ParseWindows(tt.caption, tt.version)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := at(t, rule.MustParseEdition(tt.date)).CheckWindows(w, ""); err != nil || a.Verdict != tt.want || tt.want == rule.Undocumented && a.Open[0].By != rule.ByContradiction {
			t.Errorf("%s on %s: %+v, %v, want %s", tt.caption, tt.date, a, err, tt.want)
		}
	}
}

// Captions are in the language of the system: Entreprise is Enterprise in French.
func TestEditionInAnotherLanguage(t *testing.T) {
	rules := byol.Newest()
	for edition, want := range map[string]rule.Verdict{
		"Enterprise": rule.Allowed, "Enterprise LTSC 2024": rule.Allowed, "Entreprise": rule.Undocumented, "Famille": rule.Undocumented,
		"Home": rule.Denied, "Pro": rule.Denied, "Education": rule.Denied, "IoT Enterprise": rule.Denied, "Entreprise N": rule.Denied,
	} {
		w, err := byol.ParseWindows("Microsoft Windows 11 "+edition, "10.0.26100")
		if err != nil {
			t.Fatal(err)
		}
		if a, err := rules.CheckWindows(w, ""); err != nil || a.Verdict != want {
			t.Errorf("%s: %+v, %v, want %s", edition, a, err, want)
		}
		m := goodMachine(rules.Edition())
		m.Caption, m.Version = new("Microsoft Windows 11 "+edition), new("10.0.26100")
		list, err := rules.MachineChecklist(m)
		lineState := map[rule.Verdict]byol.State{rule.Allowed: byol.Met, rule.Undocumented: byol.Undocumented, rule.Denied: byol.Broken}[want]
		if edition == "Entreprise N" {
			lineState = byol.Undocumented // and the rule about N editions refuses it
		}
		if got := state(list.Lines, byol.WindowsEditionUnsupported); err != nil || got != lineState {
			t.Errorf("%s: %s, %v, want %s", edition, got, err, lineState)
		}
	}
}

// Between the two readings of the page the dispute over the boot mode hangs on the system.
func TestBootModeDisputedByCaption(t *testing.T) {
	rules := at(t, rule.MustParseEdition("2025-10-21"))
	a, err := rules.CheckMachine(&byol.Machine{Caption: new("Microsoft Windows 10 Enterprise LTSC"), UEFI: new(true)})
	vs := a.Violations
	i := slices.IndexFunc(vs, func(v rule.Violation) bool { return v.Code == byol.BootModeDisputed })
	if err != nil || i < 0 || vs[i].Path != "Caption" {
		t.Errorf("%v, %v, want %s at Caption", vs, err, byol.BootModeDisputed)
	}
}

// What is known of a system decides no more than it can: a build that is newer than the
// table of builds is open, one between its lines is none of the list, and the compute type
// of a release that is not known is neither allowed nor refused.
func TestPartlyKnownSystems(t *testing.T) {
	for _, tt := range []struct {
		date    string
		system  byol.Windows
		compute types.Compute
		want    rule.Verdict
	}{
		{"2026-09-10", byol.Windows{Product: "Windows 11", Build: 26200, Edition: "Enterprise"}, "", rule.Allowed},
		{"2026-09-10", byol.Windows{Product: "Windows 11", Build: 26201, Edition: "Enterprise"}, "", rule.Undocumented},
		{"2026-09-10", byol.Windows{Product: "Windows 11", Build: 26199, Edition: "Enterprise"}, "", rule.Denied},
		{"2026-09-10", byol.Windows{Product: "Windows 11", Release: "23H2", Edition: "Enterprise 2024"}, "", rule.Denied},
		{"2026-09-10", byol.Windows{Product: "Windows 11", Release: "24H2", Edition: "Enterprise LTSC 2024"}, "", rule.Allowed},
		{"2019-10-25", byol.Windows{Product: "Windows 7", Release: "SP1"}, "", rule.Undocumented}, // the list names no edition
		{"2019-10-25", byol.Windows{Product: "Windows 7", Release: "SP1", Edition: "Professional"}, "", rule.Allowed},
		{"2020-12-23", byol.Windows{Product: "Windows 10", Edition: "Pro"}, types.ComputeGraphics, rule.Undocumented},
		{"2020-12-23", byol.Windows{Product: "Windows 10", Release: "1803", Edition: "Pro"}, types.ComputeGraphics, rule.Allowed},
		{"2020-12-23", byol.Windows{Product: "Windows 10", Release: "1909", Edition: "Pro"}, types.ComputeGraphics, rule.Denied},
	} {
		if a, err := at(t, rule.MustParseEdition(tt.date)).CheckWindows(tt.system, tt.compute); err != nil || a.Verdict != tt.want {
			t.Errorf("%s %+v %s: %+v, %v, want %s", tt.date, tt.system, tt.compute, a, err, tt.want)
		}
	}
}
