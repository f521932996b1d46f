package tfplan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hclparse"
)

const (
	// lockName is the name of the file in which Terraform and OpenTofu note the versions of providers. It stands beside
	// the configuration, and in a saved plan.
	lockName = ".terraform.lock.hcl"
	// maxLock is the most that is read of it.
	maxLock = 4 << 20
)

// A lock is the version of hashicorp/aws in a lock file.
type lock struct {
	file    words
	version *version.Version // nil if the file has none
	wrong   error            // why it cannot be used
}

// readLock reads the lock file of a folder, or of the nearest one above it down to top; nil if there is none.
func readLock(folder, top string) *lock {
	folder, top = filepath.Clean(folder), filepath.Clean(top)
	for {
		name := filepath.Join(folder, lockName)
		f, err := os.Open(name)
		if err == nil {
			defer f.Close()
			return parseLock(name, f)
		}
		if !os.IsNotExist(err) {
			return &lock{file: plain(name), wrong: err}
		}
		if folder == top || folder == filepath.Dir(folder) {
			return nil
		}
		folder = filepath.Dir(folder)
	}
}

// lockOfSaved reads the lock file in a saved plan; nil if there is none.
func lockOfSaved(name string, plan []byte) *lock {
	z, err := zip.NewReader(bytes.NewReader(plan), int64(len(plan)))
	if err != nil {
		return nil
	}
	f, err := z.Open(lockName)
	if err != nil {
		return nil
	}
	defer f.Close()
	return parseLock(name, f)
}

// parseLock reads a lock file.
func parseLock(name string, r io.Reader) *lock {
	l := &lock{file: plain(name)}
	text, err := io.ReadAll(io.LimitReader(r, maxLock+1))
	if err == nil && len(text) > maxLock {
		err = fmt.Errorf("is larger than %d MiB", maxLock>>20)
	}
	if err != nil {
		l.wrong = err
		return l
	}
	var of struct {
		Providers []struct {
			Address string   `hcl:"address,label"`
			Version string   `hcl:"version,optional"`
			Rest    hcl.Body `hcl:",remain"`
		} `hcl:"provider,block"`
		Rest hcl.Body `hcl:",remain"`
	}
	file, problems := hclparse.NewParser().ParseHCL(text, filepath.Base(name))
	if !problems.HasErrors() {
		problems = gohcl.DecodeBody(file.Body, nil, &of)
	}
	if problems.HasErrors() {
		l.wrong = problems
		return l
	}
	for _, p := range of.Providers {
		if l.version != nil || !strings.HasSuffix(p.Address, "/"+providerAddress) {
			continue
		}
		if l.version, l.wrong = version.NewVersion(p.Version); l.wrong != nil {
			return l
		}
	}
	return l
}

// lockedBy takes the version of a lock file for a plan. A state tells nothing that depends on it.
func (p *plan) lockedBy(l *lock) {
	switch {
	case l == nil || p.state:
	case l.wrong != nil:
		p.release.notes = append(p.release.notes, say("%s cannot be used: %s", l.file, plain(l.wrong.Error())))
	case l.version != nil:
		p.release.locked(l.file, l.version)
	}
}
