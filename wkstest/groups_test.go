package wkstest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// refusedAt checks the code of an error, the member in front of its message, and the rule.
func refusedAt(t testing.TB, what string, err error, code, path string, by rule.Code) {
	t.Helper()
	wants(t, what, err, code, by)
	if text := messageOf(err); path != "" && !strings.HasPrefix(text, path+": ") || !strings.HasSuffix(text, " ["+string(by)+"]") {
		t.Errorf("%s: %s, want %s: … [%s]", what, text, path, by)
	}
}

// messageOf returns the message of an error of the service.
func messageOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorMessage()
	}
	return ""
}

func groupOf(id, name string, sources ...string) wkstest.IPGroup {
	g := wkstest.IPGroup{WorkspacesIpGroup: types.WorkspacesIpGroup{GroupId: &id, GroupName: &name, UserRules: []types.IpRuleItem{}}}
	for _, s := range sources {
		g.UserRules = append(g.UserRules, types.IpRuleItem{IpRule: &s})
	}
	return g
}

func sources(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("203.0.113.%d/32", i))
	}
	return list
}

// A group tells what it was made with. Rules are added once each and taken away by their sources, and what is refused changes nothing.
func TestIPGroupsTell(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) {
		r.IPGroups = []wkstest.IPGroup{groupOf("wsipg-000000001", "full", sources(30)...), groupOf("wsipg-000000002", "odd", append(sources(29), "everywhere")...), groupOf("wsipg-000000003", "small", sources(2)...)}
	})
	item := func(source string) types.IpRuleItem {
		return types.IpRuleItem{IpRule: &source, RuleDesc: aws.String("of " + source)}
	}
	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	create := func(name string, rules ...types.IpRuleItem) (*string, error) {
		out, err := d.CreateIpGroup(t.Context(), &workspaces.CreateIpGroupInput{GroupName: &name, GroupDesc: aws.String("of " + name), UserRules: rules, Tags: tags})
		if err != nil {
			return nil, err
		}
		return out.GroupId, nil
	}
	describe := func(id *string) types.WorkspacesIpGroup {
		t.Helper()
		list := must(d.DescribeIpGroups(t.Context(), &workspaces.DescribeIpGroupsInput{GroupIds: []string{*id}}))(t).Result
		if len(list) != 1 {
			t.Fatalf("%s: %d groups", *id, len(list))
		}
		return list[0]
	}
	_, err := create("small")
	refusedAt(t, "a name that is taken", err, "ResourceAlreadyExistsException", "GroupName", "wkstest.already-exists")
	id := must(create("office", item("192.0.2.0/24")))(t)
	want := types.WorkspacesIpGroup{GroupId: id, GroupName: aws.String("office"), GroupDesc: aws.String("of office"), UserRules: []types.IpRuleItem{item("192.0.2.0/24")}}
	answers(t, "made", describe(id), want)
	answers(t, "tags", must(d.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: id}))(t).TagList, tags)
	empty := must(create("empty"))(t)
	answers(t, "without rules", describe(empty), types.WorkspacesIpGroup{GroupId: empty, GroupName: aws.String("empty"), GroupDesc: aws.String("of empty"), UserRules: []types.IpRuleItem{}})

	authorize := func(id string, rules ...types.IpRuleItem) error {
		_, err := d.AuthorizeIpRules(t.Context(), &workspaces.AuthorizeIpRulesInput{GroupId: &id, UserRules: rules})
		return err
	}
	wants(t, "one that is there and one that is new", authorize(*id, item("192.0.2.0/24"), item("198.51.100.0/24")), "")
	want.UserRules = append(want.UserRules, item("198.51.100.0/24"))
	answers(t, "authorized", describe(id), want)
	for _, group := range []string{"wsipg-000000001", "wsipg-000000002"} { // what cannot be read takes a place, too
		before := describe(&group)
		wants(t, "a rule that is there", authorize(group, item("203.0.113.7/32")), "")
		refusedAt(t, "a rule too many", authorize(group, item("192.0.2.0/24")), "ResourceLimitExceededException", "", "network.ip-group-rules-over-quota")
		_, err := d.UpdateRulesOfIpGroup(t.Context(), &workspaces.UpdateRulesOfIpGroupInput{GroupId: &group, UserRules: groupOf("", "", sources(31)...).UserRules})
		refusedAt(t, "rules too many", err, "ResourceLimitExceededException", "", "network.ip-group-rules-over-quota")
		answers(t, "refused", describe(&group), before)
	}
	for what, err := range map[string]error{
		"authorize": authorize("wsipg-000000009", item("192.0.2.0/24")),
		"update": func() error {
			_, err := d.UpdateRulesOfIpGroup(t.Context(), &workspaces.UpdateRulesOfIpGroupInput{GroupId: aws.String("wsipg-000000009"), UserRules: []types.IpRuleItem{}})
			return err
		}(),
		"revoke": func() error {
			_, err := d.RevokeIpRules(t.Context(), &workspaces.RevokeIpRulesInput{GroupId: aws.String("wsipg-000000009"), UserRules: []string{"192.0.2.0/24"}})
			return err
		}(),
		"delete": func() error {
			_, err := d.DeleteIpGroup(t.Context(), &workspaces.DeleteIpGroupInput{GroupId: aws.String("wsipg-000000009")})
			return err
		}(),
	} {
		refusedAt(t, what, err, "ResourceNotFoundException", "GroupId", "wkstest.unknown-resource")
	}
	must(d.RevokeIpRules(t.Context(), &workspaces.RevokeIpRulesInput{GroupId: id, UserRules: []string{"192.0.2.0/24", "192.0.2.9/32"}}))(t)
	want.UserRules = want.UserRules[1:]
	answers(t, "revoked", describe(id), want)
	must(d.UpdateRulesOfIpGroup(t.Context(), &workspaces.UpdateRulesOfIpGroupInput{GroupId: id, UserRules: []types.IpRuleItem{item("192.0.2.1/32")}}))(t)
	want.UserRules = []types.IpRuleItem{item("192.0.2.1/32")}
	answers(t, "updated", describe(id), want)
	answers(t, "another group", describe(aws.String("wsipg-000000003")), groupOf("wsipg-000000003", "small", sources(2)...).WorkspacesIpGroup)
}

// A directory has the groups that were associated with it, once each. A group that a directory uses is not deleted, and no more are associated than
// the quota permits, of which one that is unknown changes nothing.
func TestIPGroupsInUse(t *testing.T) {
	_, d, clock := served(t, func(r *wkstest.Region) {
		other := r.Directories[0]
		other.DirectoryId, other.IpGroupIds = aws.String("d-9067000002"), []string{"wsipg-000000005"}
		r.Directories = append(r.Directories, other)
		for i := range 40 {
			r.IPGroups = append(r.IPGroups, groupOf(fmt.Sprintf("wsipg-%09d", i), fmt.Sprint("group", i), "192.0.2.0/24"))
		}
	})
	ids := func(from, to int) (list []string) {
		for i := from; i < to; i++ {
			list = append(list, fmt.Sprintf("wsipg-%09d", i))
		}
		return list
	}
	associate := func(ids ...string) error {
		_, err := d.AssociateIpGroups(t.Context(), &workspaces.AssociateIpGroupsInput{DirectoryId: aws.String(wkstest.SampleDirectory), GroupIds: ids})
		return err
	}
	disassociate := func(ids ...string) error {
		_, err := d.DisassociateIpGroups(t.Context(), &workspaces.DisassociateIpGroupsInput{DirectoryId: aws.String(wkstest.SampleDirectory), GroupIds: ids})
		return err
	}
	associated := func() []string {
		t.Helper()
		return must(d.DescribeWorkspaceDirectories(t.Context(), &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{wkstest.SampleDirectory}}))(t).Directories[0].IpGroupIds
	}
	remove := func(id string) error {
		_, err := d.DeleteIpGroup(t.Context(), &workspaces.DeleteIpGroupInput{GroupId: &id})
		return err
	}
	wants(t, "two", associate("wsipg-000000001", "wsipg-000000002"), "")
	wants(t, "one again", associate("wsipg-000000002", "wsipg-000000003"), "")
	answers(t, "associated", associated(), ids(1, 4))
	refusedAt(t, "an unknown group", associate("wsipg-000000004", "wsipg-000000099"), "ResourceNotFoundException", "GroupIds[1]", "wkstest.unknown-resource")
	refusedAt(t, "an unknown group", disassociate("wsipg-000000001", "wsipg-000000099"), "ResourceNotFoundException", "GroupIds[1]", "wkstest.unknown-resource")
	answers(t, "refused", associated(), ids(1, 4))
	for i := 4; i < 36; i += 8 {
		wants(t, "up to the quota", associate(ids(i, min(i+8, 36))...), "")
	}
	refusedAt(t, "one too many", associate("wsipg-000000000"), "ResourceLimitExceededException", "", "network.ip-groups-of-directory-over-quota")
	answers(t, "up to the quota", associated(), ids(1, 36))
	wants(t, "take back", disassociate("wsipg-000000001", "wsipg-000000039"), "")
	wants(t, "another in its place", associate("wsipg-000000000"), "")
	answers(t, "in the order of association", associated(), append(ids(2, 36), "wsipg-000000000"))
	refusedAt(t, "one that is used", remove("wsipg-000000002"), "ResourceAssociatedException", "GroupId", "wkstest.in-use")
	wants(t, "one that is not used", remove("wsipg-000000001"), "")
	wants(t, "no longer by one", disassociate("wsipg-000000005"), "")
	refusedAt(t, "still by another", remove("wsipg-000000005"), "ResourceAssociatedException", "GroupId", "wkstest.in-use")
	must(d.DeregisterWorkspaceDirectory(t.Context(), &workspaces.DeregisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000002")}))(t)
	refusedAt(t, "by one that is DEREGISTERING", remove("wsipg-000000005"), "ResourceAssociatedException", "GroupId", "wkstest.in-use")
	for what, err := range map[string]error{
		"associate": func() error {
			_, err := d.AssociateIpGroups(t.Context(), &workspaces.AssociateIpGroupsInput{DirectoryId: aws.String("d-9067000002"), GroupIds: ids(7, 8)})
			return err
		}(),
		"disassociate": func() error {
			_, err := d.DisassociateIpGroups(t.Context(), &workspaces.DisassociateIpGroupsInput{DirectoryId: aws.String("d-9067000002"), GroupIds: ids(5, 6)})
			return err
		}(),
	} {
		refusedAt(t, what, err, "InvalidResourceStateException", "DirectoryId", "wkstest.not-registered")
	}
	pass(t, clock, time.Minute)
	wants(t, "of one that is gone", remove("wsipg-000000005"), "")
	for i := 36; i < 40; i++ {
		wants(t, "not used", remove(ids(i, i+1)[0]), "")
	}
	answers(t, "left", len(must(d.DescribeIpGroups(t.Context(), &workspaces.DescribeIpGroupsInput{GroupIds: ids(0, 10)}))(t).Result), 8)
}

// An account has no more groups than its quota.
func TestQuotaOfIPGroups(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) {
		for i := range 139 {
			r.IPGroups = append(r.IPGroups, groupOf(fmt.Sprintf("wsipg-%09d", i), fmt.Sprint("group", i)))
		}
	})
	for i, by := range []rule.Code{"", "network.ip-groups-over-quota"} {
		_, err := d.CreateIpGroup(t.Context(), &workspaces.CreateIpGroupInput{GroupName: aws.String(fmt.Sprint("more", i))})
		if by == "" {
			wants(t, "the last", err, "")
		} else {
			refusedAt(t, "one more", err, "ResourceLimitExceededException", "", by)
		}
	}
}

// The quotas of an account hold for what it has, to the last one.
func TestQuotasByKind(t *testing.T) {
	for name, make := range map[string]func(d *wkstest.Direct, i int) error{
		bundles.QuotaBundles: func(d *wkstest.Direct, i int) error {
			_, err := d.CreateWorkspaceBundle(t.Context(), &workspaces.CreateWorkspaceBundleInput{BundleName: aws.String(fmt.Sprint("bundle", i)), BundleDescription: aws.String("more"), ImageId: aws.String("wsi-000000001"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, UserStorage: &types.UserStorage{Capacity: aws.String("50")}})
			return err
		},
		bundles.QuotaDirectories: func(d *wkstest.Direct, i int) error {
			_, err := d.RegisterWorkspaceDirectory(t.Context(), &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String(fmt.Sprint("d-906700001", i)), SubnetIds: []string{"subnet-0a1b2c3d", "subnet-1a1b2c3d"}})
			return err
		},
		bundles.QuotaAliases: func(d *wkstest.Direct, i int) error {
			_, err := d.CreateConnectionAlias(t.Context(), &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String(fmt.Sprintf("desktops%d.example.com", i))})
			return err
		},
		bundles.QuotaImages: func(d *wkstest.Direct, i int) error {
			_, err := d.CopyWorkspaceImage(t.Context(), &workspaces.CopyWorkspaceImageInput{Name: aws.String(fmt.Sprint("copy", i)), SourceImageId: aws.String("wsi-000000001"), SourceRegion: aws.String("eu-west-1")})
			return err
		},
	} {
		most := 2
		if name == bundles.QuotaDirectories || name == bundles.QuotaImages {
			most++ // with that of the state
		}
		region := wkstest.Sample("eu-west-1")
		region.Images = []wkstest.Image{image("wsi-000000001", me, nil)}
		d := start(t, wkstest.Config{Quotas: map[string]int{name: most}, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}}).Direct("eu-west-1")
		for i := range 3 {
			if err := make(d, i); i < 2 {
				wants(t, name, err, "")
			} else {
				refusedAt(t, name, err, "ResourceLimitExceededException", "", "wkstest.quota")
				if want := fmt.Sprintf("%s: %d, and the account may have %d [wkstest.quota]", name, most+1, most); messageOf(err) != want {
					t.Errorf("%v, want %s", err, want)
				}
			}
		}
	}
}
