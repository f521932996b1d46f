package wks

import (
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// A check holds the request of one operation against what packages of rules say of its
// members, alone and together. input points to the SDK's input struct; region is where the
// request goes, "" if that is not known. Paths are those of the request.
type check func(r *rulebook, region string, input any) findings

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
	"ModifyWorkspaceProperties":         of(modifyProperties),
	"RegisterWorkspaceDirectory":        of(registerDirectory),
	"RevokeIpRules":                     of(revokeIPRules),
	"UpdateRulesOfIpGroup":              of(updateIPRules),
	"UpdateWorkspaceBundle":             of(updateBundle),
}

// of makes a check of one for a type of input. A nil pointer is an empty request; an input
// of another type is not looked at, as it is not by the check of the model.
func of[In any](f func(r *rulebook, region string, in *In) findings) check {
	return func(r *rulebook, region string, input any) findings {
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

// check holds a request against the model's constraints, and then against the operation's
// check. It finds nothing wrong with an operation that it does not know.
func (g *guard) check(operation, region string, input any) findings {
	var found, all findings
	if c := g.checks[operation]; c != nil {
		found = c(g.rules, region, input)
	}
	faults, _ := request.Check(input)
	for _, f := range faults {
		all.broken = all.broken.Append(ruleRows, modelEdition, codes[f.Kind], f.Path, f.Detail)
	}
	for _, v := range found.broken {
		if !repeats(v, faults) {
			all.broken = append(all.broken, v)
		}
	}
	for _, v := range found.open {
		if !asked(v, faults) {
			all.open = append(all.open, v)
		}
	}
	for i := range all.broken {
		if v := &all.broken[i]; v.Cite.Document == serviceModel {
			v.Cite.Section = operation
		}
	}
	all.err = found.err
	return all
}

// repeats reports whether a fault says what v does: of a rule that the model states as well,
// at the same place. An empty member of a union is a missing one to package byol.
func repeats(v rule.Violation, faults []request.Fault) bool {
	if !stated[v.Code] {
		return false
	}
	for _, f := range faults {
		if f.Kind != request.Value && (v.Path == f.Path || v.Code == byol.MemberMissing && v.Path.Covers(f.Path)) {
			return true
		}
	}
	return false
}

// asked reports whether a fault says of a value that the model does not know it, of which
// then no document speaks either.
func asked(v rule.Violation, faults []request.Fault) bool {
	for _, f := range faults {
		if f.Kind == request.Value && v.Path == f.Path {
			return true
		}
	}
	return false
}
