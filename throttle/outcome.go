package throttle

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// quotaExceeded is in the SDK's list of throttle errors, but is what AWS KMS returns for a
// quota of grants or keys, which waiting does not raise.
const quotaExceeded = "LimitExceededException"

// Throttled reports whether the service refused a call because of its rate: ThrottlingException,
// which no WorkSpaces operation models, the other codes that the SDK takes for throttling, and
// HTTP status 429. LimitExceededException is not among them, though the SDK thinks so, and
// neither is ResourceLimitExceededException: those are quotas of resources.
func Throttled(err error) bool {
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() == quotaExceeded {
		return false
	}
	if retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary {
		return true
	}
	r := answer(err)
	return r != nil && r.StatusCode == http.StatusTooManyRequests
}

// answer returns the response that an error came with, or nil. The SDK makes one up, without
// a status, for a request that got none.
func answer(err error) *http.Response {
	var r *smithyhttp.ResponseError
	if !errors.As(err, &r) || r.Response == nil || r.Response.Response == nil || r.Response.StatusCode == 0 {
		return nil
	}
	return r.Response.Response
}

// outcome returns what an attempt's error tells an [Observer].
func outcome(err error, now time.Time) Outcome {
	o := Outcome{Throttled: Throttled(err)}
	r := answer(err)
	var api smithy.APIError
	o.Served = !o.Throttled && (err == nil || r != nil || errors.As(err, &api))
	if r != nil {
		o.RetryAfter = retryAfter(r.Header, now)
	}
	return o
}

// retryAfter reads the two headers that ask for a pause: X-Amz-Retry-After, in milliseconds,
// and Retry-After, in seconds or as a date (RFC 9110, section 10.2.3). What is malformed or
// past asks for none.
func retryAfter(h http.Header, now time.Time) time.Duration {
	var pause time.Duration
	if ms, err := strconv.ParseUint(h.Get("X-Amz-Retry-After"), 10, 32); err == nil {
		pause = time.Duration(ms) * time.Millisecond
	}
	after := h.Get("Retry-After")
	if s, err := strconv.ParseUint(after, 10, 32); err == nil {
		pause = max(pause, time.Duration(s)*time.Second)
	} else if date, err := http.ParseTime(after); err == nil {
		if sent, err := http.ParseTime(h.Get("Date")); err == nil {
			now = sent // the service's clock, which need not be ours
		}
		pause = max(pause, date.Sub(now))
	}
	return pause
}
