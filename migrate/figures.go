package migrate

import (
	"strconv"
	"time"

	"github.com/wksgo/wks/internal/facts"
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
)

// A figureRow is a figure of an edition: a count, or a time in seconds.
type figureRow struct {
	figure figure
	n      int
	tables.Dated
}

var figures = tables.Table[figureRow]{
	Name: "figures",
	Key:  func(r figureRow) string { return string(r.figure) },
	Lists: func(r figureRow) []rule.Parameter {
		p := rule.Parameter{Name: string(r.figure), Value: tables.Time(time.Duration(r.n) * time.Second)}
		switch r.figure {
		case batch:
			p.Value = strconv.Itoa(r.n)
		case snapshotInterval:
			p.Rules = []rule.Code{SnapshotStale}
		}
		return []rule.Parameter{p}
	},
	Rows: []figureRow{
		{batch, 25, tables.Since(page, bestPractices, launch, "")},
		{longest, 3600, tables.Since(page, intro, launch, "")},
		{silence, 3600, tables.Since(page, launchLimits, launch, "")},
		{snapshotInterval, 12 * 3600, tables.Dated{Span: tables.During(launch, ""), Cite: tables.Cite(facts.FAQ, "How is a user’s data backed up?", facts.ReadFAQ)}},
	},
}
