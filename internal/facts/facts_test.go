package facts

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

func TestTables(t *testing.T) {
	keys := []string{FAQ, ModifyPage, SelfServicePage, RunningModePage, MaintenancePage, EncryptPage, KMSServices, Troubleshooting, BundlesPage, MigratePage, BYOLPage, HistoryPage, ImagePage, OptionsPage, NestedPage, ResiliencePage, PCoIPEndPage, PoolsEndPage, ImportAPI}
	b := &tables.Book{Facts: []tables.Facts{SetGroups, CallQuotas, GrantCounts, MaintenanceWindows, Offers, Ends, Retirements, Streams, Permits, Labels, Places, Nested, NestedSizes}}
	for _, k := range keys {
		b.Documents = append(b.Documents, rule.Document{Key: k, Title: k})
	}
	ruletest.Book(t, b, nil)
}

// The forms are those of regular expressions that a person can read.
func TestForms(t *testing.T) {
	forms := map[string]struct {
		form *regexp.Regexp
		is   func(string) bool
	}{
		"region":    {regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+$`), IsRegion},
		"account":   {regexp.MustCompile(`^[0-9]{12}$`), IsAccount},
		"partition": {regexp.MustCompile(`^aws(-[a-z]+)*$`), IsPartition},
	}
	texts := rapid.OneOf(
		rapid.StringMatching(`[a-z]{1,5}(-[a-z]{0,4}){0,3}-[0-9]{0,2}`),
		rapid.StringMatching(`[0-9]{10,13}`),
		rapid.StringMatching(`aws(-[a-z]{0,4}){0,3}`),
		rapid.StringOfN(rapid.SampledFrom([]rune("a-1:zé \n")), 0, 14, -1),
	)
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		for name, f := range forms {
			if got, want := f.is(s), f.form.MatchString(s); got != want {
				t.Fatalf("%s %q: %t, want %t", name, s, got, want)
			}
		}
	})
}

func TestARN(t *testing.T) {
	const key = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/a:b"
	a, ok := ParseARN(key)
	if want := (ARN{"aws-us-gov", "kms", "us-gov-west-1", "123456789012", "key/a:b"}); !ok || a != want || a.String() != key {
		t.Errorf("ParseARN(%q) = %+v, %t", key, a, ok)
	}
	for _, s := range []string{"", "arn:", "arn:aws:kms:::", "arn::kms:us-east-1:123456789012:key/a", "arn:aws::us-east-1::key/a", "ARN:aws:kms:::key/a", "arn:aws:kms:us-east-1:key/a"} {
		if a, ok := ParseARN(s); ok || a != (ARN{}) {
			t.Errorf("ParseARN(%q) = %+v, %t", s, a, ok)
		}
	}
	if n := testing.AllocsPerRun(10, func() { ParseARN(key) }); n != 0 {
		t.Errorf("ParseARN allocates %g times", n)
	}
	for region, want := range map[string]string{"us-east-1": "aws", "cn-north-1": "aws-cn", "us-gov-west-1": "aws-us-gov", "us-iso-east-1": "", "x": ""} {
		if got := Partition(region); got != want {
			t.Errorf("Partition(%q) = %q, want %q", region, got, want)
		}
	}
}

// Every compute type of the SDK has a family.
func TestFamilies(t *testing.T) {
	for _, c := range types.Compute("").Values() {
		if f := FamilyOf(string(c)); f == "" || (f != GeneralPurpose) != HasGPU(string(c)) {
			t.Errorf("%s: family %q, GPU %t", c, f, HasGPU(string(c)))
		}
	}
	if FamilyOf("") != "" || FamilyOf("POWER_2") != "" || !HasGPU("GRAPHICS_G9_XLARGE") {
		t.Error("a compute type that nobody names has a family, or none of its GPUs is seen")
	}
}

func TestGrants(t *testing.T) {
	g, _ := GrantCounts.One(tables.Newest())
	for _, tt := range []struct {
		root, user bool
		want       int
	}{{false, false, 0}, {true, false, 2}, {false, true, 2}, {true, true, 3}} {
		if got := g.Of(tt.root, tt.user); got != tt.want {
			t.Errorf("Of(%t, %t) = %d, want %d", tt.root, tt.user, got, tt.want)
		}
	}
}

// window returns the row of a mode on a date.
func window(t testing.TB, mode, date string) MaintenanceWindow {
	rows := MaintenanceWindows.On(rule.MustParseEdition(date))
	i := slices.IndexFunc(rows, func(w MaintenanceWindow) bool { return w.Mode == mode })
	if i < 0 {
		t.Fatalf("no window of %s on %s", mode, date)
	}
	return rows[i]
}

// Days from calendars. The third Monday of March 2020 was the 16th, of November 2026 the 16th.
func TestMaintenance(t *testing.T) {
	at := func(s string) time.Time {
		moment, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, tt := range []struct{ mode, date, now, opens, closes, last string }{
		{alwaysOn, "2020-04-29", "2020-05-02 12:00", "2020-05-03 00:00", "2020-05-03 04:00", ""},
		{alwaysOn, "2020-04-29", "2020-05-03 03:59", "2020-05-03 00:00", "2020-05-03 04:00", ""},
		{alwaysOn, "2020-04-29", "2020-05-03 04:00", "2020-05-10 00:00", "2020-05-10 04:00", ""},
		{autoStop, "2017-12-31", "2018-01-05 00:00", "2018-01-07 00:00", "2018-01-07 04:00", ""},
		{autoStop, "2018-02-03", "2018-02-19 05:00", "2018-03-19 00:00", "2018-03-19 05:00", "2018-03-19 05:00"},
		{autoStop, "2018-06-29", "2018-07-20 12:00", "2018-07-21 00:00", "2018-07-21 05:00", "2018-07-29 05:00"},
		{autoStop, "2019-07-08", "2020-03-16 02:00", "2020-03-16 00:00", "2020-03-16 05:00", "2020-03-29 05:00"},
		{autoStop, "2020-04-29", "2020-03-29 05:00", "2020-04-20 00:00", "2020-04-20 05:00", "2020-05-03 05:00"},
		{autoStop, "2026-09-10", "2026-12-03 00:00", "2026-12-21 00:00", "2026-12-21 05:00", "2027-01-03 05:00"},
		{autoStop, "2026-09-10", "2027-01-03 04:00", "2027-01-03 00:00", "2027-01-03 05:00", "2027-01-03 05:00"},
	} {
		opens, closes, last := window(t, tt.mode, tt.date).Next(at(tt.now), at(tt.now))
		if opens != at(tt.opens) || closes != at(tt.closes) || tt.last == "" && !last.IsZero() || tt.last != "" && last != at(tt.last) {
			t.Errorf("%s on %s at %s: %s to %s, last %s", tt.mode, tt.date, tt.now, opens, closes, last)
		}
	}
	auto := window(t, autoStop, "2026-09-10")
	if opens, _, _ := auto.Next(at("2026-11-16 02:00"), at("2026-11-16 01:00")); opens != at("2026-11-16 00:00") {
		t.Errorf("from before now: %s", opens)
	}
	if opens, _, _ := auto.Next(at("2026-11-16 02:00"), at("2026-11-18 01:00")); opens != at("2026-11-19 00:00") {
		t.Errorf("from after now: %s", opens)
	}
	for _, tt := range []struct {
		now  string
		long time.Duration
		want bool
	}{{"2026-11-15 22:59", time.Hour, false}, {"2026-11-15 23:00", time.Hour, true}, {"2026-11-16 04:59", 0, true}, {"2026-11-16 05:00", time.Hour, false}} {
		if _, got := auto.During(at(tt.now), at(tt.now), tt.long); got != tt.want {
			t.Errorf("During(%s, %s) = %t", tt.now, tt.long, got)
		}
	}
}

// Next finds the window that a search by the minute finds.
func TestNextMaintenanceIsTheFirst(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no time zones here: ", err)
	}
	open := func(w MaintenanceWindow, at time.Time) bool {
		if at.Hour() >= w.UntilHour {
			return false
		}
		if w.Sunday {
			return at.Weekday() == time.Sunday
		}
		since := 0 // days since the last third Monday
		for day := at; ; day = day.AddDate(0, 0, -1) {
			if day.Weekday() == time.Monday && day.Day() >= 15 && day.Day() <= 21 {
				break
			}
			since++
		}
		return since < w.Days
	}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SampledFrom(MaintenanceWindows.Rows).Draw(t, "window")
		now := time.Date(2026, 1, 1, 0, rapid.IntRange(0, 600_000).Draw(t, "minutes"), 0, 0, zone)
		opens, closes, _ := w.Next(now, now)
		if !closes.After(now) || opens.Hour() != 0 || closes.Hour() != w.UntilHour || !open(w, opens) {
			t.Fatalf("after %s: %s to %s", now, opens, closes)
		}
		for at := now; at.Before(opens); at = at.Add(30 * time.Minute) {
			if open(w, at) {
				t.Fatalf("after %s: %s to %s, and %s is in a window", now, opens, closes, at)
			}
		}
	})
}

func ExampleSetGroup_Contains() {
	for _, g := range SetGroups.On(tables.Newest()) {
		fmt.Println(g.GPU, g.Contains(175, 100), g.Contains(100, 100))
	}
	// Output:
	// false false false
	// false false false
	// false false false
	// false true false
	// true true true
}

// A day after is the day after.
func TestDaysAfter(t *testing.T) {
	for last, after := range map[string]string{lastAmazonLinux2: EndAmazonLinux2, LastGraphicsPro: EndGraphicsPro} {
		if day := rule.MustParseEdition(last).Date().AddDate(0, 0, 1).Format(time.DateOnly); day != after {
			t.Errorf("after %s: %s, want %s", last, after, day)
		}
	}
}
