package wkstest

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// tagged returns the tags of a resource of any kind that has some, and what replaces them; nil if there is none with
// the identifier.
func (k *call) tagged(id string) (tags []types.Tag, replace func([]types.Tag)) {
	r := k.region
	if w := r.find(&id, k.now); w != nil {
		return w.like.tags, func(n []types.Tag) { w.alter(func(l *likeness) { l.tags = n }) }
	}
	of := func(tags *[]types.Tag) ([]types.Tag, func([]types.Tag)) {
		return *tags, func(n []types.Tag) { *tags = n }
	}
	if d := r.directory(&id, k.now); d != nil {
		return of(&d.Tags)
	}
	if b := r.bundles.get(id); b != nil {
		return of(&b.Tags)
	}
	if i := r.images.get(id); i != nil {
		return of(&i.Tags)
	}
	if g := r.groups.get(id); g != nil {
		return of(&g.Tags)
	}
	if a := r.alias(&id, k.now); a != nil {
		return of(&a.Tags)
	}
	if p := r.pool(&id, k.now); p != nil {
		return of(&p.Tags)
	}
	return nil, nil
}

func describeTags(k *call, in *workspaces.DescribeTagsInput) (*workspaces.DescribeTagsOutput, error) {
	tags, replace := k.tagged(*in.ResourceId)
	if replace == nil {
		return nil, missing("ResourceId", in.ResourceId)
	}
	return &workspaces.DescribeTagsOutput{TagList: append([]types.Tag{}, tags...)}, nil
}

// createTags adds tags, in the place of those with the same key.
func createTags(k *call, in *workspaces.CreateTagsInput) (*workspaces.CreateTagsOutput, error) {
	tags, replace := k.tagged(*in.ResourceId)
	if replace == nil {
		return nil, missing("ResourceId", in.ResourceId)
	}
	all := slices.Clone(tags)
	for _, t := range in.Tags {
		at := slices.IndexFunc(all, func(o types.Tag) bool { return aws.ToString(o.Key) == aws.ToString(t.Key) })
		if at < 0 {
			all = append(all, t)
		} else {
			all[at] = t
		}
	}
	if f := k.s.rules.tags(all).first(); f != nil {
		return nil, f
	}
	replace(all)
	return &workspaces.CreateTagsOutput{}, nil
}

func deleteTags(k *call, in *workspaces.DeleteTagsInput) (*workspaces.DeleteTagsOutput, error) {
	tags, replace := k.tagged(*in.ResourceId)
	if replace == nil {
		return nil, missing("ResourceId", in.ResourceId)
	}
	replace(slices.DeleteFunc(slices.Clone(tags), func(t types.Tag) bool { return slices.Contains(in.TagKeys, aws.ToString(t.Key)) }))
	return &workspaces.DeleteTagsOutput{}, nil
}
