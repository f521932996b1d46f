package byol

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about ImportCustomWorkspaceImage.
const (
	EC2ImportTaskIDMalformed   rule.Code = "byol.ec2-import-task-id-malformed"
	ImageBuildVersionMalformed rule.Code = "byol.image-build-version-malformed"
	InfrastructureMalformed    rule.Code = "byol.infrastructure-configuration-malformed"
	ImageSourceNotOne          rule.Code = "byol.image-source-not-one"
	OSVersionMismatch          rule.Code = "byol.os-version-mismatch"
	ComputeTypeForOtherCompute rule.Code = "byol.compute-type-for-other-compute"
	ProtocolForOtherCompute    rule.Code = "byol.protocol-for-other-compute"
)

var sourceRules = []requirement{
	{EC2ImportTaskIDMalformed, "The ID of an import task is not well-formed.", "Give an ID of import-ami- and 8 or 17 letters and digits.",
		[]ask{must(serviceModel, "Ec2ImportTaskId", customSince, "", "import-ami- and 8 or 17 letters and digits")}},
	{ImageBuildVersionMalformed, "The ARN of an image of EC2 Image Builder is not well-formed.", "Give the ARN of a build version of an image.",
		[]ask{must(serviceModel, "ImageBuildVersionArn", customSince, "", "the ARN of an image of EC2 Image Builder, of at most 2048 characters").atMost(2048)}},
	{InfrastructureMalformed, "The ARN of an infrastructure configuration is not well-formed.", "Give the ARN of an infrastructure configuration of EC2 Image Builder.",
		[]ask{must(customAPI, "InfrastructureConfigurationArn", customSince, "", "the ARN of an infrastructure configuration of EC2 Image Builder, of at most 2048 characters").atMost(2048)}},
	{ImageSourceNotOne, "The request names no source of the image, or several.", "Name exactly one source.",
		[]ask{must(serviceModel, "ImageSourceIdentifier", customSince, "", "exactly one source")}},
	{OSVersionMismatch, "OsVersion is not that of the image.", "Give the OsVersion that the image has.",
		[]ask{must(customAPI, "OsVersion", customSince, "", "the OsVersion that the image has")}},
	{ComputeTypeForOtherCompute, "ComputeType of the import does not serve the bundle's compute type.", "Give the ComputeType that serves the bundle.",
		[]ask{must(customAPI, "ComputeType", customSince, "", "the ComputeType that serves the bundle")}},
	{ProtocolForOtherCompute, "The protocol of an image does not stream with the compute type that it is to serve.", "Choose DCV, or a compute type of G4dn.",
		[]ask{must(migratePage, "Migration limits", facts.ReadG6, "", "a protocol other than PCoIP with a GPU that is not of G4dn")}},
}

// A CustomImport is a call of ImportCustomWorkspaceImage; the fields are those of its input,
// where ImageSource is a union. An empty string is a member that is missing.
type CustomImport struct {
	ImageName                      string
	ImageDescription               string
	ComputeType                    types.ImageComputeType
	Protocol                       types.CustomImageProtocol
	ImageSource                    ImageSource
	InfrastructureConfigurationARN string `json:"InfrastructureConfigurationArn"`
	Platform                       types.Platform
	OSVersion                      types.OSVersion `json:"OsVersion"`
	Tags                           []types.Tag
}

// An ImageSource must have exactly one member.
type ImageSource struct {
	Ec2ImageID           string `json:"Ec2ImageId,omitempty"`
	Ec2ImportTaskID      string `json:"Ec2ImportTaskId,omitempty"`
	ImageBuildVersionARN string `json:"ImageBuildVersionArn,omitempty"`
}

var customMembers = tables.Cite(customAPI, "Request Parameters", customSince)

// CheckCustomImport checks a call of ImportCustomWorkspaceImage: members and their form,
// exactly one source, the protocol with the system, the compute type and its end, and OSVersion and ComputeType with what
// is known of the image. The call says itself whether it is Windows 10 or 11, so the protocol
// is judged without Known.Windows. The list of supported releases needs Known.Windows; the
// verdict is Undocumented without it.
//
// The verdict is Undocumented, too, before 2025-08-14, when there was no such call; for values
// of an enumeration that are newer than this release; and for an AMI of another account, which
// no document of the call mentions. What is known of an AMI counts only if the source is an AMI.
//
// The error is as that of CheckImport. A call that passes costs no allocation.
func (r Rules) CheckCustomImport(in CustomImport, known Known) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := known.Windows.validate(); err != nil {
		return rule.Answer{}, rule.Below("Windows", err)
	}
	var a rule.Answer
	c := call{r.s, &customMembers}
	if !c.rules.Has(ImageSourceNotOne) {
		a.NotDocumented("", "no document of the edition has ImportCustomWorkspaceImage")
		return a.Concluded(), nil
	}
	c.checkImage(&a, in.ImageName, in.ImageDescription, in.Tags, known.ImageNames)
	c.missing(&a, "ComputeType", string(in.ComputeType))
	c.missing(&a, "Protocol", string(in.Protocol))
	c.missing(&a, "Platform", string(in.Platform))
	c.missing(&a, "OsVersion", string(in.OSVersion))
	const infrastructure rule.Path = "InfrastructureConfigurationArn"
	if !c.missing(&a, infrastructure, in.InfrastructureConfigurationARN) {
		c.formed(&a, InfrastructureMalformed, infrastructure, in.InfrastructureConfigurationARN, isInfrastructure)
	}
	c.checkSource(&a, in.ImageSource)
	if in.ImageSource.Ec2ImageID != "" {
		const at rule.Path = "ImageSource.Ec2ImageId"
		c.checkEncryption(&a, at, known.AMIEncrypted)
		if known.AMIOwned != nil && !*known.AMIOwned {
			a.NotDocumented(at, "no document of the call speaks of an AMI of another account")
		}
	}
	if in.Platform != types.PlatformWindows && in.Platform != "" {
		a.NotDocumented("Platform", "no document has this platform")
	}
	sys := c.system(&known.Windows)
	declared := c.checkOSVersion(&a, in.OSVersion, sys.product)
	if in.Protocol == types.CustomImageProtocolPcoip && c.checkProtocol(&a, "Protocol", pcoip, declared, &Windows{Product: declared}) && !c.refusesPCoIP(&a, &in, known.Compute) {
		r.checkEnd(&a, "Protocol", pcoip)
	}
	c.checkSystem(&a, &known.Windows, sys)
	c.checkComputeType(&a, in.ComputeType, known.Compute)
	if known.Compute == types.ComputeValue && in.OSVersion == types.OSVersionWindows11 {
		c.breach(&a, ValueOnWindows11, "Compute", "%s on %s", string(known.Compute), in.OSVersion)
	}
	return a.Concluded(), nil
}

// refusesPCoIP reports whether the compute type that an image is for does not stream by PCoIP, and tells of it.
func (c call) refusesPCoIP(a *rule.Answer, in *CustomImport, compute types.Compute) bool {
	switch {
	case slices.Contains(facts.NotByPCoIP, facts.FamilyOf(string(compute))):
		c.breach(a, ProtocolForOtherCompute, "Protocol", "%s with %s", in.Protocol, string(compute))
	case compute == "" && in.ComputeType == types.ImageComputeTypeGraphicsG6:
		c.breach(a, ProtocolForOtherCompute, "Protocol", "%s with %s", in.Protocol, in.ComputeType)
	default:
		return false
	}
	return true
}

// checkSource checks that an image has one source, and its form.
func (c call) checkSource(a *rule.Answer, source ImageSource) {
	n := 0
	for _, m := range [...]struct {
		at    rule.Path
		value string
		code  rule.Code
		form  func(string) bool
	}{
		{"ImageSource.Ec2ImageId", source.Ec2ImageID, EC2ImageIDMalformed, isEC2Image},
		{"ImageSource.Ec2ImportTaskId", source.Ec2ImportTaskID, EC2ImportTaskIDMalformed, isImportTask},
		{"ImageSource.ImageBuildVersionArn", source.ImageBuildVersionARN, ImageBuildVersionMalformed, isBuildVersion},
	} {
		if m.value == "" {
			continue
		}
		n++
		c.formed(a, m.code, m.at, m.value, m.form)
	}
	switch {
	case n == 0:
		c.missing(a, "ImageSource", "")
	case n > 1:
		c.breach(a, ImageSourceNotOne, "ImageSource", "%d sources", n)
	}
}

// checkOSVersion compares what a call says of the system with what is known of it, and returns the
// product that the call says; "" for none.
func (s *snapshot) checkOSVersion(a *rule.Answer, version types.OSVersion, product string) (declared string) {
	switch version {
	case types.OSVersionWindows10:
		declared = windows10
	case types.OSVersionWindows11:
		declared = windows11
	case "":
		return ""
	default:
		a.NotDocumented("OsVersion", "no document has this version")
		return ""
	}
	if product != "" && product != declared {
		s.breach(a, OSVersionMismatch, "OsVersion", "%s, and the image has %s", version, product)
	}
	return declared
}

// checkComputeType compares the kind of image with the compute type that it must serve.
func (s *snapshot) checkComputeType(a *rule.Answer, kind types.ImageComputeType, c types.Compute) {
	switch k := s.imageKinds[kind]; {
	case kind == "":
	case k == nil:
		a.NotDocumented("ComputeType", "no document of the edition has this compute type of an image")
	case c != "" && !k.serves(string(c)):
		s.breach(a, ComputeTypeForOtherCompute, "ComputeType", "%s for %s", kind, string(c))
	}
}

// An imageKindRow is a compute type of an image. No document says more than the name about the
// sizes that it serves.
type imageKindRow struct {
	tables.Dated
	kind   types.ImageComputeType
	serves func(compute string) bool
}

var imageKinds = tables.Table[imageKindRow]{
	Name: "compute types of images",
	Key:  func(k imageKindRow) string { return string(k.kind) },
	Lists: func(k imageKindRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ComputeTypeForOtherCompute}, Name: "compute type of an image " + string(k.kind), Value: "is a value of ImportCustomWorkspaceImage"}}
	},
	Rows: []imageKindRow{
		{tables.Since(serviceModel, "ImageComputeType", customSince, ""), types.ImageComputeTypeBase, func(c string) bool { return !facts.HasGPU(c) }},
		{tables.Since(serviceModel, "ImageComputeType", customSince, ""), types.ImageComputeTypeGraphicsG4dn, func(c string) bool { return facts.FamilyOf(c) == facts.G4dn }},
		{tables.Since(serviceModel, "ImageComputeType", "2026-02-05", ""), types.ImageComputeTypeGraphicsG6, isG6},
	},
}

// isG6 decides by the name: GRAPHICS_G6, G6F, GR6 and GR6F.
func isG6(compute string) bool {
	for _, family := range [...]string{"GRAPHICS_G6", "GRAPHICS_GR6"} {
		if rest, ok := strings.CutPrefix(compute, family); ok && rest != "" {
			return true
		}
	}
	return false
}
