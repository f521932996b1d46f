package bundles

import (
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A ClientExperience is a value of ClientExperiencePolicy, the member of ModifyClientProperties that
// decides which interface the client for Windows shows to the users of a directory. The SDK does not have
// it yet.
type ClientExperience string

// The policies.
const (
	ForceClassic ClientExperience = "FORCE_CLASSIC" // the classic interface, and no way to the new one
	ForceUI2026  ClientExperience = "FORCE_UI_2026" // the new interface, and no way back
	UserChoice   ClientExperience = "USER_CHOICE"   // users choose; what holds where no policy is set
)

// The rules of client experiences.
const (
	ClientExperienceUnknown   rule.Code = "bundles.client-experience-unknown"
	ClientExperienceLocksOut  rule.Code = "bundles.client-experience-locks-out"
	ClientExperienceOverrides rule.Code = "bundles.client-experience-overrides"
)

var experienceRules = []tables.Rule{
	{
		Code:   ClientExperienceUnknown,
		Title:  "A client experience policy is none that is documented.",
		Remedy: "Set FORCE_CLASSIC, FORCE_UI_2026 or USER_CHOICE.",
		// The model says which values are valid, and the guide that others are refused.
		Revisions: []rule.Revision{
			tables.Should(model, "ClientProperties", "2026-08-04", readAugust),
			tables.Must(clientPage, "View the current policy", readAugust, ""),
		},
	},
	{
		Code:      ClientExperienceLocksOut,
		Title:     "The new client experience is forced on users who connect to PCoIP WorkSpaces or to pools, which it does not support.",
		Remedy:    "Set USER_CHOICE, with which these users keep the classic client.",
		Revisions: []rule.Revision{tables.Should(clientPage, "Policy values", readAugust, "")},
	},
	{
		Code:      ClientExperienceOverrides,
		Title:     "A client experience policy of a directory cannot be removed, and overrides that of the registry of each machine for good.",
		Remedy:    "Do not set the policy of directories whose users have one in the registry.",
		Revisions: []rule.Revision{tables.Should(clientPage, "Option 2: Set the policy through the Windows registry", readAugust, "")},
	},
}

// experienceValues is who lists the policies.
var experienceValues = tables.Table[tables.Dated]{
	Name: "client experience policies",
	Lists: func(tables.Dated) []rule.Parameter {
		return parameter("client experience policies", words(experiences), ClientExperienceUnknown)
	},
	Rows: []tables.Dated{
		tables.Since(model, "ClientProperties", "2026-08-04", readAugust),
		tables.Since(clientPage, "Policy values", readAugust, ""),
	},
}

var experiences = []ClientExperience{ForceClassic, ForceUI2026, UserChoice}

// ClientUse is what is known of the users of a directory. False also stands for not known.
type ClientUse struct {
	PCoIP    bool // some connect to WorkSpaces that stream by PCoIP
	Pools    bool // some connect to WorkSpaces Pools
	Registry bool // machines have the policy in their registry
}

// CheckClientExperience tells whether ModifyClientProperties would set a policy for a directory, and what
// follows for its users. Violations stand at ClientProperties.ClientExperiencePolicy. The case of letters
// counts. A policy that was set cannot be cleared, so that an empty one is a violation; to leave it as it is,
// the member is left out. Clients for Windows before version 5.34 ignore the policy. The answer is open before
// 2026-08-04, when there was none.
func (r Rules) CheckClientExperience(policy ClientExperience, use ClientUse) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	const at rule.Path = "ClientProperties.ClientExperiencePolicy"
	var a rule.Answer
	rules := r.s.rules
	switch {
	case !rules.Has(ClientExperienceUnknown):
		a.NotDocumented(at, "no document of the edition speaks of a client experience policy")
	case !slices.Contains(experiences, policy):
		rules.Break(&a, ClientExperienceUnknown, at, "%q is none of %s", policy, words(experiences))
	}
	if policy == ForceUI2026 && (use.PCoIP || use.Pools) && rules.Has(ClientExperienceLocksOut) {
		rules.Break(&a, ClientExperienceLocksOut, at, "the new client connects neither to PCoIP WorkSpaces nor to pools")
	}
	if use.Registry && rules.Has(ClientExperienceOverrides) {
		rules.Break(&a, ClientExperienceOverrides, at, "%s would override the registry of the machines, for good", policy)
	}
	return a.Concluded(), nil
}
