package rebuild

import (
	"crypto/ed25519"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
)

// A Journal is what one PC knows of what its servers had taken.
type Journal struct {
	Name   string // for the report
	School journal.SchoolID
	Server                // that it knew last
	Former []Server       // those before it of which it keeps the logs
	Loose  []commit.Entry // commits that a server had taken, at no place of these logs
	PC     PC
}

// A Server is one of the school's as far as a PC knows it.
type Server struct {
	Epoch [16]byte
	Logs  map[journal.Volume]Log
}

// A PC is that of a journal, with what was written on it.
type PC struct {
	Key      ed25519.PublicKey
	Name     string
	Keys     []commit.SignKey   // of its people, in order
	Sealed   []*commit.Envelope // in the order of numbers
	Unsealed [][]byte           // under no signature
	NotTaken []ledger.Judged    // with what the server had answered
}

// A Log is a volume as far as a PC has it.
type Log struct {
	Entries []commit.Entry // at the places 1, 2 …
	Head    []byte         // the last that the server signed; empty: none
	Part    tlog.TreeProof // that a head of more places extends them; empty: nobody has kept it
}

// A Volume is what all journals know of one volume together.
type Volume struct {
	Volume  journal.Volume
	Entries []commit.Entry // the trunk
	Root    tlog.Hash      // of its tree
	Proven  uint64         // places up to which a head signed by the server proves the trunk
	Shown   uint64         // places of the longest such head; beyond the trunk nobody has them
}

// A Share is what one journal has brought.
type Share struct {
	Name    string
	Last    bool                   // it knew the server that was the last one
	Places  map[journal.Volume]int // of the trunk that no journal before had
	More    int                    // commits beyond it that no journal before had
	Forks   []Fork
	Clashes []commit.ID      // commits of which another version stands
	Unread  int              // commits that do not read, or are another school's
	Forged  []journal.Volume // the head is not signed by its server, or not the log's
}

// A Fork is where a log leaves the trunk.
type Fork struct {
	Volume   journal.Volume
	Position uint64 // the first place that differs
}

// A source is one server's logs out of a journal.
type source struct {
	Server
	share *Share
	last  bool
}

// head opens the signed head of a log. Genuine is false for one that does not
// hold; the log itself may be right all the same.
func (s *source) head(school journal.SchoolID, v journal.Volume) (h tree.Head, genuine bool) {
	l := s.Logs[v]
	h, err := tree.Open(l.Head, s.Epoch)
	if err != nil || h.School != school || h.Volume != v || h.Size < uint64(len(l.Entries)) {
		return tree.Head{}, false
	}
	return h, h.Size > uint64(len(l.Entries)) || h.Root == root(l.Entries)
}

// under reports whether a head proves the whole of a log.
func (l *Log) under(h tree.Head) bool {
	n := uint64(len(l.Entries))
	return n > 0 && (h.Size == n && h.Root == root(l.Entries) || h.Size > n && tlog.CheckTree(l.Part, int64(h.Size), h.Root, int64(n), root(l.Entries)) == nil)
}

func root(entries []commit.Entry) tlog.Hash {
	var e tree.Edge
	for _, at := range entries {
		e.Add(tree.Leaf(at.Raw))
	}
	return e.Root()
}
