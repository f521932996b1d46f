package exportgen_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/exportgen"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
)

// Preflight reads what is written without a note, and finds what is broken.
func TestExports(t *testing.T) {
	for _, tt := range []struct {
		account exportgen.Account
		status  int
		things  int // WorkSpaces that are broken
	}{
		{exportgen.Account{WorkSpaces: 2100, Tags: true}, cli.Clean, 0},
		{exportgen.Account{WorkSpaces: 2100, Broken: true}, cli.Broken, 21},
	} {
		dir := t.TempDir()
		if err := tt.account.Write(dir); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		status := cli.Run(preflight.Command(), []string{"--json", "--edition", "2026-09-10", dir}, nil, &out, &errs)
		var rep struct {
			Summary  struct{ Must, Unusable int }
			Notes    []any
			Findings []struct{ Count int }
		}
		if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
			t.Fatalf("%v; %s", err, errs.String())
		}
		if status != tt.status || rep.Summary.Must != tt.things || rep.Summary.Unusable+len(rep.Notes) != 0 {
			t.Errorf("%+v: status %d, %+v; %s", tt.account, status, rep, errs.String())
		}
	}
}

// The same account is the same files.
func TestSame(t *testing.T) {
	account := exportgen.Account{WorkSpaces: 300, Tags: true, Broken: true}
	one, two := t.TempDir(), t.TempDir()
	for _, dir := range []string{one, two} {
		if err := account.Write(dir); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(filepath.Join(one, exportgen.Region))
	if err != nil || len(files) != 8 {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		name := filepath.Join(exportgen.Region, f.Name())
		a, errA := os.ReadFile(filepath.Join(one, name))
		b, errB := os.ReadFile(filepath.Join(two, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) || !json.Valid(a) {
			t.Errorf("%s differs, or is not JSON: %v, %v", name, errA, errB)
		}
	}
}
