// Package commit defines the one mechanism under everything: a commit is one
// thing that a person did, and at once the unit of durability, of undo, of
// permission and of the audit trail. An envelope is what is signed and sent.
//
// A commit is encoded once, in deterministic CBOR; those bytes are stored,
// hashed and sent as they are and never encoded anew:
//
//	commit  [1, device, number, school, volume, author, stamp, entered, reason, undoes, [edit …]]
//	edit    [kind, key, field, value, [[device, number, index] …]]
//	value   null | integer | text | bytes
//
// Unknown kinds, fields and keys are kept as they are. Anything else that is new (a
// part more, another type of value) makes it version 2, which no program of
// version 1 takes: it says that it must be updated.
//
// ids are 16 bytes; an empty device in «replaces» stands for the commit's own.
// An envelope is a COSE_Sign1 whose payload is detached:
//
//	payload [1, device, author, first number, hash of the author's previous envelope here, by PC, [commit bytes …]]
package commit
