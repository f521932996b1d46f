package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A ceilingRow is the largest size that either volume may have, in GiB.
type ceilingRow struct {
	gib  int32
	span rule.Span
	cite rule.Citation
}

var ceilingRows = []ceilingRow{
	{1000, tables.During("2018-04-18", "2019-05-03"), tables.Cite(modifyPage, "Changing volume sizes", "2018-04-18")},
	{2000, tables.During("2019-05-03", ""), tables.Cite(modifyPage, "Changing volume sizes", "2019-05-03")},
}

// A groupRow is one of the set groups, for compute types without a GPU.
type groupRow struct {
	SizeGroup
	span rule.Span
	cite rule.Citation
}

func group(rootFrom, rootTo, userFrom, userTo int32) groupRow {
	return groupRow{SizeGroup{rootFrom, rootTo, userFrom, userTo}, tables.During("2020-03-31", ""), tables.Cite(modifyPage, "Changing volume sizes", "2020-03-31")}
}

// groupRows, in ascending order. A bullet of the same page says that the root volume may
// not be under 175 GB beside a user volume of 100 GB; (80, 100) is listed nonetheless, and
// is a step that the page prescribes.
var groupRows = []groupRow{
	group(80, 80, 10, 10),
	group(80, 80, 50, 50),
	group(80, 80, 100, 100),
	group(175, 2000, 100, 2000),
}

// userBelowImage is when the guide says of the user volume of a bundle, too, that it cannot
// be smaller than that of the image; of the root volume it says so since April 2020.
var userBelowImage = tables.During(lastReading, "")

// A minimumRow is what volumes of a compute type may at least be at launch, in GiB.
type minimumRow struct {
	name       types.Compute
	root, user int32
	more       bool // a size over the minimum may still be too small
	span       rule.Span
	cite       rule.Citation
}

func minimum(root, user int32, more bool, document, section, since, until string, names ...types.Compute) (rows []minimumRow) {
	for _, n := range names {
		rows = append(rows, minimumRow{n, root, user, more, tables.During(since, until), tables.Cite(document, section, since)})
	}
	return rows
}

// minimumRows. The FAQ gives what Graphics bundles come with, not what they may have. Of the
// larger instance sizes of G6 and G7 the guide says that their volumes must be larger in
// proportion, and gives no number.
var minimumRows = slices.Concat(
	minimum(80, 10, false, guide, "Changing Volume Sizes", readGuide, "",
		types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro),
	minimum(175, 100, false, modifyPage, "Modify volume sizes", read2025, "",
		types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge),
	minimum(100, 100, true, faq, "What are Amazon WorkSpaces Graphics bundles?", readFAQ, readGuide, types.ComputeGraphics),
	minimum(100, 100, false, guide, "Changing Volume Sizes", readGuide, "",
		types.ComputeGraphics, types.ComputeGraphicspro),
	minimum(100, 100, false, modifyPage, "Change volume sizes", "2022-09-02", "",
		types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn),
	minimum(100, 100, false, modifyPage, "Limitations for increasing volumes", lastReading, "",
		types.ComputeGraphicsG6Xlarge, types.ComputeGraphicsG6fLarge, GraphicsG72xlarge),
	minimum(100, 100, true, modifyPage, "Limitations for increasing volumes", lastReading, "",
		types.ComputeGraphicsG62xlarge, types.ComputeGraphicsG64xlarge, types.ComputeGraphicsG68xlarge, types.ComputeGraphicsG616xlarge,
		types.ComputeGraphicsGr64xlarge, types.ComputeGraphicsGr68xlarge,
		types.ComputeGraphicsG6fXlarge, types.ComputeGraphicsG6f2xlarge, types.ComputeGraphicsG6f4xlarge,
		types.ComputeGraphicsGr6f4xlarge,
		GraphicsG74xlarge, GraphicsG78xlarge, GraphicsG712xlarge),
)
