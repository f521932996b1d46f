//go:build race

package runner_test

// raceEnabled tells whether the race detector makes everything slow.
const raceEnabled = true
