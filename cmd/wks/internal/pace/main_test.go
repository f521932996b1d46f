package pace

import (
	"bytes"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/ruletest"
)

func TestTable(t *testing.T) {
	text, blocks := printed()
	if blocks == nil {
		t.Fatal(text)
	}
	ruletest.Golden(t, "testdata/pacing.txt", []byte(text))
}

// The same seed gives the same result, another seed another one.
func TestSeed(t *testing.T) {
	for _, c := range clients {
		s := scenario{c, 2, 8, 100, true}
		list, err := simulate([]scenario{s, s}, 7)
		if err != nil || list[0] != list[1] {
			t.Errorf("%s: %v, %v", c.name, list, err)
		}
		if other, err := s.simulate(8); err != nil || other == list[0] {
			t.Errorf("%s: %v and %v, %v", c.name, other, list[0], err)
		}
	}
}

func TestArguments(t *testing.T) {
	for _, tt := range []struct {
		args   []string
		status int
		stderr string
	}{{[]string{"-x"}, 2, "-x"}, {[]string{"now"}, 2, "now"}, {[]string{"--seed", "-1"}, 2, "-1"}} {
		var out, errs bytes.Buffer
		if status := cli.Run(Command(), tt.args, nil, &out, &errs); status != tt.status || out.Len() > 0 || !strings.Contains(errs.String(), tt.stderr) {
			t.Errorf("%q: status %d, %q, %q", tt.args, status, out.String(), errs.String())
		}
	}
}
