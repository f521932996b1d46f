package migrate

import (
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about a WorkSpace that is to be migrated. [Catalogue] explains them.
const (
	StateNotListed         rule.Code = "migrate.state-not-listed"
	InAdminMaintenance     rule.Code = "migrate.in-admin-maintenance"
	LinuxNotAvailable      rule.Code = "migrate.linux-not-available"
	LinuxForestTrust       rule.Code = "migrate.linux-forest-trust"
	NoSnapshot             rule.Code = "migrate.no-snapshot"
	SnapshotStale          rule.Code = "migrate.snapshot-stale"
	UserConnected          rule.Code = "migrate.user-connected"
	NoFreeAddress          rule.Code = "migrate.no-free-address"
	KeyLacksGrants         rule.Code = "migrate.key-lacks-grants"
	ModificationInProgress rule.Code = "migrate.modification-in-progress"
	IsStandby              rule.Code = "migrate.is-standby"
	InMaintenanceWindow    rule.Code = "migrate.in-maintenance-window"
)

const bestPractices = "Best Practices" // since 2021-09-03 without capitals

var readyRules = []tables.Rule{
	{
		// MigrateWorkspace models no error for a wrong state. The page asks for these three among its best
		// practices, and calls only ADMIN_MAINTENANCE impossible.
		Code:      StateNotListed,
		Title:     "The WorkSpace is in none of the states in which it can be migrated.",
		Remedy:    "Bring the WorkSpace into AVAILABLE, STOPPED or ERROR first.",
		Revisions: []rule.Revision{tables.Should(page, bestPractices, launch, "")},
	},
	{
		Code:      InAdminMaintenance,
		Title:     "The WorkSpace is in ADMIN_MAINTENANCE.",
		Remedy:    "End ADMIN_MAINTENANCE first.",
		Revisions: []rule.Revision{tables.Must(page, bestPractices, launch, "")},
	},
	{
		Code:      LinuxNotAvailable,
		Title:     "The WorkSpace runs Linux and is not AVAILABLE.",
		Remedy:    "Start the WorkSpace, and wait until it is AVAILABLE.",
		Revisions: []rule.Revision{tables.Must(linuxPage, "Prerequisites", spring2026, "")},
	},
	{
		Code:      LinuxForestTrust,
		Title:     "The WorkSpace runs Linux in a directory with a forest trust.",
		Remedy:    "Keep the WorkSpace, or launch a new one.",
		Revisions: []rule.Revision{tables.Must(linuxPage, "Prerequisites", spring2026, "")},
	},
	{
		// Whether a WorkSpace without a snapshot is refused or loses everything is not said. The page
		// asks for 12 hours so that there is one.
		Code:      NoSnapshot,
		Title:     "There is no snapshot of the user volume to make the new one from.",
		Remedy:    "Wait until DescribeWorkspaceSnapshots lists a snapshot of the user volume.",
		Revisions: []rule.Revision{tables.Should(page, bestPractices, launch, "")},
	},
	{
		// That an older one is a bad sign, since one is made every 12 hours, is a reading.
		Code:      SnapshotStale,
		Title:     "The newest snapshot is older than the interval at which they are made.",
		Remedy:    "Wait for a newer snapshot, and let users save elsewhere what they cannot lose.",
		Revisions: []rule.Revision{tables.Should(page, bestPractices, launch, "")},
	},
	{
		Code:      UserConnected,
		Title:     "Somebody is connected, and loses what is not in the snapshot.",
		Remedy:    "Let the user log off before a snapshot is made, and migrate after it.",
		Revisions: []rule.Revision{tables.Should(page, bestPractices, launch, "")},
	},
	{
		Code:      NoFreeAddress,
		Title:     "The subnet has no address for the new WorkSpace.",
		Remedy:    "Free an address in the subnet.",
		Revisions: []rule.Revision{tables.Must(page, bestPractices, launch, "")},
	},
	{
		// The pages on migration do not mention keys: that the new WorkSpace takes grants as any
		// encrypted WorkSpace does is a reading.
		Code:   KeyLacksGrants,
		Title:  "The KMS key has not the grants left that a new WorkSpace needs.",
		Remedy: "Free grants of the key, or request an increase of the quota.",
		Revisions: []rule.Revision{
			{Level: rule.Should, Span: tables.During(launch, "2021-01-23"), Cite: tables.Cite(facts.KMSServices, grantsSection, "2017-11-15")},
			tables.Should(encryptPage, grantsSection, "2021-01-23", ""),
		},
	},
	{
		Code:      ModificationInProgress,
		Title:     "The WorkSpace's properties are being modified.",
		Remedy:    "Wait until the modification has ended.",
		Revisions: []rule.Revision{tables.Must(model, "MigrateWorkspace", "2020-01-10", "")},
	},
	{
		Code:      IsStandby,
		Title:     "The WorkSpace is a standby WorkSpace.",
		Remedy:    "Migrate another WorkSpace than the standby one.",
		Revisions: []rule.Revision{tables.Must(standbyPage, "Limitations", autumn2025, "")},
	},
	{
		// The page does not speak of migrations: this is a reading. In the window of AutoStop the state is
		// MAINTENANCE, from which a WorkSpace cannot be migrated; in that of AlwaysOn a WorkSpace might be
		// unavailable. The page is older than migrations, which begin the rule.
		Code:      InMaintenanceWindow,
		Title:     "The migration may run into a maintenance window.",
		Remedy:    "Migrate outside of the maintenance window.",
		Revisions: []rule.Revision{{Level: rule.Should, Span: tables.During(launch, ""), Cite: tables.Cite(windowsPage, "Maintenance Windows for AutoStop Workspaces", "2019-07-08")}},
	},
}

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
	ForestTrust   YesNo          // of the directory; it matters to Linux
	FreeAddresses *int           // in the subnet of the new WorkSpace; nil if not known
	FreeGrants    *int           // that the KMS key can still take; nil if not known
	Location      *time.Location // of the maintenance window; nil if not known
	// Created is when the WorkSpace was created. Since 2026-08-25 the guide counts a rebuild and a migration alike,
	// and not a restore; before, it does not say what they do. It is zero if it is not known.
	Created time.Time
}

// Grants returns how many grants on its KMS key a WorkSpace takes: one for WorkSpaces and one for
// each encrypted volume, and none without encryption. Every edition says the same.
func Grants(rootEncrypted, userEncrypted bool) int {
	return snapshots.Newest().grants.Of(rootEncrypted, userEncrypted)
}

// CheckReady checks a WorkSpace just before its migration. What is right an hour before may
// be wrong now, so the run of a plan asks again. Violations and open questions are in the order of
// the fields of Situation; paths are spelled as the API spells them. What the Situation does not
// tell is open, if the edition has the rule that needs it. It allocates nothing for a WorkSpace
// that is ready and of which everything is known. The error is a *rule.InputError without a
// Situation or its At, and for a negative number.
func (r Rules) CheckReady(s *Situation) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if s == nil || s.At.IsZero() {
		return rule.Answer{}, &rule.InputError{Path: "At", Reason: "is needed"}
	}
	if n := s.FreeAddresses; n != nil && *n < 0 {
		return rule.Answer{}, &rule.InputError{Path: "FreeAddresses", Value: fmt.Sprint(*n), Reason: "is negative"}
	}
	if n := s.FreeGrants; n != nil && *n < 0 {
		return rule.Answer{}, &rule.InputError{Path: "FreeGrants", Value: fmt.Sprint(*n), Reason: "is negative"}
	}
	var a rule.Answer
	r.s.checkState(&a, s)
	r.s.checkCopies(&a, s)
	r.s.checkRoom(&a, s)
	r.s.checkWindow(&a, s)
	return a.Concluded(), nil
}

// asks notes that the input does not tell what the rule of c needs, if the edition has the rule.
func (s *snapshot) asks(a *rule.Answer, c rule.Code, at rule.Path, missing string) {
	if s.rules.Has(c) {
		a.NotGiven(at, missing)
	}
}

func (r *snapshot) checkState(a *rule.Answer, s *Situation) {
	w := &s.Workspace
	os := (&Desktop{OS: osOf(w)}).osSet()
	switch w.State {
	case types.WorkspaceStateAvailable:
	case types.WorkspaceStateStopped, types.WorkspaceStateError:
		if os.in(linux) == yes {
			r.rules.Break(a, LinuxNotAvailable, "State", "is %s; a Linux WorkSpace must be AVAILABLE", w.State)
		} else if os.in(linux) == perhaps {
			r.asks(a, LinuxNotAvailable, "WorkspaceProperties.OperatingSystemName", "the operating system is not known")
		}
	case types.WorkspaceStateAdminMaintenance:
		r.rules.Break(a, InAdminMaintenance, "State", "is ADMIN_MAINTENANCE")
	default:
		if !slices.Contains(w.State.Values(), w.State) {
			if r.rules.Has(StateNotListed) {
				a.NotDocumented("State", fmt.Sprintf("no document speaks of the state %q", rule.Shorten(string(w.State))))
			}
			break
		}
		r.rules.Break(a, StateNotListed, "State", "is %s, and the page asks for AVAILABLE, STOPPED or ERROR", w.State)
		if os.in(linux) == yes && r.rules.Has(LinuxNotAvailable) {
			r.rules.Break(a, LinuxNotAvailable, "State", "is %s; a Linux WorkSpace must be AVAILABLE", w.State)
			break
		}
		a.NotDocumented("State", "no document says what a migration in the state "+string(w.State)+" does")
	}
	for i, m := range w.ModificationStates {
		if m.State == types.ModificationStateEnumUpdateInitiated || m.State == types.ModificationStateEnumUpdateInProgress {
			r.rules.Break(a, ModificationInProgress, rule.Path("ModificationStates").Index(i), "%s is being modified", m.Resource)
		}
	}
	for i, related := range w.RelatedWorkspaces {
		if related.Type == types.StandbyWorkspaceRelationshipTypePrimary {
			r.rules.Break(a, IsStandby, rule.Path("RelatedWorkspaces").Index(i), "the WorkSpace is a standby of this primary")
		}
	}
	if os.in(linux) != no {
		switch s.ForestTrust {
		case Yes:
			if os.in(linux) == yes {
				r.rules.Break(a, LinuxForestTrust, "ForestTrust", "the directory has a forest trust")
				break
			}
			r.asks(a, LinuxForestTrust, "WorkspaceProperties.OperatingSystemName", "the operating system is not known")
		case Unknown:
			r.asks(a, LinuxForestTrust, "ForestTrust", "whether the directory has a forest trust is not known")
		}
	}
}

func (r *snapshot) checkCopies(a *rule.Answer, s *Situation) {
	newest, ok := newestSnapshot(s.Snapshots)
	interval := r.seconds(snapshotInterval)
	switch {
	case s.Snapshots == nil:
		r.asks(a, NoSnapshot, "RebuildSnapshots", "the snapshots are not known")
	case !ok:
		r.rules.Break(a, NoSnapshot, "RebuildSnapshots", "there is no snapshot of the user volume")
	case s.At.Sub(newest) > interval:
		detail := fmt.Sprintf("the newest is of %s, over %s old", newest.UTC().Format(time.RFC3339), interval)
		if (&Desktop{OS: osOf(&s.Workspace)}).osSet().in(linux) != yes { // the page on Linux has the volume attached as it is
			detail += ": what came later is lost"
		}
		r.rules.Break(a, SnapshotStale, "RebuildSnapshots", "%s", detail)
	}
	switch s.Connection {
	case types.ConnectionStateConnected:
		r.rules.Break(a, UserConnected, "ConnectionState", "a user is connected")
	case "":
		r.asks(a, UserConnected, "ConnectionState", "whether a user is connected is not known")
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

func (r *snapshot) checkRoom(a *rule.Answer, s *Situation) {
	switch {
	case s.FreeAddresses == nil:
		r.asks(a, NoFreeAddress, "AvailableIpAddressCount", "the free addresses of the subnet are not known")
	case *s.FreeAddresses == 0:
		r.rules.Break(a, NoFreeAddress, "SubnetId", "the subnet has no free address")
	}
	need := r.grants.Of(enabled(s.Workspace.RootVolumeEncryptionEnabled), enabled(s.Workspace.UserVolumeEncryptionEnabled))
	switch {
	case need == 0:
	case s.FreeGrants == nil:
		r.asks(a, KeyLacksGrants, "VolumeEncryptionKey", "the grants that the key can still take are not known")
	case *s.FreeGrants < need:
		r.rules.Break(a, KeyLacksGrants, "VolumeEncryptionKey", "the key has %d grants left, and the new WorkSpace takes %d", *s.FreeGrants, need)
	}
}

// checkWindow reports a maintenance window that is open while the migration may last. A running
// mode without windows has none.
func (r *snapshot) checkWindow(a *rule.Answer, s *Situation) {
	if !r.rules.Has(InMaintenanceWindow) || s.Workspace.WorkspaceProperties == nil {
		return
	}
	mode := string(s.Workspace.WorkspaceProperties.RunningMode)
	i := slices.IndexFunc(r.windows, func(w facts.MaintenanceWindow) bool { return w.Mode == mode })
	if i < 0 {
		return
	}
	w := r.windows[i]
	if s.Location == nil {
		a.NotGiven("TimeZone", "the time zone of the maintenance window is not known")
		return
	}
	from := s.At
	if w.OlderThan > 0 && !s.Created.IsZero() && s.Created.Add(w.OlderThan).After(from) {
		from = s.Created.Add(w.OlderThan) // until then it is not maintained
	}
	if opens, ok := w.During(s.At.In(s.Location), from, r.seconds(longest)); ok {
		zone := "the Region"
		if w.OwnZone {
			zone = "the WorkSpace"
		}
		r.rules.BreakBy(a, w.Cite, InMaintenanceWindow, "At", "the window from %s is open within an hour, in the time zone of %s", opens.Format(time.RFC3339), zone)
	}
}

func enabled(b *bool) bool { return b != nil && *b }

func osOf(w *types.Workspace) types.OperatingSystemName {
	if w.WorkspaceProperties == nil {
		return ""
	}
	return w.WorkspaceProperties.OperatingSystemName
}
