package wks

import "github.com/aws/aws-sdk-go-v2/service/workspaces"

// Operations of which nothing but the tags is for a package of rules to judge.

func createTags(r *rulebook, _ string, in *workspaces.CreateTagsInput) (f findings) {
	f.tags(r, "", in.Tags)
	return f
}

func createAlias(r *rulebook, _ string, in *workspaces.CreateConnectionAliasInput) (f findings) {
	f.tags(r, "", in.Tags)
	return f
}

func createPool(r *rulebook, _ string, in *workspaces.CreateWorkspacesPoolInput) (f findings) {
	f.tags(r, "", in.Tags)
	return f
}
