package durable

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

type migration = migrate.Migration

// A Phase is what becomes of a fleet.
type Phase string

const (
	Waiting Phase = "waiting" // for a worker; its own may have been a process of this machine that is gone
	Running Phase = "running" // or its worker has died on another machine and is not yet replaced: see AsOf
	Paused  Phase = "paused"
	Ended   Phase = "ended"  // the run came to its end, or Stop was said; WorkSpaces that were not ready may be left
	Failed  Phase = "failed" // the run stopped by an error
)

// A Status is how a fleet stands.
type Status struct {
	Name       string    `json:"name"`
	Account    string    `json:"account"`
	Region     string    `json:"region"`
	Generation int       `json:"generation"`
	Phase      Phase     `json:"phase"`
	Error      string    `json:"error,omitempty"` // of a run that Failed
	Started    time.Time `json:"started"`         // when the first run began; zero if none has
	// AsOf is the time at the last sign of life of a worker, by its clock; zero if there was none.
	AsOf time.Time `json:"asOf"`
	// Report has a result for each WorkSpace. Until the fleet has ended, what its run has skipped is NotAsked.
	Report *runner.Report `json:"report"`
	Waves  int            `json:"waves"` // of the plan
	Begun  int            `json:"begun"` // waves of which something was requested
	// Stuck are migrations that were requested and have not ended, the oldest first.
	Stuck []Flight `json:"stuck"`
	// Left is how long the rest would take at the pace of what has ended; zero if none has, or nothing is
	// left. In JSON it is leftSeconds, a number.
	Left time.Duration `json:"-"`
}

// statusJSON is a Status with its time in seconds.
type statusJSON struct {
	*plainStatus
	LeftSeconds float64 `json:"leftSeconds"`
}

type plainStatus Status // without methods

// MarshalJSON writes times of day as RFC 3339 and Left in seconds.
func (st Status) MarshalJSON() ([]byte, error) {
	return json.Marshal(statusJSON{(*plainStatus)(&st), st.Left.Seconds()})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (st *Status) UnmarshalJSON(data []byte) error {
	in := statusJSON{plainStatus: (*plainStatus)(st)}
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	st.Left = time.Duration(in.LeftSeconds * float64(time.Second))
	return nil
}

// A Flight is a migration that was requested and has not ended.
type Flight struct {
	WorkspaceID string      `json:"workspaceId"`
	TargetID    string      `json:"targetId,omitempty"`
	Since       time.Time   `json:"since"` // of the request, by the clock of the worker
	Last        runner.Kind `json:"last"`  // record
	Detail      string      `json:"detail,omitempty"`
}

// Status returns how a fleet stands. It reads what the store has, and disturbs no worker. The error is
// ErrNoFleet, or that of the store.
func (s *Store) Status(name string) (*Status, error) {
	g, now, err := s.last(name)
	if err != nil {
		return nil, err
	}
	lines, err := s.lines(name, g.Number)
	if err != nil {
		return nil, err
	}
	journal, records, err := read(lines)
	if err != nil {
		return nil, err
	}
	st := &Status{Name: name, Account: g.Account, Region: g.Region, Generation: g.Number, Waves: len(g.Plan.Waves), Report: journal.Report(g.Plan), Stuck: []Flight{}}
	if text, ok := now.Attributes[clockAttribute].(string); ok {
		if st.AsOf, err = time.Parse(time.RFC3339Nano, text); err != nil {
			return nil, fmt.Errorf("durable: the time of the worker: %w", err)
		}
	}
	switch now.Status {
	case dbos.WorkflowStatusPending:
		if st.Phase = Running; isDead(&now.WorkflowStatus) {
			st.Phase = Waiting
		}
	case dbos.WorkflowStatusCancelled:
		st.Phase = Paused
	case dbos.WorkflowStatusSuccess:
		st.Phase = Ended
		if end, err := convert[result](now.Output); err == nil && end.Report != nil {
			st.Report = end.Report
		}
	case dbos.WorkflowStatusError, dbos.WorkflowStatusMaxRecoveryAttemptsExceeded:
		st.Phase = Failed
		if now.Error != nil {
			st.Error = now.Error.Error()
		}
	default:
		st.Phase = Waiting
	}
	st.measure(g.Plan, records)
	return st, nil
}

// longestPause is the most time between two records that counts as work: a migration takes an hour, and is
// followed for another one. What is longer was a pause.
const longestPause = 2 * time.Hour

// measure fills in what the records tell of times.
func (st *Status) measure(p *migrate.Plan, records []runner.Record) {
	flights := map[string]*Flight{}
	var order []string
	var worked time.Duration
	ended := 0
	for i, r := range records {
		if i == 0 {
			st.Started = r.Time
		} else if d := r.Time.Sub(records[i-1].Time); d <= longestPause {
			worked += max(d, 0) // a clock may have been set back
		}
		f := flights[r.WorkspaceID]
		switch r.Kind {
		case runner.Requested:
			if f == nil {
				order = append(order, r.WorkspaceID)
			}
			flights[r.WorkspaceID] = &Flight{WorkspaceID: r.WorkspaceID, Since: r.Time, Last: r.Kind}
		case runner.Accepted, runner.Found, runner.Unknown:
			if f != nil {
				f.Last, f.Detail = r.Kind, r.Detail
				if r.TargetID != "" {
					f.TargetID = r.TargetID
				}
			}
		case runner.Ended, runner.Refused:
			ended++
			delete(flights, r.WorkspaceID)
		case runner.Throttled, runner.NotSent:
			delete(flights, r.WorkspaceID)
		}
	}
	for _, id := range order {
		if f := flights[id]; f != nil {
			st.Stuck = append(st.Stuck, *f)
			delete(flights, id)
		}
	}
	asked := map[string]bool{}
	for _, r := range records {
		asked[r.WorkspaceID] = asked[r.WorkspaceID] || r.Kind == runner.Requested
	}
	for _, wave := range p.Waves {
		for i := range wave {
			if asked[wave[i].WorkspaceID] {
				st.Begun++
				break
			}
		}
	}
	if left := st.Report.Count(runner.NotAsked) + st.Report.Count(runner.Following); ended > 0 && st.Phase != Ended {
		st.Left = worked / time.Duration(ended) * time.Duration(left)
	}
}

// Wait looks at a fleet until it has ended or failed, and returns how it stands then. It looks every so
// often. A fleet that is paused is waited for, and so is a store that does not answer. The error is
// ErrNoFleet, a *rule.InputError, or that of ctx when it ends first, with the last one of the store.
func (s *Store) Wait(ctx context.Context, name string, every time.Duration) (*Status, error) {
	if every <= 0 {
		return nil, &rule.InputError{Path: "Every", Value: every.String(), Reason: "is not positive"}
	}
	for {
		_, now, err := s.last(name)
		if err == nil && now.ended() {
			var st *Status
			if st, err = s.Status(name); err == nil {
				return st, nil
			}
		}
		if input := (*rule.InputError)(nil); errors.Is(err, ErrNoFleet) || errors.As(err, &input) {
			return nil, err
		}
		if sleep(ctx, every); ctx.Err() != nil {
			return nil, errors.Join(ctx.Err(), err)
		}
	}
}
