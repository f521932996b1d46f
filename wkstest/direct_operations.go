package wkstest

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
)

// AcceptAccountLinkInvitation is that of the SDK's client.
func (d *Direct) AcceptAccountLinkInvitation(ctx context.Context, in *workspaces.AcceptAccountLinkInvitationInput, options ...func(*workspaces.Options)) (*workspaces.AcceptAccountLinkInvitationOutput, error) {
	return direct[workspaces.AcceptAccountLinkInvitationOutput](ctx, d, "AcceptAccountLinkInvitation", in, options)
}

// AssociateConnectionAlias is that of the SDK's client.
func (d *Direct) AssociateConnectionAlias(ctx context.Context, in *workspaces.AssociateConnectionAliasInput, options ...func(*workspaces.Options)) (*workspaces.AssociateConnectionAliasOutput, error) {
	return direct[workspaces.AssociateConnectionAliasOutput](ctx, d, "AssociateConnectionAlias", in, options)
}

// AssociateIpGroups is that of the SDK's client.
func (d *Direct) AssociateIpGroups(ctx context.Context, in *workspaces.AssociateIpGroupsInput, options ...func(*workspaces.Options)) (*workspaces.AssociateIpGroupsOutput, error) {
	return direct[workspaces.AssociateIpGroupsOutput](ctx, d, "AssociateIpGroups", in, options)
}

// AssociateWorkspaceApplication is that of the SDK's client.
func (d *Direct) AssociateWorkspaceApplication(ctx context.Context, in *workspaces.AssociateWorkspaceApplicationInput, options ...func(*workspaces.Options)) (*workspaces.AssociateWorkspaceApplicationOutput, error) {
	return direct[workspaces.AssociateWorkspaceApplicationOutput](ctx, d, "AssociateWorkspaceApplication", in, options)
}

// AuthorizeIpRules is that of the SDK's client.
func (d *Direct) AuthorizeIpRules(ctx context.Context, in *workspaces.AuthorizeIpRulesInput, options ...func(*workspaces.Options)) (*workspaces.AuthorizeIpRulesOutput, error) {
	return direct[workspaces.AuthorizeIpRulesOutput](ctx, d, "AuthorizeIpRules", in, options)
}

// CopyWorkspaceImage is that of the SDK's client.
func (d *Direct) CopyWorkspaceImage(ctx context.Context, in *workspaces.CopyWorkspaceImageInput, options ...func(*workspaces.Options)) (*workspaces.CopyWorkspaceImageOutput, error) {
	return direct[workspaces.CopyWorkspaceImageOutput](ctx, d, "CopyWorkspaceImage", in, options)
}

// CreateAccountLinkInvitation is that of the SDK's client.
func (d *Direct) CreateAccountLinkInvitation(ctx context.Context, in *workspaces.CreateAccountLinkInvitationInput, options ...func(*workspaces.Options)) (*workspaces.CreateAccountLinkInvitationOutput, error) {
	return direct[workspaces.CreateAccountLinkInvitationOutput](ctx, d, "CreateAccountLinkInvitation", in, options)
}

// CreateConnectClientAddIn is that of the SDK's client.
func (d *Direct) CreateConnectClientAddIn(ctx context.Context, in *workspaces.CreateConnectClientAddInInput, options ...func(*workspaces.Options)) (*workspaces.CreateConnectClientAddInOutput, error) {
	return direct[workspaces.CreateConnectClientAddInOutput](ctx, d, "CreateConnectClientAddIn", in, options)
}

// CreateConnectionAlias is that of the SDK's client.
func (d *Direct) CreateConnectionAlias(ctx context.Context, in *workspaces.CreateConnectionAliasInput, options ...func(*workspaces.Options)) (*workspaces.CreateConnectionAliasOutput, error) {
	return direct[workspaces.CreateConnectionAliasOutput](ctx, d, "CreateConnectionAlias", in, options)
}

// CreateIpGroup is that of the SDK's client.
func (d *Direct) CreateIpGroup(ctx context.Context, in *workspaces.CreateIpGroupInput, options ...func(*workspaces.Options)) (*workspaces.CreateIpGroupOutput, error) {
	return direct[workspaces.CreateIpGroupOutput](ctx, d, "CreateIpGroup", in, options)
}

// CreateStandbyWorkspaces is that of the SDK's client.
func (d *Direct) CreateStandbyWorkspaces(ctx context.Context, in *workspaces.CreateStandbyWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.CreateStandbyWorkspacesOutput, error) {
	return direct[workspaces.CreateStandbyWorkspacesOutput](ctx, d, "CreateStandbyWorkspaces", in, options)
}

// CreateTags is that of the SDK's client.
func (d *Direct) CreateTags(ctx context.Context, in *workspaces.CreateTagsInput, options ...func(*workspaces.Options)) (*workspaces.CreateTagsOutput, error) {
	return direct[workspaces.CreateTagsOutput](ctx, d, "CreateTags", in, options)
}

// CreateUpdatedWorkspaceImage is that of the SDK's client.
func (d *Direct) CreateUpdatedWorkspaceImage(ctx context.Context, in *workspaces.CreateUpdatedWorkspaceImageInput, options ...func(*workspaces.Options)) (*workspaces.CreateUpdatedWorkspaceImageOutput, error) {
	return direct[workspaces.CreateUpdatedWorkspaceImageOutput](ctx, d, "CreateUpdatedWorkspaceImage", in, options)
}

// CreateWorkspaceBundle is that of the SDK's client.
func (d *Direct) CreateWorkspaceBundle(ctx context.Context, in *workspaces.CreateWorkspaceBundleInput, options ...func(*workspaces.Options)) (*workspaces.CreateWorkspaceBundleOutput, error) {
	return direct[workspaces.CreateWorkspaceBundleOutput](ctx, d, "CreateWorkspaceBundle", in, options)
}

// CreateWorkspaceImage is that of the SDK's client.
func (d *Direct) CreateWorkspaceImage(ctx context.Context, in *workspaces.CreateWorkspaceImageInput, options ...func(*workspaces.Options)) (*workspaces.CreateWorkspaceImageOutput, error) {
	return direct[workspaces.CreateWorkspaceImageOutput](ctx, d, "CreateWorkspaceImage", in, options)
}

// CreateWorkspaces is that of the SDK's client.
func (d *Direct) CreateWorkspaces(ctx context.Context, in *workspaces.CreateWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.CreateWorkspacesOutput, error) {
	return direct[workspaces.CreateWorkspacesOutput](ctx, d, "CreateWorkspaces", in, options)
}

// CreateWorkspacesPool is that of the SDK's client.
func (d *Direct) CreateWorkspacesPool(ctx context.Context, in *workspaces.CreateWorkspacesPoolInput, options ...func(*workspaces.Options)) (*workspaces.CreateWorkspacesPoolOutput, error) {
	return direct[workspaces.CreateWorkspacesPoolOutput](ctx, d, "CreateWorkspacesPool", in, options)
}

// DeleteAccountLinkInvitation is that of the SDK's client.
func (d *Direct) DeleteAccountLinkInvitation(ctx context.Context, in *workspaces.DeleteAccountLinkInvitationInput, options ...func(*workspaces.Options)) (*workspaces.DeleteAccountLinkInvitationOutput, error) {
	return direct[workspaces.DeleteAccountLinkInvitationOutput](ctx, d, "DeleteAccountLinkInvitation", in, options)
}

// DeleteClientBranding is that of the SDK's client.
func (d *Direct) DeleteClientBranding(ctx context.Context, in *workspaces.DeleteClientBrandingInput, options ...func(*workspaces.Options)) (*workspaces.DeleteClientBrandingOutput, error) {
	return direct[workspaces.DeleteClientBrandingOutput](ctx, d, "DeleteClientBranding", in, options)
}

// DeleteConnectClientAddIn is that of the SDK's client.
func (d *Direct) DeleteConnectClientAddIn(ctx context.Context, in *workspaces.DeleteConnectClientAddInInput, options ...func(*workspaces.Options)) (*workspaces.DeleteConnectClientAddInOutput, error) {
	return direct[workspaces.DeleteConnectClientAddInOutput](ctx, d, "DeleteConnectClientAddIn", in, options)
}

// DeleteConnectionAlias is that of the SDK's client.
func (d *Direct) DeleteConnectionAlias(ctx context.Context, in *workspaces.DeleteConnectionAliasInput, options ...func(*workspaces.Options)) (*workspaces.DeleteConnectionAliasOutput, error) {
	return direct[workspaces.DeleteConnectionAliasOutput](ctx, d, "DeleteConnectionAlias", in, options)
}

// DeleteIpGroup is that of the SDK's client.
func (d *Direct) DeleteIpGroup(ctx context.Context, in *workspaces.DeleteIpGroupInput, options ...func(*workspaces.Options)) (*workspaces.DeleteIpGroupOutput, error) {
	return direct[workspaces.DeleteIpGroupOutput](ctx, d, "DeleteIpGroup", in, options)
}

// DeleteTags is that of the SDK's client.
func (d *Direct) DeleteTags(ctx context.Context, in *workspaces.DeleteTagsInput, options ...func(*workspaces.Options)) (*workspaces.DeleteTagsOutput, error) {
	return direct[workspaces.DeleteTagsOutput](ctx, d, "DeleteTags", in, options)
}

// DeleteWorkspaceBundle is that of the SDK's client.
func (d *Direct) DeleteWorkspaceBundle(ctx context.Context, in *workspaces.DeleteWorkspaceBundleInput, options ...func(*workspaces.Options)) (*workspaces.DeleteWorkspaceBundleOutput, error) {
	return direct[workspaces.DeleteWorkspaceBundleOutput](ctx, d, "DeleteWorkspaceBundle", in, options)
}

// DeleteWorkspaceImage is that of the SDK's client.
func (d *Direct) DeleteWorkspaceImage(ctx context.Context, in *workspaces.DeleteWorkspaceImageInput, options ...func(*workspaces.Options)) (*workspaces.DeleteWorkspaceImageOutput, error) {
	return direct[workspaces.DeleteWorkspaceImageOutput](ctx, d, "DeleteWorkspaceImage", in, options)
}

// DeployWorkspaceApplications is that of the SDK's client.
func (d *Direct) DeployWorkspaceApplications(ctx context.Context, in *workspaces.DeployWorkspaceApplicationsInput, options ...func(*workspaces.Options)) (*workspaces.DeployWorkspaceApplicationsOutput, error) {
	return direct[workspaces.DeployWorkspaceApplicationsOutput](ctx, d, "DeployWorkspaceApplications", in, options)
}

// DeregisterWorkspaceDirectory is that of the SDK's client.
func (d *Direct) DeregisterWorkspaceDirectory(ctx context.Context, in *workspaces.DeregisterWorkspaceDirectoryInput, options ...func(*workspaces.Options)) (*workspaces.DeregisterWorkspaceDirectoryOutput, error) {
	return direct[workspaces.DeregisterWorkspaceDirectoryOutput](ctx, d, "DeregisterWorkspaceDirectory", in, options)
}

// DescribeAccount is that of the SDK's client.
func (d *Direct) DescribeAccount(ctx context.Context, in *workspaces.DescribeAccountInput, options ...func(*workspaces.Options)) (*workspaces.DescribeAccountOutput, error) {
	return direct[workspaces.DescribeAccountOutput](ctx, d, "DescribeAccount", in, options)
}

// DescribeAccountModifications is that of the SDK's client.
func (d *Direct) DescribeAccountModifications(ctx context.Context, in *workspaces.DescribeAccountModificationsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeAccountModificationsOutput, error) {
	return direct[workspaces.DescribeAccountModificationsOutput](ctx, d, "DescribeAccountModifications", in, options)
}

// DescribeApplicationAssociations is that of the SDK's client.
func (d *Direct) DescribeApplicationAssociations(ctx context.Context, in *workspaces.DescribeApplicationAssociationsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeApplicationAssociationsOutput, error) {
	return direct[workspaces.DescribeApplicationAssociationsOutput](ctx, d, "DescribeApplicationAssociations", in, options)
}

// DescribeApplications is that of the SDK's client.
func (d *Direct) DescribeApplications(ctx context.Context, in *workspaces.DescribeApplicationsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeApplicationsOutput, error) {
	return direct[workspaces.DescribeApplicationsOutput](ctx, d, "DescribeApplications", in, options)
}

// DescribeBundleAssociations is that of the SDK's client.
func (d *Direct) DescribeBundleAssociations(ctx context.Context, in *workspaces.DescribeBundleAssociationsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeBundleAssociationsOutput, error) {
	return direct[workspaces.DescribeBundleAssociationsOutput](ctx, d, "DescribeBundleAssociations", in, options)
}

// DescribeClientBranding is that of the SDK's client.
func (d *Direct) DescribeClientBranding(ctx context.Context, in *workspaces.DescribeClientBrandingInput, options ...func(*workspaces.Options)) (*workspaces.DescribeClientBrandingOutput, error) {
	return direct[workspaces.DescribeClientBrandingOutput](ctx, d, "DescribeClientBranding", in, options)
}

// DescribeClientProperties is that of the SDK's client.
func (d *Direct) DescribeClientProperties(ctx context.Context, in *workspaces.DescribeClientPropertiesInput, options ...func(*workspaces.Options)) (*workspaces.DescribeClientPropertiesOutput, error) {
	return direct[workspaces.DescribeClientPropertiesOutput](ctx, d, "DescribeClientProperties", in, options)
}

// DescribeConnectClientAddIns is that of the SDK's client.
func (d *Direct) DescribeConnectClientAddIns(ctx context.Context, in *workspaces.DescribeConnectClientAddInsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeConnectClientAddInsOutput, error) {
	return direct[workspaces.DescribeConnectClientAddInsOutput](ctx, d, "DescribeConnectClientAddIns", in, options)
}

// DescribeConnectionAliasPermissions is that of the SDK's client.
func (d *Direct) DescribeConnectionAliasPermissions(ctx context.Context, in *workspaces.DescribeConnectionAliasPermissionsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeConnectionAliasPermissionsOutput, error) {
	return direct[workspaces.DescribeConnectionAliasPermissionsOutput](ctx, d, "DescribeConnectionAliasPermissions", in, options)
}

// DescribeConnectionAliases is that of the SDK's client.
func (d *Direct) DescribeConnectionAliases(ctx context.Context, in *workspaces.DescribeConnectionAliasesInput, options ...func(*workspaces.Options)) (*workspaces.DescribeConnectionAliasesOutput, error) {
	return direct[workspaces.DescribeConnectionAliasesOutput](ctx, d, "DescribeConnectionAliases", in, options)
}

// DescribeCustomWorkspaceImageImport is that of the SDK's client.
func (d *Direct) DescribeCustomWorkspaceImageImport(ctx context.Context, in *workspaces.DescribeCustomWorkspaceImageImportInput, options ...func(*workspaces.Options)) (*workspaces.DescribeCustomWorkspaceImageImportOutput, error) {
	return direct[workspaces.DescribeCustomWorkspaceImageImportOutput](ctx, d, "DescribeCustomWorkspaceImageImport", in, options)
}

// DescribeImageAssociations is that of the SDK's client.
func (d *Direct) DescribeImageAssociations(ctx context.Context, in *workspaces.DescribeImageAssociationsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeImageAssociationsOutput, error) {
	return direct[workspaces.DescribeImageAssociationsOutput](ctx, d, "DescribeImageAssociations", in, options)
}

// DescribeIpGroups is that of the SDK's client.
func (d *Direct) DescribeIpGroups(ctx context.Context, in *workspaces.DescribeIpGroupsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeIpGroupsOutput, error) {
	return direct[workspaces.DescribeIpGroupsOutput](ctx, d, "DescribeIpGroups", in, options)
}

// DescribeTags is that of the SDK's client.
func (d *Direct) DescribeTags(ctx context.Context, in *workspaces.DescribeTagsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeTagsOutput, error) {
	return direct[workspaces.DescribeTagsOutput](ctx, d, "DescribeTags", in, options)
}

// DescribeWorkspaceAssociations is that of the SDK's client.
func (d *Direct) DescribeWorkspaceAssociations(ctx context.Context, in *workspaces.DescribeWorkspaceAssociationsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceAssociationsOutput, error) {
	return direct[workspaces.DescribeWorkspaceAssociationsOutput](ctx, d, "DescribeWorkspaceAssociations", in, options)
}

// DescribeWorkspaceBundles is that of the SDK's client.
func (d *Direct) DescribeWorkspaceBundles(ctx context.Context, in *workspaces.DescribeWorkspaceBundlesInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceBundlesOutput, error) {
	return direct[workspaces.DescribeWorkspaceBundlesOutput](ctx, d, "DescribeWorkspaceBundles", in, options)
}

// DescribeWorkspaceDirectories is that of the SDK's client.
func (d *Direct) DescribeWorkspaceDirectories(ctx context.Context, in *workspaces.DescribeWorkspaceDirectoriesInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceDirectoriesOutput, error) {
	return direct[workspaces.DescribeWorkspaceDirectoriesOutput](ctx, d, "DescribeWorkspaceDirectories", in, options)
}

// DescribeWorkspaceImagePermissions is that of the SDK's client.
func (d *Direct) DescribeWorkspaceImagePermissions(ctx context.Context, in *workspaces.DescribeWorkspaceImagePermissionsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceImagePermissionsOutput, error) {
	return direct[workspaces.DescribeWorkspaceImagePermissionsOutput](ctx, d, "DescribeWorkspaceImagePermissions", in, options)
}

// DescribeWorkspaceImages is that of the SDK's client.
func (d *Direct) DescribeWorkspaceImages(ctx context.Context, in *workspaces.DescribeWorkspaceImagesInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceImagesOutput, error) {
	return direct[workspaces.DescribeWorkspaceImagesOutput](ctx, d, "DescribeWorkspaceImages", in, options)
}

// DescribeWorkspaceSnapshots is that of the SDK's client.
func (d *Direct) DescribeWorkspaceSnapshots(ctx context.Context, in *workspaces.DescribeWorkspaceSnapshotsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	return direct[workspaces.DescribeWorkspaceSnapshotsOutput](ctx, d, "DescribeWorkspaceSnapshots", in, options)
}

// DescribeWorkspaces is that of the SDK's client.
func (d *Direct) DescribeWorkspaces(ctx context.Context, in *workspaces.DescribeWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	return direct[workspaces.DescribeWorkspacesOutput](ctx, d, "DescribeWorkspaces", in, options)
}

// DescribeWorkspacesConnectionStatus is that of the SDK's client.
func (d *Direct) DescribeWorkspacesConnectionStatus(ctx context.Context, in *workspaces.DescribeWorkspacesConnectionStatusInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesConnectionStatusOutput, error) {
	return direct[workspaces.DescribeWorkspacesConnectionStatusOutput](ctx, d, "DescribeWorkspacesConnectionStatus", in, options)
}

// DescribeWorkspacesPoolSessions is that of the SDK's client.
func (d *Direct) DescribeWorkspacesPoolSessions(ctx context.Context, in *workspaces.DescribeWorkspacesPoolSessionsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesPoolSessionsOutput, error) {
	return direct[workspaces.DescribeWorkspacesPoolSessionsOutput](ctx, d, "DescribeWorkspacesPoolSessions", in, options)
}

// DescribeWorkspacesPools is that of the SDK's client.
func (d *Direct) DescribeWorkspacesPools(ctx context.Context, in *workspaces.DescribeWorkspacesPoolsInput, options ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesPoolsOutput, error) {
	return direct[workspaces.DescribeWorkspacesPoolsOutput](ctx, d, "DescribeWorkspacesPools", in, options)
}

// DisassociateConnectionAlias is that of the SDK's client.
func (d *Direct) DisassociateConnectionAlias(ctx context.Context, in *workspaces.DisassociateConnectionAliasInput, options ...func(*workspaces.Options)) (*workspaces.DisassociateConnectionAliasOutput, error) {
	return direct[workspaces.DisassociateConnectionAliasOutput](ctx, d, "DisassociateConnectionAlias", in, options)
}

// DisassociateIpGroups is that of the SDK's client.
func (d *Direct) DisassociateIpGroups(ctx context.Context, in *workspaces.DisassociateIpGroupsInput, options ...func(*workspaces.Options)) (*workspaces.DisassociateIpGroupsOutput, error) {
	return direct[workspaces.DisassociateIpGroupsOutput](ctx, d, "DisassociateIpGroups", in, options)
}

// DisassociateWorkspaceApplication is that of the SDK's client.
func (d *Direct) DisassociateWorkspaceApplication(ctx context.Context, in *workspaces.DisassociateWorkspaceApplicationInput, options ...func(*workspaces.Options)) (*workspaces.DisassociateWorkspaceApplicationOutput, error) {
	return direct[workspaces.DisassociateWorkspaceApplicationOutput](ctx, d, "DisassociateWorkspaceApplication", in, options)
}

// GetAccountLink is that of the SDK's client.
func (d *Direct) GetAccountLink(ctx context.Context, in *workspaces.GetAccountLinkInput, options ...func(*workspaces.Options)) (*workspaces.GetAccountLinkOutput, error) {
	return direct[workspaces.GetAccountLinkOutput](ctx, d, "GetAccountLink", in, options)
}

// ImportClientBranding is that of the SDK's client.
func (d *Direct) ImportClientBranding(ctx context.Context, in *workspaces.ImportClientBrandingInput, options ...func(*workspaces.Options)) (*workspaces.ImportClientBrandingOutput, error) {
	return direct[workspaces.ImportClientBrandingOutput](ctx, d, "ImportClientBranding", in, options)
}

// ImportCustomWorkspaceImage is that of the SDK's client.
func (d *Direct) ImportCustomWorkspaceImage(ctx context.Context, in *workspaces.ImportCustomWorkspaceImageInput, options ...func(*workspaces.Options)) (*workspaces.ImportCustomWorkspaceImageOutput, error) {
	return direct[workspaces.ImportCustomWorkspaceImageOutput](ctx, d, "ImportCustomWorkspaceImage", in, options)
}

// ImportWorkspaceImage is that of the SDK's client.
func (d *Direct) ImportWorkspaceImage(ctx context.Context, in *workspaces.ImportWorkspaceImageInput, options ...func(*workspaces.Options)) (*workspaces.ImportWorkspaceImageOutput, error) {
	return direct[workspaces.ImportWorkspaceImageOutput](ctx, d, "ImportWorkspaceImage", in, options)
}

// ListAccountLinks is that of the SDK's client.
func (d *Direct) ListAccountLinks(ctx context.Context, in *workspaces.ListAccountLinksInput, options ...func(*workspaces.Options)) (*workspaces.ListAccountLinksOutput, error) {
	return direct[workspaces.ListAccountLinksOutput](ctx, d, "ListAccountLinks", in, options)
}

// ListAvailableManagementCidrRanges is that of the SDK's client.
func (d *Direct) ListAvailableManagementCidrRanges(ctx context.Context, in *workspaces.ListAvailableManagementCidrRangesInput, options ...func(*workspaces.Options)) (*workspaces.ListAvailableManagementCidrRangesOutput, error) {
	return direct[workspaces.ListAvailableManagementCidrRangesOutput](ctx, d, "ListAvailableManagementCidrRanges", in, options)
}

// MigrateWorkspace is that of the SDK's client.
func (d *Direct) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, options ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	return direct[workspaces.MigrateWorkspaceOutput](ctx, d, "MigrateWorkspace", in, options)
}

// ModifyAccount is that of the SDK's client.
func (d *Direct) ModifyAccount(ctx context.Context, in *workspaces.ModifyAccountInput, options ...func(*workspaces.Options)) (*workspaces.ModifyAccountOutput, error) {
	return direct[workspaces.ModifyAccountOutput](ctx, d, "ModifyAccount", in, options)
}

// ModifyCertificateBasedAuthProperties is that of the SDK's client.
func (d *Direct) ModifyCertificateBasedAuthProperties(ctx context.Context, in *workspaces.ModifyCertificateBasedAuthPropertiesInput, options ...func(*workspaces.Options)) (*workspaces.ModifyCertificateBasedAuthPropertiesOutput, error) {
	return direct[workspaces.ModifyCertificateBasedAuthPropertiesOutput](ctx, d, "ModifyCertificateBasedAuthProperties", in, options)
}

// ModifyClientProperties is that of the SDK's client.
func (d *Direct) ModifyClientProperties(ctx context.Context, in *workspaces.ModifyClientPropertiesInput, options ...func(*workspaces.Options)) (*workspaces.ModifyClientPropertiesOutput, error) {
	return direct[workspaces.ModifyClientPropertiesOutput](ctx, d, "ModifyClientProperties", in, options)
}

// ModifyEndpointEncryptionMode is that of the SDK's client.
func (d *Direct) ModifyEndpointEncryptionMode(ctx context.Context, in *workspaces.ModifyEndpointEncryptionModeInput, options ...func(*workspaces.Options)) (*workspaces.ModifyEndpointEncryptionModeOutput, error) {
	return direct[workspaces.ModifyEndpointEncryptionModeOutput](ctx, d, "ModifyEndpointEncryptionMode", in, options)
}

// ModifySamlProperties is that of the SDK's client.
func (d *Direct) ModifySamlProperties(ctx context.Context, in *workspaces.ModifySamlPropertiesInput, options ...func(*workspaces.Options)) (*workspaces.ModifySamlPropertiesOutput, error) {
	return direct[workspaces.ModifySamlPropertiesOutput](ctx, d, "ModifySamlProperties", in, options)
}

// ModifySelfservicePermissions is that of the SDK's client.
func (d *Direct) ModifySelfservicePermissions(ctx context.Context, in *workspaces.ModifySelfservicePermissionsInput, options ...func(*workspaces.Options)) (*workspaces.ModifySelfservicePermissionsOutput, error) {
	return direct[workspaces.ModifySelfservicePermissionsOutput](ctx, d, "ModifySelfservicePermissions", in, options)
}

// ModifyStreamingProperties is that of the SDK's client.
func (d *Direct) ModifyStreamingProperties(ctx context.Context, in *workspaces.ModifyStreamingPropertiesInput, options ...func(*workspaces.Options)) (*workspaces.ModifyStreamingPropertiesOutput, error) {
	return direct[workspaces.ModifyStreamingPropertiesOutput](ctx, d, "ModifyStreamingProperties", in, options)
}

// ModifyWorkspaceAccessProperties is that of the SDK's client.
func (d *Direct) ModifyWorkspaceAccessProperties(ctx context.Context, in *workspaces.ModifyWorkspaceAccessPropertiesInput, options ...func(*workspaces.Options)) (*workspaces.ModifyWorkspaceAccessPropertiesOutput, error) {
	return direct[workspaces.ModifyWorkspaceAccessPropertiesOutput](ctx, d, "ModifyWorkspaceAccessProperties", in, options)
}

// ModifyWorkspaceCreationProperties is that of the SDK's client.
func (d *Direct) ModifyWorkspaceCreationProperties(ctx context.Context, in *workspaces.ModifyWorkspaceCreationPropertiesInput, options ...func(*workspaces.Options)) (*workspaces.ModifyWorkspaceCreationPropertiesOutput, error) {
	return direct[workspaces.ModifyWorkspaceCreationPropertiesOutput](ctx, d, "ModifyWorkspaceCreationProperties", in, options)
}

// ModifyWorkspaceProperties is that of the SDK's client.
func (d *Direct) ModifyWorkspaceProperties(ctx context.Context, in *workspaces.ModifyWorkspacePropertiesInput, options ...func(*workspaces.Options)) (*workspaces.ModifyWorkspacePropertiesOutput, error) {
	return direct[workspaces.ModifyWorkspacePropertiesOutput](ctx, d, "ModifyWorkspaceProperties", in, options)
}

// ModifyWorkspaceState is that of the SDK's client.
func (d *Direct) ModifyWorkspaceState(ctx context.Context, in *workspaces.ModifyWorkspaceStateInput, options ...func(*workspaces.Options)) (*workspaces.ModifyWorkspaceStateOutput, error) {
	return direct[workspaces.ModifyWorkspaceStateOutput](ctx, d, "ModifyWorkspaceState", in, options)
}

// RebootWorkspaces is that of the SDK's client.
func (d *Direct) RebootWorkspaces(ctx context.Context, in *workspaces.RebootWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.RebootWorkspacesOutput, error) {
	return direct[workspaces.RebootWorkspacesOutput](ctx, d, "RebootWorkspaces", in, options)
}

// RebuildWorkspaces is that of the SDK's client.
func (d *Direct) RebuildWorkspaces(ctx context.Context, in *workspaces.RebuildWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.RebuildWorkspacesOutput, error) {
	return direct[workspaces.RebuildWorkspacesOutput](ctx, d, "RebuildWorkspaces", in, options)
}

// RegisterWorkspaceDirectory is that of the SDK's client.
func (d *Direct) RegisterWorkspaceDirectory(ctx context.Context, in *workspaces.RegisterWorkspaceDirectoryInput, options ...func(*workspaces.Options)) (*workspaces.RegisterWorkspaceDirectoryOutput, error) {
	return direct[workspaces.RegisterWorkspaceDirectoryOutput](ctx, d, "RegisterWorkspaceDirectory", in, options)
}

// RejectAccountLinkInvitation is that of the SDK's client.
func (d *Direct) RejectAccountLinkInvitation(ctx context.Context, in *workspaces.RejectAccountLinkInvitationInput, options ...func(*workspaces.Options)) (*workspaces.RejectAccountLinkInvitationOutput, error) {
	return direct[workspaces.RejectAccountLinkInvitationOutput](ctx, d, "RejectAccountLinkInvitation", in, options)
}

// RestoreWorkspace is that of the SDK's client.
func (d *Direct) RestoreWorkspace(ctx context.Context, in *workspaces.RestoreWorkspaceInput, options ...func(*workspaces.Options)) (*workspaces.RestoreWorkspaceOutput, error) {
	return direct[workspaces.RestoreWorkspaceOutput](ctx, d, "RestoreWorkspace", in, options)
}

// RevokeIpRules is that of the SDK's client.
func (d *Direct) RevokeIpRules(ctx context.Context, in *workspaces.RevokeIpRulesInput, options ...func(*workspaces.Options)) (*workspaces.RevokeIpRulesOutput, error) {
	return direct[workspaces.RevokeIpRulesOutput](ctx, d, "RevokeIpRules", in, options)
}

// StartWorkspaces is that of the SDK's client.
func (d *Direct) StartWorkspaces(ctx context.Context, in *workspaces.StartWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.StartWorkspacesOutput, error) {
	return direct[workspaces.StartWorkspacesOutput](ctx, d, "StartWorkspaces", in, options)
}

// StartWorkspacesPool is that of the SDK's client.
func (d *Direct) StartWorkspacesPool(ctx context.Context, in *workspaces.StartWorkspacesPoolInput, options ...func(*workspaces.Options)) (*workspaces.StartWorkspacesPoolOutput, error) {
	return direct[workspaces.StartWorkspacesPoolOutput](ctx, d, "StartWorkspacesPool", in, options)
}

// StopWorkspaces is that of the SDK's client.
func (d *Direct) StopWorkspaces(ctx context.Context, in *workspaces.StopWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.StopWorkspacesOutput, error) {
	return direct[workspaces.StopWorkspacesOutput](ctx, d, "StopWorkspaces", in, options)
}

// StopWorkspacesPool is that of the SDK's client.
func (d *Direct) StopWorkspacesPool(ctx context.Context, in *workspaces.StopWorkspacesPoolInput, options ...func(*workspaces.Options)) (*workspaces.StopWorkspacesPoolOutput, error) {
	return direct[workspaces.StopWorkspacesPoolOutput](ctx, d, "StopWorkspacesPool", in, options)
}

// TerminateWorkspaces is that of the SDK's client.
func (d *Direct) TerminateWorkspaces(ctx context.Context, in *workspaces.TerminateWorkspacesInput, options ...func(*workspaces.Options)) (*workspaces.TerminateWorkspacesOutput, error) {
	return direct[workspaces.TerminateWorkspacesOutput](ctx, d, "TerminateWorkspaces", in, options)
}

// TerminateWorkspacesPool is that of the SDK's client.
func (d *Direct) TerminateWorkspacesPool(ctx context.Context, in *workspaces.TerminateWorkspacesPoolInput, options ...func(*workspaces.Options)) (*workspaces.TerminateWorkspacesPoolOutput, error) {
	return direct[workspaces.TerminateWorkspacesPoolOutput](ctx, d, "TerminateWorkspacesPool", in, options)
}

// TerminateWorkspacesPoolSession is that of the SDK's client.
func (d *Direct) TerminateWorkspacesPoolSession(ctx context.Context, in *workspaces.TerminateWorkspacesPoolSessionInput, options ...func(*workspaces.Options)) (*workspaces.TerminateWorkspacesPoolSessionOutput, error) {
	return direct[workspaces.TerminateWorkspacesPoolSessionOutput](ctx, d, "TerminateWorkspacesPoolSession", in, options)
}

// UpdateConnectClientAddIn is that of the SDK's client.
func (d *Direct) UpdateConnectClientAddIn(ctx context.Context, in *workspaces.UpdateConnectClientAddInInput, options ...func(*workspaces.Options)) (*workspaces.UpdateConnectClientAddInOutput, error) {
	return direct[workspaces.UpdateConnectClientAddInOutput](ctx, d, "UpdateConnectClientAddIn", in, options)
}

// UpdateConnectionAliasPermission is that of the SDK's client.
func (d *Direct) UpdateConnectionAliasPermission(ctx context.Context, in *workspaces.UpdateConnectionAliasPermissionInput, options ...func(*workspaces.Options)) (*workspaces.UpdateConnectionAliasPermissionOutput, error) {
	return direct[workspaces.UpdateConnectionAliasPermissionOutput](ctx, d, "UpdateConnectionAliasPermission", in, options)
}

// UpdateRulesOfIpGroup is that of the SDK's client.
func (d *Direct) UpdateRulesOfIpGroup(ctx context.Context, in *workspaces.UpdateRulesOfIpGroupInput, options ...func(*workspaces.Options)) (*workspaces.UpdateRulesOfIpGroupOutput, error) {
	return direct[workspaces.UpdateRulesOfIpGroupOutput](ctx, d, "UpdateRulesOfIpGroup", in, options)
}

// UpdateWorkspaceBundle is that of the SDK's client.
func (d *Direct) UpdateWorkspaceBundle(ctx context.Context, in *workspaces.UpdateWorkspaceBundleInput, options ...func(*workspaces.Options)) (*workspaces.UpdateWorkspaceBundleOutput, error) {
	return direct[workspaces.UpdateWorkspaceBundleOutput](ctx, d, "UpdateWorkspaceBundle", in, options)
}

// UpdateWorkspaceImagePermission is that of the SDK's client.
func (d *Direct) UpdateWorkspaceImagePermission(ctx context.Context, in *workspaces.UpdateWorkspaceImagePermissionInput, options ...func(*workspaces.Options)) (*workspaces.UpdateWorkspaceImagePermissionOutput, error) {
	return direct[workspaces.UpdateWorkspaceImagePermissionOutput](ctx, d, "UpdateWorkspaceImagePermission", in, options)
}

// UpdateWorkspacesPool is that of the SDK's client.
func (d *Direct) UpdateWorkspacesPool(ctx context.Context, in *workspaces.UpdateWorkspacesPoolInput, options ...func(*workspaces.Options)) (*workspaces.UpdateWorkspacesPoolOutput, error) {
	return direct[workspaces.UpdateWorkspacesPoolOutput](ctx, d, "UpdateWorkspacesPool", in, options)
}
