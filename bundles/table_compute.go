package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
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

// The families. Gr6, G6f and Gr6f are what the guide calls variants of G6.
const (
	GeneralPurpose Family = Family(facts.GeneralPurpose) // all without a GPU, VALUE to GENERALPURPOSE_8XLARGE
	Graphics       Family = Family(facts.Graphics)
	GraphicsPro    Family = Family(facts.GraphicsPro)
	G4dn           Family = Family(facts.G4dn)
	G6             Family = Family(facts.G6)
	Gr6            Family = Family(facts.Gr6)
	G6f            Family = Family(facts.G6f)
	Gr6f           Family = Family(facts.Gr6f)
	G7             Family = Family(facts.G7)
)

// A ComputeType is what an edition says about one. Hardware that is zero is not documented in it.
type ComputeType struct {
	Name      types.Compute
	Family    Family
	VCPU      int
	MemoryGiB int
	GPU       float64       // GPUs; a share of one is a binary fraction, 0.125 for an eighth
	VideoGiB  int           // video memory
	Cite      rule.Citation // the version that has this
}

// A computeRow is a compute type without what stands elsewhere: its family and its citation.
type computeRow struct {
	ComputeType
	tables.Dated
}

// named are the rows of a compute type that was first documented without its hardware, and is
// listed with it in the newest reading of the bundle options.
func named(name types.Compute, document, section, since string, vCPU, memory int, gpu float64, video int) []computeRow {
	first := computeRow{ComputeType{Name: name}, tables.Since(document, section, since, lastReading)}
	return append([]computeRow{first}, hardware(name, vCPU, memory, gpu, video)...)
}

// hardware is the row of the newest reading of the bundle options.
func hardware(name types.Compute, vCPU, memory int, gpu float64, video int) []computeRow {
	c := ComputeType{Name: name, VCPU: vCPU, MemoryGiB: memory, GPU: gpu, VideoGiB: video}
	return []computeRow{{c, tables.Since(optionsPage, facts.OptionsTitle, lastReading, "")}}
}

// computeTypes, in the order in which the bundle options list them. The page on BYOL gives the hardware of Power before they do, in
// what it recommends for video conferences. The options give no hardware of
// Graphics and GraphicsPro, which stand in front of the other graphics types.
var computeTypes = tables.Table[computeRow]{
	Name: "compute type",
	Key:  func(r computeRow) string { return string(r.Name) },
	Lists: func(r computeRow) []rule.Parameter {
		value := "hardware not given"
		if r.VCPU > 0 {
			value = fmt.Sprintf("%d vCPU, %d GiB", r.VCPU, r.MemoryGiB)
		}
		if r.GPU > 0 {
			value += fmt.Sprintf(", %g GPU with %d GiB", r.GPU, r.VideoGiB)
		}
		return parameter("compute type "+string(r.Name), string(facts.FamilyOf(string(r.Name)))+"; "+value)
	},
	Rows: slices.Concat(
		named(types.ComputeValue, model, "Compute", "2015-04-28", 1, 2, 0, 0),
		named(types.ComputeStandard, model, "Compute", "2015-04-28", 2, 4, 0, 0),
		named(types.ComputePerformance, model, "Compute", "2015-04-28", 2, 8, 0, 0),
		[]computeRow{
			{ComputeType{Name: types.ComputePower}, tables.Since(historyPage, "Flexible compute options", "2017-12-22", read2025)},
			{ComputeType{Name: types.ComputePower, VCPU: 4, MemoryGiB: 16}, tables.Since(byolPage, "Using Bring Your Own Windows desktop licenses in WorkSpaces", read2025, lastReading)},
		},
		hardware(types.ComputePower, 4, 16, 0, 0),
		named(types.ComputePowerpro, historyPage, "PowerPro and GraphicsPro bundles", "2018-10-18", 8, 32, 0, 0),
		named(types.ComputeGeneralpurpose4xlarge, sdkLog, "v1.52.0", "2025-01-15", 16, 64, 0, 0),
		named(types.ComputeGeneralpurpose8xlarge, sdkLog, "v1.52.0", "2025-01-15", 32, 128, 0, 0),
		[]computeRow{
			{ComputeType{Name: types.ComputeGraphics}, tables.Since(model, "Compute", "2017-12-29", readFAQ)},
			{ComputeType{Name: types.ComputeGraphics, VCPU: 8, MemoryGiB: 15, GPU: 1, VideoGiB: 4}, tables.Since(faq, "What are Amazon WorkSpaces Graphics bundles?", readFAQ, "")},
			{ComputeType{Name: types.ComputeGraphicspro}, tables.Since(historyPage, "PowerPro and GraphicsPro bundles", "2018-10-18", "")},
		},
		named(types.ComputeGraphicsG4dn, model, "Compute", "2022-04-11", 4, 16, 1, 16),
		named(types.ComputeGraphicsproG4dn, model, "Compute", "2022-04-11", 16, 64, 1, 16),
		named(types.ComputeGraphicsG6fLarge, sdkLog, "v1.66.0", "2026-02-05", 2, 8, 0.125, 3),
		named(types.ComputeGraphicsG6fXlarge, sdkLog, "v1.66.0", "2026-02-05", 4, 16, 0.125, 3),
		named(types.ComputeGraphicsG6f2xlarge, sdkLog, "v1.66.0", "2026-02-05", 8, 32, 0.25, 6),
		named(types.ComputeGraphicsG6f4xlarge, sdkLog, "v1.66.0", "2026-02-05", 16, 64, 0.5, 12),
		named(types.ComputeGraphicsGr6f4xlarge, sdkLog, "v1.66.0", "2026-02-05", 16, 128, 0.5, 12),
		named(types.ComputeGraphicsG6Xlarge, sdkLog, "v1.66.0", "2026-02-05", 4, 16, 1, 24),
		named(types.ComputeGraphicsG62xlarge, sdkLog, "v1.66.0", "2026-02-05", 8, 32, 1, 24),
		named(types.ComputeGraphicsG64xlarge, sdkLog, "v1.66.0", "2026-02-05", 16, 64, 1, 24),
		named(types.ComputeGraphicsG68xlarge, sdkLog, "v1.66.0", "2026-02-05", 32, 128, 1, 24),
		named(types.ComputeGraphicsG616xlarge, sdkLog, "v1.66.0", "2026-02-05", 64, 256, 1, 24),
		named(types.ComputeGraphicsGr64xlarge, sdkLog, "v1.66.0", "2026-02-05", 16, 128, 1, 24),
		named(types.ComputeGraphicsGr68xlarge, sdkLog, "v1.66.0", "2026-02-05", 32, 256, 1, 24),
		hardware(GraphicsG72xlarge, 8, 32, 1, 32),
		hardware(GraphicsG74xlarge, 16, 64, 1, 32),
		hardware(GraphicsG78xlarge, 32, 128, 1, 32),
		hardware(GraphicsG712xlarge, 48, 192, 2, 64),
	),
}
