package durable_test

import (
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// ends are the results of a report without IDs that the service has made up.
func ends(rep *runner.Report) (list []string) {
	for _, r := range rep.Results {
		list = append(list, r.WorkspaceID+" "+string(r.Outcome)+" "+string(r.Status)+" "+r.BundleID)
	}
	return list
}

// byFile returns how the same fleet ends with a journal in a file.
func byFile(t *testing.T, w *world) []string {
	t.Helper()
	j, err := runner.OpenJournal(filepath.Join(t.TempDir(), "journal"))
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	c := w.worker()
	o := c.Options
	o.Account, o.Region, o.FailureBudget = account, region, 1<<20
	rep, err := runner.Run(t.Context(), w.service, w.plan, j, o)
	if err != nil {
		t.Fatal(err)
	}
	return ends(rep)
}

// once tells whether the service was asked for a WorkSpace a second time.
func (w *world) once(t *testing.T) {
	t.Helper()
	for id, fault := range w.faults {
		if n := w.service.Twice(id); n > 0 {
			t.Errorf("%s (%s) was asked for %d times too often", id, fault, n)
		}
	}
}

// A fleet ends as it does with a journal in a file, whatever befalls it.
func TestEnds(t *testing.T) {
	faults := slices.Concat(fleet.Faults(), fleet.Faults())
	want := byFile(t, newWorld(7, faults...))
	w, s := newWorld(7, faults...), open(t, "")
	work(t, s, w.worker())
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	st := wait(t, s, "fleet")
	if got := ends(st.Report); st.Phase != durable.Ended || !slices.Equal(got, want) {
		t.Errorf("%s %s\n%q\nwant\n%q", st.Phase, st.Error, got, want)
	}
	if st.Waves != 5 || st.Begun != 5 || st.Left != 0 || len(st.Stuck) > 0 || !st.Started.Equal(start) {
		t.Errorf("%+v", st)
	}
	w.once(t)
}

// healthy is n WorkSpaces that nothing befalls.
func healthy(n int) []fleet.Fault { return make([]fleet.Fault, n) }

// begun waits until a wave has begun.
func begun(t *testing.T, s *durable.Store, name string, waves int) *durable.Status {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		st, err := s.Status(name) // the store may be restarting
		if err == nil && st.Begun >= waves {
			return st
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d waves have not begun in a minute: %+v, %v", waves, st, err)
		}
	}
}

// slow is a worker that takes a few milliseconds for each call.
func (w *world) slow() durable.Worker {
	c := w.worker()
	c.Options.Progress = func(runner.Event) { time.Sleep(3 * time.Millisecond) }
	return c
}

// A fleet that is paused rests, and goes on where it was; nothing is asked for twice.
func TestPause(t *testing.T) {
	w, s := newWorld(10, healthy(100)...), open(t, "")
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	if st, err := s.Status("fleet"); err != nil || st.Phase != durable.Waiting || st.Report.Count(runner.NotAsked) != 100 {
		t.Errorf("before there is a worker: %+v, %v", st, err)
	}
	work(t, s, w.slow())
	begun(t, s, "fleet", 2)
	if err := s.Pause("fleet"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond) // some beats, for a request that is being made
	first, err := s.Status("fleet")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond)
	st, err := s.Status("fleet")
	if err != nil || st.Phase != durable.Paused || !slices.Equal(ends(st.Report), ends(first.Report)) || st.Begun > 9 {
		t.Errorf("it does not rest: %+v, %v", st, err)
	}
	for range 2 {
		if err := s.Resume("fleet"); err != nil {
			t.Fatal(err)
		}
	}
	if st := wait(t, s, "fleet"); st.Report.Count(runner.Succeeded) != 100 || st.Generation != 1 {
		t.Errorf("%+v", st)
	}
	w.once(t)
	for _, f := range []func(string) error{s.Pause, s.Resume, s.Stop} {
		if err := f("fleet"); !errors.Is(err, durable.ErrEnded) {
			t.Errorf("of a fleet that has ended: %v", err)
		}
	}
}

// A fleet that is stopped ends when the wave is done, and goes on when it is started again.
func TestStop(t *testing.T) {
	w, s := newWorld(10, healthy(60)...), open(t, "")
	work(t, s, w.slow())
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	begun(t, s, "fleet", 2)
	if err := s.Stop("fleet"); err != nil {
		t.Fatal(err)
	}
	st := wait(t, s, "fleet")
	if n := st.Report.Count(runner.Succeeded); st.Phase != durable.Ended || n%10 != 0 || n < 20 || n == 60 || st.Report.Count(runner.NotAsked) != 60-n || st.Left != 0 {
		t.Errorf("%+v", st)
	}
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	if st := wait(t, s, "fleet"); st.Report.Count(runner.Succeeded) != 60 || st.Generation != 2 {
		t.Errorf("%+v", st)
	}
	w.once(t)
}

// The waves that have not begun can be those of another plan.
func TestReplan(t *testing.T) {
	w, s := newWorld(10, healthy(60)...), open(t, "")
	work(t, s, w.slow())
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	begun(t, s, "fleet", 2)
	short := *w.plan
	short.Waves = short.Waves[:4]
	other := w.order("fleet")
	other.Plan = &short
	if err := s.Start(other); !errors.Is(err, durable.ErrRunning) {
		t.Fatalf("another plan while the first runs: %v", err)
	}
	if err := s.Pause("fleet"); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(other); err != nil {
		t.Fatal(err)
	}
	st := wait(t, s, "fleet")
	if st.Phase != durable.Ended || st.Generation != 2 || st.Waves != 4 {
		t.Errorf("%+v", st)
	}
	succeeded := map[string]bool{}
	for _, r := range st.Report.Results {
		succeeded[r.WorkspaceID] = r.Outcome == runner.Succeeded
	}
	for _, wave := range short.Waves {
		for _, m := range wave {
			if !succeeded[m.WorkspaceID] {
				t.Errorf("%s of the new plan is not done", m.WorkspaceID)
			}
		}
	}
	w.once(t)
	elsewhere := other
	elsewhere.Region = "eu-west-2"
	if err := s.Start(elsewhere); err == nil {
		t.Error("a fleet goes on in another Region")
	}
}

// Operators who start the same fleet at once start it once.
func TestOperators(t *testing.T) {
	w, s := newWorld(10, healthy(20)...), open(t, "")
	var group sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		group.Go(func() { errs[i] = s.Start(w.order("fleet")) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	work(t, s, w.worker())
	if st := wait(t, s, "fleet"); st.Generation != 1 || st.Report.Count(runner.Succeeded) != 20 {
		t.Errorf("%+v", st)
	}
	if names, err := s.Fleets(); err != nil || !slices.Equal(names, []string{"fleet"}) {
		t.Errorf("%q, %v", names, err)
	}
	w.once(t)
}

// Two workers share what is in the store, and one that ends hands its fleet back to the other.
func TestHandBack(t *testing.T) {
	w, s := newWorld(10, healthy(100)...), open(t, "")
	end := work(t, s, w.slow())
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	begun(t, s, "fleet", 2)
	second := w.slow()
	second.Beat = time.Hour // it takes nothing over, but takes what is handed back
	work(t, s, second)
	end()
	if st := wait(t, s, "fleet"); st.Report.Count(runner.Succeeded) != 100 || st.Generation != 1 {
		t.Errorf("%+v", st)
	}
	w.once(t)
}

// An error of a run is told, and the fleet goes on when it is started again.
func TestError(t *testing.T) {
	w, s := newWorld(5, append([]fleet.Fault{fleet.Refuse}, healthy(20)...)...), open(t, "")
	work(t, s, w.worker())
	o := w.order("fleet")
	o.FailureBudget = 0
	if err := s.Start(o); err != nil {
		t.Fatal(err)
	}
	if st := wait(t, s, "fleet"); st.Phase != durable.Failed || st.Error == "" || st.Report.Count(runner.Failed) != 1 || st.Report.Count(runner.NotAsked) == 0 {
		t.Errorf("%+v", st)
	}
	o.FailureBudget = 1
	if err := s.Start(o); err != nil {
		t.Fatal(err)
	}
	if st := wait(t, s, "fleet"); st.Phase != durable.Ended || st.Report.Count(runner.Succeeded) != 20 {
		t.Errorf("%+v", st)
	}
	w.once(t)
}

func TestBadInput(t *testing.T) {
	w := newWorld(1, fleet.None)
	s := open(t, "")
	change := func(f func(*durable.Order)) durable.Order { o := w.order("fleet"); f(&o); return o }
	for want, o := range map[rule.Path]durable.Order{
		"Name":          change(func(o *durable.Order) { o.Name = "a fleet/1" }),
		"Account":       change(func(o *durable.Order) { o.Account = "12" }),
		"Region":        change(func(o *durable.Order) { o.Region = "" }),
		"Plan":          change(func(o *durable.Order) { o.Plan = nil }),
		"FailureBudget": change(func(o *durable.Order) { o.FailureBudget = -1 }),
	} {
		var input *rule.InputError
		if err := s.Start(o); !errors.As(err, &input) || input.Path != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	if err := s.Start(change(func(o *durable.Order) { o.Plan = &migrate.Plan{} })); err == nil {
		t.Error("a plan without an edition is taken")
	}
	if _, err := s.Status("none"); !errors.Is(err, durable.ErrNoFleet) {
		t.Errorf("%v", err)
	}
	for _, c := range []durable.Worker{{}, {Connect: w.worker().Connect, Fleets: -1}, {Connect: w.worker().Connect, Beat: -1}} {
		var input *rule.InputError
		if err := durable.Work(t.Context(), s, c); !errors.As(err, &input) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, url := range []string{"", "fleet.db", "mysql://user:secret@host/db"} {
		var input *rule.InputError
		if _, err := durable.Open(t.Context(), url); !errors.As(err, &input) || input.Value == url && url != "" && url != "fleet.db" {
			t.Errorf("%q: %v", url, err)
		}
	}
	t.Setenv("DBOS__APPVERSION", "2")
	if _, err := durable.Open(t.Context(), "sqlite::memory:"); err == nil {
		t.Error("another version of the environment is taken")
	}
}
