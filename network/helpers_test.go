package network_test

import (
	"errors"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func prefixes(list ...string) []netip.Prefix {
	ps := make([]netip.Prefix, len(list))
	for i, s := range list {
		ps[i] = netip.MustParsePrefix(s)
	}
	return ps
}

func at(t testing.TB, date string) network.Rules {
	t.Helper()
	r, err := network.At(rule.MustParseEdition(date))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// broken returns the codes of an answer's violations without the name of the package, and
// checks that the answer is sound: the verdict follows, and whoever reads it learns why.
func broken(t testing.TB, a rule.Answer) string {
	t.Helper()
	var words []string
	for _, v := range a.Violations {
		words = append(words, strings.TrimPrefix(string(v.Code), "network."))
		if v.Remedy == "" || v.Detail == "" || v.Level == "" || v.Cite == (rule.Citation{}) {
			t.Errorf("%+v is not sound", v)
		}
	}
	for _, o := range a.Open {
		if o.Reason == "" || o.By == "" || (o.By == rule.ByContradiction) != (o.Cites[0] != rule.Citation{} && o.Cites[1] != rule.Citation{}) {
			t.Errorf("%+v is not sound", o)
		}
	}
	if a.Verdict != a.Concluded().Verdict {
		t.Errorf("%s does not follow from %v and %v", a.Verdict, a.Violations, a.Open)
	}
	return strings.Join(words, " ")
}

// open returns the causes and paths of what an answer leaves open.
func open(a rule.Answer) string {
	var words []string
	for _, o := range a.Open {
		words = append(words, string(o.By)+":"+string(o.Path))
	}
	return strings.Join(words, " ")
}

// paths returns the paths of an answer's violations.
func paths(a rule.Answer) string {
	var words []string
	for _, v := range a.Violations {
		words = append(words, string(v.Path))
	}
	return strings.Join(words, " ")
}

// grid reads the words of a file, line by line, without comments.
func grid(t *testing.T, file string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); f[0] != "#" {
			rows = append(rows, f)
		}
	}
	return rows
}

// located is broken with the path after each code.
func located(t testing.TB, a rule.Answer) string {
	t.Helper()
	codes, at := strings.Fields(broken(t, a)), strings.Fields(paths(a))
	for i := range codes {
		codes[i] += " " + at[i]
	}
	return strings.Join(codes, " ")
}

// refused checks that an error is a *rule.InputError about a path.
func refused(t testing.TB, err error, path rule.Path) {
	t.Helper()
	var input *rule.InputError
	if !errors.As(err, &input) || input.Path != path {
		t.Errorf("error %v, want one at %s", err, path)
	}
}
