package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
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
	info, ok := debug.ReadBuildInfo()
	if !ok {
		t.Fatal("the program knows no module")
	}
	want := fmt.Sprintf("wks %s, rules of %s\n", info.Main.Version, wks.Newest().Edition())
	if status, out, errs := runWith("version"); status != cli.Clean || out != want || errs != "" {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
}

// The program takes its arguments and streams, and ends with the status of the command.
func TestProgram(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"prefligt"}, {"explain", "NoSuch"}, {}} {
		var out, errs bytes.Buffer
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), asCommand+"=1"), &out, &errs
		if err := cmd.Run(); cmd.ProcessState == nil {
			t.Fatal(err)
		}
		status, wantOut, wantErrs := runWith(args...)
		if cmd.ProcessState.ExitCode() != status || out.String() != wantOut || errs.String() != wantErrs {
			t.Errorf("%q: status %d, %s%s, want %d, %s%s", args, cmd.ProcessState.ExitCode(), out.String(), errs.String(), status, wantOut, wantErrs)
		}
	}
}
