package tfplan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// maxPlan is the most that is read of a plan. Plans of thousands of resources have some tens
// of MiB.
const maxPlan = 256 << 20

// readPlans reads the plans that an argument names: those of a file, of the standard input for "-",
// or of all files of a folder whose names end in one of planNames. With run, a saved plan is printed
// by Terraform, or OpenTofu, first. The lock file of a plan stands in it if it is a saved one, or beside it, or
// above it in the folder that is named.
func readPlans(ctx context.Context, name string, stdin io.Reader, run bool) ([]*plan, error) {
	if info, err := os.Stat(name); name != "-" && err == nil && info.IsDir() {
		return readFolder(ctx, name, run)
	}
	return readFile(ctx, name, filepath.Dir(name), stdin, run)
}

// readFile reads the plans of a file, with the lock file that stands beside it, or above it in the folder top.
func readFile(ctx context.Context, name, top string, stdin io.Reader, run bool) ([]*plan, error) {
	data, title, err := cli.ReadFile(name, stdin, maxPlan, "a plan")
	if err != nil {
		return nil, err
	}
	var locked *lock
	if run && bytes.HasPrefix(data, []byte("PK\x03\x04")) && name != "-" {
		locked = lockOfSaved(name, data)
		if data, err = show(ctx, name); err != nil {
			return nil, err
		}
	}
	plans, err := parsePlans(title, data)
	if locked == nil && name != "-" && len(plans) > 0 {
		locked = readLock(filepath.Dir(name), top)
	}
	for _, p := range plans {
		p.lockedBy(locked)
	}
	return plans, err
}

var planNames = []string{".json", ".json.gz", ".jsonl", ".ndjson", ".tfplan"}

// readFolder reads the plans of a folder and of those in it. It passes over files that are no plans, and
// says so.
func readFolder(ctx context.Context, folder string, run bool) (list []*plan, err error) {
	var others []words
	err = filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !hasSuffix(name, planNames) {
			return err
		}
		plans, err := readFile(ctx, name, folder, nil, run)
		if err != nil {
			others = append(others, plain(err.Error()))
		}
		list = append(list, plans...)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0 && len(others) > 0:
		return nil, fmt.Errorf("%s: has no plan; %s", folder, few(others, len(others)))
	case len(list) == 0:
		return nil, fmt.Errorf("%s: is a folder without plans (%s)", folder, strings.Join(planNames, ", "))
	case len(others) > 0:
		list[0].skipped = say("files that are no plans, and were passed over: %s", few(others, len(others)))
	}
	return list, nil
}

func hasSuffix(name string, list []string) bool {
	for _, s := range list {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return false
}

// show prints a saved plan with Terraform, or OpenTofu, in the folder in which it stands: there is
// the configuration that belongs to it.
func show(ctx context.Context, name string) ([]byte, error) {
	for _, program := range []string{"terraform", "tofu"} {
		path, err := exec.LookPath(program)
		if err != nil {
			continue
		}
		cmd := exec.CommandContext(ctx, path, "show", "-json", "-no-color", filepath.Base(name))
		cmd.Dir = filepath.Dir(name)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("%s: %s show -json: %w: %s", name, program, err, strings.TrimSpace(errs.String()))
		}
		return out.Bytes(), nil
	}
	return nil, errors.New(name + ": is a saved plan, and there is neither terraform nor tofu to print it")
}
