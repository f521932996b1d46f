package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/rule"
)

func TestExit(t *testing.T) {
	if err := cli.Exit(cli.Clean); err != nil {
		t.Errorf("clean: %v", err)
	}
	for _, status := range []int{cli.Broken, cli.Unanswered} {
		var got cli.Status
		if err := cli.Exit(status); !errors.As(err, &got) || int(got) != status || err.Error() == "" {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// The arguments are those that are given, and never those of the process.
func TestArguments(t *testing.T) {
	for _, args := range [][]string{{"a", "b"}, {}, nil} {
		var got []string
		cmd := &cobra.Command{Use: "ask", Args: cobra.ArbitraryArgs, RunE: func(_ *cobra.Command, args []string) error { got = args; return nil }}
		var out, errs bytes.Buffer
		if status := cli.Run(cmd, args, nil, &out, &errs); status != cli.Clean || !slices.Equal(got, args) {
			t.Errorf("%q: status %d, %q", args, status, got)
		}
	}
}

// A broken writer fails.
type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func TestWriteJSON(t *testing.T) {
	var out bytes.Buffer
	if err := cli.WriteJSON(&out, map[string]any{"a": []string{"<&>"}}); err != nil || out.String() != "{\n  \"a\": [\n    \"<&>\"\n  ]\n}\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := cli.WriteJSON(&out, func() {}); err == nil {
		t.Error("a function was written")
	}
	// The error of the writer comes as it is, whatever was being written when the buffer was full.
	full := errors.New("no space left")
	for n := range 3000 {
		err := cli.WriteJSON(broken{full}, []any{strings.Repeat("x", n), rule.Denied, rule.Allowed, rule.MustParseEdition("2026-09-10")})
		if err != full {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
}

// The password of a URL is not shown.
func TestURLError(t *testing.T) {
	for _, text := range []string{"redis://user:pass%word@host", "redis://user:pass word@host"} {
		_, err := url.Parse(text)
		if err = cli.URLError("--redis", err); err == nil || !strings.HasPrefix(err.Error(), "--redis: ") || strings.Contains(err.Error(), "word@host") {
			t.Errorf("%s: %v", text, err)
		}
	}
	other := errors.New("no scheme")
	if err := cli.URLError("--redis", other); !errors.Is(err, other) || err.Error() != "--redis: no scheme" {
		t.Errorf("%v", err)
	}
}

// A bound is named in MiB, and what is read is named as it was asked for.
func TestBounds(t *testing.T) {
	name := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(name, make([]byte, 2<<20), 0o666); err != nil {
		t.Fatal(err)
	}
	data, title, err := cli.ReadFile(name, nil, 2<<20, "a plan")
	if err != nil || len(data) != 2<<20 || title != name {
		t.Errorf("%d bytes of %q, %v", len(data), title, err)
	}
	_, title, err = cli.ReadFile(name, nil, 2<<20-1, "a plan")
	if err == nil || title != name || !strings.HasSuffix(err.Error(), "plan.json: is longer than the 1 MiB that are read of a plan") {
		t.Errorf("%q, %v", title, err)
	}
	_, title, err = cli.ReadFile("-", bytes.NewReader(make([]byte, 3<<20+1)), 3<<20, "a plan")
	if err == nil || title != "standard input" || err.Error() != "standard input: is longer than the 3 MiB that are read of a plan" {
		t.Errorf("%q, %v", title, err)
	}
	if _, title, err = cli.ReadFile(name+"x", nil, 1, "a plan"); !errors.Is(err, os.ErrNotExist) || title != name+"x" {
		t.Errorf("%q, %v", title, err)
	}
	if _, title, err = cli.ReadFile(filepath.Dir(name), nil, 1, "a plan"); err == nil || title != filepath.Dir(name) || !strings.HasSuffix(err.Error(), ": is a folder") {
		t.Errorf("%q, %v", title, err)
	}
}

// The statuses are those that the documents of the command give: 0, 1 and 2.
func TestStatuses(t *testing.T) {
	if got := [3]int{cli.Clean, cli.Broken, cli.Unanswered}; got != [3]int{0, 1, 2} {
		t.Errorf("%v", got)
	}
}

// A command reads what it is given.
func TestStandardInput(t *testing.T) {
	cmd := &cobra.Command{Use: "ask", RunE: func(cmd *cobra.Command, _ []string) error {
		data, _, err := cli.ReadFile("-", cmd.InOrStdin(), 10, "a text")
		cmd.Print(string(data))
		return err
	}}
	var out, errs bytes.Buffer
	if status := cli.Run(cmd, nil, strings.NewReader("given"), &out, &errs); status != cli.Clean || out.String()+errs.String() != "given" {
		t.Errorf("status %d, %q, %q", status, &out, &errs)
	}
}

// No more is read than shows that there is too much: what comes behind it may never come.
func TestReadsNoFurther(t *testing.T) {
	text := io.MultiReader(strings.NewReader("12345"), iotest.ErrReader(errors.New("read too far")))
	if _, err := cli.ReadAll(text, 4, "a text"); err == nil || err.Error() != "is longer than the 0 MiB that are read of a text" {
		t.Error(err)
	}
	if _, err := cli.ReadAll(iotest.ErrReader(os.ErrClosed), 4, "a text"); !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
}

// A flag of NotEmpty may be left out or have a value, and one of Once has its last value by being given once.
func TestFlags(t *testing.T) {
	for _, tt := range []struct{ args, got, about string }{
		{"", " 0 ", ""}, {"--a=x --n=1 --b=y", "x 1 y", ""}, {"--a=x --b=", "", "--b"}, {"--a=", "", "--a"}, {"--n=1 --n=1", "", "--n"},
		{"--n=1 --n=2 --a=x", "", "--n"}, {"--n=x", "", "--n"},
	} {
		got := ""
		cmd := &cobra.Command{Use: "ask"}
		a, b, n := cmd.Flags().String("a", "", ""), cmd.Flags().String("b", "", ""), cmd.Flags().Int("n", 0, "")
		cli.Once(cmd, "n")
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			if err := cli.NotEmpty(cmd, "a", "b"); err != nil {
				return err
			}
			got = fmt.Sprintf("%s %d %s", *a, *n, *b)
			return nil
		}
		var errs bytes.Buffer
		status := cli.Run(cmd, strings.Fields(tt.args), nil, io.Discard, &errs)
		if got != tt.got || (status == cli.Clean) != (tt.about == "") || !strings.Contains(errs.String(), tt.about) {
			t.Errorf("%q: %q, status %d, %s", tt.args, got, status, &errs)
		}
	}
}
