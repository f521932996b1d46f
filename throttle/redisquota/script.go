package redisquota

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

//go:embed quota.lua
var source string

var script = redis.NewScript(source)

// An answer is what the script says to a process.
type answer struct {
	status string        // booked, held, stale or done
	wait   time.Duration // until the booked instant, or the end of the hold
	epoch  int64         // of the holds
	known  knowledge
}

// knowledge is what a process knows of the bucket, for the case that the server forgets it.
type knowledge struct {
	born, back int64
	full       time.Duration // from asked on
	asked      time.Time
}

// left returns for how long the bucket is not full at least, in microseconds: one token less
// than the watch says, which makes up for round trips that take longer or shorter.
func (k knowledge) left(each time.Duration) int64 {
	if k.asked.IsZero() {
		return 0
	}
	return max((k.full - time.Since(k.asked) - each).Microseconds(), 0)
}

// run runs an operation of the script.
func (l *Limiter) run(ctx context.Context, operation string, args ...any) (answer, error) {
	empty := 0
	if l.empty {
		empty = 1
	}
	asked := time.Now()
	all := append([]any{operation, l.each.Microseconds(), l.each.Microseconds() * int64(l.quota.Burst), empty}, args...)
	got, err := script.Run(ctx, l.client, []string{l.key}, all...).Slice()
	if err != nil {
		return answer{}, err
	}
	if len(got) != 6 {
		return answer{}, fmt.Errorf("redisquota: the script answers %v", got)
	}
	status, ok := got[0].(string)
	var n [5]int64
	for i := range n {
		v, number := got[i+1].(int64)
		n[i], ok = v, ok && number
	}
	if !ok {
		return answer{}, fmt.Errorf("redisquota: the script answers %v", got)
	}
	return answer{status, micros(n[0]), n[1], knowledge{n[2], n[3], micros(n[4]), asked}}, nil
}

func micros(n int64) time.Duration { return time.Duration(n) * time.Microsecond }
