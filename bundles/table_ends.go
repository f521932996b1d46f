package bundles

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// ends is the shared table, with the rules of this package that use it.
func ends() tables.Facts {
	t := facts.Ends
	t.Lists = func(e facts.End) []rule.Parameter {
		codes := endCodes[EndKind(e.Kind)]
		list := parameter("last day of "+e.What, e.Text(), codes.ends, codes.ended)
		if e.Closed != "" {
			who := "to everybody"
			if e.NewCustomers {
				who = "to new customers"
			}
			list = append(list, parameter(e.What+" is closed "+who, "from "+e.Closed, codes.closed)...)
		}
		return list
	}
	return t
}

// endOf returns a row of the shared table as the API of this package has it.
func endOf(row facts.End) End {
	e := End{Kind: EndKind(row.Kind), What: row.What, Name: row.Name, Last: rule.MustParseEdition(row.Last), Uncertain: !row.OnLast, NewCustomers: row.NewCustomers, Cite: row.Cite}
	if row.Closed != "" {
		e.Closed = rule.MustParseEdition(row.Closed)
	}
	return e
}

// pools is when there are WorkSpaces Pools.
var pools = tables.Table[tables.Dated]{
	Name: "WorkSpaces Pools",
	Rows: []tables.Dated{tables.Since(historyPage, "WorkSpaces Pools is now available", "2024-06-27", "")},
}
