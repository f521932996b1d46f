package tfplan

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// measured is the version of hashicorp/aws whose requests testdata/recordings has. What the tables of
// this file say was read from its schema, and from those requests; see tfrecord.
const measured = "5.100.0"

// droppedTags is the beginning of the keys of tags that the provider does not send, of any resource.
const droppedTags = "aws:"

// A sending is what the provider makes of an attribute of aws_workspaces_workspace.
type sending struct {
	attribute string // in the block workspace_properties, or above it
	member    string // of the API that it sets
	inBlock   bool

	// byDefault is what the provider takes if the block is there and the configuration leaves the
	// attribute out, whatever the bundle has; nil if it takes none.
	byDefault any
	// missing is what CreateWorkspaces gets if the configuration leaves out an attribute that has no
	// default; nil is nothing. On update the provider keeps what it found.
	missing any
	// onlyWith is the running mode without which the attribute is not sent, on create and on update.
	onlyWith types.RunningMode
	// order is the place among the calls of ModifyWorkspaceProperties on update, each of which
	// has one attribute, from 1, which is that of the list; 0 is an attribute whose change replaces
	// the desktop.
	order int
}

// sendings are those of provider 5.100.0. Without a block workspace_properties, CreateWorkspaces has
// no WorkspaceProperties at all, and the bundle's count; a block that goes from the configuration
// changes nothing.
var sendings = []sending{
	{attribute: "bundle_id", member: "BundleId"},
	{attribute: "directory_id", member: "DirectoryId"},
	{attribute: "user_name", member: "UserName"},
	{attribute: "root_volume_encryption_enabled", member: "RootVolumeEncryptionEnabled", byDefault: false},
	{attribute: "user_volume_encryption_enabled", member: "UserVolumeEncryptionEnabled", byDefault: false},
	{attribute: "volume_encryption_key", member: "VolumeEncryptionKey"},
	{attribute: "compute_type_name", member: "ComputeTypeName", inBlock: true, byDefault: string(types.ComputeValue), order: 1},
	{attribute: "root_volume_size_gib", member: "RootVolumeSizeGib", inBlock: true, byDefault: int32(80), order: 2},
	{attribute: "running_mode", member: "RunningMode", inBlock: true, byDefault: string(types.RunningModeAlwaysOn), order: 3},
	{attribute: "running_mode_auto_stop_timeout_in_minutes", member: "RunningModeAutoStopTimeoutInMinutes", inBlock: true,
		missing: int32(0), onlyWith: types.RunningModeAutoStop, order: 4},
	{attribute: "user_volume_size_gib", member: "UserVolumeSizeGib", inBlock: true, byDefault: int32(10), order: 5},
}
