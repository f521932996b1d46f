package wks

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// Check does what Guard does without a client: it holds a request, a pointer to the SDK's
// input struct of any operation, against every rule. It is for admission checks, continuous
// integration and validators that plan requests and send none.
//
// Broken are the rules of both levels, first those of the model and then those of the
// packages; Violations.Err tells whether a Must is among them. Open is what no document permits
// or forbids, with the code Undocumented. Edition, Region and Skip count as they do for
// Guard; what to do about the results is the caller's to say, not that of the other options.
//
// The error is a *rule.InputError for an input that is no such pointer or that of an
// operation which this release does not know, and for a mistake in the options.
func Check(input any, opts ...Option) (broken, open rule.Violations, err error) {
	g, err := newGuard(opts)
	if err != nil {
		return nil, nil, fmt.Errorf("wks: Check: %w", err)
	}
	if _, known := request.Check(input); !known {
		return nil, nil, &rule.InputError{Path: "input", Value: fmt.Sprintf("%T", input), Reason: "is not a pointer to an input of the SDK's operations"}
	}
	operation := operationOf(input)
	if g.skip[operation] {
		return nil, nil, nil
	}
	found := g.check(operation, g.region, input)
	return found.broken, found.open, found.err
}

// operationOf returns the operation of a pointer to the SDK's input struct.
func operationOf(input any) string {
	return strings.TrimSuffix(reflect.TypeOf(input).Elem().Name(), "Input")
}
