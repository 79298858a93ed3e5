//go:build race

package simtest_test

// The race detector is ten times slower and finds little where nothing runs
// beside anything else.
func init() { usual = 20 }
