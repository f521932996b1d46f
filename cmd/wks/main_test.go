package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// runWith runs the command and returns its exit status and what it printed.
func runWith(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// Every subcommand has a line of help that says what it does, and takes -h.
func TestHelp(t *testing.T) {
	_, all, _ := runWith()
	for _, cmd := range root().Commands() {
		if cmd.Short == "" || !strings.Contains(all, cmd.Name()+" ") || !strings.Contains(all, cmd.Short) {
			t.Errorf("%s is not in the help: %s", cmd.Name(), all)
		}
		if status, out, errs := runWith(cmd.Name(), "-h"); status != cli.Clean || !strings.Contains(out, "wks "+cmd.Name()) || errs != "" {
			t.Errorf("%s -h: status %d, %s%s", cmd.Name(), status, out, errs)
		}
	}
}

func TestUnknownCommand(t *testing.T) {
	if status, _, errs := runWith("prefligt"); status != cli.Unanswered || !strings.HasSuffix(errs, "wks: Did you mean this?\nwks: preflight\n") {
		t.Errorf("status %d, %s", status, errs)
	}
}

func TestVersion(t *testing.T) {
	if status, out, _ := runWith("version"); status != cli.Clean || !strings.Contains(out, wks.Newest().Edition().String()) {
		t.Errorf("status %d, %s", status, out)
	}
}
