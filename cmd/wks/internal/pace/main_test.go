package pace

import (
	"bytes"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/ruletest"
)

func TestTable(t *testing.T) {
	lineartest.SkipRace(t) // the tests of throttle look for races in these simulations
	text, blocks := printed()
	if blocks == nil {
		t.Fatal(text)
	}
	ruletest.Golden(t, "testdata/pacing.txt", []byte(text))
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
