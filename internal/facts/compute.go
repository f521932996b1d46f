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

// FamilyOf returns the family of a compute type, as the API spells it, and "" for a name that neither
// the documents nor the SDK have.
func FamilyOf(compute string) Family {
	switch compute {
	case "VALUE", "STANDARD", "PERFORMANCE", "POWER", "POWERPRO", "GENERALPURPOSE_4XLARGE", "GENERALPURPOSE_8XLARGE":
		return GeneralPurpose
	case "GRAPHICS":
		return Graphics
	case "GRAPHICSPRO":
		return GraphicsPro
	case "GRAPHICS_G4DN", "GRAPHICSPRO_G4DN":
		return G4dn
	case "GRAPHICS_G6_XLARGE", "GRAPHICS_G6_2XLARGE", "GRAPHICS_G6_4XLARGE", "GRAPHICS_G6_8XLARGE", "GRAPHICS_G6_16XLARGE":
		return G6
	case "GRAPHICS_GR6_4XLARGE", "GRAPHICS_GR6_8XLARGE":
		return Gr6
	case "GRAPHICS_G6F_LARGE", "GRAPHICS_G6F_XLARGE", "GRAPHICS_G6F_2XLARGE", "GRAPHICS_G6F_4XLARGE":
		return G6f
	case "GRAPHICS_GR6F_4XLARGE":
		return Gr6f
	case "GRAPHICS_G7_2XLARGE", "GRAPHICS_G7_4XLARGE", "GRAPHICS_G7_8XLARGE", "GRAPHICS_G7_12XLARGE":
		return G7
	}
	return ""
}

// FirstNamed are the days on which documents first name the compute types without a GPU that are newer than their family,
// and those of G4dn. Package bundles has their rows; other families are known by what is offered.
var FirstNamed = map[string]string{
	"GENERALPURPOSE_4XLARGE": "2025-01-15", "GENERALPURPOSE_8XLARGE": "2025-01-15",
	"GRAPHICS_G4DN": "2022-04-11", "GRAPHICSPRO_G4DN": "2022-04-11",
}

// HasGPU reports whether a compute type has a GPU. It goes by the name, so that a type that is
// newer than this release is told, too.
func HasGPU(compute string) bool { return strings.HasPrefix(compute, "GRAPHICS") }
