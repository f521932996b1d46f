package encryption

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
)

// Rows returns the rules of the package with their levels, spans and citations, by topic and
// date, as a copy. Programs that list rules use it; a check is asked of Rules.
func Rows() []rule.Row { return slices.Clone(ruleRows) }

// limited are the rules that hold a key against a limit.
var limited = map[LimitScope][]rule.Code{
	WorkSpacesPerKey: {WorkSpacesOverLimit, WorkSpacesLimitDisputed},
	GrantsPerGrantee: {GranteeOverLimit, WorkSpacesOverLimit, WorkSpacesLimitDisputed},
	GrantsPerKey:     {GrantsOverLimit},
}

// Parameters returns what the rules of the package use and its policies say: limits, grants
// and actions, by table in the order of its rows, as a new slice.
func Parameters() (list []param.Row) {
	for _, r := range limitRows {
		value := fmt.Sprint(r.Value)
		if !r.AWSManaged {
			value += ", customer managed keys only"
		}
		list = append(list, param.Row{Rules: slices.Clone(limited[r.Scope]), Name: "limit: " + string(r.Scope), Value: value, Span: r.span, Cite: r.Cite})
	}
	for _, r := range grantRows {
		value := fmt.Sprintf("%d, and %d for each encrypted volume", r.perWorkSpace, r.perVolume)
		list = append(list, param.Row{Rules: []rule.Code{GrantsOverLimit, GranteeOverLimit}, Name: "grants of a WorkSpace", Value: value, Span: r.span, Cite: r.cite})
	}
	for _, r := range policyRows {
		list = append(list, param.Row{Name: "actions: " + string(r.part), Value: strings.Join(r.actions, ", "), Span: r.span, Cite: r.cite})
	}
	return list
}
