package encryption

import (
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A part is a statement of a policy, by what it is for.
type part string

const (
	accountPart  part = "key-policy-account"  // IAM policies of the account decide too
	managePart   part = "key-policy-manage"   // who may manage the key
	usePart      part = "key-policy-use"      // who may use it
	servicesPart part = "key-policy-services" // AWS services may, for those who use it
	launchPart   part = "iam-policy-launch"   // who launches WorkSpaces that are encrypted with any key
	keyPart      part = "iam-policy-key"      // who launches those that are encrypted with the keys it names
	consolePart  part = "iam-policy-console"  // what the console lists for them
)

// A policyRow is the actions of a statement in the guide's samples.
type policyRow struct {
	part    part
	actions []string
	tables.Dated
}

func actions(p part, document, section, since, until string, list ...string) policyRow {
	return policyRow{p, list, tables.Since(document, section, since, until)}
}

const (
	rolesSection  = "IAM Permissions and Roles for Encryption"
	policySection = "Part 2: Giving WorkSpaces Administrators Additional Permissions with an IAM Policy"
	kmsIAMSection = "Part 2: Giving WorkSpaces Administrators Extra Permissions with an IAM Policy"
)

// policies, in the order of the statements. kms:ReEncrypt became kms:ReEncryptFrom and
// kms:ReEncryptTo between the version of 2022-09-02 and the reading of 2025-10-21. The
// IAM statement of the guide of 2018-02-03 is for every key. One that names the key stands in KMS's guide since
// 2017-11-15, and in the guide too, beside the other, since 2021-01-23.
var policies = tables.Table[policyRow]{
	Name: "policies",
	Key:  func(r policyRow) string { return string(r.part) },
	Lists: func(r policyRow) []rule.Parameter {
		return []rule.Parameter{{Name: "actions: " + string(r.part), Value: strings.Join(r.actions, ", ")}}
	},
	Rows: []policyRow{
		actions(accountPart, encryptPage, rolesSection, "2018-02-03", "", "kms:*"),
		actions(managePart, encryptPage, rolesSection, "2018-02-03", "",
			"kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*", "kms:Disable*", "kms:Get*", "kms:Delete*"),
		actions(usePart, encryptPage, rolesSection, "2018-02-03", autumn2025,
			"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt", "kms:GenerateDataKey*", "kms:DescribeKey"),
		actions(usePart, encryptPage, "Grant WorkSpaces permission to use a KMS Key on your behalf", autumn2025, "",
			"kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey*", "kms:DescribeKey"),
		actions(servicesPart, encryptPage, rolesSection, "2018-02-03", "",
			"kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"),

		actions(launchPart, encryptPage, rolesSection, "2018-02-03", "",
			"kms:CreateGrant", "kms:Describe*", "kms:List*"),
		actions(keyPart, kmsServices, kmsIAMSection, "2017-11-15", "2021-01-23", "kms:CreateGrant"),
		actions(keyPart, encryptPage, policySection, "2021-01-23", "", "kms:CreateGrant"),
		actions(consolePart, kmsServices, kmsIAMSection, "2017-11-15", "2021-01-23", "kms:ListAliases", "kms:ListKeys"),
		actions(consolePart, encryptPage, policySection, "2021-01-23", "", "kms:ListAliases", "kms:ListKeys"),
	},
}
