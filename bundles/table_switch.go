package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A freeRow is the set of compute types between which the guide says that one can switch.
type freeRow struct {
	types []types.Compute
	span  rule.Span
	cite  rule.Citation
}

func free(section, since, until string, names ...types.Compute) freeRow {
	return freeRow{names, tables.During(since, until), tables.Cite(modifyPage, section, since)}
}

var freeRows = []freeRow{
	free("Changing bundle types", "2018-02-03", "2019-01-08",
		types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower),
	free("Changing bundle types", "2019-01-08", read2025,
		types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro),
	free("Modify compute type", read2025, "",
		types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
		types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge),
}

// A familyRow says that compute types of a family can be switched within it, or cannot be
// switched at all.
type familyRow struct {
	family Family
	within bool
	span   rule.Span
	cite   rule.Citation
}

func family(within bool, section, since, until string, names ...Family) (rows []familyRow) {
	for _, f := range names {
		rows = append(rows, familyRow{f, within, tables.During(since, until), tables.Cite(modifyPage, section, since)})
	}
	return rows
}

// familyRows. Whether G6, Gr6, G6f and Gr6f are one instance family the guide does not say:
// the bundle options call them variants. Of 2021-01 no day is known.
var familyRows = slices.Concat(
	family(false, "Changing bundle types", "2021-01-31", "", Graphics, GraphicsPro),
	family(true, "Changing bundle types", "2022-09-02", "", G4dn),
	family(true, "Modify compute type", lastReading, "", G6, Gr6, G6f, Gr6f, G7),
)

// oneFamilyPerhaps are the variants of which it is not said whether they are one family.
var oneFamilyPerhaps = []Family{G6, Gr6, G6f, Gr6f}

// fromPowerPro are the operating systems with which PowerPro can become GeneralPurpose.
var fromPowerPro = []types.OperatingSystemName{types.OperatingSystemNameWindowsServer2022, types.OperatingSystemNameWindows11}
