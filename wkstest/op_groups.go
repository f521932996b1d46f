package wkstest

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func createGroup(k *call, in *workspaces.CreateIpGroupInput) (*workspaces.CreateIpGroupOutput, error) {
	if list := k.region.groups.named(*in.GroupName); len(list) > 0 {
		return nil, refuse(alreadyExists, "GroupName", "%s has the name %q", *list[0].GroupId, *in.GroupName)
	}
	rules := in.UserRules
	if rules == nil {
		rules = []types.IpRuleItem{}
	}
	all := []network.IPGroup{{}} // the new one, and how many there are
	k.region.groups.each(func(id string, _ *IPGroup) bool { all = append(all, network.IPGroup{ID: id}); return true })
	if f := k.refused(k.s.rules.ipGroups(all, nil)); f != nil {
		return nil, f
	}
	g := &IPGroup{Tags: in.Tags, WorkspacesIpGroup: types.WorkspacesIpGroup{
		GroupId: aws.String(k.region.issue("wsipg-")), GroupName: in.GroupName, GroupDesc: in.GroupDesc, UserRules: rules,
	}}
	k.region.groups.add(g)
	return &workspaces.CreateIpGroupOutput{GroupId: g.GroupId}, nil
}

func describeGroups(k *call, in *workspaces.DescribeIpGroupsInput) (*workspaces.DescribeIpGroupsOutput, error) {
	ids := wanted(in.GroupIds)
	list, next, err := page(k, k.region.groups, in.NextToken, in.MaxResults, func(id string, _ *IPGroup) bool { return ids(id) })
	if err != nil {
		return nil, err
	}
	out := &workspaces.DescribeIpGroupsOutput{Result: []types.WorkspacesIpGroup{}, NextToken: next}
	for _, g := range list {
		out.Result = append(out.Result, g.WorkspacesIpGroup)
	}
	return out, nil
}

// group returns a group. at is the member that names it.
func (k *call) group(at rule.Path, id *string) (*IPGroup, *refusal) {
	if g := k.region.groups.get(aws.ToString(id)); g != nil {
		return g, nil
	}
	return nil, missing(at, id)
}

func updateGroup(k *call, in *workspaces.UpdateRulesOfIpGroupInput) (*workspaces.UpdateRulesOfIpGroupOutput, error) {
	g, f := k.group("GroupId", in.GroupId)
	if f != nil {
		return nil, f
	}
	g.UserRules = in.UserRules // of which the rules for requests permit so many
	return &workspaces.UpdateRulesOfIpGroupOutput{}, nil
}

func authorizeRules(k *call, in *workspaces.AuthorizeIpRulesInput) (*workspaces.AuthorizeIpRulesOutput, error) {
	g, f := k.group("GroupId", in.GroupId)
	if f != nil {
		return nil, f
	}
	rules := slices.Clone(g.UserRules)
	for _, item := range in.UserRules {
		if !slices.ContainsFunc(rules, func(r types.IpRuleItem) bool { return aws.ToString(r.IpRule) == aws.ToString(item.IpRule) }) {
			rules = append(rules, item)
		}
	}
	if f := k.refused(k.s.rules.ipRules(ipRules(*in.GroupId, rules))); f != nil {
		return nil, f
	}
	g.UserRules = rules
	return &workspaces.AuthorizeIpRulesOutput{}, nil
}

func revokeRules(k *call, in *workspaces.RevokeIpRulesInput) (*workspaces.RevokeIpRulesOutput, error) {
	g, f := k.group("GroupId", in.GroupId)
	if f != nil {
		return nil, f
	}
	g.UserRules = slices.DeleteFunc(slices.Clone(g.UserRules), func(r types.IpRuleItem) bool { return slices.Contains(in.UserRules, aws.ToString(r.IpRule)) })
	return &workspaces.RevokeIpRulesOutput{}, nil
}

func deleteGroup(k *call, in *workspaces.DeleteIpGroupInput) (*workspaces.DeleteIpGroupOutput, error) {
	if _, f := k.group("GroupId", in.GroupId); f != nil {
		return nil, f
	}
	var f *refusal
	k.region.directories.each(func(id string, d *Directory) bool {
		if slices.Contains(d.IpGroupIds, *in.GroupId) && k.region.directory(&id, k.now) != nil {
			f = refuse(inUse, "GroupId", "%s is associated with %s", *in.GroupId, id)
		}
		return f == nil
	})
	if f != nil {
		return nil, f
	}
	k.region.groups.drop(*in.GroupId)
	return &workspaces.DeleteIpGroupOutput{}, nil
}

func associateGroups(k *call, in *workspaces.AssociateIpGroupsInput) (*workspaces.AssociateIpGroupsOutput, error) {
	d, f := k.registered("DirectoryId", in.DirectoryId)
	if f != nil {
		return nil, f
	}
	ids := slices.Clone(d.IpGroupIds)
	for i, id := range in.GroupIds {
		if _, f := k.group(rule.Path("GroupIds").Index(i), &in.GroupIds[i]); f != nil {
			return nil, f
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	var groups []network.IPGroup
	for _, id := range ids {
		if g := k.region.groups.get(id); g != nil {
			groups = append(groups, ipRules(id, g.UserRules))
		}
	}
	if f := k.refused(k.s.rules.ipGroups(groups, []network.DirectoryIPGroups{{Directory: *in.DirectoryId, Groups: ids}})); f != nil {
		return nil, f
	}
	d.IpGroupIds = ids
	return &workspaces.AssociateIpGroupsOutput{}, nil
}

func disassociateGroups(k *call, in *workspaces.DisassociateIpGroupsInput) (*workspaces.DisassociateIpGroupsOutput, error) {
	d, f := k.registered("DirectoryId", in.DirectoryId)
	if f != nil {
		return nil, f
	}
	for i := range in.GroupIds {
		if _, f := k.group(rule.Path("GroupIds").Index(i), &in.GroupIds[i]); f != nil {
			return nil, f
		}
	}
	d.IpGroupIds = slices.DeleteFunc(slices.Clone(d.IpGroupIds), func(id string) bool { return slices.Contains(in.GroupIds, id) })
	return &workspaces.DisassociateIpGroupsOutput{}, nil
}
