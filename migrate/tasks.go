package migrate

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Task is something to be done beside a migration.
type Task string

const (
	// LeaveValue: change the compute type from Value to another one first.
	LeaveValue Task = "leave-value"
	// UseDCVBundle: a BYOL bundle for DCV must have been made to be the target. Nothing in the
	// API tells the protocol of a bundle.
	UseDCVBundle Task = "use-dcv-bundle"
	// LogIn: the user must log in at least once before the next migration.
	LogIn Task = "log-in"
)

// A taskRow says since when a task is asked for.
type taskRow struct {
	task Task
	tables.Dated
}

var tasks = tables.Table[taskRow]{
	Name: "tasks",
	Key:  func(r taskRow) string { return string(r.task) },
	Lists: func(r taskRow) []rule.Parameter {
		return []rule.Parameter{{Name: "step " + string(r.task), Value: "asked for"}}
	},
	Rows: []taskRow{
		{LeaveValue, tables.Since(page, personalIntro, autumn2025, "")},
		{UseDCVBundle, tables.Since(page, launchLimits, "2021-05-07", "")},
		{LogIn, tables.Since(page, personalIntro, autumn2025, "")},
	},
}

// TaskCitation returns where the edition asks for a task, and whether it does.
func (r Rules) TaskCitation(t Task) (rule.Citation, bool) {
	if r.s == nil {
		return rule.Citation{}, false
	}
	cite, ok := r.s.tasks[t]
	return cite, ok
}
