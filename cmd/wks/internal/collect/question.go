package collect

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	tagtypes "github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/types"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/throttle"
)

// A question is what one file answers.
type question struct {
	file   string
	member string // the list in the file; "" if the file is one value
	action string // that IAM must allow, by which the service is known as well
	ask    asker
}

// An asker asks AWS, and adds each element of the list, or the one value.
type asker func(ctx context.Context, c *clients, add func(any) error) error

// network are the questions about the network and the AMIs of a Region.
var network = []question{
	{"describe-vpcs.json", "Vpcs", "ec2:DescribeVpcs", func(ctx context.Context, c *clients, add func(any) error) error {
		return pages(ctx, ec2.NewDescribeVpcsPaginator(c.ec2, nil), func(o *ec2.DescribeVpcsOutput) []ec2types.Vpc { return o.Vpcs }, add)
	}},
	{"describe-subnets.json", "Subnets", "ec2:DescribeSubnets", func(ctx context.Context, c *clients, add func(any) error) error {
		return pages(ctx, ec2.NewDescribeSubnetsPaginator(c.ec2, nil), func(o *ec2.DescribeSubnetsOutput) []ec2types.Subnet { return o.Subnets }, add)
	}},
	{routeTables, "RouteTables", "ec2:DescribeRouteTables", func(ctx context.Context, c *clients, add func(any) error) error {
		return pages(ctx, ec2.NewDescribeRouteTablesPaginator(c.ec2, nil), func(o *ec2.DescribeRouteTablesOutput) []ec2types.RouteTable { return o.RouteTables }, add)
	}},
	{"describe-managed-prefix-lists.json", "PrefixLists", "ec2:DescribeManagedPrefixLists", func(ctx context.Context, c *clients, add func(any) error) error {
		return pages(ctx, ec2.NewDescribeManagedPrefixListsPaginator(c.ec2, nil), func(o *ec2.DescribeManagedPrefixListsOutput) []ec2types.ManagedPrefixList { return o.PrefixLists }, add)
	}},
	{securityGroups, "SecurityGroups", "ec2:DescribeSecurityGroups", func(ctx context.Context, c *clients, add func(any) error) error {
		return pages(ctx, ec2.NewDescribeSecurityGroupsPaginator(c.ec2, nil), func(o *ec2.DescribeSecurityGroupsOutput) []ec2types.SecurityGroup { return o.SecurityGroups }, add)
	}},
	{"describe-images.json", "Images", "ec2:DescribeImages", func(ctx context.Context, c *clients, add func(any) error) error {
		own := &ec2.DescribeImagesInput{Owners: []string{"self"}}
		return pages(ctx, ec2.NewDescribeImagesPaginator(c.ec2, own), func(o *ec2.DescribeImagesOutput) []ec2types.Image { return o.Images }, add)
	}},
	{"describe-import-image-tasks.json", "ImportImageTasks", "ec2:DescribeImportImageTasks", func(ctx context.Context, c *clients, add func(any) error) error {
		return pages(ctx, ec2.NewDescribeImportImageTasksPaginator(c.ec2, nil), func(o *ec2.DescribeImportImageTasksOutput) []ec2types.ImportImageTask { return o.ImportImageTasks }, add)
	}},
}

// desktops are the questions about WorkSpaces.
var desktops = []question{
	{"describe-account.json", "", "workspaces:DescribeAccount", func(ctx context.Context, c *clients, add func(any) error) error {
		out, err := c.workspaces.DescribeAccount(ctx, nil)
		if err != nil {
			return err
		}
		return add(out)
	}},
	{"describe-workspace-directories.json", "Directories", "workspaces:DescribeWorkspaceDirectories", listed((*workspaces.Client).DescribeWorkspaceDirectories, func(o *workspaces.DescribeWorkspaceDirectoriesOutput) []types.WorkspaceDirectory {
		return o.Directories
	})},
	{"describe-ip-groups.json", "Result", "workspaces:DescribeIpGroups", listed((*workspaces.Client).DescribeIpGroups, func(o *workspaces.DescribeIpGroupsOutput) []types.WorkspacesIpGroup { return o.Result })},
	{"describe-workspace-bundles.json", "Bundles", "workspaces:DescribeWorkspaceBundles", listed((*workspaces.Client).DescribeWorkspaceBundles, func(o *workspaces.DescribeWorkspaceBundlesOutput) []types.WorkspaceBundle { return o.Bundles },
		&workspaces.DescribeWorkspaceBundlesInput{}, // without an owner, the account's own bundles alone
		&workspaces.DescribeWorkspaceBundlesInput{Owner: new("AMAZON")})},
	{"describe-workspace-images.json", "Images", "workspaces:DescribeWorkspaceImages", listed((*workspaces.Client).DescribeWorkspaceImages, func(o *workspaces.DescribeWorkspaceImagesOutput) []types.WorkspaceImage { return o.Images })},
	{workspacesFile, "Workspaces", "workspaces:DescribeWorkspaces", listed((*workspaces.Client).DescribeWorkspaces, func(o *workspaces.DescribeWorkspacesOutput) []types.Workspace { return o.Workspaces })},
}

// The files from which further questions come.
const (
	routeTables    = "describe-route-tables.json"
	securityGroups = "describe-security-groups.json"
	workspacesFile = "describe-workspaces.json"
)

// tags asks for the tags of all WorkSpaces, 100 in a call. WorkSpaces that never had one are not told.
var tags = question{"get-resources.json", "ResourceTagMappingList", "tag:GetResources", func(ctx context.Context, c *clients, add func(any) error) error {
	in := &resourcegroupstaggingapi.GetResourcesInput{ResourceTypeFilters: []string{"workspaces:workspace"}, ResourcesPerPage: new(int32(100))}
	return pages(ctx, resourcegroupstaggingapi.NewGetResourcesPaginator(c.tagging, in), func(o *resourcegroupstaggingapi.GetResourcesOutput) []tagtypes.ResourceTagMapping {
		return o.ResourceTagMappingList
	}, add)
}}

// tagsOf asks for the tags of one WorkSpace.
func tagsOf(id string) question {
	return question{"describe-tags-" + id + ".json", "TagList", "workspaces:DescribeTags", func(ctx context.Context, c *clients, add func(any) error) error {
		out, err := c.workspaces.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: &id})
		if err != nil {
			return err
		}
		return all(out.TagList, add)
	}}
}

// entriesOf asks for the prefixes of a prefix list.
func entriesOf(id string) question {
	return question{"get-managed-prefix-list-entries-" + id + ".json", "Entries", "ec2:GetManagedPrefixListEntries", func(ctx context.Context, c *clients, add func(any) error) error {
		in := &ec2.GetManagedPrefixListEntriesInput{PrefixListId: &id}
		return pages(ctx, ec2.NewGetManagedPrefixListEntriesPaginator(c.ec2, in), func(o *ec2.GetManagedPrefixListEntriesOutput) []ec2types.PrefixListEntry { return o.Entries }, add)
	}}
}

// keyOf asks what a KMS key is. It may be given as an alias.
func keyOf(key string) question {
	return question{"describe-key-" + lastPart(key) + ".json", "", "kms:DescribeKey", func(ctx context.Context, c *clients, add func(any) error) error {
		out, err := c.kms.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &key})
		if err != nil {
			return err
		}
		return add(out)
	}}
}

// grantsOf asks for the grants of a KMS key. ListGrants takes no alias.
func grantsOf(key string) question {
	return question{"list-grants-" + lastPart(key) + ".json", "Grants", "kms:ListGrants", func(ctx context.Context, c *clients, add func(any) error) error {
		if strings.Contains(key, "alias/") {
			out, err := c.kms.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &key})
			if err != nil {
				return err
			}
			key = *out.KeyMetadata.KeyId
		}
		return pages(ctx, kms.NewListGrantsPaginator(c.kms, &kms.ListGrantsInput{KeyId: &key}), func(o *kms.ListGrantsOutput) []kmstypes.GrantListEntry { return o.Grants }, add)
	}}
}

// pages adds what the pages of a paginator of the SDK list.
func pages[Out, Options, T any](ctx context.Context, p interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*Options)) (*Out, error)
}, list func(*Out) []T, add func(any) error) error {
	for p.HasMorePages() {
		out, err := p.NextPage(ctx)
		if err != nil {
			return err
		}
		if err := all(list(out), add); err != nil {
			return err
		}
	}
	return nil
}

// listed asks an operation of WorkSpaces for its pages, once with each input, or once with an empty one.
func listed[In, Out, T any](call func(*workspaces.Client, context.Context, *In, ...func(*workspaces.Options)) (*Out, error), list func(*Out) []T, inputs ...*In) asker {
	if len(inputs) == 0 {
		inputs = []*In{new(In)}
	}
	return func(ctx context.Context, c *clients, add func(any) error) error {
		of := func(ctx context.Context, in *In, options ...func(*workspaces.Options)) (*Out, error) {
			return call(c.workspaces, ctx, in, options...)
		}
		for _, in := range inputs {
			for out, err := range throttle.Pages(ctx, of, in) {
				if err == nil {
					err = all(list(out), add)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func all[T any](list []T, add func(any) error) error {
	for _, x := range list {
		if err := add(x); err != nil {
			return err
		}
	}
	return nil
}
