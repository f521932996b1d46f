package byol

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A protocol is how a WorkSpace streams. WSP in the names of the SDK is DCV.
type protocol string

const (
	pcoip protocol = "PCoIP"
	dcv   protocol = "DCV"
	byop  protocol = "BYOP" // the customer's own, of WorkSpaces Core
)

// A processRow is an ingestion process: its protocol, the compute types that it serves,
// and who may use it. A process without compute types serves those without a GPU.
type processRow struct {
	tables.Dated
	process   types.WorkspaceImageIngestionProcess
	protocol  protocol
	computes  []types.Compute
	allowList bool
}

const processSection = "IngestionProcess"

var g4dn = []types.Compute{types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn}

// processes are in the order of the SDK, which marks none deprecated. No process serves
// the G6 or later GPU types. The model of the API names the first three alone, without a word on them;
// what they serve is said from 2020-04-29 on.
var processes = tables.Table[processRow]{
	Name: "ingestion processes",
	Key:  func(p processRow) string { return string(p.process) },
	Lists: func(p processRow) []rule.Parameter {
		text := "for WorkSpaces without a GPU, with " + string(p.protocol)
		if len(p.computes) > 0 {
			text = fmt.Sprintf("for %v, with %s", p.computes, p.protocol)
		}
		if p.allowList {
			text += ", for accounts on an allow-list"
		}
		return []rule.Parameter{{
			Rules: []rule.Code{ProcessForOtherCompute, ProcessNotAllowListed, ProtocolOSIncompatibility},
			Name:  "ingestion " + string(p.process), Value: text,
		}}
	},
	Rows: []processRow{
		{tables.Since(importAPI, processSection, importSince, ""), types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false},
		{tables.Since(importAPI, processSection, importSince, "2019-09-24"), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, false},
		{tables.Since(byolPage, createStep, "2019-09-24", ""), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, true},
		{tables.Since(importAPI, processSection, importSince, "2019-09-24"), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, false},
		{tables.Since(byolPage, createStep, "2019-09-24", ""), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, true},
		{tables.Since(importAPI, processSection, "2022-04-11", "2022-09-02"), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, false},
		{tables.Since(byolPage, "Step 6: Create a BYOL image using the WorkSpaces console", "2022-09-02", ""), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, true},
		{tables.Since(importAPI, processSection, "2020-12-04", ""), types.WorkspaceImageIngestionProcessByolRegularWsp, dcv, nil, false},
		{tables.Since(sdkChangelog, "v1.45.0", "2024-08-06", ""), types.WorkspaceImageIngestionProcessByolGraphicsG4dnWsp, dcv, g4dn, true},
		{tables.Since(importAPI, processSection, "2022-10-25", ""), types.WorkspaceImageIngestionProcessByolRegularByop, byop, nil, true},
		{tables.Since(importAPI, processSection, "2022-10-25", ""), types.WorkspaceImageIngestionProcessByolGraphicsG4dnByop, byop, g4dn, true},
	},
}

// serves reports whether images of the process serve a compute type.
func (p *processRow) serves(c types.Compute) bool {
	if len(p.computes) == 0 {
		return !facts.HasGPU(string(c))
	}
	return slices.Contains(p.computes, c)
}
