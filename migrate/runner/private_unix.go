//go:build unix

package runner

import (
	"errors"
	"os"
	"syscall"
)

// keepPrivate lets the owner alone read and write a file. A file system without modes is left
// as it is, if the file is the process's own.
func keepPrivate(f *os.File) error {
	info, err := f.Stat()
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	err = f.Chmod(0o600)
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && err != nil && int(stat.Uid) == os.Geteuid() && (errors.Is(err, syscall.EPERM) || errors.Is(err, errors.ErrUnsupported)) {
		return nil
	}
	return err
}

// syncDir waits until the names in a folder are on disk, where the file system can.
func syncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
