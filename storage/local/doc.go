// Package local is the journal on one school PC: a single SQLite file that
// never loses an entry.
//
// The truth is the table commits: every commit made here or taken from the
// school server, as the bytes that are hashed and signed. Everything that a
// screen reads is a projection of the commits' heads (sync/merge): one table per
// kind of journal.Specs, named as the kind, with one column per field and the
// merge state of the whole entity beside them. So an ordinary mark writes two
// rows, the commit and the cell, and a page of marks is one range scan.
//
// An entry is on the disk when Append returns: WAL with synchronous=FULL, one
// writer connection, one process per folder. Readers have connections of their
// own and never wait for the writer.
//
//	packed.go    commits' bytes as they are kept
//	open.go      the only place that opens a database, with every pragma read back
//	tx.go        the only place that writes: rows, folding, news
//	append.go    what a person does here     absorb.go  what comes from the server
//	settle.go    the server's verdicts       seal.go    signatures
//	waiting.go   what is not in the log      aside.go   what a person did about it
//	return.go    what another server must hear
//	former.go    logs of servers that were put back from a copy; back.go what of them is given back
//	copy….go     all that a journal knows, for a server to be made anew
//	fetch.go     many rows at a time         beginning.go how a log begins
//	page.go      lessons, cells, results     past.go    heads, history
//	request.go   what waits for the deputy
//	undo.go      what sets a commit back     fork.go    a PC whose disk was copied
//	roster.go    the slow kinds in memory    rebuild.go the projection made anew
//	backup.go    copies and their return     salvage.go what is left of a damaged file
package local
