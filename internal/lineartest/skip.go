package lineartest

import "testing"

// SkipRace skips a test that takes long with the race detector, which has nothing to find in it: it does one thing after
// another, or nearly all of it in other programs.
func SkipRace(t *testing.T) {
	t.Helper()
	if Race {
		t.Skip("nothing can race in it")
	}
}
