package wkstest_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// A Direct has every method of the SDK's client that calls an operation, with the same parameters and results.
func TestDirectIsAClient(t *testing.T) {
	client, direct := reflect.TypeFor[*workspaces.Client](), reflect.TypeFor[*wkstest.Direct]()
	operations := 0
	for i := range client.NumMethod() {
		m := client.Method(i)
		if m.Name == "Options" {
			continue
		}
		operations++
		d, ok := direct.MethodByName(m.Name)
		if !ok || d.Type.String() != "func(*wkstest.Direct"+m.Type.String()[len("func(*workspaces.Client"):] {
			t.Errorf("%s: %v, want %v", m.Name, d.Type, m.Type)
		}
	}
	if operations != direct.NumMethod() {
		t.Errorf("%d methods, want %d", direct.NumMethod(), operations)
	}
}

// What a Direct answers, the SDK's client gets too, and what goes wrong is the same error.
func TestDirectAnswers(t *testing.T) {
	s := start(t, wkstest.Config{Record: true})
	client, direct := s.Client("eu-west-1", once), s.Direct("eu-west-1")
	created, err := direct.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada"), {DirectoryId: aws.String("d-0000000000"), BundleId: aws.String("wsb-00000000"), UserName: aws.String("bob")}}})
	if err != nil || len(created.PendingRequests) != 1 || len(created.FailedRequests) != 1 {
		t.Fatalf("%+v, %v", created, err)
	}
	id := created.PendingRequests[0].WorkspaceId
	tags := &workspaces.DescribeTagsInput{ResourceId: id}
	a, errA := client.DescribeTags(t.Context(), tags)
	b, errB := direct.DescribeTags(t.Context(), tags)
	if errA != nil || errB != nil || !reflect.DeepEqual(a.TagList, b.TagList) {
		t.Errorf("%+v, %v, and %+v, %v", a, errA, b, errB)
	}
	for _, in := range []*workspaces.MigrateWorkspaceInput{
		{SourceWorkspaceId: id, BundleId: aws.String("wsb-00000000")}, {SourceWorkspaceId: aws.String("ws-00000000"), BundleId: aws.String("wsb-00000000")}, {SourceWorkspaceId: aws.String("x"), BundleId: aws.String("x")},
	} {
		_, errA := client.MigrateWorkspace(t.Context(), in)
		_, errB := direct.MigrateWorkspace(t.Context(), in)
		var a, b smithy.APIError
		if !errors.As(errA, &a) || !errors.As(errB, &b) || reflect.TypeOf(a) != reflect.TypeOf(b) || a.ErrorCode() != b.ErrorCode() || a.ErrorMessage() != b.ErrorMessage() || a.ErrorFault() != b.ErrorFault() {
			t.Errorf("%v, and %v", errA, errB)
		}
		if codes := wkstest.RefusedBy(errB); len(codes) == 0 || !slices.Equal(codes, wkstest.RefusedBy(errA)) {
			t.Errorf("refused by %q, and %q", wkstest.RefusedBy(errA), codes)
		}
	}
	_, err = direct.DescribeTags(t.Context(), nil) // the SDK has no error for what the model refuses
	if codeOf(err) != "ValidationException" {
		t.Error(err)
	}
	if _, err := direct.DescribeApplications(t.Context(), &workspaces.DescribeApplicationsInput{}); codeOf(err) != "OperationNotImplementedByWkstest" {
		t.Error(err)
	}
	if _, err := new(wkstest.Direct).DescribeAccount(t.Context(), nil); err == nil {
		t.Error("the zero Direct answers")
	}
}

// Quota, faults, overrides, options and the log are those of the wire.
func TestDirectIsCounted(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	var calls []wkstest.Call
	s := start(t, wkstest.Config{
		Now: clock.Now, Quota: throttle.AsDocumented(), OnCall: func(c wkstest.Call) { calls = append(calls, c) },
		Faults: []wkstest.Fault{
			{Kind: wkstest.Lost, Operations: []string{"DescribeWorkspaces"}, Workspaces: []string{"ws-00000001"}, First: 1},
			{Kind: wkstest.Unheard, Operations: []string{"DescribeWorkspaces"}, First: 1}, {Kind: wkstest.Unavailable, Operations: []string{"DescribeWorkspaces"}, First: 1},
		},
		Override: func(_ context.Context, operation string, _ any) (any, bool, error) {
			return map[string]any{"DescribeAccount": nil, "DescribeIpGroups": 5}[operation], operation == "DescribeAccount" || operation == "DescribeIpGroups", nil
		},
	})
	d := s.Direct("eu-west-1")
	look := func() error {
		_, err := d.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{"ws-00000001"}}, func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} }, nil)
		return err
	}
	if err := look(); err == nil || codeOf(err) != "" {
		t.Error(err)
	}
	if err := look(); err == nil || codeOf(err) != "" {
		t.Error(err)
	}
	if err := look(); codeOf(err) != "InternalServerException" {
		t.Error(err)
	}
	if out, err := d.DescribeAccount(t.Context(), nil); err != nil || out == nil {
		t.Errorf("%v, %v", out, err)
	}
	if out, err := d.DescribeIpGroups(t.Context(), nil); err == nil {
		t.Errorf("an answer of another type: %v", out)
	}
	if err := look(); !throttle.Throttled(err) {
		t.Error(err)
	}
	if _, err := d.DescribeAccount(t.Context(), nil, func(o *workspaces.Options) { o.Region = "us-east-1" }); err != nil {
		t.Error(err)
	}
	want := []wkstest.Outcome{wkstest.Loss, wkstest.Deafness, wkstest.Failing, wkstest.Served, wkstest.Served, wkstest.Throttling, wkstest.Served}
	for i, c := range calls {
		if c.Outcome != want[i] {
			t.Errorf("call %d: %v", i, c)
		}
	}
	if len(calls) != len(want) || calls[0].MaxAttempts != 1 || !slices.Equal(calls[0].Workspaces, []string{"ws-00000001"}) || calls[6].Region != "us-east-1" || calls[6].Host != "workspaces.us-east-1.amazonaws.com" {
		t.Errorf("%+v", calls)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.DescribeAccount(ended, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
