package wks

import (
	"context"
	"maps"
	"slices"

	"github.com/wksgo/wks/rule"
)

// RuleRows gives the tests of this directory the table of rules.
func RuleRows() []rule.Row { return slices.Clone(ruleRows) }

// WithCheck puts a check of an operation in the place of Guard's.
func WithCheck(operation string, c func(e rule.Edition, input any) (broken, open rule.Violations, err error)) Option {
	return func(g *guard) error {
		g.checks = map[string]check{operation: func(r *rulebook, _ string, input any) findings {
			broken, open, err := c(r.bundles.Edition(), input)
			return findings{broken, open, err}
		}}
		return nil
	}
}

// Admit runs the checks of a Guard for a client in us-east-1, without the client.
func Admit(opts ...Option) func(input any) error {
	g, err := newGuard(opts)
	return func(input any) error {
		if err != nil {
			return err
		}
		return g.admit(context.Background(), operationOf(input), "us-east-1", input)
	}
}

// Findings returns what the packages find in a request, told by the model or not.
func Findings(input any, region string) rule.Violations {
	f := checks[operationOf(input)](newestRules(), region, input)
	return slices.Concat(f.broken, f.open)
}

// Stated returns the codes of which the model says the same.
func Stated() []rule.Code { return slices.Collect(maps.Keys(stated)) }

// Checked returns the operations that have a check.
func Checked() []string { return slices.Collect(maps.Keys(checks)) }
