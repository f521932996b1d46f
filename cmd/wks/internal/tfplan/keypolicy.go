package tfplan

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/keypolicy"
)

// keyPolicies are what a plan tells of the policies of its keys.
type keyPolicies struct {
	actions []string            // of the guide's sample
	own     map[*object]*object // the aws_kms_key_policy of a key
	lost    []*object           // an aws_kms_key_policy whose key is not known
	caller  string              // ARN of who made the plan, "" if it is not known
	answers map[*object]policyAnswer
}

// A policyAnswer is the answer about the policy of a key.
type policyAnswer struct {
	at      place
	pending bool
	answer  keypolicy.Answer
	mine    bool // who made the plan is one of the principals
	err     error
}

// policiesOf collects the policies of the plan.
func (c *checker) policiesOf() *keyPolicies {
	if c.policies != nil {
		return c.policies
	}
	k := &keyPolicies{own: map[*object]*object{}, answers: map[*object]policyAnswer{}}
	k.actions, _ = keypolicy.Actions(c.rules.Encryption) // each edition has the sample, and the check of the key has told of rules without one
	for _, o := range c.plan.each("aws_kms_key_policy", "aws_caller_identity") {
		if o.typ == "aws_caller_identity" {
			k.caller = o.after.get("arn").text()
		} else if key, _, ok := c.plan.link(o, "key_id").one(); ok && key != nil {
			k.own[key] = o
		} else if !ok {
			k.lost = append(k.lost, o)
		}
	}
	c.policies = k
	return k
}

// keyPolicy asks whether the policy of a key of the plan lets anybody launch a desktop with it.
func (c *checker) keyPolicy(r *resource, key *object) {
	if key == nil || key.typ != "aws_kms_key" || key.mode != "managed" {
		return
	}
	k := c.policiesOf()
	p, ok := k.answers[key]
	if !ok {
		p = c.askPolicy(k, key)
		k.answers[key] = p
	}
	switch {
	case p.at.object == nil: // the policy that KMS makes, by which IAM policies decide
	case p.pending:
		r.notGiven("whether the policy of %s lets anybody launch a WorkSpace with it: %s: not known until apply", key, p.at)
	case p.err != nil:
		r.breach(valueInvalid, p.at, p.at.told(p.err.Error()))
	case p.answer.Denied != "":
		r.breach(keyPolicyDenies, p.at, p.at.told(p.answer.Denied+": nobody can launch a WorkSpace with the key"))
	default:
		if len(p.answer.Open) > 0 {
			r.notGiven("whether the policy of %s lets who applies launch a WorkSpace with it: %s", key, p.at.toldOf(p.answer.Open))
		}
		if who := p.answer.Principals; len(who) > 0 && !p.mine {
			r.notGiven("whether who applies is one of those whom the policy of %s lets launch a WorkSpace: %s", key, p.at.toldOf(who))
		}
		if len(p.answer.Lacks) > 0 {
			r.once(&r.Undocumented, say("%s: the policy allows nobody %s, which the sample of the guide does; no document says which of it a launch needs", p.at, p.at.told(joined(p.answer.Lacks))))
		}
	}
	if len(k.lost) > 0 && k.own[key] == nil {
		r.notGiven("whether %s has the policy of %s: its key_id is not known until apply", key, few(k.lost, len(k.lost)))
	}
}

// askPolicy reads the policy of a key: the place has no object if KMS makes it.
func (c *checker) askPolicy(k *keyPolicies, key *object) (p policyAnswer) {
	holder := key
	if own := k.own[key]; own != nil {
		holder = own
	}
	a := holder.after.get("policy")
	switch {
	case a.pending() && holder == key && c.plan.configOf(key) != nil && c.plan.argument(key, "policy") == nil, a.text() == "" && !a.pending():
		return p
	case a.pending():
		return policyAnswer{at: place{object: holder, attr: a}, pending: true}
	}
	p.at = place{object: holder, attr: a}
	p.answer, p.err = keypolicy.Check([]byte(a.text()), k.actions)
	p.mine = slices.ContainsFunc(p.answer.Principals, func(p string) bool { return samePrincipal(p, k.caller) })
	return p
}

// samePrincipal reports whether a principal of a policy is a caller, whose ARN STS gives: that of a user, or
// of a session of a role, which has the role's name without its path.
func samePrincipal(principal, caller string) bool {
	if principal == caller {
		return caller != ""
	}
	account := func(arn string) string {
		parts := strings.SplitN(arn, ":", 6)
		return parts[min(4, len(parts)-1)]
	}
	_, session, assumed := strings.Cut(caller, ":assumed-role/")
	role, _, _ := strings.Cut(session, "/")
	_, path, isRole := strings.Cut(principal, ":role/")
	return assumed && isRole && account(principal) == account(caller) && path[strings.LastIndexByte(path, '/')+1:] == role
}
