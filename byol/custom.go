package byol

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A CustomImport is what ImportCustomWorkspaceImage is asked for; the fields are those of
// its input, of which ImageSource is a union. An empty string is a member that is not there.
type CustomImport struct {
	ImageName                      string
	ImageDescription               string
	ComputeType                    types.ImageComputeType
	Protocol                       types.CustomImageProtocol
	ImageSource                    ImageSource
	InfrastructureConfigurationArn string
	Platform                       types.Platform
	OsVersion                      types.OSVersion
	Tags                           []types.Tag
}

// An ImageSource must have exactly one member.
type ImageSource struct {
	Ec2ImageId           string
	Ec2ImportTaskId      string
	ImageBuildVersionArn string
}

// CheckCustomImport checks a call of ImportCustomWorkspaceImage: members and their form,
// exactly one source, the protocol with the system, and OsVersion and ComputeType with what
// is known of the image. The call says itself whether it is Windows 10 or 11, so that
// the protocol is judged without Known.Windows; the list of supported releases is not, and
// then the verdict is Undocumented. It is so, too, before 2025-08-14, when there was no
// such call, for values of an enumeration that are newer than this release, and for an AMI
// of another account, of which no document of this call speaks. What is known of an AMI
// counts if the source is one.
//
// The error is as that of CheckImport. A call that passes costs no allocation.
func (r Rules) CheckCustomImport(in CustomImport, known Known) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if err := known.Windows.validate(); err != nil {
		return Answer{}, err
	}
	var a Answer
	if r.row(ImageSourceNotOne) == nil {
		return a, nil
	}
	r.checkImage(&a, in.ImageName, in.ImageDescription, in.Tags, known.ImageNames)
	for _, m := range [...]struct {
		at    rule.Path
		value string
	}{
		{"ComputeType", string(in.ComputeType)}, {"Protocol", string(in.Protocol)}, {"Platform", string(in.Platform)},
		{"OsVersion", string(in.OsVersion)}, {"InfrastructureConfigurationArn", in.InfrastructureConfigurationArn},
	} {
		if m.value == "" {
			a.Violations = r.broken(a.Violations, MemberMissing, m.at, "it is missing")
		}
	}
	if w := r.row(InfrastructureMalformed); in.InfrastructureConfigurationArn != "" &&
		!(w.holds(int64(len(in.InfrastructureConfigurationArn))) && isInfrastructure(in.InfrastructureConfigurationArn)) {
		a.Violations = append(a.Violations, w.violation("InfrastructureConfigurationArn", fmt.Sprintf("%q", in.InfrastructureConfigurationArn)))
	}
	r.checkSource(&a, in.ImageSource)

	declared, open := declaredProduct(in.OsVersion)
	if in.ImageSource.Ec2ImageId != "" {
		r.checkEncryption(&a, "ImageSource.Ec2ImageId", known.AMIEncrypted)
		open = open || known.AMIOwned != nil && !*known.AMIOwned
	}
	if in.Platform != types.PlatformWindows && in.Platform != "" {
		open = true
	}
	if product, _ := known.Windows.known(); product != "" && declared != "" && product != declared {
		a.Violations = r.broken(a.Violations, OSVersionMismatch, "OsVersion", "%s, and the image has %s", in.OsVersion, product)
	}
	if in.Protocol == types.CustomImageProtocolPcoip {
		r.checkProtocol(&a, "Protocol", pcoip, &Windows{Product: declared})
	}
	open = r.checkSystem(&a, &known.Windows) || open
	open = r.checkComputeType(&a, in.ComputeType, known.Compute) || open
	a.lackedBy(customMembers)
	a.settle(open)
	return a, nil
}

// checkSource checks that an image has one source, and its form.
func (r Rules) checkSource(a *Answer, s ImageSource) {
	const at rule.Path = "ImageSource"
	n := 0
	if s.Ec2ImageId != "" {
		n++
		r.checkForm(a, EC2ImageIDMalformed, at.Join("Ec2ImageId"), s.Ec2ImageId, isEC2Image)
	}
	if s.Ec2ImportTaskId != "" {
		n++
		r.checkForm(a, EC2ImportTaskIDMalformed, at.Join("Ec2ImportTaskId"), s.Ec2ImportTaskId, isImportTask)
	}
	if arn := s.ImageBuildVersionArn; arn != "" {
		n++
		if w := r.row(ImageBuildVersionMalformed); !(w.holds(int64(len(arn))) && isBuildVersion(arn)) {
			a.Violations = append(a.Violations, w.violation(at.Join("ImageBuildVersionArn"), fmt.Sprintf("%q", arn)))
		}
	}
	switch {
	case n == 0:
		a.Violations = r.broken(a.Violations, MemberMissing, at, "it is missing")
	case n > 1:
		a.Violations = r.broken(a.Violations, ImageSourceNotOne, at, "%d sources", n)
	}
}

// declaredProduct is the product of an OsVersion; open is set for one that is not known.
func declaredProduct(v types.OSVersion) (product string, open bool) {
	switch v {
	case types.OSVersionWindows10:
		return windows10, false
	case types.OSVersionWindows11:
		return windows11, false
	}
	return "", v != ""
}

// checkComputeType holds the kind of image against the compute type it is to serve. No
// document says which sizes a kind serves beyond its name.
func (r Rules) checkComputeType(a *Answer, kind types.ImageComputeType, c types.Compute) (open bool) {
	var serves bool
	switch kind {
	case types.ImageComputeTypeBase:
		serves = !hasGPU(c)
	case types.ImageComputeTypeGraphicsG4dn:
		serves = c == types.ComputeGraphicsG4dn || c == types.ComputeGraphicsproG4dn
	case types.ImageComputeTypeGraphicsG6:
		serves = isG6(c)
	default:
		return kind != ""
	}
	if c != "" && !serves {
		a.Violations = r.broken(a.Violations, ComputeTypeForOtherCompute, "ComputeType", "%s for %s", kind, c)
	}
	return false
}

// isG6 goes by the names: GRAPHICS_G6, G6F, GR6 and GR6F.
func isG6(c types.Compute) bool {
	for _, family := range []string{"GRAPHICS_G6", "GRAPHICS_GR6"} {
		if len(c) > len(family) && string(c[:len(family)]) == family {
			return true
		}
	}
	return false
}
