package facts

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
)

// A Feature is what WorkSpaces has in some Regions beside compute types.
type Feature string

// The features of whose Regions a document speaks.
const (
	NestedVirtualization  Feature = "nested virtualization"
	MultiRegionResilience Feature = "multi-Region resilience"
)

// A Place is what a document says of the Regions of compute types or of a feature.
type Place struct {
	Feature  Feature  // "" for compute types
	Families []Family // of compute types
	Only     []string // the Regions that have it, by their codes
	Except   []string // the Regions that lack it, if Only is empty
	Rest     bool     // the document says that the other Regions have it; else it does not speak of them
	tables.Dated
}

// What is not in some Regions. Package byol takes the lists for its rule on licences of one's own.
var (
	RegionsWithoutGraphics = []string{"ap-south-1"}                 // Asia Pacific (Mumbai)
	RegionsWithoutBYOLGPU  = []string{"af-south-1", "il-central-1"} // Africa (Cape Town) and Israel (Tel Aviv), for BYOL alone
)

// Places, compute types first. "All Regions where WorkSpaces Personal is available" are not listed: whether a
// Region is one, no row tells.
var Places = tables.Table[Place]{
	Name: "place",
	Key:  Place.What,
	Rows: []Place{
		{Families: firstGPUs, Except: RegionsWithoutGraphics, Dated: tables.Since(ImagePage, "Create a Custom WorkSpaces Image and Bundle", "2021-03-09", Read2025)},
		{Families: firstGPUs, Except: RegionsWithoutGraphics, Dated: tables.Since(OptionsPage, OptionsTitle, Read2025, "")},
		{Families: []Family{G7}, Only: []string{"us-east-1", "us-east-2", "us-west-2"}, Dated: tables.Since(OptionsPage, "Graphics G7 bundles", LastReading, "")},
		{Feature: NestedVirtualization, Except: []string{"cn-northwest-1", "il-central-1"}, Rest: true, Dated: tables.Since(NestedPage, "Supported configurations", ReadAugust, "")},
		{Feature: MultiRegionResilience, Only: []string{"us-east-1", "us-west-2", "eu-central-1", "eu-west-1"}, Dated: tables.Since(ResiliencePage, "Limitations", Read2025, ReadEnds)},
		{Feature: MultiRegionResilience, Only: []string{"us-east-1", "us-east-2", "us-west-2", "eu-central-1", "eu-west-1"}, Dated: tables.Since(ResiliencePage, "Limitations", ReadEnds, "")},
	},
}

// OptionsTitle is the title of the page on bundle options.
const OptionsTitle = "Bundle options for WorkSpaces Personal"

// What is the feature, or the families of compute types.
func (p Place) What() string {
	if p.Feature != "" {
		return string(p.Feature)
	}
	names := make([]string, len(p.Families))
	for i, f := range p.Families {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// Regions tells the Regions: "only us-east-1, us-east-2", or "all but ap-south-1".
func (p Place) Regions() string {
	switch {
	case len(p.Only) > 0:
		return "only " + strings.Join(p.Only, ", ")
	case p.Rest:
		return "all but " + strings.Join(p.Except, ", ")
	}
	return "not " + strings.Join(p.Except, ", ")
}

// Lacks reports whether the document says that a Region does not have it.
func (p *Place) Lacks(region string) bool {
	return len(p.Only) > 0 && !slices.Contains(p.Only, region) || slices.Contains(p.Except, region)
}

// Has reports whether the document says that a Region has it.
func (p *Place) Has(region string) bool {
	return slices.Contains(p.Only, region) || p.Rest && !slices.Contains(p.Except, region)
}

// Place returns what documents say of the Regions of a compute type, or nil if they say nothing.
func (c *Catalogue) Place(compute string) *Place {
	family := FamilyOf(compute)
	return c.place(func(p *Place) bool { return slices.Contains(p.Families, family) })
}

// PlaceOf returns what documents say of the Regions of a feature, or nil if they say nothing.
func (c *Catalogue) PlaceOf(f Feature) *Place {
	return c.place(func(p *Place) bool { return p.Feature == f })
}

func (c *Catalogue) place(is func(*Place) bool) *Place {
	for i := range c.places {
		if is(&c.places[i]) {
			return &c.places[i]
		}
	}
	return nil
}

// A NestedRow is which desktops can have nested virtualization. What is in no list is not spoken of.
type NestedRow struct {
	Systems, NotSystems     []string // as the API spells them, or would
	Protocols, NotProtocols []string
	tables.Dated
}

// Nested has one row. The page names systems by "and newer", and three that cannot; that older ones cannot
// follows, since a WorkSpace must have one that is named.
var Nested = tables.Table[NestedRow]{
	Name: "nested virtualization",
	Rows: []NestedRow{{
		Systems: []string{
			"WINDOWS_SERVER_2019", "WINDOWS_SERVER_2022", "WINDOWS_SERVER_2025", "WINDOWS_11",
			"UBUNTU_22_04", "UBUNTU_24_04", "RHEL_8", "RHEL_9", "ROCKY_8", "ROCKY_9",
		},
		NotSystems: []string{"WINDOWS_SERVER_2016", "WINDOWS_10", "AMAZON_LINUX_2", "WINDOWS_7", "UBUNTU_18_04", "UBUNTU_20_04"},
		Protocols:  []string{DCV, BYOP}, NotProtocols: []string{PCoIP},
		Dated: tables.Since(NestedPage, "Prerequisites", ReadAugust, ""),
	}},
}

// A NestedSize is which compute types can have nested virtualization. Those with a GPU and Value cannot.
type NestedSize struct {
	Computes []string
	tables.Dated
}

// NestedSizes has one row.
var NestedSizes = tables.Table[NestedSize]{
	Name: "compute types of nested virtualization",
	Rows: []NestedSize{{withoutGPU[1:], tables.Since(NestedPage, "Supported configurations", ReadAugust, "")}},
}
