package encryption_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// The guide's example, 850 WorkSpaces, and a month later: the first key was created, the
// second is still planned, 100 WorkSpaces have gone and 300 are to come. Nobody moves.
func ExampleRules_Shard() {
	rules := encryption.Newest()
	fleet := make([]encryption.Workspace, 850)
	for i := range fleet {
		fleet[i].Region = "eu-west-1"
	}
	plan, err := rules.Shard(fleet, nil, encryption.ShardOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, k := range plan.NewKeys() {
		fmt.Println("create", k.Name, "in", k.Region, "for", k.After)
	}

	for i := range fleet {
		k, _ := plan.Key(i)
		fleet[i].Key = k.Ref()
	}
	keys := []encryption.ShardKey{plan.Keys[0].ShardKey, plan.Keys[1].ShardKey}
	keys[0].ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	fleet = fleet[100:]
	for range 300 {
		fleet = append(fleet, encryption.Workspace{Region: "eu-west-1"})
	}
	plan, err = rules.Shard(fleet, keys, encryption.ShardOptions{HeadRoom: 20})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, k := range plan.Keys {
		fmt.Println(k.Name, "new:", k.New, k.Before, "to", k.After)
	}
	last, _ := plan.Key(len(fleet) - 1)
	fmt.Println("the last one is encrypted with", last.Ref())
	// Output:
	// create workspaces-eu-west-1-1 in eu-west-1 for 500
	// create workspaces-eu-west-1-2 in eu-west-1 for 350
	// workspaces-eu-west-1-1 new: false 400 to 480
	// workspaces-eu-west-1-2 new: false 350 to 480
	// workspaces-eu-west-1-3 new: true 0 to 90
	// the last one is encrypted with workspaces-eu-west-1-3
}

// Requests to CreateWorkspaces get their keys beside what DescribeWorkspaces returned. The
// WorkSpace that is not encrypted stays so, and counts for no key.
func ExampleRequested() {
	const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	launched := []types.Workspace{
		{UserVolumeEncryptionEnabled: new(true), VolumeEncryptionKey: new(key)},
		{},
	}
	requests := []types.WorkspaceRequest{
		{UserName: new("alice"), UserVolumeEncryptionEnabled: new(true)},
		{UserName: new("bob"), UserVolumeEncryptionEnabled: new(true)},
	}

	var fleet []encryption.Workspace
	for _, w := range launched {
		fleet = append(fleet, encryption.Launched("eu-west-1", w))
	}
	for _, w := range requests {
		fleet = append(fleet, encryption.Requested("eu-west-1", w))
	}
	plan, err := encryption.Newest().Shard(fleet, []encryption.ShardKey{{ARN: key, Limit: 2}}, encryption.ShardOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, w := range requests {
		k, _ := plan.Key(len(launched) + i)
		fmt.Println(*w.UserName, k.Ref())
	}
	// Output:
	// alice arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
	// bob workspaces-eu-west-1-1
}

// Before a launch: what DescribeKey told about the key, and what the request asks for.
func ExampleRules_CheckKey() {
	key, err := encryption.ParseKey([]byte(`{"KeyMetadata": {
		"Arn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
		"KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT", "KeyState": "Disabled"}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	launch := encryption.Use{Region: "eu-west-1", VolumeEncryptionKey: "alias/desktops", Root: true, User: true}
	answer, err := encryption.Newest().CheckKey(key, launch)
	fmt.Println(answer.Verdict, err)
	for _, v := range answer.Violations {
		fmt.Println(v.Level, v)
	}
	// Output:
	// denied <nil>
	// must KeyMetadata.KeyState: is Disabled, not Enabled (encryption.key-not-enabled)
	// must VolumeEncryptionKey: the key is in us-east-1, the WorkSpace in eu-west-1 (encryption.key-in-other-region)
	// should VolumeEncryptionKey: alias/desktops is not the ARN of the key, which DescribeWorkspaces returns (encryption.key-not-arn)
}

// A tool that would replace a desktop because its key seems to have changed: an alias is
// not the ARN that DescribeWorkspaces returns, and may still be the same key.
func ExampleRules_CheckChange() {
	const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	is := encryption.Use{Region: "eu-west-1", VolumeEncryptionKey: key, User: true}
	for _, want := range []encryption.Use{
		is,
		{Region: "eu-west-1", VolumeEncryptionKey: "alias/aws/workspaces", User: true},
		{Region: "eu-west-1", VolumeEncryptionKey: key, User: true, Root: true},
	} {
		answer, err := encryption.Newest().CheckChange(is, want)
		fmt.Println(answer.Verdict, answer.Violations, answer.Open, err)
	}
	// Output:
	// allowed [] [] <nil>
	// undocumented [] [VolumeEncryptionKey: an alias or the id of a key does not tell whether it is the same key] <nil>
	// denied [RootVolumeEncryptionEnabled: is false and cannot become true (encryption.encryption-final)] [] <nil>
}

// How many WorkSpaces with both volumes encrypted fit on a customer managed key, by date.
func ExampleRules_MaxWorkSpaces() {
	for _, date := range []string{"2017-12-31", "2020-04-29", "2026-09-10"} {
		rules, err := encryption.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		n, by, _ := rules.MaxWorkSpaces(true, true, false)
		fmt.Println(date, n, by.Scope, by.Value, by.Cite.Document)
	}
	// Output:
	// 2017-12-31 30 workspaces-per-key 30 faq-2017
	// 2020-04-29 500 workspaces-per-key 500 admin-guide-encrypt
	// 2026-09-10 16666 grants-per-key 50000 kms-guide-resource-quotas
}

// Each WorkSpace has one grant of WorkSpaces', and one of EBS's for each encrypted volume.
func ExampleCountGrants() {
	printed := `{"Grants": [
		{"KeyId": "arn:aws:kms:eu-west-1:111122223333:key/1", "GrantId": "1", "GranteePrincipal": "workspaces.amazonaws.com"},
		{"KeyId": "arn:aws:kms:eu-west-1:111122223333:key/1", "GrantId": "2", "GranteePrincipal": "arn:aws:sts::444455556666:assumed-role/aws:ec2-infrastructure/i-5d476fab"},
		{"KeyId": "arn:aws:kms:eu-west-1:111122223333:key/1", "GrantId": "3", "GranteePrincipal": "arn:aws:sts::444455556666:assumed-role/aws:ec2-infrastructure/i-5d476fab"},
		{"KeyId": "arn:aws:kms:eu-west-1:111122223333:key/1", "GrantId": "4", "GranteePrincipal": "arn:aws:iam::111122223333:role/backup"}
	]}`
	count, err := encryption.CountGrants(strings.NewReader(printed))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(count.Total, "grants, of WorkSpaces", count.WorkSpaces, "of EBS", count.EBS)
	each, _ := encryption.Newest().Grants(true, true)
	fmt.Println("expected for one WorkSpace:", each.WorkSpaces, "and", each.EBS)
	answer, err := encryption.Newest().CheckGrants(count, false)
	fmt.Println(answer.Verdict, err)
	// Output:
	// 4 grants, of WorkSpaces 1 of EBS 2
	// expected for one WorkSpace: 1 and 2
	// allowed <nil>
}

// The policy to attach to a role that launches encrypted WorkSpaces through the API.
func ExampleRules_IAMPolicy() {
	policy, err := encryption.Newest().IAMPolicy([]string{"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}, false)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, _ = os.Stdout.Write(policy)
	// Output:
	// {
	//   "Version": "2012-10-17",
	//   "Statement": [
	//     {
	//       "Effect": "Allow",
	//       "Action": "kms:CreateGrant",
	//       "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	//     }
	//   ]
	// }
}

// The key policy of two administrators, who launch WorkSpaces too.
func ExampleRules_KeyPolicy() {
	administrators := []string{"arn:aws:iam::111122223333:role/desktops", "arn:aws:iam::111122223333:user/Alice"}
	policy, err := encryption.Newest().KeyPolicy("arn:aws:iam::111122223333:root", administrators, administrators)
	if err != nil {
		fmt.Println(err)
		return
	}
	lines := strings.Split(string(policy), "\n")
	fmt.Println(strings.Join(lines[11:18], "\n"))
	// Output:
	//     {
	//       "Effect": "Allow",
	//       "Principal": {
	//         "AWS": [
	//           "arn:aws:iam::111122223333:role/desktops",
	//           "arn:aws:iam::111122223333:user/Alice"
	//         ]
}
