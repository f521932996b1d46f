package durable

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
)

// A sighting is a sign of life of another worker's run, and when it was first seen, by this process's clock:
// the clocks of two machines are not compared.
type sighting struct {
	sign string
	at   time.Time
}

// watch takes over the runs of workers that are dead, until ctx ends.
func (w *worker) watch(ctx context.Context) {
	seen := map[string]sighting{}
	for ctx.Err() == nil {
		if err := w.takeOver(seen); err != nil {
			w.c.Logger.Warn("the store could not be asked for runs without a worker", "error", err)
		}
		sleep(ctx, w.c.Beat)
	}
}

func (w *worker) takeOver(seen map[string]sighting) error {
	runs, err := dbos.ListWorkflows(w.store.client, dbos.WithFilterWorkflowIDPrefix(idPrefix), dbos.WithFilterStatus(dbos.WorkflowStatusPending),
		dbos.WithFilterAppVersion(Version), dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for i := range runs {
		run := &runs[i]
		there[run.ID] = true
		sign := signOf(run)
		last := seen[run.ID]
		if last.sign != sign {
			last = sighting{sign, time.Now()}
			seen[run.ID] = last
		}
		if w.runs(run.ID) || time.Since(last.at) < beatsOfGrace*w.c.Beat && !isDead(run) {
			continue
		}
		// Another worker may have been faster.
		if now, err := w.look(run.ID); err != nil || now.Status != dbos.WorkflowStatusPending || signOf(&now.WorkflowStatus) != sign {
			continue
		}
		if _, err := dbos.ResumeWorkflow[result](w.store.client, run.ID, dbos.WithResumeQueue(queue)); err != nil {
			return err
		}
		w.c.Logger.Info("takes over the fleet of a worker that shows no sign of life", "workflow", run.ID, "worker", run.ExecutorID)
		delete(seen, run.ID)
	}
	for id := range seen {
		if !there[id] {
			delete(seen, id)
		}
	}
	return nil
}

// signOf is what changes with each sign of life.
func signOf(run *dbos.WorkflowStatus) string {
	return fmt.Sprint(run.ExecutorID, " ", run.Attempts, " ", run.Attributes[beatAttribute])
}

// isDead tells whether the worker of a run was a process of this machine that is gone, so that nobody need
// wait. Where it is not known, it is false.
func isDead(run *dbos.WorkflowStatus) bool {
	host, _ := os.Hostname()
	pid, ok := run.Attributes[pidAttribute].(float64)
	return ok && host != "" && run.Attributes[hostAttribute] == host && run.Attributes[workerAttribute] == run.ExecutorID && isGone(int(pid))
}
