//go:build !unix

package main

// peak is 0: the system does not tell it of a process that has ended.
func peak(any) float64 { return 0 }
