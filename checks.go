package wks

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// A check holds the request of one operation against what packages of rules say of its
// members, alone and together. input points to the SDK's input struct; region is where the
// request goes, "" if that is not known. Paths are those of the request.
type check func(r *Rules, region string, input any) findings

// checks is the one table of what is checked beyond the constraints of the model, by operation.
var checks = map[string]check{
	"AssociateIpGroups":                 of(associateIPGroups),
	"AuthorizeIpRules":                  of(authorizeIPRules),
	"CopyWorkspaceImage":                of(copyImage),
	"CreateAccountLinkInvitation":       of(createAccountLink),
	"CreateConnectionAlias":             of(createAlias),
	"CreateIpGroup":                     of(createIPGroup),
	"CreateStandbyWorkspaces":           of(createStandby),
	"CreateTags":                        of(createTags),
	"CreateUpdatedWorkspaceImage":       of(createUpdatedImage),
	"CreateWorkspaceBundle":             of(createBundle),
	"CreateWorkspaceImage":              of(createImage),
	"CreateWorkspaces":                  of(createWorkspaces),
	"CreateWorkspacesPool":              of(createPool),
	"ImportCustomWorkspaceImage":        of(importCustomImage),
	"ImportWorkspaceImage":              of(importImage),
	"ListAvailableManagementCidrRanges": of(listManagementCIDRs),
	"ModifyAccount":                     of(modifyAccount),
	"ModifyWorkspaceAccessProperties":   of(modifyAccess),
	"ModifyWorkspaceProperties":         of(modifyProperties),
	"RegisterWorkspaceDirectory":        of(registerDirectory),
	"RevokeIpRules":                     of(revokeIPRules),
	"UpdateRulesOfIpGroup":              of(updateIPRules),
	"UpdateWorkspaceBundle":             of(updateBundle),
}

// of makes a check of one for a type of input. A nil pointer is an empty request; an input
// of another type is not looked at, as it is not by the check of the model.
func of[In any](f func(r *Rules, region string, in *In) findings) check {
	return func(r *Rules, region string, input any) findings {
		in, ok := input.(*In)
		if !ok {
			return findings{}
		}
		if in == nil {
			in = new(In)
		}
		return f(r, region, in)
	}
}

// check holds a request against the model's constraints, and then against the operation's check. It
// finds nothing wrong with an operation that it does not know. Of what the model says of a member,
// the packages' duplicates are dropped, and so are open questions about a value that the model does
// not know.
func (g *guard) check(operation, region string, input any) findings {
	faults, _ := request.Check(input)
	return g.judge(operation, region, input, faults)
}

// judge is check with what breaks the model's constraints.
func (g *guard) judge(operation, region string, input any, faults []request.Fault) findings {
	var found, all findings
	if c := g.checks[operation]; c != nil {
		found = c(&g.rules, region, input)
	}
	said := tell(&all.Answer, faults)
	for _, v := range found.Violations {
		if !said.says(v) {
			all.Violations = append(all.Violations, v)
		}
	}
	for _, o := range found.Open {
		if !said.values[o.Path] {
			all.Open = append(all.Open, o)
		}
	}
	if len(g.skipCode) > 0 {
		all.Violations = slices.DeleteFunc(all.Violations, func(v rule.Violation) bool { return g.skipCode[v.Code] })
	}
	for i := range all.Violations {
		if v := &all.Violations[i]; v.Cite.Document == serviceModel {
			v.Cite.Section = operation
		}
	}
	all.Answer, all.err = all.Concluded(), found.err
	return all
}

// Operations of which nothing but the tags is for a package of rules to judge.

func createTags(r *Rules, _ string, in *workspaces.CreateTagsInput) (f findings) {
	f.tags(r, "", in.Tags)
	return f
}

func createAlias(r *Rules, _ string, in *workspaces.CreateConnectionAliasInput) (f findings) {
	f.tags(r, "", in.Tags)
	return f
}

func createPool(r *Rules, _ string, in *workspaces.CreateWorkspacesPoolInput) (f findings) {
	a, err := r.Bundles.CheckPools(false)
	f.take("", a, err)
	f.tags(r, "", in.Tags)
	return f
}
