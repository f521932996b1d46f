package wkstest

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// tagged returns the tags of a resource of any kind that has some, nil if there is none with
// the identifier.
func (k *call) tagged(id string) *[]types.Tag {
	r := k.region
	if w := r.find(&id, k.now); w != nil {
		return &w.Tags
	}
	if d := r.directory(&id, k.now); d != nil {
		return &d.Tags
	}
	if b := r.bundles.get(id); b != nil {
		return &b.Tags
	}
	if i := r.images.get(id); i != nil {
		return &i.Tags
	}
	if g := r.groups.get(id); g != nil {
		return &g.Tags
	}
	if a := r.alias(&id, k.now); a != nil {
		return &a.Tags
	}
	if p := r.pool(&id, k.now); p != nil {
		return &p.Tags
	}
	return nil
}

func describeTags(k *call, in *workspaces.DescribeTagsInput) (*workspaces.DescribeTagsOutput, error) {
	tags := k.tagged(*in.ResourceId)
	if tags == nil {
		return nil, missing("ResourceId", in.ResourceId)
	}
	return &workspaces.DescribeTagsOutput{TagList: append([]types.Tag{}, *tags...)}, nil
}

// createTags adds tags, in the place of those with the same key.
func createTags(k *call, in *workspaces.CreateTagsInput) (*workspaces.CreateTagsOutput, error) {
	tags := k.tagged(*in.ResourceId)
	if tags == nil {
		return nil, missing("ResourceId", in.ResourceId)
	}
	all := slices.Clone(*tags)
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
	*tags = all
	return &workspaces.CreateTagsOutput{}, nil
}

func deleteTags(k *call, in *workspaces.DeleteTagsInput) (*workspaces.DeleteTagsOutput, error) {
	tags := k.tagged(*in.ResourceId)
	if tags == nil {
		return nil, missing("ResourceId", in.ResourceId)
	}
	*tags = slices.DeleteFunc(slices.Clone(*tags), func(t types.Tag) bool { return slices.Contains(in.TagKeys, aws.ToString(t.Key)) })
	return &workspaces.DeleteTagsOutput{}, nil
}
