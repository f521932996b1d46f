package ruletest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	"github.com/wksgo/wks/internal/fixture"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Questions are the checks that fixtures can ask, by name. R is the Rules of the package.
type Questions[R any] map[string]func(rules R, input []byte) (rule.Answer, error)

// Ask makes a question of a check. The input of a fixture is read strictly: a name that In does
// not have is an error.
func Ask[R, In any](check func(rules R, in In) (rule.Answer, error)) func(R, []byte) (rule.Answer, error) {
	return func(rules R, input []byte) (rule.Answer, error) {
		var in In
		d := json.NewDecoder(bytes.NewReader(input))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			return rule.Answer{}, err
		}
		if _, err := d.Token(); err != io.EOF {
			return rule.Answer{}, fmt.Errorf("more than one JSON value")
		}
		return check(rules, in)
	}
}

// Try runs the fixtures of a file, whose form package fixture describes. Every rule of the book
// must have an input that passes and one that breaks it, and nothing else, in each edition in
// which it is in force, and none in any other.
func Try[R any](t testing.TB, path string, b *tables.Book, at func(rule.Edition) (R, error), questions Questions[R]) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fixtures, err := fixture.Parse(string(text))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	report(t, tryFaults(fixtures, b, at, questions))
}

func tryFaults[R any](fixtures []fixture.Fixture, b *tables.Book, at func(rule.Edition) (R, error), questions Questions[R]) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	type half struct {
		edition rule.Edition
		code    rule.Code
		fail    bool
	}
	editions, wanted, have, asked := b.Editions(), map[half]bool{}, map[half]bool{}, map[string]bool{}
	for _, e := range editions {
		for _, r := range b.Catalogue() {
			if _, ok := r.At(e); ok {
				wanted[half{e, r.Code, false}], wanted[half{e, r.Code, true}] = true, true
			}
		}
	}
	for _, f := range fixtures {
		asked[f.Question] = true
		question, ok := questions[f.Question]
		if !ok {
			fault("line %d: no question %q", f.Line, f.Question)
			continue
		}
		ran := false
		for _, e := range editions {
			if !f.Span.Contains(e) {
				continue
			}
			ran = true
			h := half{e, f.Code, f.Fail}
			if !wanted[h] {
				fault("line %d: %s is not in force on %s", f.Line, f.Code, e)
				continue
			}
			have[h] = true
			rules, err := at(e)
			if err != nil {
				fault("line %d, %s: %v", f.Line, e, err)
				continue
			}
			a, err := question(rules, f.Input)
			broken := codes(a.Violations)
			switch only := len(broken) == 1 && broken[0] == f.Code; {
			case err != nil:
				fault("line %d, %s: %v", f.Line, e, err)
			case a.Verdict != a.Concluded().Verdict:
				fault("line %d, %s: verdict %s does not follow from %v, %v", f.Line, e, a.Verdict, a.Violations, a.Open)
			case f.Fail && !only, !f.Fail && slices.Contains(broken, f.Code):
				fault("line %d, %s: %s of %s breaks %v", f.Line, e, f.Question, f.Input, broken)
			}
		}
		if !ran {
			fault("line %d: no edition lies in the span", f.Line)
		}
	}
	for h := range wanted {
		if !have[h] {
			fault("%s on %s: no fixture (fail: %t)", h.code, h.edition, h.fail)
		}
	}
	for name := range questions {
		if !asked[name] {
			fault("no fixture asks %q", name)
		}
	}
	slices.Sort(faults)
	return faults
}

// codes returns the codes of violations in the order of their values, each once.
func codes(vs rule.Violations) (list []rule.Code) {
	for _, v := range vs {
		list = append(list, v.Code)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
