package wks

import (
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// A check holds the request of one operation against what packages of rules say of several
// of its members together. input points to the SDK's input struct; the paths are those of
// the request. The zero edition stands for the newest. In open is what no document permits
// or forbids. An error means that the question could not be answered, and fails the call
// unless broken rules refuse it.
type check func(e rule.Edition, input any) (broken, open rule.Violations, err error)

// checks is the one table of what is checked beyond single members, by operation.
var checks = map[string]check{}

// check holds a request against the model's constraints, and then against the operation's
// check. It finds nothing wrong with an operation that it does not know.
func (g *guard) check(operation string, input any) (broken, open rule.Violations, err error) {
	faults, _ := request.Check(input)
	for _, f := range faults {
		broken = broken.Append(ruleRows, modelEdition, codes[f.Kind], f.Path, f.Detail)
		broken[len(broken)-1].Cite.Section = operation
	}
	if c := g.checks[operation]; c != nil {
		more, undocumented, err := c(g.edition, input)
		return append(broken, more...), undocumented, err
	}
	return broken, nil, nil
}
