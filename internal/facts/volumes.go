package facts

import (
	"fmt"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A SetGroup is a pair of ranges from which the sizes of root and user volume are chosen when
// a WorkSpace is launched or modified. All bounds are in GiB and inclusive.
type SetGroup struct {
	GPU                                bool // for compute types with a GPU; else for those without
	RootFrom, RootTo, UserFrom, UserTo int32
	Disputed                           bool          // one document permits such a pair, and another does not
	Against                            rule.Citation // of what rules out the pairs of a group that is listed; zero if nothing does
	tables.Dated
}

// SetGroups are the set groups, in ascending order. The page on self-service has listed them
// since it appeared, first up to 1000 GB. The page on modifying a WorkSpace said 2000 GB before
// the other did, so that pairs in between were in dispute.
//
// A bullet of the latter page says that the root volume may not be under 175 GB beside a user
// volume of 100 GB; the same page lists the pair of 80 and 100, and prescribes it as the step before the
// root volume grows. The page gives no upper bound for compute types with a GPU; that it is 2000 as
// for the others is a reading.
var SetGroups = tables.Table[SetGroup]{
	Name: "set groups",
	Key:  func(g SetGroup) string { return fmt.Sprint(g.GPU, g.RootFrom, g.RootTo, g.UserFrom, g.UserTo) },
	Rows: []SetGroup{
		{false, 80, 80, 10, 10, false, none, tables.Since(SelfServicePage, selfService, "2019-01-08", "")},
		{false, 80, 80, 50, 50, false, none, tables.Since(SelfServicePage, selfService, "2019-01-08", "")},
		{false, 80, 80, 100, 100, false, none, tables.Since(SelfServicePage, selfService, "2019-01-08", "2020-03-31")},
		{false, 80, 80, 100, 100, false, tables.Cite(ModifyPage, "Limitations for Increasing Volumes", "2020-03-31"), tables.Since(ModifyPage, "Changing Volume Sizes", "2020-03-31", "")},
		{false, 175, 1000, 100, 1000, false, none, tables.Since(SelfServicePage, selfService, "2019-01-08", "2020-03-31")},
		{false, 175, 2000, 100, 2000, true, none, tables.Since(ModifyPage, "Modify a WorkSpace", "2019-05-03", "2020-03-31")},
		{false, 175, 2000, 100, 2000, false, none, tables.Since(SelfServicePage, selfService, "2020-03-31", "")},
		{true, 100, 2000, 100, 2000, false, none, tables.Since(ModifyPage, "Changing Volume Sizes", "2020-03-31", "")},
	},
}

var none rule.Citation

const selfService = "Enable Self-Service WorkSpace Management Capabilities for Your Users"

// Said is the group as a parameter has it: with a word on the document against it.
func (g SetGroup) Said() string {
	if g.Disputed {
		return g.String() + ", in dispute: the page gives the largest size alone, and that with the groups a smaller one"
	}
	return g.String()
}

// Contains reports whether a pair of sizes is in the group.
func (g SetGroup) Contains(root, user int32) bool {
	return root >= g.RootFrom && root <= g.RootTo && user >= g.UserFrom && user <= g.UserTo
}

// String returns the ranges of root and user volume with their unit.
func (g SetGroup) String() string {
	between := func(from, to int32) string {
		if from == to {
			return fmt.Sprint(from)
		}
		return fmt.Sprintf("%d to %d", from, to)
	}
	return between(g.RootFrom, g.RootTo) + " and " + between(g.UserFrom, g.UserTo) + " GiB"
}
