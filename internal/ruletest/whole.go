package ruletest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// Lines is a whole answer in lines: the verdict, each violation as said writes it, and what is open.
func Lines(a rule.Answer, said func(rule.Violation) string) []string {
	lines := []string{a.Verdict.String()}
	for _, v := range a.Violations {
		lines = append(lines, said(v))
	}
	for _, o := range a.Open {
		lines = append(lines, fmt.Sprintf("open %s: %s", o.Path, o.Reason))
	}
	return lines
}

// Whole holds that a check returned these lines and no error.
func Whole(t testing.TB, name string, got []string, err error, want ...string) {
	t.Helper()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: %v\n%s\nwant\n%s", name, err, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Refusal returns path and reason of a *rule.InputError.
func Refusal(err error) string {
	var input *rule.InputError
	if !errors.As(err, &input) {
		return fmt.Sprint("no refusal: ", err)
	}
	return fmt.Sprintf("%s: %s", input.Path, input.Reason)
}
