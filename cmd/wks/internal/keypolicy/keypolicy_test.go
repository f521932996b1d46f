package keypolicy

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

const (
	root = `{"AWS": "arn:aws:iam::123456789012:root"}`
	ann  = `{"AWS": "arn:aws:iam::123456789012:user/ann"}`
	use  = `["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey", "kms:ListGrants", "kms:RevokeGrant"]`
)

func one(effect, principal, action, more string) string {
	return fmt.Sprintf(`{"Effect": %q, "Principal": %s, "Action": %s, "Resource": "*"%s}`, effect, principal, action, more)
}

func policy(list ...string) string {
	return `{"Version": "2012-10-17", "Statement": [` + strings.Join(list, ", ") + `]}`
}

func TestCheck(t *testing.T) {
	actions, err := Actions(encryption.Newest())
	if err != nil || !slices.Contains(actions, Grant) || !slices.Contains(actions, "kms:GenerateDataKey*") || slices.Contains(actions, "kms:Create*") {
		t.Fatal(actions, err)
	}
	sample, err := encryption.Newest().KeyPolicy("arn:aws:iam::123456789012:root", []string{"arn:aws:iam::123456789012:user/root"}, []string{"arn:aws:iam::123456789012:user/ann"})
	if err != nil {
		t.Fatal(err)
	}
	grant := `"` + Grant + `"`
	for _, tt := range []struct {
		name, policy string
		denied       string // a part of it
		open         string // a part of the first
		lacks        int
		principals   []string
	}{
		{name: "the sample", policy: string(sample)},
		{name: "the account", policy: policy(one("Allow", root, `"kms:*"`, ""))},
		{name: "a statement that is no list", policy: `{"Statement": ` + one("Allow", root, `"kms:*"`, "") + `}`},
		{name: "the account's number", policy: policy(one("Allow", `{"AWS": "123456789012"}`, `"*"`, ""))},
		{name: "a user with all", policy: policy(one("Allow", ann, `"kms:*"`, "")), principals: []string{"arn:aws:iam::123456789012:user/ann"}},
		{name: "a user with the condition of the sample", policy: policy(one("Allow", ann, grant, `, "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}`), one("Allow", ann, use, "")), principals: []string{"arn:aws:iam::123456789012:user/ann"}},
		{name: "grants alone", policy: policy(one("Allow", ann, grant, "")), lacks: len(actions) - 1, principals: []string{"arn:aws:iam::123456789012:user/ann"}},
		{name: "all but grants", policy: policy(one("Allow", root, use, "")), denied: "no statement allows"},
		{name: "NotAction", policy: policy(`{"Effect": "Allow", "Principal": ` + root + `, "NotAction": "kms:CreateGrant", "Resource": "*"}`), denied: "no statement allows"},
		{name: "other letters, and a pattern", policy: policy(one("Allow", root, `"KMS:c?eate*"`, "")), lacks: len(actions) - 1},
		{name: "nothing", policy: policy(), denied: "no statement allows"},
		{name: "denied to everybody", policy: policy(one("Allow", root, `"kms:*"`, ""), one("Deny", `"*"`, `"kms:Create*"`, `, "Sid": "no"`)), denied: `statement "no" denies`},
		{name: "a long name", policy: policy(one("Allow", root, `"kms:*"`, ""), one("Deny", `"*"`, grant, `, "Sid": "`+strings.Repeat("n", 300)+`"`)), denied: strings.Repeat("n", 200) + "…"},
		{name: "denied to one", policy: policy(one("Allow", root, `"kms:*"`, ""), one("Deny", ann, grant, "")), open: "statement 2 denies"},
		{name: "denied on a condition", policy: policy(one("Allow", root, `"kms:*"`, ""), one("Deny", `"*"`, grant, `, "Condition": {"Bool": {"kms:GrantIsForAWSResource": "false"}}`)), open: "has a condition"},
		{name: "allowed on a condition", policy: policy(one("Allow", `"*"`, `"kms:*"`, `, "Condition": {"StringEquals": {"kms:ViaService": "ec2.eu-west-1.amazonaws.com"}}`)), open: "has a condition"},
		{name: "a condition beside what is certain", policy: policy(one("Allow", `"*"`, `"kms:*"`, `, "Condition": {"StringEquals": {"kms:ViaService": "ec2.eu-west-1.amazonaws.com"}}`), one("Allow", root, `"kms:*"`, ""))},
		{name: "a service", policy: policy(one("Allow", `{"Service": "workspaces.amazonaws.com"}`, `"kms:*"`, "")), open: "names no principal of AWS"},
		{name: "a resource", policy: strings.Replace(policy(one("Allow", root, `"kms:*"`, "")), `"Resource": "*"`, `"Resource": "arn:aws:kms:eu-west-1:123456789012:key/1"`, 1), open: "is not for the resource"},
	} {
		a, err := Check([]byte(tt.policy), actions)
		open := strings.Join(a.Open, "; ")
		if err != nil || (tt.denied == "") != (a.Denied == "") || !strings.Contains(a.Denied, tt.denied) || (tt.open == "") != (open == "") || !strings.Contains(open, tt.open) ||
			len(a.Lacks) != tt.lacks || !slices.Equal(a.Principals, tt.principals) {
			t.Errorf("%s: %+v, %v", tt.name, a, err)
		}
	}
	for _, text := range []string{"", "x", "[]", `{}`, `{"Statement": 1}`, `{"Statement": [{}]}`, `{"Statement": [{"Effect": "allow"}]}`} {
		if _, err := Check([]byte(text), actions); err == nil {
			t.Errorf("%q is taken for a policy", text)
		}
	}
}

// The actions are those of the guide's sample for the user, in its order, with the grants.
func TestActions(t *testing.T) {
	want := []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey*", "kms:DescribeKey", "kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"}
	got, err := Actions(encryption.Newest())
	slices.Sort(got)
	if got = slices.Compact(got); err != nil || !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := Actions(encryption.Rules{}); err == nil || got != nil {
		t.Errorf("without an edition: %q, %v", got, err)
	}
}

// The rule rests on the guide's sample, and has its date: no earlier edition has one.
func TestRule(t *testing.T) {
	r := Rule("preflight.key-policy")
	if len(r.Revisions) != 1 || r.Code != "preflight.key-policy" || r.Revisions[0].Level != rule.Must || r.Revisions[0].Cite.Document != "admin-guide-encrypt" {
		t.Fatalf("%+v", r)
	}
	since, first := r.Revisions[0].Cite.Date, false
	for _, e := range encryption.Editions() {
		rules, err := encryption.At(e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Actions(rules); (err == nil) != (e.Compare(since) >= 0) {
			t.Errorf("%s: %v, and the rule is of %s", e, err, since)
		}
		first = first || e == since
	}
	if !first {
		t.Errorf("%s is no edition", since)
	}
}

func TestAnswers(t *testing.T) {
	const grant, data = `"kms:CreateGrant"`, "kms:GenerateDataKey*"
	when := func(condition string) string {
		return one("Allow", ann, `"kms:CreateGrant"`, `, "Condition": `+condition)
	}
	on := []string{"statement 1 allows kms:CreateGrant, and has a condition"}
	certain := []string{"arn:aws:iam::123456789012:user/ann"}
	for name, tt := range map[string]struct {
		policy string
		want   Answer
	}{
		"all but another action": {policy(`{"Effect": "Allow", "Principal": ` + ann + `, "NotAction": "kms:Delete*", "Resource": "*"}`), Answer{Principals: certain}},
		"all but a part of what is needed": {policy(`{"Effect": "Allow", "Principal": ` + ann + `, "NotAction": "kms:GenerateDataKey", "Resource": "*"}`),
			Answer{Principals: certain, Lacks: []string{data}}},
		"a part of what is needed": {policy(one("Allow", ann, `["kms:CreateGrant", "kms:GenerateDataKey"]`, "")), Answer{Principals: certain, Lacks: []string{data}}},
		"one letter more":          {policy(one("Allow", ann, `["kms:CreateGrant", "kms:GenerateDataKey?"]`, "")), Answer{Principals: certain, Lacks: []string{data}}},
		"all of it":                {policy(one("Allow", ann, `["kms:CreateGrant", "kms:GenerateData*"]`, "")), Answer{Principals: certain}},
		"a part is denied":         {policy(one("Allow", ann, `"kms:*"`, ""), one("Deny", `"*"`, `"kms:GenerateDataKey"`, "")), Answer{Principals: certain, Lacks: []string{data}}},
		"all but grants and a part is denied": {policy(one("Allow", ann, `"kms:*"`, ""), `{"Effect": "Deny", "Principal": "*", "NotAction": ["kms:CreateGrant", "kms:GenerateDataKey"], "Resource": "*"}`),
			Answer{Principals: certain, Lacks: []string{data}}},
		"all but grants and it is denied":       {policy(one("Allow", ann, `"kms:*"`, ""), `{"Effect": "Deny", "Principal": "*", "NotAction": ["kms:CreateGrant", "kms:GenerateDataKey*"], "Resource": "*"}`), Answer{Principals: certain}},
		"grants are denied beside one that may": {policy(one("Allow", ann, grant, ""), one("Deny", `"*"`, grant, "")), Answer{Denied: "statement 2 denies kms:CreateGrant to everybody"}},
		"twice": {policy(one("Allow", ann, grant, ""), one("Allow", `{"AWS": ["arn:aws:iam::123456789012:user/ann", "arn:aws:iam::123456789012:user/al"]}`, grant, "")),
			Answer{Principals: []string{"arn:aws:iam::123456789012:user/al", "arn:aws:iam::123456789012:user/ann"}, Lacks: []string{data}}},
		"a name as long as an account's":    {policy(one("Allow", `{"AWS": "AIDAEXAMPLE1"}`, `"kms:*"`, "")), Answer{Principals: []string{"AIDAEXAMPLE1"}}},
		"a number that is no account's":     {policy(one("Allow", `{"AWS": "12345678901"}`, `"kms:*"`, "")), Answer{Principals: []string{"12345678901"}}},
		"a condition on another":            {policy(when(`{"Bool": {"aws:MultiFactorAuthPresent": "true"}}`)), Answer{Open: on}},
		"the condition by another test":     {policy(when(`{"StringEquals": {"kms:GrantIsForAWSResource": "true"}}`)), Answer{Open: on}},
		"the condition, and more":           {policy(when(`{"Bool": {"kms:GrantIsForAWSResource": "true"}, "IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}`)), Answer{Open: on}},
		"the condition, and more of a kind": {policy(when(`{"Bool": {"kms:GrantIsForAWSResource": "true", "aws:SecureTransport": "true"}}`)), Answer{Open: on}},
		"the condition turned round":        {policy(when(`{"Bool": {"kms:GrantIsForAWSResource": "false"}}`)), Answer{Open: on}},
		"the condition by a value":          {policy(when(`{"Bool": {"KMS:grantIsForAWSResource": true}}`)), Answer{Principals: certain, Lacks: []string{data}}},
		"a condition of nothing":            {policy(when(`{"Bool": {}}`)), Answer{Open: on}},
		"no condition in it":                {policy(when(`{}`)), Answer{Open: on}},
		"a condition of no form":            {policy(when(`"x"`)), Answer{Open: on}},
		"one and another": {policy(one("Deny", ann, grant, `, "Sid": "a"`), when(`{"IpAddress": {}}`), one("Deny", `"*"`, grant, `, "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}`)),
			Answer{Open: []string{`statement "a" denies kms:CreateGrant, and names some principals`, "statement 2 allows kms:CreateGrant, and has a condition", "statement 3 denies kms:CreateGrant, and has a condition"}}},
	} {
		if got, err := Check([]byte(tt.policy), []string{Grant, data}); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, tt.want)
		}
	}
	for text, want := range map[string]string{
		policy(one("Allow", ann, grant, ""), one("deny", ann, grant, "")): `is no policy: statement 2 has the Effect "deny"`,
		`{"Statement": 1}`: "is no policy: it has no Statement that is a list of statements or one",
		"[]":               "is no policy: json: cannot unmarshal array into Go value of type struct { Statement json.RawMessage }",
	} {
		if a, err := Check([]byte(text), nil); err == nil || err.Error() != want || !reflect.DeepEqual(a, Answer{}) {
			t.Errorf("%s: %+v, %v", text, a, err)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "kms:a", true}, {"kms:*", "kms:a", true}, {"kms:*b", "kms:aab", true}, {"kms:*b", "kms:aba", false}, {"kms:?", "kms:ab", false},
		{"kms:a", "kms:a", true}, {"kms:a", "kms:ab", false}, {"", "", true}, {"", "a", false}, {"a*b*c", "a-b-b-c", true}, {"a*", "a", true}, {"?", "", false},
		{"kms:a*", "kms:a*", true}, {"kms:a", "kms:a*", false}, {"kms:a?", "kms:a*", false},
	} {
		if got := match(tt.pattern, tt.text); got != tt.want {
			t.Errorf("%q, %q: %t", tt.pattern, tt.text, got)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(policy(one("Allow", root, `"kms:*"`, "")))
	f.Add(`{"Statement": [{"Effect": "Allow", "Principal": {"AWS": [1, null]}, "Action": {}, "Condition": []}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		if a, err := Check([]byte(text), []string{Grant}); err == nil && a.Denied != "" && (len(a.Lacks) > 0 || a.Principals != nil) {
			t.Errorf("%+v", a)
		}
	})
}
