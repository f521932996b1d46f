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
	// A value is none that a rule can be applied to.
	valueInvalid rule.Code = "tfplan.value-invalid"
)

const (
	planFormat = "terraform-json-format"
	provider   = "terraform-provider-aws"
)

var terraformDocuments = []rule.Document{
	{Key: planFormat, Title: "Terraform: JSON Output Format", URL: "https://developer.hashicorp.com/terraform/internals/json-format"},
	{Key: provider, Title: "Terraform provider for AWS: aws_workspaces_workspace", URL: "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/workspaces/workspace.go"},
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
