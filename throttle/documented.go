package throttle

import (
	"slices"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const troubleshooting = "admin-guide-troubleshooting"

var documents = []rule.Document{
	{Key: troubleshooting, Title: "Amazon WorkSpaces Administration Guide: troubleshooting", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-troubleshooting.html"},
}

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

// A DocumentedQuota is a quota that a document gives, when, and where it says so. Whom the
// quota counts together, the document does not say; this package takes it to be one bucket
// for all operations, of an account in a Region, which can only be too careful.
type DocumentedQuota struct {
	Quota
	Span rule.Span
	Cite rule.Citation
}

// Documented returns the quota in the newest edition: 2 calls a second, and a burst of 5.
func Documented() DocumentedQuota { return quotaRows[len(quotaRows)-1] }

// DocumentedAt returns the quota that was documented on e. A date before the first edition,
// 2019-10-25, or after the newest reading, 2026-09-10, is a *rule.InputError.
func DocumentedAt(e rule.Edition) (DocumentedQuota, error) {
	if err := e.Within(Editions()[0], lastReading); err != nil {
		return DocumentedQuota{}, err
	}
	i := slices.IndexFunc(quotaRows, func(r DocumentedQuota) bool { return r.Span.Contains(e) })
	return quotaRows[i], nil
}

// Editions returns the dates on which the documented quota appeared or changed, in
// ascending order, as a copy.
func Editions() []rule.Edition {
	return tables.Editions(tables.Ends(quotaRows, func(r DocumentedQuota) rule.Span { return r.Span }))
}

// jitter is what Strict leaves room for.
const jitter = 500 * time.Millisecond

// AsDocumented returns the documented quota as it stands. A client that keeps to it exactly
// is throttled ⌈2J⌉ times in a job, for latency that varies by J seconds: two calls can
// reach the service closer together than they were sent.
func AsDocumented() Quota { return Documented().Quota }

// Strict returns the documented quota with room for latency that varies by up to half a
// second: 2 calls a second, burst 4. A client that is alone, and finds a full bucket that
// refills continuously, is never throttled, at the price of at most half a second a job.
func Strict() Quota {
	q := AsDocumented()
	q.Burst -= int(float64(q.Rate) * jitter.Seconds())
	return q
}
