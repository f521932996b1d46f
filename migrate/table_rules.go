package migrate

import (
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The codes of this package.
const (
	// ScenarioRefused: a row of the table of scenarios says that the pair is not available.
	ScenarioRefused rule.Code = "migrate.scenario-refused"
	// TargetWindows7: the target runs Windows 7.
	TargetWindows7 rule.Code = "migrate.target-windows-7"
	// BYOLToIncluded: a BYOL WorkSpace is to get a public or custom bundle.
	BYOLToIncluded rule.Code = "migrate.byol-to-included"
	// IncludedToBYOL: a WorkSpace of a public or custom bundle is to get a BYOL bundle.
	IncludedToBYOL rule.Code = "migrate.included-to-byol"
	// PlusMismatch: one of the bundles is a Plus bundle and the other is not.
	PlusMismatch rule.Code = "migrate.plus-mismatch"
	// LinuxUnsupported: the source runs Linux.
	LinuxUnsupported rule.Code = "migrate.linux-unsupported"
	// LinuxTargetUnsupported: the target runs a Linux that is a source only.
	LinuxTargetUnsupported rule.Code = "migrate.linux-target-unsupported"
	// SameBundle: the target bundle is the one that the WorkSpace has.
	SameBundle rule.Code = "migrate.same-bundle"
	// OtherRegion: source and target are in different Regions.
	OtherRegion rule.Code = "migrate.other-region"
	// GraphicsToDCV: a GPU family that streams by PCoIP only is to stream by DCV.
	GraphicsToDCV rule.Code = "migrate.graphics-to-dcv"
	// GraphicsUnsupported: the target's GPU family has not the protocol or system.
	GraphicsUnsupported rule.Code = "migrate.graphics-unsupported"
	// BYOPToOther: a WorkSpace with its own protocol is to stream by PCoIP or DCV.
	BYOPToOther rule.Code = "migrate.byop-to-other"
	// ADToEntra: a WorkSpace joined to Active Directory is to be joined to Entra ID.
	ADToEntra rule.Code = "migrate.ad-to-entra"
	// Windows7ToWindows11: Windows 7 is to become Windows 11 in one step.
	Windows7ToWindows11 rule.Code = "migrate.windows-7-to-windows-11"
	// ValueToWindows11: a Value WorkSpace is to run Windows 11.
	ValueToWindows11 rule.Code = "migrate.value-to-windows-11"

	// StateNotListed: the WorkSpace is in none of the states in which it can be migrated.
	StateNotListed rule.Code = "migrate.state-not-listed"
	// InAdminMaintenance: the WorkSpace is in ADMIN_MAINTENANCE.
	InAdminMaintenance rule.Code = "migrate.in-admin-maintenance"
	// LinuxNotAvailable: the WorkSpace runs Linux and is not AVAILABLE.
	LinuxNotAvailable rule.Code = "migrate.linux-not-available"
	// LinuxForestTrust: the WorkSpace runs Linux in a directory with a forest trust.
	LinuxForestTrust rule.Code = "migrate.linux-forest-trust"
	// NoSnapshot: there is no snapshot of the user volume to make the new one from.
	NoSnapshot rule.Code = "migrate.no-snapshot"
	// SnapshotStale: the newest snapshot is older than the interval at which they are made.
	SnapshotStale rule.Code = "migrate.snapshot-stale"
	// UserConnected: somebody is connected, and loses what is not in the snapshot.
	UserConnected rule.Code = "migrate.user-connected"
	// NoFreeAddress: the subnet has no address for the new WorkSpace.
	NoFreeAddress rule.Code = "migrate.no-free-address"
	// KeyLacksGrants: the KMS key has not the grants left that a new WorkSpace needs.
	KeyLacksGrants rule.Code = "migrate.key-lacks-grants"
	// ModificationInProgress: the WorkSpace's properties are being modified.
	ModificationInProgress rule.Code = "migrate.modification-in-progress"
	// IsStandby: the WorkSpace is a standby WorkSpace.
	IsStandby rule.Code = "migrate.is-standby"
	// InMaintenanceWindow: the migration may run into a maintenance window.
	InMaintenanceWindow rule.Code = "migrate.in-maintenance-window"

	// VolumesOutsideGroups: the volumes after the migration are a pair that cannot be chosen
	// elsewhere.
	VolumesOutsideGroups rule.Code = "migrate.volumes-outside-groups"
)

const (
	bestPractices = "Best practices"
	happens       = "What happens during migration"
)

// ruleRows are the limits that deny, and the rest in the order of the codes.
var ruleRows = slices.Concat(denials(limitRows), []rule.Row{
	{Code: ScenarioRefused, Level: rule.Must, Span: tables.During(launch, ""), Cite: tables.Cite(page, scenarios, launch)},

	// MigrateWorkspace models no error for a wrong state; the page asks for these three.
	{Code: StateNotListed, Level: rule.Must, Span: tables.During(april, ""), Cite: tables.Cite(guide, bestPractices, april)},
	{Code: InAdminMaintenance, Level: rule.Must, Span: tables.During(april, ""), Cite: tables.Cite(guide, bestPractices, april)},
	{Code: LinuxNotAvailable, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(linuxPage, "Prerequisites", lastReading)},
	{Code: LinuxForestTrust, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(linuxPage, "Prerequisites", lastReading)},

	// Whether a WorkSpace without a snapshot is refused or loses everything is not said. The
	// page asks for 12 hours so that there is one; that an older one is a bad sign, since one
	// is made every 12 hours, is a reading.
	{Code: NoSnapshot, Level: rule.Should, Span: tables.During(april, ""), Cite: tables.Cite(guide, bestPractices, april)},
	{Code: SnapshotStale, Level: rule.Should, Span: tables.During(april, ""), Cite: tables.Cite(guide, bestPractices, april)},
	{Code: UserConnected, Level: rule.Should, Span: tables.During(april, ""), Cite: tables.Cite(guide, bestPractices, april)},
	{Code: NoFreeAddress, Level: rule.Must, Span: tables.During(april, ""), Cite: tables.Cite(guide, bestPractices, april)},

	// The pages on migration do not mention keys: that the new WorkSpace takes grants as
	// any encrypted WorkSpace does is a reading.
	{Code: KeyLacksGrants, Level: rule.Should, Span: tables.During("2021-01-23", ""), Cite: tables.Cite(encryptPage, "How WorkSpaces uses AWS KMS", "2021-01-23")},
	{Code: ModificationInProgress, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(modifyAPI, "OperationInProgressException", lastReading)},
	{Code: IsStandby, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(standbyPage, "Limitations", lastReading)},

	// In the window the state is MAINTENANCE, from which a WorkSpace cannot be migrated.
	{Code: InMaintenanceWindow, Level: rule.Should, Span: tables.During(april, ""), Cite: tables.Cite(guide, "WorkSpace maintenance", april)},

	// What becomes of such a pair is not said.
	{Code: VolumesOutsideGroups, Level: rule.Should, Span: tables.During("2020-03-31", ""), Cite: tables.Cite(modifyPage, "Modify volume sizes", "2020-03-31")},
})

// denials returns the rows of the codes that statements have.
func denials(statements []statement) (rows []rule.Row) {
	for _, s := range statements {
		if s.code != "" {
			rows = append(rows, rule.Row{Code: s.code, Level: rule.Must, Span: s.span, Cite: s.cite})
		}
	}
	return rows
}
