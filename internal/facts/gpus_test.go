package facts

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// What the limits of the page on migration, the note of the page on bundles and the changelog of the SDK say of protocols with GPUs:
// by day, and by system, which stands for those of its kind.
func TestProtocolsOfGPUs(t *testing.T) {
	const (
		first = "Graphics GraphicsPro "
		g6    = "G6 Gr6 G6f Gr6f "
		all   = first + "G4dn " + g6 + "G7"
	)
	type said struct{ protocol, systems, works, fails string }
	for _, tt := range []struct {
		from, until string
		said        []said
	}{
		{"2018-02-03", "2020-11-30", nil},
		// WSP comes for Windows Server 2016 and Windows 10, and for neither of the two.
		{"2020-12-01", "2021-05-06", []said{{"WSP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022", "", first}}},
		// Graphics and GraphicsPro have PCoIP only.
		{"2021-05-07", "2022-09-01", []said{{"WSP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022 UBUNTU_22_04 RHEL_8", "", first}}},
		// The two of G4dn, too.
		{"2022-09-02", "2024-08-05", []said{{"WSP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022 UBUNTU_22_04 RHEL_8", "", first + "G4dn"}}},
		// The SDK has a process for images of Windows 10 and 11 for G4dn with WSP.
		{"2024-08-06", "2025-10-20", []said{
			{"WSP", "WINDOWS_10 WINDOWS_11", "G4dn", first + "G4dn"}, {"WSP", "WINDOWS_SERVER_2022 UBUNTU_22_04 RHEL_8", "", first + "G4dn"},
		}},
		// Migration: PCoIP with Windows and Ubuntu for all three; DCV for G4dn, but not for the other two. Bundles: with Windows, GPUs
		// have PCoIP only.
		{"2025-10-21", "2026-02-04", []said{
			{"WSP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022", "G4dn", all},
			{"PCOIP", "UBUNTU_22_04", first + "G4dn", ""}, {"WSP", "UBUNTU_22_04 RHEL_8", "", first},
		}},
		// Migration: DCV with Windows for G6 and G4dn, with Ubuntu for G4dn alone; PCoIP with Windows for G4dn alone. The note stands.
		{"2026-02-05", "2026-09-09", []said{
			{"WSP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022", "G4dn " + g6, all},
			{"PCOIP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022", "", g6 + "G7"},
			{"PCOIP", "UBUNTU_22_04 RHEL_8", "", "G4dn " + g6 + "G7"}, {"WSP", "UBUNTU_22_04", "", g6 + "G7"},
		}},
		// Migration names G7 beside G6. The note has gone.
		{"2026-09-10", "2026-09-10", []said{
			{"WSP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022", "G4dn " + g6 + "G7", ""},
			{"PCOIP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022", "", g6 + "G7"},
			{"PCOIP", "UBUNTU_22_04 RHEL_8", "", "G4dn " + g6 + "G7"}, {"WSP", "UBUNTU_22_04", "", g6 + "G7"},
		}},
	} {
		for _, day := range []string{tt.from, tt.until} {
			c := NewCatalogue(rule.MustParseEdition(day))
			for system := range strings.FieldsSeq("WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2022 UBUNTU_22_04 RHEL_8") {
				for _, protocol := range []string{"PCOIP", "WSP", "BYOP"} {
					for _, compute := range computes() {
						if !HasGPU(compute) {
							if c.streaming(system, compute, protocol, true) != (rule.Citation{}) || c.streaming(system, compute, protocol, false) != (rule.Citation{}) {
								t.Errorf("%s: %s has no GPU", day, compute)
							}
							continue
						}
						works, fails := false, false
						for _, s := range tt.said {
							if s.protocol == protocol && slices.Contains(strings.Fields(s.systems), system) {
								works = works || slices.Contains(strings.Fields(s.works), string(FamilyOf(compute)))
								fails = fails || slices.Contains(strings.Fields(s.fails), string(FamilyOf(compute)))
							}
						}
						if got := c.streaming(system, compute, protocol, true) != (rule.Citation{}); got != works {
							t.Errorf("%s: %s by %s with %s works: %t", day, compute, protocol, system, got)
						}
						if got := c.streaming(system, compute, protocol, false) != (rule.Citation{}); got != fails {
							t.Errorf("%s: %s by %s with %s does not work: %t", day, compute, protocol, system, got)
						}
					}
				}
			}
			if c.streaming("", "GRAPHICS_G4DN", "WSP", false) != (rule.Citation{}) || c.streaming("WINDOWS_10", "GRAPHICS_G9", "WSP", false) != (rule.Citation{}) {
				t.Errorf("%s: something is said of what is not known", day)
			}
		}
	}
}

// The page on bundles contradicts its own note: its table has G6 with Windows 11, which has DCV alone.
func TestNoteAgainstItsTable(t *testing.T) {
	for day, want := range map[string]string{"2026-02-05": BundlesPage, "2026-09-09": BundlesPage, "2026-09-10": MigratePage} {
		if got := NewCatalogue(rule.MustParseEdition(day)).streaming("WINDOWS_11", "GRAPHICS_G6_XLARGE", DCV, true); got.Document != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}

// What the pages on BYOL and on migration permit beside the table.
func TestPermits(t *testing.T) {
	for _, tt := range []struct {
		from, until, protocol, systems string
	}{
		{"2018-02-03", "2020-02-05", "", ""},
		// BYOL: every supported system has every compute type of the Region
		{"2020-02-06", "2020-03-30", "", "WINDOWS_7 WINDOWS_10"},
		{"2020-03-31", "2025-10-20", "", "WINDOWS_10"},
		{"2025-10-21", "2026-09-10", "", "WINDOWS_10 WINDOWS_11"},
		{"2018-02-03", "2025-10-20", "BYOP", ""},
		{"2025-10-21", "2026-03-10", "BYOP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2019 WINDOWS_SERVER_2022"}, // rows of scenarios with BYOP
		{"2026-03-11", "2026-09-10", "BYOP", "WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2019 WINDOWS_SERVER_2022 WINDOWS_SERVER_2025"},
		{"2018-02-03", "2026-09-10", "WSP", ""},
	} {
		for _, day := range []string{tt.from, tt.until} {
			c := NewCatalogue(rule.MustParseEdition(day))
			for system := range strings.FieldsSeq("WINDOWS_7 WINDOWS_10 WINDOWS_11 WINDOWS_SERVER_2016 WINDOWS_SERVER_2019 WINDOWS_SERVER_2022 WINDOWS_SERVER_2025 UBUNTU_22_04") {
				want := slices.Contains(strings.Fields(tt.systems), system)
				if got := c.permitted(system, tt.protocol) != (rule.Citation{}); got != want {
					t.Errorf("%s: %q with %s is permitted: %t", day, tt.protocol, system, got)
				}
				if tt.protocol == "" && c.TakesAll(system) != want {
					t.Errorf("%s: %s takes all: %t", day, system, !want)
				}
			}
		}
	}
}

// The document history calls Server 2016 "Windows 10" on 2016-11-29; the table of scenarios calls 2019 so since 2021-09-03, and 2022 since 2025.
func TestLabels(t *testing.T) {
	for _, tt := range []struct{ from, until, systems, names string }{
		{"2016-11-28", "2016-11-28", "", ""},
		{"2016-11-29", "2021-09-02", "Windows Server 2016", "WINDOWS_SERVER_2016"},
		{"2021-09-03", "2025-10-20", "Windows Server 2016, Windows Server 2019", "WINDOWS_SERVER_2016, WINDOWS_SERVER_2019"},
		{"2025-10-21", "2026-09-10", "Windows Server 2016, Windows Server 2019, Windows Server 2022", "WINDOWS_SERVER_2016, WINDOWS_SERVER_2019, WINDOWS_SERVER_2022"},
	} {
		for _, day := range []string{tt.from, tt.until} {
			var systems, names []string
			for _, l := range Labels.On(rule.MustParseEdition(day)) {
				systems, names = append(systems, l.System), append(names, l.Name)
			}
			if got := strings.Join(systems, ", "); got != tt.systems || strings.Join(names, ", ") != tt.names {
				t.Errorf("%s: %s, %q", day, got, names)
			}
		}
	}
}
