package facts

import "github.com/wksgo/wks/internal/tables"

// A CallQuota is how many calls of the API an account may make.
type CallQuota struct {
	Rate  int // calls a second
	Burst int // calls at once
	tables.Dated
}

// CallQuotas are what the guide said about the rate of calls, by date. It has said the same
// since the section on ThrottlingException appeared.
var CallQuotas = tables.Table[CallQuota]{
	Name: "calls",
	Rows: []CallQuota{
		{2, 5, tables.Since(Troubleshooting, "I receive ThrottlingException errors to some of my API calls", "2019-10-25", "")},
	},
}
