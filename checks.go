package wks

import (
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// A check holds the request of one operation against what a package of rules says of several of its
// members together. input is the SDK's input struct, not nil. The paths are those of the
// request. The zero edition stands for the newest. In open is what no document permits or
// forbids. An error means that the question could not be answered, and fails the call.
type check func(e rule.Edition, input any) (broken, open rule.Violations, err error)

// checks is the one table of what is checked beyond single members, by operation.
var checks = map[string]check{}

// check holds a request against the model's constraints, and then against the operation's check.
func (g *guard) check(operation string, input any) (broken, open rule.Violations, err error) {
	faults, err := request.Check(input)
	if err != nil {
		return nil, nil, err
	}
	read := rule.MustParseEdition(modelRead)
	for _, f := range faults {
		broken = broken.Append(ruleRows, read, codes[f.Kind], f.Path, f.Detail)
		broken[len(broken)-1].Cite.Section = operation
	}
	if c := g.checks[operation]; c != nil {
		more, undocumented, err := c(g.edition, input)
		return append(broken, more...), undocumented, err
	}
	return broken, nil, nil
}
