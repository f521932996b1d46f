//go:build unix

package durable

import (
	"errors"
	"syscall"
)

// isGone tells whether there is no process of an ID.
func isGone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
