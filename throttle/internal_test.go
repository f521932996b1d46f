package throttle

import (
	"errors"
	"math"
	"net/http"
	"testing"
	"time"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	date := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	for _, tt := range []struct {
		after, amz, date string
		want             time.Duration
	}{
		{"", "", "", 0},
		{"7", "", "", 7 * time.Second},
		{"", "1500", "", 1500 * time.Millisecond},
		{"1", "1500", "", 1500 * time.Millisecond},
		{"2", "1500", "", 2 * time.Second},
		{date(9 * time.Second), "", "", 9 * time.Second},
		{date(9 * time.Second), "", date(4 * time.Second), 5 * time.Second}, // by the service's clock
		{date(-time.Hour), "", "", 0},
		{"-1", "-1", "", 0},
		{"soon", "soon", "soon", 0},
		{"99999999999999999999", "", "", 0},
	} {
		h := http.Header{"Retry-After": {tt.after}, "X-Amz-Retry-After": {tt.amz}, "Date": {tt.date}}
		if got := retryAfter(h, now); got != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}

func TestOutcome(t *testing.T) {
	answer := func(status int, err error) error {
		return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status, Header: http.Header{"Retry-After": {"3"}}}}, Err: err}
	}
	for name, tt := range map[string]struct {
		err  error
		want Outcome
	}{
		"none":                     {nil, Outcome{Served: true}},
		"lost":                     {errors.New("connection reset"), Outcome{}},
		"throttled":                {answer(400, &smithy.GenericAPIError{Code: "ThrottlingException"}), Outcome{Throttled: true, RetryAfter: 3 * time.Second}},
		"too many requests":        {answer(429, errors.New("")), Outcome{Throttled: true, RetryAfter: 3 * time.Second}},
		"another error":            {answer(503, errors.New("")), Outcome{Served: true, RetryAfter: 3 * time.Second}},
		"an error of the API only": {&smithy.GenericAPIError{Code: "AccessDeniedException"}, Outcome{Served: true}},
		"an error without answer":  {&smithyhttp.ResponseError{Err: errors.New("")}, Outcome{}},
	} {
		if got := outcome(tt.err, time.Time{}); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

// A queue of any length has an instant, without overflow.
func TestReadyIsBounded(t *testing.T) {
	c, err := newCredit(Quota{Rate: 1e-9, Burst: 1}, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 19, 1 << 20, math.MaxInt} { // 19 of them are a little over 2⁶⁴ ns
		if got := c.ready(time.Hour, n); got < time.Hour || n > 1 && got < 1e18 {
			t.Errorf("%d tokens: %d", n, got)
		}
	}
}

// Whatever the headers say, nobody waits for less than no time.
func FuzzRetryAfter(f *testing.F) {
	f.Add("7", "1500", "")
	f.Add("Thu, 01 Jan 2026 00:00:09 GMT", "", "Thu, 01 Jan 2026 00:00:04 GMT")
	f.Fuzz(func(t *testing.T, after, amz, date string) {
		h := http.Header{"Retry-After": {after}, "X-Amz-Retry-After": {amz}, "Date": {date}}
		if got := retryAfter(h, time.Unix(0, 0)); got < 0 {
			t.Errorf("%q, %q, %q: %s", after, amz, date, got)
		}
	})
}
