package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
)

// paces are those of the fleets of a process: one for each account and Region, which its fleets there share,
// and all workers if it is on Redis.
type paces struct {
	url, away string
	log       io.Writer // hears when Redis goes away and comes back

	mu     sync.Mutex
	client *redis.Client // nil before the first pace on Redis
	of     map[string]throttle.Waiter
}

const paceHelp = `
Calls are paced: two a second for each account and Region. With --redis that quota is shared with other workers and
programs, first come, first served: its key is wks:ACCOUNT:REGION, which wks quota shows. --redis-away tells what
becomes of a run while Redis does not answer:

    adaptive   it goes on, and finds its pace by being throttled
    split=N    it goes on with an Nth of the quota, for N workers
    strict     it goes on with the whole quota, for one that is alone
    stop       it ends with an error before the next request; run again, it goes on`

func (p *paces) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&p.url, "redis", "", "share the quota of calls on the server at `URL`: redis://, rediss:// or unix://")
	f.StringVar(&p.away, "redis-away", "adaptive", "while Redis is away go on by `PACE` adaptive, split=N or strict, or stop")
}

// check tells what is wrong with the flags of a command, which hears of Redis.
func (p *paces) check(cmd *cobra.Command) error {
	p.log = cmd.ErrOrStderr()
	if err := cli.NotEmpty(cmd, "redis"); err != nil {
		return err
	}
	if p.url != "" {
		if _, err := redis.ParseURL(p.url); err != nil {
			return cli.URLError("--redis", err)
		}
	}
	_, err := p.fallback()
	return err
}

// fallback returns the pace while Redis is away, or nil to stop.
func (p *paces) fallback() (throttle.Waiter, error) {
	quota := throttle.Strict()
	number, split := strings.CutPrefix(p.away, "split=")
	switch {
	case split:
		n, err := strconv.Atoi(number)
		if err == nil {
			quota, err = quota.Split(n)
		}
		if err != nil {
			return nil, fmt.Errorf("--redis-away %q: want a number of workers", p.away)
		}
		return throttle.NewLimiter(quota)
	case p.away == "strict":
		return throttle.NewLimiter(quota)
	case p.away == "adaptive":
		return throttle.NewAdaptive(throttle.DefaultLaw())
	case p.away == "stop":
		return nil, nil
	}
	return nil, fmt.Errorf("--redis-away %q: want adaptive, split=N, strict or stop", p.away)
}

// pace returns the pace of an account in a Region.
func (p *paces) pace(account, region string) (throttle.Waiter, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := "wks:" + account + ":" + region
	if w, ok := p.of[key]; ok {
		return w, nil
	}
	w, err := p.begin(key)
	if err != nil {
		return nil, err
	}
	if p.of == nil {
		p.of = map[string]throttle.Waiter{}
	}
	p.of[key] = w
	return w, nil
}

func (p *paces) begin(key string) (throttle.Waiter, error) {
	if p.url == "" {
		return throttle.NewLimiter(throttle.Strict())
	}
	if p.client == nil {
		o, err := redis.ParseURL(p.url)
		if err != nil {
			return nil, fmt.Errorf("--redis: %w", err)
		}
		logging.Disable() // the client would write a line for each attempt while Redis is away
		p.client = redis.NewClient(o)
	}
	fallback, err := p.fallback()
	if err != nil {
		return nil, err
	}
	return redisquota.New(p.client, key, throttle.Strict(), redisquota.Fallback(fallback), redisquota.OnChange(p.change(key)))
}

// change returns what writes that Redis is back for a key, or away by an error.
func (p *paces) change(key string) func(error) {
	return func(err error) {
		if err == nil {
			fmt.Fprintf(p.log, "%s: Redis is back\n", key)
			return
		}
		fmt.Fprintf(p.log, "%s: Redis is away (%s), --redis-away %s\n", key, rule.Printable(err.Error()), p.away)
	}
}

// close ends the use of Redis, and what listens there.
func (p *paces) close() (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.of {
		if c, ok := w.(io.Closer); ok {
			err = errors.Join(err, c.Close())
		}
	}
	if p.client != nil {
		err = errors.Join(err, p.client.Close())
	}
	return err
}

// A pacedAPI is an API with the pace of its account and Region.
type pacedAPI struct {
	runner.API
	pace throttle.Waiter
}

func (a pacedAPI) Pace() throttle.Waiter { return a.pace }

// Options are those of a client of the SDK, and nothing of any other API.
func (a pacedAPI) Options() workspaces.Options {
	if client, ok := a.API.(*workspaces.Client); ok {
		return client.Options()
	}
	return workspaces.Options{}
}

// connectPaced connects to an account, with its pace.
func (c *command) connectPaced(ctx context.Context, account, region string) (runner.API, error) {
	api, err := c.connectTo(ctx, region)
	if err != nil {
		return nil, err
	}
	pace, err := c.paces.pace(account, region)
	if err != nil {
		return nil, err
	}
	return pacedAPI{api, pace}, nil
}
