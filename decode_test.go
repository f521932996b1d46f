package wks_test

import (
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// Decode reads a request of at most 16 MiB, and tells what is wrong with another one, and where.
func TestDecodeTells(t *testing.T) {
	const most = 16 << 20
	want := &workspaces.DescribeTagsInput{ResourceId: aws.String("ws-12345678")}
	sound := `{"ResourceId":"ws-12345678"}`
	for n, fits := range map[int]bool{len(sound): true, most: true, most + 1: false, 2 * most: false} {
		read := 0
		got, err := wks.Decode("DescribeTags", counted{io.MultiReader(strings.NewReader(sound), strings.NewReader(strings.Repeat(" ", n-len(sound)))), &read})
		if fits {
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%d bytes: %+v, %v", n, got, err)
			}
			continue
		}
		var input *rule.InputError
		if got != nil || !errors.As(err, &input) || *input != (rule.InputError{Path: "input", Value: "DescribeTags", Reason: "has a request of more than 16777216 bytes"}) || !strings.HasPrefix(err.Error(), "wks: Decode: DescribeTags: ") || read > most+1 {
			t.Errorf("%d bytes: %+v, %v after %d", n, got, err, read)
		}
	}
	for text, at := range map[string]rule.Path{`{"ResourceID":"a"}`: "", `{"ResourceId":1}`: "ResourceId", `{"ResourceId":"a","ResourceId":"a"}`: "ResourceId"} {
		got, err := wks.Decode("DescribeTags", strings.NewReader(text))
		var input *rule.InputError
		if got != nil || !errors.As(err, &input) || input.Path != at || !strings.Contains(err.Error(), "ResourceI") || !strings.HasPrefix(err.Error(), "wks: Decode: DescribeTags: ") {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "{", `{"ResourceId":}`, "{}{}"} {
		if got, err := wks.Decode("DescribeTags", strings.NewReader(text)); got != nil || err == nil || !strings.HasPrefix(err.Error(), "wks: Decode: DescribeTags: ") {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, name := range []string{"", "describeTags", "DescribeTagsInput", "DescribeNothing"} {
		_, decoded := wks.Decode(name, strings.NewReader("{}"))
		in, made := wks.NewInput(name)
		for _, err := range []error{decoded, made} {
			var input *rule.InputError
			if in != nil || !errors.As(err, &input) || *input != (rule.InputError{Path: "operation", Value: name, Reason: "is not an operation of the WorkSpaces API"}) {
				t.Errorf("%q: %+v, %v", name, in, err)
			}
		}
	}
}

// counted counts the bytes that are read.
type counted struct {
	io.Reader
	n *int
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	*c.n += n
	return n, err
}

// The rules of a date, and for questions about a day, are those of each package. Before there was migration, its rules are zero.
func TestRulesOfEachPackage(t *testing.T) {
	first := migrate.Editions()[0]
	for _, date := range []string{"2018-02-03", "2020-01-09", "2020-01-10", "2023-05-01", wks.Newest().Edition().String()} {
		e := rule.MustParseEdition(date)
		want := wks.Rules{
			Network: must(network.At(e)), Bundles: must(bundles.At(e)), Encryption: must(encryption.At(e)), BYOL: must(byol.At(e)), Monitor: must(monitor.At(e)), Devices: must(devices.At(e)), Troubleshoot: must(troubleshoot.At(e)),
		}
		if e.Compare(first) >= 0 {
			want.Migrate = must(migrate.At(e))
		}
		got, err := wks.At(e)
		if err != nil || got != want || got.Edition() != e || (got.Migrate == migrate.Rules{}) != (date < "2020-01-10") {
			t.Errorf("%s: %v", date, err)
		}
		day := rule.MustParseEdition("2027-01-01")
		want.Bundles, want.BYOL = must(want.Bundles.AsOf(day)), must(want.BYOL.AsOf(day))
		if want.Migrate != (migrate.Rules{}) {
			want.Migrate = must(want.Migrate.AsOf(day))
		}
		if got, err := got.AsOf(day); err != nil || got != want {
			t.Errorf("%s, as of %s: %v", date, day, err)
		}
		before := rule.MustParseEdition("2018-02-02")
		var input *rule.InputError
		if got, err := got.AsOf(before); !errors.As(err, &input) || got != (wks.Rules{}) {
			t.Errorf("%s, as of %s: %v", date, before, err)
		}
	}
	newest := wks.Rules{
		Network: network.Newest(), Bundles: bundles.Newest(), Encryption: encryption.Newest(), Migrate: migrate.Newest(), BYOL: byol.Newest(), Monitor: monitor.Newest(), Devices: devices.Newest(), Troubleshoot: troubleshoot.Newest(),
	}
	if wks.Newest() != newest || must(wks.At(newest.Edition())) != newest {
		t.Error("the newest rules are not those of each package")
	}
	for _, date := range []string{"2018-02-02", "2999-01-01"} {
		var input *rule.InputError
		if got, err := wks.At(rule.MustParseEdition(date)); got != (wks.Rules{}) || !errors.As(err, &input) || input.Path != "Edition" || input.Value != date || !strings.HasPrefix(err.Error(), "network: ") {
			t.Errorf("%s: %v", date, err)
		}
	}
}

// What another middleware puts in the place of the request, of another type than the operation's, is not looked at by the operation's check.
func TestInputOfAnotherOperation(t *testing.T) {
	for _, in := range []any{&workspaces.DescribeTagsInput{ResourceId: aws.String("ws-12345678")}, &struct{}{}, "a text", nil} {
		change := func(o *workspaces.Options) {
			o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
				return s.Initialize.Add(middleware.InitializeMiddlewareFunc("change", func(ctx context.Context, given middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
					given.Parameters = in
					return next.HandleInitialize(ctx, given)
				}), middleware.Before)
			})
		}
		var refused *wks.RefusedError
		if err := call(client(closed(t), change, wks.Guard()), batch(1)); err == nil || errors.As(err, &refused) {
			t.Errorf("%T: %v", in, err)
		}
	}
}
