package ruletest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// Fixtures runs the fixtures of a file, each of which is a line: the editions that it
// speaks about, a code, whether the input passes or breaks that rule, and the input.
//
//	2018-02-03..2019-11-26 network.management-range-conflict fail us-east-1 192.168.0.0/16
//
// Both dates are included, so that a new edition has no fixtures until somebody adds
// them. Blank lines and lines that start with # are comments.
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
	fixtures, err := parseFixtures(string(text))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	report(t, fixtureFaults(fixtures, rows, editions, check))
}

type fixture struct {
	first, last rule.Edition
	code        rule.Code
	fail        bool
	input       string
	line        int
}

func fixtureFaults(fixtures []fixture, rows []rule.Row, editions []rule.Edition, check func(rule.Edition, rule.Code, string) (rule.Violations, error)) (faults []string) {
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
			if e.Compare(f.first) < 0 || e.Compare(f.last) > 0 {
				continue
			}
			ran = true
			h := half{e, f.code, f.fail}
			if !inForce[h] {
				faults = append(faults, fmt.Sprintf("line %d: %s is not in force on %s", f.line, f.code, e))
				continue
			}
			have[h] = true
			vs, err := check(e, f.code, f.input)
			broken := make([]rule.Code, len(vs))
			for i, v := range vs {
				broken[i] = v.Code
			}
			slices.Sort(broken)
			broken = slices.Compact(broken)
			switch only := len(broken) == 1 && broken[0] == f.code; {
			case err != nil:
				faults = append(faults, fmt.Sprintf("line %d, %s: %v", f.line, e, err))
			case f.fail && !only, !f.fail && slices.Contains(broken, f.code):
				faults = append(faults, fmt.Sprintf("line %d, %s: %q breaks %v", f.line, e, f.input, broken))
			}
		}
		if !ran {
			faults = append(faults, fmt.Sprintf("line %d: no edition lies between %s and %s", f.line, f.first, f.last))
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

func parseFixtures(text string) (fixtures []fixture, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.SplitN(line, " ", 4)
		if len(fields) < 4 || fields[2] != "pass" && fields[2] != "fail" {
			return nil, fmt.Errorf("line %d: want DATE..DATE CODE pass|fail INPUT", n)
		}
		f := fixture{fail: fields[2] == "fail", input: strings.TrimSpace(fields[3]), line: n}
		first, last, _ := strings.Cut(fields[0], "..")
		if f.first, err = rule.ParseEdition(first); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if f.last, err = rule.ParseEdition(last); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if err := f.code.UnmarshalText([]byte(fields[1])); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		fixtures = append(fixtures, f)
	}
	return fixtures, nil
}
