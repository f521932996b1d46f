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
func (r *run) report() *Report { return r.journal.report(r.plan, r.skipped) }

// Report returns how the migrations of a plan and of the journal stand, as far as the journal
// tells: what a run has skipped is not in it, and is NotAsked. A nil plan has no migrations.
func (j *Journal) Report(plan *migrate.Plan) *Report {
	if plan == nil {
		plan = &migrate.Plan{}
	}
	if j == nil {
		j = &Journal{}
	}
	return j.report(plan, nil)
}

// report is Report, with what was skipped in a run, by WorkSpace, and why.
func (j *Journal) report(plan *migrate.Plan, skipped map[string]string) *Report {
	rep := &Report{Results: []Result{}}
	for _, id := range j.order {
		rep.Results = append(rep.Results, j.entries[id].result())
	}
	for _, wave := range plan.Waves {
		for i := range wave {
			m := &wave[i]
			if j.entries[m.WorkspaceID] != nil {
				continue
			}
			res := Result{WorkspaceID: m.WorkspaceID, BundleID: m.BundleID, Outcome: NotAsked}
			if why, ok := skipped[m.WorkspaceID]; ok {
				res.Outcome, res.Detail = NotReady, why
			}
			rep.Results = append(rep.Results, res)
		}
	}
	slices.SortFunc(rep.Results, func(a, b Result) int { return cmp.Compare(a.WorkspaceID, b.WorkspaceID) })
	return rep
}
