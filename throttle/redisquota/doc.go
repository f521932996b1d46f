// Package redisquota shares one quota of calls among many processes, on Redis 7 or Valkey.
//
// An account has one bucket for each Region, and more than one program in it. A share for each
// ([throttle.Quota.Split]) wastes that of the idle ones; [throttle.Adaptive] learns of the others
// by being throttled. Processes that share a [Limiter] are not throttled by one another, and what
// one leaves another gets. It is one line in [throttle.NewPacer]:
//
//	pacer := throttle.NewPacer(func(region string) (throttle.Waiter, error) {
//		return redisquota.New(client, "wks:123456789012:"+region, throttle.Strict())
//	})
//	cfg, err := config.LoadDefaultConfig(ctx)
//	pacer.Config(&cfg)
//
// # How
//
// A caller books the next free instant in one round trip, by the server's clock, and sleeps until
// it. Within a process callers stand in line in the order in which they came, and only the head of
// the line holds a booking. Processes are therefore served in turn. A head that gives up
// leaves its booking to the next in line, or gives it back if there is none; whoever gives up
// deeper in the line costs nothing. Nothing is polled: a call costs one command.
//
// One process takes at most one token for each round trip to the server.
//
// # Faults
//
//   - A process that is killed costs the others the one instant that it had booked.
//   - A key that is lost, by a restart or a failover, is made again with a full bucket, or an empty
//     one with [StartEmpty]. Each process then tells what it knew of the old one, so that bookings
//     of the past still count. At most one burst more is given than the quota permits.
//   - A clock of the server that goes back stops nobody for longer than the quota takes to refill;
//     one that goes ahead fills the bucket, and no more than that.
//   - A script cache that was flushed is filled again. An answer that was lost with its
//     connection is asked for again, and is no second booking. A server whose memory is full
//     still serves: the key is small.
//   - Away is a server that does not answer within [Timeout], or answers with an error: a replica
//     that is read-only, a user without EVALSHA. While it is away Wait returns an
//     *UnavailableError, or goes on by the pace of [Fallback], and goes back to the server once
//     that takes writes again. [OnChange] hears of both.
//
// A throttle empties the bucket for all processes, and a Retry-After holds them all back, up to
// the bound of [MaxRetryAfter]: bookings are void, and processes that sleep are told so by a message
// on the shard channel that is named like the key. Where a user may not use the channel, each other
// process can still make the one call that it has booked.
//
// # Needs
//
// The commands EVALSHA, EVAL, HGET, HMGET, HSET, HGETALL, HDEL, HLEN, PEXPIRE, TIME, SPUBLISH and
// SSUBSCRIBE on one key and the channel of the same name; a cluster will do. While a slot of it
// moves, messages are missed for a few seconds. The key expires a day after its last use. The tests run on
// Redis 7.0 and, by valkey.sh, on Valkey 8.0.
package redisquota
