// Package migrate brings a database to the shape that this version of the
// program expects: it runs the embedded files NNNN_name.sql in order, each in a
// transaction of its own, and remembers the SHA-256 of each, so that a file
// edited after its release is noticed instead of leaving two shapes behind one
// number.
package migrate
