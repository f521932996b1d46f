package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A ceilingRow is the largest size that either volume may have, in GiB.
type ceilingRow struct {
	gib int32
	tables.Dated
}

var ceilings = tables.Table[ceilingRow]{
	Name: "ceiling",
	Lists: func(r ceilingRow) []rule.Parameter {
		return parameter("volume, at most", fmt.Sprint(r.gib, " GiB"), VolumeOverCeiling)
	},
	Rows: []ceilingRow{
		{1000, tables.Since(modifyPage, "Modify a WorkSpace", "2018-02-03", "2019-05-03")},
		{2000, tables.Since(modifyPage, "Modify a WorkSpace", "2019-05-03", "")},
	},
}

// setGroups are the set groups for compute types without a GPU. Those with one have a minimum.
var setGroups = func() tables.Table[facts.SetGroup] {
	t := facts.SetGroups
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(g facts.SetGroup) bool { return g.GPU })
	t.Lists = func(g facts.SetGroup) []rule.Parameter {
		return parameter("group of root and user volume", g.Said(), VolumePairNotInGroup)
	}
	return t
}()

// userBelowImage is when the guide says that the user volume of a bundle, too, cannot be smaller
// than that of the image. It said so about the root volume alone until 2021-04-22, and in between
// about neither.
var userBelowImage = tables.Table[tables.Dated]{
	Name: "user volume below the image",
	Rows: []tables.Dated{tables.Since(imagePage, "Create a custom WorkSpaces image and bundle for WorkSpaces Personal", read2025, "")},
}

// A minimumRow is the least size of the volumes of a compute type at launch, in GiB.
type minimumRow struct {
	name       types.Compute
	root, user int32
	more       bool // a size over the minimum may still be too small
	tables.Dated
}

func minimum(root, user int32, more bool, document, section, since, until string, names ...types.Compute) (rows []minimumRow) {
	for _, n := range names {
		rows = append(rows, minimumRow{n, root, user, more, tables.Since(document, section, since, until)})
	}
	return rows
}

// minimums. The FAQ of 2017 gives the volumes that Graphics bundles come with, not the least that they may
// have, so that no row is of it. The guide says that the larger sizes of G6 and G7 need larger volumes in proportion,
// and gives no number. Where it names compute types it has Graphics.g6 among them, without its variants, and Graphics no
// more; later it has Graphics.g7. For those without a name what it says of all with a GPU stands.
var minimums = tables.Table[minimumRow]{
	Name: "minimum",
	Key:  func(r minimumRow) string { return string(r.name) },
	Lists: func(r minimumRow) []rule.Parameter {
		value := fmt.Sprintf("%d and %d GiB", r.root, r.user)
		if r.more {
			value += ", or more"
		}
		codes := []rule.Code{VolumeBelowMinimum}
		if isGeneralPurpose(r.name) {
			codes = append(codes, SwitchNeedsVolumes)
		}
		return parameter("root and user volume at launch, at least: "+string(r.name), value, codes...)
	},
	Rows: slices.Concat(
		minimum(80, 10, false, modifyPage, "Changing Volume Sizes", "2020-03-31", "",
			types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro),
		minimum(175, 100, false, modifyPage, "Modify volume sizes", read2025, "",
			types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge),
		minimum(100, 100, false, modifyPage, "Changing Volume Sizes", "2020-03-31", readG6, types.ComputeGraphics),
		minimum(100, 100, false, modifyPage, "Changing Volume Sizes", "2020-03-31", "", types.ComputeGraphicspro),
		minimum(100, 100, false, modifyPage, "Change volume sizes", "2022-09-02", "",
			types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn),
		minimum(100, 100, false, modifyPage, "Modify volume sizes", readG6, "", types.ComputeGraphicsG6Xlarge),
		minimum(100, 100, true, modifyPage, "Modify volume sizes", readG6, "",
			types.ComputeGraphicsG62xlarge, types.ComputeGraphicsG64xlarge, types.ComputeGraphicsG68xlarge, types.ComputeGraphicsG616xlarge),
		minimum(100, 100, false, modifyPage, "Limitations for increasing volumes", readG6, "", types.ComputeGraphics, types.ComputeGraphicsG6fLarge),
		minimum(100, 100, true, modifyPage, "Limitations for increasing volumes", readG6, "",
			types.ComputeGraphicsGr64xlarge, types.ComputeGraphicsGr68xlarge,
			types.ComputeGraphicsG6fXlarge, types.ComputeGraphicsG6f2xlarge, types.ComputeGraphicsG6f4xlarge,
			types.ComputeGraphicsGr6f4xlarge),
		minimum(100, 100, false, modifyPage, "Modify volume sizes", lastReading, "", GraphicsG72xlarge),
		minimum(100, 100, true, modifyPage, "Modify volume sizes", lastReading, "",
			GraphicsG74xlarge, GraphicsG78xlarge, GraphicsG712xlarge),
	),
}
