// Package peerbench compares package redisquota with redis_rate, over real processes and a real server,
// in turns:
//
//	go test -run '^$' -bench . -benchtime 1x
//
// BenchmarkCallers is callers who want nothing but tokens. BenchmarkFleet is the SDK's client behind the
// shared pace, before an endpoint that keeps to the quota and takes its time; at ten times the documented
// rate and a tenth of the latency. The module is nested so that its peer is nobody's requirement.
package peerbench
