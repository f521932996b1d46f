//go:build unix

package durable

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// deadline is a context that ends after a time.
func deadline(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

const (
	mine    = "fleet/finance/2"
	look    = "list WorkflowIDs=[fleet/finance/2]"
	askRuns = "list Status=[PENDING] AppVersion=[wks-migrate-1] WorkflowIDPrefix=[fleet/]"
)

// log is what a worker has told.
type log struct {
	mu    sync.Mutex
	lines []string
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, strings.TrimSpace(string(b)))
	return len(b), nil
}

// newWorker is a worker called "me" whose engine has answers, with a beat of a minute.
func newWorker(t *testing.T, answers map[string]any) (*worker, *engine, *log) {
	e, l := &engine{t: t, answers: answers}, &log{}
	text := slog.NewTextHandler(l, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})
	return &worker{c: Worker{Beat: time.Minute, Logger: slog.New(text)}, store: &Store{client: e}, name: "me", has: map[string]*execution{}}, e, l
}

// run is the workflow as the engine has it.
func run(status dbos.WorkflowStatusType, worker string, attributes map[string]any) []dbos.WorkflowStatus {
	return []dbos.WorkflowStatus{{ID: mine, Status: status, ExecutorID: worker, Attributes: attributes}}
}

// one after the other are answers to a call; the last one stays.
func oneAfterTheOther(answers ...any) func() any {
	n := 0
	return func() any {
		n++
		return answers[min(n, len(answers))-1]
	}
}

// A worker puts into the queue what it has, and not what another one has.
func TestRequeue(t *testing.T) {
	for _, tt := range []struct {
		answer, then any
		resumed      bool
		err          string
	}{
		{answer: run(dbos.WorkflowStatusPending, "me", nil), resumed: true},
		{answer: run(dbos.WorkflowStatusPending, "me", nil), then: errStore, resumed: true, err: "no answer"},
		{answer: run(dbos.WorkflowStatusPending, "other", nil)},
		{answer: run(dbos.WorkflowStatusEnqueued, "me", nil)},
		{answer: run(dbos.WorkflowStatusCancelled, "me", nil)},
		{answer: run(dbos.WorkflowStatusSuccess, "me", nil)},
		{answer: errStore, err: "no answer"},
		{err: "durable: fleet/finance/2 is gone"},
	} {
		w, e, l := newWorker(t, map[string]any{look: tt.answer, resumeIt: tt.then})
		err := w.requeue(mine)
		if tt.err == "" && err != nil || tt.err != "" && (err == nil || err.Error() != tt.err) || slices.Contains(e.asked, resumeIt) != tt.resumed {
			t.Errorf("%v: %v, %q", tt.answer, err, e.asked)
		}
		w.handBackOne(mine)
		var want []string
		if tt.err != "" {
			want = []string{fmt.Sprintf(`level=ERROR msg="a fleet is not handed back; it will be taken over" workflow=fleet/finance/2 error=%q`, tt.err)}
		}
		if !slices.Equal(l.lines, want) {
			t.Errorf("%v: told %q, want %q", tt.answer, l.lines, want)
		}
	}
}

// A worker asks whether to stop until the store answers, once a beat, or until it is told to end.
func TestStopped(t *testing.T) {
	stop := func(v any) any { return run(dbos.WorkflowStatusPending, "me", map[string]any{"stop": v}) }
	for name, tt := range map[string]struct {
		answer any
		want   bool
		passed time.Duration
	}{
		"stop":               {answer: stop(true), want: true},
		"no longer":          {answer: stop(false)},
		"never said":         {answer: run(dbos.WorkflowStatusPending, "me", nil)},
		"something else":     {answer: stop("yes")},
		"answers late":       {answer: oneAfterTheOther(errStore, errStore, stop(false)), passed: 2 * time.Minute},
		"answers late, stop": {answer: oneAfterTheOther(errStore, stop(true)), want: true, passed: time.Minute},
		"never answers":      {answer: errStore, want: true, passed: 150 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, _, _ := newWorker(t, map[string]any{look: tt.answer})
				began := time.Now()
				if got := w.stopped(deadline(t, 150*time.Second), mine); got != tt.want || time.Since(began) != tt.passed {
					t.Errorf("%t after %s", got, time.Since(began))
				}
			})
		})
	}
}

// A workflow is released a beat after the store has failed, and then once a beat until the store answers, or until the run ends.
func TestRelease(t *testing.T) {
	const told = `level=WARN msg="the store does not answer" workflow=fleet/finance/2 error="no answer"`
	for name, tt := range map[string]struct {
		looks, then any
		passed      time.Duration
		told        int
	}{
		"at once":       {looks: run(dbos.WorkflowStatusPending, "me", nil), passed: time.Minute},
		"taken over":    {looks: run(dbos.WorkflowStatusPending, "other", nil), passed: time.Minute},
		"late":          {looks: oneAfterTheOther(errStore, errStore, run(dbos.WorkflowStatusPending, "me", nil)), passed: 3 * time.Minute, told: 2},
		"late to write": {looks: run(dbos.WorkflowStatusPending, "me", nil), then: oneAfterTheOther(errStore, nil), passed: 2 * time.Minute, told: 1},
		"never":         {looks: errStore, passed: 10*time.Minute + 30*time.Second, told: 11},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, _, l := newWorker(t, map[string]any{look: tt.looks, resumeIt: tt.then})
				began := time.Now()
				w.release(deadline(t, 10*time.Minute+30*time.Second), mine)
				if time.Since(began) != tt.passed || len(l.lines) != tt.told || slices.ContainsFunc(l.lines, func(line string) bool { return line != told }) {
					t.Errorf("after %s: %q", time.Since(began), l.lines)
				}
			})
		})
	}
}

// sign is the call that gives the n-th sign of life, at so many minutes.
func sign(n, minutes int) string {
	host, _ := os.Hostname()
	return fmt.Sprintf("set fleet/finance/2 map[beat:%d clock:2000-01-01T00:%02d:00Z host:%s process:%d worker:me] Merge=true", n, minutes, host, os.Getpid())
}

// A run shows a sign of life each beat. It ends when the fleet was paused or another worker has it, and not when the
// store does not answer.
func TestBeat(t *testing.T) {
	pending := run(dbos.WorkflowStatusPending, "me", nil)
	const told = `level=WARN msg="no sign of life could be given" workflow=fleet/finance/2 error="no answer"`
	for name, tt := range map[string]struct {
		looks  any
		signs  map[string]any
		cause  error
		passed time.Duration
		told   []string
	}{
		"goes on":        {looks: pending, signs: map[string]any{sign(1, 0): nil, sign(2, 1): nil, sign(3, 2): nil}, cause: context.DeadlineExceeded, passed: 150 * time.Second},
		"paused":         {looks: oneAfterTheOther(pending, run(dbos.WorkflowStatusCancelled, "me", nil)), signs: map[string]any{sign(1, 0): nil}, cause: errPaused, passed: time.Minute},
		"taken over":     {looks: oneAfterTheOther(pending, run(dbos.WorkflowStatusPending, "other", nil)), signs: map[string]any{sign(1, 0): nil}, cause: errTaken, passed: time.Minute},
		"in the queue":   {looks: run(dbos.WorkflowStatusEnqueued, "me", nil), cause: errTaken},
		"ended":          {looks: run(dbos.WorkflowStatusSuccess, "me", nil), cause: errTaken},
		"does not look":  {looks: oneAfterTheOther(errStore, pending), signs: map[string]any{sign(2, 1): nil, sign(3, 2): nil}, cause: context.DeadlineExceeded, passed: 150 * time.Second, told: []string{told}},
		"does not write": {looks: pending, signs: map[string]any{sign(1, 0): errStore, sign(2, 1): errStore, sign(3, 2): nil}, cause: context.DeadlineExceeded, passed: 150 * time.Second, told: []string{told, told}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				answers := map[string]any{look: tt.looks}
				for call, answer := range tt.signs {
					answers[call] = answer
				}
				w, e, l := newWorker(t, answers)
				ctx, cancel := context.WithCancelCause(deadline(t, 150*time.Second))
				began := time.Now()
				w.beat(ctx, mine, cancel)
				if context.Cause(ctx) != tt.cause || time.Since(began) != tt.passed || !slices.Equal(l.lines, tt.told) {
					t.Errorf("%v after %s: %q", context.Cause(ctx), time.Since(began), l.lines)
				}
				for call := range tt.signs {
					if !slices.Contains(e.asked, call) {
						t.Errorf("no %q in %q", call, e.asked)
					}
				}
				cancel(nil)
			})
		})
	}
}

// The time of a sign is that of the runs.
func TestTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _, _ := newWorker(t, nil)
		if got := w.time(); !got.Equal(time.Now()) {
			t.Errorf("%s by the clock of the system", got)
		}
		w.c.Options.Clock = noon{}
		if got := w.time(); !got.Equal(noon{}.Now()) {
			t.Errorf("%s by the clock of the runs", got)
		}
	})
}

// noon is a clock that stands.
type noon struct{}

func (noon) Now() time.Time                             { return time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC) }
func (noon) Sleep(context.Context, time.Duration) error { return nil }

// A worker that is to end begins nothing. What it has is known by its ID until that execution of it ends.
func TestBegin(t *testing.T) {
	w, _, _ := newWorker(t, nil)
	x, y := &execution{}, &execution{}
	if w.runs(mine) || !w.begin(mine, x) || !w.runs(mine) || w.runs("fleet/other/1") {
		t.Error("one that has begun")
	}
	if !w.begin(mine, y) {
		t.Error("again")
	}
	if w.end(mine, x); !w.runs(mine) {
		t.Error("the first has ended, and the second runs")
	}
	if w.end(mine, y); w.runs(mine) {
		t.Error("both have ended")
	}
	w.ending = true
	if w.begin(mine, x) || w.runs(mine) {
		t.Error("one begins at a worker that is to end")
	}
}

// A worker that ends hands back each run after it has told it to end, and lets its execution go on then.
func TestHandBackAsks(t *testing.T) {
	other := []dbos.WorkflowStatus{{ID: "fleet/a/1", Status: dbos.WorkflowStatusPending, ExecutorID: "me"}}
	w, e, _ := newWorker(t, map[string]any{look: run(dbos.WorkflowStatusPending, "me", nil), resumeIt: nil, "list WorkflowIDs=[fleet/a/1]": other, "resume fleet/a/1 QueueName=wks-migrate": nil})
	var runs []context.Context
	for _, id := range []string{mine, "fleet/a/1"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		runs = append(runs, ctx)
		w.begin(id, &execution{cancel, make(chan struct{})})
	}
	w.handBack()
	if want := []string{"list WorkflowIDs=[fleet/a/1]", "resume fleet/a/1 QueueName=wks-migrate", look, resumeIt}; !slices.Equal(e.asked, want) || !w.ending {
		t.Errorf("%q, want %q; ending %t", e.asked, want, w.ending)
	}
	for _, ctx := range runs {
		if context.Cause(ctx) != errShutdown {
			t.Errorf("%v", context.Cause(ctx))
		}
	}
	for id, x := range w.has {
		select {
		case <-x.handed:
		default:
			t.Errorf("%s waits", id)
		}
	}
}

// A run is taken over when it has shown no new sign of life for four beats, or when its process of this machine is gone.
func TestTakeOver(t *testing.T) {
	host, _ := os.Hostname()
	const told = `level=INFO msg="takes over the fleet of a worker that shows no sign of life" workflow=fleet/finance/2 worker=other`
	alive := func(n float64) []dbos.WorkflowStatus {
		return run(dbos.WorkflowStatusPending, "other", map[string]any{"beat": n})
	}
	gone := run(dbos.WorkflowStatusPending, "other", map[string]any{"beat": 1.0, "worker": "other", "host": host, "process": float64(1 << 30)})
	for name, tt := range map[string]struct {
		runs, looks, resumes any
		mine                 bool
		passed               time.Duration // when it is resumed; 0 is never
		told                 []string
	}{
		"no sign":           {runs: alive(1), looks: alive(1), passed: 4 * time.Minute, told: []string{told}},
		"a sign":            {runs: oneAfterTheOther(alive(1), alive(1), alive(1), alive(2)), looks: alive(2), passed: 7 * time.Minute, told: []string{told}},
		"always a sign":     {runs: oneAfterTheOther(alive(1), alive(1), alive(2), alive(2), alive(3), alive(3), alive(4), alive(4), alive(5), alive(5), alive(6))},
		"its own":           {runs: run(dbos.WorkflowStatusPending, "me", nil), mine: true},
		"gone":              {runs: gone, looks: gone, passed: time.Nanosecond, told: []string{told}},
		"gone, its own":     {runs: gone, mine: true},
		"another is faster": {runs: alive(1), looks: run(dbos.WorkflowStatusEnqueued, "other", map[string]any{"beat": 1.0})},
		"it lives again":    {runs: alive(1), looks: alive(2)},
		"another has it":    {runs: alive(1), looks: run(dbos.WorkflowStatusPending, "third", map[string]any{"beat": 1.0})},
		"no look":           {runs: alive(1), looks: errStore},
		"no list": {runs: oneAfterTheOther(errStore, alive(1)), looks: alive(1), passed: 5 * time.Minute,
			told: []string{`level=WARN msg="the store could not be asked for runs without a worker" error="no answer"`, told}},
		"no resume": {runs: alive(1), looks: alive(1), resumes: oneAfterTheOther(errStore, nil), passed: 5 * time.Minute,
			told: []string{`level=WARN msg="the store could not be asked for runs without a worker" error="no answer"`, told}},
		"comes back": {runs: oneAfterTheOther(alive(1), alive(1), alive(1), []dbos.WorkflowStatus{}, alive(1)), looks: alive(1), passed: 8 * time.Minute, told: []string{told}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				ctx, cancel := context.WithCancel(deadline(t, 10*time.Minute+30*time.Second))
				var passed time.Duration
				w, _, l := newWorker(t, nil)
				w.store.client.(*engine).answers = map[string]any{askRuns: tt.runs, look: tt.looks, resumeIt: func() any {
					answer := tt.resumes
					if f, ok := answer.(func() any); ok {
						answer = f()
					}
					if answer == nil {
						passed = time.Since(began) + time.Nanosecond
						cancel()
					}
					return answer
				}}
				if tt.mine {
					w.begin(mine, &execution{})
				}
				w.watch(ctx)
				if want := tt.passed.Truncate(time.Minute); passed.Truncate(time.Minute) != want || (passed > 0) != (tt.passed > 0) || !slices.Equal(l.lines, tt.told) {
					t.Errorf("after %s, want %s: %q, want %q", passed, want, l.lines, tt.told)
				}
				if passed == 0 && time.Since(began) != 10*time.Minute+30*time.Second {
					t.Errorf("it watched for %s", time.Since(began))
				}
			})
		})
	}
}

// What is forgotten of a run: that which is no longer there, or was taken over.
func TestTakeOverForgets(t *testing.T) {
	alive := run(dbos.WorkflowStatusPending, "other", nil)
	w, _, _ := newWorker(t, map[string]any{askRuns: append(alive, dbos.WorkflowStatus{ID: "fleet/young/1", Attempts: 3, ExecutorID: "young", Attributes: map[string]any{"beat": 2}}), look: alive, resumeIt: nil})
	w.c.Beat = time.Hour
	seen := map[string]sighting{"fleet/gone/1": {}, mine: {signOf(&alive[0]), time.Now().Add(-5 * time.Hour)}}
	if err := w.takeOver(seen); err != nil || len(seen) != 1 || seen["fleet/young/1"].sign != "young 3 2" {
		t.Errorf("%v, %v", err, seen)
	}
}

// A worker is known to be dead if it was a process of this machine and there is none of its ID.
func TestIsDead(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Skip(err)
	}
	attributes := func(change func(map[string]any)) map[string]any {
		a := map[string]any{"worker": "other", "host": host, "process": float64(1 << 30)}
		change(a)
		return a
	}
	for name, tt := range map[string]struct {
		change func(map[string]any)
		want   bool
	}{
		"gone":             {func(map[string]any) {}, true},
		"this process":     {func(a map[string]any) { a["process"] = float64(os.Getpid()) }, false},
		"another machine":  {func(a map[string]any) { a["host"] = host + "2" }, false},
		"no machine":       {func(a map[string]any) { delete(a, "host") }, false},
		"another worker's": {func(a map[string]any) { a["worker"] = "me" }, false},
		"no process":       {func(a map[string]any) { delete(a, "process") }, false},
		"a text":           {func(a map[string]any) { a["process"] = "7" }, false},
	} {
		if got := isDead(&dbos.WorkflowStatus{ExecutorID: "other", Attributes: attributes(tt.change)}); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	now := run(dbos.WorkflowStatusPending, "other", attributes(func(map[string]any) {}))
	now[0].Input = generation{Order: anOrder(), Number: 2}
	e := &engine{t: t, answers: with(generations(""), askSecond, now, pageOf(1, 0), nil, pageOf(2, 0), nil)}
	if st, err := (&Store{client: e}).Status("finance"); err != nil || st.Phase != Waiting {
		t.Errorf("%+v, %v", st, err)
	}
}

// Whoever sleeps wakes after the time, or when the context ends.
func TestSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for d, ctx := range map[time.Duration]context.Context{time.Minute: t.Context(), 30 * time.Second: deadline(t, time.Hour)} {
			began := time.Now()
			if sleep(ctx, d); time.Since(began) != d {
				t.Errorf("%s, want %s", time.Since(began), d)
			}
		}
		began := time.Now()
		if sleep(deadline(t, time.Second), time.Minute); time.Since(began) != time.Second {
			t.Errorf("%s, want a second", time.Since(began))
		}
	})
}

// A flow is a workflow of the engine, with the steps that it has stored.
type flow struct {
	dbos.Context
	ctx   context.Context
	id    error // why it has none
	steps []string
	next  int
	names []string
	err   error // of the next step
}

func (f *flow) Deadline() (time.Time, bool) { return f.ctx.Deadline() }
func (f *flow) Done() <-chan struct{}       { return f.ctx.Done() }
func (f *flow) Err() error                  { return f.ctx.Err() }
func (f *flow) Value(key any) any           { return f.ctx.Value(key) }

func (f *flow) GetWorkflowID() (string, error) { return mine, f.id }

func (f *flow) RunAsStep(_ dbos.Context, fn dbos.StepFunc, o ...dbos.StepOption) (any, error) {
	f.names = append(f.names, options(o[:1]))
	if f.err != nil {
		return nil, f.err
	}
	f.next++
	if f.next <= len(f.steps) {
		return f.steps[f.next-1], nil
	}
	v, err := fn(f.ctx)
	f.steps = append(f.steps, v.(string))
	return v, err
}

// A journal has the lines of earlier generations and of this one, and then a step of this execution; what is written to it
// becomes a step. Each step is a record by its name.
func TestFile(t *testing.T) {
	w := &flow{ctx: t.Context(), steps: []string{"b\n", "taken up", "c\n"}}
	f, err := open(w, []byte("a\n"))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(f); err != nil || string(text) != "a\nb\nc\n" {
		t.Errorf("%q, %v", text, err)
	}
	if n, err := f.Write([]byte("line\n")); n != 5 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if want := []string{"b\n", "taken up", "c\n", "taken up", "line\n"}; !slices.Equal(w.steps, want) {
		t.Errorf("%q, want %q", w.steps, want)
	}
	if slices.ContainsFunc(w.names, func(name string) bool { return name != " stepName=record" }) {
		t.Errorf("%q", w.names)
	}
	if err := f.Sync(); err != nil {
		t.Error(err)
	}
	if err := f.Truncate(0); err == nil || err.Error() != "durable: a record of the store is cut short" {
		t.Errorf("%v", err)
	}
	w.steps = append(w.steps, strings.Repeat("x", 81))
	if n, err := f.Write([]byte("line\n")); n != 0 || err == nil || err.Error() != `durable: the workflow has a step that was not read: "`+strings.Repeat("x", 80)+`"` {
		t.Errorf("%d, %v", n, err)
	}
	w.err = errStore
	failed := (*storeError)(nil)
	if n, err := f.Write([]byte("line\n")); n != 0 || !errors.As(err, &failed) || !errors.Is(err, errStore) || err.Error() != "no answer" {
		t.Errorf("%d, %v", n, err)
	}
	if f, err := open(w, nil); f != nil || !errors.As(err, &failed) || !errors.Is(err, errStore) {
		t.Errorf("%v, %v", f, err)
	}
}

// executions returns what is needed for an execution of the second generation.
func executions(t *testing.T, more ...any) (*worker, *engine, *log, *flow, generation) {
	w, e, l := newWorker(t, with(map[string]any{look: run(dbos.WorkflowStatusPending, "me", nil), pageOf(1, 0): nil, resumeIt: nil, sign(1, 0): nil}, more...))
	w.c.Connect = func(context.Context, string, string) (runner.API, error) { return nil, errors.New("no API") }
	return w, e, l, &flow{ctx: t.Context()}, generation{Order: anOrder(), Number: 2}
}

const begins = `level=INFO msg="runs a fleet" name=finance generation=2`

// What an execution ends with, and what it leaves behind: a run that the store has failed is released, and one that another
// worker has, or that was paused, is not.
func TestExecution(t *testing.T) {
	const failed = `level=WARN msg="the store has failed; the fleet goes on when it answers" workflow=fleet/finance/2 error="no answer"`
	gone := fmt.Errorf("step: %w", dbos.ErrWorkflowCancelled)
	conflict := fmt.Errorf("step: %w", dbos.ErrConflictingWorkflowID)
	waits := func(ctx context.Context, _, _ string) (runner.API, error) { <-ctx.Done(); return nil, ctx.Err() }
	for name, tt := range map[string]struct {
		change   func(*worker, *engine, *flow, *generation)
		err      error
		text     string
		released bool
		told     []string
	}{
		"no workflow":           {change: func(_ *worker, _ *engine, f *flow, _ *generation) { f.id = errStore }, err: errStore},
		"the worker is to end":  {change: func(w *worker, _ *engine, _ *flow, _ *generation) { w.ending = true }, err: errShutdown, released: true},
		"no API":                {text: "no API", told: []string{begins}},
		"earlier lines":         {change: func(_ *worker, e *engine, _ *flow, _ *generation) { e.answers[pageOf(1, 0)] = errStore }, err: errStore, released: true, told: []string{begins, failed}},
		"no step":               {change: func(_ *worker, _ *engine, f *flow, _ *generation) { f.err = errStore }, err: errStore, released: true, told: []string{begins, failed}},
		"cancelled at a step":   {change: func(_ *worker, _ *engine, f *flow, _ *generation) { f.err = gone }, err: dbos.ErrWorkflowCancelled, told: []string{begins}},
		"another's at a step":   {change: func(_ *worker, _ *engine, f *flow, _ *generation) { f.err = conflict }, err: dbos.ErrConflictingWorkflowID, told: []string{begins}},
		"a line that is broken": {change: func(_ *worker, _ *engine, f *flow, _ *generation) { f.steps = []string{"{}\n"} }, text: "runner: journal, line 1: other-version: version 0, want 2", told: []string{begins}},
		"half a line":           {change: func(_ *worker, _ *engine, f *flow, _ *generation) { f.steps = []string{"{"} }, text: "runner: journal, line 1: unwritable: durable: a record of the store is cut short", told: []string{begins}},
		"no plan":               {change: func(w *worker, _ *engine, _ *flow, g *generation) { w.c.Connect, g.Plan = nobody, nil }, text: `Plan: "" is needed`, told: []string{begins}},
		"paused": {change: func(w *worker, e *engine, _ *flow, _ *generation) {
			w.c.Connect, e.answers[look] = waits, run(dbos.WorkflowStatusCancelled, "me", nil)
		}, err: errPaused, told: []string{begins}},
		"taken over": {change: func(w *worker, e *engine, _ *flow, _ *generation) {
			w.c.Connect, e.answers[look] = waits, run(dbos.WorkflowStatusPending, "other", nil)
		}, err: errTaken, told: []string{begins}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, e, l, f, g := executions(t, sign(2, 1), nil)
				if tt.change != nil {
					tt.change(w, e, f, &g)
				}
				r, err := w.fleet(f, g)
				if r.Report != nil || err == nil || tt.err != nil && !errors.Is(err, tt.err) || tt.text != "" && err.Error() != tt.text {
					t.Errorf("%+v, %v", r, err)
				}
				if slices.Contains(e.asked, resumeIt) != tt.released || !slices.Equal(l.lines, tt.told) || w.runs(mine) {
					t.Errorf("%q, told %q, want %q; still runs %t", e.asked, l.lines, tt.told, w.runs(mine))
				}
			})
		})
	}
}

// nobody answers: no call is made.
func nobody(context.Context, string, string) (runner.API, error) { return struct{ runner.API }{}, nil }

// empties is an execution whose plan has nothing to do, at a clock that stands.
func empties(t *testing.T, number int) (*worker, *engine, *flow, generation) {
	w, e, _, f, g := executions(t)
	w.c.Connect, w.c.Options.Clock, w.c.Options.Account = nobody, noon{}, "999988887777"
	g.Plan, g.Number = &migrate.Plan{Edition: g.Plan.Edition}, number
	e.answers[strings.Replace(sign(1, 0), "2000-01-01T00", "2026-09-09T12", 1)] = nil
	return w, e, f, g
}

// The report of a run is what its workflow ends with. The run is of the account and Region of the order, whatever the options
// of the worker say.
func TestExecutionEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _, f, g := empties(t, 1)
		var asked []string
		w.c.Connect = func(ctx context.Context, account, region string) (runner.API, error) {
			asked = append(asked, account, region)
			return nobody(ctx, account, region)
		}
		r, err := w.fleet(f, g)
		if err != nil || !reflect.DeepEqual(r.Report, &runner.Report{Results: []runner.Result{}}) || !slices.Equal(asked, []string{"111122223333", "eu-west-1"}) {
			t.Errorf("%+v, %v, %q", r.Report, err, asked)
		}
		if len(f.steps) != 2 || f.steps[0] != "taken up" || !strings.Contains(f.steps[1], `"kind":"opened"`) || !strings.Contains(f.steps[1], `"111122223333"`) || !strings.Contains(f.steps[1], `"eu-west-1"`) {
			t.Errorf("%q", f.steps)
		}
	})
}

// From the second generation on the journal of those before goes on with another plan; the first has no other.
func TestExecutionReplans(t *testing.T) {
	other := line(`{"n":1,"v":2,"time":"2026-09-09T18:00:00Z","kind":"opened","scope":{"account":"111122223333","region":"eu-west-1","directories":[],"plan":"0"}}`)
	synctest.Test(t, func(t *testing.T) {
		w, e, f, g := empties(t, 2)
		e.answers[pageOf(1, 0)] = []dbos.StepInfo{{StepName: "record", Output: other}}
		if r, err := w.fleet(f, g); err != nil || r.Report == nil || len(f.steps) != 2 || !strings.Contains(f.steps[1], `"n":2,`) || !strings.Contains(f.steps[1], `"kind":"replanned"`) {
			t.Errorf("%+v, %v, %q", r, err, f.steps)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		w, _, f, g := empties(t, 1)
		f.steps = []string{other}
		var wrong *runner.JournalError
		if r, err := w.fleet(f, g); !errors.As(err, &wrong) || wrong.Trouble != runner.Elsewhere || !slices.Equal(f.steps, []string{other, "taken up"}) {
			t.Errorf("%+v, %v, %q", r, err, f.steps)
		}
	})
}

// An execution that is told to end goes on when its workflow is handed back, and not before.
func TestExecutionWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _, _, f, g := executions(t)
		w.c.Connect = func(ctx context.Context, _, _ string) (runner.API, error) { <-ctx.Done(); return nil, ctx.Err() }
		ended := make(chan error, 1)
		go func() {
			_, err := w.fleet(f, g)
			ended <- err
		}()
		synctest.Wait()
		w.mu.Lock()
		x := w.has[mine]
		w.mu.Unlock()
		x.cancel(errShutdown)
		synctest.Wait()
		select {
		case err := <-ended:
			t.Errorf("it ends before it is handed back: %v", err)
			return
		default:
		}
		close(x.handed)
		if err := <-ended; err != errShutdown {
			t.Errorf("%v", err)
		}
	})
}

// Work refuses what it cannot do, and tells which.
func TestWorkErrors(t *testing.T) {
	connect := func(context.Context, string, string) (runner.API, error) { return nil, nil }
	there := func(url string) *Store { return &Store{url: url, client: &engine{t: t}} }
	for want, tt := range map[string]struct {
		s *Store
		c Worker
	}{
		`Store: "" is needed, from Open`:  {nil, Worker{Connect: connect}},
		`Store: "" is needed, from Open `: {&Store{}, Worker{Connect: connect}},
		`Connect: "" is needed`:           {there(""), Worker{}},
		`Fleets: "-1" is negative`:        {there(""), Worker{Connect: connect, Fleets: -1}},
		`Beat: "-1ns" is negative`:        {there(""), Worker{Connect: connect, Beat: -1}},
	} {
		err := Work(t.Context(), tt.s, tt.c)
		if input := (*rule.InputError)(nil); !errors.As(err, &input) || err.Error() != strings.TrimSpace(want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for url, want := range map[string]string{
		"postgres://127.0.0.1/fleet?pool_max_conns=0": "durable: cannot parse",
		"sqlite:" + t.TempDir():                       "durable: ",
	} {
		err := Work(t.Context(), there(url), Worker{Connect: connect})
		if input := (*rule.InputError)(nil); err == nil || errors.As(err, &input) || !strings.HasPrefix(err.Error(), want) || strings.Count(err.Error(), "durable: ") != 1 {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// What a worker leaves out has the documented values, and what it tells stays.
func TestFill(t *testing.T) {
	c := Worker{Connect: nobody}
	if err := c.fill(); err != nil || c.Fleets != 4 || c.Beat != 10*time.Second || c.Logger == nil || c.Logger.Enabled(t.Context(), slog.LevelError) {
		t.Errorf("%+v, %v", c, err)
	}
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	c = Worker{Connect: nobody, Fleets: 1, Beat: 1, Logger: logger}
	if err := c.fill(); err != nil || c.Fleets != 1 || c.Beat != 1 || c.Logger != logger {
		t.Errorf("%+v, %v", c, err)
	}
}

// A worker tells the engine how many fleets it runs at a time, and ends when it is told to. If the store does not know a
// queue, it does not begin.
func TestWorkRegisters(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fleet.db")
	s, err := Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Work(ctx, s, Worker{Connect: nobody, Fleets: 3}); err != nil {
		t.Error(err)
	}
	q, err := dbos.RetrieveQueue(s.client, "wks-migrate")
	if err != nil {
		t.Fatal(err)
	}
	if n := q.GetWorkerConcurrency(); n == nil || *n != 3 {
		t.Errorf("%v at a time", n)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DROP TABLE queues"); err != nil {
		t.Fatal(err)
	}
	if err := Work(t.Context(), s, Worker{Connect: nobody}); err == nil || !strings.HasPrefix(err.Error(), "durable: ") || !strings.Contains(err.Error(), "queues") {
		t.Errorf("%v", err)
	}
}
