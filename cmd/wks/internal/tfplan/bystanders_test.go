package tfplan

import (
	"slices"
	"testing"
)

// What goes is asked about if something that stays uses it, and not if that goes with it.
func TestBystanders(t *testing.T) {
	const (
		gone   = `"delete"`
		stays  = `"no-op"`
		inUse  = "must tfplan.part-in-use "
		subnet = `{"id": "subnet-a", "vpc_id": "vpc-1"}`
		group  = `{"id": "wsipg-1", "rules": []}`
		ad     = `{"id": "d-906732325d"}`
		dir    = `{"id": "d-906732325d", "directory_id": "d-906732325d", "subnet_ids": ["subnet-a", "subnet-b"], "ip_group_ids": ["wsipg-1"]}`
		other  = `{"id": "d-906732325d", "directory_id": "d-906732325d", "subnet_ids": ["subnet-a", "subnet-b"], "ip_group_ids": []}`
		key    = `{"id": "1234abcd", "arn": "` + keyARN + `", "is_enabled": true}`
		off    = `{"id": "1234abcd", "arn": "` + keyARN + `", "is_enabled": false}`
	)
	desk := "{" + desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`, "root_volume_encryption_enabled", "true", "id", `"ws-1a2b3c4d5"`) + "}"
	goes := func(typ, name, values string) string { return change(typ, name, gone, values, "null", "{}") }
	is := func(typ, name, values string) string { return change(typ, name, stays, values, values, "{}") }
	for _, tt := range []struct {
		name string
		plan string
		want []string
	}{
		{"a subnet", planOf(goes("aws_subnet", "a", subnet), is("aws_workspaces_directory", "d", dir)), []string{inUse + "aws_subnet.a: "}},
		{"a subnet, and the directory", planOf(goes("aws_subnet", "a", subnet), goes("aws_workspaces_directory", "d", dir)), []string{"should tfplan.directory-replaced aws_workspaces_directory.d: "}},
		{"a group", planOf(goes("aws_workspaces_ip_group", "g", group), is("aws_workspaces_directory", "d", dir)), []string{inUse + "aws_workspaces_ip_group.g: "}},
		{"a group that the directory lets go", planOf(goes("aws_workspaces_ip_group", "g", group), change("aws_workspaces_directory", "d", `"update"`, dir, other, "{}")), nil},
		{"the directory itself", planOf(goes("aws_directory_service_directory", "ad", ad), is("aws_workspaces_directory", "d", dir)), []string{inUse + "aws_directory_service_directory.ad: "}},
		{"its registration", planOf(goes("aws_workspaces_directory", "d", dir), is("aws_workspaces_workspace", "w", desk)), []string{"must tfplan.directory-replaced aws_workspaces_directory.d: "}},
		{"a key", planOf(goes("aws_kms_key", "k", key), is("aws_workspaces_workspace", "w", desk)), []string{"must tfplan.key-in-use aws_kms_key.k: "}},
		{"a key, and the desktop", planOf(goes("aws_kms_key", "k", key), goes("aws_workspaces_workspace", "w", desk)), []string{"should tfplan.desktop-destroyed aws_workspaces_workspace.w: "}},
		{"a key under a desktop that is forgotten", planOf(goes("aws_kms_key", "k", key), change("aws_workspaces_workspace", "w", `"forget"`, desk, "null", "{}")), []string{"must tfplan.key-in-use aws_kms_key.k: "}},
		{"a key that is disabled", planOf(change("aws_kms_key", "k", `"update"`, key, off, "{}"), is("aws_workspaces_workspace", "w", desk)), []string{"must tfplan.key-in-use aws_kms_key.k: is_enabled"}},
		{"a key that is disabled already", planOf(change("aws_kms_key", "k", `"update"`, off, off, "{}"), is("aws_workspaces_workspace", "w", desk)), nil},
		{"a key of nobody", planOf(goes("aws_kms_key", "k", key)), nil},
	} {
		status, rep := reportOn(t, tt.plan)
		broken := slices.ContainsFunc(tt.want, func(s string) bool { return s[:4] == "must" })
		if got := rep.findings(); !slices.Equal(got, tt.want) || (status == exitBroken) != broken {
			t.Errorf("%s: status %d, %q, want %q", tt.name, status, got, tt.want)
		}
	}
}
