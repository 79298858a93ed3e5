package commit_test

import (
	"crypto/ed25519"
	"time"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

var (
	home   = journal.DeviceID{0xD0, 1}
	school = journal.SchoolID{0x5C}
	author = journal.StaffID{0xA0}
)

// mark is an ordinary commit.
func mark(number uint64) *commit.Commit {
	at := time.Date(2026, 11, 23, 9, 15, 0, 0, time.UTC)
	cell := journal.CellKey(journal.PageID{1}, journal.DateOf(at), 3, journal.PupilID{2})
	return &commit.Commit{
		ID: commit.ID{Device: home, Number: number}, School: school, Volume: 2026, Author: author, Stamp: commit.StampAt(at), Entered: at,
		Edits: []commit.Edit{{Kind: journal.KindCell, Key: cell, Field: journal.CellMark, Value: journal.IntValue(5)}},
	}
}

// drawCommit draws a commit of any shape that may be encoded.
func drawCommit(t *rapid.T) *commit.Commit {
	c := mark(rapid.Uint64Range(1, 1<<63-1).Draw(t, "number"))
	c.Volume = journal.Volume(rapid.Uint16().Draw(t, "volume"))
	c.Stamp = commit.Stamp(rapid.Uint64Range(0, 1<<63-1).Draw(t, "stamp"))
	c.Entered = time.UnixMilli(rapid.Int64Range(-1<<60, 1<<60).Draw(t, "entered")).UTC()
	c.Reason = rapid.StringN(0, 20, 80).Draw(t, "reason")
	c.Undoes = rapid.Uint64Range(0, c.Number-1).Draw(t, "undoes")
	c.Edits = rapid.SliceOfN(rapid.Custom(drawEdit), 1, 5).Draw(t, "edits")
	return c
}

func drawEdit(t *rapid.T) commit.Edit {
	return commit.Edit{
		Kind: journal.Kind(rapid.Uint16().Draw(t, "kind")), Key: journal.Key(rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(t, "key")),
		Field: journal.FieldNo(rapid.Uint16Range(1, 1<<16-1).Draw(t, "field")), Value: drawValue(t),
		Replaces: drawReplaces(t),
	}
}

func drawValue(t *rapid.T) journal.Value {
	switch rapid.IntRange(0, 3).Draw(t, "type") {
	case 1:
		return journal.IntValue(rapid.Int64().Draw(t, "int"))
	case 2:
		return journal.TextValue(rapid.String().Draw(t, "text"))
	case 3:
		return journal.BytesValue(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
	}
	return journal.Value{}
}

func drawReplaces(t *rapid.T) (out []commit.EditID) {
	for range rapid.IntRange(0, 3).Draw(t, "replaces") {
		out = append(out, commit.EditID{
			Device: journal.DeviceID{0xD0, rapid.Byte().Draw(t, "device")}, Number: rapid.Uint64Range(1, 1<<63-1).Draw(t, "number"),
			Index: rapid.IntRange(0, commit.MaxEdits-1).Draw(t, "index"),
		})
	}
	return out
}

// key is the n-th person's key.
func key(n byte) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed)
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }
