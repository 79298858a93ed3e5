// Command uchitelskaya-server is the school server: one file without a window,
// which the school runs itself.
//
//	init      makes the school: requisites, first administrator, first one-time code
//	serve     answers the school's PCs; on an address for the administrator,
//	          /health tells how it is and /metrics what it does (admin.go)
//	status    the same for a person
//	code      a one-time code for one more PC
//	account   add, reset, block, unblock, list: who may sign in
//	devices   the school's PCs, with the program that each runs
//	revoke    shuts a PC out, with -copies also those that came of its disk
//	parcel    takes what PCs without a network have written on a stick, writes the answers
//	backup    a checked copy of everything in one file
//	restore   a folder from such a copy; the PCs then send what it lacks
//	migrate   makes or renews the tables of a PostgreSQL database
//	renew     what restore does in the end, for data that were put back otherwise
//	rebuild   a new server, in a folder or a database, from journals of the school's PCs, when the old one and
//	          its copies are gone; each PC goes on with a code (remake.go)
//	version   what runs
//
// A folder holds one school, with SQLite. A PostgreSQL database holds any number
// of them; a serve answers for one, and any number of serve may stand over it.
//
// The commands work beside a running serve. testdata/script is the manual,
// executed.
package main
