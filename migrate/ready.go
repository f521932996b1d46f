package migrate

import (
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Situation is what is known of a WorkSpace when its migration is to be requested.
type Situation struct {
	// Workspace is as DescribeWorkspaces gives it. State, WorkspaceProperties,
	// ModificationStates, RelatedWorkspaces and the encryption flags are read.
	Workspace types.Workspace
	At        time.Time // of the request
	// Snapshots are the RebuildSnapshots of DescribeWorkspaceSnapshots: nil if nobody
	// asked, and empty but not nil if there is none.
	Snapshots []types.Snapshot
	// Connection is as DescribeWorkspacesConnectionStatus gives it, or empty.
	Connection    types.ConnectionState
	ForestTrust   Answer         // of the directory; it matters to Linux
	FreeAddresses *int           // in the subnet of the new WorkSpace; nil if not known
	FreeGrants    *int           // that the KMS key can still take; nil if not known
	Location      *time.Location // of the maintenance window; nil if not known
	Created       time.Time      // when the WorkSpace was created, rebuilt or migrated; zero if not known
}

// A Readiness is the answer to whether a WorkSpace can be migrated now.
type Readiness struct {
	// Verdict is Denied if a violation is a Must, else Undocumented if Unknown names what
	// could be one, else Allowed.
	Verdict    rule.Verdict
	Violations rule.Violations // in the order of the fields of Situation
	// Unknown names what the Situation does not tell, as the API spells it, in the same
	// order.
	Unknown []rule.Path
}

// Grants returns how many grants on its KMS key a WorkSpace takes: one for WorkSpaces and one for each
// encrypted volume, and none without encryption.
func Grants(rootEncrypted, userEncrypted bool) int {
	n := 0
	for _, encrypted := range []bool{rootEncrypted, userEncrypted} {
		if encrypted {
			n++
		}
	}
	if n > 0 {
		n++
	}
	return n
}

// CheckReady checks a WorkSpace just before its migration. What is right an hour before may
// be wrong now, so the run of a plan asks again. It allocates nothing for a WorkSpace that
// is ready and of which everything is known. The error is a *rule.InputError without At, and
// for a negative number.
func (r Rules) CheckReady(s *Situation) (Readiness, error) {
	if err := r.known(); err != nil {
		return Readiness{}, err
	}
	if s.At.IsZero() {
		return Readiness{}, &rule.InputError{Path: "At", Reason: "is needed"}
	}
	if n := s.FreeAddresses; n != nil && *n < 0 {
		return Readiness{}, &rule.InputError{Path: "FreeAddresses", Value: fmt.Sprint(*n), Reason: "is negative"}
	}
	if n := s.FreeGrants; n != nil && *n < 0 {
		return Readiness{}, &rule.InputError{Path: "FreeGrants", Value: fmt.Sprint(*n), Reason: "is negative"}
	}
	var a Readiness
	r.checkState(&a, s)
	r.checkCopies(&a, s)
	r.checkRoom(&a, s)
	r.checkWindow(&a, s)
	switch {
	case a.Violations.Err() != nil:
		a.Verdict = rule.Denied
	case len(a.Unknown) == 0:
		a.Verdict = rule.Allowed
	}
	return a, nil
}

func (r Rules) report(a *Readiness, c rule.Code, at rule.Path, detail string) {
	a.Violations = r.append(a.Violations, c, at, detail)
}

// lack notes that the edition's rule c cannot be applied.
func (r Rules) lack(a *Readiness, c rule.Code, at rule.Path) {
	if tables.InForce(ruleRows, r.edition, c) {
		a.Unknown = append(a.Unknown, at)
	}
}

func (r Rules) checkState(a *Readiness, s *Situation) {
	w := &s.Workspace
	os := (&Desktop{OS: osOf(w)}).osSet()
	switch w.State {
	case types.WorkspaceStateAvailable:
	case types.WorkspaceStateStopped, types.WorkspaceStateError:
		if os.in(linux) == yes {
			r.report(a, LinuxNotAvailable, "State", fmt.Sprintf("is %s; a Linux WorkSpace must be AVAILABLE", w.State))
		} else if os.in(linux) == maybe {
			r.lack(a, LinuxNotAvailable, "WorkspaceProperties.OperatingSystemName")
		}
	case types.WorkspaceStateAdminMaintenance:
		r.report(a, InAdminMaintenance, "State", "is ADMIN_MAINTENANCE")
	default:
		if !slices.Contains(w.State.Values(), w.State) {
			r.lack(a, StateNotListed, "State")
			break
		}
		r.report(a, StateNotListed, "State", fmt.Sprintf("is %s, and must be AVAILABLE, STOPPED or ERROR", w.State))
	}
	for i, m := range w.ModificationStates {
		if m.State == types.ModificationStateEnumUpdateInitiated || m.State == types.ModificationStateEnumUpdateInProgress {
			r.report(a, ModificationInProgress, rule.Path("ModificationStates").Index(i), fmt.Sprintf("%s is being modified", m.Resource))
		}
	}
	for i, related := range w.RelatedWorkspaces {
		if related.Type == types.StandbyWorkspaceRelationshipTypePrimary {
			r.report(a, IsStandby, rule.Path("RelatedWorkspaces").Index(i), "the WorkSpace is a standby of this primary")
		}
	}
	if os.in(linux) != no {
		switch s.ForestTrust {
		case Yes:
			if os.in(linux) == yes {
				r.report(a, LinuxForestTrust, "ForestTrust", "the directory has a forest trust")
				break
			}
			r.lack(a, LinuxForestTrust, "WorkspaceProperties.OperatingSystemName")
		case Unknown:
			r.lack(a, LinuxForestTrust, "ForestTrust")
		}
	}
}

func (r Rules) checkCopies(a *Readiness, s *Situation) {
	newest, ok := newestSnapshot(s.Snapshots)
	interval := r.seconds(snapshotInterval)
	switch {
	case s.Snapshots == nil:
		r.lack(a, NoSnapshot, "RebuildSnapshots")
	case !ok:
		r.report(a, NoSnapshot, "RebuildSnapshots", "there is no snapshot of the user volume")
	case s.At.Sub(newest) > interval:
		detail := fmt.Sprintf("the newest is of %s, over %s old", newest.UTC().Format(time.RFC3339), interval)
		if (&Desktop{OS: osOf(&s.Workspace)}).osSet().in(linux) != yes { // the page on Linux has the volume attached as it is
			detail += ": what came later is lost"
		}
		r.report(a, SnapshotStale, "RebuildSnapshots", detail)
	}
	switch s.Connection {
	case types.ConnectionStateConnected:
		r.report(a, UserConnected, "ConnectionState", "a user is connected")
	case "":
		r.lack(a, UserConnected, "ConnectionState")
	}
}

// newestSnapshot returns the latest time of a list, in which times may be missing.
func newestSnapshot(list []types.Snapshot) (newest time.Time, ok bool) {
	for _, s := range list {
		if s.SnapshotTime != nil && (!ok || s.SnapshotTime.After(newest)) {
			newest, ok = *s.SnapshotTime, true
		}
	}
	return newest, ok
}

func (r Rules) checkRoom(a *Readiness, s *Situation) {
	switch {
	case s.FreeAddresses == nil:
		r.lack(a, NoFreeAddress, "AvailableIpAddressCount")
	case *s.FreeAddresses == 0:
		r.report(a, NoFreeAddress, "SubnetId", "the subnet has no free address")
	}
	need := Grants(enabled(s.Workspace.RootVolumeEncryptionEnabled), enabled(s.Workspace.UserVolumeEncryptionEnabled))
	switch {
	case need == 0:
	case s.FreeGrants == nil:
		r.lack(a, KeyLacksGrants, "VolumeEncryptionKey")
	case *s.FreeGrants < need:
		r.report(a, KeyLacksGrants, "VolumeEncryptionKey", fmt.Sprintf("the key has %d grants left, and the new WorkSpace takes %d", *s.FreeGrants, need))
	}
}

// checkWindow reports a maintenance window that is open during the hour after the request.
// The window is not known to be one if the running mode has none.
func (r Rules) checkWindow(a *Readiness, s *Situation) {
	var mode types.RunningMode
	if p := s.Workspace.WorkspaceProperties; p != nil {
		mode = p.RunningMode
	}
	for i := range windowRows {
		w := &windowRows[i]
		if w.mode != mode || !w.span.Contains(r.edition) {
			continue
		}
		if s.Location == nil {
			r.lack(a, InMaintenanceWindow, "TimeZone")
			return
		}
		if w.olderThan > 0 && !s.Created.IsZero() && s.At.Sub(s.Created) <= w.olderThan {
			return
		}
		if open, ok := w.during(s.At.In(s.Location), r.seconds(longest)); ok {
			a.Violations = tables.AppendCited(a.Violations, ruleRows, r.edition, InMaintenanceWindow, "At",
				fmt.Sprintf("the window from %s is open within an hour, in the time zone of %s", open.Format(time.RFC3339), w.timeZoneOf), w.cite)
		}
	}
}

// during returns the first window that is open at some moment of [at, at+d].
func (w *windowRow) during(at time.Time, d time.Duration) (open time.Time, ok bool) {
	for day := 0; day <= 1+int(d/(24*time.Hour)); day++ {
		y, m, n := at.Date()
		open = time.Date(y, m, n+day, 0, 0, 0, 0, at.Location())
		end := time.Date(y, m, n+day, w.untilHour, 0, 0, 0, at.Location())
		if w.has(open) && !open.After(at.Add(d)) && end.After(at) {
			return open, true
		}
	}
	return time.Time{}, false
}

// has tells whether a day is one of the window. A window of two weeks from the third
// Monday, which is the 15th to the 21st, may end in the next month.
func (w *windowRow) has(day time.Time) bool {
	if !w.thirdWeek {
		return day.Weekday() == time.Sunday
	}
	y, m, n := day.Date()
	date := time.Date(y, m, n, 0, 0, 0, 0, time.UTC)
	for _, month := range [...]time.Month{m - 1, m} {
		first := time.Date(y, month, 1, 0, 0, 0, 0, time.UTC)
		third := first.AddDate(0, 0, (8-int(first.Weekday()))%7+14)
		if !date.Before(third) && date.Before(third.AddDate(0, 0, 14)) {
			return true
		}
	}
	return false
}

func enabled(b *bool) bool { return b != nil && *b }

func osOf(w *types.Workspace) types.OperatingSystemName {
	if w.WorkspaceProperties == nil {
		return ""
	}
	return w.WorkspaceProperties.OperatingSystemName
}
