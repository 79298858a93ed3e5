// Package storage only holds this map; nobody imports it.
//
//	storage/local    the journal on one school PC: SQLite, never loses an entry
//	storage/central  the school server's store
//	storage/migrate  runs numbered SQL files once each and checks their digests
//
// The local store guarantees that an entry is on the disk before Append
// returns. The central store guarantees that a verdict, the log position and
// the PC's last number become durable together or not at all.
package storage
