package facts

import "strings"

// A Family is what compute types of one kind of instance share. The zero value is no family.
type Family string

// The families. Gr6, G6f and Gr6f are what the guide calls variants of G6.
const (
	GeneralPurpose Family = "general purpose" // without a GPU, VALUE to GENERALPURPOSE_8XLARGE
	Graphics       Family = "Graphics"
	GraphicsPro    Family = "GraphicsPro"
	G4dn           Family = "G4dn"
	G6             Family = "G6"
	Gr6            Family = "Gr6"
	G6f            Family = "G6f"
	Gr6f           Family = "Gr6f"
	G7             Family = "G7"
)

// families are the compute types that documents or the SDK name, as the API spells them.
var families = map[string]Family{
	"VALUE": GeneralPurpose, "STANDARD": GeneralPurpose, "PERFORMANCE": GeneralPurpose,
	"POWER": GeneralPurpose, "POWERPRO": GeneralPurpose,
	"GENERALPURPOSE_4XLARGE": GeneralPurpose, "GENERALPURPOSE_8XLARGE": GeneralPurpose,
	"GRAPHICS": Graphics, "GRAPHICSPRO": GraphicsPro,
	"GRAPHICS_G4DN": G4dn, "GRAPHICSPRO_G4DN": G4dn,
	"GRAPHICS_G6_XLARGE": G6, "GRAPHICS_G6_2XLARGE": G6, "GRAPHICS_G6_4XLARGE": G6,
	"GRAPHICS_G6_8XLARGE": G6, "GRAPHICS_G6_16XLARGE": G6,
	"GRAPHICS_GR6_4XLARGE": Gr6, "GRAPHICS_GR6_8XLARGE": Gr6,
	"GRAPHICS_G6F_LARGE": G6f, "GRAPHICS_G6F_XLARGE": G6f, "GRAPHICS_G6F_2XLARGE": G6f, "GRAPHICS_G6F_4XLARGE": G6f,
	"GRAPHICS_GR6F_4XLARGE": Gr6f,
	"GRAPHICS_G7_2XLARGE":   G7, "GRAPHICS_G7_4XLARGE": G7, "GRAPHICS_G7_8XLARGE": G7, "GRAPHICS_G7_12XLARGE": G7,
}

// FirstNamed are the days on which documents first name the compute types without a GPU that are newer than their family,
// and those of G4dn. Package bundles has their rows; other families are known by what is offered.
var FirstNamed = map[string]string{
	"GENERALPURPOSE_4XLARGE": "2025-01-15", "GENERALPURPOSE_8XLARGE": "2025-01-15",
	"GRAPHICS_G4DN": "2022-04-11", "GRAPHICSPRO_G4DN": "2022-04-11",
}

// FamilyOf returns the family of a compute type, and "" for a name that neither the documents
// nor the SDK have.
func FamilyOf(compute string) Family { return families[compute] }

// HasGPU reports whether a compute type has a GPU. It goes by the name, so that a type that is
// newer than this release is told, too.
func HasGPU(compute string) bool { return strings.HasPrefix(compute, "GRAPHICS") }
