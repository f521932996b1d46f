//go:build !unix

package runner

import "os"

// keepPrivate does nothing: a new file has the access of its folder.
func keepPrivate(*os.File) error { return nil }

// syncDir does nothing where a folder cannot be opened.
func syncDir(string) error { return nil }
