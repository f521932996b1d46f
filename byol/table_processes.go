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
	named     bool // the model names it, and no document says what it serves
}

const processSection = "IngestionProcess"

var g4dn = []types.Compute{types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn}

// protocolsSaid is the first version of the model that says which values stand for which protocol.
const protocolsSaid = "2020-12-04"

// byTheModel is for a process of which the guide no longer says that it is for accounts on an allow-list:
// the model has the value, and its protocol by the end of the name, since a day.
func byTheModel(since string) tables.Dated {
	return tables.Dated{Span: tables.During(autumn2025, ""), Cite: tables.Cite(importAPI, processSection, since)}
}

// processes are in the order of the SDK, which marks none deprecated. No process serves
// the G6 or later GPU types. The model of the API names the first three alone, without a word on them at first.
var processes = tables.Table[processRow]{
	Name: "ingestion processes",
	Key:  func(p processRow) string { return string(p.process) },
	Lists: func(p processRow) []rule.Parameter {
		text := "for WorkSpaces without a GPU"
		switch {
		case p.named:
			text = "is a value"
		case len(p.computes) > 0:
			text = fmt.Sprintf("for %v", p.computes)
		}
		if p.Span.Since.Compare(rule.MustParseEdition(protocolsSaid)) >= 0 {
			text += ", with " + string(p.protocol)
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
		{tables.Since(importAPI, processSection, importSince, "2020-09-04"), types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false, true},
		{tables.Since(importAPI, processSection, "2020-09-04", protocolsSaid), types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false, false},
		{tables.Since(importAPI, processSection, protocolsSaid, ""), types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false, false},
		{tables.Since(importAPI, processSection, importSince, "2019-09-24"), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, false, true},
		{tables.Since(byolPage, createStep, "2019-09-24", autumn2025), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, true, false},
		{byTheModel(protocolsSaid), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, false, false},
		{tables.Since(importAPI, processSection, importSince, "2019-09-24"), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, false, true},
		{tables.Since(byolPage, createStep, "2019-09-24", autumn2025), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, true, false},
		{byTheModel(protocolsSaid), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, false, false},
		{tables.Since(importAPI, processSection, "2022-04-11", "2022-09-02"), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, false, false},
		{tables.Since(byolPage, "Step 6: Create a BYOL image using the WorkSpaces console", "2022-09-02", autumn2025), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, true, false},
		{byTheModel("2022-04-11"), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, false, false},
		{tables.Since(importAPI, processSection, protocolsSaid, ""), types.WorkspaceImageIngestionProcessByolRegularWsp, dcv, nil, false, false},
		{tables.Since(importAPI, processSection, "2024-08-06", ""), types.WorkspaceImageIngestionProcessByolGraphicsG4dnWsp, dcv, g4dn, false, false},
		{tables.Since(importAPI, processSection, "2022-10-25", ""), types.WorkspaceImageIngestionProcessByolRegularByop, byop, nil, true, false},
		{tables.Since(importAPI, processSection, "2022-10-25", ""), types.WorkspaceImageIngestionProcessByolGraphicsG4dnByop, byop, g4dn, true, false},
	},
}

// serves reports whether images of the process serve a compute type.
func (p *processRow) serves(c types.Compute) bool {
	if len(p.computes) == 0 {
		return !facts.HasGPU(string(c))
	}
	return slices.Contains(p.computes, c)
}
