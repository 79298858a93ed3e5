// Package simtest is a whole school in one process, under one seed and a clock
// that nobody waits for: PCs with their journals, people who type, a server, a
// line between them, and everything that goes wrong with these. Stores, judging,
// merging, exchange and messages are the product's own; only sockets and timers
// are not there. Each world runs in one goroutine, so a seed names all that
// happens, and the trace of two runs is the same to the byte.
//
// Phase 1: any fault that the weather of the seed has. At every moment: what a
// person was told is saved is on its PC or at the server; what was acknowledged
// is there, in the log once; a verdict is given once; positions have no gap; the
// server's heads are those of its log; who is shut out receives nothing.
//
// Phase 2: everything runs, clocks stay wrong. In a few rounds all journals are
// equal to the byte, show what the log says, and no commit waits for a verdict.
//
// After a restore of the server, what a former one had accepted is in the log
// again if any PC can prove it: under its own number, or as a stray when that was
// given again; what cannot be proved is judged anew, and its author finds the
// answer. What reached a journal of which a new server is made is there afterwards,
// unless its number stands for another commit there: then its PC becomes another
// one and sends it.
//
// Of a server made anew which is lost, too, the next one may know nothing: what the
// PCs had read of it and nobody can prove stays with them, and is only looked at
// there. Not here yet: a PC that does not know own commits without bytes.
//
//	ground.go, furnish.go  the school that every world begins with, made once
//	world.go, queue.go     one world and what will happen in it
//	desk.go, people.go     a PC; who types what
//	aside.go               what they do about what was refused
//	host.go                the server
//	net.go, weather.go     the line; how hard a world is
//	word.go                news that come with a word of the event stream
//	faults.go              what goes wrong besides the line
//	stick.go               parcels: late, twice, out of order, not whole
//	disk.go, image.go      a disk on which a program may die at any operation; torn writes
//	book.go, shelf.go      the two stores on such a disk
//	truth.go, fields.go    what must be, kept apart from the product
//	saved.go               what people were told, and which disks have it
//	check.go, heal.go      the world held against that; phase 2
//	older.go               programs of an earlier version
//	strangers.go           who is none of the school's asks, too
//	dump.go, names.go      a journal to the byte
//	proof.go               the tree by the book
//	double.go              a PC begun from a copy of another's disk
//	restore.go, fork.go    disks put back from copies; a PC that becomes another one
//	remake.go              a server made anew of journals
//	regiven.go             a number that stands for two commits
//	comeback.go            a PC that the server does not know any more
//	planted….go            faults of programs put in on purpose
//	trace.go               what happened
package simtest
