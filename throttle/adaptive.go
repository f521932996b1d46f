package throttle

import (
	"context"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/rule"
)

// A Law says how the rate of an [Adaptive] limiter changes. The bucket is empty at a throttle, and was
// so at the one before, so the rate that a process had in between, on average, is what it can have while
// the others stay. That is its share. After a throttle the rate dips below the share, so that the
// bucket gets some tokens, comes back to it, and stays there; only after Patience it rises to find out
// whether somebody has gone. It rises sooner if the share is larger than it was in the last minute, for then
// somebody seems to have gone already, and if fewer callers wait than in the last minute, for then the job comes
// to its end, and what is free is lost to it soon. If the rise meets no throttle up to one and a half times the
// ceiling, the process has taken what the bucket kept meanwhile, and goes on at the ceiling.
//
// Luck scatters the calls, by a quarter of the time between two of them. At an even pace a process that calls
// whenever the bucket has just got a token would keep it all, for as long as it lives.
type Law struct {
	Ceiling  Quota          // the rate, at most two thirds of 1e9, at the start and in the long run at most; and the burst, always
	Floor    rate.Limit     // the rate at least, in calls a second, above 0
	Patience time.Duration  // how long a process keeps to its share at most; above 0
	Rand     func() float64 // in [0, 1), safe for concurrent use; nil is math/rand/v2.Float64
}

// DefaultLaw returns the law for an unknown number of processes on the documented quota:
// between 0.05 and 2 calls a second, burst 2, and a patience of 18.5 s.
//
// Patience is a trade: each of the processes is throttled a little more often than once in it, and when a
// consumer stops, its part is wasted for about half of it, less the 4 tokens that the bucket keeps. While all
// processes have calls and no consumer stops, they lose 0.2 % in the median at most. The rest is lost at the end
// of a job: the others end, mostly just after a throttle, and whoever goes last waits for its patience until it takes what they
// leave. So several processes, and one beside a consumer that stops, take 0.6 to 1.5 % longer for 1000 calls in the median
// than what is left permits, and 4 % in the worst of some hundred tries. Processes that make calls of their own
// lose most, 1.2 to 1.5 %: whoever was slower goes on alone. A longer job loses less of its time.
//
// Older laws were throttled more, or less fair. Additive increase with multiplicative decrease came back at 0.1 calls a second each second
// whatever had happened, and four processes were throttled 489 times in 1000 calls. A drop of 0.4, with
// an even climb and then a cubic one, was throttled 200 times: it took the rate at the throttle for
// what it could have, so a process that had just looked for more kept what it had taken, and the
// rates drifted apart. Coming back to the share in 6 s, not 3.5, let two processes drift apart as well. A patience
// of 17.5 s whatever the callers did lost 0.2 % more with four processes. A probe by a few quick calls is no better: they are throttled as often, and empty the bucket for all. BenchmarkAdaptive is the
// measurement; docs/clients.md has its figures.
func DefaultLaw() Law {
	return Law{Ceiling: Quota{Rate: AsDocumented().Rate, Burst: 2}, Floor: 0.05, Patience: 18500 * time.Millisecond}
}

// An Adaptive is a [Limiter] for one of an unknown number of processes that share a quota
// and do not talk to one another. It must hear how attempts end: [Pacer] and [Do] tell it.
// The processes are throttled now and then, for that is how they learn of one another; use
// it with a [Retryer]. For a number that is known, [Quota.Split] does without, and processes that can
// reach a Redis do with package redisquota.
type Adaptive struct {
	limiter *Limiter
	law     Law
	mu      sync.Mutex
	course  course
	mean    rate.Limit // of the rate, over about [window]
	usual   usual
	at      time.Time // when the means were brought up to date; zero before the first rate, which is its mean
	late    float64   // by which part of a token the last one came later than at an even pace
	waiting int       // callers, for whom the rate grows while nothing is heard
	ticking bool
}

const (
	// echo is how long after a throttle others tell nothing new: they are of attempts that were
	// under way, and met the same empty bucket.
	echo = 400 * time.Millisecond
	// debt is how many tokens a throttle costs beyond those that are there.
	debt = 0.2
	// tick is how often the rate of those who wait is set.
	tick = 250 * time.Millisecond

	// keep is the part of the mean rate that a process takes for its share. It has to be less than 1, or
	// nobody would make room for a process that comes later. Until a process has found its share, which is
	// when no throttle came for longer than found, the part is first: processes that start together all
	// begin at the ceiling, and are throttled less often on the way down.
	keep, first = 0.8, 0.65
	found       = 5 * time.Second
	// settle is how long the rate needs to come back to the share. Processes that share 2 calls a second and
	// dip at once leave 2.5 tokens in that time, and the bucket keeps 5.
	settle = 3500 * time.Millisecond
	// window is over how long the mean is taken.
	window = 6 * time.Second
	// dip is the part of the share by which a throttle lowers the rate at first. It is up to dip + deep soon
	// after another one: then the share is too large, as at the start of several processes.
	dip, deep = 0.375, 0.15
	soon      = 2200 * time.Millisecond
	// spread is the part of the dip that luck adds or takes, so that processes which started together
	// do not go on in step.
	spread = 1.0 / 3

	// climb and surge are by how much the rate grows each second, as a part of the ceiling: always, so
	// that small shares become larger and large ones are throttled for it; and beyond the patience.
	climb, surge = 0.003, 0.09
	// beyond is how many times the ceiling a surge goes up to before the ceiling holds. Whoever meets no
	// throttle on the way there is alone, and takes 2.8 tokens that the bucket has kept since the others went.
	beyond = 1.5
	// small is the part of the ceiling under which a share makes a process less patient, for it misses
	// more when others go.
	small = 0.2
	// habit is over how long the usual share and the usual number of waiting callers are taken.
	habit = time.Minute
	// crowd is how many times fewer callers than usual have to wait, counted with one more, before a process
	// becomes less patient.
	crowd = 1.6
	// scatter is the part of a token by which luck makes one come later than at an even pace. Without it and
	// without latency, a process at the ceiling calls whenever the bucket has just got a token, is never
	// throttled, and leaves the others nothing.
	scatter = 0.25
)

// A course is what the rate does from a throttle on. Before the first one it is the ceiling.
type course struct {
	since    time.Time // zero before the first
	share    rate.Limit
	dip      rate.Limit    // by how much the rate is under the share at first
	patience time.Duration // after which the rate surges, unless fewer callers wait than usual
	found    bool          // the process has been without a throttle for [found]
}

// A usual is what a process is used to, over about [habit].
type usual struct {
	share   rate.Limit
	callers float64 // that wait
}

// toward returns what a mean over about a window becomes when the value was v since the last time.
func toward[T ~float64](mean, v T, passed, window time.Duration) T {
	return mean - (v-mean)*T(math.Expm1(-float64(passed)/float64(window)))
}

// start returns the course from a throttle at the rate that could be had, with luck in [0, 1).
func (l *Law) start(now time.Time, c course, had rate.Limit, u usual, luck float64) course {
	depth, part := dip+deep, rate.Limit(first)
	if !c.since.IsZero() {
		depth = dip + deep*math.Exp(-float64(now.Sub(c.since))/float64(soon))
		c.found = c.found || now.Sub(c.since) > found
	}
	if c.found {
		part = keep
	}
	share := max(l.Floor, part*had)
	patience := float64(l.Patience) * min(1, math.Sqrt(float64(share/(small*l.Ceiling.Rate)))) * min(1, float64(u.share/share))
	return course{now, share, share * rate.Limit(depth*(1+spread*(2*luck-1))), time.Duration(patience), c.found}
}

// rate returns the rate at an instant of a course, while a number of callers wait.
func (l *Law) rate(now time.Time, c course, u usual, waiting int) rate.Limit {
	if c.since.IsZero() {
		return l.Ceiling.Rate
	}
	t := now.Sub(c.since)
	patience := c.patience.Seconds() * min(1, crowd*float64(waiting+1)/(u.callers+1))
	r := c.share - c.dip*rate.Limit(max(0, 1-t.Seconds()/settle.Seconds())) + l.Ceiling.Rate*rate.Limit(climb*t.Seconds())
	r = min(l.Ceiling.Rate, r) + l.Ceiling.Rate*rate.Limit(surge*max(0, t.Seconds()-patience))
	if r > beyond*l.Ceiling.Rate {
		r = l.Ceiling.Rate
	}
	return max(l.Floor, r)
}

// NewAdaptive returns a limiter that starts at the ceiling. Numbers out of the ranges that
// Law gives are a *rule.InputError.
func NewAdaptive(law Law) (*Adaptive, error) {
	for _, f := range []struct {
		path  rule.Path
		value float64
		ok    bool
	}{
		{"Rate", float64(law.Ceiling.Rate), beyond*law.Ceiling.Rate <= 1e9},
		{"Floor", float64(law.Floor), law.Floor > 0 && law.Floor <= law.Ceiling.Rate},
		{"Patience", law.Patience.Seconds(), law.Patience > 0},
	} {
		if !f.ok {
			return nil, &rule.InputError{Path: f.path, Value: strconv.FormatFloat(f.value, 'g', -1, 64), Reason: "is out of range"}
		}
	}
	if _, err := (Quota{law.Floor, law.Ceiling.Burst}).interval(); err != nil {
		return nil, err
	}
	l, err := NewLimiter(law.Ceiling)
	if err != nil {
		return nil, err
	}
	if law.Rand == nil {
		law.Rand = rand.Float64
	}
	share := law.Ceiling.Rate
	return &Adaptive{limiter: l, law: law, course: course{share: share}, usual: usual{share: share}}, nil
}

// adjust counts callers who come, or go if they are less than none, and sets the rate of now. The mutex is held.
func (a *Adaptive) adjust(now time.Time, come int) rate.Limit {
	passed := now.Sub(a.at)
	a.usual.share = toward(a.usual.share, a.course.share, passed, habit)
	a.usual.callers = toward(a.usual.callers, float64(a.waiting), passed, habit)
	a.mean = toward(a.mean, a.law.rate(now, a.course, a.usual, a.waiting), passed, window)
	a.at = now
	a.waiting += come
	r := a.law.rate(now, a.course, a.usual, a.waiting)
	if q := (Quota{r, a.law.Ceiling.Burst}); q != a.limiter.Quota() {
		_ = a.limiter.SetQuota(q) // between two rates that NewAdaptive has tried
	}
	return r
}

// Wait is [Limiter.Wait] at the present rate.
func (a *Adaptive) Wait(ctx context.Context) error {
	if a.limiter == nil {
		return new(Limiter).Wait(ctx)
	}
	a.mu.Lock()
	r := a.adjust(time.Now(), 1)
	if !a.ticking && r != a.law.Ceiling.Rate {
		a.ticking = true
		time.AfterFunc(tick, a.grow)
	}
	a.mu.Unlock()
	err := a.limiter.Wait(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.adjust(time.Now(), -1)
	if err == nil {
		late := scatter * a.law.Rand()
		a.limiter.delay(late - a.late)
		a.late = late
	}
	return err
}

// grow lets the rate follow the time while somebody waits and it can still change.
func (a *Adaptive) grow() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.adjust(time.Now(), 0) == a.law.Ceiling.Rate || a.waiting == 0 {
		a.ticking = false
		return
	}
	time.AfterFunc(tick, a.grow)
}

// SetMaxRetryAfter is [Limiter.SetMaxRetryAfter]. The zero Adaptive returns a *rule.InputError.
func (a *Adaptive) SetMaxRetryAfter(most time.Duration) error {
	if a.limiter == nil {
		return new(Limiter).check(1)
	}
	return a.limiter.SetMaxRetryAfter(most)
}

// OnHold is [Limiter.OnHold].
func (a *Adaptive) OnHold(f func(Hold)) {
	if a.limiter != nil {
		a.limiter.OnHold(f)
	}
}

// Held is [Limiter.Held].
func (a *Adaptive) Held() time.Duration {
	if a.limiter == nil {
		return 0
	}
	return a.limiter.Held()
}

// Quota returns the present rate, which for some seconds can be up to one and a half times the ceiling, and the burst.
func (a *Adaptive) Quota() Quota {
	if a.limiter == nil {
		return Quota{}
	}
	return a.limiter.Quota()
}

// Observe lowers the rate after a throttled attempt, and has it grow with the time since after one
// that was served. An attempt that was neither, because its answer was lost, changes nothing.
func (a *Adaptive) Observe(o Outcome) {
	if a.limiter == nil {
		return
	}
	a.limiter.Observe(o)
	if !o.Throttled && !o.Served {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	now := time.Now()
	r := a.adjust(now, 0)
	if !o.Throttled || !a.course.since.IsZero() && now.Sub(a.course.since) < echo {
		return
	}
	had := min(r, a.mean, a.law.Ceiling.Rate)
	a.course = a.law.start(now, a.course, had, a.usual, a.law.Rand())
	a.mean = min(a.mean, a.course.share)
	a.adjust(now, 0)
	a.limiter.owe(debt)
}
