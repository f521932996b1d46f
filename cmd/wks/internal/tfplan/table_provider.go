package tfplan

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// measured is the version of hashicorp/aws whose requests testdata/recordings has. What the tables of
// this file say was read from its schema, and from those requests; see tfrecord. Since when it is so was read in the
// changelog and the source of the provider at the tags that are named, and in bindings that were made from the schemas of
// its versions.
const measured = "5.100.0"

// droppedTags is the beginning of the keys of tags that the provider does not send, of any resource.
const droppedTags = "aws:"

// The versions with which something came.
var (
	withIPGroups    = inChangelog("2.42.0", "#10904")
	withDirectories = inChangelog("2.44.0", "#11023")
	withWorkspaces  = inChangelog("2.62.0", "#11608, and its source")
	withoutMinutes  = inChangelog("3.5.0", "#13976")
	withTimeouts    = inChangelog("3.15.0", "#15479")
	withDefaultTags = inSource("3.38.0", "aws/resource_aws_workspaces_*.go")
	withTagsFirst   = inSource("4.62.0", "internal/provider/intercept.go")
	withAliases     = inChangelog("5.9.0", "#32482")
	withPoolsOfType = inSchema("5.98.0", "@cdktf/provider-aws 19.64.0; 19.63.0, of 5.97.0, does not have it")
	withPools       = inChangelog("6.54.0", "#42678")
)

// A sending is what the provider makes of an attribute of aws_workspaces_workspace.
type sending struct {
	attribute string // in the block workspace_properties, or above it
	member    string // of the API that it sets
	inBlock   bool
	since     since // the first version that has the attribute, and does what follows

	// byDefault is what the provider takes if the block is there and the configuration leaves the
	// attribute out, whatever the bundle has; nil if it takes none.
	byDefault any
	// missing is what CreateWorkspaces gets if the configuration leaves out an attribute that has no
	// default; nil is nothing. On update the provider keeps what it found.
	missing any
	// onlyWith is the running mode without which the attribute is not sent, on update since it is there, and on create
	// since onlyWithSince: before, it was sent on create with each running mode, as 0 if it was left out.
	onlyWith      types.RunningMode
	onlyWithSince since
	// order is the place among the calls of ModifyWorkspaceProperties on update, each of which
	// has one attribute, from 1, which is that of the list; 0 is an attribute whose change replaces
	// the desktop.
	order int
}

// sendings are those of provider 5.100.0. Without a block workspace_properties, CreateWorkspaces has
// no WorkspaceProperties at all, and the bundle's count; a block that goes from the configuration
// changes nothing.
var sendings = []sending{
	{attribute: "bundle_id", member: "BundleId", since: withWorkspaces},
	{attribute: "directory_id", member: "DirectoryId", since: withWorkspaces},
	{attribute: "user_name", member: "UserName", since: withWorkspaces},
	{attribute: "root_volume_encryption_enabled", member: "RootVolumeEncryptionEnabled", since: withWorkspaces, byDefault: false},
	{attribute: "user_volume_encryption_enabled", member: "UserVolumeEncryptionEnabled", since: withWorkspaces, byDefault: false},
	{attribute: "volume_encryption_key", member: "VolumeEncryptionKey", since: withWorkspaces},
	{attribute: "compute_type_name", member: "ComputeTypeName", inBlock: true, since: withWorkspaces, byDefault: string(types.ComputeValue), order: 1},
	{attribute: "root_volume_size_gib", member: "RootVolumeSizeGib", inBlock: true, since: withWorkspaces, byDefault: int32(80), order: 2},
	{attribute: "running_mode", member: "RunningMode", inBlock: true, since: withWorkspaces, byDefault: string(types.RunningModeAlwaysOn), order: 3},
	{attribute: "running_mode_auto_stop_timeout_in_minutes", member: "RunningModeAutoStopTimeoutInMinutes", inBlock: true, since: withWorkspaces,
		missing: int32(0), onlyWith: types.RunningModeAutoStop, onlyWithSince: withoutMinutes, order: 4},
	{attribute: "user_volume_size_gib", member: "UserVolumeSizeGib", inBlock: true, since: withWorkspaces, byDefault: int32(10), order: 5},
}

// tagged are the resources whose tags are sent, and since when those that start with droppedTags are not: since they
// have tags.
var tagged = map[string]since{
	"aws_workspaces_workspace":        withWorkspaces,
	"aws_workspaces_directory":        withDirectories,
	"aws_workspaces_ip_group":         withIPGroups,
	"aws_workspaces_connection_alias": withAliases,
	"aws_workspaces_pool":             withPools,
}

// A waiting is how long the provider waits for an operation on a desktop unless a block timeouts tells, since a version.
type waiting struct {
	operation words
	waits     time.Duration
	since     since
}

// waitings are in the order of versions. The block timeouts is there withTimeouts.
var waitings = []waiting{
	{"create", 25 * time.Minute, withWorkspaces},
	{"create", 30 * time.Minute, inSource("2.64.0", "aws/internal/service/workspaces/waiter/waiter.go")},
	{"update", 10 * time.Minute, withWorkspaces},
	{"delete", 10 * time.Minute, withWorkspaces},
}

// A parameter is what the provider makes of an attribute, or of a block, of a resource that is no desktop.
type parameter struct {
	attribute string // "" for what no attribute sets
	member    string // of the requests
	create    string // the operation that sends it on create
	update    string // the operation that sends a change; "" if a change replaces the resource
	byDefault any    // nil if it takes none
	since     since
	unseen    bool // no recording has it: it was read in the source of 6.x, and in the schema of 5.100.0
}

// parameters are in the order of the calls, on create and on update. Before them all an update sends tags; see tagged.
// What has no default is sent if the attribute, or the block, is there.
var parameters = map[string][]parameter{
	"aws_workspaces_directory": {
		{attribute: "directory_id", member: "DirectoryId", create: "RegisterWorkspaceDirectory", since: withDirectories},
		{attribute: "subnet_ids", member: "SubnetIds", create: "RegisterWorkspaceDirectory", since: withDirectories},
		{attribute: "workspace_type", member: "WorkspaceType", create: "RegisterWorkspaceDirectory", byDefault: string(types.WorkspaceTypePersonal), since: withPoolsOfType},
		{attribute: "workspace_directory_name", member: "WorkspaceDirectoryName", create: "RegisterWorkspaceDirectory", since: withPoolsOfType, unseen: true},
		{attribute: "workspace_directory_description", member: "WorkspaceDirectoryDescription", create: "RegisterWorkspaceDirectory", since: withPoolsOfType, unseen: true},
		{attribute: "user_identity_type", member: "UserIdentityType", create: "RegisterWorkspaceDirectory", since: withPoolsOfType, unseen: true},
		{attribute: "active_directory_config", member: "ActiveDirectoryConfig", create: "RegisterWorkspaceDirectory", since: withPoolsOfType, unseen: true},
		{member: "EnableSelfService", create: "RegisterWorkspaceDirectory", byDefault: false, since: withDirectories},
		{member: "Tenancy", create: "RegisterWorkspaceDirectory", byDefault: string(types.TenancyShared), since: withDirectories},
		{attribute: "tenancy", member: "Tenancy", create: "RegisterWorkspaceDirectory", since: inChangelog("6.25.0", "#43134")},
		{attribute: "saml_properties", member: "SamlProperties", create: "ModifySamlProperties", update: "ModifySamlProperties", since: inChangelog("5.72.0", "#39060")},
		{attribute: "certificate_based_auth_properties", member: "CertificateBasedAuthProperties", create: "ModifyCertificateBasedAuthProperties", update: "ModifyCertificateBasedAuthProperties", since: withPoolsOfType, unseen: true},
		{attribute: "self_service_permissions", member: "SelfservicePermissions", create: "ModifySelfservicePermissions", update: "ModifySelfservicePermissions", since: withDirectories},
		{attribute: "workspace_access_properties", member: "WorkspaceAccessProperties", create: "ModifyWorkspaceAccessProperties", update: "ModifyWorkspaceAccessProperties", since: inChangelog("3.24.0", "#16688")},
		{attribute: "workspace_creation_properties", member: "WorkspaceCreationProperties", create: "ModifyWorkspaceCreationProperties", update: "ModifyWorkspaceCreationProperties", since: inChangelog("3.11.0", "#14577")},
		{attribute: "ip_group_ids", member: "GroupIds", create: "AssociateIpGroups", update: "AssociateIpGroups, then DisassociateIpGroups", since: inChangelog("3.17.0", "#14451")},
	},
	"aws_workspaces_ip_group": {
		{attribute: "name", member: "GroupName", create: "CreateIpGroup", since: withIPGroups},
		{attribute: "description", member: "GroupDesc", create: "CreateIpGroup", byDefault: "", since: withIPGroups},
		{attribute: "rules", member: "UserRules", create: "CreateIpGroup", update: "UpdateRulesOfIpGroup", since: withIPGroups},
	},
}
