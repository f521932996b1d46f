package wks

import (
	"context"
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

// Admit runs the checks of a Guard, without a client.
func Admit(operation, region string, input any, opts ...Option) error {
	g, err := newGuard(opts)
	if err != nil {
		return err
	}
	return g.admit(context.Background(), operation, region, input)
}
