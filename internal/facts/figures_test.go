package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The pages on custom images, bundle options, nested virtualization and multi-Region resilience, on what is not or only in some Regions.
func TestPlaces(t *testing.T) {
	const regions = "us-east-1 us-east-2 us-west-1 us-west-2 eu-west-1 eu-central-1 ap-south-1 il-central-1 cn-northwest-1 af-south-1"
	for _, tt := range []struct {
		from, until, of string // a compute type, or a feature
		lacks, has      string // Regions of which the page says so; of the others it says nothing
	}{
		{"2018-02-03", "2021-03-08", "GRAPHICS", "", ""},
		{"2021-03-09", "2026-09-10", "GRAPHICS", "ap-south-1", ""},
		{"2021-03-09", "2026-09-10", "GRAPHICSPRO", "ap-south-1", ""},
		{"2018-02-03", "2026-09-10", "GRAPHICS_G4DN", "", ""},
		{"2018-02-03", "2026-09-10", "STANDARD", "", ""},
		{"2018-02-03", "2026-09-09", "GRAPHICS_G7_2XLARGE", "", ""},
		{"2026-09-10", "2026-09-10", "GRAPHICS_G7_2XLARGE", "us-west-1 eu-west-1 eu-central-1 ap-south-1 il-central-1 cn-northwest-1 af-south-1", "us-east-1 us-east-2 us-west-2"},
		{"2018-02-03", "2026-08-24", "nested virtualization", "", ""},
		{"2026-08-25", "2026-09-10", "nested virtualization", "il-central-1 cn-northwest-1", "us-east-1 us-east-2 us-west-1 us-west-2 eu-west-1 eu-central-1 ap-south-1 af-south-1"},
		{"2018-02-03", "2025-10-20", "multi-Region resilience", "", ""},
		{"2025-10-21", "2026-06-29", "multi-Region resilience", "us-east-2 us-west-1 ap-south-1 il-central-1 cn-northwest-1 af-south-1", "us-east-1 us-west-2 eu-central-1 eu-west-1"},
		{"2026-06-30", "2026-09-10", "multi-Region resilience", "us-west-1 ap-south-1 il-central-1 cn-northwest-1 af-south-1", "us-east-1 us-east-2 us-west-2 eu-central-1 eu-west-1"},
	} {
		for _, day := range []string{tt.from, tt.until} {
			c := NewCatalogue(rule.MustParseEdition(day))
			p := c.PlaceOf(Feature(tt.of))
			if FamilyOf(tt.of) != "" {
				p = c.Place(tt.of)
			}
			if (p == nil) != (tt.lacks+tt.has == "") {
				t.Fatalf("%s: of %s %+v", day, tt.of, p)
			}
			if p == nil {
				continue
			}
			for region := range strings.FieldsSeq(regions) {
				lacks, has := slices.Contains(strings.Fields(tt.lacks), region), slices.Contains(strings.Fields(tt.has), region)
				if p.Lacks(region) != lacks || p.Has(region) != has {
					t.Errorf("%s: %s in %s: lacks %t, has %t", day, tt.of, region, p.Lacks(region), p.Has(region))
				}
			}
		}
	}
	if c := NewCatalogue(tables.Newest()); c.Place("") != nil || c.Place("GRAPHICS_G9") != nil {
		t.Error("a place of what nobody names")
	}
	if got := strings.Join(RegionsWithoutBYOLGPU, " "); got != "af-south-1 il-central-1" { // Cape Town and Tel Aviv, the page on BYOL
		t.Errorf("GPUs with licences of one's own are not in %s", got)
	}
}

// A place tells what it is about, and the Regions.
func TestPlaceTexts(t *testing.T) {
	for want, p := range map[string]Place{
		"Graphics, GraphicsPro: not ap-south-1":       {Families: []Family{Graphics, GraphicsPro}, Except: []string{"ap-south-1"}},
		"G7: only us-east-1, us-east-2":               {Families: []Family{G7}, Only: []string{"us-east-1", "us-east-2"}},
		"nested virtualization: all but a-b-1, a-c-1": {Feature: NestedVirtualization, Except: []string{"a-b-1", "a-c-1"}, Rest: true},
	} {
		if got := p.What() + ": " + p.Regions(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The page on nested virtualization: which systems, protocols and bundles can have it, and which cannot. Windows 7 and older Ubuntu
// cannot, since what can is named "and newer".
func TestNested(t *testing.T) {
	if len(Nested.On(rule.MustParseEdition("2026-08-24"))) > 0 {
		t.Error("a row before the page")
	}
	n, ok := Nested.One(rule.MustParseEdition("2026-08-25"))
	if !ok {
		t.Fatal("no row")
	}
	sizes, ok := NestedSizes.One(rule.MustParseEdition("2026-08-25"))
	if !ok {
		t.Fatal("no row of compute types")
	}
	for what, tt := range map[string]struct {
		got  []string
		want string
	}{
		"systems":     {n.Systems, "WINDOWS_SERVER_2019 WINDOWS_SERVER_2022 WINDOWS_SERVER_2025 WINDOWS_11 UBUNTU_22_04 UBUNTU_24_04 RHEL_8 RHEL_9 ROCKY_8 ROCKY_9"},
		"not systems": {n.NotSystems, "WINDOWS_SERVER_2016 WINDOWS_10 AMAZON_LINUX_2 WINDOWS_7 UBUNTU_18_04 UBUNTU_20_04"},
		"protocols":   {n.Protocols, "WSP BYOP"}, "not protocols": {n.NotProtocols, "PCOIP"},
		"bundles": {sizes.Computes, "STANDARD PERFORMANCE POWER POWERPRO GENERALPURPOSE_4XLARGE GENERALPURPOSE_8XLARGE"},
	} {
		if got := strings.Join(tt.got, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", what, got, tt.want)
		}
	}
}

// The pages on self-service and on modifying a WorkSpace: sizes in GB of root and user volume, with what is in dispute between them.
func TestSetGroups(t *testing.T) {
	const small = "80 and 10; 80 and 50; "
	for _, tt := range []struct{ from, until, groups, gpu, disputed, against string }{
		{"2018-02-03", "2019-01-07", "", "", "", ""},
		{"2019-01-08", "2019-05-02", small + "80 and 100; 175 to 1000 and 100 to 1000", "", "", ""},
		{"2019-05-03", "2020-03-30", small + "80 and 100; 175 to 1000 and 100 to 1000; 175 to 2000 and 100 to 2000", "", "175 to 2000 and 100 to 2000", ""},
		{"2020-03-31", "2026-09-10", small + "80 and 100; 175 to 2000 and 100 to 2000", "100 to 2000 and 100 to 2000", "", "80 and 100"},
	} {
		for _, day := range []string{tt.from, tt.until} {
			var got [4][]string
			for _, g := range SetGroups.On(rule.MustParseEdition(day)) {
				text, _ := strings.CutSuffix(g.String(), " GiB")
				kind := 0
				if g.GPU {
					kind = 1
				}
				got[kind] = append(got[kind], text)
				if g.Disputed {
					got[2] = append(got[2], text)
				}
				if g.Against != (rule.Citation{}) {
					got[3] = append(got[3], text)
					if g.Against != tables.Cite(ModifyPage, "Limitations for Increasing Volumes", "2020-03-31") {
						t.Errorf("%s: %v", day, g.Against)
					}
				}
			}
			for i, want := range []string{tt.groups, tt.gpu, tt.disputed, tt.against} {
				if text := strings.Join(got[i], "; "); text != want {
					t.Errorf("%s: %q, want %q", day, text, want)
				}
			}
		}
	}
}

// The bounds of a group are in it.
func TestSetGroupContains(t *testing.T) {
	g := SetGroup{RootFrom: 175, RootTo: 2000, UserFrom: 100, UserTo: 1000}
	for _, tt := range []struct {
		root, user int32
		want       bool
	}{{175, 100, true}, {2000, 1000, true}, {174, 100, false}, {2001, 100, false}, {175, 99, false}, {175, 1001, false}, {0, 0, false}} {
		if got := g.Contains(tt.root, tt.user); got != tt.want {
			t.Errorf("%d and %d: %t", tt.root, tt.user, got)
		}
	}
	if got := fmt.Sprint(g, "; ", SetGroup{RootFrom: 80, RootTo: 80, UserFrom: 10, UserTo: 50}); got != "175 to 2000 and 100 to 1000 GiB; 80 and 10 to 50 GiB" {
		t.Error(got)
	}
}

// The section on ThrottlingException: 2 calls a second, and bursts of 5.
func TestCallQuotas(t *testing.T) {
	for day, want := range map[string]string{"2019-10-24": "", "2019-10-25": "2 5", "2026-09-10": "2 5"} {
		got := ""
		if q, ok := CallQuotas.One(rule.MustParseEdition(day)); ok {
			got = fmt.Sprint(q.Rate, " ", q.Burst)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

// KMS's guide, and since 2021-01-23 the guide on encryption: a grant for WorkSpaces, and one of EBS for each volume.
func TestGrantCounts(t *testing.T) {
	for day, want := range map[string]string{"2017-11-14": "", "2017-11-15": KMSServices, "2021-01-22": KMSServices, "2021-01-23": EncryptPage, "2026-09-10": EncryptPage} {
		g, ok := GrantCounts.One(rule.MustParseEdition(day))
		if ok != (want != "") || g.Cite.Document != want || ok && (g.PerWorkspace != 1 || g.PerVolume != 1) {
			t.Errorf("%s: %+v", day, g)
		}
	}
}
