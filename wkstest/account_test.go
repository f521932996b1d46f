package wkstest_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// The type of an account is that of its links: the source of one that it invited to, the target of one that it accepted, and none without a link.
func TestAccountTypes(t *testing.T) {
	link := func(id, source, target string, status types.AccountLinkStatusEnum) types.AccountLink {
		return types.AccountLink{AccountLinkId: &id, SourceAccountId: &source, TargetAccountId: &target, AccountLinkStatus: status}
	}
	const linked, pending, rejected = types.AccountLinkStatusEnumLinked, types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount, types.AccountLinkStatusEnumRejected
	for name, tt := range map[string]struct {
		links []types.AccountLink
		want  types.DedicatedTenancyAccountType
	}{
		"none": {nil, ""}, "pending": {[]types.AccountLink{link("link-00000001", me, other, pending), link("link-00000002", other, me, rejected)}, ""},
		"source beside others": {[]types.AccountLink{link("link-00000001", other, me, pending), link("link-00000002", me, other, linked), link("link-00000003", other, me, rejected)}, types.DedicatedTenancyAccountTypeSourceAccount},
		"source":               {[]types.AccountLink{link("link-00000001", me, other, linked)}, types.DedicatedTenancyAccountTypeSourceAccount}, "target": {[]types.AccountLink{link("link-00000001", other, me, linked)}, types.DedicatedTenancyAccountTypeTargetAccount},
	} {
		_, d, _ := served(t, func(r *wkstest.Region) { r.AccountLinks = tt.links })
		answers(t, name, *must(d.DescribeAccount(t.Context(), &workspaces.DescribeAccountInput{}))(t), workspaces.DescribeAccountOutput{DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumDisabled, DedicatedTenancyAccountType: tt.want})
	}
}

// An invitation is for an account that has none that is open or accepted, and for nobody else to answer. What is not there is named by the
// member that asks for it.
func TestLinksRefused(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) {
		link := func(id, source, target string, status types.AccountLinkStatusEnum) {
			r.AccountLinks = append(r.AccountLinks, types.AccountLink{AccountLinkId: &id, SourceAccountId: &source, TargetAccountId: &target, AccountLinkStatus: status})
		}
		link("link-00000001", me, "333333333331", types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount)
		link("link-00000002", me, "333333333332", types.AccountLinkStatusEnumLinked)
		link("link-00000003", me, "333333333333", types.AccountLinkStatusEnumRejected)
		link("link-00000004", other, me, types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount)
	})
	for account, want := range map[string]string{
		"333333333331": "TargetAccountId: link-00000001 is PENDING_ACCEPTANCE_BY_TARGET_ACCOUNT [byol.link-exists]", "333333333332": "TargetAccountId: link-00000002 is LINKED [byol.link-exists]",
		"333333333333": "", other: "", me: "TargetAccountId: is the account itself [byol.link-to-self]",
	} {
		_, err := d.CreateAccountLinkInvitation(t.Context(), &workspaces.CreateAccountLinkInvitationInput{TargetAccountId: &account})
		answers(t, account, messageOf(err), want)
	}
	for id, want := range map[string][3]string{ // accept, reject, delete
		"link-00000001": {"LinkId: it is for account 333333333331 to do that [wkstest.not-permitted]", "LinkId: it is for account 333333333331 to do that [wkstest.not-permitted]", ""},
		"link-00000002": {"LinkId: link-00000002 is LINKED [wkstest.wrong-state]", "LinkId: link-00000002 is LINKED [wkstest.wrong-state]", "LinkId: link-00000002 is LINKED [wkstest.wrong-state]"},
		"link-00000004": {"", "LinkId: link-00000004 is LINKED [wkstest.wrong-state]", "LinkId: link-00000004 is LINKED [wkstest.wrong-state]"},
		"link-00000009": {`LinkId: there is no "link-00000009" [wkstest.unknown-resource]`, `LinkId: there is no "link-00000009" [wkstest.unknown-resource]`, `LinkId: there is no "link-00000009" [wkstest.unknown-resource]`},
	} {
		_, accepted := d.AcceptAccountLinkInvitation(t.Context(), &workspaces.AcceptAccountLinkInvitationInput{LinkId: &id})
		_, rejected := d.RejectAccountLinkInvitation(t.Context(), &workspaces.RejectAccountLinkInvitationInput{LinkId: &id})
		_, deleted := d.DeleteAccountLinkInvitation(t.Context(), &workspaces.DeleteAccountLinkInvitationInput{LinkId: &id})
		answers(t, id, [3]string{messageOf(accepted), messageOf(rejected), messageOf(deleted)}, want)
	}
	_, err := d.GetAccountLink(t.Context(), &workspaces.GetAccountLinkInput{LinkId: aws.String("link-00000001")})
	refusedAt(t, "by an identifier that is gone", err, "ResourceNotFoundException", "LinkId", "wkstest.unknown-resource")
	_, err = d.GetAccountLink(t.Context(), &workspaces.GetAccountLinkInput{LinkedAccountId: aws.String("999999999999")})
	answers(t, "by an account", messageOf(err), `LinkedAccountId: there is no "999999999999" [wkstest.unknown-resource]`)
}

// The range of management interfaces is chosen once. A range that a subnet has is not offered, and one that is none, though the
// pattern of the model lets it pass, is refused.
func TestManagementRanges(t *testing.T) {
	_, d, clock := served(t, func(r *wkstest.Region) {
		r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", CIDR: "10.17.4.7/24"}, {SubnetID: "subnet-1a1b2c3d"}}
	})
	list := func(within string) ([]string, error) {
		out, err := d.ListAvailableManagementCidrRanges(t.Context(), &workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: &within})
		if err != nil {
			return nil, err
		}
		return out.ManagementCidrRanges, nil
	}
	answers(t, "within", must(list("10.17.200.1/14"))(t), []string{"10.16.0.0/16", "10.18.0.0/16", "10.19.0.0/16"})
	for _, within := range []string{"10.16.0.0/20", "10.16.0.0/16\n"} {
		_, err := list(within)
		refusedAt(t, within, err, "ValidationException", "ManagementCidrRangeConstraint", "wks.value-unreadable")
	}
	modify := func(cidr string) error {
		_, err := d.ModifyAccount(t.Context(), &workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: &cidr})
		return err
	}
	refusedAt(t, "none", modify("10.16.0.0/16\n"), "ValidationException", "DedicatedTenancyManagementCidrRange", "wks.value-unreadable")
	wants(t, "one", modify("10.16.0.0/16"), "")
	begin := clock.Now()
	refusedAt(t, "while PENDING", modify("10.16.0.0/16"), "InvalidResourceStateException", "", "wkstest.wrong-state")
	pass(t, clock, 4*time.Hour)
	again := clock.Now()
	wants(t, "the same", modify("10.16.0.0/16"), "")
	pass(t, clock, 4*time.Hour)
	err := modify("10.18.0.0/16")
	answers(t, "another", messageOf(err), "DedicatedTenancyManagementCidrRange: the account has 10.16.0.0/16 [wkstest.not-reversible]")
	answers(t, "modifications", must(d.DescribeAccountModifications(t.Context(), &workspaces.DescribeAccountModificationsInput{}))(t).AccountModifications, []types.AccountModification{
		{StartTime: &begin, ModificationState: types.DedicatedTenancyModificationStateEnumCompleted, DedicatedTenancyManagementCidrRange: aws.String("10.16.0.0/16")},
		{StartTime: &again, ModificationState: types.DedicatedTenancyModificationStateEnumCompleted, DedicatedTenancyManagementCidrRange: aws.String("10.16.0.0/16")},
	})
	answers(t, "the account", *must(d.DescribeAccount(t.Context(), &workspaces.DescribeAccountInput{}))(t), workspaces.DescribeAccountOutput{DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumDisabled, DedicatedTenancyManagementCidrRange: aws.String("10.16.0.0/16")})
}

// Tags are those of one resource, of whichever kind. A tag takes the place of one with its key, and no others.
func TestTagsOfEveryKind(t *testing.T) {
	tag := func(k, v string) types.Tag { return types.Tag{Key: &k, Value: &v} }
	tags := func() []types.Tag { return []types.Tag{tag("team", "a"), tag("floor", "1")} }
	s, d, _ := served(t, func(r *wkstest.Region) {
		r.Directories[0].Tags = tags()
		r.Bundles = []wkstest.Bundle{{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000001")}, Tags: tags()}, {WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000002")}}}
		r.Images = []wkstest.Image{image("wsi-000000001", me, func(i *wkstest.Image) { i.Tags = tags() })}
		r.IPGroups = []wkstest.IPGroup{{WorkspacesIpGroup: types.WorkspacesIpGroup{GroupId: aws.String("wsipg-000000001")}, Tags: tags()}}
		r.Aliases = []wkstest.Alias{{ConnectionAlias: types.ConnectionAlias{AliasId: aws.String("wsca-000000001")}, Tags: tags()}}
		r.Pools = []wkstest.Pool{{WorkspacesPool: types.WorkspacesPool{PoolId: aws.String("wspool-000000001"), CapacityStatus: &types.CapacityStatus{}}, Tags: tags()}}
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) { w.Tags = tags() })}
	})
	list := func(id string) []types.Tag {
		t.Helper()
		return must(d.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: &id}))(t).TagList
	}
	ids := []string{wkstest.SampleDirectory, "wsb-000000001", "wsi-000000001", "wsipg-000000001", "wsca-000000001", "wspool-000000001", "ws-000000001"}
	for i, id := range ids {
		must(d.CreateTags(t.Context(), &workspaces.CreateTagsInput{ResourceId: &id, Tags: []types.Tag{tag("floor", "2"), tag("room", "3")}}))(t)
		answers(t, id, list(id), []types.Tag{tag("team", "a"), tag("floor", "2"), tag("room", "3")})
		must(d.DeleteTags(t.Context(), &workspaces.DeleteTagsInput{ResourceId: &id, TagKeys: []string{"team", "none"}}))(t)
		answers(t, id, list(id), []types.Tag{tag("floor", "2"), tag("room", "3")})
		for _, later := range ids[i+1:] {
			answers(t, later, list(later), tags())
		}
	}
	answers(t, "none", list("wsb-000000002"), []types.Tag{})
	r := s.State().Regions["eu-west-1"]
	for i, saved := range [][]types.Tag{r.Directories[0].Tags, r.Bundles[0].Tags, r.Images[0].Tags, r.IPGroups[0].Tags, r.Aliases[0].Tags, r.Pools[0].Tags, r.Workspaces[0].Tags} {
		answers(t, "saved: "+ids[i], saved, []types.Tag{tag("floor", "2"), tag("room", "3")})
	}
	_, created := d.CreateTags(t.Context(), &workspaces.CreateTagsInput{ResourceId: aws.String("wsb-000000009"), Tags: tags()})
	_, deleted := d.DeleteTags(t.Context(), &workspaces.DeleteTagsInput{ResourceId: aws.String("wsb-000000009"), TagKeys: []string{"team"}})
	_, described := d.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: aws.String("wsb-000000009")})
	for what, err := range map[string]error{"create": created, "delete": deleted, "describe": described} {
		refusedAt(t, what, err, "ResourceNotFoundException", "ResourceId", "wkstest.unknown-resource")
	}
}

// SAML that is enabled without the URL that users need is in no document.
func TestSAMLWithoutURL(t *testing.T) {
	for policy, refused := range map[wkstest.Undocumented]bool{wkstest.AllowUndocumented: false, wkstest.RefuseUndocumented: true} {
		d := start(t, wkstest.Config{Undocumented: policy}).Direct("eu-west-1")
		for status, complete := range map[types.SamlStatusEnum]bool{types.SamlStatusEnumEnabled: false, types.SamlStatusEnumEnabledWithDirectoryLoginFallback: false, types.SamlStatusEnumDisabled: true} {
			_, err := d.ModifySamlProperties(t.Context(), &workspaces.ModifySamlPropertiesInput{ResourceId: aws.String(wkstest.SampleDirectory), SamlProperties: &types.SamlProperties{Status: status}})
			want := ""
			if refused && !complete {
				want = "no document tells: what SAML does that is enabled without a user access URL [wkstest.undocumented]"
			}
			answers(t, string(status), messageOf(err), want)
		}
	}
}
