package cfn

import (
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/keypolicy"
	"github.com/wksgo/wks/rule"
)

// What is wrong with a template or a change of a stack, and no rule of the service.
const (
	propertyInvalid    rule.Code = "cfn.property-invalid"
	desktopDestroyed   rule.Code = "cfn.desktop-destroyed"
	updateNotSupported rule.Code = "cfn.update-not-supported"
	referenceUnknown   rule.Code = "cfn.reference-unknown"
	templateInvalid    rule.Code = "cfn.template-invalid"
	parameterRefused   rule.Code = "cfn.parameter-refused"
	keyPolicyDenies    rule.Code = "cfn.key-policy"
)

// Rules returns the rules of this program.
func Rules() []rule.Rule {
	return []rule.Rule{
		finding.Own(propertyInvalid, rule.Must, "A property has a value of a wrong type, or the resource type does not have the property.",
			"Give the properties that the type has, each with a value of its type.", resourcePage),
		finding.Own(desktopDestroyed, rule.Must, "An update deletes a WorkSpace, with what is on both of its volumes.",
			"Keep the logical id, the user name and the directory, or set DeletionPolicy and UpdateReplacePolicy to Retain and save what is on the volumes.", resourcePage),
		finding.Own(updateNotSupported, rule.Must, "An update changes a property that CloudFormation does not update.",
			"Leave the property as it is and migrate or rebuild the WorkSpace by the API, or let CloudFormation replace it by changing the user name as well.", resourcePage),
		finding.Own(referenceUnknown, rule.Must, "A template names a parameter, resource, condition or map that it does not have, and CloudFormation refuses it.",
			"Add what is named, or correct the name: CloudFormation tells upper and lower case apart.", validation),
		finding.Own(templateInvalid, rule.Must, "A part of a template has a value of a wrong kind.",
			"Write an object for each parameter, map and condition, with members of the kinds that the user guide gives.", anatomyPage),
		finding.Own(parameterRefused, rule.Must, "A parameter has a value that the template does not allow, and CloudFormation refuses it.",
			"Give one of AllowedValues, or add the value there.", parametersPage),
		keypolicy.Rule(keyPolicyDenies),
	}
}

// Documents returns what the rules of this program cite.
func Documents() []rule.Document {
	return []rule.Document{
		{Key: resourcePage.Document, Title: "AWS CloudFormation Template Reference: AWS::WorkSpaces::Workspace",
			URL: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-workspaces-workspace.html"},
		{Key: validation.Document, Title: "AWS Knowledge Center: How do I resolve AWS CloudFormation template validation errors or template format errors?",
			URL: "https://repost.aws/knowledge-center/cloudformation-template-validation"},
		{Key: parametersPage.Document, Title: "AWS CloudFormation User Guide: Parameters",
			URL: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"},
		{Key: anatomyPage.Document, Title: "AWS CloudFormation User Guide: Template anatomy",
			URL: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html"},
	}
}

var ownRules = finding.ByCode(Rules())

// broken returns that a rule of this program is broken.
func broken(c rule.Code, at rule.Path, detail string) rule.Violation {
	v := finding.Broken(ownRules[c], detail)
	v.Path = at
	return v
}

// resourcePage says which properties are updated, replace the WorkSpace, or are not updated.
var resourcePage = rule.Citation{Document: "cloudformation-template-reference", Section: "AWS::WorkSpaces::Workspace", Date: rule.MustParseEdition("2026-11-28")}

// validation says that what a template names must be in it.
var validation = rule.Citation{Document: "cloudformation-template-validation", Section: "Validate logical and physical IDs", Date: rule.MustParseEdition("2019-10-16")}

// parametersPage says that a parameter has one of AllowedValues, and that a default adheres to them too.
var parametersPage = rule.Citation{Document: "cloudformation-parameters", Section: "Properties", Date: rule.MustParseEdition("2026-11-28")}

// anatomyPage says which sections a template has, and of which kinds they are.
var anatomyPage = rule.Citation{Document: "cloudformation-template-anatomy", Section: "Template anatomy", Date: rule.MustParseEdition("2026-11-28")}
