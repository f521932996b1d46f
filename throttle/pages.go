package throttle

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// Pages ranges over the pages of an operation of WorkSpaces. The SDK has paginators for six
// of them only; this does for DescribeIpGroups and ten others as well:
//
//	for page, err := range throttle.Pages(ctx, client.DescribeIpGroups, &workspaces.DescribeIpGroupsInput{})
//
// The first page is that of in's NextToken. Where in leaves the size of pages open, they are
// as large as the model permits. Each page is one call, one after the other. An error ends
// the pages, as does a token that comes twice in a row, which is an error: the service would
// go round in circles. An operation that has no pages, and no call, are a *rule.InputError. Nothing is kept
// between two uses, and in is not changed.
func Pages[In, Out any](ctx context.Context, call func(context.Context, *In, ...func(*workspaces.Options)) (*Out, error), in *In) iter.Seq2[*Out, error] {
	return func(yield func(*Out, error) bool) {
		request, err := firstPage[In, Out](in)
		if err == nil && call == nil {
			err = &rule.InputError{Path: "call", Reason: "is needed"}
		}
		if err != nil {
			yield(nil, err)
			return
		}
		sent := reflect.ValueOf(request).Elem().FieldByName(nextToken)
		for {
			page, err := call(ctx, request)
			if err != nil {
				yield(nil, err)
				return
			}
			if page == nil {
				yield(nil, &rule.InputError{Path: "call", Reason: "returned neither a page nor an error"})
				return
			}
			got, _ := reflect.ValueOf(page).Elem().FieldByName(nextToken).Interface().(*string)
			if !yield(page, nil) || aws.ToString(got) == "" {
				return
			}
			if before := sent.Interface().(*string); before != nil && *before == *got {
				yield(nil, fmt.Errorf("throttle: page %q of %T is followed by itself", rule.Shorten(*got), *page))
				return
			}
			sent.Set(reflect.ValueOf(got))
		}
	}
}

const nextToken = "NextToken"

// firstPage returns a copy of in with a size of pages.
func firstPage[In, Out any](in *In) (*In, error) {
	name := reflect.TypeFor[In]().Name()
	operation, ok := wire.Lookup(strings.TrimSuffix(name, "Input"))
	if !ok || !paged[In]() || !paged[Out]() {
		return nil, &rule.InputError{Path: "in", Value: name, Reason: "is not the input of an operation with pages"}
	}
	if in == nil {
		in = new(In)
	}
	request := *in
	for _, m := range operation.Members {
		if m.Path != "Limit" && m.Path != "MaxResults" {
			continue
		}
		if size := reflect.ValueOf(&request).Elem().FieldByName(m.Path); size.IsNil() {
			size.Set(reflect.ValueOf(aws.Int32(int32(m.Shape.Max))))
		}
	}
	return &request, nil
}

// paged reports whether a type is one of the SDK's with a token.
func paged[T any]() bool {
	t := reflect.TypeFor[T]()
	if t.PkgPath() != reflect.TypeFor[workspaces.Client]().PkgPath() || t.Kind() != reflect.Struct {
		return false
	}
	_, ok := t.FieldByName(nextToken)
	return ok
}
