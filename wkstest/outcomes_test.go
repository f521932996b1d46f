package wkstest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/wkstest"
)

// Each call has one outcome, which the log and the counts agree on, with the code and the rules of its error.
func TestOutcomes(t *testing.T) {
	override := func(_ context.Context, operation string, _ any) (any, bool, error) {
		switch operation {
		case "DescribeTags":
			return nil, true, &smithy.GenericAPIError{Code: "ThrottlingException"}
		case "DescribeIpGroups":
			return nil, true, &smithy.GenericAPIError{Code: "AccessDeniedException"}
		case "DescribeAccount":
			return nil, true, errors.New("broken")
		}
		return nil, false, nil
	}
	for _, tt := range []struct {
		fault           wkstest.FaultKind
		operation, body string
		want            wkstest.Outcome
		code, rules     string
	}{
		{"", "DescribeWorkspaces", "{}", wkstest.Served, "", ""},
		{"", "DescribeWorkspaces", `{"NextToken":"none of its"}`, wkstest.Refusal, "InvalidParameterValuesException", "wkstest.token-invalid"},
		{"", "DescribeWorkspaces", "[", wkstest.Unfit, "SerializationException", "wkstest.unreadable-request"},
		{"", "DescribeNothing", "{}", wkstest.Unfit, "UnknownOperationException", "wkstest.unknown-operation"},
		{"", "DescribeTags", "{}", wkstest.Throttling, "ThrottlingException", "wkstest.override"},
		{"", "DescribeIpGroups", "{}", wkstest.Refusal, "AccessDeniedException", "wkstest.override"},
		{"", "DescribeAccount", "{}", wkstest.Failing, "InternalServerException", "wkstest.override"},
		{wkstest.Throttled, "DescribeWorkspaces", "{}", wkstest.Throttling, "ThrottlingException", "wkstest.injected-fault"},
		{wkstest.Unavailable, "DescribeWorkspaces", "{}", wkstest.Failing, "InternalServerException", "wkstest.injected-fault"},
		{wkstest.Refused, "DescribeWorkspaces", "{}", wkstest.Refusal, "OperationNotSupportedException", "wkstest.injected-fault"},
		{wkstest.Lost, "DescribeWorkspaces", "{}", wkstest.Loss, "", "wkstest.injected-fault"},
		{wkstest.Broken, "DescribeWorkspaces", "{}", wkstest.Loss, "", "wkstest.injected-fault"},
		{wkstest.Unheard, "DescribeWorkspaces", "{}", wkstest.Deafness, "", "wkstest.injected-fault"},
	} {
		c := wkstest.Config{Record: true, Override: override}
		if tt.fault != "" {
			c.Faults = []wkstest.Fault{{Kind: tt.fault}}
		}
		s := start(t, c)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://workspaces.example/", strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Amz-Target", "WorkspacesService."+tt.operation)
		if response, err := s.RoundTrip(r); err == nil {
			response.Body.Close()
		}
		log := s.Log()
		if len(log) != 1 {
			t.Fatalf("%s %s: %d calls", tt.fault, tt.operation, len(log))
		}
		var rules []string
		for _, code := range log[0].Rules {
			rules = append(rules, string(code))
		}
		if got := log[0]; got.Outcome != tt.want || got.Code != tt.code || strings.Join(rules, ",") != tt.rules || got.Operation != tt.operation {
			t.Errorf("%s %s %s: %+v", tt.fault, tt.operation, tt.body, got)
		}
		for _, o := range []wkstest.Outcome{wkstest.Served, wkstest.Refusal, wkstest.Throttling, wkstest.Failing, wkstest.Loss, wkstest.Deafness, wkstest.Unfit} {
			if n := s.Count(o); (n == 1) != (o == tt.want) || n > 1 {
				t.Errorf("%s %s: %d calls %s", tt.fault, tt.operation, n, o)
			}
		}
	}
}

// White space between any two tokens changes nothing, of whichever kind it is.
func TestWhiteSpace(t *testing.T) {
	state := start(t, wkstest.Config{}).State()
	state.Regions["eu-west-1"] = wkstest.Sample("eu-west-1")
	state.Regions["eu-west-1"].Workspaces = []wkstest.Workspace{{Workspace: types.Workspace{WorkspaceId: aws.String("ws-12345678"), State: types.WorkspaceStateStopped, WorkspaceProperties: &types.WorkspaceProperties{
		Protocols: []types.Protocol{types.ProtocolWsp, types.ProtocolPcoip}, UserVolumeSizeGib: aws.Int32(50),
	}}, Tags: []types.Tag{{Key: aws.String("a"), Value: aws.String("b c")}, {Key: aws.String("d")}}, Ready: noon}}
	var saved bytes.Buffer
	if err := state.Save(&saved); err != nil {
		t.Fatal(err)
	}
	for _, space := range []string{" ", "\t", "\n", "\r", " \r\n\t"} {
		got, err := wkstest.Load(strings.NewReader(spaced(t, saved.String(), space)))
		if err != nil || !reflect.DeepEqual(got, state) {
			t.Errorf("a state with %q: %v", space, err)
		}
		for _, d := range documents {
			var a, b, c workspaces.CreateWorkspacesInput
			text := []byte(spaced(t, d, space))
			if err := errors.Join(wkstest.DecodeJSON([]byte(d), &a), wkstest.DecodeJSON(text, &b), wkstest.DecodeShared(text, &c)); err != nil || !reflect.DeepEqual(a, b) || !reflect.DeepEqual(a, c) {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
}

// spaced puts white space around each token of a document.
func spaced(t *testing.T, text, space string) string {
	t.Helper()
	var b strings.Builder
	inside := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inside && c == '\\':
			b.WriteByte(c)
			i++
			b.WriteByte(text[i])
		case c == '"':
			inside = !inside
			b.WriteByte(c)
		case !inside && strings.IndexByte("{}[]:,", c) >= 0:
			b.WriteString(space + string(c) + space)
		default:
			b.WriteByte(c)
		}
	}
	if !json.Valid([]byte(b.String())) {
		t.Fatalf("%s is not JSON", b.String())
	}
	return b.String()
}

// What is not there is not saved, and what is empty but there is.
func TestAbsentMembers(t *testing.T) {
	members := func(w wkstest.Workspace) map[string]any {
		var b bytes.Buffer
		if err := (&wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Workspaces: []wkstest.Workspace{w}}}}).Save(&b); err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Regions map[string]struct{ Workspaces []map[string]any }
		}
		if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		return doc.Regions["eu-west-1"].Workspaces[0]
	}
	got := members(wkstest.Workspace{})
	for _, name := range []string{"Visible", "Ready", "Idle", "Next", "System", "Tags", "Change", "Migration", "WorkspaceId", "State", "WorkspaceProperties"} {
		if v, ok := got[name]; ok {
			t.Errorf("%s of none: %v", name, v)
		}
	}
	got = members(wkstest.Workspace{Workspace: types.Workspace{WorkspaceId: aws.String(""), State: types.WorkspaceStateError}, Tags: []types.Tag{}, Ready: noon, Change: &wkstest.Change{}})
	for name, want := range map[string]any{"WorkspaceId": "", "State": "ERROR", "Tags": []any{}} {
		if !reflect.DeepEqual(got[name], want) {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	if _, ok := got["Change"]; !ok || got["Ready"] == nil {
		t.Errorf("%v", got)
	}
}

// Links tell both accounts, and each answer is the link as it is then.
func TestLinksTell(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) {
		for i, status := range []types.AccountLinkStatusEnum{types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount, types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount, types.AccountLinkStatusEnumRejected} {
			r.AccountLinks = append(r.AccountLinks, types.AccountLink{AccountLinkId: aws.String(fmt.Sprintf("link-0000000%d", i)), SourceAccountId: aws.String(fmt.Sprintf("33333333333%d", i)), TargetAccountId: aws.String(me), AccountLinkStatus: status})
		}
	})
	link := func(id, source, target string, status types.AccountLinkStatusEnum) *types.AccountLink {
		return &types.AccountLink{AccountLinkId: &id, SourceAccountId: &source, TargetAccountId: &target, AccountLinkStatus: status}
	}
	const pending, linked, rejected = types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount, types.AccountLinkStatusEnumLinked, types.AccountLinkStatusEnumRejected
	made := must(d.CreateAccountLinkInvitation(t.Context(), &workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String(other)}))(t).AccountLink
	answers(t, "made", made, link(*made.AccountLinkId, me, other, pending))
	answers(t, "rejected", must(d.RejectAccountLinkInvitation(t.Context(), &workspaces.RejectAccountLinkInvitationInput{LinkId: aws.String("link-00000000")}))(t).AccountLink, link("link-00000000", "333333333330", me, rejected))
	answers(t, "accepted", must(d.AcceptAccountLinkInvitation(t.Context(), &workspaces.AcceptAccountLinkInvitationInput{LinkId: aws.String("link-00000001")}))(t).AccountLink, link("link-00000001", "333333333331", me, linked))
	for _, in := range []*workspaces.GetAccountLinkInput{{LinkId: made.AccountLinkId}, {LinkedAccountId: aws.String(other)}} {
		answers(t, "by one member", must(d.GetAccountLink(t.Context(), in))(t).AccountLink, link(*made.AccountLinkId, me, other, pending))
	}
	answers(t, "by its source", must(d.GetAccountLink(t.Context(), &workspaces.GetAccountLinkInput{LinkedAccountId: aws.String("333333333331")}))(t).AccountLink, link("link-00000001", "333333333331", me, linked))
	ids := func(status ...types.AccountLinkStatusEnum) (list []string) {
		for _, l := range must(d.ListAccountLinks(t.Context(), &workspaces.ListAccountLinksInput{LinkStatusFilter: status}))(t).AccountLinks {
			list = append(list, *l.AccountLinkId)
		}
		slices.Sort(list)
		return list
	}
	answers(t, "all", len(ids()), 4)
	answers(t, "rejected", ids(rejected), []string{"link-00000000", "link-00000002"})
	answers(t, "pending", ids(pending), []string{*made.AccountLinkId})
	_, err := d.DeleteAccountLinkInvitation(t.Context(), &workspaces.DeleteAccountLinkInvitationInput{LinkId: aws.String("link-00000001")})
	wants(t, "one that is LINKED", err, "ValidationException", "wkstest.wrong-state")
	answers(t, "deleted", must(d.DeleteAccountLinkInvitation(t.Context(), &workspaces.DeleteAccountLinkInvitationInput{LinkId: made.AccountLinkId}))(t).AccountLink, link(*made.AccountLinkId, me, other, pending))
	answers(t, "left", len(ids()), 3)
}

// A modification of the account is told of with its time and state, and takes effect at its end. A range of a subnet is refused, with the
// member that names it.
func TestAccountTells(t *testing.T) {
	_, d, clock := served(t, func(r *wkstest.Region) {
		r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", CIDR: "172.31.4.0/24"}}
	})
	modify := func(in workspaces.ModifyAccountInput) error { _, err := d.ModifyAccount(t.Context(), &in); return err }
	err := modify(workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: aws.String("172.31.0.0/16")})
	var api smithy.APIError
	if !errors.As(err, &api) || !strings.HasPrefix(api.ErrorMessage(), "DedicatedTenancyManagementCidrRange") || !slices.Contains(wkstest.RefusedBy(err), "network.management-cidr-in-use") {
		t.Errorf("a range of a subnet: %v", err)
	}
	wants(t, "nothing", modify(workspaces.ModifyAccountInput{}), "InvalidParameterValuesException", "wkstest.nothing-to-do")
	wants(t, "BYOL", modify(workspaces.ModifyAccountInput{DedicatedTenancySupport: types.DedicatedTenancySupportEnumEnabled}), "")
	want := types.AccountModification{StartTime: &noon, ModificationState: types.DedicatedTenancyModificationStateEnumPending, DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled}
	list := func() []types.AccountModification {
		return must(d.DescribeAccountModifications(t.Context(), &workspaces.DescribeAccountModificationsInput{}))(t).AccountModifications
	}
	answers(t, "PENDING", list(), []types.AccountModification{want})
	pass(t, clock, 4*time.Hour-1)
	answers(t, "PENDING until its end", list(), []types.AccountModification{want})
	pass(t, clock, 1)
	want.ModificationState = types.DedicatedTenancyModificationStateEnumCompleted
	answers(t, "COMPLETED", list(), []types.AccountModification{want})
	answers(t, "the account", *must(d.DescribeAccount(t.Context(), &workspaces.DescribeAccountInput{}))(t), workspaces.DescribeAccountOutput{DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled})
}
