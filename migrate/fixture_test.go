package migrate_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	ruletest.Try(t, "testdata/fixtures.txt", migrate.Book, migrate.At, ruletest.Questions[migrate.Rules]{
		"Check": ruletest.Ask(func(r migrate.Rules, in struct{ Source, Target migrate.Desktop }) (rule.Answer, error) {
			d, err := r.Check(in.Source, in.Target)
			return d.Answer, err
		}),
		"CheckAsOf": ruletest.Ask(func(r migrate.Rules, in struct {
			Day            rule.Edition
			Source, Target migrate.Desktop
		}) (rule.Answer, error) {
			r, err := r.AsOf(in.Day)
			if err != nil {
				return rule.Answer{}, err
			}
			d, err := r.Check(in.Source, in.Target)
			return d.Answer, err
		}),
		"CheckReady": ruletest.Ask(func(r migrate.Rules, in struct {
			Workspace               types.Workspace
			At, Created             time.Time
			RebuildSnapshots        []types.Snapshot
			ConnectionState         types.ConnectionState
			ForestTrust             migrate.YesNo
			AvailableIpAddressCount *int
			FreeGrants              *int
			TimeZone                string
		}) (rule.Answer, error) {
			zone, err := time.LoadLocation(in.TimeZone)
			if err != nil {
				return rule.Answer{}, err
			}
			return r.CheckReady(&migrate.Situation{
				Workspace: in.Workspace, At: in.At, Created: in.Created, Snapshots: in.RebuildSnapshots, Connection: in.ConnectionState,
				ForestTrust: in.ForestTrust, FreeAddresses: in.AvailableIpAddressCount, FreeGrants: in.FreeGrants, Location: zone,
			})
		}),
		"Outcome": ruletest.Ask(func(r migrate.Rules, m migrate.Move) (rule.Answer, error) {
			o, err := r.Outcome(m)
			return o.Answer, err
		}),
	})
}
