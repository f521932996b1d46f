package keypolicy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
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

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "kms:a", true}, {"kms:*", "kms:a", true}, {"kms:*b", "kms:aab", true}, {"kms:*b", "kms:aba", false}, {"kms:?", "kms:ab", false},
		{"kms:a", "kms:a", true}, {"kms:a", "kms:ab", false}, {"", "", true}, {"", "a", false}, {"a*b*c", "a-b-b-c", true}, {"a*", "a", true}, {"?", "", false},
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
