package wks

import (
	"context"
	"maps"
	"slices"

	"github.com/wksgo/wks/rule"
)

// WithCheck puts a check of an operation in the place of Guard's.
func WithCheck(operation string, c func(e rule.Edition, input any) (rule.Answer, error)) Option {
	return func(g *guard) error {
		g.checks = map[string]check{operation: func(r *Rules, _ string, input any) findings {
			a, err := c(r.Edition(), input)
			return findings{Answer: a, err: err}
		}}
		return nil
	}
}

// Book is what fixtures are held against.
var Book = &book

// Told returns what Guard can tell of an answer: violations, and what is not documented.
func Told(a rule.Answer, e rule.Edition) rule.Violations {
	return slices.Concat(a.Violations, undocumented(e, a.Open))
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
	r := Newest()
	f := checks[operationOf(input)](&r, region, input)
	return slices.Concat(f.Violations, undocumented(r.Edition(), f.Open))
}

// Unanswered returns the error of the questions that the packages could not answer.
func Unanswered(input any, region string) error {
	r := Newest()
	return checks[operationOf(input)](&r, region, input).err
}

// Stated returns the codes of which the model says the same.
func Stated() []rule.Code { return slices.Collect(maps.Keys(stated)) }

// Checked returns the operations that have a check.
func Checked() []string { return slices.Collect(maps.Keys(checks)) }
