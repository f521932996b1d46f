package durable

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// Worker is the configuration of [Work].
type Worker struct {
	// Connect returns the API of an account in a Region, for a fleet. It is needed.
	Connect func(ctx context.Context, account, region string) (runner.API, error)
	// Options are those of each run: Pace, Clock, PollEvery, Patience, Situate and Progress. The others are
	// those of the order. Workers of one account and Region need a Pace that they share, such as that of
	// throttle/redisquota, or parts of the quota.
	Options runner.Options
	// Fleets is how many the worker runs at a time; zero is 4.
	Fleets int
	// Beat is the time between two signs of life; zero is 10 seconds. A worker whose fleet has shown none
	// for four beats is taken for dead, and another one takes the fleet over.
	Beat time.Duration
	// Logger is told what the worker and the engine do; nil is nobody.
	Logger *slog.Logger
}

// beatsOfGrace is how many beats a worker may miss.
const beatsOfGrace = 4

// patience is how long the engine may take to end. An execution that has lost its workflow looks up from its
// waiting once a second.
const patience = 5 * time.Second

// result is what a workflow ends with.
type result struct {
	Report *runner.Report `json:"report"`
}

var (
	errTaken    = errors.New("durable: another worker has the fleet")
	errPaused   = errors.New("durable: the fleet was paused")
	errShutdown = errors.New("durable: the worker was told to end")
)

// Work runs the fleets of a store until ctx ends, and then hands them back, so that another worker takes them
// up at once. The error is that of the store, a *rule.InputError, or nil when ctx has ended.
func Work(ctx context.Context, s *Store, c Worker) error {
	if s == nil || s.client == nil {
		return &rule.InputError{Path: "Store", Reason: "is needed, from Open"}
	}
	if err := c.fill(); err != nil {
		return err
	}
	w := &worker{c: c, store: s, name: rand.Text(), has: map[string]*execution{}}
	pool, err := openPool(context.WithoutCancel(ctx), s.url)
	if err != nil {
		return err
	}
	engine, err := dbos.NewContext(context.WithoutCancel(ctx), dbos.Config{
		AppName: application, DatabaseURL: s.url, SystemDBPool: pool, ApplicationVersion: Version, ExecutorID: w.name, Logger: c.Logger,
	})
	if err != nil {
		closePool(pool)
		return fmt.Errorf("durable: %w", err)
	}
	dbos.RegisterWorkflow(engine, w.fleet, dbos.WithWorkflowName(workflow), dbos.WithMaxRecoveryAttempts(1<<20))
	dbos.ListenQueues(engine, queue)
	if _, err = dbos.RegisterQueue(engine, queue, dbos.WithWorkerConcurrency(c.Fleets)); err == nil {
		err = dbos.Launch(engine)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("durable: %w", err), dbos.Shutdown(engine, patience))
	}
	var watching sync.WaitGroup
	watching.Go(func() { w.watch(ctx) })
	<-ctx.Done()
	ended := make(chan error)
	go func() { ended <- dbos.Shutdown(engine, patience) }()
	w.handBack()
	watching.Wait()
	return <-ended
}

// fill checks a configuration, and fills in what is zero.
func (c *Worker) fill() error {
	switch {
	case c.Connect == nil:
		return &rule.InputError{Path: "Connect", Reason: "is needed"}
	case c.Fleets < 0:
		return &rule.InputError{Path: "Fleets", Value: fmt.Sprint(c.Fleets), Reason: "is negative"}
	case c.Beat < 0:
		return &rule.InputError{Path: "Beat", Value: c.Beat.String(), Reason: "is negative"}
	}
	if c.Fleets == 0 {
		c.Fleets = 4
	}
	if c.Beat == 0 {
		c.Beat = 10 * time.Second
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return nil
}

// A worker is a call of Work.
type worker struct {
	c     Worker
	store *Store
	name  string // the engine's, of this worker alone

	mu     sync.Mutex
	has    map[string]*execution // by the ID of the workflow
	ending bool
}

// An execution is the run of a workflow by this worker.
type execution struct {
	cancel context.CancelCauseFunc
	handed chan struct{} // closed when the worker that ends has handed the workflow back
}

// fleet is the workflow: the run of an order.
func (w *worker) fleet(ctx dbos.Context, g generation) (result, error) {
	id, err := dbos.GetWorkflowID(ctx)
	if err != nil {
		return result{}, err
	}
	run, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	x := &execution{cancel, make(chan struct{})}
	if !w.begin(id, x) {
		w.handBackOne(id)
		return result{}, errShutdown
	}
	defer w.end(id, x)
	var beating sync.WaitGroup
	defer beating.Wait()
	defer cancel(nil)
	beating.Go(func() { w.beat(run, id, cancel) })
	w.c.Logger.Info("runs a fleet", "name", g.Name, "generation", g.Number)

	report, err := w.run(run, ctx, id, g)
	if errors.Is(context.Cause(run), errShutdown) {
		<-x.handed // else the end of this execution would be recorded as that of the fleet
	}
	failed := (*storeError)(nil)
	switch cause := context.Cause(run); {
	case err != nil && cause != nil:
		err = cause
	case errors.Is(err, runner.ErrNotApproved): // Stop was said
		err = nil
	case errors.As(err, &failed) && !errors.Is(err, dbos.ErrWorkflowCancelled) && !errors.Is(err, dbos.ErrConflictingWorkflowID):
		w.c.Logger.Warn("the store has failed; the fleet goes on when it answers", "workflow", id, "error", err)
		w.release(run, id)
	}
	return result{report}, err
}

// run runs an order with the journal that the workflow has.
func (w *worker) run(run context.Context, ctx dbos.Context, id string, g generation) (*runner.Report, error) {
	earlier, err := w.store.lines(g.Name, g.Number-1)
	if err != nil {
		return nil, err
	}
	f, err := open(ctx, earlier)
	if err != nil {
		return nil, err
	}
	journal, err := runner.NewJournal(f)
	if err != nil {
		return nil, err
	}
	api, err := w.c.Connect(run, g.Account, g.Region)
	if err != nil {
		return nil, err
	}
	o := w.c.Options
	o.Account, o.Region = g.Account, g.Region
	o.NewPlan = g.Number > 1
	o.FailureBudget, o.Accept, o.Unrelated, o.OmitUserNames = g.FailureBudget, g.Accept, g.Unrelated, g.OmitUserNames
	approve := o.Approve
	o.Approve = func(wave int, left []migration) bool {
		if w.stopped(run, id) {
			return false
		}
		return approve == nil || approve(wave, left)
	}
	return runner.Run(run, api, g.Plan, journal, o)
}

// begin notes an execution, unless the worker is to end.
func (w *worker) begin(id string, x *execution) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ending {
		w.has[id] = x
	}
	return !w.ending
}

func (w *worker) end(id string, x *execution) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.has[id] == x {
		delete(w.has, id)
	}
}

// runs tells whether the worker runs a workflow.
func (w *worker) runs(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.has[id] != nil
}

// handBack ends all runs, and lets another worker have them.
func (w *worker) handBack() {
	w.mu.Lock()
	w.ending = true
	mine := maps.Clone(w.has)
	w.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(mine)) {
		mine[id].cancel(errShutdown)
		w.handBackOne(id)
		close(mine[id].handed)
	}
}

// handBackOne lets another worker have a workflow.
func (w *worker) handBackOne(id string) {
	if err := w.requeue(id); err != nil {
		w.c.Logger.Error("a fleet is not handed back; it will be taken over", "workflow", id, "error", err)
	}
}

// release lets any worker have a workflow once the store answers. What this execution ends with is then
// not recorded. It gives up when ctx ends.
func (w *worker) release(ctx context.Context, id string) {
	for ctx.Err() == nil {
		sleep(ctx, w.c.Beat)
		err := w.requeue(id)
		if err == nil {
			return
		}
		w.c.Logger.Warn("the store does not answer", "workflow", id, "error", err)
	}
}

// requeue puts a workflow into the queue if this worker has it.
func (w *worker) requeue(id string) error {
	now, err := w.look(id)
	if err != nil || now.Status != dbos.WorkflowStatusPending || now.ExecutorID != w.name {
		return err
	}
	_, err = dbos.ResumeWorkflow[result](w.store.client, id, dbos.WithResumeQueue(queue))
	return err
}

// look returns how the engine has a workflow.
func (w *worker) look(id string) (state, error) {
	one, err := dbos.ListWorkflows(w.store.client, dbos.WithFilterWorkflowIDs(id), dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err == nil && len(one) != 1 {
		err = fmt.Errorf("durable: %s is gone", id)
	}
	if err != nil {
		return state{}, err
	}
	return state{one[0]}, nil
}

// stopped tells whether no further wave is to begin. It asks until the store answers.
func (w *worker) stopped(ctx context.Context, id string) bool {
	for ctx.Err() == nil {
		now, err := w.look(id)
		if err == nil {
			stop, _ := now.Attributes[stopAttribute].(bool)
			return stop
		}
		sleep(ctx, w.c.Beat)
	}
	return true
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// The signs of life of a worker, as attributes of the workflow that it runs.
const (
	beatAttribute   = "beat"    // a number that grows
	workerAttribute = "worker"  // by the engine's name for it
	hostAttribute   = "host"    // of the worker
	pidAttribute    = "process" // its ID there
	clockAttribute  = "clock"   // the time by the worker's clock
)

// time is that of the runs.
func (w *worker) time() time.Time {
	if w.c.Options.Clock == nil {
		return time.Now()
	}
	return w.c.Options.Clock.Now()
}

// beat shows signs of life of a run, and ends the run when it was paused or another worker has it.
func (w *worker) beat(ctx context.Context, id string, cancel context.CancelCauseFunc) {
	host, _ := os.Hostname() // "" where it is not known
	for n := 1; ctx.Err() == nil; n++ {
		now, err := w.look(id)
		if err == nil {
			switch {
			case now.Status == dbos.WorkflowStatusCancelled:
				cancel(errPaused)
				return
			case now.Status != dbos.WorkflowStatusPending || now.ExecutorID != w.name:
				cancel(errTaken)
				return
			}
			signs := map[string]any{beatAttribute: n, workerAttribute: w.name, hostAttribute: host, pidAttribute: os.Getpid(), clockAttribute: w.time().UTC().Format(time.RFC3339Nano)}
			err = dbos.SetWorkflowAttributes(w.store.client, id, signs, dbos.WithMergeAttributes())
		}
		if err != nil {
			w.c.Logger.Warn("no sign of life could be given", "workflow", id, "error", err)
		}
		sleep(ctx, w.c.Beat)
	}
}
