// Package parcel is the exchange as a file: what a PC and the school server say
// to each other when a USB stick is the only way between them.
//
//	line.go   the first line: what the file is, for programs and for people
//	body.go   the items inside, and the sum over them that is signed
//	sign.go   the signature
//	wrap.go   writing: packed and encrypted to one reader
//	open.go   reading: nothing is given out before all of it was checked
//	file.go   names on a stick; nobody sees half a file
//
// A parcel is one line of text, then the body, compressed with zstd and
// encrypted with age to the Ed25519 key of the one who shall read it:
//
//	uchitelskaya-parcel/1 DIRECTION DEVICE EPOCH SERIAL CHECK
//
//	DIRECTION  to-school, from-school
//	DEVICE     the PC that wrote it or that it is for, 32 hexadecimal digits
//	EPOCH      of the server whose key it is encrypted to, or that wrote it
//	SERIAL     when the PC wrote the question, Unix milliseconds: names it beside its PC; an answer has that of its question
//	CHECK      first eight hexadecimal digits of the SHA-256 of what stands before it
//
// The body is a CBOR sequence of pairs [kind, bytes]; bytes hold a CBOR item:
//
//	kind  item
//	1     wire.Sync        to school: what waits, then a last one for the news
//	2     wire.Asked       from school, first: what is answered
//	3     wire.SyncAnswer  from school: one for each question, then more news
//	4     wire.Problem     from school, last: why not all was taken
//	5     {1 signature, 2 key}   the last item
//
// Items of kinds that a version does not know are passed over. The signature is
// a COSE_Sign1 over the sum of the line and of all items before it: that of a
// PC by its own key; that of the server by its TLS key, which every PC has known
// by its pin since enrolment, so that a server put back from a copy proves
// itself here as it does on a socket.
package parcel
