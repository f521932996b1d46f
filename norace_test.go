//go:build !race

package wks_test

const raceEnabled = false
