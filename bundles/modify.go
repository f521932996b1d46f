package bundles

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// CheckModify tells whether ModifyWorkspaceProperties would do what p asks of w at now. It
// is CheckResize, CheckSwitch and CheckRunningMode, with the change of the protocol, for
// whatever p names; paths of properties start with WorkspaceProperties. A volume and the
// compute type cannot change in one request; of other combinations no document speaks, so
// that the answer is open, and one property a request is the safe way.
//
// Without a WorkSpace, that is, with the zero Workspace, it tells what is wrong with the
// request alone; what depends on the WorkSpace is open, as Open.Input says. A request that
// names no property is a *rule.InputError.
func (r Rules) CheckModify(w Workspace, p types.WorkspaceProperties, now time.Time) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	to := Volumes{deref(p.RootVolumeSizeGib), deref(p.UserVolumeSizeGib)}
	resizes := p.RootVolumeSizeGib != nil || p.UserVolumeSizeGib != nil
	if err := checkSizes(p.RootVolumeSizeGib, p.UserVolumeSizeGib); err != nil {
		return Answer{}, below(properties, err)
	}
	mode := p.RunningMode != "" || p.RunningModeAutoStopTimeoutInMinutes != nil
	var a Answer
	var asked Answer
	n := 0
	if resizes {
		n++
		r.resize(&asked, &w, to, now)
		r.operation(&a, ModifyVolumes, &w)
	}
	if p.ComputeTypeName != "" {
		n++
		r.switchTo(&asked, &w, p.ComputeTypeName, now)
		r.operation(&a, ModifyCompute, &w)
	}
	if mode {
		n++
		r.runningMode(&asked, p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes)
		r.operation(&a, ModifyMode, &w)
	}
	if p.Protocols != nil {
		n++
		r.protocol(&asked, &w, p.Protocols)
		r.operation(&a, ModifyProtocol, &w)
	}
	if p.OperatingSystemName != "" {
		n++
		asked.undocumented("OperatingSystemName", "no document speaks of changing the operating system")
	}
	if p.GlobalAccelerator != nil {
		n++
		asked.lacks("GlobalAccelerator", "it is the directory's setting that decides")
	}
	switch {
	case n == 0:
		return Answer{}, &rule.InputError{Path: properties, Value: "", Reason: "names no property"}
	case resizes && p.ComputeTypeName != "" && r.inForce(VolumeWithComputeType):
		r.broken(&asked, VolumeWithComputeType, computeName, "a volume and the compute type cannot change in one request")
	case n > 1:
		asked.undocumented("", fmt.Sprintf("no document says whether one request can change %d properties", n))
	}
	var all Answer
	all.merge(properties, asked)
	all.merge("", a)
	return all.concluded(), nil
}

const properties rule.Path = "WorkspaceProperties"

func deref(p *int32) int32 {
	if p == nil {
		return 0
	}
	return *p
}

// below returns an input error as it stands below a path, and another error as it is.
func below(p rule.Path, err error) error {
	input, ok := err.(*rule.InputError)
	if !ok {
		return err
	}
	return &rule.InputError{Path: p.Join(input.Path), Value: input.Value, Reason: input.Reason}
}
