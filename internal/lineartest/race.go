//go:build race

package lineartest

// race tells that the test looks for races. The processes that count are compiled without, so they would
// do the same once more.
const race = true
