package wks_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// A request for a later day is held against what has ended by then, in whichever order the options stand.
func TestAsOf(t *testing.T) {
	newest, november := wks.Newest().Edition(), rule.MustParseEdition("2027-11-01")
	pcoip := offered("WINDOWS_10", "STANDARD", "PCOIP")
	for name, tt := range map[string]struct {
		opts  []wks.Option
		level rule.Level
	}{
		"the edition":         {nil, rule.Should},
		"the last day":        {[]wks.Option{wks.AsOf(rule.MustParseEdition("2027-10-31"))}, rule.Should},
		"the day after":       {[]wks.Option{wks.AsOf(november)}, rule.Must},
		"day before edition":  {[]wks.Option{wks.AsOf(november), wks.Edition(newest)}, rule.Must},
		"edition before day":  {[]wks.Option{wks.Edition(newest), wks.AsOf(november)}, rule.Must},
		"before it was known": {[]wks.Option{wks.Edition(rule.MustParseEdition("2026-06-29")), wks.AsOf(november)}, ""},
	} {
		a, err := wks.Check(pcoip, append(tt.opts, wks.Region("us-east-1"))...)
		var got rule.Level
		for _, v := range a.Violations {
			if v.Code == bundles.ProtocolEnds || v.Code == bundles.ProtocolEnded {
				got = v.Level
			}
		}
		if err != nil || got != tt.level || a.Verdict == rule.Denied != (tt.level == rule.Must) {
			t.Errorf("%s: %+v, %v, want %q", name, a, err, tt.level)
		}
	}
	for day, code := range map[string]rule.Code{"2027-10-31": byol.ProtocolEnds, "2027-11-01": byol.ProtocolEnded} {
		for _, in := range []any{byolImage("BYOL_REGULAR"), customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) {
			in.OsVersion, in.Protocol = types.OSVersionWindows10, types.CustomImageProtocolPcoip
		})} {
			a, err := wks.Check(in, wks.AsOf(rule.MustParseEdition(day)))
			if err != nil || len(a.Violations) != 1 || a.Violations[0].Code != code || a.Verdict == rule.Denied != (code == byol.ProtocolEnded) {
				t.Errorf("%T on %s: %+v, %v", in, day, a, err)
			}
		}
	}
	var input *rule.InputError
	if _, err := wks.Check(pcoip, wks.AsOf(rule.MustParseEdition("2020-01-01"))); !errors.As(err, &input) || input.Path != "Day" {
		t.Errorf("a day before the edition: %v", err)
	}
	r, err := wks.Newest().AsOf(november)
	if err != nil || r.Edition() != newest || r.Bundles.Day() != november || r.Migrate.Day() != november || r.BYOL.Day() != november {
		t.Errorf("%v, %v", r.Bundles.Day(), err)
	}
	first := must(wks.At(rule.MustParseEdition("2018-02-03")))
	if r, err := first.AsOf(november); err != nil || r.Bundles.Day() != november {
		t.Errorf("before there was migration: %v, %v", r.Bundles.Day(), err)
	}
	if _, err := first.AsOf(rule.MustParseEdition("2018-02-02")); !errors.As(err, &input) || input.Path != "Day" {
		t.Errorf("a day before the edition, and before there was migration: %v", err)
	}
	a, err := r.Bundles.CheckPools(false)
	if i := slices.IndexFunc(a.Violations, func(v rule.Violation) bool { return v.Code == bundles.PoolsEnd }); err != nil || i < 0 {
		t.Errorf("pools in November 2027: %+v, %v", a, err)
	} else if text := a.Violations[i].Error(); text[0] == ':' {
		t.Errorf("%q", text)
	}
}
