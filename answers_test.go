package wks_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// An answer about a request has what is wrong with each of its parts, in their order, and once each what the request does not tell: the Region, and what
// WorkSpaces are made of. The verdict follows from these.
func TestWholeAnswersOfCheck(t *testing.T) {
	const (
		elsewhere = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
		keyRegion = "input : the Region is not known, and so whether a key of the request is in it"
		primaries = "input StandbyWorkspaces: the operating systems and compute types of the primary WorkSpaces are not known"
		resilient = "input : the Region is not known, and so whether it has multi-Region resilience"
	)
	several := func(requests ...*workspaces.CreateWorkspacesInput) *workspaces.CreateWorkspacesInput {
		all := &workspaces.CreateWorkspacesInput{}
		for i, r := range requests {
			q := r.Workspaces[0]
			q.UserName = aws.String(fmt.Sprint("user", i))
			all.Workspaces = append(all.Workspaces, q)
		}
		return all
	}
	plain, sound, other, bad := encrypted("", false, false), encrypted(*desktop.VolumeEncryptionKey, true, true), encrypted(elsewhere, true, false), encrypted("my-key", true, true)
	two := standby(elsewhere)
	two.StandbyWorkspaces = append(two.StandbyWorkspaces, standby("my-key", tag("aws:team", "x")).StandbyWorkspaces...)
	for name, tt := range map[string]struct {
		in      any
		region  string
		verdict rule.Verdict
		broken  []string
		open    []string
	}{
		"keys":                  {several(plain, sound, sound, other, plain, bad, other), "us-east-1", rule.Denied, []string{"encryption.key-in-other-region Workspaces[3].VolumeEncryptionKey", "wks.value-unreadable Workspaces[5].VolumeEncryptionKey", "encryption.key-in-other-region Workspaces[6].VolumeEncryptionKey"}, nil},
		"keys without a Region": {several(plain, sound, other, bad), "", rule.Denied, []string{"wks.value-unreadable Workspaces[3].VolumeEncryptionKey"}, []string{keyRegion}},
		"no key":                {several(plain, plain), "", rule.Allowed, nil, nil},
		"a key by its alias":    {encrypted("alias/desktops", true, false), "us-east-1", rule.Undocumented, []string{"encryption.key-not-arn " + keyPath}, []string{"documents " + keyPath + ": no document says what the service does with a key that is not given by its ARN"}},
		"no key for a volume":   {encrypted("", true, false), "us-east-1", rule.Undocumented, []string{"encryption.volume-without-key " + keyPath}, []string{"documents " + keyPath + ": no document says what encryption without a key does"}},
		"standby":               {standby(""), "", rule.Undocumented, nil, []string{primaries, resilient}},
		"standby with keys":     {two, "", rule.Denied, []string{"wks.value-unreadable StandbyWorkspaces[1].VolumeEncryptionKey", "bundles.tag-reserved StandbyWorkspaces[1].Tags[0].Key"}, []string{primaries, resilient, keyRegion}},
		"standby in a Region":   {two, "eu-west-1", rule.Denied, []string{"wks.value-unreadable StandbyWorkspaces[1].VolumeEncryptionKey", "bundles.tag-reserved StandbyWorkspaces[1].Tags[0].Key"}, []string{primaries}},
		"key of another Region": {standby(elsewhere), "us-east-1", rule.Denied, []string{"encryption.key-in-other-region StandbyWorkspaces[0].VolumeEncryptionKey"}, []string{primaries}},
		"standby nowhere else":  {standbyFor("us-east-1"), "us-east-1", rule.Undocumented, nil, []string{"documents : no document says whether a WorkSpace can stand by in the Region of its primary", primaries}},
		"no property":           {modify(types.WorkspaceProperties{}), "", rule.Undocumented, nil, []string{"documents WorkspaceProperties: no document says what a request for no property does"}},
		"replication alone":     {&workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String(workspaceID), DataReplication: types.DataReplicationPrimaryAsSource, WorkspaceProperties: &types.WorkspaceProperties{}}, "", rule.Allowed, nil, nil},
		"rules of a group":      {createGroup("203.0.113.0/33", "203.0.113.0/24", "office"), "", rule.Denied, []string{"wks.value-unreadable UserRules[0].ipRule", "wks.value-unreadable UserRules[2].ipRule"}, nil},
		"pools":                 {pool(func(*workspaces.CreateWorkspacesPoolInput) {}), "", rule.Allowed, []string{"bundles.pools-end "}, nil},
		"copy": {&workspaces.CopyWorkspaceImageInput{Name: aws.String("finance-11"), Description: aws.String("of us-east-1"), SourceImageId: aws.String("image/" + imageID), SourceRegion: aws.String("us-west-2")}, "", rule.Undocumented,
			[]string{"bundles.image-description-hyphen Description"}, []string{"documents SourceImageId: \"image/" + imageID + "\" has something before the identifier, and the model does not say that it may not"}},
		"a large range": {&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("11.0.0.0/8")}, "", rule.Denied, []string{"network.management-cidr-outside-parents ManagementCidrRangeConstraint"}, nil},
		"a small range": {&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.1.128.0/17")}, "", rule.Denied, []string{"wks.value-unreadable ManagementCidrRangeConstraint"}, nil},
	} {
		var opts []wks.Option
		if tt.region != "" {
			opts = append(opts, wks.Region(tt.region))
		}
		a, err := wks.Check(tt.in, opts...)
		var broken, open []string
		for _, v := range a.Violations {
			broken = append(broken, string(v.Code)+" "+string(v.Path))
		}
		for _, o := range a.Open {
			open = append(open, fmt.Sprintf("%s %s: %s", o.By, o.Path, o.Reason))
		}
		if err != nil || a.Verdict != tt.verdict || !slices.Equal(broken, tt.broken) || !slices.Equal(open, tt.open) {
			t.Errorf("%s: %s, %v, broken %q, open %q\nwant %s, broken %q, open %q", name, a.Verdict, err, broken, open, tt.verdict, tt.broken, tt.open)
		}
	}
}

// A range of addresses outside of what can be one is told with itself, masked to a block of a management range, and one that is too small as it is.
func TestRangesAreTold(t *testing.T) {
	for within, want := range map[string]string{"11.0.0.0/8": "11.0.0.0/16 is in none of ", "11.255.7.1/12": "11.255.0.0/16 is in none of ", "10.1.128.0/17": `"10.1.128.0/17" `} {
		a, err := wks.Check(&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: &within})
		if err != nil || len(a.Violations) != 1 || !strings.HasPrefix(a.Violations[0].Detail, want) {
			t.Errorf("%s: %+v, %v, want %s", within, a.Violations, err, want)
		}
	}
}

// A Region that a client has and that is none is told once, however many WorkSpaces a request has.
func TestRegionThatIsNone(t *testing.T) {
	nowhere := func(o *workspaces.Options) { o.Region = "Mars" }
	err := call(client(closed(t), nowhere, wks.Guard()), batch(3))
	if want := `operation error WorkSpaces: CreateWorkspaces, wks: Guard: CreateWorkspaces: Region: "Mars" is not the code of a Region, such as us-east-1`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
