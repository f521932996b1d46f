//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package runner

import (
	"errors"
	"os"
)

// lock is not there.
func lock(*os.File) error { return errors.ErrUnsupported }
