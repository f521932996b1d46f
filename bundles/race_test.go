//go:build race

package bundles_test

const raceEnabled = true
