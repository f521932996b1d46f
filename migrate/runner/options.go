package runner

import (
	"context"
	"strconv"
	"time"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"

	smithytime "github.com/aws/smithy-go/time"
)

// A Clock is the time of a run.
type Clock interface {
	Now() time.Time
	// Sleep returns after a time, or with the error of the context when that is done.
	Sleep(context.Context, time.Duration) error
}

// Options are the choices of a run. The zero value is careful: it skips a WorkSpace for any
// violation, and stops at the first failure.
type Options struct {
	// Account is the ID of the account, 12 digits, and Region that of the Region, to which
	// the calls go. Each may be empty if the API is a *workspaces.Client that knows it: the
	// Region always, and the account if the credentials tell it. One that contradicts the
	// client is an error.
	Account, Region string
	// NewPlan lets the journal go on with another plan than its last one, in the same
	// directories. What is in flight is followed, and nothing that was requested is requested
	// again.
	NewPlan bool
	// Unrelated lists IDs of WorkSpaces that are known to be no target of an earlier request.
	// Without it a WorkSpace is skipped while its user has another one in the directory that
	// is PENDING or has the target's bundle.
	Unrelated []string
	// OmitUserNames leaves the names of users out of the journal, the report and the events;
	// in a detail there is "(user)" instead. A run with the journal then takes them from the
	// plan, and else from the service.
	OmitUserNames bool
	// Pace is asked before each call, and hears how it ended if it is a throttle.Observer; nil is
	// that of an API that is Paced, or else throttle.Strict for this run alone, in real time. Runs and
	// other programs of an account and Region must share one.
	Pace throttle.Waiter
	// Clock is the time; nil is that of the system.
	Clock Clock
	// PollEvery is the time between two looks at a wave; zero is a minute.
	PollEvery time.Duration
	// Patience is how long a migration is followed that is overdue, after the documented
	// hour; zero is another hour. Then it counts as a failure, whatever it may become.
	Patience time.Duration
	// FailureBudget is how many migrations of a wave may fail, those of earlier runs with
	// the journal included. When more have failed, nothing more is requested; what was
	// requested is followed to its end.
	FailureBudget int
	// Accept lists codes of migrate.CheckReady for which a WorkSpace is not skipped, such as
	// migrate.SnapshotStale.
	Accept []rule.Code
	// Situate may fill in what the three operations do not tell of a WorkSpace, such as
	// whether somebody is connected, before it is checked; nil leaves it unknown, and what
	// is unknown does not stop a migration.
	Situate func(context.Context, *migrate.Situation) error
	// Approve is asked before the requests of each wave that has some, by its index in the
	// plan and with the migrations that are left; nil approves.
	Approve func(wave int, left []migrate.Migration) bool
	// Progress is told of each event, in order, and must not call the run; nil is nobody.
	Progress func(Event)
}

// fill puts the defaults in the place of zero.
func (o *Options) fill(api API) error {
	switch {
	case o.PollEvery < 0:
		return &rule.InputError{Path: "Options.PollEvery", Value: o.PollEvery.String(), Reason: "is negative"}
	case o.Patience < 0:
		return &rule.InputError{Path: "Options.Patience", Value: o.Patience.String(), Reason: "is negative"}
	case o.FailureBudget < 0:
		return &rule.InputError{Path: "Options.FailureBudget", Value: strconv.Itoa(o.FailureBudget), Reason: "is negative"}
	}
	if p, ok := api.(Paced); ok && o.Pace == nil {
		o.Pace = p.Pace()
	}
	if o.Pace == nil {
		var err error
		if o.Pace, err = throttle.NewLimiter(throttle.Strict()); err != nil {
			return err
		}
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.PollEvery == 0 {
		o.PollEvery = time.Minute
	}
	if o.Patience == 0 {
		o.Patience = time.Hour
	}
	if o.Progress == nil {
		o.Progress = func(Event) {}
	}
	return nil
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	return smithytime.SleepWithContext(ctx, d)
}

// An Event is something that a run tells of.
type Event struct {
	Time        time.Time
	Kind        Kind // of a Record about a WorkSpace, or Skipped, Looked or Mended
	WorkspaceID string
	TargetID    string
	Status      migrate.Status
	Detail      string
	InFlight    int // migrations that have been requested and have not ended
}

// Kinds of events that are not in the journal.
const (
	Skipped Kind = "skipped" // a WorkSpace is not requested now; a later run asks again
	Looked  Kind = "looked"  // at every migration in flight
	Mended  Kind = "mended"  // the journal, when it was opened; Detail tells of what
)
