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
// integration and validators that plan requests and send none. [Decode] reads such a request from
// JSON.
//
// The violations are first those of the model and then those of the packages, of both levels. Open
// is what no document permits or forbids, and what the request alone does not tell: the Region where
// no option gives it, what its bundle, image or WorkSpace is. So a request that breaks no rule is
// often Undocumented and not Allowed; Answer.Err tells whether a Must is broken. Edition, AsOf,
// Region, Skip and SkipCode count as they do for Guard. The other options say what Guard does about results;
// Check has no use for them.
//
// The error is a *rule.InputError for an input that is no such pointer or that of an
// operation which this release does not know, and for a mistake in the options.
func Check(input any, opts ...Option) (rule.Answer, error) {
	g, err := newGuard(opts)
	if err != nil {
		return rule.Answer{}, fmt.Errorf("wks: Check: %w", err)
	}
	faults, known := request.Check(input)
	if !known {
		return rule.Answer{}, &rule.InputError{Path: "input", Value: fmt.Sprintf("%T", input), Reason: "is not a pointer to an input of the SDK's operations"}
	}
	operation := operationOf(input)
	if g.skip[operation] {
		return rule.Answer{}, nil
	}
	found := g.judge(operation, g.region, input, faults)
	return found.Answer, found.err
}

// operationOf returns the operation of a pointer to the SDK's input struct.
func operationOf(input any) string {
	return strings.TrimSuffix(reflect.TypeOf(input).Elem().Name(), "Input")
}
