package rebuild

import (
	"crypto/ed25519"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
)

// A Journal is what one PC knows of what its server had taken.
type Journal struct {
	Name   string // for the report
	School journal.SchoolID
	Epoch  [16]byte // of the server that it knew last
	Logs   map[journal.Volume]Log
	Loose  []commit.Entry // commits that a server had taken, at no place of the logs
	PC     PC
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
	Last    bool                   // its server was the last one
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

// head opens the signed head of a log. Proven is false for one that does not
// hold; the log itself may be right all the same.
func (j *Journal) head(v journal.Volume) (h tree.Head, proven bool) {
	l := j.Logs[v]
	h, err := tree.Open(l.Head, j.Epoch)
	if err != nil || h.School != j.School || h.Volume != v || h.Size < uint64(len(l.Entries)) {
		return tree.Head{}, false
	}
	return h, h.Size > uint64(len(l.Entries)) || h.Root == root(l.Entries)
}

func root(entries []commit.Entry) tlog.Hash {
	var e tree.Edge
	for _, at := range entries {
		e.Add(tree.Leaf(at.Raw))
	}
	return e.Root()
}
