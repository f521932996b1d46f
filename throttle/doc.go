// Package throttle keeps calls to Amazon WorkSpaces within the documented rate of two a second
// with a burst of five, and says how long they take at best.
//
//   - A client that is never throttled, in one line? See [Pace]:
//     workspaces.NewFromConfig(cfg, throttle.Pace(throttle.Strict())).
//   - What does the document say, and what becomes of given calls by it? See [Documented] and
//     [Quota.Replay].
//   - How many calls does a job need, and how long does it take at least? See [MaxItems],
//     [Calls] and [Quota.Makespan].
//   - A limiter for code of one's own, or for other clients of the quota? See [Limiter], and
//     [Do], which also retries.
//   - Several processes on one quota? The nested module throttle/redisquota if they reach one Redis,
//     [Quota.Split] if their number is known, else [Adaptive] with a [Retryer]. Any limiter that they
//     share is a [Waiter].
//   - A service that asks to be left alone? Retry-After is believed up to [MaxRetryAfter], and
//     [Limiter.OnHold] tells of it.
//   - Fewer calls? See [Batches], [SendBatches] for what failed within a call that succeeded,
//     and [Pages].
//
// # Why on every attempt
//
// The SDK retries a throttled call by itself. A limiter that lets calls pass, but not their
// retries, offers the service more than the quota once the first call is throttled. Tokens
// taken by a custom http.RoundTripper are taken after the request was signed, and in a long
// queue its signature expires. A [Pacer] takes them in between: in each attempt, before it
// is signed.
//
// # What is measured and what is documented
//
// The quota and its table are documented, in the Administration Guide from 2019-10-25 to the
// newest reading of about September 2026; [Documented] cites it. Not documented are whether
// the bucket refills each second or continuously, whether all operations share one, whether
// it is per account and Region, and whether a refused call costs a token. This package
// assumes one bucket for each Region and that a refusal costs nothing. [Strict] keeps one call
// of the burst in reserve, because calls arrive closer together than they were sent if their
// latency varies. If it varies by J seconds, a burst of 5 − 2J is safe before a bucket that
// refills continuously, and one of 4 − 2J before one that refills by the second, at a phase that
// the client does not know.
//
// # What it does not decide
//
// Whether an item that failed within a call may pass later, and how long the service's own
// work takes. Other callers of the same account and Region, such as the console, take from
// the same bucket; a client with [Strict] alone is then throttled, and its retries heal it.
//
// The commands wks pace and examples/clients compare clients in virtual time, and package wkstest is the server
// that they do so with.
package throttle
