package wkstest

import "github.com/aws/aws-sdk-go-v2/service/workspaces"

// An operation is one of the API's.
type operation struct {
	input func() any // a new pointer to the SDK's input struct
	// do answers it; nil is an operation that wkstest does not have. It gets what the request alone
	// breaks if it is partial, and may then refuse a part of it.
	do      func(k *call, in any, v verdict) (any, error)
	partial bool
}

// has is an operation that is refused whole.
func has[In, Out any](f func(*call, *In) (*Out, error)) operation {
	return operation{input: func() any { return new(In) }, do: func(k *call, in any, _ verdict) (any, error) {
		out, err := f(k, in.(*In))
		if err != nil {
			return nil, err
		}
		return out, nil
	}}
}

// parts is an operation on a batch, whose members can be refused one by one.
func parts[In, Out any](f func(*call, *In, verdict) (*Out, error)) operation {
	return operation{partial: true, input: func() any { return new(In) }, do: func(k *call, in any, v verdict) (any, error) {
		out, err := f(k, in.(*In), v)
		if err != nil {
			return nil, err
		}
		return out, nil
	}}
}

// lacks is an operation that wkstest does not have.
func lacks[In any]() operation { return operation{input: func() any { return new(In) }} }

// operations are all that the API has.
var operations = map[string]operation{
	"AcceptAccountLinkInvitation":          has(acceptLink),
	"AssociateConnectionAlias":             has(associateAlias),
	"AssociateIpGroups":                    has(associateGroups),
	"AssociateWorkspaceApplication":        lacks[workspaces.AssociateWorkspaceApplicationInput](),
	"AuthorizeIpRules":                     has(authorizeRules),
	"CopyWorkspaceImage":                   has(copyImage),
	"CreateAccountLinkInvitation":          has(createLink),
	"CreateConnectClientAddIn":             has(createAddIn),
	"CreateConnectionAlias":                has(createAlias),
	"CreateIpGroup":                        has(createGroup),
	"CreateStandbyWorkspaces":              parts(createStandby),
	"CreateTags":                           has(createTags),
	"CreateUpdatedWorkspaceImage":          has(createUpdatedImage),
	"CreateWorkspaceBundle":                has(createBundle),
	"CreateWorkspaceImage":                 has(createImage),
	"CreateWorkspaces":                     parts(createWorkspaces),
	"CreateWorkspacesPool":                 has(createPool),
	"DeleteAccountLinkInvitation":          has(deleteLink),
	"DeleteClientBranding":                 has(deleteBranding),
	"DeleteConnectClientAddIn":             has(deleteAddIn),
	"DeleteConnectionAlias":                has(deleteAlias),
	"DeleteIpGroup":                        has(deleteGroup),
	"DeleteTags":                           has(deleteTags),
	"DeleteWorkspaceBundle":                has(deleteBundle),
	"DeleteWorkspaceImage":                 has(deleteImage),
	"DeployWorkspaceApplications":          lacks[workspaces.DeployWorkspaceApplicationsInput](),
	"DeregisterWorkspaceDirectory":         has(deregisterDirectory),
	"DescribeAccount":                      has(describeAccount),
	"DescribeAccountModifications":         has(describeModifications),
	"DescribeApplicationAssociations":      lacks[workspaces.DescribeApplicationAssociationsInput](),
	"DescribeApplications":                 lacks[workspaces.DescribeApplicationsInput](),
	"DescribeBundleAssociations":           lacks[workspaces.DescribeBundleAssociationsInput](),
	"DescribeClientBranding":               has(describeBranding),
	"DescribeClientProperties":             has(describeClientProperties),
	"DescribeConnectClientAddIns":          has(describeAddIns),
	"DescribeConnectionAliasPermissions":   has(describeAliasPermissions),
	"DescribeConnectionAliases":            has(describeAliases),
	"DescribeCustomWorkspaceImageImport":   has(describeImport),
	"DescribeImageAssociations":            lacks[workspaces.DescribeImageAssociationsInput](),
	"DescribeIpGroups":                     has(describeGroups),
	"DescribeTags":                         has(describeTags),
	"DescribeWorkspaceAssociations":        lacks[workspaces.DescribeWorkspaceAssociationsInput](),
	"DescribeWorkspaceBundles":             has(describeBundles),
	"DescribeWorkspaceDirectories":         has(describeDirectories),
	"DescribeWorkspaceImagePermissions":    has(describeImagePermissions),
	"DescribeWorkspaceImages":              has(describeImages),
	"DescribeWorkspaceSnapshots":           has(describeSnapshots),
	"DescribeWorkspaces":                   has(describeWorkspaces),
	"DescribeWorkspacesConnectionStatus":   has(describeConnectionStatus),
	"DescribeWorkspacesPoolSessions":       has(describePoolSessions),
	"DescribeWorkspacesPools":              has(describePools),
	"DisassociateConnectionAlias":          has(disassociateAlias),
	"DisassociateIpGroups":                 has(disassociateGroups),
	"DisassociateWorkspaceApplication":     lacks[workspaces.DisassociateWorkspaceApplicationInput](),
	"GetAccountLink":                       has(getLink),
	"ImportClientBranding":                 has(importBranding),
	"ImportCustomWorkspaceImage":           has(importCustomImage),
	"ImportWorkspaceImage":                 has(importImage),
	"ListAccountLinks":                     has(listLinks),
	"ListAvailableManagementCidrRanges":    has(listManagementRanges),
	"MigrateWorkspace":                     has(migrateWorkspace),
	"ModifyAccount":                        has(modifyAccount),
	"ModifyCertificateBasedAuthProperties": has(modifyCertificates),
	"ModifyClientProperties":               has(modifyClientProperties),
	"ModifyEndpointEncryptionMode":         has(modifyEncryptionMode),
	"ModifySamlProperties":                 has(modifySaml),
	"ModifySelfservicePermissions":         has(modifySelfservice),
	"ModifyStreamingProperties":            has(modifyStreaming),
	"ModifyWorkspaceAccessProperties":      has(modifyAccess),
	"ModifyWorkspaceCreationProperties":    has(modifyCreation),
	"ModifyWorkspaceProperties":            has(modifyWorkspaceProperties),
	"ModifyWorkspaceState":                 has(modifyWorkspaceState),
	"RebootWorkspaces":                     has(rebootWorkspaces),
	"RebuildWorkspaces":                    has(rebuildWorkspaces),
	"RegisterWorkspaceDirectory":           has(registerDirectory),
	"RejectAccountLinkInvitation":          has(rejectLink),
	"RestoreWorkspace":                     has(restoreWorkspace),
	"RevokeIpRules":                        has(revokeRules),
	"StartWorkspaces":                      has(startWorkspaces),
	"StartWorkspacesPool":                  has(startPool),
	"StopWorkspaces":                       has(stopWorkspaces),
	"StopWorkspacesPool":                   has(stopPool),
	"TerminateWorkspaces":                  has(terminateWorkspaces),
	"TerminateWorkspacesPool":              has(terminatePool),
	"TerminateWorkspacesPoolSession":       has(terminatePoolSession),
	"UpdateConnectClientAddIn":             has(updateAddIn),
	"UpdateConnectionAliasPermission":      has(updateAliasPermission),
	"UpdateRulesOfIpGroup":                 has(updateGroup),
	"UpdateWorkspaceBundle":                has(updateBundle),
	"UpdateWorkspaceImagePermission":       has(updateImagePermission),
	"UpdateWorkspacesPool":                 has(updatePool),
}
