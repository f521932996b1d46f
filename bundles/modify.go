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
// compute type cannot change in one request. No document speaks of other combinations, so that
// the answer is open; to change one property a request is the safe way.
//
// Without a WorkSpace, that is, with the zero Workspace, it tells what is wrong with the
// request alone. What depends on the WorkSpace is open by the input. A request that names no
// property, a size that is not positive, and a negative size of w are a *rule.InputError.
func (r Rules) CheckModify(w Workspace, p types.WorkspaceProperties, now time.Time) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := checkRegion(w.Region); err != nil {
		return rule.Answer{}, err
	}
	err := checkSizes(p.RootVolumeSizeGib, p.UserVolumeSizeGib)
	if err == nil {
		err = w.checkSizes()
	}
	if err != nil {
		return rule.Answer{}, rule.Below(properties, err)
	}
	s := r.s
	resizes := p.RootVolumeSizeGib != nil || p.UserVolumeSizeGib != nil
	var a, asked rule.Answer
	n := 0
	if resizes {
		n++
		s.resize(&asked, &w, Volumes{orElse(p.RootVolumeSizeGib, 0), orElse(p.UserVolumeSizeGib, 0)}, now)
		s.operation(&a, ModifyVolumes, &w)
	}
	if p.ComputeTypeName != "" {
		n++
		s.switchTo(&asked, &w, p.ComputeTypeName, now)
		s.operation(&a, ModifyCompute, &w)
	}
	if p.RunningMode != "" || p.RunningModeAutoStopTimeoutInMinutes != nil {
		n++
		s.runningMode(&asked, p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes)
		s.operation(&a, ModifyMode, &w)
	}
	if p.Protocols != nil {
		n++
		s.protocol(&asked, &w, p.Protocols)
		s.ending(&asked, protocolsPath, EndOfProtocol, string(oneProtocol(p.Protocols)), r.Day(), false)
		s.operation(&a, ModifyProtocol, &w)
	}
	if p.OperatingSystemName != "" {
		n++
		asked.NotDocumented(systemName, "no document speaks of changing the operating system")
	}
	if p.GlobalAccelerator != nil {
		n++
		asked.NotGiven("GlobalAccelerator", "it is the directory's setting that decides")
	}
	switch {
	case n == 0:
		return rule.Answer{}, &rule.InputError{Path: properties, Value: "", Reason: "names no property"}
	case resizes && p.ComputeTypeName != "" && s.rules.Has(VolumeWithComputeType):
		s.rules.Break(&asked, VolumeWithComputeType, computeName, "a volume and the compute type cannot change in one request")
	case n > 1:
		asked.NotDocumented("", fmt.Sprintf("no document says whether one request can change %d properties", n))
	}
	var all rule.Answer
	all.Merge(properties, asked)
	all.Merge("", a)
	return all.Concluded(), nil
}
