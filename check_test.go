package wks_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// TestCheckFindsWhatGuardRefuses holds that the two differ in nothing but the client.
func TestCheckFindsWhatGuardRefuses(t *testing.T) {
	every := wks.Block()
	for _, tt := range slices.Concat(malformed, unsound) {
		a, err := wks.Check(tt.input, wks.Region("us-east-1"))
		if err != nil || a.Verdict != a.Concluded().Verdict {
			t.Errorf("%s: %+v, %v", operation(tt.input), a, err)
		}
		var refused *wks.RefusedError
		if err := call(client(closed(t), wks.Guard(wks.OnShould(every), wks.OnUndocumented(every))), tt.input); !errors.As(err, &refused) {
			t.Errorf("%s %v: %v", operation(tt.input), tt.want, err)
		} else if got := wks.Told(a, wks.Newest().Edition()); !slices.Equal(got, refused.Violations) {
			t.Errorf("%s: Check finds %v, Guard %v", operation(tt.input), got, refused.Violations)
		}
		for _, v := range wks.Told(rule.Answer{Open: a.Open}, wks.Newest().Edition()) {
			if v.Code != wks.Undocumented || v.Level != rule.Should || v.Cite.Document != "packages" || v.Cite.Section == "" || v.Cite.Date == (rule.Edition{}) {
				t.Errorf("%s: %+v", operation(tt.input), v)
			}
		}
	}
	for _, input := range slices.Concat(valid, sound) {
		a, err := wks.Check(input, wks.Region("us-east-1"))
		if len(wks.Told(a, wks.Newest().Edition())) > 0 || err != nil {
			t.Errorf("%s: %+v, %v", operation(input), a, err)
		}
	}
}

func TestCheckOptions(t *testing.T) {
	for name, tt := range map[string]struct {
		input any
		opts  []wks.Option
		want  []string
	}{
		"skipped":            {badID, []wks.Option{wks.Skip("DescribeTags")}, nil},
		"a code is skipped":  {badID, []wks.Option{wks.SkipCode(wks.LengthOutOfBounds)}, nil},
		"another is skipped": {badID, []wks.Option{wks.SkipCode(wks.PatternNotMatched)}, []string{"wks.length-out-of-bounds ResourceId"}},
		"what to do":         {badID, []wks.Option{wks.OnMust(wks.Ignore())}, []string{"wks.length-out-of-bounds ResourceId"}},
		"the last edition":   {sized("POWER", 80, 200), []wks.Option{wks.Edition(rule.MustParseEdition("2019-10-25")), wks.Edition(rule.MustParseEdition("2026-09-10"))}, []string{"bundles.volume-pair-not-in-group " + rootPath}},
		"Region not known":   {encrypted("arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", true, true), nil, nil},
		"Region of the key":  {encrypted("arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", true, true), []wks.Option{wks.Region("eu-west-1")}, nil},
		"another Region":     {encrypted("arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", true, true), []wks.Option{wks.Region("eu-west-2")}, []string{"encryption.key-in-other-region " + keyPath}},
		"no key in a Region": {encrypted("aws/workspaces", true, true), nil, []string{"encryption.key-not-found " + keyPath}},
		"GovCloud":           {&workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String(accountID)}, []wks.Option{wks.Region("us-gov-west-1")}, []string{"byol.link-in-govcloud "}},
		"no rules to add":    {&workspaces.AuthorizeIpRulesInput{GroupId: aws.String(groupID), UserRules: []types.IpRuleItem{}}, nil, nil},
		"an empty request":   {(*workspaces.CreateTagsInput)(nil), nil, []string{"wks.required-member-missing ResourceId", "wks.required-member-missing Tags"}},
	} {
		a, err := wks.Check(tt.input, tt.opts...)
		var got []string
		for _, v := range a.Violations {
			got = append(got, string(v.Code)+" "+string(v.Path))
		}
		if err != nil || len(a.OpenBy(rule.ByDocuments)) > 0 || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, %v, want %q", name, got, a.Open, err, tt.want)
		}
	}
}

// That the Region is not known is said once, however many keys a request has.
func TestRegionIsMissedOnce(t *testing.T) {
	of := func(n int, in any) (open int) {
		switch in := in.(type) {
		case *workspaces.CreateWorkspacesInput:
			in.Workspaces = slices.Repeat(in.Workspaces, n)
			for i := range in.Workspaces {
				in.Workspaces[i].UserName = aws.String(string(rune('a' + i)))
			}
		case *workspaces.CreateStandbyWorkspacesInput:
			in.StandbyWorkspaces = slices.Repeat(in.StandbyWorkspaces, n)
		}
		a, err := wks.Check(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range a.OpenBy(rule.ByInput) {
			if o.Path == "" {
				open++
			}
		}
		return open
	}
	const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	for _, request := range []func() any{func() any { return encrypted(key, true, true) }, func() any { return standby(key) }} {
		if one, three := of(1, request()), of(3, request()); one == 0 || three != one {
			t.Errorf("%T: %d are open with one key, and %d with three", request(), one, three)
		}
	}
}

// Since January 2019 there are groups of sizes, first under a lower ceiling; in April 2020 there was
// no import of custom images.
func TestEditionOfTheRules(t *testing.T) {
	for _, tt := range []struct {
		date  string
		input any
		want  []rule.Code
	}{
		{"2019-01-07", sized("POWER", 80, 200), nil},
		{"2019-01-08", sized("POWER", 80, 200), []rule.Code{bundles.VolumePairNotInGroup}},
		{"2020-04-29", sized("POWER", 80, 200), []rule.Code{bundles.VolumePairNotInGroup}},
		{"2019-01-08", sized("POWER", 1001, 200), []rule.Code{bundles.VolumeOverCeiling}},
		{"2019-01-08", createGroup(slices.Repeat([]string{"203.0.113.0/24"}, 11)...), []rule.Code{network.IPGroupRulesOverQuota}},
		{"2020-05-29", encrypted("aws/workspaces", true, true), nil},
		{"2020-05-30", encrypted("aws/workspaces", true, true), []rule.Code{encryption.KeyNotFound}},
		{"2022-10-25", byolImage("BYOL_GRAPHICS"), nil},
		{"2023-12-01", byolImage("BYOL_GRAPHICS"), []rule.Code{byol.ProcessGraphicsRetired}},
	} {
		a, err := wks.Check(tt.input, wks.Edition(rule.MustParseEdition(tt.date)), wks.Region("us-east-1"))
		var got []rule.Code
		for _, v := range a.Violations {
			got = append(got, v.Code)
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s: %q, %v, want %q", tt.date, operation(tt.input), got, err, tt.want)
		}
	}
	a, err := wks.Check(customImage(func(*workspaces.ImportCustomWorkspaceImageInput) {}), wks.Edition(rule.MustParseEdition("2025-08-13")))
	if open := a.OpenBy(rule.ByDocuments); err != nil || len(open) != 1 || open[0].Path != "" {
		t.Errorf("before there was such a call: %+v, %v", a, err)
	}
}

// The comment on Edition names the dates that every package knows.
func TestEditionsThatEveryPackageKnows(t *testing.T) {
	for date, known := range map[string]bool{"2018-02-02": false, "2018-02-03": true, wks.Newest().Edition().String(): true, "2999-01-01": false} {
		_, err := wks.Check(badID, wks.Edition(rule.MustParseEdition(date)))
		var bad *rule.InputError
		if known != (err == nil) || err != nil && (!errors.As(err, &bad) || bad.Path != "Edition" || bad.Value != date) {
			t.Errorf("%s: %v", date, err)
		}
	}
}

func TestCheckInput(t *testing.T) {
	for _, input := range []any{nil, "DescribeTags", workspaces.DescribeTagsInput{}, &workspaces.DescribeTagsOutput{}, &struct{ ResourceId *string }{}} {
		a, err := wks.Check(input)
		var bad *rule.InputError
		if !errors.As(err, &bad) || bad.Path != "input" || a.Violations != nil || a.Open != nil {
			t.Errorf("%T: %+v, %v", input, a, err)
		}
	}
	var bad *rule.InputError
	if _, err := wks.Check(badID, wks.Skip("DescribeTag")); !errors.As(err, &bad) || bad.Path != "Skip" {
		t.Errorf("a mistake in the options: %v", err)
	}
	for _, region := range []string{"Mars", "eu west 1", "x", ""} {
		if _, err := wks.Check(badID, wks.Region(region)); !errors.As(err, &bad) || bad.Path != "Region" || bad.Value != region {
			t.Errorf("Region %q: %v", region, err)
		}
	}
	if _, err := wks.Check(badID, wks.SkipCode("bundles.no-such-code")); !errors.As(err, &bad) || bad.Path != "SkipCode" {
		t.Errorf("a code that is none: %v", err)
	}
	if _, err := wks.Check(batch(1), wks.Region("Mars")); !errors.As(err, &bad) || bad.Path != "Region" {
		t.Errorf("a Region that is none: %v", err)
	}
}

// TestRegionOfTheClient holds that Guard asks about the Region of the call, and about that of an
// option before it.
func TestRegionOfTheClient(t *testing.T) {
	in := func(region string) func(*workspaces.Options) {
		return func(o *workspaces.Options) { o.Region = region }
	}
	for _, tt := range []struct {
		opts []func(*workspaces.Options)
		sent int
	}{
		{nil, 1}, // us-east-1, as the key
		{[]func(*workspaces.Options){in("eu-west-1")}, 0},
		{[]func(*workspaces.Options){in("fips-us-east-1")}, 1},
		{[]func(*workspaces.Options){in("us-east-1-fips")}, 1},
		{[]func(*workspaces.Options){wks.Guard(wks.Region("eu-west-1"))}, 0},
		{[]func(*workspaces.Options){in("eu-west-1"), wks.Guard(wks.Region("us-east-1"))}, 1},
	} {
		sent := 0
		err := call(client(counting(&sent), wks.Guard()), batch(1), tt.opts...)
		if sent != tt.sent || errors.Is(err, encryption.KeyInOtherRegion) != (sent == 0) {
			t.Errorf("sent %d, want %d; %v", sent, tt.sent, err)
		}
	}
}

// TestRefusedTakesNoToken holds that a client with Guard and a pace spends tokens on what it
// sends, and on nothing else, in whichever order they are given.
func TestRefusedTakesNoToken(t *testing.T) {
	for name, order := range map[string]func(guard, pace func(*workspaces.Options)) []func(*workspaces.Options){
		"guard first": func(g, p func(*workspaces.Options)) []func(*workspaces.Options) {
			return []func(*workspaces.Options){g, p}
		},
		"pace first": func(g, p func(*workspaces.Options)) []func(*workspaces.Options) {
			return []func(*workspaces.Options){p, g}
		},
	} {
		var taken tokens
		pacer := throttle.NewPacer(func(string) (throttle.Waiter, error) { return &taken, nil })
		sent := 0
		c := client(counting(&sent), order(wks.Guard(), pacer.Client)...)
		for range 20 {
			if err := call(c, sized("POWER", 80, 200)); !errors.Is(err, bundles.VolumePairNotInGroup) {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if taken.given != 0 || sent != 0 {
			t.Errorf("%s: refused requests took %d tokens and %d were sent", name, taken.given, sent)
		}
		if err := call(c, sized("POWER", 80, 50)); err != nil || taken.given != 1 || sent != 1 {
			t.Errorf("%s: a request took %d tokens and was sent %d times, %v", name, taken.given, sent, err)
		}
	}
}

// tokens is a limiter that counts, and gives at once.
type tokens struct{ given int }

func (c *tokens) Wait(context.Context) error { c.given++; return nil }
