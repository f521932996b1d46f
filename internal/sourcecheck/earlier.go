package main

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/rule"
)

// earlier checks that no version before version i of h, the one that is cited, says it, if a later one
// did not, unless a statement of the same row holds on its day: what a version said for a time, and the
// next no longer, is a statement of its own. says looks into a version.
func (c *checker) earlier(s *statement, t *token, h *history, i int, says func(i int) (bool, error)) error {
	gone := false
	for at := i - 1; at >= 0; at-- {
		found, err := says(at)
		if err != nil {
			return err
		}
		if day := h.versions[at].date; found && gone && !c.holds(s, rule.MustParseEdition(day)) {
			c.fail(s, fmt.Sprintf("the version of %s says it, and no statement of the row holds on that day: %s", day, t.where))
			return nil
		}
		gone = gone || !found
	}
	return nil
}

// holds reports whether a statement of the row of s holds on a day.
func (c *checker) holds(s *statement, day rule.Edition) bool {
	return slices.ContainsFunc(c.statements, func(o statement) bool {
		return o.pkg == s.pkg && o.name == s.name && o.span.Contains(day) && o.row() == s.row()
	})
}
