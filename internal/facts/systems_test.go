package facts

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

//go:embed testdata/systems.txt
var systemTable string

// A reading is what a version of the guide's table of systems has.
type reading struct {
	since rule.Edition
	rows  [][]string // system, name, licence, protocols, bundles, last day
}

func readSystems(t *testing.T) (all []reading) {
	for line := range strings.Lines(systemTable) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case !strings.Contains(line, "|"):
			all = append(all, reading{since: rule.MustParseEdition(line)})
		default:
			row := strings.Split(line, " | ")
			if len(row) != 6 {
				t.Fatalf("%q has %d columns", line, len(row))
			}
			all[len(all)-1].rows = append(all[len(all)-1].rows, row)
		}
	}
	return all
}

// computes are the compute types of the API and, in the last line, those that the documents name beside them.
func computes() (list []string) {
	for _, c := range types.Compute("").Values() {
		list = append(list, string(c))
	}
	return append(list, "GRAPHICS_G7_2XLARGE", "GRAPHICS_G7_4XLARGE", "GRAPHICS_G7_8XLARGE", "GRAPHICS_G7_12XLARGE")
}

// isOf reports whether a bundle of the guide's table has a compute type, by the names of both.
func isOf(bundle, compute string) bool {
	form := map[string]string{
		"GeneralPurpose": "GENERALPURPOSE_(4|8)XLARGE", "G4dn": "(GRAPHICS|GRAPHICSPRO)_G4DN", "G6": "GRAPHICS_(G6|GR6|G6F|GR6F)_.+", "G7": "GRAPHICS_G7_.+",
	}[bundle]
	if form == "" {
		form = strings.ToUpper(bundle)
	}
	return regexp.MustCompile("^" + form + "$").MatchString(compute)
}

// What WorkSpaces offers with a system, and until when, is what the table says in its newest reading, in its order.
func TestOffersAreThoseOfTheTable(t *testing.T) {
	readings := readSystems(t)
	for i, r := range readings {
		days := []rule.Edition{r.since, tables.Newest()}
		if i+1 < len(readings) {
			days[1] = rule.MustParseEdition(readings[i+1].since.Date().AddDate(0, 0, -1).Format(time.DateOnly))
		}
		for _, day := range days {
			c := NewCatalogue(day)
			if len(c.Offers()) != len(r.rows) {
				t.Fatalf("%s: %d systems, want %d", day, len(c.Offers()), len(r.rows))
			}
			for n, row := range r.rows {
				o := c.Offers()[n]
				var protocols []string
				for p := range strings.FieldsSeq(row[3]) {
					protocols = append(protocols, map[string]string{"DCV": "WSP", "PCoIP": "PCOIP", "BYOP": "BYOP"}[p])
				}
				if o.System != row[0] || o.Name != row[1] || o.BYOL != (row[2] == "BYOL") || !slices.Equal(o.Protocols, protocols) || c.Offer(o.Name) != &c.Offers()[n] {
					t.Errorf("%s: %+v, want %q", day, o, row)
				}
				if !slices.Contains(withoutGPU, o.Smallest) || !slices.Contains(withoutGPU, o.Largest) {
					t.Errorf("%s: %s has %s to %s", day, o.System, o.Smallest, o.Largest)
				}
				for _, compute := range computes() {
					want := slices.ContainsFunc(strings.Fields(row[4]), func(bundle string) bool { return isOf(bundle, compute) })
					if o.Has(compute) != want {
						t.Errorf("%s: %s with %s: %t", day, o.System, compute, !want)
					}
				}
				if o.Has("POWER_2") || o.Has("") {
					t.Errorf("%s: %s has a compute type that nobody names", day, o.System)
				}
			}
			checkEnds(t, day, r.rows)
		}
	}
	if before := rule.MustParseEdition("2025-10-20"); len(NewCatalogue(before).Offers()) > 0 || len(Ends.On(before)) > 0 {
		t.Error("a reading has a table before it")
	}
	if c := NewCatalogue(tables.Newest()); c.Offer("WINDOWS_7") != nil {
		t.Error("an offer with Windows 7")
	}
}

// checkEnds checks the last days of systems.
func checkEnds(t *testing.T, day rule.Edition, rows [][]string) {
	t.Helper()
	want := map[string]string{}
	for _, row := range rows {
		last := row[5]
		if month, err := time.Parse("2006-01", last); err == nil {
			last = month.AddDate(0, 1, -1).Format(time.DateOnly)
		}
		if last != "-" {
			want[row[0]+" "+row[1]] = last
		}
	}
	for _, e := range Ends.On(day) {
		if e.Kind != EndOfSystem {
			continue
		}
		if key := e.What + " " + e.Name; want[key] != e.Last {
			t.Errorf("%s: the last day of %s is %s, want %q", day, key, e.Last, want[key])
		} else {
			delete(want, key)
		}
	}
	if len(want) > 0 {
		t.Errorf("%s: no end of %v", day, want)
	}
}

// The document history says of Amazon Linux 2 that no new WorkSpace can be created. The page on the end of PCoIP, and that on the
// end of Pools, give the last day, that it counts, and the day from which new customers are turned away.
func TestEndsThatAreAnnounced(t *testing.T) {
	for _, want := range []End{
		{Kind: EndOfSystem, What: "Amazon Linux 2", Name: "AMAZON_LINUX_2", Last: "2026-06-30", Closed: "2026-05-15", Dated: tables.Since(HistoryPage, AmazonLinux2Notice, "2026-05-15", "")},
		{Kind: EndOfProtocol, What: "PCoIP", Name: "PCOIP", Last: "2027-10-31", OnLast: true, Closed: "2026-07-31", NewCustomers: true, Dated: tables.Since("admin-guide-pcoip-end-of-support", "PCoIP-based WorkSpaces Personal end of support", "2026-06-30", "")},
		{Kind: EndOfPools, What: "WorkSpaces Pools", Name: "Pools", Last: "2027-12-31", OnLast: true, Closed: "2026-07-31", NewCustomers: true, Dated: tables.Since("admin-guide-pools-end-of-support", "Amazon WorkSpaces Pools end of support", "2026-06-30", "")},
	} {
		if !slices.Contains(Ends.Rows, want) {
			t.Errorf("no %+v", want)
		}
		if want.ClosesToAll() != (want.Name == "AMAZON_LINUX_2") {
			t.Errorf("%s closes to all: %t", want.What, want.ClosesToAll())
		}
	}
	if (End{NewCustomers: true, Closed: "2026-07-31"}).ClosesToAll() || (End{}).ClosesToAll() {
		t.Error("what is open closes")
	}
}

// Graphics ended on 2023-11-30 and GraphicsPro on 2025-10-31: the page on modifying WorkSpaces.
func TestRetirements(t *testing.T) {
	for _, tt := range []struct{ day, compute, last string }{
		{"2025-10-20", "GRAPHICS", ""}, {"2025-10-21", "GRAPHICS", "2023-11-30"}, {"2026-09-10", "GRAPHICS", "2023-11-30"},
		{"2025-10-30", "GRAPHICSPRO", ""}, {"2025-10-31", "GRAPHICSPRO", "2025-10-31"}, {"2025-11-01", "GRAPHICSPRO", "2025-10-31"}, {"2026-09-10", "GRAPHICSPRO", "2025-10-31"},
		{"2026-09-10", "GRAPHICS_G4DN", ""},
	} {
		if r, ended := NewCatalogue(rule.MustParseEdition(tt.day)).Retirement(tt.compute); r.Last != tt.last || ended != (tt.last != "") {
			t.Errorf("%s: %s ended on %q: %t", tt.day, tt.compute, r.Last, ended)
		} else if r.Disputed() != (tt.compute == "GRAPHICSPRO" && tt.day == "2025-10-31") {
			t.Errorf("%s: the end of %s is disputed: %t", tt.day, tt.compute, r.Disputed())
		}
	}
}

// The family of a compute type is in its name: GRAPHICS, a family and a size, or none.
func TestFamiliesAreInTheNames(t *testing.T) {
	names := map[string]Family{"G4DN": G4dn, "G6": G6, "GR6": Gr6, "G6F": G6f, "GR6F": Gr6f, "G7": G7}
	for _, c := range computes() {
		want := GeneralPurpose
		if part, rest, _ := strings.Cut(c, "_"); part == "GRAPHICS" || part == "GRAPHICSPRO" {
			family, _, _ := strings.Cut(rest, "_")
			if want = names[family]; family == "" {
				want = map[string]Family{"GRAPHICS": Graphics, "GRAPHICSPRO": GraphicsPro}[part]
			}
		}
		if got := FamilyOf(c); got != want || got == "" {
			t.Errorf("%s is of %q, want %q", c, got, want)
		}
	}
	for _, c := range []string{"", "value", "GRAPHICS_G6", "GRAPHICS_G7_16XLARGE", "GRAPHICSPRO_G6", "GENERALPURPOSE_2XLARGE"} {
		if got := FamilyOf(c); got != "" {
			t.Errorf("%q is of %q", c, got)
		}
	}
}
