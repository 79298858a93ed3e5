package commit

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"

	"uchitelskaya/app/journal"
)

// Bounds of one commit. A class list of 40 with every field is 400 edits; a
// whole school imported at once is some 30,000.
const (
	MaxEdits    = 100_000
	MaxReplaces = 1000
	MaxReason   = 500      // characters
	MaxBytes    = 16 << 20 // encoded
)

// ID names a commit: each PC numbers its commits from 1 without a gap.
type ID struct {
	Device journal.DeviceID
	Number uint64
}

// String is «device.number».
func (id ID) String() string { return fmt.Sprintf("%s.%d", uuid.UUID(id.Device), id.Number) }

// EditID names an edit: its commit and its place there, from 0.
type EditID struct {
	Device journal.DeviceID
	Number uint64
	Index  int
}

// Commit is the commit that holds the edit.
func (id EditID) Commit() ID { return ID{id.Device, id.Number} }

// A Commit is one thing that a person did on one PC.
type Commit struct {
	ID
	School  journal.SchoolID
	Volume  journal.Volume
	Author  journal.StaffID // zero: the school server
	Stamp   Stamp
	Entered time.Time // wall time of entry on that PC, milliseconds; deadlines count by it
	Reason  string    // why, for corrections
	Undoes  uint64    // number of the commit of this PC that this one takes back; 0: none
	Edits   []Edit
}

// An Edit sets one field of one entity.
type Edit struct {
	Kind     journal.Kind
	Key      journal.Key
	Field    journal.FieldNo
	Value    journal.Value
	Replaces []EditID // the edits of this field that the author saw
}

// Edit returns the id of the i-th edit.
func (c *Commit) Edit(i int) EditID { return EditID{c.Device, c.Number, i} }

// Hash is the leaf of a commit in every log: SHA-256 of its bytes.
func Hash(raw []byte) [32]byte { return sha256.Sum256(raw) }

// A Draft is what a person wants to do, before the store gives it a number, a
// stamp and the edits that it replaces.
type Draft struct {
	Volume  journal.Volume
	Author  journal.StaffID
	Entered time.Time
	Reason  string
	Undoes  uint64
	Changes []Change
}

// A Change is one field to set. Seen, when not nil, is the value that the
// author had before his eyes: if another has come in since, it is not replaced
// but stands beside the new one until a person decides.
type Change struct {
	Kind  journal.Kind
	Key   journal.Key
	Field journal.FieldNo
	Value journal.Value
	Seen  *journal.Value
}

// Set is the ordinary change.
func Set(k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) Change {
	return Change{Kind: k, Key: key, Field: f, Value: v}
}
