//go:build !unix || aix || solaris

package runner

import "os"

// lock does nothing where there is no flock.
func lock(*os.File) error { return nil }

// syncDir does nothing where a folder cannot be opened.
func syncDir(string) error { return nil }
