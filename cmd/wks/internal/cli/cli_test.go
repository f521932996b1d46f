package cli_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

func TestRun(t *testing.T) {
	for name, tt := range map[string]struct {
		err    error
		status int
		stderr string
	}{
		"done":               {nil, cli.Clean, ""},
		"nothing to do":      {cli.Exit(cli.Clean), cli.Clean, ""},
		"broken":             {cli.Exit(cli.Broken), cli.Broken, ""},
		"an error":           {errors.New("no luck\n\x1b[2Jtwice"), cli.Unanswered, "ask: no luck\nask: \\x1b[2Jtwice\n"},
		"a status in others": {errors.Join(errors.New("x"), cli.Status(1)), cli.Broken, ""},
	} {
		var out, errs bytes.Buffer
		cmd := &cobra.Command{Use: "ask", RunE: func(*cobra.Command, []string) error { return tt.err }}
		if status := cli.Run(cmd, nil, nil, &out, &errs); status != tt.status || errs.String() != tt.stderr || out.Len() > 0 {
			t.Errorf("%s: status %d, %q, %q", name, status, out.String(), errs.String())
		}
	}
}

func TestRules(t *testing.T) {
	for text, want := range map[string]string{
		"": wks.Newest().Edition().String(), "2020-04-29": "2020-04-29", "April": "--edition: ", "1999-01-01": "--edition: ",
	} {
		cmd := &cobra.Command{Use: "ask"}
		rules := cli.Rules(cmd, wks.Newest, wks.At)
		if err := cmd.Flags().Set("edition", text); err != nil {
			t.Fatal(err)
		}
		r, err := rules()
		got := r.Edition().String()
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("--edition %q: %s, want %s", text, got, want)
		}
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("12345678"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		file string
		most int64
		want string
	}{
		"a file": {file, 8, "12345678"}, "one byte too many": {file, 7, file + ": is longer than the 0 MiB that are read of a test"},
		"input": {"-", 4, "1234"}, "too much input": {"-", 3, "standard input: is longer"}, "a folder": {dir, 8, dir + ": is a folder"}, "none": {file + "x", 8, "open "},
	} {
		data, _, err := cli.ReadFile(tt.file, strings.NewReader("1234"), tt.most, "a test")
		got := string(data)
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
