package ruletest

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/wksgo/wks/internal/source"
	"github.com/wksgo/wks/rule"
)

// Fixtures runs the fixtures of a file, whose lines source.Fixture describes. Both dates of
// a line are included, so that a new edition has no fixtures until somebody adds them.
//
// check applies an edition's rules to an input. Every rule must have an input that
// passes and one that breaks it, and nothing else, in each edition in which it is in
// force, and none in any other.
func Fixtures(t testing.TB, path string, rows []rule.Row, editions []rule.Edition, check func(e rule.Edition, code rule.Code, input string) (rule.Violations, error)) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fixtures, err := source.ParseFixtures(string(text))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	report(t, fixtureFaults(fixtures, rows, editions, check))
}

func fixtureFaults(fixtures []source.Fixture, rows []rule.Row, editions []rule.Edition, check func(rule.Edition, rule.Code, string) (rule.Violations, error)) (faults []string) {
	type half struct {
		edition rule.Edition
		code    rule.Code
		fail    bool
	}
	inForce, have := map[half]bool{}, map[half]bool{}
	for _, e := range editions {
		for _, r := range rows {
			if r.Span.Contains(e) {
				inForce[half{e, r.Code, false}], inForce[half{e, r.Code, true}] = true, true
			}
		}
	}
	for _, f := range fixtures {
		ran := false
		for _, e := range editions {
			if e.Compare(f.First) < 0 || e.Compare(f.Last) > 0 {
				continue
			}
			ran = true
			h := half{e, f.Code, f.Fail}
			if !inForce[h] {
				faults = append(faults, fmt.Sprintf("line %d: %s is not in force on %s", f.Line, f.Code, e))
				continue
			}
			have[h] = true
			vs, err := check(e, f.Code, f.Input)
			broken := make([]rule.Code, len(vs))
			for i, v := range vs {
				broken[i] = v.Code
			}
			slices.Sort(broken)
			broken = slices.Compact(broken)
			switch only := len(broken) == 1 && broken[0] == f.Code; {
			case err != nil:
				faults = append(faults, fmt.Sprintf("line %d, %s: %v", f.Line, e, err))
			case f.Fail && !only, !f.Fail && slices.Contains(broken, f.Code):
				faults = append(faults, fmt.Sprintf("line %d, %s: %q breaks %v", f.Line, e, f.Input, broken))
			}
		}
		if !ran {
			faults = append(faults, fmt.Sprintf("line %d: no edition lies between %s and %s", f.Line, f.First, f.Last))
		}
	}
	for h := range inForce {
		if !have[h] {
			faults = append(faults, fmt.Sprintf("%s on %s: no fixture (fail: %t)", h.code, h.edition, h.fail))
		}
	}
	slices.Sort(faults)
	return faults
}
