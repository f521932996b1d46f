package peerbench

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
	xrate "golang.org/x/time/rate"

	"github.com/wksgo/wks/internal/leaktest"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
)

const variable = "PEERBENCH_WORKER"

// TestMain is a process of a benchmark if the environment says so.
func TestMain(m *testing.M) {
	if task := os.Getenv(variable); task != "" {
		if err := work(strings.Fields(task)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	leaktest.Main(m)
}

// poll is how redis_rate is used: ask, and sleep for as long as it says.
type poll struct {
	limiter *redis_rate.Limiter
	limit   redis_rate.Limit
}

func (p poll) Wait(ctx context.Context) error {
	for {
		r, err := p.limiter.Allow(ctx, "wks", p.limit)
		if err != nil || r.Allowed > 0 {
			return err
		}
		time.Sleep(r.RetryAfter)
	}
}

// waiter returns the pace by its name.
func waiter(name, redisAddr string, q throttle.Quota) (throttle.Waiter, error) {
	client := redis.NewClient(&redis.Options{Addr: redisAddr})
	if name == "redis_rate" {
		return poll{redis_rate.NewLimiter(client), redis_rate.Limit{Rate: int(q.Rate), Burst: q.Burst, Period: time.Second}}, nil
	}
	return redisquota.New(client, "wks", q)
}

// work calls from several goroutines when a line comes in, and prints each call. It ends with the
// input, or after a number of calls if that is not 0.
func work(task []string) error {
	var pace, redisAddr, endpoint string
	var rate float64
	var burst, process, callers, calls int
	if _, err := fmt.Sscan(strings.Join(task, " "), &pace, &redisAddr, &endpoint, &rate, &burst, &process, &callers, &calls); err != nil {
		return err
	}
	w, err := waiter(pace, redisAddr, throttle.Quota{Rate: xrate.Limit(rate), Burst: burst})
	if err != nil {
		return err
	}
	call := func(ctx context.Context, _ int) error { return w.Wait(ctx) }
	if endpoint != "-" {
		if call, err = describe(w, endpoint); err != nil {
			return err
		}
	}
	in := bufio.NewReader(os.Stdin)
	fmt.Println("ready")
	if _, err := in.ReadString('\n'); err != nil {
		return err
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	for caller := range callers {
		group.Go(func() {
			for i := caller; calls == 0 || i < calls; i += callers {
				began := time.Now()
				err := call(context.Background(), process*1_000_000+i)
				mu.Lock()
				fmt.Println(process*callers+caller, time.Now().UnixMicro(), time.Since(began).Microseconds(), err != nil)
				mu.Unlock()
			}
		})
	}
	if calls > 0 {
		group.Wait()
		return nil
	}
	_, _ = in.ReadString('\n') // the end of the input
	return nil
}

// describe returns a call of the SDK's client behind a pace.
func describe(w throttle.Waiter, endpoint string) (func(context.Context, int) error, error) {
	retryer, err := throttle.NewRetryer(throttle.DefaultPolicy())
	if err != nil {
		return nil, err
	}
	pacer := throttle.NewPacer(func(string) (throttle.Waiter, error) { return w, nil })
	client := workspaces.New(workspaces.Options{Region: "eu-west-1", BaseEndpoint: &endpoint, Credentials: aws.AnonymousCredentials{}}, pacer.Client, retryer.Client)
	return func(ctx context.Context, i int) error {
		_, err := client.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{fmt.Sprintf("ws-%09d", i)}})
		return err
	}, nil
}

// A call is one that a process printed.
type call struct {
	caller int
	at     time.Time
	waited time.Duration
	lost   bool
}

// spawn starts processes, and returns what they print once all have begun at the same time.
func spawn(b *testing.B, task string, processes, callers, calls int) <-chan call {
	b.Helper()
	out := make(chan call, 1<<16)
	var group sync.WaitGroup
	var start []func()
	for p := range processes {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d %d %d", variable, task, p, callers, calls/processes))
		c.Stderr = os.Stderr
		in, err := c.StdinPipe()
		if err != nil {
			b.Fatal(err)
		}
		pipe, err := c.StdoutPipe()
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Start(); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() {
			in.Close()
			_ = c.Wait()
		})
		lines := bufio.NewScanner(pipe)
		lines.Scan() // ready
		start = append(start, func() { fmt.Fprintln(in) })
		group.Go(func() {
			for lines.Scan() {
				var one call
				var at, waited int64
				if _, err := fmt.Sscan(lines.Text(), &one.caller, &at, &waited, &one.lost); err == nil {
					one.at, one.waited = time.UnixMicro(at), time.Duration(waited)*time.Microsecond
					out <- one
				}
			}
		})
	}
	for _, f := range start {
		f()
	}
	go func() {
		group.Wait()
		close(out)
	}()
	return out
}
