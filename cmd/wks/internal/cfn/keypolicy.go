package cfn

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/keypolicy"
)

// keyPolicy asks whether the policy of a key of the template lets anybody launch a WorkSpace with it. A key
// without a policy gets the one that KMS makes, by which the IAM policies of the account decide.
func (r *reader) keyPolicy(rules encryption.Rules, id string, k *keyAnswer) {
	m, _ := r.Resources[id].Properties.(map[string]any)
	v, ok := m["KeyPolicy"]
	if !ok {
		return
	}
	actions, _ := keypolicy.Actions(rules) // each edition of this program has the sample
	v, gap := r.document(v, false)
	if v == (nothing{}) {
		return
	}
	if gap != nil {
		k.notGiven = append(k.notGiven, fmt.Sprintf("whether the policy of %s lets anybody launch a WorkSpace with it: it %s", id, gap.why))
		return
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
			k.notGiven = append(k.notGiven, fmt.Sprintf("whether the policy of %s lets who makes the stack launch a WorkSpace with it: %s", id, strings.Join(answer.Open, "; ")))
		}
		if len(answer.Principals) > 0 {
			k.notGiven = append(k.notGiven, fmt.Sprintf("whether who makes the stack is one of those whom the policy of %s lets launch a WorkSpace: %s", id, strings.Join(answer.Principals, ", ")))
		}
		if len(answer.Lacks) > 0 {
			k.undocumented = append(k.undocumented, fmt.Sprintf("%sit allows nobody %s, which the sample of the guide does; no document says which of it a launch needs", at, strings.Join(answer.Lacks, ", ")))
		}
	}
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
