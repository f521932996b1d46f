package tfplan

import (
	"strings"
	"testing"
)

// What a plan does to desktops, and to what they need, is told with what changes and who uses it.
func TestTellOfDesktops(t *testing.T) {
	const (
		w, v    = "aws_workspaces_workspace.w", "aws_workspaces_workspace.v"
		is      = `"id": "ws-1", "region": "us-west-2", "bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"`
		goes    = "the desktop ws-1 is destroyed, with everything on its root and user volume"
		kept    = `{"id": "d-906732325d", "directory_id": "d-906732325d", "region": "us-west-2", "subnet_ids": ["subnet-a"], "ip_group_ids": ["wsipg-1"]}`
		stopped = "they can no longer be started, restarted or rebuilt"
		gone    = "is destroyed, and is in use by what stays: aws_workspaces_directory.d"
	)
	replaced := func(after, unknown string, more ...string) string {
		return planOf(change("aws_workspaces_workspace", "w", `"delete", "create"`, "{"+is+"}", "{"+after+"}", "{"+unknown+"}", more...))
	}
	two := strings.Replace(strings.Replace(is, "wsb-b0s22j3d7", "wsb-gm4d5tx2v", 1), `"x"`, `"y"`, 1)
	paths := func(list string) string { return `"replace_paths": [` + list + "]" }
	directory := func(action, after string) string {
		return change("aws_workspaces_directory", "d", action, kept, after, "{}")
	}
	group := destroyed("aws_workspaces_ip_group", "g", `"id": "wsipg-1", "rules": []`)
	key := `"id": "k", "arn": "` + keyARN + `", "region": "eu-west-1"`
	uses := func(action, after string) string {
		return change("aws_workspaces_workspace", "w", action, "{"+desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`, "root_volume_encryption_enabled", "true")+"}", after, "{}")
	}
	stay := uses(`"no-op"`, "{"+desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`)+"}")
	disabled := func(unknown string) string {
		return change("aws_kms_key", "k", `"update"`, "{"+key+`, "is_enabled": true}`, "{"+key+`, "is_enabled": false}`, unknown)
	}
	launch := func(more string) string { return created("aws_workspaces_workspace", "w", is+more) }
	registration := func(name, values string, unknown ...string) string {
		return created("aws_workspaces_directory", name, `"tags_all": {}, `+values, unknown...)
	}
	ad := created("aws_directory_service_directory", "ad", `"region": "us-west-2"`, "id")
	late := created("aws_workspaces_workspace", "w", `"bundle_id": "wsb-b0s22j3d7", "user_name": "x", "region": "us-west-2"`, "directory_id")
	in := func(ref string, more ...string) string {
		return configOf(strings.Join(append(more, configured("aws_workspaces_workspace", "w", "directory_id", refs(ref))), ", "))
	}
	keyToCome := func(region string) string {
		return planWith(configOf(configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k.arn"))), "[]",
			created("aws_kms_key", "k", `"region": "`+region+`"`, "arn"), created("aws_workspaces_workspace", "w", is+`, "root_volume_encryption_enabled": true`, "volume_encryption_key"))
	}
	tell(t, []told{
		// Desktops that go.
		{"destroyed", planOf(destroyed("aws_workspaces_workspace", "w", is)), w, []string{"delete ", goes + "\n"}, []string{"launched"}},
		{"replaced by two attributes", replaced(two, "", paths(`["bundle_id"], ["user_name"]`)), w, []string{goes + `, and a new one is launched: bundle_id changes from "wsb-b0s22j3d7" to "wsb-gm4d5tx2v"; user_name changes from "x" to "y"` + "\n"}, nil},
		{"replaced by what is not known", replaced(`"user_name": "x"`, `"bundle_id": true`, paths(`["bundle_id"]`)), w, []string{`bundle_id changes from "wsb-b0s22j3d7" to what is not known until apply`}, nil},
		{"replaced by what is sensitive", replaced(two, "", paths(`["bundle_id"]`), `"after_sensitive": {"bundle_id": true}`), w, []string{"bundle_id changes; its values are sensitive"}, []string{"wsb-gm4d5tx2v\" "}},
		{"replaced by what was sensitive", replaced(two, "", paths(`["bundle_id"]`), `"before_sensitive": {"bundle_id": true}`), w, []string{"bundle_id changes; its values are sensitive"}, []string{"wsb-b0s22j3d7"}},
		{"of an id that is sensitive", replaced(two, "", paths(`["bundle_id"]`), `"before_sensitive": {"id": true}`), w, []string{"the desktop, whose id is sensitive, is destroyed"}, []string{"ws-1"}},
		{"for a reason", strings.Replace(replaced(is, ""), `"change"`, `"action_reason": "replace_by_request", "change"`, 1), w, []string{goes + ", and a new one is launched: replace by request\n"}, nil},
		{"for a reason, and by an attribute", strings.Replace(replaced(two, "", paths(`["bundle_id"]`)), `"change"`, `"action_reason": "replace_because_cannot_update", "change"`, 1), w, []string{"launched: bundle_id changes"}, []string{"cannot update"}},
		{"forgotten", planOf(change("aws_workspaces_workspace", "w", `"forget"`, "{"+is+"}", "null", "{}")), w, []string{"the WorkSpace stays, and Terraform forgets it"}, []string{"destroyed"}},

		// Keys.
		{"a key that goes", planOf(stay, destroyed("aws_kms_key", "k", key)), "aws_kms_key.k", []string{"tfplan.key-in-use aws_kms_key.k : the key is scheduled for deletion, and disabled until then, and WorkSpaces that stay use it (1): " + stopped + ": " + w}, nil},
		{"a key that is disabled", planOf(stay, disabled("{}")), "aws_kms_key.k", []string{"tfplan.key-in-use aws_kms_key.k is_enabled: the key is disabled, and WorkSpaces that stay use it (1)"}, []string{"deletion"}},
		{"a key that may be disabled", planOf(stay, disabled(`{"is_enabled": true}`)), "aws_kms_key.k", nil, nil},
		{"a key that is replaced", planOf(stay, change("aws_kms_key", "k", `"delete", "create"`, "{"+key+"}", `{"region": "eu-west-1"}`, "{}")), "aws_kms_key.k", []string{"is scheduled for deletion"}, nil},
		{"a key that stays", planOf(stay, stays("aws_kms_key", "k", key)), "aws_kms_key.k", nil, nil},
		{"a desktop that is created", planOf(uses(`"create"`, "{"+desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`)+"}"), destroyed("aws_kms_key", "k", key)), "aws_kms_key.k", nil, nil},
		{"a key that goes with a deposed object", planOf(stay, strings.Replace(destroyed("aws_kms_key", "k", key), `"change"`, `"deposed": "deadbeef", "change"`, 1)), "aws_kms_key.k", nil, nil},

		{"a key to come, in another Region", keyToCome("us-east-1"), w, []string{"encryption.key-in-other-region " + w + " volume_encryption_key: aws_kms_key.k.arn is in another Region than the WorkSpace"}, nil},
		{"a key to come, in the same Region", keyToCome("us-west-2"), w, nil, []string{"other-region", "neither is its Region"}},
		{"a key to come, whose Region is not told", keyToCome(""), w, nil, []string{"other-region", "neither is its Region"}},
		{"a key to come, of which no Region is told", strings.ReplaceAll(keyToCome(""), "us-west-2", ""), w, []string{"volume_encryption_key: not known until apply, and neither is its Region"}, nil},

		// Directories and what they use.
		{"a directory that goes", planOf(directory(`"delete"`, "null"), stays("aws_workspaces_workspace", "w", is)), "aws_workspaces_directory.d", []string{"the directory is deregistered, and WorkSpaces stay in it: " + w}, nil},
		{"a directory that goes with its desktops", planOf(directory(`"delete"`, "null"), destroyed("aws_workspaces_workspace", "w", is)), "aws_workspaces_directory.d", []string{"the directory is deregistered from WorkSpaces"}, []string{"stay in it"}},
		{"a subnet", planOf(directory(`"no-op"`, kept), destroyed("aws_subnet", "a", `"id": "subnet-a"`)), "aws_subnet.a", []string{gone}, nil},
		{"a default subnet that is replaced", planOf(directory(`"no-op"`, kept), change("aws_default_subnet", "a", `"delete", "create"`, `{"id": "subnet-a"}`, "{}", "{}")), "aws_default_subnet.a", []string{gone}, nil},
		{"a subnet of a directory that only the state has, as with -target", planWith("{}", "["+strings.Replace(strings.Replace(dataOf("aws_workspaces_directory", "d", kept[1:len(kept)-1]), `"data"`, `"managed"`, 1), "data.", "", 1)+"]", destroyed("aws_subnet", "a", `"id": "subnet-a"`)), "aws_subnet.a", []string{gone}, nil},
		{"another subnet", planOf(directory(`"no-op"`, kept), destroyed("aws_subnet", "b", `"id": "subnet-b"`)), "aws_subnet.b", nil, nil},
		{"a subnet that stays", planOf(directory(`"no-op"`, kept), stays("aws_subnet", "a", `"id": "subnet-a"`)), "aws_subnet.a", nil, nil},
		{"a group", planOf(directory(`"no-op"`, kept), group), "aws_workspaces_ip_group.g", []string{gone}, nil},
		{"a group, and the directory is forgotten", planOf(directory(`"forget"`, "null"), group), "aws_workspaces_ip_group.g", []string{gone}, nil},
		{"a group that the directory keeps", planOf(directory(`"update"`, kept), group), "aws_workspaces_ip_group.g", []string{gone}, nil},
		{"a group that the directory gives up", planOf(directory(`"update"`, strings.Replace(kept, `["wsipg-1"]`, `["wsipg-2"]`, 1)), group), "aws_workspaces_ip_group.g", nil, []string{gone}},
		{"a group of which the update does not tell", planOf(directory(`"update"`, strings.Replace(kept, `["wsipg-1"]`, "null", 1)), group), "aws_workspaces_ip_group.g", []string{gone}, nil},

		// The directory of a desktop that is launched.
		{"registered elsewhere", planOf(launch(""), registration("d", `"directory_id": "d-906732325d", "region": "us-east-1"`)), w, []string{"tfplan.directory-in-other-region aws_workspaces_workspace.w directory_id: the WorkSpace is in us-west-2, and aws_workspaces_directory.d is in us-east-1"}, nil},
		{"registered there", planOf(launch(""), registration("d", `"directory_id": "d-906732325d", "region": "us-west-2"`)), w, nil, []string{"directory-in"}},
		{"registered in a Region that is not known", planOf(launch(""), registration("d", `"directory_id": "d-906732325d"`)), w, nil, []string{"directory-in"}},
		{"another registration", planOf(launch(""), registration("d", `"directory_id": "d-906732325e", "region": "us-east-1"`)), w, nil, []string{"directory-"}},
		{"the first of two", planOf(launch(""), registration("d", `"directory_id": "d-906732325d", "region": "us-west-2"`), registration("e", `"directory_id": "d-906732325d", "region": "us-east-1"`)), w, nil, []string{"directory-in"}},
		{"not registered", planWith(in("aws_directory_service_directory.ad.id"), "[]", late, ad), w, []string{"tfplan.directory-unregistered aws_workspaces_workspace.w directory_id: aws_directory_service_directory.ad is created, and no aws_workspaces_directory registers it"}, nil},
		{"not registered, and it is there", planWith(in("aws_directory_service_directory.ad.id"), "[]", late, stays("aws_directory_service_directory", "ad", `"id": "d-906732325d"`)), w, nil, []string{"unregistered"}},
		{"one is registered, and not known which", planWith(in("aws_directory_service_directory.ad.id", configured("aws_workspaces_directory", "d", "directory_id", refs("local.d"))), "[]", late, ad, registration("d", `"region": "us-west-2"`, "directory_id")), w,
			[]string{"whether aws_directory_service_directory.ad is registered: which directory an aws_workspaces_directory registers is not known until apply"}, []string{"unregistered"}},
		{"registered", planWith(in("aws_directory_service_directory.ad.id", configured("aws_workspaces_directory", "d", "directory_id", refs("aws_directory_service_directory.ad.id"))), "[]", late, ad, registration("d", `"region": "us-west-2"`, "directory_id")), w, nil, []string{"registered"}},
		{"by way of a local", planWith(in("local.d"), "[]", late, ad), w, []string{"user or directory are not known until apply"}, []string{"unregistered"}},

		// Users.
		{"another of the user", planOf(launch(""), created("aws_workspaces_workspace", "v", is)), w, []string{"is the user of " + v + " in the same directory"}, nil},
		{"another of the user that goes", planOf(launch(""), destroyed("aws_workspaces_workspace", "v", is)), w, nil, []string{"is the user of"}},
	})
}
