package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Compute types that the API reference and the guide have and the SDK has not yet.
const (
	GraphicsG72xlarge  types.Compute = "GRAPHICS_G7_2XLARGE"
	GraphicsG74xlarge  types.Compute = "GRAPHICS_G7_4XLARGE"
	GraphicsG78xlarge  types.Compute = "GRAPHICS_G7_8XLARGE"
	GraphicsG712xlarge types.Compute = "GRAPHICS_G7_12XLARGE"
)

// A Family is what compute types of one kind of instance share. The zero value is no family.
type Family string

// The families. GR6, G6F and GR6F are what the guide calls variants of G6.
const (
	GeneralPurpose Family = "general purpose" // all without a GPU, VALUE to GENERALPURPOSE_8XLARGE
	Graphics       Family = "Graphics"
	GraphicsPro    Family = "GraphicsPro"
	G4dn           Family = "G4dn"
	G6             Family = "G6"
	Gr6            Family = "Gr6"
	G6f            Family = "G6f"
	Gr6f           Family = "Gr6f"
	G7             Family = "G7"
)

// A ComputeType is what an edition says of one. Zero hardware is not documented in it.
type ComputeType struct {
	Name      types.Compute
	Family    Family
	VCPU      int
	MemoryGiB int
	GPU       float64       // GPUs; a share of one is a binary fraction, 0.125 for an eighth
	VideoGiB  int           // video memory
	Cite      rule.Citation // the version that has this
}

type computeRow struct {
	ComputeType
	span rule.Span
}

// known are the rows of a compute type that was first documented without its hardware and
// is listed with it in the newest reading of the bundle options.
func known(name types.Compute, f Family, document, section, since string, vCPU, memory int, gpu float64, video int) []computeRow {
	listed := hardware(name, f, vCPU, memory, gpu, video)
	named := computeRow{ComputeType{Name: name, Family: f, Cite: tables.Cite(document, section, since)}, tables.During(since, lastReading)}
	return append([]computeRow{named}, listed...)
}

// hardware is the row of the newest reading of the bundle options.
func hardware(name types.Compute, f Family, vCPU, memory int, gpu float64, video int) []computeRow {
	c := ComputeType{name, f, vCPU, memory, gpu, video, tables.Cite(optionsPage, "Bundle options", lastReading)}
	return []computeRow{{c, tables.During(lastReading, "")}}
}

// computeRows, in the order in which the bundle options list them, with Graphics and
// GraphicsPro, of which these give no hardware, in front of the other graphics types.
var computeRows = slices.Concat(
	known(types.ComputeValue, GeneralPurpose, faq, "Can I create custom images for Amazon WorkSpaces?", readFAQ, 1, 2, 0, 0),
	known(types.ComputeStandard, GeneralPurpose, faq, "Can I create custom images for Amazon WorkSpaces?", readFAQ, 2, 4, 0, 0),
	known(types.ComputePerformance, GeneralPurpose, faq, "Can I create custom images for Amazon WorkSpaces?", readFAQ, 2, 8, 0, 0),
	known(types.ComputePower, GeneralPurpose, modifyPage, "Changing bundle types", "2018-02-03", 4, 16, 0, 0),
	known(types.ComputePowerpro, GeneralPurpose, modifyPage, "Changing bundle types", "2019-01-08", 8, 32, 0, 0),
	known(types.ComputeGeneralpurpose4xlarge, GeneralPurpose, sdkLog, "v1.52.0", "2025-01-15", 16, 64, 0, 0),
	known(types.ComputeGeneralpurpose8xlarge, GeneralPurpose, sdkLog, "v1.52.0", "2025-01-15", 32, 128, 0, 0),
	[]computeRow{
		{ComputeType{types.ComputeGraphics, Graphics, 8, 15, 1, 4, tables.Cite(faq, "What are Amazon WorkSpaces Graphics bundles?", readFAQ)}, tables.During(readFAQ, "")},
		{ComputeType{Name: types.ComputeGraphicspro, Family: GraphicsPro, Cite: tables.Cite(guide, "Changing Volume Sizes", readGuide)}, tables.During(readGuide, "")},
	},
	known(types.ComputeGraphicsG4dn, G4dn, sdkLog, "v1.18.0", "2022-04-11", 4, 16, 1, 16),
	known(types.ComputeGraphicsproG4dn, G4dn, sdkLog, "v1.18.0", "2022-04-11", 16, 64, 1, 16),
	known(types.ComputeGraphicsG6fLarge, G6f, sdkLog, "v1.66.0", "2026-02-05", 2, 8, 0.125, 3),
	known(types.ComputeGraphicsG6fXlarge, G6f, sdkLog, "v1.66.0", "2026-02-05", 4, 16, 0.125, 3),
	known(types.ComputeGraphicsG6f2xlarge, G6f, sdkLog, "v1.66.0", "2026-02-05", 8, 32, 0.25, 6),
	known(types.ComputeGraphicsG6f4xlarge, G6f, sdkLog, "v1.66.0", "2026-02-05", 16, 64, 0.5, 12),
	known(types.ComputeGraphicsGr6f4xlarge, Gr6f, sdkLog, "v1.66.0", "2026-02-05", 16, 128, 0.5, 12),
	known(types.ComputeGraphicsG6Xlarge, G6, sdkLog, "v1.66.0", "2026-02-05", 4, 16, 1, 24),
	known(types.ComputeGraphicsG62xlarge, G6, sdkLog, "v1.66.0", "2026-02-05", 8, 32, 1, 24),
	known(types.ComputeGraphicsG64xlarge, G6, sdkLog, "v1.66.0", "2026-02-05", 16, 64, 1, 24),
	known(types.ComputeGraphicsG68xlarge, G6, sdkLog, "v1.66.0", "2026-02-05", 32, 128, 1, 24),
	known(types.ComputeGraphicsG616xlarge, G6, sdkLog, "v1.66.0", "2026-02-05", 64, 256, 1, 24),
	known(types.ComputeGraphicsGr64xlarge, Gr6, sdkLog, "v1.66.0", "2026-02-05", 16, 128, 1, 24),
	known(types.ComputeGraphicsGr68xlarge, Gr6, sdkLog, "v1.66.0", "2026-02-05", 32, 256, 1, 24),
	hardware(GraphicsG72xlarge, G7, 8, 32, 1, 32),
	hardware(GraphicsG74xlarge, G7, 16, 64, 1, 32),
	hardware(GraphicsG78xlarge, G7, 32, 128, 1, 32),
	hardware(GraphicsG712xlarge, G7, 48, 192, 2, 64),
)

// A retirement is the end of a compute type.
type retirement struct {
	name types.Compute
	last rule.Edition // its last day
	span rule.Span    // from the first day on which it is over and a document says so
	cite rule.Citation
}

var retirementRows = []retirement{
	{types.ComputeGraphics, rule.MustParseEdition("2023-11-30"), tables.During(lastReading, ""), tables.Cite(optionsPage, "Bundle options", lastReading)},
	{types.ComputeGraphicspro, rule.MustParseEdition("2025-10-31"), tables.During(endGraphicsPro, ""), tables.Cite(modifyPage, "Modify compute type", read2025)},
}

const endGraphicsPro = "2025-11-01" // the day after its last, which the reading before gives
