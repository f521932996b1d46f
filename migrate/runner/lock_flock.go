//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package runner

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the file until it is closed, or fails at once. errors.ErrUnsupported means that
// the file system has no locks.
func lock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errLocked
		case errors.Is(err, syscall.ENOLCK):
			return errors.Join(err, errors.ErrUnsupported)
		default:
			return err
		}
	}
}
