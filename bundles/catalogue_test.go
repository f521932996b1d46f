package bundles_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// The hardware of every compute type, held against a table drawn from the bundle options.
func TestCatalogue(t *testing.T) {
	text, err := os.ReadFile("testdata/hardware.txt")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			want = append(want, strings.Join(strings.Fields(line), " "))
		}
	}
	var got []string
	for _, c := range bundles.Newest().ComputeTypes() {
		got = append(got, fmt.Sprint(c.Name, " ", c.VCPU, " ", c.MemoryGiB, " ", c.GPU, " ", c.VideoGiB))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, c := range types.Compute("").Values() {
		if !slices.ContainsFunc(bundles.Newest().ComputeTypes(), func(k bundles.ComputeType) bool { return k.Name == c }) {
			t.Errorf("the SDK has %s", c)
		}
	}
	for _, c := range at(t, "2020-04-29").ComputeTypes() {
		if c.Family == bundles.G4dn || c.VCPU > 0 && c.Name != types.ComputeGraphics {
			t.Errorf("in April 2020: %+v", c)
		}
	}
}

// Waits by date, drawn from the fact sheet.
func TestWaits(t *testing.T) {
	for _, tt := range []struct {
		edition string
		wait    bundles.Wait
		want    time.Duration
	}{
		{"2018-02-03", bundles.BetweenLarger, 24 * time.Hour},
		{"2018-02-03", bundles.BeforeFirstLarger, 0},
		{"2019-01-08", bundles.BetweenLarger, 6 * time.Hour},
		{"2020-07-08", bundles.BetweenLarger, time.Hour},
		{"2021-09-02", bundles.BeforeFirstLarger, time.Hour},
		{"2021-09-03", bundles.BeforeFirstLarger, 6 * time.Hour},
		{"2018-02-03", bundles.BetweenSmaller, 720 * time.Hour},
		{"2026-09-10", bundles.BetweenSmaller, 720 * time.Hour},
		{"2018-12-31", bundles.BetweenResizes, 24 * time.Hour},
		{"2019-01-08", bundles.BetweenResizes, 6 * time.Hour},
		{"2020-04-28", bundles.BeforeFirstResize, 0},
		{"2020-04-29", bundles.BeforeFirstResize, 6 * time.Hour},
		{"2020-06-04", bundles.VolumeChange, time.Hour},
		{"2021-06-02", bundles.VolumeChange, 2 * time.Hour},
		{"2025-10-21", bundles.ProtocolChange, 20 * time.Minute},
		{"2026-09-10", bundles.ProtocolChange, 40 * time.Minute},
		{"2026-09-10", bundles.EncryptedLaunch, time.Hour},
		{"2026-09-10", bundles.ImageCreation, 45 * time.Minute},
		{"2026-09-10", bundles.Termination, 5 * time.Minute},
		{"2026-09-10", bundles.BeforeNameIsReused, 2 * time.Hour},
		{"2020-03-30", bundles.BetweenVolumes, 0},
		{"2020-03-31", bundles.BetweenVolumes, 30 * time.Minute},
		{"2018-02-03", bundles.BetweenResizes, 24 * time.Hour},
		{"2019-01-08", bundles.BeforeSelfService, 6 * time.Hour},
		{"2020-07-08", bundles.BetweenOwnLarger, 6 * time.Hour},
		{"2019-01-08", bundles.BeforeOwnRebuild, 12 * time.Hour},
		{"2020-10-02", bundles.Termination, 0},
		{"2020-10-03", bundles.Termination, 5 * time.Minute},
		{"2026-02-05", bundles.ProtocolChange, 20 * time.Minute},
		{"2026-03-11", bundles.ProtocolChange, 40 * time.Minute},
		{"2026-09-10", "no such wait", 0},
	} {
		got, by := at(t, tt.edition).Wait(tt.wait)
		if got != tt.want || (got > 0) != (by.Document != "") {
			t.Errorf("%s, %s: %s by %v, want %s", tt.edition, tt.wait, got, by, tt.want)
		}
	}
}

// The tests of the Image Checker: 19 in 2020, 18 since, of which 2 are named by no code.
func TestImageTests(t *testing.T) {
	for edition, want := range map[string]int{"2020-03-30": 0, "2020-03-31": 19, "2022-09-02": 19, "2025-10-21": 18, "2026-09-10": 18} {
		tests := at(t, edition).ImageTests()
		if len(tests) != want {
			t.Errorf("%s: %d tests, want %d", edition, len(tests), want)
		}
		seen := map[types.WorkspaceImageErrorDetailCode]int{}
		for i, test := range tests {
			if test.Number != i+1 || test.Title == "" {
				t.Errorf("%s: %+v out of order", edition, test)
			}
			if none := test.Number == 5 || test.Number == 8 && want == 19; none != (len(test.Codes) == 0) {
				t.Errorf("%s: test %d has the codes %v", edition, test.Number, test.Codes)
			}
			for _, c := range test.Codes {
				if seen[c]++; seen[c] > 1 || !slices.Contains(c.Values(), c) {
					t.Errorf("%s: code %s", edition, c)
				}
			}
		}
	}
	for edition, want := range map[string][2]int{"2018-02-03": {13, 0}, "2018-06-29": {13, 4}, "2020-03-31": {12, 4}, "2022-09-02": {11, 4}, "2026-09-10": {11, 4}} {
		windows, linux := at(t, edition).ImageRequirements("WINDOWS"), at(t, edition).ImageRequirements("LINUX")
		if len(windows) != want[0] || len(linux) != want[1] {
			t.Errorf("%s: %v, %v", edition, windows, linux)
		}
	}
	// The test of Amazon WAM was the eighth, so that those after it are a place before it since 2025.
	for edition, want := range map[string]string{
		"2022-09-02": "8 the installer of Amazon WAM is there, 9 every network adapter uses DHCP, 15 SSL 3 and TLS 1.2 are enabled, 19 the rearm count is not 0",
		"2025-10-21": "8 every network adapter uses DHCP, 9 Remote Desktop Services is enabled, 15 there is one user profile",
		"2026-09-10": "8 every network adapter uses DHCP, 9 Remote Desktop Services is enabled, 15 there is one user profile",
	} {
		var got []string
		for _, test := range at(t, edition).ImageTests() {
			if slices.Contains([]int{8, 9, 15, 19}, test.Number) {
				got = append(got, fmt.Sprint(test.Number, " ", test.Title))
			}
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s: %s", edition, got)
		}
	}
	// By number, as the names pair them; since 2025 without the eighth.
	codes := map[int]string{
		1: "OutdatedPowershellVersion", 2: "AdditionalDrivesPresent AdditionalDrivesAttached RestrictedDriveLetterInUse", 3: "PendingReboot WindowsUpdatesRequired",
		4: "SysPrepFileMissing", 6: "InsufficientDiskSpace DiskFreeSpace", 7: "DomainAccountServicesFound", 9: "InvalidIp DHCPDisabled", 10: "RemoteDesktopServicesDisabled",
		11: "UserProfileMissing", 12: "EnvironmentVariablesPathMissingEntries", 13: "WindowsModulesInstallerDisabled", 14: "AmazonSsmAgentEnabled", 15: "UnsupportedSecurityProtocol",
		16: "MultipleUserProfiles", 17: "StagedAppxPackage", 18: "UnsupportedOsUpgrade InPlaceUpgrade", 19: "InsufficientRearmCount ZeroRearmCount",
	}
	for _, edition := range []string{"2020-04-29", "2026-09-10"} {
		for _, test := range at(t, edition).ImageTests() {
			number := test.Number
			if edition == "2026-09-10" && number >= 8 {
				number++
			}
			if got := strings.Trim(fmt.Sprint(test.Codes), "[]"); got != codes[number] {
				t.Errorf("%s: test %d has the codes %s, want %s", edition, test.Number, got, codes[number])
			}
			if want := edition == "2026-09-10" && test.Number == 5; test.Windows7 != want {
				t.Errorf("%s: test %d is for Windows 7 alone: %t", edition, test.Number, test.Windows7)
			}
		}
	}
	tests := bundles.Newest().ImageTests()
	tests[0].Codes[0] = "changed"
	if bundles.Newest().ImageTests()[0].Codes[0] == "changed" {
		t.Error("ImageTests is not a copy")
	}
}

func TestQuotas(t *testing.T) {
	for _, tt := range []struct {
		edition, name string
		want          []int
	}{
		{"2017-12-31", "WorkSpaces", []int{20}},
		{"2018-02-03", "WorkSpaces", []int{1}},
		{"2018-02-03", "Images", []int{5}},
		{"2020-04-29", "Images", []int{20}},
		{"2019-06-27", "GraphicsPro WorkSpaces", []int{0}},
		{"2022-09-02", "Images", []int{40}},
		{"2021-05-07", "Directories", []int{50}},
		{"2025-10-21", "Standby WorkSpaces", []int{5, 0}},
		{"2022-09-02", "WorkSpaces Pools instances of Graphics.g4dn", nil},
		{"2025-10-21", "WorkSpaces Pools instances of Graphics.g4dn", []int{0, 0}},
		{"2026-09-10", "WorkSpaces Pools instances of Graphics.g4dn", []int{0, 0}},
		{"2020-04-29", "Directories", nil},
	} {
		var got []int
		for _, q := range at(t, tt.edition).Quotas() {
			if q.Name == tt.name {
				got = append(got, q.Default)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %s: %v, want %v", tt.edition, tt.name, got, tt.want)
		}
	}
	for n, want := range map[int]string{0: "allowed", 1: "undocumented", 5: "undocumented", 6: "allowed"} {
		if a, err := bundles.Newest().CheckQuota("Standby WorkSpaces", n); err != nil || a.Verdict.String() != want {
			t.Errorf("%d standby WorkSpaces: %+v, %v", n, a, err)
		}
	}
}

// The quotas of the newest reading, and of April 2020: n can be raised (+), or cannot (!).
func TestQuotasOfAnEdition(t *testing.T) {
	for edition, want := range map[string]string{
		"2020-04-29": "WorkSpaces 1+, Graphics WorkSpaces 0+, GraphicsPro WorkSpaces 0+, Images 20+",
		"2026-09-10": "WorkSpaces 1+, Graphics WorkSpaces 0+, GraphicsPro WorkSpaces 0+, Images 40+, " +
			"Graphics.g4dn WorkSpaces 0+, GraphicsPro.g4dn WorkSpaces 0+, Connection aliases 20!, Bundles 50!, Directories 50!, " +
			"Graphics.g6.xlarge WorkSpaces 0+, Graphics.g6.2xlarge WorkSpaces 0+, Graphics.g6.4xlarge WorkSpaces 0+, Graphics.g6.8xlarge WorkSpaces 0+, Graphics.g6.16xlarge WorkSpaces 0+, " +
			"Graphics.gr6.4xlarge WorkSpaces 0+, Graphics.gr6.8xlarge WorkSpaces 0+, " +
			"Graphics.g6f.large WorkSpaces 0+, Graphics.g6f.xlarge WorkSpaces 0+, Graphics.g6f.2xlarge WorkSpaces 0+, Graphics.g6f.4xlarge WorkSpaces 0+, Graphics.gr6f.4xlarge WorkSpaces 0+, " +
			"Graphics.g7.2xlarge WorkSpaces 0+, Graphics.g7.4xlarge WorkSpaces 0+, Graphics.g7.8xlarge WorkSpaces 0+, Graphics.g7.12xlarge WorkSpaces 0+, " +
			"GeneralPurpose.4xlarge WorkSpaces 1+, GeneralPurpose.8xlarge WorkSpaces 1+, Standby WorkSpaces 5+, Standby WorkSpaces 0+, " +
			"WorkSpaces Pools 10+, WorkSpaces Pools instances of a size 10+, WorkSpaces Pools instances of Graphics.g4dn 0+, WorkSpaces Pools instances of Graphics.g4dn 0!, " +
			"WorkSpaces Core managed instances 1000+, WorkSpaces Core managed instances that are being allocated 700+",
	} {
		var got []string
		for _, q := range at(t, edition).Quotas() {
			raised := map[rule.Verdict]string{rule.Allowed: "+", rule.Denied: "!"}[q.Adjustable]
			got = append(got, fmt.Sprint(q.Name, " ", q.Default, raised))
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", edition, got, want)
		}
	}
}

// Every compute type of an edition before the hardware, and when it appears.
func TestComputeTypesByEdition(t *testing.T) {
	for edition, want := range map[string]string{
		"2015-04-28": "VALUE STANDARD PERFORMANCE",
		"2017-12-22": "VALUE STANDARD PERFORMANCE POWER",
		"2017-12-29": "VALUE STANDARD PERFORMANCE POWER GRAPHICS",
		"2018-02-03": "VALUE STANDARD PERFORMANCE POWER GRAPHICS",
		"2018-10-18": "VALUE STANDARD PERFORMANCE POWER POWERPRO GRAPHICS GRAPHICSPRO",
		"2020-04-29": "VALUE STANDARD PERFORMANCE POWER POWERPRO GRAPHICS GRAPHICSPRO",
		"2022-04-11": "VALUE STANDARD PERFORMANCE POWER POWERPRO GRAPHICS GRAPHICSPRO GRAPHICS_G4DN GRAPHICSPRO_G4DN",
		"2025-01-15": "VALUE STANDARD PERFORMANCE POWER POWERPRO GENERALPURPOSE_4XLARGE GENERALPURPOSE_8XLARGE GRAPHICS GRAPHICSPRO GRAPHICS_G4DN GRAPHICSPRO_G4DN",
	} {
		var got []string
		for _, c := range at(t, edition).ComputeTypes() {
			got = append(got, string(c.Name))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %s, want %s", edition, got, want)
		}
	}
}
