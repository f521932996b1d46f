package throttle_test

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"strconv"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// pages answers an operation with a chain of n tokens, of which the last page has none.
func pages(n int) func(context.Context, string, any) (any, bool, error) {
	return func(_ context.Context, _ string, input any) (any, bool, error) {
		token, _ := reflect.ValueOf(input).Elem().FieldByName("NextToken").Interface().(*string)
		page, _ := strconv.Atoi(aws.ToString(token)) // "" is the first
		if page++; page == n {
			return nil, true, nil
		}
		return &struct{ NextToken *string }{aws.String(strconv.Itoa(page))}, true, nil
	}
}

func count[Out any](t *testing.T, seq iter.Seq2[*Out, error]) (n int) {
	t.Helper()
	for _, err := range seq {
		if err != nil {
			t.Error(err)
		}
		n++
	}
	return n
}

// The operations with pages for which the SDK has no paginator, and the size that each page
// may have, by the service model; 0 where the request has no size.
func TestPages(t *testing.T) {
	var operation string
	var size int32
	server := serve(wkstest.Config{Quota: throttle.Quota{Rate: 1e6, Burst: 1e6}, Override: func(ctx context.Context, o string, input any) (any, bool, error) {
		operation, size = o, 0
		for _, name := range []string{"Limit", "MaxResults"} {
			if f := reflect.ValueOf(input).Elem().FieldByName(name); f.IsValid() {
				size += aws.ToInt32(f.Interface().(*int32))
			}
		}
		return pages(3)(ctx, o, input)
	}})
	c, ctx := server.Client("eu-west-1"), t.Context()
	for name, tt := range map[string]struct {
		pages func() int
		size  int32
	}{
		"DescribeAccountModifications": {func() int { return count(t, throttle.Pages(ctx, c.DescribeAccountModifications, nil)) }, 0},
		"DescribeConnectClientAddIns": {func() int {
			return count(t, throttle.Pages(ctx, c.DescribeConnectClientAddIns, &workspaces.DescribeConnectClientAddInsInput{ResourceId: aws.String("d-1")}))
		}, 25},
		"DescribeConnectionAliases": {func() int { return count(t, throttle.Pages(ctx, c.DescribeConnectionAliases, nil)) }, 25},
		"DescribeConnectionAliasPermissions": {func() int {
			return count(t, throttle.Pages(ctx, c.DescribeConnectionAliasPermissions, &workspaces.DescribeConnectionAliasPermissionsInput{AliasId: aws.String("wsca-1")}))
		}, 25},
		"DescribeIpGroups":        {func() int { return count(t, throttle.Pages(ctx, c.DescribeIpGroups, nil)) }, 25},
		"DescribeWorkspaceImages": {func() int { return count(t, throttle.Pages(ctx, c.DescribeWorkspaceImages, nil)) }, 25},
		"DescribeWorkspaceImagePermissions": {func() int {
			return count(t, throttle.Pages(ctx, c.DescribeWorkspaceImagePermissions, &workspaces.DescribeWorkspaceImagePermissionsInput{ImageId: aws.String("wsi-1")}))
		}, 25},
		"DescribeWorkspacesConnectionStatus": {func() int { return count(t, throttle.Pages(ctx, c.DescribeWorkspacesConnectionStatus, nil)) }, 0},
		"DescribeWorkspacesPools":            {func() int { return count(t, throttle.Pages(ctx, c.DescribeWorkspacesPools, nil)) }, 25},
		"DescribeWorkspacesPoolSessions": {func() int {
			return count(t, throttle.Pages(ctx, c.DescribeWorkspacesPoolSessions, &workspaces.DescribeWorkspacesPoolSessionsInput{PoolId: aws.String("wspool-1")}))
		}, 50},
		"ListAvailableManagementCidrRanges": {func() int {
			return count(t, throttle.Pages(ctx, c.ListAvailableManagementCidrRanges, &workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.0.0.0/8")}))
		}, 5},
		"DescribeWorkspaces": {func() int {
			return count(t, throttle.Pages(ctx, c.DescribeWorkspaces, &workspaces.DescribeWorkspacesInput{Limit: aws.Int32(7)}))
		}, 7},
	} {
		if n := tt.pages(); n != 3 || operation != name || size != tt.size {
			t.Errorf("%s: %d pages of %s of size %v, want 3 of %v", name, n, operation, size, tt.size)
		}
	}
}

func TestPagesEnd(t *testing.T) {
	ctx := t.Context()
	type in = workspaces.DescribeIpGroupsInput
	type out = workspaces.DescribeIpGroupsOutput
	type options = func(*workspaces.Options)
	broken := errors.New("broken")
	calls := 0
	answer := func(token *string, err error) func(context.Context, *in, ...options) (*out, error) {
		return func(_ context.Context, i *in, _ ...options) (*out, error) {
			if calls++; err != nil {
				return nil, err
			}
			return &out{NextToken: token}, nil
		}
	}
	list := func(call func(context.Context, *in, ...options) (*out, error), first *in) (pages int, last error) {
		calls = 0
		for page, err := range throttle.Pages(ctx, call, first) {
			if (page == nil) != (err != nil) {
				t.Errorf("page %v with error %v", page, err)
			}
			if page != nil {
				pages++
			}
			last = err
		}
		return pages, last
	}
	for name, tt := range map[string]struct {
		call         func(context.Context, *in, ...options) (*out, error)
		pages, calls int
		fails        bool
	}{
		"nil token":   {answer(nil, nil), 1, 1, false},
		"empty token": {answer(aws.String(""), nil), 1, 1, false},
		"in circles":  {answer(aws.String("a"), nil), 2, 2, true},
		"an error":    {answer(nil, broken), 0, 1, true},
		"nothing":     {func(context.Context, *in, ...options) (*out, error) { calls++; return nil, nil }, 0, 1, true},
	} {
		if n, err := list(tt.call, nil); n != tt.pages || calls != tt.calls || (err != nil) != tt.fails {
			t.Errorf("%s: %d pages in %d calls, %v", name, n, calls, err)
		}
	}

	// The caller's input stays as it is, gives the first token, and can be used again.
	first := &in{NextToken: aws.String("5")}
	var tokens []string
	next := func(_ context.Context, i *in, _ ...options) (*out, error) {
		tokens = append(tokens, *i.NextToken)
		n, _ := strconv.Atoi(*i.NextToken)
		return &out{NextToken: aws.String(strconv.Itoa(n + 1))}, nil
	}
	for range 2 {
		tokens = nil
		for range throttle.Pages(ctx, next, first) {
			if len(tokens) == 3 {
				break
			}
		}
		if len(tokens) != 3 || tokens[0] != "5" || tokens[2] != "7" || *first.NextToken != "5" || first.MaxResults != nil {
			t.Errorf("%q, %+v", tokens, first)
		}
	}

	// What has no pages, or is no input of the SDK.
	for _, err := range throttle.Pages(ctx, func(context.Context, *int, ...options) (*int, error) { return nil, nil }, nil) {
		wantInput(t, "int", err, "in")
	}
	for _, err := range throttle.Pages(ctx, new(workspaces.Client).DescribeAccount, nil) {
		wantInput(t, "DescribeAccount", err, "in")
	}
}
