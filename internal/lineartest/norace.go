//go:build !race

package lineartest

// Race tells that the test looks for races, which makes everything slow. Tests in which nothing can race, and processes
// that count without looking for races, would do the same once more.
const Race = false
