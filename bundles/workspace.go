package bundles

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// A Workspace is what the rules ask about one WorkSpace. A zero field is not known, and
// leaves open what depends on it.
type Workspace struct {
	ComputeType     types.Compute
	Volumes         Volumes
	OperatingSystem types.OperatingSystemName
	Protocol        types.Protocol
	RunningMode     types.RunningMode
	State           types.WorkspaceState
	// Modifications are what DescribeWorkspaces gives as ModificationStates; those that
	// failed are over. It is empty if there is none. They appear some time after the request.
	Modifications []types.ModificationState
	Region        string     // its code, such as us-east-1; DescribeWorkspaces does not tell it
	Standby       bool       // a standby WorkSpace of multi-Region resilience
	Snapshots     *Snapshots // nil: not known
	History       History
}

// Snapshots are what DescribeWorkspaceSnapshots gives.
type Snapshots struct {
	Rebuild []types.Snapshot // of the user volume
	Restore []types.Snapshot // of both volumes
}

// History tells when things were asked for. No API says when a WorkSpace was launched. A
// zero Launched is not known; another zero time means never.
type History struct {
	Launched   time.Time // created; what a rebuild or a migration does, Maintenance.Launched tells
	RootVolume time.Time // last growth of the root volume
	UserVolume time.Time // last growth of the user volume
	Larger     time.Time // last change to a larger compute type
	Smaller    time.Time // last change to a smaller compute type
}

// NewWorkspace takes what DescribeWorkspaces says of a WorkSpace. It says nothing of the
// history, nor of the Region.
func NewWorkspace(d types.Workspace) Workspace {
	w := Workspace{
		State:         d.State,
		Modifications: slices.Clone(d.ModificationStates),
	}
	for _, s := range d.RelatedWorkspaces {
		w.Standby = w.Standby || s.Type == types.StandbyWorkspaceRelationshipTypePrimary
	}
	if p := d.WorkspaceProperties; p != nil {
		w.ComputeType = p.ComputeTypeName
		w.OperatingSystem = p.OperatingSystemName
		w.RunningMode = p.RunningMode
		w.Protocol = oneProtocol(p.Protocols)
		w.Volumes = Volumes{orElse(p.RootVolumeSizeGib, 0), orElse(p.UserVolumeSizeGib, 0)}
	}
	return w
}

// check returns a *rule.InputError for a negative size of a volume, and for a Region that has not the form of
// a code.
func (w *Workspace) check() error {
	if err := checkRegion(w.Region); err != nil {
		return err
	}
	return w.checkSizes()
}

func (w *Workspace) checkSizes() error {
	return w.Volumes.check("is the present size of a volume, and not a size in GiB")
}

// modifying returns the first modification that is not over, if it is one of those asked
// for, or any if none is named.
func (w *Workspace) modifying(resources []types.ModificationResourceEnum) (types.ModificationResourceEnum, bool) {
	for _, m := range w.Modifications {
		if m.State != types.ModificationStateEnumUpdateFailed && (len(resources) == 0 || slices.Contains(resources, m.Resource)) {
			return m.Resource, true
		}
	}
	return "", false
}
