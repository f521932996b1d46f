package cfn

import "github.com/wksgo/wks/rule"

// What is wrong with a template or a change of a stack, and no rule of the service.
const (
	// A property has no value of its type, or the type has no such property.
	propertyInvalid rule.Code = "cfn.property-invalid"
	// An update deletes a WorkSpace, with what is on both of its volumes.
	desktopDestroyed rule.Code = "cfn.desktop-destroyed"
	// An update changes what CloudFormation does not update.
	updateNotSupported rule.Code = "cfn.update-not-supported"
)

var remedies = map[rule.Code]string{
	propertyInvalid:    "Give the properties that the type has, each with a value of its type.",
	desktopDestroyed:   "Keep the logical id, the user name and the directory, or set DeletionPolicy and UpdateReplacePolicy to Retain and save what is on the volumes.",
	updateNotSupported: "Leave the property as it is and migrate or rebuild the WorkSpace by the API, or let CloudFormation replace it by changing the user name as well.",
}

// resourcePage says which properties are updated, replace the WorkSpace, or are not updated.
var resourcePage = rule.Citation{Document: "cloudformation-template-reference", Section: "AWS::WorkSpaces::Workspace", Date: rule.MustParseEdition("2026-11-28")}
