package runner

import (
	"errors"
	"os"
	"syscall"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

// Flags of LockFileEx and errors of Windows, by their names there.
const (
	lockfileFailImmediately = 1
	lockfileExclusiveLock   = 2

	errorInvalidFunction = syscall.Errno(1)
	errorWriteProtect    = syscall.Errno(19)
	errorLockViolation   = syscall.Errno(33)
	errorHandleDiskFull  = syscall.Errno(39)
	errorNotSupported    = syscall.Errno(50)
	errorDiskFull        = syscall.Errno(112)
)

// lock takes the file until it is closed, or fails at once. Windows lets nobody else read
// what is locked, and so it locks a byte that no journal reaches. errors.ErrUnsupported means
// that the file system has no locks.
func lock(f *os.File) error {
	where := syscall.Overlapped{OffsetHigh: 1 << 30}
	ok, _, err := lockFileEx.Call(f.Fd(), lockfileFailImmediately|lockfileExclusiveLock, 0, 1, 0, uintptr(unsafe.Pointer(&where)))
	switch {
	case ok != 0:
		return nil
	case errors.Is(err, errorLockViolation), errors.Is(err, syscall.ERROR_IO_PENDING):
		return errLocked
	case errors.Is(err, errorInvalidFunction), errors.Is(err, errorNotSupported):
		return errors.Join(err, errors.ErrUnsupported)
	}
	return err
}

func isDiskFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}

func isReadOnly(err error) bool { return errors.Is(err, errorWriteProtect) }
