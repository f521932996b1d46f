package encryption_test

import (
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/ruletest"
)

func TestAnything(t *testing.T) {
	const arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	texts := []string{
		arn, "us-east-1", "eu-west-1\x1b", "alias/aws/workspaces", "arn:aws:kms:us-east-1:111122223333:key/\x1b", "arn:aws:kms:us-east-1:111122223333:key/*",
		"111122223333", "arn:aws:iam::111122223333:role/admin", "arn:aws:iam::111122223333:role/\x1b*", "Enabled", "SYMMETRIC_DEFAULT",
		`{"KeyMetadata":{"Arn":"` + arn + `","KeyState":"\u001b"}}`, `{"KeyMetadata":{"Arn":"\u001b[31m"}}`,
		listGrants(grant(1, "GranteePrincipal", "arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-1", "")),
		`{"Grants":[{"KeyId":"\u001b","GrantId":"a"},{"KeyId":"b\u202e","GrantId":"a"}]}`, `{"Grants":[{"` + "\x1b" + `":1}]}`, `{"Grants":{}}`,
	}
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": encryption.At, "Newest": encryption.Newest, "Editions": encryption.Editions, "Catalogue": encryption.Catalogue, "Documents": encryption.Documents, "Parameters": encryption.Parameters,
			"CountGrants": encryption.CountGrants, "ParseKey": encryption.ParseKey, "KeyFrom": encryption.KeyFrom, "RequestedUse": encryption.RequestedUse, "UseOf": encryption.UseOf,
			"Launched": encryption.Launched, "Requested": encryption.Requested,
			"Rules": encryption.Rules{}, "Grantee": encryption.Grantee{}, "Grants": encryption.Grants{}, "ShardKey": encryption.ShardKey{}, "ShardPlan": encryption.ShardPlan{},
		},
		Sound: []any{
			encryption.Use{Region: "us-east-1", VolumeEncryptionKey: arn, Root: true, User: true}, encryption.Key{ARN: arn, Manager: "CUSTOMER", Spec: "SYMMETRIC_DEFAULT", State: "Enabled"},
			encryption.Workspace{Region: "us-east-1", Key: arn}, encryption.Workspace{Region: "us-east-1"}, encryption.ShardKey{ARN: arn, Limit: 1, Spec: "SYMMETRIC_DEFAULT", State: "Enabled"},
			encryption.ShardKey{Name: "new", Region: "us-east-1"}, encryption.ShardOptions{Limit: 2, HeadRoom: 1, Prefix: "x"},
			[]encryption.Workspace{{Region: "us-east-1", Key: arn}, {Region: "us-east-1"}, {Region: "us-east-1"}}, []encryption.ShardKey{{ARN: arn}}, []encryption.ShardKey{},
			encryption.GrantCount{Key: "\x1b", Total: 1 << 20, Grantees: []encryption.Grantee{{Principal: "\x1b.amazonaws.com", Grants: 1 << 20}}},
			types.WorkspaceRequest{VolumeEncryptionKey: new(arn), RootVolumeEncryptionEnabled: new(true)},
			[]string{arn}, []string{"arn:aws:iam::111122223333:role/admin"},
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[encryption.Rules](): func(t *rapid.T) any {
				e := rapid.SampledFrom(append(encryption.Editions(), encryption.Rules{}.Edition())).Draw(t, "edition")
				r, _ := encryption.At(e) // zero for the edition that is none
				return r
			},
			reflect.TypeFor[io.Reader](): func(t *rapid.T) any {
				return strings.NewReader(rapid.SampledFrom(texts).Draw(t, "document"))
			},
		},
		Texts: texts,
	}.Check(t)
}
