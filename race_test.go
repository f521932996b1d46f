//go:build race

package wks_test

// raceEnabled tells whether the race detector makes everything slow.
const raceEnabled = true
