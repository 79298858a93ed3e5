// Package pgtest runs a PostgreSQL of its own in a temporary folder, for tests
// and measurements of what stands on it. It needs the server's programs, not a
// running server: `go run ./cmd/dev setup test` installs them.
//
//	cluster.go   the folder and the process
//	database.go  databases with the roles that the administrator makes
//	user_*.go    PostgreSQL does not run as root: then somebody else runs it
package pgtest
