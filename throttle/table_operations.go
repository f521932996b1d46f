package throttle

import "github.com/wksgo/wks/rule"

// unbounded are the operations whose request lists what the call is about and for whose list
// the service model of service/workspaces v1.68.3 gives no bound, by name. Quotas of other
// kinds may bound them: IP groups of a directory, rules of a group, tags of a resource.
var unbounded = map[string]rule.Path{
	"AssociateIpGroups":       "GroupIds",
	"AuthorizeIpRules":        "UserRules",
	"CreateStandbyWorkspaces": "StandbyWorkspaces",
	"CreateTags":              "Tags",
	"DeleteTags":              "TagKeys",
	"DescribeIpGroups":        "GroupIds",
	"DisassociateIpGroups":    "GroupIds",
	"RevokeIpRules":           "UserRules",
	"UpdateRulesOfIpGroup":    "UserRules",
}
