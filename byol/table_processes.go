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
	named     bool            // the model names it, and no document says what it serves
	open      []types.Compute // of which no document says whether it serves them
}

const processSection = "IngestionProcess"

// Compute types of g4dn. The name of a process has Graphics.g4dn alone. That it is for GraphicsPro.g4dn, too, the model said from
// 2022-04-11 to 2022-06-15, and the guide from 2022-09-02 to the readings of 2025.
var (
	graphicsG4dn    = []types.Compute{types.ComputeGraphicsG4dn}
	graphicsProG4dn = []types.Compute{types.ComputeGraphicsproG4dn}
	g4dn            = slices.Concat(graphicsG4dn, graphicsProG4dn)
)

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
		{tables.Since(importAPI, processSection, importSince, "2020-09-04"), types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false, true, nil},
		{tables.Since(importAPI, processSection, "2020-09-04", protocolsSaid), types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false, false, nil},
		{tables.Since(importAPI, processSection, protocolsSaid, ""), types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false, false, nil},
		{tables.Since(importAPI, processSection, importSince, "2019-09-24"), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, false, true, nil},
		{tables.Since(byolPage, createStep, "2019-09-24", autumn2025), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, true, false, nil},
		{byTheModel(protocolsSaid), types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, false, false, nil},
		{tables.Since(importAPI, processSection, importSince, "2019-09-24"), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, false, true, nil},
		{tables.Since(byolPage, createStep, "2019-09-24", autumn2025), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, true, false, nil},
		{byTheModel(protocolsSaid), types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, false, false, nil},
		{tables.Since(importAPI, processSection, "2022-04-11", "2022-06-15"), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, false, false, nil},
		{tables.Dated{Span: tables.During("2022-06-15", "2022-09-02"), Cite: tables.Cite(importAPI, processSection, "2022-04-11")}, types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, graphicsG4dn, false, false, graphicsProG4dn},
		{tables.Since(byolPage, "Step 6: Create a BYOL image using the WorkSpaces console", "2022-09-02", autumn2025), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, true, false, nil},
		{byTheModel("2022-04-11"), types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, graphicsG4dn, false, false, graphicsProG4dn},
		{tables.Since(importAPI, processSection, protocolsSaid, ""), types.WorkspaceImageIngestionProcessByolRegularWsp, dcv, nil, false, false, nil},
		{tables.Since(importAPI, processSection, "2024-08-06", ""), types.WorkspaceImageIngestionProcessByolGraphicsG4dnWsp, dcv, graphicsG4dn, false, false, graphicsProG4dn},
		{tables.Since(importAPI, processSection, "2022-10-25", ""), types.WorkspaceImageIngestionProcessByolRegularByop, byop, nil, true, false, nil},
		{tables.Since(importAPI, processSection, "2022-10-25", ""), types.WorkspaceImageIngestionProcessByolGraphicsG4dnByop, byop, graphicsG4dn, true, false, graphicsProG4dn},
	},
}

// serves reports whether images of the process serve a compute type.
func (p *processRow) serves(c types.Compute) bool {
	if len(p.computes) == 0 {
		return !facts.HasGPU(string(c))
	}
	return slices.Contains(p.computes, c)
}

// dcvProcess is what the text of the member calls BYOL_REGULAR_WSP on some days.
const dcvProcess = "BYOL_REGULAR_DCV"

// dcvProcesses are when the text of the member had values that end in _DCV, and the enumeration had them with _WSP.
var dcvProcesses = tables.Table[tables.Dated]{
	Name: "ingestion process " + dcvProcess,
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{Name: "ingestion " + dcvProcess, Value: "documented"}}
	},
	Rows: []tables.Dated{
		tables.Since(importAPI, processSection, "2024-10-02", "2024-11-19"),
		tables.Since(importAPI, processSection, "2024-11-20", "2024-11-22"),
	},
}

// processEnumeration is where the values are enumerated. It never had one that ends in _DCV.
var processEnumeration = tables.Cite(serviceModel, "WorkspaceImageIngestionProcess", "2024-08-06")
