package bundles

import (
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// selfService are the operations that a directory can give to its users.
var selfService = []Operation{Reboot, Rebuild, ModifyVolumes, ModifyCompute, ModifyMode}

// selfServiceCap is what users may grow volumes to, in GiB. Guide of April 2020, "Enable
// Self-Service WorkSpace Management"; the same in the newest reading.
var selfServiceCap = Volumes{Root: 175, User: 100}

// CheckSelfService tells whether users of a WorkSpace whose directory gives them an
// operation can ask for it at now, changing what p names; p is nil for operations that
// change no property. It is CheckOperation and CheckModify, with what holds for users
// alone: volumes up to 175 and 100 GiB, 6 hours since the launch before a change of volumes
// or compute type and 12 before a rebuild, AlwaysOn and AutoStop as running modes. What
// CheckModify finds stands in front. An unknown operation is a *rule.InputError, and so are
// properties that the operation does not change.
func (r Rules) CheckSelfService(op Operation, w Workspace, p *types.WorkspaceProperties, now time.Time) (Answer, error) {
	a, err := r.CheckOperation(op, w)
	if err == nil && p != nil {
		if !op.changes(p) {
			return Answer{}, &rule.InputError{Path: properties, Value: string(op), Reason: "does not change them"}
		}
		a, err = r.CheckModify(w, *p, now)
	}
	if err != nil {
		return Answer{}, err
	}
	switch {
	case !r.inForce(SelfServiceRefuses):
		a.undocumented("", "no document of the edition speaks of self-service")
	case !slices.Contains(selfService, op):
		r.broken(&a, SelfServiceRefuses, "Operation", fmt.Sprintf("users cannot be given %s", op))
	case op == Rebuild:
		r.waitedSinceLaunch(&a, BeforeOwnRebuild, SelfServiceTooSoon, "Operation", w.History, now)
	case op == ModifyVolumes || op == ModifyCompute:
		r.waitedSinceLaunch(&a, BeforeSelfService, SelfServiceTooSoon, "Operation", w.History, now)
	}
	if p != nil {
		r.selfServiceProperties(&a, p)
	}
	return a.concluded(), nil
}

// changes reports whether the operation is to change what p names, and that alone.
func (op Operation) changes(p *types.WorkspaceProperties) bool {
	q := *p
	switch op {
	case ModifyVolumes:
		q.RootVolumeSizeGib, q.UserVolumeSizeGib = nil, nil
	case ModifyCompute:
		q.ComputeTypeName = ""
	case ModifyMode:
		q.RunningMode, q.RunningModeAutoStopTimeoutInMinutes = "", nil
	case ModifyProtocol:
		q.Protocols = nil
	}
	return q.RootVolumeSizeGib == nil && q.UserVolumeSizeGib == nil && q.ComputeTypeName == "" && q.RunningMode == "" &&
		q.RunningModeAutoStopTimeoutInMinutes == nil && q.Protocols == nil && q.OperatingSystemName == "" && q.GlobalAccelerator == nil
}

func (r Rules) selfServiceProperties(a *Answer, p *types.WorkspaceProperties) {
	if n := deref(p.RootVolumeSizeGib); n > selfServiceCap.Root {
		r.broken(a, SelfServiceCap, properties.Join(rootSize), fmt.Sprintf("%d GiB is more than the %d GiB that users may ask for", n, selfServiceCap.Root))
	}
	if n := deref(p.UserVolumeSizeGib); n > selfServiceCap.User {
		r.broken(a, SelfServiceCap, properties.Join(userSize), fmt.Sprintf("%d GiB is more than the %d GiB that users may ask for", n, selfServiceCap.User))
	}
	if p.RunningMode == types.RunningModeManual {
		r.broken(a, SelfServiceRefuses, properties.Join(modePath), "users can be given a change of running mode between ALWAYS_ON and AUTO_STOP")
	}
}
