package bundles

import (
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A Resource is a type of resource that has an ARN.
type Resource string

// The types whose ARN the guide gives.
const (
	WorkspaceResource Resource = "workspace"
	BundleResource    Resource = "workspacebundle"
	IPGroupResource   Resource = "workspaceipgroup"
	DirectoryResource Resource = "directory"
)

// resources are the identifiers of each type. Only their prefixes are looked at, because the
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
	return facts.ARN{Partition: a.Partition, Service: service, Region: a.Region, Account: a.AccountID, Resource: string(a.Resource) + "/" + a.ID}.String()
}

const service = "workspaces"

// ParseARN reads the ARN of a WorkSpace, a bundle, an IP group or a directory. Another text
// is a *rule.InputError that tells what is wrong. The identifier is *, or has the prefix of
// its type.
func ParseARN(s string) (ARN, error) {
	bad := func(reason string) (ARN, error) {
		return ARN{}, &rule.InputError{Path: "ARN", Value: s, Reason: reason}
	}
	arn, ok := facts.ParseARN(s)
	switch {
	case !ok:
		return bad("is not an ARN")
	case !facts.IsPartition(arn.Partition):
		return bad("names no partition such as aws, aws-cn or aws-us-gov")
	case arn.Service != service:
		return bad("is not one of the service workspaces")
	case !facts.IsRegion(arn.Region):
		return bad("names no Region")
	case !facts.IsAccount(arn.Account):
		return bad("names no account of twelve digits")
	}
	kind, id, _ := strings.Cut(arn.Resource, "/")
	a := ARN{arn.Partition, arn.Region, arn.Account, Resource(kind), id}
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

func lowerAlnum(s string) bool { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == "" }
