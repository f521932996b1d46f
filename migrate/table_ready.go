package migrate

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A figure is a number that the pages give.
type figure string

const (
	batch            figure = "WorkSpaces in a batch"
	longest          figure = "longest migration"
	silence          figure = "time after which an unchanged bundle means failure"
	snapshotInterval figure = "time between snapshots"
	callRate         figure = "calls a second"
	callBurst        figure = "calls in a burst"
)

// A figureRow is a figure of an edition: a count, or a time in seconds.
type figureRow struct {
	figure figure
	n      int
	span   rule.Span
	cite   rule.Citation
}

var figureRows = []figureRow{
	{batch, 25, tables.During(april, ""), tables.Cite(guide, bestPractices, april)},
	{longest, 3600, tables.During(april, ""), tables.Cite(guide, intro, april)},
	{silence, 3600, tables.During(april, ""), tables.Cite(guide, limits, april)},
	{snapshotInterval, 12 * 3600, tables.During(april, ""), tables.Cite(guide, bestPractices, april)},
	{callRate, 2, tables.During(launch, ""), tables.Cite(guide, "API throttling", april)},
	{callBurst, 5, tables.During(launch, ""), tables.Cite(guide, "API throttling", april)},
}

// figure returns a number of the edition, or 0 if it gives none.
func (r Rules) figure(f figure) int {
	for i := range figureRows {
		if row := &figureRows[i]; row.figure == f && row.span.Contains(r.edition) {
			return row.n
		}
	}
	return 0
}

func (r Rules) seconds(f figure) time.Duration { return time.Duration(r.figure(f)) * time.Second }

// A windowRow is when AWS maintains WorkSpaces of a running mode: from midnight to an hour,
// every Sunday, or on each of 14 days from the third Monday of the month.
type windowRow struct {
	mode       types.RunningMode
	thirdWeek  bool
	untilHour  int
	olderThan  time.Duration // only WorkSpaces that are older
	timeZoneOf string
	span       rule.Span
	cite       rule.Citation
}

var windowRows = []windowRow{
	{types.RunningModeAlwaysOn, false, 4, 0, "the WorkSpace", tables.During(april, ""), tables.Cite(guide, "Maintenance windows for AlwaysOn WorkSpaces", april)},
	{types.RunningModeAutoStop, true, 5, 0, "the Region", tables.During(april, lastReading), tables.Cite(guide, "Maintenance windows for AutoStop WorkSpaces", april)},
	{types.RunningModeAutoStop, true, 5, 7 * 24 * time.Hour, "the Region", tables.During(lastReading, ""), tables.Cite(windowsPage, "Maintenance windows for AutoStop WorkSpaces", lastReading)},
}
