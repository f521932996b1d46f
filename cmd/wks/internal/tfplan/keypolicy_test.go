package tfplan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const policyKeyARN = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa"

// allows is a key policy with one statement.
func allows(principal, action string) string {
	return fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Sid": "s", "Effect": "Allow", "Principal": {"AWS": %q}, "Action": %q, "Resource": "*"}]}`, principal, action)
}

// The policy of a key is asked about for the desktops that are launched with it.
func TestKeyPolicy(t *testing.T) {
	const (
		root    = "arn:aws:iam::123456789012:root"
		role    = "arn:aws:iam::123456789012:role/teams/desktops"
		unknown = `"arn": true, "id": true, "key_id": true`
		denied  = "must tfplan.key-policy "
	)
	toCome := change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("ann", sound, "region", `"eu-west-1"`, "user_volume_encryption_enabled", "true")+"}", `{"id": true, "volume_encryption_key": true}`)
	byName := func(name string) string {
		return createWorkspace("w", desk("ann", sound, "region", `"eu-west-1"`, "user_volume_encryption_enabled", "true", "volume_encryption_key", strconv.Quote(name)))
	}
	key := func(policy, more string) string {
		after := `{"is_enabled": true, "customer_master_key_spec": "SYMMETRIC_DEFAULT", "region": "eu-west-1"`
		if policy != "" {
			after += `, "policy": ` + strconv.Quote(policy)
		}
		return change("aws_kms_key", "k", `"create"`, "null", after+"}", "{"+unknown+more+"}")
	}
	known := func(policy string) string {
		return change("aws_kms_key", "k", `"no-op"`, "{}", `{"is_enabled": true, "customer_master_key_spec": "SYMMETRIC_DEFAULT", "arn": "`+policyKeyARN+`", "id": "1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa", "policy": `+strconv.Quote(policy)+"}", "{}")
	}
	own := func(policy string) string {
		return change("aws_kms_key_policy", "p", `"create"`, "null", `{"policy": `+strconv.Quote(policy)+"}", `{"id": true, "key_id": true}`)
	}
	caller := func(arn string) string {
		return `[{"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "name": "me", "values": {"arn": "` + arn + `"}}]`
	}
	w := configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k.arn", "aws_kms_key.k"))
	policyOf := configured("aws_kms_key_policy", "p", "key_id", refs("aws_kms_key.k.id", "aws_kms_key.k"))
	for _, tt := range []struct {
		name, config, state string
		changes             []string
		want                []string
		says                string // a part of the text, "" for none of a policy
		status              int
	}{
		{"IAM decides", w, "[]", []string{toCome, key(allows(root, "kms:*"), "")}, nil, "", exitClean},
		{"the policy that KMS makes", w + ", " + configured("aws_kms_key", "k", "is_enabled", `{"constant_value": true}`), "[]", []string{toCome, key("", `, "policy": true`)}, nil, "", exitClean},
		{"a policy that is not known", w + ", " + configured("aws_kms_key", "k", "policy", refs("local.policy")), "[]", []string{toCome, key("", `, "policy": true`)}, nil, "policy: not known until apply", exitClean},
		{"no grants", w, "[]", []string{toCome, key(allows(root, "kms:Describe*"), "")}, []string{denied + "aws_kms_key.k: policy"}, "no statement allows kms:CreateGrant", exitBroken},
		{"no grants, of a key that is there", "", "[]", []string{byName(policyKeyARN), known(allows(root, "kms:Describe*"))}, []string{denied + "aws_kms_key.k: policy"}, "", exitBroken},
		{"by an alias", "", "[]", []string{byName("alias/d"), known(allows(root, "kms:Describe*")), change("aws_kms_alias", "a", `"no-op"`, "{}", `{"id": "alias/d", "name": "alias/d", "arn": "arn:aws:kms:eu-west-1:123456789012:alias/d", "target_key_id": "1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa"}`, "{}")},
			[]string{denied + "aws_kms_key.k: policy", "should encryption.key-not-arn aws_workspaces_workspace.w: volume_encryption_key"}, "", exitBroken},
		{"of a resource of its own", w + ", " + policyOf, "[]", []string{toCome, key(allows(root, "kms:*"), ""), own(allows(root, "kms:Describe*"))}, []string{denied + "aws_kms_key_policy.p: policy"}, "", exitBroken},
		{"of a resource whose key is not known", w + ", " + configured("aws_kms_key_policy", "p", "key_id", refs("local.k")), "[]", []string{toCome, key(allows(root, "kms:*"), ""), own(allows(root, "kms:Describe*"))}, nil, "whether aws_kms_key.k has the policy of aws_kms_key_policy.p", exitClean},
		{"grants alone", w, "[]", []string{toCome, key(allows(root, "kms:CreateGrant"), "")}, nil, "no document says which of it a launch needs", exitUnanswered},
		{"a role", w, "[]", []string{toCome, key(allows(role, "kms:*"), "")}, nil, "whether who applies is one of those", exitClean},
		{"the caller's role", w, caller("arn:aws:sts::123456789012:assumed-role/desktops/ci"), []string{toCome, key(allows(role, "kms:*"), "")}, nil, "", exitClean},
		{"another role", w, caller("arn:aws:sts::123456789012:assumed-role/network/ci"), []string{toCome, key(allows(role, "kms:*"), "")}, nil, "whether who applies is one of those", exitClean},
		{"a role of another account", w, caller("arn:aws:sts::999999999999:assumed-role/desktops/ci"), []string{toCome, key(allows(role, "kms:*"), "")}, nil, "whether who applies is one of those", exitClean},
		{"a condition", w, "[]", []string{toCome, key(strings.Replace(allows(root, "kms:*"), `"Resource"`, `"Condition": {"StringEquals": {"kms:ViaService": "ec2.eu-west-1.amazonaws.com"}}, "Resource"`, 1), "")}, nil, "has a condition", exitClean},
		{"no policy", w, "[]", []string{toCome, key("x", "")}, []string{"must tfplan.value-invalid aws_kms_key.k: policy"}, "", exitBroken},
	} {
		plan := planWith(`{"root_module": {"resources": [`+tt.config+`]}}`, tt.state, tt.changes...)
		status, rep := reportOn(t, plan)
		_, text, _ := tfplan(t, plan)
		if got := rep.findings(); !slices.Equal(got, tt.want) || status != tt.status || !strings.Contains(text, tt.says) || tt.says == "" && tt.want == nil && strings.Contains(text, "polic") {
			t.Errorf("%s: status %d, %q\n%s", tt.name, status, got, text)
		}
	}
	// What is sensitive is not told, and not by way of a neighbour.
	secret := strings.Replace(key(strings.Replace(allows(root, "kms:Describe*"), `"s"`, `"hush"`, 1), ""), `"after_unknown"`, `"after_sensitive": {"policy": true}, "after_unknown"`, 1)
	_, text, _ := tfplan(t, planWith(`{"root_module": {"resources": [`+w+`]}}`, "[]", toCome, secret))
	if strings.Contains(text, "hush") || strings.Contains(text, "Describe*") || !strings.Contains(text, string(hiddenDetail)) {
		t.Error(text)
	}
}
