package redisquota_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
)

// Every program of the account gets the same pace. While Redis is away, each keeps to a share of
// its own, and says so.
func Example() {
	client := redis.NewClient(&redis.Options{Addr: "redis.example:6379"})
	defer client.Close()
	pacer := throttle.NewPacer(func(region string) (throttle.Waiter, error) {
		share, err := throttle.AsDocumented().Split(4) // four programs, at most
		if err != nil {
			return nil, err
		}
		local, err := throttle.NewLimiter(share)
		if err != nil {
			return nil, err
		}
		return redisquota.New(client, "wks:123456789012:"+region, throttle.Strict(),
			redisquota.Fallback(local),
			redisquota.OnChange(func(err error) { log.Println("shared quota:", err) }),
			redisquota.OnHold(func(h throttle.Hold) { log.Println("held back for", h.For) }))
	})
	var cfg aws.Config // from config.LoadDefaultConfig
	pacer.Config(&cfg)
	fmt.Println(len(cfg.APIOptions))
	// Output: 1
}

// A dashboard asks the key, and needs no limiter.
func ExampleSnapshot() {
	s := redisquota.Snapshot{
		At: time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC), Quota: throttle.Strict(), Tokens: -2, Waiting: 7,
		Processes: []redisquota.Process{
			{Name: "pipeline:71", Booked: time.Date(2026, 9, 10, 12, 0, 0, 5e8, time.UTC), Waiting: 7},
			{Name: "lambda:8", Booked: time.Date(2026, 9, 10, 12, 0, 1, 0, time.UTC)},
		},
	}
	fmt.Print(s)
	// Output:
	// 2026-09-10T12:00:00Z  2 calls a second, burst 4  tokens -2  waiting 7
	//   "pipeline:71"            booked      500ms  waiting 7
	//   "lambda:8"               booked         1s  waiting 0
}

// A status bar, or a command that is asked now and then, has one line.
func ExampleSnapshot_Line() {
	at := time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
	fmt.Println(redisquota.Snapshot{}.Line())
	fmt.Println(redisquota.Snapshot{
		At: at, Quota: throttle.Strict(), Tokens: -2, Waiting: 7,
		Processes: []redisquota.Process{
			{Name: "operator:3", Booked: at.Add(-time.Second)}, // served
			{Name: "pipeline:71", Booked: at.Add(500 * time.Millisecond), Waiting: 7},
			{Name: "lambda:8", Booked: at.Add(time.Second)},
		},
	}.Line())
	fmt.Println(redisquota.Snapshot{At: at, Quota: throttle.Strict(), Tokens: 4, Held: 12 * time.Second}.Line())
	// Output:
	// no calls yet
	// -2 of 4 tokens  queue 9  "pipeline:71" in 500ms +7  "lambda:8" in 1s
	// 4 of 4 tokens  queue 0  held for 12s
}

func ExampleRead() {
	client := redis.NewClient(&redis.Options{Addr: "redis.example:6379"})
	defer client.Close()
	s, err := redisquota.Read(context.Background(), client, "wks:123456789012:eu-west-1")
	if err != nil {
		log.Print(err)
		return
	}
	log.Print(s.Line())
}
