package throttle

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// quotaRows are what the guide said about the rate of calls, by date: one row, for it has
// said the same since the section on ThrottlingException appeared. The quotas page only
// repeats the rate, and links to that section.
var quotaRows = []DocumentedQuota{
	{
		Quota: Quota{Rate: 2, Burst: 5},
		Span:  tables.During("2019-10-25", ""),
		Cite:  tables.Cite(troubleshooting, "I receive ThrottlingException errors to some of my API calls", "2019-10-25"),
	},
}

// lastReading stands for the newest reading of the page, in about September 2026.
var lastReading = rule.MustParseEdition("2026-09-10")
