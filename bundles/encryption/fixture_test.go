package encryption_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	type request = types.WorkspaceRequest
	ruletest.Try(t, "testdata/fixtures.txt", encryption.Book, encryption.At, ruletest.Questions[encryption.Rules]{
		"CheckKey": ruletest.Ask(func(r encryption.Rules, in struct {
			Region      string
			Request     request
			Standby     bool
			KeyMetadata encryption.Key
			Alias       string
		}) (rule.Answer, error) {
			use := encryption.RequestedUse(in.Region, in.Request)
			use.Standby = in.Standby
			in.KeyMetadata.Alias = in.Alias
			return r.CheckKey(in.KeyMetadata, use)
		}),
		"CheckChange": ruletest.Ask(func(r encryption.Rules, in struct {
			Region   string
			Is, Want request
		}) (rule.Answer, error) {
			return r.CheckChange(encryption.RequestedUse(in.Region, in.Is), encryption.RequestedUse(in.Region, in.Want))
		}),
		"CheckGrants": ruletest.Ask(func(r encryption.Rules, in struct {
			Grants     encryption.GrantCount
			AWSManaged bool
		}) (rule.Answer, error) {
			return r.CheckGrants(in.Grants, in.AWSManaged)
		}),
		"Shard": ruletest.Ask(func(r encryption.Rules, in struct {
			Workspaces []struct {
				encryption.Workspace
				Times int
			}
			Keys    []encryption.ShardKey
			Options encryption.ShardOptions
		}) (rule.Answer, error) {
			var fleet []encryption.Workspace
			for _, w := range in.Workspaces {
				fleet = append(fleet, slices.Repeat([]encryption.Workspace{w.Workspace}, w.Times)...)
			}
			plan, err := r.Shard(fleet, in.Keys, in.Options)
			return plan.Answer, err
		}),
	})
}
