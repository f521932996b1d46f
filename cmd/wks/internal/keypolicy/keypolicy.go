// Package keypolicy tells whether the policy of a KMS key lets anybody launch a WorkSpace that it encrypts,
// as far as the policy and the Administration Guide say.
package keypolicy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// Grant is the action without which nobody launches: the guide requires it of the user who does.
const Grant = "kms:CreateGrant"

// Rule returns the rule that somebody can launch, as one of a command.
func Rule(code rule.Code) rule.Rule {
	return finding.Own(code, rule.Must, "The policy of a KMS key lets nobody make grants on it, without which no WorkSpace is launched.",
		"Let those who launch make grants, and use the key, as the sample of the guide does.",
		rule.Citation{Document: "admin-guide-encrypt", Section: "IAM Permissions and Roles for Encryption", Date: rule.MustParseEdition("2018-02-03")})
}

// Actions are those that the guide's sample of a key policy gives to who launches, Grant among them.
func Actions(r encryption.Rules) ([]string, error) {
	const root, manager, user = "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:user/manager", "arn:aws:iam::123456789012:user/user"
	text, err := r.KeyPolicy(root, []string{manager}, []string{user})
	if err != nil {
		return nil, err
	}
	sample, err := parse(text)
	var list []string
	for _, s := range sample {
		if slices.Contains(s.principals, user) {
			list = append(list, s.actions...)
		}
	}
	return list, err
}

// An Answer is what a policy says of a launch.
type Answer struct {
	Denied     string   // why nobody can launch; "" if somebody may be able to
	Open       []string // why it is not known whether somebody can
	Lacks      []string // actions of the sample that nobody gets, if nobody is denied Grant
	Principals []string // who gets Grant without a condition, sorted; none if IAM policies of the account decide
}

// Check reads a policy document. actions are those of [Actions]. Nobody can launch if no statement allows
// Grant, or one denies it to everybody. The error is for what is no policy document.
func Check(policy []byte, actions []string) (Answer, error) {
	statements, err := parse(policy)
	if err != nil {
		return Answer{}, err
	}
	var a Answer
	grant := of(statements, Grant)
	a.Denied, a.Open = grant.denied, grant.open
	if a.Denied != "" || grant.certain == nil {
		return a, nil
	}
	if !grant.account {
		a.Principals = slices.Compact(slices.Sorted(slices.Values(grant.certain)))
	}
	for _, action := range actions {
		if x := of(statements, action); action != Grant && x.denied != "" {
			a.Lacks = append(a.Lacks, action)
		}
	}
	return a, nil
}

// A result is what statements say of one action.
type result struct {
	denied  string
	open    []string
	certain []string // principals that are allowed it, without a condition
	account bool     // the account is one of them
}

func of(statements []statement, action string) (r result) {
	perhaps := false
	for i, s := range statements {
		if !s.covers(action) {
			continue
		}
		at := fmt.Sprintf("statement %d", i+1)
		if s.sid != "" {
			at = fmt.Sprintf("statement %q", rule.Shorten(s.sid))
		}
		switch why := s.unclear(); {
		case s.deny && why == "" && slices.Contains(s.principals, "*"):
			r.denied = at + " denies " + action + " to everybody"
			return r
		case s.deny:
			if why == "" {
				why = "names some principals"
			}
			r.open = append(r.open, at+" denies "+action+", and "+why)
		case why != "":
			perhaps = true
			r.open = append(r.open, at+" allows "+action+", and "+why)
		default:
			r.certain = append(r.certain, s.principals...)
			r.account = r.account || slices.ContainsFunc(s.principals, isAccount)
		}
	}
	switch {
	case r.certain != nil: // what is allowed besides matters no more
		r.open = slices.DeleteFunc(r.open, func(s string) bool { return strings.Contains(s, " allows ") })
	case !perhaps:
		r.denied, r.open = "no statement allows "+action, nil
	}
	return r
}

// isAccount reports whether a principal is everybody of an account, for which its IAM policies decide.
func isAccount(p string) bool {
	return p == "*" || strings.HasSuffix(p, ":root") || len(p) == 12 && strings.Trim(p, "0123456789") == ""
}

// A statement of a policy.
type statement struct {
	sid        string
	deny       bool
	principals []string // of AWS; "*" is everybody
	actions    []string
	not        bool // all but the actions
	conditions any
	resources  []string
}

// unclear tells why it is not known whether a statement counts for a launch, "" if it does.
func (s statement) unclear() string {
	switch {
	case s.conditions != nil && !s.harmless():
		return "has a condition"
	case len(s.resources) != 1 || s.resources[0] != "*":
		return "is not for the resource *"
	case len(s.principals) == 0:
		return "names no principal of AWS, as the guide's sample does"
	}
	return ""
}

// harmless reports whether the condition is that of the sample: grants for AWS services alone.
func (s statement) harmless() bool {
	all, _ := s.conditions.(map[string]any)
	for operator, v := range all {
		keys, _ := v.(map[string]any)
		if operator != "Bool" || len(keys) != 1 || s.deny {
			return false
		}
		for key, v := range keys {
			if !strings.EqualFold(key, "kms:GrantIsForAWSResource") || !slices.Contains([]any{"true", true}, v) {
				return false
			}
		}
	}
	return len(all) > 0
}

// covers reports whether a statement is about an action. One that allows a pattern such as kms:GenerateDataKey* allows all of it; one
// that denies it denies a part.
func (s statement) covers(action string) bool {
	if s.deny != s.not {
		action = strings.TrimSuffix(action, "*")
	}
	return slices.ContainsFunc(s.actions, func(pattern string) bool {
		return match(strings.ToLower(pattern), strings.ToLower(action))
	}) != s.not
}

// match reports whether a pattern with * and ? is that of a text, or of all of another pattern with *.
func match(pattern, text string) bool {
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' && text[t] != '*' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// parse reads the statements of a policy document.
func parse(text []byte) ([]statement, error) {
	var document struct{ Statement json.RawMessage }
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, fmt.Errorf("is no policy: %s", rule.Printable(err.Error()))
	}
	type raw struct {
		Sid, Effect                                       string
		Principal, Action, NotAction, Resource, Condition any
	}
	var list []raw
	if err := json.Unmarshal(document.Statement, &list); err != nil {
		list = make([]raw, 1)
		if err := json.Unmarshal(document.Statement, &list[0]); err != nil {
			return nil, fmt.Errorf("is no policy: it has no Statement that is a list of statements or one")
		}
	}
	var statements []statement
	for i, r := range list {
		s := statement{sid: r.Sid, deny: r.Effect == "Deny", conditions: r.Condition, actions: texts(r.Action), resources: texts(r.Resource)}
		if r.Effect != "Allow" && !s.deny {
			return nil, fmt.Errorf("is no policy: statement %d has the Effect %q", i+1, rule.Shorten(r.Effect))
		}
		if r.NotAction != nil {
			s.not, s.actions = true, texts(r.NotAction)
		}
		switch p := r.Principal.(type) {
		case string:
			s.principals = []string{p}
		case map[string]any:
			s.principals = texts(p["AWS"])
		}
		statements = append(statements, s)
	}
	return statements, nil
}

// texts returns a text or a list of them as a list.
func texts(v any) (list []string) {
	switch v := v.(type) {
	case string:
		list = append(list, v)
	case []any:
		for _, x := range v {
			if s, ok := x.(string); ok {
				list = append(list, s)
			}
		}
	}
	return list
}
