package runner

import (
	"cmp"
	"slices"

	"github.com/wksgo/wks/migrate"
)

// An Outcome is how a migration stands at the end of a run.
type Outcome string

const (
	Succeeded Outcome = "succeeded"
	Failed    Outcome = "failed"    // it was refused, or ended in another way; Status tells which
	NotReady  Outcome = "not-ready" // it was skipped; a later run asks again
	Following Outcome = "following" // it was requested and has not ended; a later run follows it
	NotAsked  Outcome = "not-asked" // the run stopped before it
)

// A Result is how one migration of the plan, or of the journal, stands.
type Result struct {
	WorkspaceID string         `json:"workspaceId"`
	BundleID    string         `json:"bundleId"`
	TargetID    string         `json:"targetId,omitempty"` // as answered or found
	Outcome     Outcome        `json:"outcome"`
	Status      migrate.Status `json:"status,omitempty"` // if it was requested and has ended
	Detail      string         `json:"detail,omitempty"`
}

// A Report has a result for each migration of the plan and of the journal.
type Report struct {
	Results []Result `json:"results"` // by WorkSpace ID
}

// Count returns how many results have an outcome; of no report, none.
func (r *Report) Count(o Outcome) int {
	if r == nil {
		return 0
	}
	n := 0
	for i := range r.Results {
		if r.Results[i].Outcome == o {
			n++
		}
	}
	return n
}

// failed tells whether an entry counts against the budget.
func (e *entry) failed() bool {
	return e.last == Refused || e.last == Ended && e.status != migrate.StatusSucceeded
}

func (e *entry) result() Result {
	r := Result{WorkspaceID: e.migration.WorkspaceID, BundleID: e.migration.BundleID, TargetID: e.targetID, Status: e.status, Detail: e.detail}
	switch {
	case e.failed():
		r.Outcome = Failed
	case e.last == Ended:
		r.Outcome = Succeeded
	case e.inFlight():
		r.Outcome = Following
	default:
		r.Outcome = NotReady // throttled until the end, or not sent
	}
	return r
}

// report gathers the results.
func (r *run) report() *Report {
	rep := &Report{Results: []Result{}}
	for _, id := range r.journal.order {
		rep.Results = append(rep.Results, r.journal.entries[id].result())
	}
	for _, wave := range r.plan.Waves {
		for i := range wave {
			m := &wave[i]
			if r.journal.entries[m.WorkspaceID] != nil {
				continue
			}
			res := Result{WorkspaceID: m.WorkspaceID, BundleID: m.BundleID, Outcome: NotAsked}
			if why, ok := r.skipped[m.WorkspaceID]; ok {
				res.Outcome, res.Detail = NotReady, why
			}
			rep.Results = append(rep.Results, res)
		}
	}
	slices.SortFunc(rep.Results, func(a, b Result) int { return cmp.Compare(a.WorkspaceID, b.WorkspaceID) })
	return rep
}
