package wks_test

import (
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// documents are requests in JSON, some of them malformed.
var documents = []string{
	`{}`, `null`, `[]`, `{"Workspaces":[{"UserName":"a"}]}`, `{"Workspaces":[null]}`, `{"Workspaces":[{"UserName":"\u001b"},{"` + "\u202e" + `":1}]}`,
	`{"Workspaces":{"` + strings.Repeat("x", 100_000) + `":1}}`, `{"` + strings.Repeat("x", 100_000) + `":1}`, `{"Tags":[{"Key":1e999}]}`, `{"Tags":[{"Key":"a","Key":"b"}]}`,
	`{"UserRules":[{"ipRule":"\u001b"}]}`, `{"ResourceId":"a","Tags":[{"Key":"` + strings.Repeat("\\u001b", 50_000) + `"}]}`, "{\"\x1b\":1}", "\x1b", `{"Tags":`,
	`{"ImageSource":{"\u001b":1}}`, `{"LoginMessage":{"\u001b":"x","\u001b":"y"}}`, `{"Data":"\u001b"}`,
}

func TestAnything(t *testing.T) {
	var operations []string
	var inputs []reflect.Type
	for op := range wire.Operations() {
		in, err := wks.NewInput(op.Name)
		if err != nil {
			t.Fatal(err)
		}
		operations, inputs = append(operations, op.Name), append(inputs, reflect.TypeOf(in))
	}
	var sound []any
	for _, tt := range slices.Concat(malformed, unsound) {
		sound = append(sound, tt.input)
	}
	editions := append(bundles.Editions(), rule.Edition{})
	x := ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": wks.At, "Newest": wks.Newest, "Catalogue": wks.Catalogue, "Documents": wks.Documents, "Check": wks.Check, "Decode": wks.Decode, "NewInput": wks.NewInput, "Guard": wks.Guard,
			"Block": wks.Block, "Ignore": wks.Ignore, "Report": wks.Report, "AsOf": wks.AsOf, "Edition": wks.Edition, "OnMust": wks.OnMust, "OnShould": wks.OnShould, "OnUndocumented": wks.OnUndocumented,
			"Region": wks.Region, "Skip": wks.Skip, "SkipCode": wks.SkipCode, "Rules": wks.Rules{}, "RefusedError": wks.RefusedError{},
		},
		Sound: sound,
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[wks.Option](): func(t *rapid.T) any {
				return rapid.SampledFrom([]wks.Option{
					nil, wks.Region("us-east-1"), wks.Region("\x1b"), wks.Skip("DescribeTags"), wks.Skip("\x1b"), wks.SkipCode(""), wks.SkipCode("a\x1b"), wks.Edition(rule.Edition{}),
					wks.Edition(rule.MustParseEdition("2020-04-29")), wks.OnShould(wks.Block()), wks.OnMust(wks.Report(nil)),
				}).Draw(t, "option")
			},
			reflect.TypeFor[wks.Rules](): func(t *rapid.T) any {
				r, _ := wks.At(rapid.SampledFrom(editions).Draw(t, "edition"))
				return r
			},
			reflect.TypeFor[types.ImageSourceIdentifier](): func(t *rapid.T) any {
				text := rapid.SampledFrom([]string{"", "\x1b", "ami-0123456789abcdef0", strings.Repeat("x", 100_000)}).Draw(t, "source")
				return rapid.SampledFrom([]types.ImageSourceIdentifier{
					nil, &types.ImageSourceIdentifierMemberEc2ImageId{Value: text}, &types.ImageSourceIdentifierMemberEc2ImportTaskId{Value: text},
					&types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: text}, (*types.ImageSourceIdentifierMemberEc2ImageId)(nil),
				}).Draw(t, "union")
			},
			reflect.TypeFor[io.Reader](): func(t *rapid.T) any { return strings.NewReader(rapid.SampledFrom(documents).Draw(t, "document")) },
		},
		Texts: slices.Concat(operations, []string{"us-east-1", "d-0123456789", "wsb-0123456789", "203.0.113.0/24", "arn:aws:kms:us-east-1:111122223333:key/\x1b"}),
	}
	value := x.Values()
	x.Draw[reflect.TypeFor[any]()] = func(t *rapid.T) any {
		if n := rapid.IntRange(-3, len(inputs)-1).Draw(t, "input"); n >= 0 {
			return value(t, inputs[n])
		}
		return rapid.SampledFrom([]any{nil, "text", new(int)}).Draw(t, "no input")
	}
	x.Check(t)
	for i, op := range operations {
		t.Run(op, rapid.MakeCheck(func(t *rapid.T) {
			in := value(t, inputs[i])
			a, err := wks.Check(in, wks.Region("us-east-1"))
			ruletest.Look(t, a)
			ruletest.Look(t, err)
			ruletest.Look(t, wks.Admit(wks.OnShould(wks.Block()), wks.OnUndocumented(wks.Block()))(in))
			_, err = wks.Decode(op, strings.NewReader(rapid.SampledFrom(documents).Draw(t, "document")))
			ruletest.Look(t, err)
		}))
	}
}
