package cfn

import (
	"fmt"
	"maps"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/keypolicy"
	"github.com/wksgo/wks/rule"
)

// policies are the answers about the policy of one key, by the values of the parameters that it names.
type policies struct {
	names   map[string]bool // parameters that have no value
	answers map[string]policyAnswer
}

// A policyAnswer is what there is to say of a policy.
type policyAnswer struct {
	keyAnswer
	wanted map[string][]any
	secret bool
}

// keyPolicy asks whether the policy of a key of the template lets anybody launch a WorkSpace with it. A key
// without a policy gets the one that KMS makes, by which the IAM policies of the account decide. A policy is read once for
// each choice of the parameters that it names, and for mostChecks of them.
func (r *reader) keyPolicy(rules encryption.Rules, id string, k *keyAnswer) {
	m, _ := r.Resources[id].Properties.(map[string]any)
	v, ok := m["KeyPolicy"]
	if !ok {
		return
	}
	of := r.q.policies[id]
	if of == nil {
		if r.q.policies == nil {
			r.q.policies = map[string]*policies{}
		}
		of = &policies{map[string]bool{}, map[string]policyAnswer{}}
		r.q.policies[id] = of
	}
	for {
		choice := map[string]any{}
		for name := range of.names {
			if v, chosen := r.choice[name]; chosen {
				choice[name] = v
			}
		}
		key := fmt.Sprintf("%#v", choice)
		is, ok := of.answers[key]
		if !ok && len(of.answers) == mostChecks {
			k.notGiven = append(k.notGiven, fmt.Sprintf("whether the policy of %s lets anybody launch a WorkSpace with it: it was read for %d other choices of parameters", rule.Shorten(id), mostChecks))
			return
		}
		if !ok {
			is = r.q.reader(choice).readPolicy(rules, rule.Shorten(id), v)
			of.answers[key] = is
		}
		again := false
		for name := range is.wanted {
			_, chosen := r.choice[name]
			again = again || chosen
			of.names[name] = true
		}
		if again {
			continue
		}
		maps.Copy(r.wanted, is.wanted)
		r.secret = r.secret || is.secret
		k.violations = append(k.violations, is.violations...)
		k.notGiven = append(k.notGiven, is.notGiven...)
		k.undocumented = append(k.undocumented, is.undocumented...)
		return
	}
}

// readPolicy reads the policy of a key.
func (r *reader) readPolicy(rules encryption.Rules, id string, v any) (k policyAnswer) {
	defer func() { k.wanted, k.secret = r.wanted, r.secret }()
	actions, _ := keypolicy.Actions(rules) // each edition of this program has the sample
	v, gap := r.document(v, false)
	if v == (nothing{}) {
		return k
	}
	if gap != nil {
		k.notGiven = append(k.notGiven, fmt.Sprintf("whether the policy of %s lets anybody launch a WorkSpace with it: it %s", id, gap.why))
		return k
	}
	at := id + ".Properties.KeyPolicy: "
	answer, err := keypolicy.Check(asJSON(v), actions)
	switch {
	case err != nil:
		k.violations = append(k.violations, broken(propertyInvalid, keyAt, at+err.Error()))
	case answer.Denied != "":
		k.violations = append(k.violations, broken(keyPolicyDenies, keyAt, at+answer.Denied+": nobody can launch a WorkSpace with the key"))
	default:
		if len(answer.Open) > 0 {
			k.notGiven = append(k.notGiven, fmt.Sprintf("whether the policy of %s lets who makes the stack launch a WorkSpace with it: %s", id, some(answer.Open, "; ")))
		}
		if len(answer.Principals) > 0 {
			k.notGiven = append(k.notGiven, fmt.Sprintf("whether who makes the stack is one of those whom the policy of %s lets launch a WorkSpace: %s", id, some(answer.Principals, ", ")))
		}
		if len(answer.Lacks) > 0 {
			k.undocumented = append(k.undocumented, fmt.Sprintf("%sit allows nobody %s, which the sample of the guide does; no document says which of it a launch needs", at, strings.Join(answer.Lacks, ", ")))
		}
	}
	return k
}

// some names the first of a list, each cut, and says how many more there are.
func some(list []string, by string) string {
	var first []string
	for _, text := range list[:min(len(list), mostNamed)] {
		first = append(first, rule.Shorten(text))
	}
	if more := len(list) - len(first); more > 0 {
		first = append(first, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(first, by)
}

// What stands in a policy for a principal whose name is known when the stack is made.
const (
	thisAccount   = "arn:aws:iam::000000000000:root"
	somePrincipal = "a principal that the stack makes or is given"
)

// document returns a value with all functions within it worked out. A principal that is not known is one that
// somebody is; anything else that is not known makes the whole unknown.
func (r *reader) document(v any, principal bool) (any, *unknown) {
	known, gap := r.reduce(v)
	switch {
	case gap == nil:
	case !principal || gap.missing || gap.unmapped:
		return nil, gap
	case strings.Contains(fmt.Sprint(v), ":root") || fmt.Sprint(v) == "map[Ref:AWS::AccountId]":
		return thisAccount, nil
	default:
		return somePrincipal, nil
	}
	switch known := known.(type) {
	case map[string]any:
		whole := map[string]any{}
		for name, v := range known {
			x, gap := r.document(v, principal || name == "Principal")
			if gap != nil {
				return nil, gap
			}
			if x != (nothing{}) {
				whole[name] = x
			}
		}
		return whole, nil
	case []any:
		whole := make([]any, 0, len(known))
		for _, v := range known {
			x, gap := r.document(v, principal)
			if gap != nil {
				return nil, gap
			}
			if x != (nothing{}) {
				whole = append(whole, x)
			}
		}
		return whole, nil
	}
	return known, nil
}
