package wks_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// What is broken and what is open of a request stand at members of it, or at none where no member tells of them, each once. Of
// the caller's own account, which no request names, nothing is asked.
func TestWhatIsOpen(t *testing.T) {
	link := func() any {
		return &workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String(accountID)}
	}
	standbyOf := func(primary string) any {
		return &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: &primary, StandbyWorkspaces: []types.StandbyWorkspace{{DirectoryId: aws.String(directoryID), PrimaryWorkspaceId: aws.String(workspaceID)}}}
	}
	register := func(kind types.WorkspaceType, subnets ...string) any {
		return &workspaces.RegisterWorkspaceDirectoryInput{WorkspaceType: kind, DirectoryId: aws.String(directoryID), SubnetIds: subnets}
	}
	const one, two = "subnet-0123456789abcdef0", "subnet-0123456789abcdef1"
	accounts := []string{"input SameOrganization", "input SamePayer", "input SameRegion", "input TargetChoseCIDR"}
	zones := []string{"input Region", "input SubnetIds[0].AvailabilityZoneId", "input SubnetIds[0].CidrBlock", "input SubnetIds[1].AvailabilityZoneId", "input SubnetIds[1].CidrBlock"}
	for name, tt := range map[string]struct {
		edition, region string
		input           any
		want            []string
	}{
		"link before any document":      {"2022-01-01", "us-east-1", link(), []string{"documents "}},
		"link before accounts are told": {"2024-12-01", "us-east-1", link(), []string{"documents "}},
		"link":                          {"2026-09-10", "us-east-1", link(), accounts},
		"link in no Region":             {"2026-09-10", "", link(), append(slices.Clone(accounts), "input Region")},
		"link in GovCloud":              {"2026-09-10", "us-gov-west-1", link(), append([]string{"byol.link-in-govcloud "}, accounts...)},

		"standby before any document":    {"2022-01-01", "us-east-1", standbyOf("us-west-2"), []string{"documents ", "input StandbyWorkspaces"}},
		"standby before, in no Region":   {"2022-01-01", "", standbyOf("us-west-2"), []string{"documents ", "input StandbyWorkspaces", "input "}},
		"standby":                        {"2026-09-10", "us-east-1", standbyOf("us-west-2"), []string{"input StandbyWorkspaces"}},
		"standby in no Region":           {"2026-09-10", "", standbyOf("us-west-2"), []string{"input StandbyWorkspaces", "input "}},
		"standby in the primary Region":  {"2026-09-10", "us-east-1", standbyOf("us-east-1"), []string{"documents ", "input StandbyWorkspaces"}},
		"standby of a Region without it": {"2026-09-10", "us-east-1", standbyOf("ap-south-1"), []string{"bundles.standby-not-in-region PrimaryRegion", "input StandbyWorkspaces"}},
		"standby in a Region without it": {"2026-09-10", "ap-south-1", standbyOf("us-east-1"), []string{"bundles.standby-not-in-region ", "input StandbyWorkspaces"}},
		"standby in and of one without it": {"2026-09-10", "ap-south-1", standbyOf("ap-south-1"), []string{
			"bundles.standby-not-in-region PrimaryRegion", "bundles.standby-not-in-region ", "documents ", "input StandbyWorkspaces",
		}},

		"directory":                  {"2026-09-10", "us-east-1", register("", one, two), zones},
		"directory of pools":         {"2026-09-10", "us-east-1", register(types.WorkspaceTypePools, one, two), zones},
		"directory with one subnet":  {"2026-09-10", "us-east-1", register("", one), append([]string{"network.subnets-not-two SubnetIds"}, zones[:3]...)},
		"directory with one twice":   {"2026-09-10", "us-east-1", register(types.WorkspaceTypePools, one, one), append([]string{"network.subnets-in-one-zone SubnetIds[1]"}, zones...)},
		"directory without a subnet": {"2026-09-10", "us-east-1", register(""), []string{"input SubnetIds"}},
	} {
		options := []wks.Option{wks.Edition(rule.MustParseEdition(tt.edition))}
		if tt.region != "" {
			options = append(options, wks.Region(tt.region))
		}
		a, err := wks.Check(tt.input, options...)
		var got []string
		for _, v := range a.Violations {
			got = append(got, string(v.Code)+" "+string(v.Path))
		}
		for _, o := range a.Open {
			by := "input"
			if o.By == rule.ByDocuments {
				by = "documents"
			}
			got = append(got, by+" "+string(o.Path))
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

// An input of the zero value, nil, is an empty request to each check; what is no input of an operation is an error.
func TestNilInputs(t *testing.T) {
	for _, in := range []any{(*workspaces.CreateWorkspacesInput)(nil), (*workspaces.CreateTagsInput)(nil), (*workspaces.ModifyAccountInput)(nil), (*workspaces.RegisterWorkspaceDirectoryInput)(nil), (*workspaces.CreateAccountLinkInvitationInput)(nil)} {
		empty, err := wks.NewInput(operation(in))
		if err != nil {
			t.Fatal(err)
		}
		a, errA := wks.Check(in, wks.Region("us-east-1"))
		b, errB := wks.Check(empty, wks.Region("us-east-1"))
		if errA != nil || errB != nil || a.Verdict != b.Verdict || !slices.Equal(a.Violations, b.Violations) || !slices.Equal(a.Open, b.Open) {
			t.Errorf("%T: %+v, %v, want %+v, %v", in, a, errA, b, errB)
		}
	}
}
