// Package postgres keeps the schools of a district in one PostgreSQL database,
// over which any number of server processes may stand.
//
//	postgres.go  opening, and what must be true of the database
//	tx.go        the only way to a transaction: one school, nothing of another
//	whole.go     many writings as one transaction: a school made anew
//	apply.go     a push becomes durable
//	judged.go, log.go, entities.go, pcs.go, people.go  the rest of central.Store
//	watch.go     «something was written», as a hint
//	migrate.go   the tables and the rights of the servers' role
//	problem.go   what goes wrong, with code and sentence
//	pgtest       a PostgreSQL of its own for tests and measurements
//
// Two roles. The owner of the tables runs migrations and nothing else. The
// servers come as another role, which owns nothing, does not bypass row-level
// security, may not delete, and may not change what is in the log. Open refuses
// a role that could do more.
//
// Rows carry the school's id first in every key. A policy shows a transaction
// only the rows of the school that its setting app.school names; without the
// setting there are none. Row-level security guards against our own mistakes: a
// process that may set app.school may set it to any school of the database.
// The list of schools (id, order, when made) is open, so that a server finds its
// school; keys and everything else are not. Foundings therefore takes one
// transaction for each school.
//
// COPY does not work under row-level security, so a push is written as arrays,
// one statement a table. The heads of the volumes are compared and moved first:
// who comes too late learns it before sending anything, and the row locks that
// this takes are held for the one round trip of the rows and the commit.
//
// The schema uses nothing that Citus, YugabyteDB or CockroachDB lack: no
// sequences, triggers or procedures, no advisory locks outside migrations, and
// every transaction is ready to be told to begin again (40001). NOTIFY is a
// hint; who misses it looks by itself.
//
// Migrations are run by storage/migrate, which serves both engines as it is; the
// connection holds an advisory lock meanwhile.
package postgres
