package byol

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about ingestion processes.
const (
	EC2ImageIDMalformed       rule.Code = "byol.ec2-image-id-malformed"
	AMINotOwned               rule.Code = "byol.ami-not-owned"
	ProtocolOSIncompatibility rule.Code = "byol.protocol-os-incompatibility"
	ProcessNotAllowListed     rule.Code = "byol.process-not-allow-listed"
	ProcessGraphicsRetired    rule.Code = "byol.process-graphics-retired"
	ProcessGraphicsProRetired rule.Code = "byol.process-graphicspro-retired"
	ProcessForOtherCompute    rule.Code = "byol.process-for-other-compute"
)

// processRules are the rules about a call of ImportWorkspaceImage, except those about Office.
var processRules = []requirement{
	{EC2ImageIDMalformed, "An AMI ID is not well-formed.", "Give an ID of ami- and 8 or 17 digits of lower-case hexadecimal.",
		[]ask{must(importAPI, "Ec2ImageId", importSince, "", "ami- and 8 or 17 digits of lower-case hexadecimal")}},
	{AMINotOwned, "The account does not own the AMI.", "Copy the AMI into the account, and import the copy.",
		[]ask{must(importAPI, "ImportWorkspaceImage", importSince, "", "an AMI that the account owns")}},
	{ProtocolOSIncompatibility, "Windows 11 does not stream by PCoIP.", "Choose an ingestion process whose protocol is not PCoIP.",
		[]ask{must(customAPI, "Protocol", customSince, "", "a protocol other than PCoIP for Windows 11")}},
	{ProcessNotAllowListed, "The account is not on the allow-list for the ingestion process.", "Ask AWS to put the account on the allow-list, or choose another process.", []ask{
		must(byolPage, createStep, "2019-09-24", "2022-10-25", "an account on the allow-list for the process"),
		must(importAPI, processSection, "2022-10-25", "", "an account on the allow-list for the process"),
	}},
	{ProcessGraphicsRetired, "The ingestion process serves Graphics, which has ended.", "Choose the process of another compute type.",
		[]ask{must(bundleOptions, optionsSection, autumn2025, "", "a process other than that of Graphics, which is not supported after 2023-11-30")}},
	{ProcessGraphicsProRetired, "The ingestion process serves GraphicsPro, which has ended.", "Choose the process of another compute type.",
		[]ask{
			must(bundleOptions, optionsSection, facts.LastGraphicsPro, facts.EndGraphicsPro, "a process other than that of GraphicsPro, which reached its end of life on 2025-10-31 or the day before").readOn(autumn2025).lastDayOf(facts.GraphicsProEnds),
			must(bundleOptions, optionsSection, facts.EndGraphicsPro, "", "a process other than that of GraphicsPro, which reached its end of life on 2025-10-31").readOn(autumn2025),
		}},
	{ProcessForOtherCompute, "The ingestion process does not serve the compute type.", "Choose the process that serves the compute type.",
		[]ask{
			must(byolPage, createStep, "2020-04-29", "2020-09-04", "the process that serves the compute type"),
			must(importAPI, processSection, "2020-09-04", "", "the process that serves the compute type"),
		}},
}

// An Import is a call of ImportWorkspaceImage; the fields are those of its input. An empty
// string is a member that is missing.
type Import struct {
	Ec2ImageID       string `json:"Ec2ImageId"`
	ImageName        string
	ImageDescription string
	IngestionProcess types.WorkspaceImageIngestionProcess
	Applications     []types.Application
	Tags             []types.Tag
}

// Known is what the rules about a call ask for and the call does not contain.
type Known struct {
	Windows Windows       // the system inside the image
	Compute types.Compute // that the image must serve; "" asks nothing about it

	AllowListed  *bool    // the account is on the allow-list of the process
	AMIOwned     *bool    // by the account that calls; nil asks nothing about it
	AMIEncrypted *bool    // nil asks nothing about it
	ImageNames   []string // of the account's images in the Region; nil asks nothing about them
}

// CheckImport checks a call of ImportWorkspaceImage: members and their form, the image in
// its Region, the process with the system and the compute type, the end of its protocol, and Office. Some rules need
// the system inside the image: without Known.Windows the verdict is Undocumented, and Open
// names what is missing.
//
// The verdict is Undocumented, too, for an ingestion process that the edition does not have,
// also for one that is newer than this release; for Office on Windows 11 with BYOP, which no
// document mentions; for Applications before 2020-09-03; for GraphicsPro.g4dn with a process of g4dn, on days on which
// documents name Graphics.g4dn alone; for another compute type than that in the
// name of the process before 2020-04-29; and before 2019-01-08, when no document lists releases of
// Windows. The error is for Rules without an edition and a Windows that contradicts itself. A call that passes costs
// no allocation.
func (r Rules) CheckImport(in Import, known Known) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := known.Windows.validate(); err != nil {
		return rule.Answer{}, rule.Below("Windows", err)
	}
	var a rule.Answer
	c := call{snapshot: r.s}
	if c.image.member == nil {
		a.NotDocumented("", "no document of the edition has ImportWorkspaceImage")
	}
	c.required(&a, EC2ImageIDMalformed, "Ec2ImageId", in.Ec2ImageID, isEC2Image)
	c.checkImage(&a, in.ImageName, in.ImageDescription, in.Tags, known.ImageNames)
	if p := known.AMIOwned; p != nil && !*p {
		c.breach(&a, AMINotOwned, "Ec2ImageId", "the account does not own the AMI")
	}
	c.checkEncryption(&a, "Ec2ImageId", known.AMIEncrypted)
	sys := c.system(&known.Windows)
	process := c.processes[in.IngestionProcess]
	switch {
	case c.missing(&a, "IngestionProcess", string(in.IngestionProcess)):
	case in.IngestionProcess == dcvProcess && c.dcvProcess != (rule.Citation{}):
		a.Contradicted("IngestionProcess", "the text of the member has the value "+dcvProcess+", and its enumeration BYOL_REGULAR_WSP", c.dcvProcess, processEnumeration)
	case process == nil:
		a.NotDocumented("IngestionProcess", "no document of the edition has this process")
	default:
		r.checkProcess(&a, process, sys.product, &known)
	}
	c.checkSystem(&a, &known.Windows, sys)
	if in.Applications != nil {
		c.checkOffice(&a, in.Applications, process, sys.product)
	}
	return a.Concluded(), nil
}

// checkProcess checks a process with the account, the compute type and the system. That its protocol ends
// is told of a process that is not refused for itself.
func (r Rules) checkProcess(a *rule.Answer, p *processRow, product string, known *Known) {
	const at rule.Path = "IngestionProcess"
	s, before := r.s, len(a.Violations)
	switch p.process {
	case types.WorkspaceImageIngestionProcessByolGraphics:
		s.breach(a, ProcessGraphicsRetired, at, "%s", p.process)
	case types.WorkspaceImageIngestionProcessByolGraphicspro:
		s.breach(a, ProcessGraphicsProRetired, at, "%s", p.process)
	}
	retired := len(a.Violations) > before
	switch {
	case !p.allowList:
	case known.AllowListed == nil:
		s.lack(a, ProcessNotAllowListed, "AllowListed")
	case !*known.AllowListed:
		s.breach(a, ProcessNotAllowListed, at, "%s, and the account is not on the list", p.process)
	}
	switch c := known.Compute; {
	case c == "" || p.serves(c):
	case slices.Contains(p.open, c):
		a.NotDocumented(at, "the name of the process has Graphics.g4dn, and no document of the edition says whether it serves GraphicsPro.g4dn")
	case s.asks[ProcessForOtherCompute] == nil:
		a.NotDocumented(at, "no document of the edition says which compute types the process serves")
	default:
		s.breach(a, ProcessForOtherCompute, at, "%s for %s", p.process, string(c))
	}
	if known.Compute == types.ComputeValue && product == windows11 {
		s.breach(a, ValueOnWindows11, "Compute", "%s on %s", string(known.Compute), known.Windows.String())
	}
	if s.checkProtocol(a, at, p.protocol, product, &known.Windows) && !retired {
		r.checkEnd(a, at, p.protocol)
	}
}
