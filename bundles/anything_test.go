package bundles_test

import (
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestAnything(t *testing.T) {
	q, l := request("grace")
	root := int32(80)
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": bundles.At, "Newest": bundles.Newest, "Editions": bundles.Editions, "Catalogue": bundles.Catalogue, "Documents": bundles.Documents, "Parameters": bundles.Parameters,
			"ParseARN": bundles.ParseARN, "ParseClientURI": bundles.ParseClientURI, "NewLaunchContext": bundles.NewLaunchContext, "NewWorkspace": bundles.NewWorkspace,
			"Operations": bundles.Operations, "Compare": bundles.Compare,
			"Rules": bundles.Rules{}, "ARN": bundles.ARN{}, "ClientURI": bundles.ClientURI{}, "Order": bundles.Order(0), "SizeGroup": bundles.SizeGroup{},
			"Sizes": bundles.Sizes{}, "Volumes": bundles.Volumes{}, "End": bundles.End{},
		},
		Sound: []any{
			&q, l, bundle(), desktop("STANDARD", 80, 10), desktop("", -1, 50), desktop("PERFORMANCE", 175, 100), bundles.Volumes{Root: 175, User: 100},
			&types.WorkspaceProperties{ComputeTypeName: "POWER", RootVolumeSizeGib: &root}, &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: new(int32(60))},
			bundles.Goal{Volumes: bundles.Volumes{Root: 175, User: 100}, ComputeType: "POWER"}, now,
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[bundles.Rules](): func(t *rapid.T) any {
				e := rapid.SampledFrom(append(bundles.Editions(), bundles.Rules{}.Edition())).Draw(t, "edition")
				r, _ := bundles.At(e) // zero for the edition that is none
				if later, err := r.AsOf(rule.MustParseEdition("2030-01-01")); err == nil && rapid.Bool().Draw(t, "later") {
					r = later
				}
				return r
			},
			reflect.TypeFor[time.Duration](): func(t *rapid.T) any {
				return rapid.SampledFrom([]time.Duration{0, -1, time.Hour, 1<<63 - 1, -1 << 63}).Draw(t, "duration")
			},
		},
		Texts: []string{
			"wsb-0123456789", "d-0123456789", "wsi-0123456789", "grace", "[UNDEFINED]", "workspaces://grace@SLiad+ABCDEF", "arn:aws:workspaces:us-east-1:111122223333:workspace/ws-0123456789",
			"arn:aws:workspaces:us-east-1:111122223333:\x1b/ws-0123456789",
		},
	}.Check(t)
}
