package bundles

import (
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Resource is a type of resource that has an ARN.
type Resource string

// The types of which the guide gives the ARN.
const (
	WorkspaceResource Resource = "workspace"
	BundleResource    Resource = "workspacebundle"
	IPGroupResource   Resource = "workspaceipgroup"
	DirectoryResource Resource = "directory"
)

// resources are the identifiers of each type; only their prefixes are looked at, for the
// guide's own examples are shorter than the service's identifiers.
var resources = []struct {
	resource Resource
	prefixes []string
}{
	{WorkspaceResource, []string{"ws-"}},
	{BundleResource, []string{"wsb-"}},
	{IPGroupResource, []string{"wsipg-"}},
	{DirectoryResource, []string{"d-", "wsd-"}},
}

// An ARN names a resource of WorkSpaces, in any partition (aws, aws-cn, aws-us-gov).
type ARN struct {
	Partition string
	Region    string
	AccountID string // twelve digits
	Resource  Resource
	ID        string // "*" for every resource of the type in the account and Region
}

// String returns the ARN: arn:aws:workspaces:us-east-2:123456789012:workspace/ws-0123456789.
func (a ARN) String() string {
	return "arn:" + a.Partition + ":workspaces:" + a.Region + ":" + a.AccountID + ":" + string(a.Resource) + "/" + a.ID
}

// ParseARN reads the ARN of a WorkSpace, a bundle, an IP group or a directory. Another text
// is a *rule.InputError that tells what is wrong; the identifier may be *, and else has the
// prefix of its type.
func ParseARN(s string) (ARN, error) {
	bad := func(reason string) (ARN, error) {
		return ARN{}, &rule.InputError{Path: "ARN", Value: s, Reason: reason}
	}
	parts := strings.SplitN(s, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" {
		return bad("is not an ARN")
	}
	if !partitionForm(parts[1]) {
		return bad("names no partition such as aws, aws-cn or aws-us-gov")
	}
	if parts[2] != "workspaces" {
		return bad("is not one of the service workspaces")
	}
	if !regionForm(parts[3]) {
		return bad("names no Region")
	}
	if len(parts[4]) != 12 || strings.Trim(parts[4], "0123456789") != "" {
		return bad("names no account of twelve digits")
	}
	kind, id, _ := strings.Cut(parts[5], "/")
	a := ARN{parts[1], parts[3], parts[4], Resource(kind), id}
	for _, r := range resources {
		if r.resource != a.Resource {
			continue
		}
		if id == "*" {
			return a, nil
		}
		for _, prefix := range r.prefixes {
			if rest, is := strings.CutPrefix(id, prefix); is && rest != "" && lowerAlnum(rest) {
				return a, nil
			}
		}
		return bad("has an identifier that does not start as one of its type")
	}
	return bad("names no type of resource that has an ARN")
}

// partitionForm accepts aws, and aws- with parts of lower-case letters.
func partitionForm(s string) bool {
	rest, is := strings.CutPrefix(s, "aws")
	return is && (rest == "" || rest[0] == '-' && regionForm(s))
}

// regionForm accepts parts of lower-case letters and digits with hyphens between them.
func regionForm(s string) bool {
	for part := range strings.SplitSeq(s, "-") {
		if part == "" || !lowerAlnum(part) {
			return false
		}
	}
	return strings.Contains(s, "-")
}

func lowerAlnum(s string) bool { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == "" }
