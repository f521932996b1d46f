package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of running modes.
const (
	AutoStopMinutes              rule.Code = "bundles.auto-stop-minutes"
	AutoStopMinutesNotApplicable rule.Code = "bundles.auto-stop-minutes-not-applicable"
)

var modeRules = []tables.Rule{
	// The guide sets the AutoStop time in hours, the model in intervals of 60 minutes.
	{
		Code:      AutoStopMinutes,
		Title:     "An AutoStop time is not a positive multiple of 60 minutes.",
		Remedy:    "Set the AutoStop time to a positive multiple of 60 minutes.",
		Revisions: []rule.Revision{tables.Must(model, "WorkspaceProperties", "2016-08-18", "")},
	},
	// What the service says about a time with AlwaysOn is known from users.
	{
		Code:      AutoStopMinutesNotApplicable,
		Title:     "An AutoStop time is given with another running mode.",
		Remedy:    "Leave the AutoStop time out, or set the running mode to AUTO_STOP.",
		Revisions: []rule.Revision{tables.Must(terraform13776, "Only pass Workspace AutoStopTimeout when running mode is AutoStop", "2020-06-16", "")},
	},
}

// A runningModeRow is a running mode that the model names.
type runningModeRow struct {
	mode types.RunningMode
	tables.Dated
}

var runningModes = tables.Table[runningModeRow]{
	Name: "running mode",
	Key:  func(r runningModeRow) string { return string(r.mode) },
	Rows: []runningModeRow{
		{types.RunningModeAlwaysOn, tables.Since(model, "RunningMode", "2016-08-18", "")},
		{types.RunningModeAutoStop, tables.Since(model, "RunningMode", "2016-08-18", "")},
		{types.RunningModeManual, tables.Since(model, "RunningMode", "2022-10-25", "")},
	},
}

func (s *snapshot) compileRunningModes(e rule.Edition) {
	for _, r := range runningModes.On(e) {
		s.modes = append(s.modes, r.mode)
	}
}

const (
	modePath    rule.Path = "RunningMode"
	minutesPath rule.Path = "RunningModeAutoStopTimeoutInMinutes"
)

// CheckRunningMode tells whether a request may name a running mode and an AutoStop time in
// minutes; an empty mode and a nil time are not in the request. The time goes with AUTO_STOP
// alone, and is a positive multiple of 60. Users met that 0 is refused where it was meant as no
// time. The answer is open for MANUAL, which only accounts may use that are allow-listed for
// WorkSpaces Core, for a mode that the edition does not know, and for a time without a mode.
func (r Rules) CheckRunningMode(mode types.RunningMode, minutes *int32) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.runningMode(&a, mode, minutes)
	return a.Concluded(), nil
}

func (s *snapshot) runningMode(a *rule.Answer, mode types.RunningMode, minutes *int32) {
	switch {
	case mode == "":
		if minutes != nil {
			a.NotGiven(modePath, "without a running mode it is not known whether an AutoStop time applies")
		}
	case !slices.Contains(s.modes, mode):
		a.NotDocumented(modePath, "no document of the edition names the running mode "+quoted(mode))
		return
	case mode == types.RunningModeManual:
		a.NotGiven(modePath, "MANUAL is for accounts that are allow-listed for WorkSpaces Core")
	}
	switch {
	case minutes == nil:
	case mode == types.RunningModeAlwaysOn || mode == types.RunningModeManual:
		s.rules.Break(a, AutoStopMinutesNotApplicable, minutesPath, "%d: an AutoStop time does not go with %s", *minutes, mode)
	case *minutes <= 0 || *minutes%60 != 0:
		s.rules.Break(a, AutoStopMinutes, minutesPath, "%d is not a positive multiple of 60", *minutes)
	}
}
