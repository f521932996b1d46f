package migrate

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Step is something to be done beside a migration.
type Step string

const (
	// LeaveValue: change the compute type from Value to another one first.
	LeaveValue Step = "leave-value"
	// UseDCVBundle: a BYOL bundle for DCV must have been made to be the target. Nothing in the
	// API tells the protocol of a bundle.
	UseDCVBundle Step = "use-dcv-bundle"
	// LogIn: the user must log in at least once before the next migration.
	LogIn Step = "log-in"
)

// A stepRow says since when a step is asked for.
type stepRow struct {
	step Step
	span rule.Span
	cite rule.Citation
}

var stepRows = []stepRow{
	{LeaveValue, tables.During(lastReading, ""), tables.Cite(page, intro, lastReading)},
	{UseDCVBundle, tables.During("2021-05-07", ""), tables.Cite(page, limits, "2021-05-07")},
	{LogIn, tables.During(lastReading, ""), tables.Cite(page, intro, lastReading)},
}

// StepCitation returns where the edition asks for a step, and whether it does.
func (r Rules) StepCitation(s Step) (rule.Citation, bool) {
	for i := range stepRows {
		if row := &stepRows[i]; row.step == s && row.span.Contains(r.edition) {
			return row.cite, true
		}
	}
	return rule.Citation{}, false
}
