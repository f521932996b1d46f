package bundles

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

const (
	modePath    rule.Path = "RunningMode"
	minutesPath rule.Path = "RunningModeAutoStopTimeoutInMinutes"
)

// CheckRunningMode tells whether a request may name a running mode and an AutoStop time in
// minutes; an empty mode and a nil time are not in the request. The time goes with
// AUTO_STOP alone, and is a positive multiple of 60; that 0 is refused, where it was meant
// as no time, is what users met. The answer is open for MANUAL, which is for accounts that
// are allow-listed for WorkSpaces Core, for a mode that the edition does not know, and for a
// time without a mode.
func (r Rules) CheckRunningMode(mode types.RunningMode, minutes *int32) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.runningMode(&a, mode, minutes)
	return a.concluded(), nil
}

func (r Rules) runningMode(a *Answer, mode types.RunningMode, minutes *int32) {
	switch mode {
	case "":
		if minutes != nil {
			a.lacks(modePath, "without a running mode it is not known whether an AutoStop time applies")
		}
	case types.RunningModeAlwaysOn:
	case types.RunningModeAutoStop:
	case types.RunningModeManual:
		a.lacks(modePath, "MANUAL is for accounts that are allow-listed for WorkSpaces Core")
	default:
		a.undocumented(modePath, fmt.Sprintf("no document names the running mode %q", mode))
		return
	}
	if minutes == nil {
		return
	}
	switch {
	case mode == types.RunningModeAlwaysOn || mode == types.RunningModeManual:
		r.broken(a, AutoStopMinutesNotApplicable, minutesPath, fmt.Sprintf("%d: an AutoStop time does not go with %s", *minutes, mode))
	case *minutes <= 0 || *minutes%60 != 0:
		r.broken(a, AutoStopMinutes, minutesPath, fmt.Sprintf("%d is not a positive multiple of 60", *minutes))
	}
}
