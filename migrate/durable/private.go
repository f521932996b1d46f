package durable

import (
	"errors"
	"io/fs"
	neturl "net/url"
	"os"
	"path/filepath"
	"strings"
)

// keepPrivate creates the file of a store, and its folder, if they are not there, and lets the owner of the file alone
// read and write it, where the system knows owners: SQLite gives what it keeps beside it the same mode. The mode of
// another's file is left as it is.
func keepPrivate(store string) error {
	name := fileOf(store)
	if name == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		err = f.Chmod(0o600)
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

// fileOf returns the name of the file of a store as the engine reads its URL, or "" if there is none.
func fileOf(store string) string {
	path := func(url string) string {
		u, err := neturl.Parse(url)
		switch {
		case err != nil, u.Host != "":
			return ""
		case u.Opaque != "":
			return u.Opaque
		}
		return u.Path
	}
	name := path(store)
	if strings.HasPrefix(name, "file:") {
		name = path(name)
	}
	if strings.HasPrefix(name, ":memory:") {
		return ""
	}
	return name
}
