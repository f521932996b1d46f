package throttle_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// wantInput fails unless err is a *rule.InputError about the path.
func wantInput(t testing.TB, what string, err error, path rule.Path) {
	t.Helper()
	var input *rule.InputError
	if !errors.As(err, &input) || input.Path != path {
		t.Errorf("%s: error %v, want one about %s", what, err, path)
	}
}

// must returns a value of which the test knows that there is one.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The guide's section on ThrottlingException, since 2019-10-25.
func TestDocumented(t *testing.T) {
	for date, ok := range map[string]bool{"2019-10-24": false, "2019-10-25": true, "2020-04-29": true, "2026-09-10": true, "2999-01-01": false} {
		q, err := throttle.DocumentedAt(rule.MustParseEdition(date))
		if (err == nil) != ok || ok && (q.Rate != 2 || q.Burst != 5 || q.Span.Since.String() != "2019-10-25") {
			t.Errorf("%s: %+v, %v", date, q, err)
		}
		if !ok {
			wantInput(t, date, err, "Edition")
		}
	}
	_, err := throttle.DocumentedAt(rule.Edition{})
	wantInput(t, "no date", err, "Edition")
	if d := throttle.Documented(); d.Quota != (throttle.Quota{Rate: 2, Burst: 5}) || d.Cite.Document != throttle.Documents()[0].Key {
		t.Errorf("%+v", d)
	}
	if e := throttle.Editions(); len(e) != 1 || e[0].String() != "2019-10-25" {
		t.Errorf("editions %v", e)
	}
	if throttle.AsDocumented() != throttle.Documented().Quota || throttle.Strict() != (throttle.Quota{Rate: 2, Burst: 4}) {
		t.Errorf("%v, %v", throttle.AsDocumented(), throttle.Strict())
	}
	throttle.Documents()[0].Key, throttle.Editions()[0] = "", rule.Edition{}
	if throttle.Documents()[0].Key == "" || throttle.Editions()[0] == (rule.Edition{}) {
		t.Error("not copies")
	}
}

func TestMakespan(t *testing.T) {
	documented := throttle.AsDocumented()
	for _, tt := range []struct {
		quota throttle.Quota
		n     int
		want  time.Duration
	}{
		{documented, 0, 0},
		{documented, 5, 0},
		{documented, 6, 500 * time.Millisecond},
		{documented, 40, 17500 * time.Millisecond},
		{documented, 200, 97500 * time.Millisecond},
		{documented, 1000, 497500 * time.Millisecond},
		{throttle.Strict(), 1000, 498 * time.Second},
		{throttle.Quota{Rate: 3, Burst: 1}, 4, time.Second + 2}, // a third is rounded up
		{throttle.Quota{Rate: 0.5, Burst: 1}, 250, 498 * time.Second},
		{must(documented.Split(49)), 2, 24500 * time.Millisecond}, // though 2 ÷ 49 is no float64
	} {
		if got, err := tt.quota.Makespan(tt.n); err != nil || got != tt.want {
			t.Errorf("%v, %d calls: %s, %v, want %s", tt.quota, tt.n, got, err, tt.want)
		}
	}
	for _, n := range []int{-1, math.MinInt, math.MaxInt} {
		_, err := documented.Makespan(n)
		wantInput(t, "makespan", err, "n")
	}
}

func TestSplit(t *testing.T) {
	for n, want := range map[int]throttle.Quota{
		1: {Rate: 2, Burst: 5}, 2: {Rate: 1, Burst: 2}, 4: {Rate: 0.5, Burst: 1}, 5: {Rate: 0.4, Burst: 1}, 8: {Rate: 0.25, Burst: 1},
	} {
		if got, err := throttle.AsDocumented().Split(n); err != nil || got != want {
			t.Errorf("%d: %v, %v, want %v", n, got, err, want)
		}
	}
	for _, n := range []int{0, -1} {
		_, err := throttle.Strict().Split(n)
		wantInput(t, "split", err, "n")
	}
}

func TestInvalidQuotas(t *testing.T) {
	for _, tt := range []struct {
		quota throttle.Quota
		path  rule.Path
	}{
		{throttle.Quota{}, "Rate"},
		{throttle.Quota{Rate: -1, Burst: 5}, "Rate"},
		{throttle.Quota{Rate: rate.Limit(math.NaN()), Burst: 5}, "Rate"},
		{throttle.Quota{Rate: rate.Inf, Burst: 5}, "Rate"},
		{throttle.Quota{Rate: 2, Burst: 0}, "Burst"},
		{throttle.Quota{Rate: 2, Burst: math.MinInt}, "Burst"},
		{throttle.Quota{Rate: 2, Burst: math.MaxInt}, "Burst"},
		{throttle.Quota{Rate: 1e-300, Burst: 1}, "Burst"},
	} {
		for what, f := range map[string]func() error{
			"Makespan":       func() error { _, err := tt.quota.Makespan(1); return err },
			"Split":          func() error { _, err := tt.quota.Split(1); return err },
			"Replay":         func() error { _, err := tt.quota.Replay(nil); return err },
			"NewBucket":      func() error { _, err := throttle.NewBucket(tt.quota, 0, time.Time{}); return err },
			"NewLimiter":     func() error { _, err := throttle.NewLimiter(tt.quota); return err },
			"NewLimiterWith": func() error { _, err := throttle.NewLimiterWith(tt.quota, 0); return err },
			"SetQuota":       func() error { return must(throttle.NewLimiter(throttle.Strict())).SetQuota(tt.quota) },
		} {
			wantInput(t, what, f(), tt.path)
		}
	}
}
