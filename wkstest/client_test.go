package wkstest_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// A DirectClient gives what Client gives, answer for answer and error for error, whatever befalls the calls, and the
// server notes the same calls.
func TestDirectClient(t *testing.T) {
	type seen struct {
		answer    any
		text      string
		kinds     []string // of the errors that are in one another
		requestID string
		rules     any
	}
	run := func(client func(*wkstest.Server, ...func(*workspaces.Options)) *workspaces.Client) (all []seen, calls []wkstest.Call) {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		describe := []string{"DescribeWorkspaces"}
		s := start(t, wkstest.Config{
			Now: clock.Now, Quota: throttle.AsDocumented(), RetryAfter: 3 * time.Second, Record: true,
			Faults: []wkstest.Fault{
				{Kind: wkstest.Lost, Operations: describe, First: 1}, {Kind: wkstest.Unheard, Operations: describe, First: 1}, {Kind: wkstest.Unavailable, Operations: describe, First: 1},
				{Kind: wkstest.Broken, Operations: []string{"DescribeTags"}, First: 2},
			},
			Override: func(_ context.Context, operation string, _ any) (any, bool, error) {
				switch operation {
				case "DescribeAccount":
					return nil, true, nil
				case "DescribeIpGroups":
					return map[string]string{"NextToken": "a"}, true, nil
				case "DescribeWorkspaceImages":
					return nil, true, errors.New("no")
				}
				return nil, false, nil
			},
		})
		c := client(s)
		pause := time.Second
		note := func(out any, err error) {
			w := seen{answer: out, rules: wkstest.RefusedBy(err)}
			md := middleware.Metadata{}
			if v := reflect.ValueOf(out).Elem(); v.IsValid() {
				md = v.FieldByName("ResultMetadata").Interface().(middleware.Metadata)
				v.FieldByName("ResultMetadata").SetZero()
			}
			w.requestID, _ = awsmiddleware.GetRequestIDMetadata(md)
			if err != nil {
				w.text = err.Error()
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				w.kinds = append(w.kinds, reflect.TypeOf(e).String())
			}
			if r := (*awshttp.ResponseError)(nil); errors.As(err, &r) && r.Response != nil {
				h := r.Response.Header.Clone()
				h.Del("Date")
				w.rules = h
			}
			all = append(all, w)
			if err := clock.Sleep(t.Context(), pause); err != nil {
				t.Fatal(err)
			}
		}
		ctx := t.Context()
		batch := []types.WorkspaceRequest{request("ada"), {DirectoryId: aws.String("d-0000000000"), BundleId: aws.String("wsb-00000000"), UserName: aws.String("bob")}}
		created, err := c.CreateWorkspaces(ctx, &workspaces.CreateWorkspacesInput{Workspaces: batch})
		note(created, err)
		id := created.PendingRequests[0].WorkspaceId
		quick := func(o *workspaces.Options) { // as often as the SDK tries, without its waits
			o.Retryer = backOff{o.Retryer}
		}
		look := func(options ...func(*workspaces.Options)) {
			out, err := c.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{*id}}, options...)
			note(out, err)
		}
		look(once)
		look(once)
		look(once)
		look(quick)
		look(func(o *workspaces.Options) { o.Region = "us-east-1" })
		tags, err := c.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: id}, once)
		note(tags, err)
		tags, err = c.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: id}, quick)
		note(tags, err)
		for _, in := range []*workspaces.MigrateWorkspaceInput{
			{SourceWorkspaceId: id, BundleId: aws.String("wsb-00000000")}, {SourceWorkspaceId: aws.String("x"), BundleId: aws.String("x")}, nil,
		} {
			out, err := c.MigrateWorkspace(ctx, in, once)
			note(out, err)
		}
		account, err := c.DescribeAccount(ctx, nil)
		note(account, err)
		groups, err := c.DescribeIpGroups(ctx, nil)
		note(groups, err)
		images, err := c.DescribeWorkspaceImages(ctx, nil, once)
		note(images, err)
		applications, err := c.DescribeApplications(ctx, nil, once)
		note(applications, err)
		refused, err := c.CreateWorkspaces(ctx, &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{DirectoryId: aws.String("x"), BundleId: aws.String("x"), UserName: aws.String("x")}}}, wks.Guard())
		note(refused, err)
		pause = 0
		for range 12 {
			look(once)
		}
		ended, cancel := context.WithCancel(ctx)
		cancel()
		account, err = c.DescribeAccount(ended, nil)
		note(account, err)
		calls = s.Log()
		for i := range calls {
			calls[i].Signed = time.Time{}
		}
		return all, calls
	}
	want, wantCalls := run(func(s *wkstest.Server, options ...func(*workspaces.Options)) *workspaces.Client {
		return s.Client("eu-west-1", options...)
	})
	got, gotCalls := run(func(s *wkstest.Server, options ...func(*workspaces.Options)) *workspaces.Client {
		return s.DirectClient("eu-west-1", options...)
	})
	for i := range want {
		if i >= len(got) || !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("call %d:\n%+v, want\n%+v", i, got[i], want[i])
		}
	}
	if !reflect.DeepEqual(gotCalls, wantCalls) {
		t.Errorf("the log has\n%v, want\n%v", gotCalls, wantCalls)
	}
	throttled := slices.ContainsFunc(gotCalls, func(c wkstest.Call) bool { return c.Outcome == wkstest.Throttling })
	if lost := slices.ContainsFunc(got, func(s seen) bool { return strings.Contains(s.text, "broke") }); !lost || !throttled {
		t.Errorf("no lost call, or none that was throttled: %v", gotCalls)
	}
	if _, err := new(wkstest.Server).DirectClient("eu-west-1").DescribeAccount(t.Context(), nil); err == nil {
		t.Error("the zero Server answers")
	}
}

// A backOff retries at once.
type backOff struct{ aws.Retryer }

func (backOff) RetryDelay(int, error) (time.Duration, error) { return 0, nil }

// A DirectClient keeps the pace that Client keeps.
func TestDirectClientIsPaced(t *testing.T) {
	taken := func(client func(*wkstest.Server) *workspaces.Client) (d time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			s := start(t, wkstest.Config{Quota: throttle.AsDocumented()})
			c, began := client(s), time.Now()
			for range 20 {
				if _, err := c.DescribeAccount(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
			}
			d = time.Since(began)
		})
		return d
	}
	pace := throttle.Pace
	want := taken(func(s *wkstest.Server) *workspaces.Client { return s.Client("eu-west-1", pace(throttle.Strict())) })
	if got := taken(func(s *wkstest.Server) *workspaces.Client {
		return s.DirectClient("eu-west-1", pace(throttle.Strict()))
	}); got != want || got < 5*time.Second {
		t.Errorf("%v, want %v", got, want)
	}
}

// Of what the SDK does between the members of a request and its way out, a DirectClient leaves the retries and the user agent alone: all else that
// makes and signs a request of HTTP is a function that does nothing.
func TestDirectClientLeavesRetriesAlone(t *testing.T) {
	kept := []string{"UserAgent", "spanRetryLoop", "InterceptBeforeRetryLoop", "Retry", "InterceptAttempt", "RetryMetricsHeader"}
	steps := 0
	look := func(id string, m any) {
		steps++
		if nothing := strings.HasSuffix(fmt.Sprintf("%T", m), "MiddlewareFunc"); nothing == slices.Contains(kept, id) {
			t.Errorf("%s is a %T", id, m)
		}
	}
	c := start(t, wkstest.Config{}).DirectClient("eu-west-1", func(o *workspaces.Options) {
		o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
			for _, id := range stack.Build.List() {
				m, _ := stack.Build.Get(id)
				look(id, m)
			}
			for _, id := range stack.Finalize.List() {
				m, _ := stack.Finalize.Get(id)
				look(id, m)
			}
			return nil
		})
	})
	if _, err := c.CreateIpGroup(t.Context(), &workspaces.CreateIpGroupInput{GroupName: aws.String("office")}); err != nil || steps < 17 {
		t.Errorf("%v, %d steps", err, steps)
	}
}
