package bundles

import (
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of what users do for themselves.
const (
	SelfServiceCap     rule.Code = "bundles.self-service-cap"
	SelfServiceTooSoon rule.Code = "bundles.self-service-too-soon"
	SelfServiceRefuses rule.Code = "bundles.self-service-refuses"
)

var selfServiceRules = []tables.Rule{
	{
		Code:      SelfServiceCap,
		Title:     "A user may not grow a volume to a size.",
		Remedy:    "Let an administrator grow the volume.",
		Revisions: []rule.Revision{tables.Must(selfServicePage, selfServiceTitle, "2019-01-08", "")},
		Figures:   []tables.Figure{{Name: "root and user volume by self-service, at most", Value: fmt.Sprintf("%d and %d GiB", selfServiceCap.Root, selfServiceCap.User)}},
	},
	{
		Code:      SelfServiceTooSoon,
		Title:     "A user must wait since the launch or the last change.",
		Remedy:    "Wait until the time has passed, or let an administrator make the change.",
		Revisions: []rule.Revision{tables.Must(selfServicePage, selfServiceTitle, "2019-01-08", "")},
	},
	{
		Code:      SelfServiceRefuses,
		Title:     "An operation is not one of those that users can be given.",
		Remedy:    "Let an administrator make the change.",
		Revisions: []rule.Revision{tables.Must(selfServicePage, selfServiceTitle, "2019-01-08", "")},
		Figures:   []tables.Figure{{Name: "operations that users can be given", Value: words(selfService)}},
	},
}

// selfServiceTitle is the title of the page on self-service when it appeared, its only heading.
const selfServiceTitle = "Enable Self-Service WorkSpace Management Capabilities for Your Users"

// selfService are the operations that a directory can give to its users.
var selfService = []Operation{Reboot, Rebuild, ModifyVolumes, ModifyCompute, ModifyMode}

// selfServiceCap is what users may grow volumes to, in GiB, the same since the page on
// self-service appeared.
var selfServiceCap = Volumes{Root: 175, User: 100}

// CheckSelfService tells whether users of a WorkSpace whose directory gives them an
// operation can ask for it at now, changing what p names; p is nil for operations that
// change no property. It is CheckOperation and CheckModify, with what holds for users
// alone: volumes up to 175 and 100 GiB, 6 hours since the launch before a change of volumes
// or compute type and 12 before a rebuild, 6 hours from one larger compute type to the next, which
// administrators did not have to wait from 2020-07-08 to 2021-09-02, AlwaysOn and AutoStop as running modes.
// What CheckModify finds stands in front. An unknown operation is a *rule.InputError, and so are
// properties that the operation does not change, and what CheckModify cannot answer.
func (r Rules) CheckSelfService(op Operation, w Workspace, p *types.WorkspaceProperties, now time.Time) (rule.Answer, error) {
	a, err := r.CheckOperation(op, w)
	if err == nil && p != nil {
		if !op.changes(p) {
			return rule.Answer{}, &rule.InputError{Path: properties, Value: string(op), Reason: "does not change them"}
		}
		a, err = r.CheckModify(w, *p, now)
	}
	if err != nil {
		return rule.Answer{}, err
	}
	s := r.s
	switch {
	case !s.rules.Has(SelfServiceRefuses):
		a.NotDocumented("", "no document of the edition speaks of self-service")
	case !slices.Contains(selfService, op):
		s.rules.Break(&a, SelfServiceRefuses, "Operation", "users cannot be given %s", op)
	case op == Rebuild:
		s.waitedSinceLaunch(&a, BeforeOwnRebuild, SelfServiceTooSoon, "Operation", w.History, now)
	case op == ModifyVolumes || op == ModifyCompute:
		s.waitedSinceLaunch(&a, BeforeSelfService, SelfServiceTooSoon, "Operation", w.History, now)
		if p != nil && Compare(p.ComputeTypeName, w.ComputeType) == Larger {
			s.waited(&a, BetweenOwnLarger, SelfServiceTooSoon, "Operation", w.History.Larger, now)
		}
	}
	if p != nil {
		s.selfServiceProperties(&a, p)
	}
	return a.Concluded(), nil
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

func (s *snapshot) selfServiceProperties(a *rule.Answer, p *types.WorkspaceProperties) {
	const over = "%d GiB is more than the %d GiB that users may ask for"
	if n := orElse(p.RootVolumeSizeGib, 0); n > selfServiceCap.Root {
		s.rules.Break(a, SelfServiceCap, properties.Join(rootSize), over, n, selfServiceCap.Root)
	}
	if n := orElse(p.UserVolumeSizeGib, 0); n > selfServiceCap.User {
		s.rules.Break(a, SelfServiceCap, properties.Join(userSize), over, n, selfServiceCap.User)
	}
	if p.RunningMode == types.RunningModeManual {
		s.rules.Break(a, SelfServiceRefuses, properties.Join(modePath), "users can be given a change of running mode between ALWAYS_ON and AUTO_STOP")
	}
}
