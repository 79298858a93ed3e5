// Package journaltest builds small schools for tests: values and rosters only.
package journaltest
