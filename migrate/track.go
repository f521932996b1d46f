package migrate

import (
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A Status is how a requested migration stands. No state of a WorkSpace tells it: there is
// none for migrating, and PENDING is also that of a WorkSpace which is created.
type Status string

const (
	// StatusPending: no look has shown an end yet.
	StatusPending Status = "pending"
	// StatusSucceeded: the new WorkSpace is there and the old one is gone, or, as the page
	// on Linux has it, the old ID has the new bundle.
	StatusSucceeded Status = "succeeded"
	// StatusRolledBack: the new WorkSpace was there and is gone, and the old one is back.
	StatusRolledBack Status = "rolled-back"
	// StatusSilent: an hour after the request nothing has happened, without an error.
	StatusSilent Status = "silent-failure"
	// StatusLost: an hour after the request neither ID is there.
	StatusLost Status = "lost"
	// StatusOverdue: an hour after the request there is no end that the documents describe,
	// and a later look may still show one.
	StatusOverdue Status = "overdue"
)

// An Attempt is a migration that was requested.
type Attempt struct {
	Migration
	// TargetID is the ID in the answer. It is provisional: if the migration fails, no
	// WorkSpace has it. Empty if the answer was lost.
	TargetID string
}

// An Observation is one look at the WorkSpaces of an attempt.
type Observation struct {
	After time.Duration // since the request
	// Workspaces is what DescribeWorkspaces returned for both IDs. An ID that is missing is
	// that of a WorkSpace which is not there yet or not there any more.
	Workspaces []types.Workspace
}

// A Track is what the observations tell of an attempt.
type Track struct {
	Status Status
	// WorkspaceID is the ID of the user's WorkSpace if it is certain: the new one after a
	// success, the old one after a failure, and else empty.
	WorkspaceID string
	// Watch are the IDs to be described in the next look; none if there is no more to see.
	Watch []string
}

// Classify tells how an attempt stands, from every look at it so far, in the order of time.
// A WorkSpace that has the target's ID but another user, directory or bundle is none of the
// attempt's. One look without an ID that was there may be an error of the service, so that
// a failure which its absence decides takes two looks; for a success one without the old
// WorkSpace is enough, when the new one is AVAILABLE or STOPPED. The hour is that of the edition; in editions
// before 2020-04-29, which give none, a status that needs it is StatusPending.
//
// The error is a *rule.InputError for looks out of order.
func (r Rules) Classify(a Attempt, looks []Observation) (Track, error) {
	if err := r.known(); err != nil {
		return Track{}, err
	}
	var h history
	for i := range looks {
		if i > 0 && looks[i].After < looks[i-1].After {
			return Track{}, &rule.InputError{Path: rule.Path("Observations").Index(i).Join("After"), Value: looks[i].After.String(), Reason: "is before that of the look before"}
		}
		h.add(&a, &looks[i])
	}
	t := Track{Status: StatusPending}
	if len(looks) > 0 {
		t.Status, t.WorkspaceID = h.status(&a, looks[len(looks)-1].After >= r.s.seconds(silence))
	}
	if t.Status == StatusPending || t.Status == StatusOverdue {
		t.Watch = append(t.Watch, a.WorkspaceID)
		if a.TargetID != "" {
			t.Watch = append(t.Watch, a.TargetID)
		}
	}
	return t, nil
}

// A history is what a series of looks leaves to be known.
type history struct {
	source, target  *types.Workspace // in the last look; nil if it is not there
	targetSeen      bool             // in any look
	sourceAbsent    int              // looks in a row, up to the last
	targetAbsent    int
	targetIsLeaving bool // it is terminated in the last look
}

func (h *history) add(a *Attempt, o *Observation) {
	h.source, h.target, h.targetIsLeaving = nil, nil, false
	for i := range o.Workspaces {
		w := &o.Workspaces[i]
		switch id := deref(w.WorkspaceId); {
		case id == a.WorkspaceID && w.State != types.WorkspaceStateTerminated:
			h.source = w
		case id == a.TargetID && id != "" && a.owns(w):
			if w.State == types.WorkspaceStateTerminating || w.State == types.WorkspaceStateTerminated {
				h.targetIsLeaving = true
				continue
			}
			h.target, h.targetSeen = w, true
		}
	}
	h.sourceAbsent++
	if h.source != nil {
		h.sourceAbsent = 0
	}
	h.targetAbsent++
	if h.target != nil || h.targetIsLeaving {
		h.targetAbsent = 0
	}
}

// owns tells whether a WorkSpace with the target's ID can be the target. What is not known
// does not speak against it, and neither do upper and lower case.
func (a *Attempt) owns(w *types.Workspace) bool {
	fits := func(has *string, want string) bool {
		return has == nil || want == "" || strings.EqualFold(*has, want)
	}
	return fits(w.UserName, a.UserName) && fits(w.DirectoryId, a.DirectoryID) && fits(w.BundleId, a.BundleID)
}

func (h *history) status(a *Attempt, hourIsOver bool) (Status, string) {
	works := func(w *types.Workspace) bool {
		return w != nil && (w.State == types.WorkspaceStateAvailable || w.State == types.WorkspaceStateStopped)
	}
	restored := h.source != nil && (works(h.source) || h.source.State == types.WorkspaceStateError)
	bundle := ""
	if h.source != nil {
		bundle = deref(h.source.BundleId)
	}
	switch {
	case works(h.source) && bundle == a.BundleID && bundle != a.SourceBundleID:
		return StatusSucceeded, a.WorkspaceID
	case works(h.target) && h.source == nil:
		return StatusSucceeded, a.TargetID
	case restored && (h.targetIsLeaving || h.targetSeen && h.targetAbsent >= 2):
		return StatusRolledBack, a.WorkspaceID
	case !hourIsOver:
		return StatusPending, ""
	case restored && !h.targetSeen:
		return StatusSilent, a.WorkspaceID
	case h.sourceAbsent >= 2 && h.targetAbsent >= 2:
		return StatusLost, ""
	}
	return StatusOverdue, ""
}

// Ended tells whether a later look cannot change the status.
func (s Status) Ended() bool {
	switch s {
	case StatusSucceeded, StatusRolledBack, StatusSilent, StatusLost:
		return true
	}
	return false
}
