package wkstest

import (
	"reflect"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// Most of what a server writes are WorkSpaces, so they are written member by member, in the order of the SDK's fields,
// which takes a third of the time. A test that fills in every field of the SDK finds one that is missing here.

// appendWorkspace is appendStruct for a WorkSpace.
func appendWorkspace(b []byte, w *types.Workspace) []byte {
	b = append(b, '{')
	b = appendText(b, `"BundleId":`, w.BundleId)
	b = appendText(b, `"ComputerName":`, w.ComputerName)
	b = appendRare(b, `"DataReplicationSettings":`, w.DataReplicationSettings != nil, &w.DataReplicationSettings)
	b = appendText(b, `"DirectoryId":`, w.DirectoryId)
	b = appendText(b, `"ErrorCode":`, w.ErrorCode)
	b = appendText(b, `"ErrorMessage":`, w.ErrorMessage)
	b = appendText(b, `"IpAddress":`, w.IpAddress)
	b = appendText(b, `"Ipv6Address":`, w.Ipv6Address)
	b = appendRare(b, `"ModificationStates":`, w.ModificationStates != nil, &w.ModificationStates)
	b = appendRare(b, `"RelatedWorkspaces":`, w.RelatedWorkspaces != nil, &w.RelatedWorkspaces)
	b = appendBool(b, `"RootVolumeEncryptionEnabled":`, w.RootVolumeEncryptionEnabled)
	b = appendRare(b, `"StandbyWorkspacesProperties":`, w.StandbyWorkspacesProperties != nil, &w.StandbyWorkspacesProperties)
	b = appendEnum(b, `"State":`, string(w.State))
	b = appendText(b, `"SubnetId":`, w.SubnetId)
	b = appendText(b, `"UserName":`, w.UserName)
	b = appendBool(b, `"UserVolumeEncryptionEnabled":`, w.UserVolumeEncryptionEnabled)
	b = appendText(b, `"VolumeEncryptionKey":`, w.VolumeEncryptionKey)
	b = appendText(b, `"WorkspaceId":`, w.WorkspaceId)
	b = appendText(b, `"WorkspaceName":`, w.WorkspaceName)
	if w.WorkspaceProperties != nil {
		b = appendProperties(appendKey(b, `"WorkspaceProperties":`), w.WorkspaceProperties)
	}
	return append(b, '}')
}

// appendProperties is appendStruct for what WorkSpaces have in common.
func appendProperties(b []byte, p *types.WorkspaceProperties) []byte {
	b = append(b, '{')
	b = appendEnum(b, `"ComputeTypeName":`, string(p.ComputeTypeName))
	b = appendRare(b, `"GlobalAccelerator":`, p.GlobalAccelerator != nil, &p.GlobalAccelerator)
	b = appendEnum(b, `"OperatingSystemName":`, string(p.OperatingSystemName))
	b = appendRare(b, `"Protocols":`, p.Protocols != nil, &p.Protocols)
	b = appendNumber(b, `"RootVolumeSizeGib":`, p.RootVolumeSizeGib)
	b = appendEnum(b, `"RunningMode":`, string(p.RunningMode))
	b = appendNumber(b, `"RunningModeAutoStopTimeoutInMinutes":`, p.RunningModeAutoStopTimeoutInMinutes)
	b = appendNumber(b, `"UserVolumeSizeGib":`, p.UserVolumeSizeGib)
	return append(b, '}')
}

// appendKey begins a member.
func appendKey(b []byte, key string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(b, key...)
}

func appendText(b []byte, key string, s *string) []byte {
	if s == nil {
		return b
	}
	return appendString(appendKey(b, key), *s)
}

func appendEnum(b []byte, key, s string) []byte {
	if s == "" {
		return b
	}
	return appendString(appendKey(b, key), s)
}

func appendBool(b []byte, key string, v *bool) []byte {
	if v == nil {
		return b
	}
	return strconv.AppendBool(appendKey(b, key), *v)
}

func appendNumber(b []byte, key string, n *int32) []byte {
	if n == nil {
		return b
	}
	return strconv.AppendInt(appendKey(b, key), int64(*n), 10)
}

// appendRare appends a member of another shape.
func appendRare(b []byte, key string, there bool, v any) []byte {
	if !there {
		return b
	}
	return appendJSON(appendKey(b, key), reflect.ValueOf(v))
}
