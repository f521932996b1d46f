package facts

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// found writes findings as their parts, with ? for those that another document contradicts.
func found(list []Finding) string {
	var words []string
	for _, f := range list {
		word := [...]string{ComputePart: "compute", ProtocolPart: "protocol", SystemPart: "system"}[f.Part]
		if f.Against != (rule.Citation{}) {
			word += "?"
		}
		if f.Cite == (rule.Citation{}) || f.Cite == f.Against || f.Detail == "" {
			word += "!"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// What stands against a desktop: the table of systems, the protocols of GPUs, and that no new one of its system can be created; and which
// of it another page contradicts. The page on BYOL has every compute type with Windows 10 and 11, but forbids Value with Windows
// 11 itself. The page on migration has BYOP with some systems before the table has.
func TestAgainst(t *testing.T) {
	for _, tt := range []struct{ day, system, compute, protocol, want string }{
		{"2026-09-10", "WINDOWS_SERVER_2022", "STANDARD", "WSP", ""},
		{"2026-09-10", "WINDOWS_SERVER_2022", "", "", ""},
		{"2026-09-10", "WINDOWS_SERVER_2022", "VALUE", "WSP", "compute"},
		{"2026-09-10", "WINDOWS_SERVER_2022", "VALUE", "", "compute"},
		{"2026-09-10", "UBUNTU_22_04", "STANDARD", "PCOIP", "protocol"},
		{"2026-09-10", "UBUNTU_22_04", "", "PCOIP", "protocol"},
		{"2026-09-10", "UBUNTU_24_04", "VALUE", "PCOIP", "compute protocol"},
		{"2026-09-10", "UBUNTU_24_04", "GRAPHICS_G4DN", "PCOIP", "compute protocol"},
		{"2026-09-10", "WINDOWS_11", "VALUE", "WSP", "compute"},
		{"2026-09-10", "WINDOWS_10", "GENERALPURPOSE_4XLARGE", "WSP", "compute?"},
		{"2026-09-10", "WINDOWS_10", "GRAPHICS_G6_XLARGE", "WSP", "compute?"},
		{"2026-09-10", "WINDOWS_11", "GRAPHICSPRO", "WSP", "compute?"},
		{"2026-09-10", "WINDOWS_SERVER_2022", "GRAPHICS_G6_XLARGE", "PCOIP", "protocol"},
		{"2026-09-10", "WINDOWS_SERVER_2022", "GRAPHICS_G6_XLARGE", "WSP", ""},
		{"2026-09-10", "UBUNTU_22_04", "GRAPHICS_G4DN", "WSP", ""},
		{"2026-02-05", "WINDOWS_SERVER_2022", "GRAPHICS_G6_XLARGE", "WSP", "protocol?"},
		{"2026-02-05", "WINDOWS_SERVER_2022", "STANDARD", "BYOP", "protocol?"},
		{"2026-02-05", "WINDOWS_SERVER_2016", "STANDARD", "BYOP", "protocol"},
		{"2025-10-21", "UBUNTU_22_04", "GRAPHICS_G4DN", "PCOIP", "protocol?"},
		{"2025-10-21", "UBUNTU_22_04", "STANDARD", "PCOIP", "protocol"},
		{"2025-10-21", "UBUNTU_22_04", "", "PCOIP", "protocol"},
		{"2025-10-21", "WINDOWS_SERVER_2016", "GRAPHICSPRO", "WSP", "protocol"},
		{"2025-10-21", "WINDOWS_SERVER_2016", "GRAPHICS_G4DN", "WSP", "protocol?"},
		{"2025-10-21", "WINDOWS_SERVER_2022", "GRAPHICS_G6_XLARGE", "WSP", ""}, // a family that the edition does not know
		{"2026-09-10", "WINDOWS_7", "VALUE", "PCOIP", ""},
		{"2026-09-10", "WINDOWS_7", "GRAPHICS_G6_XLARGE", "PCOIP", "protocol"},
		{"2026-09-10", "", "GRAPHICS_G6_XLARGE", "PCOIP", ""},
		{"2026-09-10", "WINDOWS_SERVER_2022", "GRAPHICS_G9_XLARGE", "WSP", ""},
		{"2026-05-14", "AMAZON_LINUX_2", "STANDARD", "WSP", ""},
		{"2026-05-15", "AMAZON_LINUX_2", "STANDARD", "WSP", "system"},
		{"2026-09-10", "AMAZON_LINUX_2", "GRAPHICS_G4DN", "BYOP", "compute protocol system"},
		{"2022-09-02", "WINDOWS_SERVER_2019", "GRAPHICS_G4DN", "WSP", "protocol"},
		{"2022-09-01", "WINDOWS_SERVER_2019", "GRAPHICS_G4DN", "WSP", ""},
		{"2022-09-01", "WINDOWS_SERVER_2019", "GRAPHICS", "WSP", "protocol"},
		{"2019-01-08", "WINDOWS_SERVER_2019", "VALUE", "BYOP", ""},
	} {
		if got := found(NewCatalogue(rule.MustParseEdition(tt.day)).Against(tt.system, tt.compute, tt.protocol)); got != tt.want {
			t.Errorf("%s: %s, %s by %s: %q, want %q", tt.day, tt.system, tt.compute, tt.protocol, got, tt.want)
		}
	}
}

// What stands against a desktop is told with the guide's name of its system, if the table has one.
func TestAgainstTellsTheSystem(t *testing.T) {
	for want, ask := range map[string][3]string{
		"VALUE is not offered with Windows Server 2022":                        {"WINDOWS_SERVER_2022", "VALUE", "WSP"},
		"PCOIP is not offered with Rocky Linux 8":                              {"ROCKY_8", "VALUE", "PCOIP"},
		"GRAPHICS_G6_XLARGE does not stream by PCOIP with Windows Server 2022": {"WINDOWS_SERVER_2022", "GRAPHICS_G6_XLARGE", "PCOIP"},
		"GRAPHICS_G6_XLARGE does not stream by PCOIP with WINDOWS_7":           {"WINDOWS_7", "GRAPHICS_G6_XLARGE", "PCOIP"},
		"no new WorkSpace of Amazon Linux 2 can be created":                    {"AMAZON_LINUX_2", "VALUE", "WSP"},
	} {
		list := NewCatalogue(tables.Newest()).Against(ask[0], ask[1], ask[2])
		if len(list) != 1 || list[0].Detail != want {
			t.Errorf("%q: %+v, want %q", ask, list, want)
		}
	}
}

// A compute type that is newer than its family is named from the day on which a document does: the SDK's changelog of 2025-01-15 has "GeneralPurpose.4xlarge
// & GeneralPurpose.8xlarge", and the service model of 2022-04-11 is the first that lists GRAPHICS_G4DN and GRAPHICSPRO_G4DN. Others are named
// as soon as their family is known.
func TestNames(t *testing.T) {
	days := strings.Fields("2018-02-03 2022-04-10 2022-04-11 2025-01-14 2025-01-15 2025-10-21 2026-02-05 2026-09-09 2026-09-10")
	for day, names := range map[string]string{"2025-01-15": "GeneralPurpose.4xlarge GeneralPurpose.8xlarge", "2022-04-11": "GRAPHICS_G4DN GRAPHICSPRO_G4DN"} {
		for name := range strings.FieldsSeq(names) {
			compute := strings.ToUpper(strings.ReplaceAll(name, ".", "_"))
			for _, d := range days {
				if got := NewCatalogue(rule.MustParseEdition(d)).Names(compute); got != (d >= day) {
					t.Errorf("%s: %s is named: %t", d, compute, got)
				}
			}
		}
	}
	for _, d := range days {
		c := NewCatalogue(rule.MustParseEdition(d))
		for _, compute := range append(computes(), "POWER_2") {
			if strings.HasSuffix(compute, "_G4DN") || strings.HasPrefix(compute, "GENERALPURPOSE_") {
				continue
			}
			if c.Names(compute) != c.Knows(compute) {
				t.Errorf("%s: %s is named: %t", d, compute, !c.Knows(compute))
			}
		}
	}
}

// An edition knows the families of the 2020 guide, and those that the table of its day has.
func TestKnows(t *testing.T) {
	for day, want := range map[string]string{
		"2018-02-03": "VALUE GRAPHICS GRAPHICSPRO GRAPHICS_G4DN", "2026-02-04": "VALUE GRAPHICS GRAPHICSPRO GRAPHICS_G4DN",
		"2026-02-05": "VALUE GRAPHICS GRAPHICSPRO GRAPHICS_G4DN GRAPHICS_G6_XLARGE GRAPHICS_GR6_4XLARGE GRAPHICS_G6F_LARGE GRAPHICS_GR6F_4XLARGE",
		"2026-09-10": "VALUE GRAPHICS GRAPHICSPRO GRAPHICS_G4DN GRAPHICS_G6_XLARGE GRAPHICS_GR6_4XLARGE GRAPHICS_G6F_LARGE GRAPHICS_GR6F_4XLARGE GRAPHICS_G7_2XLARGE",
	} {
		c := NewCatalogue(rule.MustParseEdition(day))
		for compute := range strings.FieldsSeq("VALUE GRAPHICS GRAPHICSPRO GRAPHICS_G4DN GRAPHICS_G6_XLARGE GRAPHICS_GR6_4XLARGE GRAPHICS_G6F_LARGE GRAPHICS_GR6F_4XLARGE GRAPHICS_G7_2XLARGE POWER_2") {
			if c.Knows(compute) != slices.Contains(strings.Fields(want), compute) {
				t.Errorf("%s: %s is known: %t", day, compute, c.Knows(compute))
			}
		}
	}
}

// A system separates two compute types if it is offered with one alone.
func TestSeparates(t *testing.T) {
	c := NewCatalogue(tables.Newest())
	for _, tt := range []struct {
		one, other string
		want       bool
	}{
		{"VALUE", "STANDARD", false}, // what has Value has Standard
		{"STANDARD", "VALUE", true},
		{"POWERPRO", "GENERALPURPOSE_4XLARGE", true},
		{"GENERALPURPOSE_4XLARGE", "POWERPRO", false},
		{"GENERALPURPOSE_4XLARGE", "GENERALPURPOSE_8XLARGE", false},
		{"GRAPHICS_G7_2XLARGE", "GRAPHICS_G6_XLARGE", false},
		{"GRAPHICS_G4DN", "GRAPHICS_G6_XLARGE", true},
	} {
		if got := c.Separates(tt.one, tt.other); got != tt.want {
			t.Errorf("%s and %s: %t", tt.one, tt.other, got)
		}
	}
}

var (
	familyWord = regexp.MustCompile(`\b(GraphicsPro|Graphics|G[0-9]\w*)\b`)
	systemWord = regexp.MustCompile(`\b(1[0-9]|20[0-9][0-9])\b`)
)

// A text names no other family, system or protocol than its row is about.
func TestTextsAreAboutTheirRows(t *testing.T) {
	for _, s := range Streams.Rows {
		for _, word := range familyWord.FindAllString(s.Text, -1) {
			only := strings.Contains(s.Text, word+" alone") // it is the exception
			if slices.Contains(s.Families, Family(word)) == only {
				t.Errorf("%q is about %v", s.Text, s.Families)
			}
		}
		if s.Kind == "WINDOWS_10" || s.Kind == "WINDOWS_11" {
			if words := systemWord.FindAllString(s.Text, -1); len(words) != 1 || s.Kind != "WINDOWS_"+words[0] {
				t.Errorf("%q is about %s", s.Text, s.Kind)
			}
			continue
		}
		for _, word := range systemWord.FindAllString(s.Text, -1) { // the table of the day has it with the families, and with this protocol alone
			o := NewCatalogue(s.Span.Since).Offer("WINDOWS_" + word)
			if o == nil || !slices.Equal(o.Protocols, []string{s.Protocol}) || !slices.ContainsFunc(s.Families, func(f Family) bool { return slices.Contains(o.Families, f) }) {
				t.Errorf("%q: the table of %s does not say so", s.Text, s.Span.Since)
			}
		}
	}
	for _, p := range Permits.Rows {
		var words []string
		for _, name := range p.Systems {
			words = append(words, name[strings.LastIndexByte(name, '_')+1:])
		}
		if got := systemWord.FindAllString(p.Text, -1); len(got) > 0 && !slices.Equal(got, words) {
			t.Errorf("%q is about %v", p.Text, p.Systems)
		}
	}
}

// The forms of Regions, with what is beside them.
func TestRegionForms(t *testing.T) {
	for s, want := range map[string]bool{
		"us-east-1": true, "us-gov-west-1": true, "ap-southeast-12": true, "abcd-e-0": true, "eu-isoe-west-1": true, "ab-c-9": true,
		"": false, "us": false, "us-1": false, "us-east": false, "us-east-": false, "us--1": false, "us-east-a": false, "us-east-1a": false, "u-east-1": false,
		"abcde-east-1": false, "US-east-1": false, "us-eAst-1": false, "us-east-1-": false, "us-east-1-2": false, "-east-1": false, "us-east--1": false, " us-east-1": false,
	} {
		if IsRegion(s) != want {
			t.Errorf("%q: %t", s, !want)
		}
		if (CheckRegion("Region", s) == nil) != want {
			t.Errorf("%q is checked as another", s)
		}
	}
	for s, want := range map[string]bool{
		"aws": true, "aws-cn": true, "aws-us-gov": true, "": false, "aw": false, "aws-": false, "aws-us-": false, "aws--cn": false, "awsx": false, "aws-c1": false, "aws-cN": false, "AWS": false,
	} {
		if IsPartition(s) != want {
			t.Errorf("%q: %t", s, !want)
		}
	}
	for s, want := range map[string]bool{"123456789012": true, "000000000009": true, "12345678901": false, "1234567890123": false, "12345678901a": false, "12345678901/": false, "12345678901:": false} {
		if IsAccount(s) != want {
			t.Errorf("%q: %t", s, !want)
		}
	}
}

// A window tells its days, hours, zone and age.
func TestWindowTexts(t *testing.T) {
	const daily = "daily for up to 14 days from the third Monday of the month, about 00:00 to 05:00"
	for want, row := range map[string][2]string{
		"Sunday, 00:00 to 04:00 in the time zone of the Region":                        {alwaysOn, "2017-12-31"},
		"by default Sunday, 00:00 to 04:00 in the time zone of the WorkSpace":          {alwaysOn, "2019-07-08"},
		"the third Monday of the month, 00:00 to 05:00 in the time zone of the Region": {autoStop, "2018-02-03"},
		daily: {autoStop, "2018-06-29"},
		daily + " in the time zone of the Region":                                                               {autoStop, "2019-07-08"},
		daily + " in the time zone of the Region, WorkSpaces older than 7 days":                                 {autoStop, "2025-10-21"},
		daily + " in the time zone of the Region, WorkSpaces created, rebuilt or migrated more than 7 days ago": {autoStop, "2026-08-25"},
	} {
		if got := window(t, row[0], row[1]).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
