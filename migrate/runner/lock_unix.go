//go:build unix && !aix && !solaris

package runner

import (
	"os"
	"syscall"
)

// lock takes the file until it is closed, or fails at once.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
