package byol

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	MemberMissing              rule.Code = "byol.member-missing"
	EC2ImageIDMalformed        rule.Code = "byol.ec2-image-id-malformed"
	EC2ImportTaskIDMalformed   rule.Code = "byol.ec2-import-task-id-malformed"
	ImageBuildVersionMalformed rule.Code = "byol.image-build-version-malformed"
	InfrastructureMalformed    rule.Code = "byol.infrastructure-configuration-malformed"
	ImageSourceNotOne          rule.Code = "byol.image-source-not-one"
	ImageNameMalformed         rule.Code = "byol.image-name-malformed"
	ImageNameTaken             rule.Code = "byol.image-name-taken"
	ImageDescriptionMalformed  rule.Code = "byol.image-description-malformed"
	ImagesOverQuota            rule.Code = "byol.images-over-quota"
	TagsTooMany                rule.Code = "byol.tags-too-many"
	TagKeyMalformed            rule.Code = "byol.tag-key-malformed"
	TagValueTooLong            rule.Code = "byol.tag-value-too-long"
	AMINotOwned                rule.Code = "byol.ami-not-owned"
	ApplicationsNotOne         rule.Code = "byol.applications-not-one"
	OfficeOnWindows11          rule.Code = "byol.office-on-windows-11"
	OfficeOnWindows11GPU       rule.Code = "byol.office-on-windows-11-gpu"
	OfficeOnG4dn               rule.Code = "byol.office-on-g4dn"
	OfficeEnded                rule.Code = "byol.office-ended"
	ProtocolOSIncompatibility  rule.Code = "byol.protocol-os-incompatibility"
	ProcessNotAllowListed      rule.Code = "byol.process-not-allow-listed"
	ProcessGraphicsRetired     rule.Code = "byol.process-graphics-retired"
	ProcessGraphicsProRetired  rule.Code = "byol.process-graphicspro-retired"
	ProcessForOtherCompute     rule.Code = "byol.process-for-other-compute"
	OSVersionMismatch          rule.Code = "byol.os-version-mismatch"
	ComputeTypeForOtherCompute rule.Code = "byol.compute-type-for-other-compute"
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
	process   types.WorkspaceImageIngestionProcess
	protocol  protocol
	computes  []types.Compute
	allowList bool
	span      rule.Span
	cite      rule.Citation
}

var (
	g4dn           = []types.Compute{types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn}
	processSection = "IngestionProcess"
)

// processRows, in the order of the SDK, which marks none deprecated. No process serves
// the G6 or later GPU types. The first three are those of the page of 2019-10-25 and
// the guide of 2020-04-29; older pages name no process.
var processRows = []processRow{
	{types.WorkspaceImageIngestionProcessByolRegular, pcoip, nil, false, tables.During("2019-10-25", ""), tables.Cite(byolPage, createStep, "2019-10-25")},
	{types.WorkspaceImageIngestionProcessByolGraphics, pcoip, []types.Compute{types.ComputeGraphics}, true, tables.During("2019-10-25", ""), tables.Cite(byolPage, createStep, "2019-10-25")},
	{types.WorkspaceImageIngestionProcessByolGraphicspro, pcoip, []types.Compute{types.ComputeGraphicspro}, true, tables.During("2019-10-25", ""), tables.Cite(byolPage, createStep, "2019-10-25")},
	{types.WorkspaceImageIngestionProcessByolGraphicsG4dn, pcoip, g4dn, true, tables.During("2022-09-02", ""), tables.Cite(byolPage, createStep, "2022-09-02")},
	{types.WorkspaceImageIngestionProcessByolRegularWsp, dcv, nil, false, tables.During("2020-12-31", ""), tables.Cite(importAPI, processSection, "2020-12-31")},
	{types.WorkspaceImageIngestionProcessByolGraphicsG4dnWsp, dcv, g4dn, true, tables.During("2024-08-06", ""), tables.Cite(sdkChangelog, "v1.45.0", "2024-08-06")},
	{types.WorkspaceImageIngestionProcessByolRegularByop, byop, nil, true, tables.During("2022-10-25", ""), tables.Cite(importAPI, processSection, "2022-10-25")},
	{types.WorkspaceImageIngestionProcessByolGraphicsG4dnByop, byop, g4dn, true, tables.During("2022-10-25", ""), tables.Cite(importAPI, processSection, "2022-10-25")},
}

func processStatements() (list []statement) {
	for _, p := range processRows {
		text := "for WorkSpaces without a GPU, with " + string(p.protocol)
		if len(p.computes) > 0 {
			text = fmt.Sprintf("for %v, with %s", p.computes, p.protocol)
		}
		if p.allowList {
			text += ", for accounts on an allow-list"
		}
		list = append(list, statement{Statement{"ingestion " + string(p.process), text, "", p.cite}, p.span})
	}
	return list
}

// importSince is the day of the page that names ImportWorkspaceImage first, and
// customSince that on which ImportCustomWorkspaceImage appeared. Patterns and lengths are
// those of the newest reading of the API; nothing says that they were others before.
const (
	importSince = "2019-10-25"
	customSince = "2025-08-14"
)

// The references of the operations other than ImportWorkspaceImage.
var (
	customMembers = tables.Cite(customAPI, "Request Parameters", customSince)
	shareMembers  = tables.Cite(permissionAPI, "Request Parameters", shareSince)
	copyMembers   = tables.Cite(copyAPI, "Request Parameters", copySince)
	linkMembers   = tables.Cite(sdkChangelog, "v1.39.0", linkSince)
)

// importRows are the rules about the calls that import an image. Those about images in
// general, names and tags hold for CopyWorkspaceImage, too.
var importRows = []row{
	must(MemberMissing, importAPI, "Request Parameters", importSince, "", "every required member"),
	must(EC2ImageIDMalformed, importAPI, "Ec2ImageId", importSince, "", "ami- and 8 or 17 digits of lower-case hexadecimal"),
	must(EC2ImportTaskIDMalformed, customAPI, "ImageSourceIdentifier", customSince, "", "import-ami- and 8 or 17 letters and digits"),
	must(ImageBuildVersionMalformed, customAPI, "ImageSourceIdentifier", customSince, "", "the ARN of an image of EC2 Image Builder, of at most 2048 characters").atMost(2048),
	must(InfrastructureMalformed, customAPI, "InfrastructureConfigurationArn", customSince, "", "the ARN of an infrastructure configuration of EC2 Image Builder, of at most 2048 characters").atMost(2048),
	must(ImageSourceNotOne, customAPI, "ImageSourceIdentifier", customSince, "", "exactly one source"),
	must(ImageNameMalformed, importAPI, "ImageName", importSince, "", `1 to 64 letters, digits and _./()\-, without a space`).atLeast(1).atMost(64),
	must(ImageNameTaken, byolPage, createStep, importSince, "", "a name that no image has"),
	must(ImageDescriptionMalformed, importAPI, "ImageDescription", importSince, "", "1 to 256 letters, digits, spaces and _./()-").atLeast(1).atMost(256),
	should(ImagesOverQuota, limitsPage, "Images", "2020-04-29", "2022-09-02", "fewer than the 20 images that a Region holds by default").atMost(20),
	should(ImagesOverQuota, limitsPage, "Images", "2022-09-02", "", "fewer than the 40 images that a Region holds by default").atMost(40),
	must(TagsTooMany, importAPI, "Tags", importSince, "", "at most 50 tags").atMost(50),
	must(TagKeyMalformed, importAPI, "Tags", importSince, "", "a key of 1 to 127 characters").atLeast(1).atMost(127),
	must(TagValueTooLong, importAPI, "Tags", importSince, "", "a value of at most 255 characters").atMost(255),
	must(AMINotOwned, importAPI, "ImportWorkspaceImage", importSince, "", "an AMI that the account owns"),

	must(ApplicationsNotOne, byolPage, "Subscribe to Office", "2020-09-03", "2022-10-25", "one application, or none").atMost(1),
	must(ApplicationsNotOne, importAPI, "Applications", "2022-10-25", "", "one application, or none").atMost(1),
	must(OfficeOnG4dn, byolPage, "Subscribe to Office", "2022-09-02", "", "Microsoft_Office_2019 for an image for g4dn").oneOf(string(types.ApplicationMicrosoftOffice2019)),
	must(OfficeOnWindows11, importAPI, "Applications", "2023-04-28", "", "Microsoft_Office_2019 for Windows 11").oneOf(string(types.ApplicationMicrosoftOffice2019)),
	must(OfficeOnWindows11GPU, importAPI, "Applications", "2026-05-29", "", "no Office for Windows 11 with a GPU and DCV"),
	should(OfficeEnded, bundleOptions, "Microsoft Office", "2025-10-14", "", "no Office of 2016 or 2019, whose support ended on 2025-10-14"),

	must(ProtocolOSIncompatibility, errorsPage, "ProtocolOSIncompatibility", customSince, "", "a protocol other than PCoIP for Windows 11"),
	must(ProcessNotAllowListed, byolPage, createStep, importSince, "2022-10-25", "an account on the allow-list for the process"),
	must(ProcessNotAllowListed, importAPI, processSection, "2022-10-25", "", "an account on the allow-list for the process"),
	must(ProcessGraphicsRetired, bundleOptions, "Graphics", "2023-12-01", "", "a process other than that of Graphics, which is not supported after 2023-11-30"),
	must(ProcessGraphicsProRetired, bundleOptions, "GraphicsPro", "2025-11-01", "", "a process other than that of GraphicsPro, which reached its end of life on 2025-10-31"),
	must(ProcessForOtherCompute, importAPI, processSection, importSince, "", "the process that serves the compute type"),
	must(OSVersionMismatch, customAPI, "OsVersion", customSince, "", "the OsVersion that the image has"),
	must(ComputeTypeForOtherCompute, customAPI, "ComputeType", customSince, "", "the ComputeType that serves the bundle"),
}
