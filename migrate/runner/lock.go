package runner

import (
	"errors"
	"io/fs"
	"os"
)

// errLocked is the answer of lock when another process has the file.
var errLocked = errors.New("another run has it")

// lockFile takes the journal in a file until unlock, or fails at once.
func (s system) lockFile(f *os.File, name string) (unlock func() error, err error) {
	unlock = func() error { return nil } // the lock goes when the file is closed
	err = s.lock(f)
	if errors.Is(err, errors.ErrUnsupported) {
		unlock, err = lockBeside(name)
	}
	switch {
	case errors.Is(err, errLocked):
		return nil, &JournalError{Name: name, Trouble: Locked, Detail: err.Error()}
	case err != nil:
		return nil, &JournalError{Name: name, Trouble: troubleOf(err), Detail: "it cannot be locked", Err: err}
	}
	return unlock, nil
}

// lockBeside takes the name of a file by one beside it that must not be there.
func lockBeside(name string) (unlock func() error, err error) {
	beside := name + ".lock"
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, errors.Join(errLocked, errors.New(beside+" is there; remove it if no run is left"))
	}
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, errors.Join(err, os.Remove(beside))
	}
	return func() error { return os.Remove(beside) }, nil
}
