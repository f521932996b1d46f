package tfplan

import "github.com/wksgo/wks/rule"

// The codes of this program are about what Terraform does, on which no document of Amazon
// WorkSpaces has a rule.
const (
	// A desktop is destroyed, with what is on both of its volumes.
	desktopDestroyed rule.Code = "tfplan.desktop-destroyed"
	// A directory is deregistered, and perhaps registered again.
	directoryReplaced rule.Code = "tfplan.directory-replaced"
	// An apply makes changes that the documents want apart in time.
	changesInOneApply rule.Code = "tfplan.changes-in-one-apply"
	// The provider gives up before the documents say that an operation is over.
	timeoutShort rule.Code = "tfplan.timeout-short"
	// The provider sends sizes or a compute type of its own, which the configuration leaves out.
	providerDefault rule.Code = "tfplan.provider-default"
	// The provider does not send what the configuration gives.
	attributeDropped rule.Code = "tfplan.attribute-dropped"
	// A WorkSpace is in a directory that nothing registers.
	directoryUnregistered rule.Code = "tfplan.directory-unregistered"
	// A WorkSpace is in a directory of another Region.
	directoryElsewhere rule.Code = "tfplan.directory-in-other-region"
	// A KMS key goes, or is disabled, that desktops use which stay.
	keyInUse rule.Code = "tfplan.key-in-use"
	// A directory, a subnet or an IP group goes that is in use by what stays.
	partInUse rule.Code = "tfplan.part-in-use"
	// The source of an IP rule has host bits, as in the provider's own example.
	hostBits rule.Code = "tfplan.host-bits"
	// A value is none that a rule can be applied to.
	valueInvalid rule.Code = "tfplan.value-invalid"
)

const (
	planFormat   = "terraform-json-format"
	provider     = "terraform-provider-aws"
	unregistered = "terraform-provider-aws-31482"
)

var terraformDocuments = []rule.Document{
	{Key: planFormat, Title: "Terraform: JSON Output Format", URL: "https://developer.hashicorp.com/terraform/internals/json-format"},
	{Key: provider, Title: "Terraform provider for AWS: aws_workspaces_workspace", URL: "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/workspaces/workspace.go"},
	{Key: unregistered, Title: "Terraform provider for AWS: a WorkSpace in a directory that is not registered", URL: "https://github.com/hashicorp/terraform-provider-aws/issues/31482"},
}

// A planRule is a rule of this program.
type planRule struct {
	remedy words // what to do about it, one sentence, where the finding has no better one
	level  rule.Level
	cite   rule.Citation // zero for a rule that cites what a package of rules cites
}

var planRules = map[rule.Code]planRule{
	desktopDestroyed: {
		remedy: "Save the user's data first, or undo the change of the configuration that destroys the desktop.",
		level:  rule.Must,
		cite:   rule.Citation{Document: planFormat, Section: "Change Representation"},
	},
	directoryReplaced: {
		remedy: "Make sure that no WorkSpace is in the directory: it cannot be deregistered before they are gone.",
		level:  rule.Should,
		cite:   rule.Citation{Document: planFormat, Section: "Change Representation"},
	},
	changesInOneApply: {
		remedy: "Make one change in each apply, in the order of the steps below.",
		level:  rule.Should,
	},
	timeoutShort: {
		remedy: "Give the operation more time in the timeouts block.",
		level:  rule.Should,
	},
	providerDefault: {
		remedy: "Name compute type and both volumes, such as data.aws_workspaces_bundle.example.compute_type[0].name, or leave the whole block out.",
		level:  rule.Should,
		cite:   rule.Citation{Document: provider, Section: "what is sent, measured with " + measured},
	},
	attributeDropped: {
		remedy: "Leave the minutes out, or set running_mode to AUTO_STOP.",
		level:  rule.Should,
		cite:   rule.Citation{Document: provider, Section: "what is sent, measured with " + measured},
	},
	directoryUnregistered: {
		remedy: "Register the directory with aws_workspaces_directory, and take directory_id from there.",
		level:  rule.Must,
		cite:   rule.Citation{Document: unregistered, Section: "Issue"},
	},
	directoryElsewhere: {
		remedy: "Use the provider of the Region in which the directory is registered.",
		level:  rule.Must,
		cite:   rule.Citation{Document: unregistered, Section: "Issue"},
	},
	keyInUse: {
		remedy: "Keep the key, enabled, until no desktop uses it: what is encrypted, and by which key, is fixed at the launch.",
		level:  rule.Must,
		cite:   rule.Citation{Document: planFormat, Section: "Change Representation"},
	},
	partInUse: {
		remedy: "Keep it until nothing uses it.",
		level:  rule.Must,
		cite:   rule.Citation{Document: planFormat, Section: "Change Representation"},
	},
	hostBits: {
		remedy: "Write the network's address.",
		level:  rule.Should,
		cite:   rule.Citation{Document: provider, Section: "aws_workspaces_ip_group"},
	},
	valueInvalid: {
		remedy: "Give a value of the form that the attribute has.",
		level:  rule.Must,
		cite:   rule.Citation{Document: provider, Section: "Schema"},
	},
}

// finding returns a breach of a rule of this program.
func (p planRule) finding(c rule.Code, at place, detail words) finding {
	return finding{Code: c, Level: p.level, Address: at.object.address, Path: at.attr.path, Detail: detail, Remedy: p.remedy, Cite: p.cite}
}
