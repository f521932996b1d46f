package tfplan

import (
	"slices"

	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/keypolicy"
	"github.com/wksgo/wks/rule"
)

// The codes of this program are about what Terraform does, on which no document of Amazon
// WorkSpaces has a rule.
const (
	desktopDestroyed      rule.Code = "tfplan.desktop-destroyed"
	directoryReplaced     rule.Code = "tfplan.directory-replaced"
	changesInOneApply     rule.Code = "tfplan.changes-in-one-apply"
	timeoutShort          rule.Code = "tfplan.timeout-short"
	providerDefault       rule.Code = "tfplan.provider-default"
	attributeDropped      rule.Code = "tfplan.attribute-dropped"
	directoryUnregistered rule.Code = "tfplan.directory-unregistered"
	directoryElsewhere    rule.Code = "tfplan.directory-in-other-region"
	keyInUse              rule.Code = "tfplan.key-in-use"
	keyPolicyDenies       rule.Code = "tfplan.key-policy"
	partInUse             rule.Code = "tfplan.part-in-use"
	hostBits              rule.Code = "tfplan.host-bits"
	valueInvalid          rule.Code = "tfplan.value-invalid"
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

// Documents returns what the rules of this program cite, beside the documents of the library.
func Documents() []rule.Document { return slices.Clone(terraformDocuments) }

// Rules returns the rules of this program, each with the remedy for where a finding has no better one. A
// rule without a document cites what the rule cites that it applies.
func Rules() []rule.Rule {
	return []rule.Rule{
		findings.Own(desktopDestroyed, rule.Must, "A desktop is destroyed, with what is on both of its volumes.",
			"Save the user's data first, or undo the change of the configuration that destroys the desktop.",
			rule.Citation{Document: planFormat, Section: "Change Representation"}),
		findings.Own(directoryReplaced, rule.Should, "A directory is deregistered.",
			"Make sure that no WorkSpace is in the directory: it cannot be deregistered before they are gone.",
			rule.Citation{Document: planFormat, Section: "Change Representation"}),
		findings.Own(changesInOneApply, rule.Should, "An apply makes changes that the documents want apart in time.",
			"Make one change in each apply, in the order of the steps that the report gives.",
			rule.Citation{}),
		findings.Own(timeoutShort, rule.Should, "The provider gives up before the documents say that an operation is over.",
			"Give the operation more time in the timeouts block.",
			rule.Citation{}),
		findings.Own(providerDefault, rule.Should, "The provider sends sizes or a compute type of its own, which the configuration leaves out.",
			"Name compute type and both volumes, such as data.aws_workspaces_bundle.example.compute_type[0].name, or leave the whole block out.",
			rule.Citation{Document: provider, Section: "what is sent, measured with " + measured}),
		findings.Own(attributeDropped, rule.Should, "The provider does not send what the configuration gives.",
			"Leave the minutes out, or set running_mode to AUTO_STOP.",
			rule.Citation{Document: provider, Section: "what is sent, measured with " + measured}),
		findings.Own(directoryUnregistered, rule.Must, "A WorkSpace is in a directory that nothing registers.",
			"Register the directory with aws_workspaces_directory, and take directory_id from there.",
			rule.Citation{Document: unregistered, Section: "Issue"}),
		findings.Own(directoryElsewhere, rule.Must, "A WorkSpace is in a directory of another Region.",
			"Use the provider of the Region in which the directory is registered.",
			rule.Citation{Document: unregistered, Section: "Issue"}),
		findings.Own(keyInUse, rule.Must, "A KMS key is deleted or disabled while desktops that stay use it.",
			"Keep the key, enabled, until no desktop uses it: what is encrypted, and by which key, is fixed at the launch.",
			rule.Citation{Document: planFormat, Section: "Change Representation"}),
		keypolicy.Rule(keyPolicyDenies),
		findings.Own(partInUse, rule.Must, "A directory, a subnet or an IP group is deleted while something that stays uses it.",
			"Keep it until nothing uses it.",
			rule.Citation{Document: planFormat, Section: "Change Representation"}),
		findings.Own(hostBits, rule.Should, "The source of an IP rule has host bits.",
			"Write the network's address.",
			rule.Citation{Document: provider, Section: "aws_workspaces_ip_group"}),
		findings.Own(valueInvalid, rule.Must, "A value cannot be used.",
			"Give a value of the form that the attribute has.",
			rule.Citation{Document: provider, Section: "Schema"}),
	}
}

// planRules are the rules by their codes.
var planRules = findings.ByCode(Rules())

// breachOf returns a breach of a rule of this program.
func breachOf(c rule.Code, at place, detail words) finding {
	v := findings.Broken(planRules[c], string(detail))
	return finding{Code: c, Level: v.Level, Address: at.object.address, Path: at.attr.path, Detail: detail, Remedy: plain(v.Remedy), Help: c.Help(), Cite: v.Cite}
}
