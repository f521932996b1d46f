package runner

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v4"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// Why a run stops before the end of its plan, beside the errors of the context, the journal
// and the calls.
var (
	ErrBudget      = errors.New("runner: more migrations of a wave have failed than the budget allows")
	ErrNotApproved = errors.New("runner: a wave was not approved")
)

const (
	perDescribe  = 25 // IDs that DescribeWorkspaces takes
	mostThrottle = 8  // requests for one WorkSpace that may be throttled
)

// Run migrates the WorkSpaces of a plan, wave by wave: the next wave begins when every
// migration of the one before has ended. First it follows what the journal has in flight.
// Before a request it describes the WorkSpace and its snapshots, and skips it unless
// migrate.CheckReady has nothing against it, its bundle is still the one of the plan, and
// the step migrate.LeaveValue, if the plan has it, is done. It also skips a WorkSpace whose
// user has another one that may be the target of an earlier request, and what a migration
// that has not ended has taken the room of. Whatever edition the plan was made for, the
// service is that of today, and so the newest rules hold for the run.
//
// The report is complete even if there is an error, which is ErrBudget, ErrNotApproved, that
// of the context, a *JournalError, after which nothing more is requested, or that of a call
// that cannot succeed. In each case Run can be called again with the journal; a journal that
// belongs elsewhere, is in use or could not be written is as it was.
// Without a report the error is about the arguments: a *rule.InputError without a context, an
// API, a plan or an open journal, for a plan that has a WorkSpace twice, or whose edition is
// not known, for a negative option, and without an account and a Region; or that of the
// credentials of a *workspaces.Client.
func Run(ctx context.Context, api API, plan *migrate.Plan, journal *Journal, o Options) (*Report, error) {
	switch {
	case isNil(ctx):
		return nil, &rule.InputError{Path: "Context", Reason: "is needed"}
	case isNil(api):
		return nil, &rule.InputError{Path: "API", Reason: "is needed"}
	case plan == nil:
		return nil, &rule.InputError{Path: "Plan", Reason: "is needed"}
	case journal == nil || journal.file == nil:
		return nil, &rule.InputError{Path: "Journal", Reason: "is needed, from OpenJournal or NewJournal"}
	}
	if _, err := migrate.At(plan.Edition); err != nil {
		return nil, err
	}
	if err := o.fill(api); err != nil {
		return nil, err
	}
	r := &run{ctx: ctx, api: api, plan: plan, journal: journal, rules: migrate.Newest(), room: newRoom(plan), skipped: map[string]string{}, followed: map[string]*following{}, taken: map[string]string{}, names: map[string]string{}, last: len(plan.Waves) - 1, unrelated: map[string]bool{}}
	for _, id := range o.Unrelated {
		r.unrelated[id] = true
	}
	for i, wave := range plan.Waves {
		for k := range wave {
			id := wave[k].WorkspaceID
			if r.taken[id] != "" || id == "" || wave[k].BundleID == "" {
				return nil, &rule.InputError{Path: rule.Path("Waves").Index(i).Index(k).Join("WorkspaceId"), Value: id, Reason: "is in the plan twice, or it or its bundle is missing"}
			}
			r.taken[id] = id
			r.names[id] = wave[k].UserName
		}
	}
	if err := o.locate(ctx, api); err != nil {
		return nil, err
	}
	r.o = o
	scope, err := scopeOf(plan, &o)
	if err != nil {
		return nil, err
	}
	if !journal.busy.CompareAndSwap(false, true) {
		return nil, &JournalError{Name: journal.name, Trouble: Locked, Detail: "another run has it"}
	}
	defer journal.busy.Store(false)
	if err := r.claim(scope); err != nil {
		return r.report(), err
	}
	err = r.resume()
	for i := 0; err == nil && i < len(plan.Waves); i++ {
		if err = r.budget(i); err == nil {
			err = r.wave(i)
		}
		if err == nil {
			err = r.budget(i)
		}
	}
	return r.report(), err
}

// A run is a call of Run.
type run struct {
	ctx      context.Context
	api      API
	plan     *migrate.Plan
	journal  *Journal
	o        Options
	rules    migrate.Rules
	skipped  map[string]string     // why, by WorkSpace
	followed map[string]*following // what is in flight, by WorkSpace
	room     *room
	taken    map[string]string // IDs that are no new target, and whose they are
	names    map[string]string // of users, by WorkSpace, as far as they are known
	slept    time.Duration     // between looks, since the start
	last     int               // wave after which nothing is left to request
	// unrelated are those of the options.
	unrelated map[string]bool
}

// following is a migration in flight, and what was seen of it in this run.
type following struct {
	since time.Duration // slept when it was first followed
	looks []migrate.Observation
	// missing counts the last looks in a row that showed neither WorkSpace.
	missing int
	foreign []string      // IDs that a look has shown to be another user's
	overdue time.Duration // when a look first showed that it is overdue; 0 for never
}

func (r *run) event(e Event) {
	e.Time, e.InFlight = r.o.Clock.Now(), len(r.followed)
	r.o.Progress(e)
}

// record writes to the journal and tells of it.
func (r *run) record(rec Record) error {
	rec.Time, rec.Detail = r.o.Clock.Now().UTC(), r.detail(rec.WorkspaceID, rec.Detail)
	name := ""
	if rec.Migration != nil {
		m := *rec.Migration
		if name = m.UserName; r.o.OmitUserNames {
			m.UserName = ""
		}
		rec.Migration = &m
	}
	if err := r.journal.append(rec); err != nil {
		return err
	}
	if rec.Migration != nil {
		r.journal.entries[rec.WorkspaceID].migration.UserName = name
	}
	r.event(Event{Kind: rec.Kind, WorkspaceID: rec.WorkspaceID, TargetID: rec.TargetID, Status: rec.Status, Detail: rec.Detail})
	return nil
}

func (r *run) skip(id, why string) {
	why = r.detail(id, why)
	r.skipped[id] = why
	r.event(Event{Kind: Skipped, WorkspaceID: id, Detail: why})
}

// follow begins to look at a migration. The time that counts is that for which this run has
// slept since: it never exceeds what has passed, whatever the clock does.
func (r *run) follow(id string) {
	r.followed[id] = &following{since: r.slept}
	r.room.flying.add(&r.journal.entries[id].migration)
}

// leave ends what follow has begun.
func (r *run) leave(id string) {
	delete(r.followed, id)
	r.room.flying.remove(&r.journal.entries[id].migration)
}

// left returns the migrations of a wave that can still be requested, and how many of the
// others have failed.
func (r *run) left(n int) (left []migrate.Migration, failed int) {
	for _, m := range r.plan.Waves[n] {
		switch e := r.journal.entries[m.WorkspaceID]; {
		case e.open() && r.skipped[m.WorkspaceID] == "":
			left = append(left, m)
		case e != nil && e.failed():
			failed++
		}
	}
	return left, failed
}

// budget returns ErrBudget if too much of a wave has failed and something could still be
// requested, in it or in a later one.
func (r *run) budget(n int) error {
	if _, failed := r.left(n); failed <= r.o.FailureBudget {
		return nil
	}
	for ; r.last >= n; r.last-- { // nothing is left again of a later wave than that which runs
		if left, _ := r.left(r.last); len(left) > 0 {
			return ErrBudget
		}
	}
	return nil
}

// wave requests what is left of a wave, and follows it to the end.
func (r *run) wave(n int) error {
	left, failed := r.left(n)
	if len(left) == 0 {
		return nil
	}
	if r.o.Approve != nil && !r.o.Approve(n, left) {
		return ErrNotApproved
	}
	if err := r.requests(left, failed); err != nil {
		return err
	}
	return r.settle()
}

// requests makes those of a wave, in which some have failed already, until more have failed
// than may.
func (r *run) requests(left []migrate.Migration, failed int) error {
	for len(left) > 0 {
		some := left[:min(perDescribe, len(left))]
		left = left[len(some):]
		ids := make([]string, len(some))
		for i := range some {
			ids[i] = some[i].WorkspaceID
		}
		described, err := r.describe(&workspaces.DescribeWorkspacesInput{WorkspaceIds: ids})
		if err != nil {
			return err
		}
		for i := range some {
			m := &some[i]
			at := slices.IndexFunc(described, func(w types.Workspace) bool { return value(w.WorkspaceId) == m.WorkspaceID })
			if at < 0 {
				r.skip(m.WorkspaceID, "DescribeWorkspaces does not return it")
				continue
			}
			r.complete(m, &described[at])
			why, err := r.obstacle(m, described[at])
			if err != nil {
				return err
			}
			if why != "" {
				r.skip(m.WorkspaceID, why)
				continue
			}
			others, why, err := r.others(m)
			if err != nil {
				return err
			}
			if why != "" {
				r.room.held.add(m)
				r.skip(m.WorkspaceID, why)
				continue
			}
			if err := r.request(m, others); err != nil {
				return err
			}
			if e := r.journal.entries[m.WorkspaceID]; e != nil && e.failed() {
				if failed++; failed > r.o.FailureBudget {
					return nil // Run asks for the budget when what is in flight has ended
				}
			}
		}
	}
	return nil
}

// obstacle tells why a WorkSpace should not be migrated now, or "".
func (r *run) obstacle(m *migrate.Migration, w types.Workspace) (string, error) {
	switch bundle := value(w.BundleId); {
	case bundle == m.BundleID && m.BundleID != m.SourceBundleID:
		return "it has the target's bundle already", nil
	case m.SourceBundleID != "" && bundle != m.SourceBundleID:
		return fmt.Sprintf("its bundle is %s, and was %s in the plan", bundle, m.SourceBundleID), nil
	}
	if slices.Contains(m.Before, migrate.LeaveValue) && (w.WorkspaceProperties == nil || w.WorkspaceProperties.ComputeTypeName == types.ComputeValue) {
		return "it must leave Value first", nil
	}
	if why := r.crowded(m); why != "" {
		return why, nil
	}
	s := migrate.Situation{Workspace: w, Snapshots: []types.Snapshot{}}
	out, err := call(r, func(ctx context.Context) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
		return answered(r.api.DescribeWorkspaceSnapshots(ctx, &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: &m.WorkspaceID}))
	})
	if gone := (*types.ResourceNotFoundException)(nil); errors.As(err, &gone) {
		return "DescribeWorkspaceSnapshots does not find it", nil
	}
	if err != nil {
		return "", err
	}
	s.Snapshots = append(s.Snapshots, out.RebuildSnapshots...)
	s.At = r.o.Clock.Now()
	if r.o.Situate != nil {
		if err := r.o.Situate(r.ctx, &s); err != nil {
			return "", err
		}
	}
	ready, err := r.rules.CheckReady(&s)
	if err != nil {
		return "", err
	}
	for _, v := range ready.Violations {
		if !slices.Contains(r.o.Accept, v.Code) {
			return v.Error(), nil
		}
	}
	return "", nil
}

// request asks for a migration, and again only while the service throttles. The error is
// that of the pace, the clock or the journal; what the service answers is in the journal.
func (r *run) request(m *migrate.Migration, others []string) error {
	tries := 0
	err := r.policy().Do(r.ctx, r.o.Pace, func(ctx context.Context) error {
		tries++
		if err := r.record(Record{Kind: Requested, WorkspaceID: m.WorkspaceID, Migration: m, Others: others}); err != nil {
			return backoff.Permanent(err)
		}
		if err := r.ctx.Err(); err != nil {
			return errors.Join(err, r.record(Record{Kind: NotSent, WorkspaceID: m.WorkspaceID, Detail: err.Error()}))
		}
		r.follow(m.WorkspaceID)
		out, err := r.api.MigrateWorkspace(ctx, &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &m.WorkspaceID, BundleId: &m.BundleID}, once)
		if err == nil {
			return final(r.answer(m, out, others))
		}
		rec := Record{WorkspaceID: m.WorkspaceID, Detail: err.Error()}
		switch kind := classify(err); kind {
		case lost:
			rec.Kind = Unknown
			return final(r.record(rec))
		case refused:
			rec.Kind = Refused
		case throttled:
			rec.Kind = Throttled
		}
		r.leave(m.WorkspaceID)
		if err := r.record(rec); err != nil || rec.Kind == Refused {
			return final(err)
		}
		if tries == mostThrottle {
			r.skip(m.WorkspaceID, rec.Detail)
			return nil
		}
		return err
	})
	return err
}

// final marks an error that no repetition would mend.
func final(err error) error {
	if err == nil {
		return nil
	}
	return backoff.Permanent(err)
}

// policy is that of calls of a run, by its clock: delays of 1, 2, 4 and so on to 60 seconds, and no bound
// on failures but Patience, which call keeps. A run makes one call at a time, so luck has nobody to keep it
// apart from, and delays are the middle of what it could make them.
func (r *run) policy() throttle.Policy {
	return throttle.Policy{Attempts: math.MaxInt, Base: 2 * time.Second, Max: 2 * time.Minute, Rand: func() float64 { return 0.5 }, Sleep: r.o.Clock.Sleep}
}

// answer records an answer. A target ID that is that of another WorkSpace cannot be
// followed; then the target is looked for as if the answer were lost.
func (r *run) answer(m *migrate.Migration, out *workspaces.MigrateWorkspaceOutput, others []string) error {
	if out == nil {
		return r.record(Record{Kind: Unknown, WorkspaceID: m.WorkspaceID, Detail: errNoAnswer.Error()})
	}
	target := value(out.TargetWorkspaceId)
	source := value(out.SourceWorkspaceId)
	why := ""
	switch {
	case target == "":
		why = "the answer has no target ID"
	case source != "" && source != m.WorkspaceID:
		why = fmt.Sprintf("the answer is about %s", source)
	case r.taken[target] != "":
		why = fmt.Sprintf("the answer's target %s is that of %s", target, r.taken[target])
	case slices.Contains(others, target):
		why = fmt.Sprintf("the answer's target %s was there before", target)
	}
	if why != "" {
		return r.record(Record{Kind: Unknown, WorkspaceID: m.WorkspaceID, Detail: why})
	}
	r.taken[target] = m.WorkspaceID
	return r.record(Record{Kind: Accepted, WorkspaceID: m.WorkspaceID, TargetID: target})
}

// describe returns all pages of DescribeWorkspaces.
func (r *run) describe(in *workspaces.DescribeWorkspacesInput) (all []types.Workspace, err error) {
	for {
		out, err := call(r, func(ctx context.Context) (*workspaces.DescribeWorkspacesOutput, error) {
			return answered(r.api.DescribeWorkspaces(ctx, in))
		})
		if err != nil {
			return nil, err
		}
		all = append(all, out.Workspaces...)
		switch next := value(out.NextToken); {
		case next == "":
			return all, nil
		case next == value(in.NextToken):
			return nil, fmt.Errorf("runner: DescribeWorkspaces gives the same NextToken %q again", rule.Shorten(next))
		}
		page := *in
		page.NextToken = out.NextToken
		in = &page
	}
}

// call makes a call that changes nothing, and repeats it after an error that may pass, for
// as long as Patience.
func call[T any](r *run, f func(context.Context) (T, error)) (out T, err error) {
	var waited time.Duration
	policy := r.policy()
	policy.Passes = func(err error) bool { return classify(err) != refused && r.ctx.Err() == nil }
	policy.Sleep = func(ctx context.Context, d time.Duration) error {
		waited += d
		return r.o.Clock.Sleep(ctx, d)
	}
	err = policy.Do(r.ctx, r.o.Pace, func(ctx context.Context) error {
		var err error
		if out, err = f(ctx); err != nil && waited >= r.o.Patience {
			return backoff.Permanent(err)
		}
		return err
	})
	return out, err
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
