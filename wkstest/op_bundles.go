package wkstest

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

const amazon = "AMAZON" // the owner of the public bundles

func (b *Bundle) tick(now time.Time) {
	if !b.Ready.IsZero() && !now.Before(b.Ready) {
		b.Ready = time.Time{}
		b.State = types.WorkspaceBundleStateAvailable
	}
}

func describeBundles(k *call, in *workspaces.DescribeWorkspaceBundlesInput) (*workspaces.DescribeWorkspaceBundlesOutput, error) {
	if r := oneFilter(map[string]bool{"BundleIds": in.BundleIds != nil, "Owner": in.Owner != nil}); r != nil {
		return nil, r
	}
	out := &workspaces.DescribeWorkspaceBundlesOutput{Bundles: []types.WorkspaceBundle{}}
	if in.BundleIds != nil {
		for i := range in.BundleIds {
			if b := k.region.bundle(&in.BundleIds[i]); b != nil {
				b.tick(k.now)
				out.Bundles = append(out.Bundles, b.WorkspaceBundle)
			}
		}
		return out, nil
	}
	from, owner := k.region.bundles, aws.ToString(in.Owner)
	if owner == amazon {
		from = k.region.public
	}
	list, next, err := page(k, from, in.NextToken, nil, func(_ string, b *Bundle) bool {
		return owner == "" && aws.ToString(b.Owner) == k.s.account || aws.ToString(b.Owner) == owner
	})
	if err != nil {
		return nil, err
	}
	for _, b := range list {
		b.tick(k.now)
		out.Bundles = append(out.Bundles, b.WorkspaceBundle)
	}
	out.NextToken = next
	return out, nil
}

// readyImage returns an image that is AVAILABLE. at is the member that names it.
func (k *call) readyImage(at rule.Path, id *string) (*Image, *refusal) {
	i := k.region.images.get(aws.ToString(id))
	if i == nil {
		return nil, missing(at, id)
	}
	if i.tick(k.now); i.State != types.WorkspaceImageStateAvailable {
		return nil, refuse(notReady, at, "%s is %s", *id, i.State)
	}
	return i, nil
}

func createBundle(k *call, in *workspaces.CreateWorkspaceBundleInput) (*workspaces.CreateWorkspaceBundleOutput, error) {
	i, f := k.readyImage("ImageId", in.ImageId)
	if f != nil {
		return nil, f
	}
	if f := k.bundleName(*in.BundleName); f != nil {
		return nil, f
	}
	if f := k.s.quota(bundles.QuotaBundles, k.region.bundles.len()+1); f != nil {
		return nil, f
	}
	asked := bundles.Bundle{
		BundleName: *in.BundleName, BundleDescription: *in.BundleDescription, ImageID: *in.ImageId, ComputeType: in.ComputeType.Name,
		RootStorage: in.RootStorage, UserStorage: in.UserStorage, Tags: in.Tags, Image: i.Volumes,
	}
	if f := k.s.rules.bundle(asked).first(); f != nil {
		return nil, f
	}
	root := in.RootStorage
	if root == nil {
		root = &types.RootStorage{Capacity: aws.String("80")}
		if i.Volumes.Root > 80 {
			root.Capacity = aws.String(decimal(i.Volumes.Root))
		}
	}
	b := &Bundle{Tags: in.Tags, System: i.System, Protocol: i.Protocol, WorkspaceBundle: types.WorkspaceBundle{
		BundleId: aws.String(k.region.issue("wsb-")), BundleType: types.BundleTypeRegular, ComputeType: in.ComputeType, CreationTime: aws.Time(k.now),
		LastUpdatedTime: aws.Time(k.now), Description: in.BundleDescription, ImageId: in.ImageId, Name: in.BundleName, Owner: aws.String(k.s.account),
		RootStorage: root, UserStorage: in.UserStorage, State: types.WorkspaceBundleStateAvailable,
	}}
	k.region.bundles.add(b)
	return &workspaces.CreateWorkspaceBundleOutput{WorkspaceBundle: &b.WorkspaceBundle}, nil
}

// bundleName refuses a name that a bundle of the account has.
func (k *call) bundleName(name string) *refusal {
	if list := k.region.bundles.named(name); len(list) > 0 {
		return refuse(alreadyExists, "BundleName", "%s has the name %q", *list[0].BundleId, name)
	}
	return nil
}

// ownBundle returns a bundle of the account.
func (k *call) ownBundle(id *string) (*Bundle, *refusal) {
	b := k.region.bundle(id)
	switch {
	case b == nil:
		return nil, missing("BundleId", id)
	case aws.ToString(b.Owner) != k.s.account:
		return nil, refuse(notPermitted, "BundleId", "%s is of %s", *id, aws.ToString(b.Owner))
	}
	return b, nil
}

func updateBundle(k *call, in *workspaces.UpdateWorkspaceBundleInput) (*workspaces.UpdateWorkspaceBundleOutput, error) {
	b, f := k.ownBundle(in.BundleId)
	if f != nil {
		return nil, f
	}
	i, f := k.readyImage("ImageId", in.ImageId)
	if f != nil {
		return nil, f
	}
	b.ImageId, b.LastUpdatedTime, b.System, b.Protocol = in.ImageId, aws.Time(k.now), i.System, i.Protocol
	return &workspaces.UpdateWorkspaceBundleOutput{}, nil
}

func deleteBundle(k *call, in *workspaces.DeleteWorkspaceBundleInput) (*workspaces.DeleteWorkspaceBundleOutput, error) {
	if _, f := k.ownBundle(in.BundleId); f != nil {
		return nil, f
	}
	if by := k.firstUser(func(w *likeness) bool { return aws.ToString(w.BundleId) == *in.BundleId }, func(p *Pool) bool { return aws.ToString(p.BundleId) == *in.BundleId }); by != "" {
		return nil, refuse(inUse, "BundleId", "%s uses %s", by, *in.BundleId)
	}
	k.region.bundles.drop(*in.BundleId)
	return &workspaces.DeleteWorkspaceBundleOutput{}, nil
}

// firstUser returns the first WorkSpace, or else the first pool, that uses something, "" if none does.
func (k *call) firstUser(workspace func(w *likeness) bool, pool func(p *Pool) bool) (by string) {
	k.region.workspaces.each(func(id string, w *desktop) bool {
		if workspace(w.like) {
			if k.region.tick(w, k.now); k.region.workspaces.get(id) == w {
				by = id
			}
		}
		return by == ""
	})
	if by != "" {
		return by
	}
	k.region.pools.each(func(id string, p *Pool) bool {
		if pool(p) && k.region.pool(&id, k.now) != nil {
			by = id
		}
		return by == ""
	})
	return by
}
