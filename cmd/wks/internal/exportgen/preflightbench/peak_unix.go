//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// peak is the peak of the resident set in MB.
func peak(usage any) float64 {
	u, ok := usage.(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return float64(u.Maxrss) / 1e6
	}
	return float64(u.Maxrss) * 1024 / 1e6
}
