package bundles

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// SimpleADClosed is the rule of new customers of Simple AD.
const SimpleADClosed rule.Code = "bundles.simple-ad-closed"

var simpleADRules = []tables.Rule{{
	Code:      SimpleADClosed,
	Title:     "Simple AD takes no new customers after 2026-07-30.",
	Remedy:    "Use AWS Managed Microsoft AD, or AD Connector with a directory of your own.",
	Revisions: []rule.Revision{tables.Must(simpleADPage, "Create a Simple AD directory for WorkSpaces Personal", readAugust, "")},
}}

// simpleAD is when a page of the guide tells how to make a directory of Simple AD.
var simpleAD = tables.Table[tables.Dated]{
	Name: "Simple AD",
	Rows: []tables.Dated{
		tables.Since(simpleADPage, "Launch a WorkSpace Using Simple AD", "2018-02-03", read2025),
		tables.Since(simpleADPage, "Create a Simple AD directory for WorkSpaces Personal", read2025, ""),
	},
}

// CheckSimpleAD tells whether a directory of Simple AD can be created for WorkSpaces. newCustomer tells that the
// account is new to Simple AD, which it is not if it has such a directory; nil is not known. Those who are not new
// can go on creating them. A violation has no path. From 2026-08-25 on, the first reading that shows the closing, the
// answer is open where newCustomer is not known; before 2018-02-03 it is open for everybody.
func (r Rules) CheckSimpleAD(newCustomer *bool) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	switch {
	case !r.s.simpleAD:
		a.NotDocumented("", "no document of the edition tells how to create a directory of Simple AD")
	case !r.s.rules.Has(SimpleADClosed):
	case newCustomer == nil:
		a.NotGiven("", "whether the account is new to Simple AD is not known")
	case *newCustomer:
		r.s.rules.Break(&a, SimpleADClosed, "", "Simple AD takes no new customers after 2026-07-30")
	}
	return a.Concluded(), nil
}
