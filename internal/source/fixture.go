package source

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Fixture is an input of a rule's tests, one line of a file: the editions that it speaks
// about, both included, a code, whether the input passes or breaks that rule, and the input.
//
//	2018-02-03..2019-11-26 network.management-range-conflict fail us-east-1 192.168.0.0/16
//
// Blank lines and lines that start with # are comments.
type Fixture struct {
	First, Last rule.Edition
	Code        rule.Code
	Fail        bool
	Input       string
	Line        int // counted from 1
}

// ParseFixtures returns the fixtures of a file's text, in its order. The error names the line.
func ParseFixtures(text string) (fixtures []Fixture, err error) {
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
		f := Fixture{Fail: fields[2] == "fail", Input: strings.TrimSpace(fields[3]), Line: n}
		first, last, _ := strings.Cut(fields[0], "..")
		if f.First, err = rule.ParseEdition(first); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if f.Last, err = rule.ParseEdition(last); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if err := f.Code.UnmarshalText([]byte(fields[1])); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		fixtures = append(fixtures, f)
	}
	return fixtures, nil
}

// Header returns the comment at the top of a file of fixtures, which tells how its inputs
// are written, without its # signs.
func Header(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		b.WriteString(strings.TrimPrefix(rest, " "))
	}
	return b.String()
}
