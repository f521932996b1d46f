package wkstest

import (
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
)

// alias returns a connection alias as it is now, nil if there is none.
func (r *region) alias(id *string, now time.Time) *Alias {
	a := r.aliases.get(aws.ToString(id))
	if a == nil || a.Ready.IsZero() || now.Before(a.Ready) {
		return a
	}
	a.Ready = time.Time{}
	if a.State == types.ConnectionAliasStateDeleting {
		r.aliases.drop(*id)
		return nil
	}
	a.State = types.ConnectionAliasStateCreated
	return a
}

func createAlias(k *call, in *workspaces.CreateConnectionAliasInput) (*workspaces.CreateConnectionAliasOutput, error) {
	for _, a := range k.region.aliases.named(strings.ToLower(*in.ConnectionString)) {
		if k.region.alias(a.AliasId, k.now) != nil {
			return nil, refuse(alreadyExists, "ConnectionString", "%s has %q", *a.AliasId, *in.ConnectionString)
		}
	}
	if f := k.s.quota(bundles.QuotaAliases, k.region.aliases.len()+1); f != nil {
		return nil, f
	}
	id := k.region.issue("wsca-")
	k.region.aliases.add(&Alias{Tags: in.Tags, Ready: k.now.Add(k.takes(AliasChange, id)), ConnectionAlias: types.ConnectionAlias{
		AliasId: aws.String(id), ConnectionString: in.ConnectionString, OwnerAccountId: aws.String(k.s.account), State: types.ConnectionAliasStateCreating,
		Associations: []types.ConnectionAliasAssociation{},
	}})
	return &workspaces.CreateConnectionAliasOutput{AliasId: aws.String(id)}, nil
}

// describeAliases passes over an identifier that no alias has, as DescribeWorkspaces does: the service's model lists no
// error for it, and Terraform's provider waits for the end of a deletion so. No document tells.
func describeAliases(k *call, in *workspaces.DescribeConnectionAliasesInput) (*workspaces.DescribeConnectionAliasesOutput, error) {
	ids := wanted(in.AliasIds)
	for _, id := range in.AliasIds {
		if k.region.alias(&id, k.now) == nil {
			if f := k.judge([]string{"what is answered about the connection alias " + id + ", which is not there"}); f != nil {
				return nil, f
			}
		}
	}
	list, next, err := page(k, k.region.aliases, in.NextToken, in.Limit, func(id string, a *Alias) bool {
		if !ids(id) || k.region.alias(&id, k.now) == nil {
			return false
		}
		return in.ResourceId == nil || slices.ContainsFunc(a.Associations, func(s types.ConnectionAliasAssociation) bool { return aws.ToString(s.ResourceId) == *in.ResourceId })
	})
	if err != nil {
		return nil, err
	}
	out := &workspaces.DescribeConnectionAliasesOutput{ConnectionAliases: []types.ConnectionAlias{}, NextToken: next}
	for _, a := range list {
		out.ConnectionAliases = append(out.ConnectionAliases, a.ConnectionAlias)
	}
	return out, nil
}

// created returns an alias that is CREATED.
func (k *call) created(id *string) (*Alias, *refusal) {
	a := k.region.alias(id, k.now)
	if a == nil {
		return nil, missing("AliasId", id)
	}
	if a.State != types.ConnectionAliasStateCreated {
		return nil, refuse(wrongState, "AliasId", "%s is %s", *id, a.State)
	}
	return a, nil
}

func deleteAlias(k *call, in *workspaces.DeleteConnectionAliasInput) (*workspaces.DeleteConnectionAliasOutput, error) {
	a, f := k.created(in.AliasId)
	if f != nil {
		return nil, f
	}
	switch {
	case len(a.Associations) > 0:
		return nil, refuse(inUse, "AliasId", "%s is associated with %s", *in.AliasId, aws.ToString(a.Associations[0].ResourceId))
	case len(a.Permissions) > 0:
		return nil, refuse(inUse, "AliasId", "%s is shared with %s", *in.AliasId, aws.ToString(a.Permissions[0].SharedAccountId))
	}
	a.State, a.Ready = types.ConnectionAliasStateDeleting, k.now.Add(k.takes(AliasChange, *in.AliasId))
	return &workspaces.DeleteConnectionAliasOutput{}, nil
}

func associateAlias(k *call, in *workspaces.AssociateConnectionAliasInput) (*workspaces.AssociateConnectionAliasOutput, error) {
	a, f := k.created(in.AliasId)
	if f != nil {
		return nil, f
	}
	if _, f := k.registered("ResourceId", in.ResourceId); f != nil {
		return nil, f
	}
	if len(a.Associations) > 0 {
		return nil, refuse(inUse, "AliasId", "%s is associated with %s", *in.AliasId, aws.ToString(a.Associations[0].ResourceId))
	}
	id := aws.String(hexDigits(*in.AliasId + *in.ResourceId))
	a.Associations = []types.ConnectionAliasAssociation{{
		AssociatedAccountId: aws.String(k.s.account), AssociationStatus: types.AssociationStatusAssociatedWithOwnerAccount, ConnectionIdentifier: id, ResourceId: in.ResourceId,
	}}
	return &workspaces.AssociateConnectionAliasOutput{ConnectionIdentifier: id}, nil
}

func disassociateAlias(k *call, in *workspaces.DisassociateConnectionAliasInput) (*workspaces.DisassociateConnectionAliasOutput, error) {
	a, f := k.created(in.AliasId)
	if f != nil {
		return nil, f
	}
	if len(a.Associations) == 0 {
		return nil, refuse(wrongState, "AliasId", "%s is not associated", *in.AliasId)
	}
	a.Associations = []types.ConnectionAliasAssociation{}
	return &workspaces.DisassociateConnectionAliasOutput{}, nil
}

func describeAliasPermissions(k *call, in *workspaces.DescribeConnectionAliasPermissionsInput) (*workspaces.DescribeConnectionAliasPermissionsOutput, error) {
	a := k.region.alias(in.AliasId, k.now)
	if a == nil {
		return nil, missing("AliasId", in.AliasId)
	}
	part, next, err := pageOf(k, a.Permissions, in.NextToken, in.MaxResults, pageSize)
	return &workspaces.DescribeConnectionAliasPermissionsOutput{AliasId: in.AliasId, ConnectionAliasPermissions: part, NextToken: next}, err
}

func updateAliasPermission(k *call, in *workspaces.UpdateConnectionAliasPermissionInput) (*workspaces.UpdateConnectionAliasPermissionOutput, error) {
	a, f := k.created(in.AliasId)
	if f != nil {
		return nil, f
	}
	p := *in.ConnectionAliasPermission
	if len(a.Associations) > 0 && !aws.ToBool(p.AllowAssociation) && aws.ToString(a.Associations[0].AssociatedAccountId) == aws.ToString(p.SharedAccountId) {
		return nil, refuse(inUse, "AliasId", "%s has associated it", aws.ToString(p.SharedAccountId))
	}
	rest := slices.DeleteFunc(slices.Clone(a.Permissions), func(o types.ConnectionAliasPermission) bool {
		return aws.ToString(o.SharedAccountId) == aws.ToString(p.SharedAccountId)
	})
	if aws.ToBool(p.AllowAssociation) {
		rest = append(rest, p)
	}
	a.Permissions = rest
	return &workspaces.UpdateConnectionAliasPermissionOutput{}, nil
}
