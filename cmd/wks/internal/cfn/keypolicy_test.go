package cfn

import (
	"slices"
	"strings"
	"testing"
)

// keyed is a template with a key that has a policy, and a WorkSpace that names it.
func keyed(policy, key string) string {
	return desktop("", "      VolumeEncryptionKey: "+key+`
      RootVolumeEncryptionEnabled: true
  Key:
    Type: AWS::KMS::Key
    Properties: {`+policy+`}
  Alias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/desktops, TargetKeyId: !Ref Key}
  Role:
    Type: AWS::IAM::Role
`)
}

// Whether anybody can launch a WorkSpace with a key is asked of the policy that the template gives it.
func TestKeyPolicy(t *testing.T) {
	const (
		arn     = "!GetAtt Key.Arn"
		account = "{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}"
		joined  = "{Effect: Allow, Principal: {AWS: !Join ['', ['arn:aws:iam::', !Ref 'AWS::AccountId', ':root']]}, Action: ['kms:*'], Resource: '*'}"
		role    = "{Effect: Allow, Principal: {AWS: [!GetAtt Role.Arn]}, Action: 'kms:*', Resource: '*'}"
		reader  = "{Effect: Allow, Principal: {AWS: !Ref 'AWS::AccountId'}, Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: '*'}"
		deny    = "{Effect: Deny, Principal: '*', Action: 'kms:CreateGrant', Resource: '*'}"
	)
	of := func(statements ...string) string {
		return "KeyPolicy: {Version: '2012-10-17', Statement: [" + strings.Join(statements, ", ") + "]}"
	}
	for name, tt := range map[string]struct {
		policy, key string
		code        string
		open        string
	}{
		"none: KMS makes one":           {"", arn, "", ""},
		"the account, by Sub":           {of(account), arn, "", ""},
		"the account, by Join":          {of(joined), arn, "", ""},
		"a role of the stack":           {of(role), arn, "", "is one of those whom the policy of Key lets launch"},
		"reads alone":                   {of(reader), arn, "cfn.key-policy", ""},
		"through an alias":              {of(reader), "!Ref Alias", "cfn.key-policy", ""},
		"denied to everybody":           {of(account, deny), arn, "cfn.key-policy", ""},
		"actions that are not known":    {of("{Effect: Allow, Principal: '*', Action: !ImportValue actions, Resource: '*'}"), arn, "", "whether the policy of Key lets anybody launch"},
		"no policy":                     {"KeyPolicy: {Version: '2012-10-17'}", arn, "cfn.property-invalid", ""},
		"a statement that is left out":  {of(account, "!If [Never, "+deny+", !Ref 'AWS::NoValue']"), arn, "", ""},
		"some actions of the sample":    {of("{Effect: Allow, Principal: '*', Action: 'kms:CreateGrant', Resource: '*'}"), arn, "", "it allows nobody kms:"},
		"a condition, and a key of it":  {of("{Effect: Allow, Principal: '*', Action: 'kms:*', Resource: '*', Condition: {StringEquals: {'kms:CallerAccount': '1'}}}"), arn, "", "has a condition"},
		"one statement without a list":  {"KeyPolicy: {Statement: " + reader + "}", arn, "cfn.key-policy", ""},
		"an account that may be others": {of("{Effect: Allow, Principal: {AWS: !ImportValue owner}, Action: 'kms:*', Resource: '*'}"), arn, "", "is one of those whom the policy of Key lets launch"},
	} {
		template := "Conditions: {Never: !Equals [a, b]}\n" + keyed(tt.policy, tt.key)
		got := check(t, template).Inputs[0].Resources[0]
		code := ""
		for _, f := range got.Findings {
			if strings.HasPrefix(f.Code, "cfn.") {
				code += f.Code
			}
		}
		if code != tt.code {
			t.Errorf("%s: %+v, want %q", name, got, tt.code)
		}
		about := slices.DeleteFunc(got.open(), func(s string) bool { return !strings.Contains(s, "policy") && !strings.Contains(s, "KeyPolicy") })
		if len(about) > 0 != (tt.open != "") || tt.open != "" && !strings.Contains(about[0], tt.open) {
			t.Errorf("%s: %q, want %q", name, about, tt.open)
		}
	}
}
