package wks

import (
	"errors"
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// registerDirectory checks the subnets, of which the request tells the ids alone, and that a
// directory of Microsoft Entra ID, which is for BYOL WorkSpaces only, is dedicated.
func registerDirectory(r *Rules, _ string, in *workspaces.RegisterWorkspaceDirectoryInput) (f findings) {
	kind := network.KindPersonal
	if in.WorkspaceType == types.WorkspaceTypePools {
		kind = network.KindPools
	}
	var buf [2]network.Subnet
	subnets := buf[:0]
	for _, id := range in.SubnetIds {
		subnets = append(subnets, network.Subnet{ID: id})
	}
	a, err := r.Network.CheckSubnets("", kind, subnets)
	f.take("", a, err)
	if in.MicrosoftEntraConfig != nil {
		byolOnly := true
		a, err := r.BYOL.CheckDirectory(byol.Directory{Kind: string(types.WorkspaceDirectoryTypeAwsIamIdentityCenter), Tenancy: in.Tenancy}, byol.Placement{BYOL: &byolOnly})
		f.take("", a, err)
	}
	f.tags(r, "", in.Tags)
	return f
}

func modifyAccount(r *Rules, _ string, in *workspaces.ModifyAccountInput) (f findings) {
	if in.DedicatedTenancyManagementCidrRange == nil {
		return f
	}
	const at rule.Path = "DedicatedTenancyManagementCidrRange"
	if p, ok := f.prefix(at, *in.DedicatedTenancyManagementCidrRange); ok {
		f.managementCIDR(r, at, p)
	}
	return f
}

// listManagementCIDRs checks that the range that is to be searched has a block that can be a
// management range at all.
func listManagementCIDRs(r *Rules, _ string, in *workspaces.ListAvailableManagementCidrRangesInput) (f findings) {
	if in.ManagementCidrRangeConstraint == nil {
		return f
	}
	const at rule.Path = "ManagementCidrRangeConstraint"
	within, ok := f.prefix(at, *in.ManagementCidrRangeConstraint)
	if !ok {
		return f
	}
	for _, err := range r.Network.FreeManagementCIDRsIn(within, nil) {
		if err != nil {
			f.take("", rule.Answer{}, err)
		}
		return f
	}
	f.managementCIDR(r, at, netip.PrefixFrom(within.Addr(), 16).Masked())
	return f
}

// prefix reads a range of addresses, and reports whether it is one.
func (f *findings) prefix(at rule.Path, text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(text)
	if err != nil {
		f.unreadable(at, &rule.InputError{Value: text, Reason: "is no range of addresses in CIDR notation"})
	}
	return p, err == nil
}

// managementCIDR checks a management range. That the choice is for good is no fault of a
// request: it holds for each.
func (f *findings) managementCIDR(r *Rules, at rule.Path, p netip.Prefix) {
	a, err := r.Network.CheckManagementCIDR(p, nil)
	a.Violations = slices.DeleteFunc(a.Violations, func(v rule.Violation) bool { return v.Code == network.ManagementCIDRFinal })
	f.takeAt(at, a, err)
}

func createIPGroup(r *Rules, _ string, in *workspaces.CreateIpGroupInput) (f findings) {
	if len(in.UserRules) > 0 {
		f.ipRules(r, aws.ToString(in.GroupName), in.UserRules)
	}
	f.tags(r, "", in.Tags)
	return f
}

func authorizeIPRules(r *Rules, _ string, in *workspaces.AuthorizeIpRulesInput) (f findings) {
	f.id(r, "GroupId", bundles.IPGroupID, in.GroupId)
	if len(in.UserRules) > 0 {
		f.ipRules(r, aws.ToString(in.GroupId), in.UserRules)
	}
	return f
}

// updateIPRules checks an empty list too: it takes all rules away.
func updateIPRules(r *Rules, _ string, in *workspaces.UpdateRulesOfIpGroupInput) (f findings) {
	f.id(r, "GroupId", bundles.IPGroupID, in.GroupId)
	if in.UserRules != nil {
		f.ipRules(r, aws.ToString(in.GroupId), in.UserRules)
	}
	return f
}

// ipRules checks each rule, and then their number, to which those that cannot be read count.
func (f *findings) ipRules(r *Rules, group string, items []types.IpRuleItem) {
	var buf [32]network.IPRule
	list := buf[:0]
	for i := range items {
		source := aws.ToString(items[i].IpRule)
		parsed, err := network.ParseIPRule(source)
		f.take(rule.Path("UserRules").Index(i), parsed.Answer, err)
		if err != nil {
			parsed.Source = netip.PrefixFrom(netip.IPv4Unspecified(), 32)
		}
		list = append(list, network.IPRule{Source: parsed.Source})
	}
	a, err := r.Network.CheckIPGroupUpdate(group, list)
	f.take("", a, err)
}

// revokeIPRules checks that each rule can be one of a group; what may be there is taken away.
func revokeIPRules(r *Rules, _ string, in *workspaces.RevokeIpRulesInput) (f findings) {
	f.id(r, "GroupId", bundles.IPGroupID, in.GroupId)
	for i, source := range in.UserRules {
		_, err := network.ParseIPRule(source)
		var input *rule.InputError
		if errors.As(err, &input) {
			f.unreadable(rule.Path("UserRules").Index(i), input)
		}
	}
	return f
}

func associateIPGroups(r *Rules, _ string, in *workspaces.AssociateIpGroupsInput) (f findings) {
	f.id(r, "DirectoryId", bundles.DirectoryID, in.DirectoryId)
	for i := range in.GroupIds {
		f.id(r, rule.Path("GroupIds").Index(i), bundles.IPGroupID, &in.GroupIds[i])
	}
	a, err := r.Network.CheckIPGroupAssociation(aws.ToString(in.DirectoryId), in.GroupIds)
	f.take("", a, err)
	return f
}
