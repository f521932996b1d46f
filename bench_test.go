package wks_test

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	wks "github.com/wksgo/wks"
)

// full asks for 25 WorkSpaces with keys, tags and properties, and breaks no rule.
var full = batch(25)

// BenchmarkGuard is what Guard adds to a call: all its checks of one request.
func BenchmarkGuard(b *testing.B) {
	every := wks.Block()
	admit := wks.Admit(wks.OnShould(every), wks.OnUndocumented(every))
	b.ReportAllocs()
	for b.Loop() {
		if err := admit(full); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSerialize is the SDK's own serialisation of the same request, its peer.
func BenchmarkSerialize(b *testing.B) {
	ran := errors.New("measured")
	err := call(client(closed(b), func(o *workspaces.Options) {
		o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
			serializer, _ := s.Serialize.Get("OperationSerializer")
			_, err := s.Serialize.Swap("OperationSerializer", middleware.SerializeMiddlewareFunc("measure", func(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (out middleware.SerializeOutput, md middleware.Metadata, err error) {
				b.ReportAllocs()
				for b.Loop() {
					in.Request = smithyhttp.NewStackRequest()
					if _, _, err := serializer.HandleSerialize(ctx, in, nothing{}); err != nil {
						b.Fatal(err)
					}
				}
				return out, md, ran
			}))
			return err
		})
	}), full)
	if !errors.Is(err, ran) {
		b.Fatal(err)
	}
}

type nothing struct{}

func (nothing) HandleSerialize(context.Context, middleware.SerializeInput) (out middleware.SerializeOutput, md middleware.Metadata, err error) {
	return out, md, nil
}

// BenchmarkCall is a whole call without a network, without and with Guard.
func BenchmarkCall(b *testing.B) {
	for _, bb := range []struct {
		name string
		opts []func(*workspaces.Options)
	}{{"plain", nil}, {"guarded", []func(*workspaces.Options){wks.Guard()}}} {
		b.Run(bb.name, func(b *testing.B) {
			c := client(counting(new(int)), bb.opts...)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.CreateWorkspaces(context.Background(), full); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
