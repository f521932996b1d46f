package throttle

import (
	"fmt"
	"slices"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

var book = tables.Book{
	Package: "throttle",
	Documents: []rule.Document{
		{Key: facts.Troubleshooting, Title: "Amazon WorkSpaces Administration Guide: troubleshooting", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-troubleshooting.html"},
	},
	Facts: []tables.Facts{quotas()},
}

// quotas is the shared table of the quota of calls, as this package lists it.
func quotas() tables.Facts {
	t := facts.CallQuotas
	t.Lists = func(q facts.CallQuota) []rule.Parameter {
		return []rule.Parameter{{Name: "calls, in the long run", Value: fmt.Sprintf("%d a second", q.Rate)}, {Name: "calls at once", Value: fmt.Sprint(q.Burst)}}
	}
	return t
}

var snapshots = tables.Compile(&book, func(active *tables.Active) *DocumentedQuota {
	q, ok := facts.CallQuotas.One(active.Edition())
	if !ok {
		panic("throttle: an edition without a quota") // a test looks at every edition
	}
	return &DocumentedQuota{Quota{rate.Limit(q.Rate), q.Burst}, q.Span, q.Cite}
})

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(book.Documents) }

// Parameters returns what the documents say of the quota, by date, as a new slice.
func Parameters() []rule.Parameter { return book.Parameters() }

// A DocumentedQuota is a quota that a document gives, when, and where it says so. The document
// does not say whom the quota counts together; this package takes it to be one bucket for all
// operations of an account in a Region, which can only be too careful.
type DocumentedQuota struct {
	Quota
	Span rule.Span
	Cite rule.Citation
}

// Documented returns the quota in the newest edition: 2 calls a second, and a burst of 5.
func Documented() DocumentedQuota { return *snapshots.Newest() }

// DocumentedAt returns the quota that was documented on e. A date before the first edition,
// 2019-10-25, or after the newest of the module is a *rule.InputError.
func DocumentedAt(e rule.Edition) (DocumentedQuota, error) {
	q, err := snapshots.At(e)
	if err != nil {
		return DocumentedQuota{}, err
	}
	return *q, nil
}

// Editions returns the dates on which the documented quota appeared or changed, in
// ascending order, as a copy.
func Editions() []rule.Edition { return snapshots.Editions() }

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
