package encryption_test

import (
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// The text of every violation, to be read.
func TestTextGolden(t *testing.T) {
	var all rule.Violations
	add := func(vs rule.Violations, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, vs...)
	}
	newest := encryption.Newest()
	for _, tt := range [][2]string{
		{"spec=RSA_2048 state=Disabled", "us-east-1 ru A"},
		{"arn=", "cn-north-1 ru arn:aws:kms:cn-north-1:111122223333:key/x"},
		{"", "eu-west-1 ru alias/mine"},
		{"", "eu-west-1 ru aws/workspaces"},
		{"manager=AWS alias=alias/aws/ebs", "eu-west-1 - A standby"},
		{"", "eu-west-1 u"},
	} {
		_, vs, err := newest.CheckKey(key(t, tt[0]), use(tt[1]))
		add(vs, err)
	}
	_, vs, err := newest.CheckChange(use("eu-west-1 -"), use("eu-west-1 ru A"))
	add(vs, err)
	_, vs, err = at(t, "2017-11-15").CheckGrants(encryption.GrantCount{Key: keyA, Total: 2501, Grantees: []encryption.Grantee{{Principal: "workspaces.amazonaws.com", Grants: 501}}}, false)
	add(vs, err)
	plan, err := at(t, "2018-01-01").Shard(fleet(t, "eu-west-1*501=a eu-west-1*31=b eu-west-1*3=c us-east-1*1=name:c"), shardKeys(t, "eu-west-1=c,limit=2,name=c"), encryption.ShardOptions{})
	add(plan.Violations, err)
	plan, err = newest.Shard(fleet(t, "eu-west-1*25001"), nil, encryption.ShardOptions{Limit: 30_000})
	add(plan.Violations, err)

	var b strings.Builder
	seen := map[rule.Code]bool{}
	for _, v := range all {
		seen[v.Code] = true
		b.WriteString(string(v.Level) + " " + v.Error() + "\n")
	}
	for _, r := range encryption.Rows() {
		if !seen[r.Code] {
			t.Errorf("no text of %s", r.Code)
		}
	}
	ruletest.Golden(t, "testdata/text.txt", []byte(b.String()))
}
