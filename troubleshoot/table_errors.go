package troubleshoot

import (
	"strings"
	"unicode"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// errorTable has the errors of the API by name, from the day on which the service model has each. The model has one
// sentence about each and names no cause; the advice is this module's own.
var errorTable = tables.Table[symptomRow]{
	Name: "error",
	Key:  func(r symptomRow) string { return string(r.key) },
	Lists: func(r symptomRow) []rule.Parameter {
		return []rule.Parameter{{Name: "error " + string(r.key), Value: r.title}}
	},
	Rows: []symptomRow{
		apiError("AccessDeniedException", "2016-08-18", "Access is denied.", "Add the action workspaces:OPERATION to the policies of the caller.", "iam permission policy denied authorized"),
		apiError("ApplicationNotSupportedException", "2023-10-05", "The application is not supported.", "Associate an application that WorkSpaces supports.", "application associate install"),
		apiError("ComputeNotCompatibleException", "2023-10-05", "The application does not work with the compute type of the WorkSpace.", "Use another compute type, or another application.", "application compute type associate"),
		apiError("ConflictException", "2024-04-18", "The account is already linked or invited.", "Look at the links of the account: an account can be linked only once.", "account link invitation byol", Check{Code: "byol.link-exists", Operation: "ListAccountLinks"}),
		apiError("IncompatibleApplicationsException", "2023-10-05", "The application does not work with the resource.", "Use another application, or another bundle.", "application associate deploy"),
		apiError("InternalServerException", "2024-04-18", "The service had an unexpected error.", "Try again, and wait longer each time.", "server"),
		apiError("InvalidParameterCombinationException", "2025-06-26", "Two or more values of the request cannot be used together.", "Compare the values of the request with one another.", "access properties", Check{Operation: "ModifyWorkspaceAccessProperties", Command: "wks preflight EXPORT"}),
		apiError("InvalidParameterValuesException", "2015-04-28", "One or more values of the request are not valid.", "Compare each value with the API reference.", "parameter value valid request", Check{Code: "wks.pattern-not-matched", Command: "wks tfplan PLAN"}, Check{Code: "bundles.volume-pair-not-in-group"}),
		apiError("InvalidResourceStateException", "2016-08-18", "The state of the resource does not permit the operation.", "Wait until the resource is in a state that the operation takes.", "state available stopped operation", Check{Code: "bundles.state-refuses", Operation: "DescribeWorkspaces", Command: "wks preflight EXPORT"}, Check{Code: "migrate.state-not-listed"}),
		apiError("OperatingSystemNotCompatibleException", "2023-10-05", "The application does not work with the operating system of the WorkSpace.", "Use another application, or a bundle with another system.", "application system associate"),
		apiError("OperationInProgressException", "2016-08-18", "The properties of the WorkSpace are being changed.", "Wait until ModificationStates is empty, and try again.", "modification progress modify resize change", Check{Code: "bundles.modification-in-progress", Operation: "DescribeWorkspaces"}, Check{Code: "migrate.modification-in-progress"}),
		apiError("OperationNotSupportedException", "2018-04-30", "The operation is not supported.", "Look in the documents for the resources and Regions that the operation supports.", "supported"),
		apiError("ResourceAlreadyExistsException", "2018-04-30", "The resource exists already.", "Use another name, or the resource that is there.", "exists duplicate name", Check{Code: "bundles.user-taken"}, Check{Code: "byol.image-name-taken"}),
		apiError("ResourceAssociatedException", "2018-04-30", "The resource is associated with a directory.", "Remove the resource from the directories first.", "ip group alias bundle image delete directory", Check{Operation: "DisassociateIpGroups"}),
		apiError("ResourceCreationFailedException", "2018-04-30", "The resource could not be made.", "Try again, and look at the quotas.", "create", Check{Code: "network.ip-groups-over-quota"}),
		apiError("ResourceInUseException", "2023-10-05", "The resource is in use.", "Wait until the installation or the other change has ended.", "application busy"),
		apiError("ResourceLimitExceededException", "2015-04-28", "The limits on resources are exceeded.", "Ask for a higher quota, or delete what is not needed.", "limit quota exceeded maximum", Check{Code: "bundles.over-quota", Command: "wks preflight EXPORT"}, Check{Code: "byol.images-over-quota"}, Check{Code: "network.ip-groups-over-quota"}),
		apiError("ResourceNotFoundException", "2016-05-17", "The resource is not found.", "Check the identifier, and the Region of the request.", "missing identifier region account found"),
		apiError("ResourceUnavailableException", "2015-04-28", "The resource is not available.", "Try again later.", "unavailable image bundle"),
		apiError("UnsupportedNetworkConfigurationException", "2019-11-15", "The configuration of the network is not supported for the operation, or collides with the management range.", "Leave one of the management ranges free in the VPC, and use two subnets in zones that WorkSpaces supports.", "network vpc cidr management range subnet register directory",
			Check{Code: "network.management-ranges-exhausted", Operation: "RegisterWorkspaceDirectory", Command: "wks preflight EXPORT"}, Check{Code: "network.subnet-zone-unsupported"}, Check{Code: "network.subnets-in-one-zone"}),
		apiError("UnsupportedWorkspaceConfigurationException", "2016-08-18", "The configuration of the WorkSpace is not supported for the operation.", "Restore the configuration and service components that the guide requires on a WorkSpace.", "modify configuration component change"),
		apiError("ValidationException", "2024-04-18", "The account to link is missing, or is the source account.", "Name another account than the source as the target.", "account link", Check{Code: "byol.link-to-self"}),
		apiError("WorkspacesDefaultRoleNotFoundException", "2019-11-15", "The role workspaces_DefaultRole is not found.", "Create the role workspaces_DefaultRole before you register the first directory.", "role register directory iam", Check{Operation: "RegisterWorkspaceDirectory"}),
	},
}

// apiError is a row for an error. Programs print its name with Exception at the end or without. A name that is one word
// without Exception, such as Conflict, is an everyday word, and does not count as a message.
func apiError(name, since, title, advice, words string, checks ...Check) symptomRow {
	messages := []string{name}
	if short := strings.TrimSuffix(name, "Exception"); strings.ContainsFunc(short[1:], unicode.IsUpper) {
		messages = append(messages, short)
	}
	return symptomRow{Dated: tables.Since(serviceModel, name, since, ""), key: Key(name), title: title, messages: messages, words: words, api: true, advice: advice, checks: checks}
}
