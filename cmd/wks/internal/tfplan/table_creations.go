package tfplan

import "github.com/wksgo/wks/rule"

// A creation is the request with which a resource is created whose attributes are members of it, and
// have its names. hashicorp/aws 5.100.0 has aws_workspaces_connection_alias, of which a request is
// recorded; aws_workspaces_pool is of later versions, and awscc of another provider: theirs are from
// their documents.
type creation struct {
	operation string
	members   []creationMember
	since     since // the first version of hashicorp/aws that has it; that of awscc is not known
}

type creationMember struct {
	block, attribute string // block is "" for an attribute that is in none
	path             rule.Path
}

var (
	aliasMembers = []creationMember{{"", "connection_string", "ConnectionString"}}
	poolMembers  = []creationMember{
		{"", "bundle_id", "BundleId"},
		{"", "directory_id", "DirectoryId"},
		{"", "description", "Description"},
		{"", "pool_name", "PoolName"},
		{"", otherPoolName, "PoolName"}, // as one version of the provider has it
		{"", "running_mode", "RunningMode"},
		{"capacity", "desired_user_sessions", "Capacity.DesiredUserSessions"},
		{"application_settings", "status", "ApplicationSettings.Status"},
		{"application_settings", "settings_group", "ApplicationSettings.SettingsGroup"},
		{"timeout_settings", "disconnect_timeout_in_seconds", "TimeoutSettings.DisconnectTimeoutInSeconds"},
		{"timeout_settings", "idle_disconnect_timeout_in_seconds", "TimeoutSettings.IdleDisconnectTimeoutInSeconds"},
		{"timeout_settings", "max_user_duration_in_seconds", "TimeoutSettings.MaxUserDurationInSeconds"},
	}
)

// otherPoolName is an attribute of which no source that was read tells the version.
const otherPoolName = "name"

var creations = map[string]creation{
	"aws_workspaces_connection_alias":   {"CreateConnectionAlias", aliasMembers, withAliases},
	"awscc_workspaces_connection_alias": {"CreateConnectionAlias", aliasMembers, since{}},
	"aws_workspaces_pool":               {"CreateWorkspacesPool", poolMembers, withPools},
	"awscc_workspaces_workspaces_pool":  {"CreateWorkspacesPool", poolMembers, since{}},
}

// The shapes of creations have what their members name. Blocks are lists in hashicorp/aws, and
// objects in awscc: of them everything is read.
func init() {
	for typ, c := range creations {
		fields := map[string]*shape{}
		if typ[:4] == "aws_" {
			fields["region"], fields["tags"], fields["tags_all"] = text, tagMap, tagMap
		}
		for _, m := range c.members {
			switch {
			case m.block != "":
				fields[m.block] = &everything
			default:
				fields[m.attribute] = text
			}
		}
		shapes[typ] = fieldsOf(fields)
	}
}
