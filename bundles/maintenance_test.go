package bundles_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// zones have clocks that change and clocks that do not, and one where midnight is skipped.
var zones = func() (list []*time.Location) {
	for _, name := range []string{"UTC", "America/New_York", "Europe/Dublin", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		list = append(list, zone)
	}
	return list
}()

// walk is the oracle: day by day from the one before now, the first whose window closes
// after now and of which permitted is true.
func walk(now time.Time, zone *time.Location, until int, permitted func(day time.Time) bool) (opens, closes time.Time) {
	year, month, day := now.In(zone).Date()
	for i := -1; i < 120; i++ {
		noon := time.Date(year, month, day+i, 12, 0, 0, 0, zone)
		opens = time.Date(year, month, day+i, 0, 0, 0, 0, zone)
		closes = time.Date(year, month, day+i, until, 0, 0, 0, zone)
		if permitted(noon) && closes.After(now) {
			return opens, closes
		}
	}
	return time.Time{}, time.Time{}
}

// sinceThirdMonday counts the days from the last third Monday of a month to a day.
func sinceThirdMonday(noon time.Time) int {
	for n := 0; ; n++ {
		d := noon.AddDate(0, 0, -n)
		if d.Weekday() == time.Monday && d.Day() >= 15 && d.Day() <= 21 {
			return n
		}
	}
}

func TestNextMaintenance(t *testing.T) { rapid.Check(t, nextMaintenance) }

func FuzzNextMaintenance(f *testing.F) { f.Fuzz(rapid.MakeFuzz(nextMaintenance)) }

func nextMaintenance(t *rapid.T) {
	now := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 12*366*24*60).Draw(t, "minute")) * time.Minute)
	region, own := rapid.SampledFrom(zones).Draw(t, "region"), rapid.SampledFrom(append(zones, nil)).Draw(t, "workspace")
	launched := now.Add(-time.Duration(rapid.IntRange(0, 20*24*60).Draw(t, "age")) * time.Minute)
	m := bundles.Maintenance{Mode: rapid.SampledFrom([]types.RunningMode{"ALWAYS_ON", "AUTO_STOP"}).Draw(t, "mode"), RegionZone: region, WorkspaceZone: own, Launched: launched}
	date := rapid.SampledFrom([]string{"2017-12-31", "2018-02-03", "2018-06-29", "2019-07-08", "2025-10-21", "2026-09-10"}).Draw(t, "edition")
	rules, err := bundles.At(rule.MustParseEdition(date))
	if err != nil {
		t.Fatal(err)
	}
	next, err := rules.NextMaintenance(m, now)
	if err != nil || next.Verdict != rule.Allowed {
		t.Fatal(next, err)
	}
	got := next.Window
	zone, until := region, 5
	var permitted func(time.Time) bool
	switch {
	case m.Mode == "ALWAYS_ON" || date == "2017-12-31":
		until = 4
		if own != nil && date >= "2019-07-08" {
			zone = own
		}
		permitted = func(day time.Time) bool { return day.Weekday() == time.Sunday }
	case date == "2018-02-03":
		permitted = func(day time.Time) bool { return sinceThirdMonday(day) == 0 }
	default:
		permitted = func(day time.Time) bool {
			year, month, d := day.Date()
			old := date < "2025-10-21" || !time.Date(year, month, d, 0, 0, 0, 0, zone).Before(launched.Add(7*24*time.Hour)) || !launched.Add(7*24*time.Hour).After(now)
			return sinceThirdMonday(day) < 14 && old
		}
	}
	opens, closes := walk(now, zone, until, permitted)
	if !got.Opens.Equal(opens) || !got.Closes.Equal(closes) {
		t.Fatalf("%s to %s, want %s to %s", got.Opens, got.Closes, opens, closes)
	}
	limited := m.Mode == "AUTO_STOP" && date != "2017-12-31"
	if limited == got.Last.IsZero() || limited && got.Last.Before(got.Closes) {
		t.Fatalf("the last window closes at %s", got.Last)
	}
}

func TestMaintenanceOfSeptember2026(t *testing.T) {
	monday := time.Date(2026, 9, 21, 0, 0, 0, 0, time.UTC)
	launched := now.AddDate(0, -2, 0)
	for name, tt := range map[string]struct {
		m       bundles.Maintenance
		verdict rule.Verdict
		opens   time.Time
	}{
		"two months old":   {bundles.Maintenance{Mode: "AUTO_STOP", Launched: launched}, rule.Allowed, monday},
		"without a launch": {bundles.Maintenance{Mode: "AUTO_STOP"}, rule.Undocumented, monday},
		"of the far future": {
			bundles.Maintenance{Mode: "AUTO_STOP", Launched: time.Date(9000, 3, 1, 0, 0, 0, 0, time.UTC)}, rule.Allowed, time.Date(9000, 3, 17, 0, 0, 0, 0, time.UTC),
		},
		"disabled": {bundles.Maintenance{Mode: "AUTO_STOP", Launched: launched, Disabled: true}, rule.Allowed, time.Time{}},
		"manual":   {bundles.Maintenance{Mode: "MANUAL"}, rule.Undocumented, time.Time{}},
	} {
		tt.m.RegionZone = time.UTC
		next, err := bundles.Newest().NextMaintenance(tt.m, now)
		if w := next.Window; err != nil || next.Verdict != tt.verdict || !w.Opens.Equal(tt.opens) || w.Opens.IsZero() != (w == bundles.Window{}) ||
			!w.Opens.IsZero() && (!w.Closes.Equal(tt.opens.Add(5*time.Hour)) || !w.Last.Equal(tt.opens.Add(13*24*time.Hour+5*time.Hour))) {
			t.Errorf("%s: %+v, %v", name, next, err)
		}
	}
	far := time.Unix(math.MaxInt64, 0)
	for _, bad := range []struct {
		m   bundles.Maintenance
		now time.Time
	}{
		{bundles.Maintenance{Mode: "AUTO_STOP"}, now},
		{bundles.Maintenance{Mode: "AUTO_STOP", RegionZone: time.UTC}, time.Time{}},
		{bundles.Maintenance{Mode: "AUTO_STOP", RegionZone: time.UTC}, far},
		{bundles.Maintenance{Mode: "AUTO_STOP", RegionZone: time.UTC, Launched: far}, now},
	} {
		var input *rule.InputError
		if _, err := bundles.Newest().NextMaintenance(bad.m, bad.now); !errors.As(err, &input) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
