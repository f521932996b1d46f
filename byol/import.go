package byol

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// An Import is what ImportWorkspaceImage is asked for; the fields are those of its input.
// An empty string is a member that is not there.
type Import struct {
	Ec2ImageId       string
	ImageName        string
	ImageDescription string
	IngestionProcess types.WorkspaceImageIngestionProcess
	Applications     []types.Application
	Tags             []types.Tag
}

// Known is what the call does not carry and its rules ask about.
type Known struct {
	Windows Windows       // the system inside the image
	Compute types.Compute // that the image is to serve; "" asks nothing about it

	AllowListed  *bool    // the account is on the allow-list of the process
	AMIOwned     *bool    // by the account that calls; nil asks nothing about it
	AMIEncrypted *bool    // nil asks nothing about it
	ImageNames   []string // of the account's images in the Region; nil asks nothing about them
}

// CheckImport checks a call of ImportWorkspaceImage: members and their form, the image in
// its Region, the process with the system and the compute type, and Office. Rules that
// cross the call with the system inside the image are not answered without Known.Windows:
// the verdict is then Undocumented, and Unknown names what is missing.
//
// It is Undocumented, too, for an ingestion process that the edition does not have, one
// that is newer than this release included, for Office on Windows 11 with a protocol of
// your own, of which no document speaks, for Applications before 2020-09-03, and before
// 2019-10-25. The error is for Rules
// without an edition and a Windows that contradicts itself. A call that passes costs no
// allocation.
func (r Rules) CheckImport(in Import, known Known) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if err := known.Windows.validate(); err != nil {
		return Answer{}, err
	}
	var a Answer
	open := r.row(MemberMissing) == nil
	r.checkForm(&a, EC2ImageIDMalformed, "Ec2ImageId", in.Ec2ImageId, isEC2Image)
	r.checkImage(&a, in.ImageName, in.ImageDescription, in.Tags, known.ImageNames)
	if p := known.AMIOwned; p != nil && !*p {
		a.Violations = r.broken(a.Violations, AMINotOwned, "Ec2ImageId", "the account does not own the AMI")
	}
	r.checkEncryption(&a, "Ec2ImageId", known.AMIEncrypted)
	process := r.process(in.IngestionProcess)
	switch {
	case in.IngestionProcess == "":
		a.Violations = r.broken(a.Violations, MemberMissing, "IngestionProcess", "it is missing")
	case process == nil:
		open = true
	default:
		r.checkProcess(&a, process, &known)
	}
	open = r.checkSystem(&a, &known.Windows) || open
	if r.checkOffice(&a, in.Applications, process, &known) {
		open = true
	}
	a.settle(open)
	return a, nil
}

// process returns the row of a process, or nil.
func (r Rules) process(p types.WorkspaceImageIngestionProcess) *processRow {
	for i := range processRows {
		if row := &processRows[i]; row.process == p && row.span.Contains(r.edition) {
			return row
		}
	}
	return nil
}

// checkForm checks that a required member is there and has its form.
func (r Rules) checkForm(a *Answer, c rule.Code, at rule.Path, value string, form func(string) bool) {
	switch {
	case value == "":
		a.Violations = r.broken(a.Violations, MemberMissing, at, "it is missing")
	case !form(value):
		a.Violations = r.broken(a.Violations, c, at, "%q", value)
	}
}

// checkImage checks what an image has whatever it comes from.
func (r Rules) checkImage(a *Answer, name, description string, tags []types.Tag, taken []string) {
	r.checkName(a, "ImageName", name, taken)
	if description == "" {
		a.Violations = r.broken(a.Violations, MemberMissing, "ImageDescription", "it is missing")
	}
	r.checkDescription(a, "ImageDescription", description)
	r.checkTags(a, tags)
}

// checkEncryption checks that the AMI an image comes from is not encrypted.
func (r Rules) checkEncryption(a *Answer, at rule.Path, encrypted *bool) {
	if encrypted != nil && *encrypted {
		a.Violations = r.broken(a.Violations, SourceAMIEncrypted, at, "the AMI is encrypted")
	}
}

// checkName checks an image's name, and that none of the others has it.
func (r Rules) checkName(a *Answer, at rule.Path, name string, taken []string) {
	switch w := r.row(ImageNameMalformed); {
	case name == "":
		a.Violations = r.broken(a.Violations, MemberMissing, at, "it is missing")
	case w != nil && !(w.holds(int64(len(name))) && only(name, imageNameRune)):
		a.Violations = append(a.Violations, w.violation(at, fmt.Sprintf("%q", name)))
	}
	if name != "" && slices.Contains(taken, name) {
		a.Violations = r.broken(a.Violations, ImageNameTaken, at, "%q is the name of another image", name)
	}
	if w := r.row(ImagesOverQuota); w != nil && int64(len(taken)) >= w.max {
		a.Violations = append(a.Violations, w.violation(at, fmt.Sprintf("the Region has %d images", len(taken))))
	}
}

// checkDescription checks an image's description, unless it is empty.
func (r Rules) checkDescription(a *Answer, at rule.Path, description string) {
	if w := r.row(ImageDescriptionMalformed); w != nil && description != "" && !(w.holds(int64(len(description))) && only(description, imageDescriptionRune)) {
		a.Violations = append(a.Violations, w.violation(at, fmt.Sprintf("%q", description)))
	}
}

// checkTags checks the number of tags, and the lengths of keys and values in characters.
func (r Rules) checkTags(a *Answer, tags []types.Tag) {
	if w := r.row(TagsTooMany); w != nil && !w.holds(int64(len(tags))) {
		a.Violations = append(a.Violations, w.violation("Tags", fmt.Sprintf("%d tags", len(tags))))
	}
	for i := range tags {
		key, value := tags[i].Key, tags[i].Value
		if w := r.row(TagKeyMalformed); w != nil && (key == nil || !w.holds(characters(*key))) {
			a.Violations = append(a.Violations, w.violation(rule.Path("Tags").Index(i).Join("Key"), quoted(key)))
		}
		if w := r.row(TagValueTooLong); w != nil && value != nil && !w.holds(characters(*value)) {
			a.Violations = append(a.Violations, w.violation(rule.Path("Tags").Index(i).Join("Value"), quoted(value)))
		}
	}
}

// checkProcess checks a process against who calls, the compute type and the system.
func (r Rules) checkProcess(a *Answer, p *processRow, known *Known) {
	const at rule.Path = "IngestionProcess"
	switch p.process {
	case types.WorkspaceImageIngestionProcessByolGraphics:
		a.Violations = r.broken(a.Violations, ProcessGraphicsRetired, at, "%s", p.process)
	case types.WorkspaceImageIngestionProcessByolGraphicspro:
		a.Violations = r.broken(a.Violations, ProcessGraphicsProRetired, at, "%s", p.process)
	}
	switch {
	case !p.allowList:
	case known.AllowListed == nil:
		a.unknown("AllowListed")
	case !*known.AllowListed:
		a.Violations = r.broken(a.Violations, ProcessNotAllowListed, at, "%s, and the account is not on the list", p.process)
	}
	if c := known.Compute; c != "" && !p.serves(c) {
		a.Violations = r.broken(a.Violations, ProcessForOtherCompute, at, "%s for %s", p.process, c)
	}
	r.checkProtocol(a, at, p.protocol, &known.Windows)
}

// serves reports whether images of the process serve a compute type.
func (p *processRow) serves(c types.Compute) bool {
	if len(p.computes) == 0 {
		return !hasGPU(c)
	}
	return slices.Contains(p.computes, c)
}

// checkProtocol checks that Windows 11 is not to have PCoIP. A system that is not known
// is asked for by checkSystem.
func (r Rules) checkProtocol(a *Answer, at rule.Path, p protocol, w *Windows) {
	if product, _ := w.known(); product == windows11 && p == pcoip {
		a.Violations = r.broken(a.Violations, ProtocolOSIncompatibility, at, "%s for %s", p, w.String())
	}
}

// checkOffice checks the applications of an import, and reports whether the documents
// leave something open. Office itself may be newer than the SDK; which is then not judged.
func (r Rules) checkOffice(a *Answer, apps []types.Application, p *processRow, known *Known) (open bool) {
	const at rule.Path = "Applications"
	if apps == nil {
		return false
	}
	if r.row(ApplicationsNotOne) == nil {
		return true // no document has the member yet
	}
	if len(apps) != 1 {
		a.Violations = r.broken(a.Violations, ApplicationsNotOne, at, "%d applications", len(apps))
	}
	for i, app := range apps {
		if app != types.ApplicationMicrosoftOffice2016 && app != types.ApplicationMicrosoftOffice2019 {
			open = true
			continue
		}
		at, before := at.Index(i), len(a.Violations)
		open = r.checkOfficeOf(a, at, app, p, &known.Windows) || open
		if len(a.Violations) == before {
			a.Violations = r.broken(a.Violations, OfficeEnded, at, "%s", app)
		}
	}
	return open
}

// checkOfficeOf appends at most one violation for an Office: by the system, then by the
// protocol and the compute types of the process, which may not be known.
func (r Rules) checkOfficeOf(a *Answer, at rule.Path, app types.Application, p *processRow, system *Windows) (open bool) {
	product, _ := system.known()
	refuse := func(w *row, because string) {
		a.Violations = append(a.Violations, w.violation(at, string(app)+because))
	}
	if p == nil {
		return false
	}
	gpu := slices.Contains(p.computes, types.ComputeGraphicsG4dn)
	none, year := r.row(OfficeOnWindows11GPU), r.row(OfficeOnWindows11)
	switch {
	case product != windows11, none != nil && p.protocol == pcoip: // which ProtocolOSIncompatibility refuses
	case none != nil && p.protocol == byop: // the newest text speaks of DCV alone
		open = true
	case none != nil && gpu:
		refuse(none, " with "+string(p.process))
		return false
	case year != nil && !slices.Contains(year.names, string(app)):
		refuse(year, " on "+product)
		return false
	}
	if w := r.row(OfficeOnG4dn); w != nil && gpu && !slices.Contains(w.names, string(app)) {
		refuse(w, " with "+string(p.process))
	}
	return open
}
