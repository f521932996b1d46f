#!/usr/bin/env bash
# go-redis/redis_rate v10.0.1: AllowN for more than the burst answers, each time, that it may be
# asked again after a while, though it will never be admitted. Seen on 2026-11-28 with redis-server
# 7.0.15: burst 5, rate 2 a second, AllowN of 6 says RetryAfter 0.5 s, also after that time, for ever.
# Needs Go and redis-server. Fails if that changes.
set -euo pipefail
scratch=$(mktemp -d)
cd "$scratch"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$scratch" >/dev/null &
server=$!
trap 'kill $server; rm -rf "$scratch"' EXIT
cat >main.go <<'END'
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
)

func main() {
	limiter := redis_rate.NewLimiter(redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Args[1]}))
	for i := range 4 {
		r, err := limiter.AllowN(context.Background(), "finding", redis_rate.Limit{Rate: 2, Burst: 5, Period: time.Second}, 6)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Printf("AllowN of 6, burst 5: allowed %d, RetryAfter %s\n", r.Allowed, r.RetryAfter)
		if r.Allowed != 0 || r.RetryAfter <= 0 {
			fmt.Println("changed: it is admitted, or says that asking again is no use")
			os.Exit(1)
		}
		if i < 3 {
			time.Sleep(r.RetryAfter + 50*time.Millisecond)
		}
	}
}
END
export GOWORK=off GOFLAGS=-mod=mod
go mod init finding >/dev/null 2>&1
go get github.com/go-redis/redis_rate/v10@v10.0.1 github.com/redis/go-redis/v9@v9.23.0 >/dev/null 2>&1
sleep 0.5
go run . "$port"
