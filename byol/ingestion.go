package byol

import (
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An ingestionRow is how long an import takes at least, until the image is AVAILABLE.
type ingestionRow struct {
	tables.Dated
	office bool // the import subscribes to Office
	least  time.Duration
}

func (i ingestionRow) name() string {
	if i.office {
		return "ingestion time with Office"
	}
	return "ingestion time"
}

// ingestionTimes are not in the pages before 2020-09-03. Those since 2025 do not speak of Office.
var ingestionTimes = tables.Table[ingestionRow]{
	Name: "ingestion times",
	Key:  ingestionRow.name,
	Lists: func(i ingestionRow) []rule.Parameter {
		return []rule.Parameter{{Name: i.name(), Value: "at least " + tables.Time(i.least)}}
	},
	Rows: []ingestionRow{
		{tables.Since(byolPage, createStep, "2020-09-03", ""), false, 90 * time.Minute},
		{tables.Since(byolPage, createStep, "2020-09-03", autumn2025), true, 3 * time.Hour},
	},
}

// IngestionTime returns how long it takes at least until an image that is imported is AVAILABLE,
// without a subscription to Office or with one, and where that is said. The documents name no
// greatest time. documented is false before 2020-09-03, with Office from 2025-10-21 on, when the
// pages speak of it no more, and for Rules without an edition.
func (r Rules) IngestionTime(office bool) (least time.Duration, by rule.Citation, documented bool) {
	if r.s == nil {
		return 0, rule.Citation{}, false
	}
	for _, i := range r.s.ingestion {
		if i.office == office {
			return i.least, i.Cite, true
		}
	}
	return 0, rule.Citation{}, false
}
