// Package sqlite keeps a school in one SQLite file: WAL, synchronous FULL, one
// writer connection, a small pool of readers, prepared statements. Another
// process may have the file open at the same time: the administrator's commands
// work beside the running server.
package sqlite
