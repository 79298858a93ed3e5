package wire

import (
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// Sync is the one message of the exchange: here is what I wrote, and this far
// I have what the others wrote. Sending it twice is harmless.
type Sync struct {
	Epoch     [16]byte   `cbor:"1,keyasint"` // the server that this PC knows
	Envelopes []Envelope `cbor:"2,keyasint,omitempty"`
	Places    []Place    `cbor:"3,keyasint,omitempty"` // volumes not named: from the beginning
	Most      uint64     `cbor:"4,keyasint,omitempty"` // bytes of commits that the PC takes in one answer, about; 0: [Pull]
	Sending   bool       `cbor:"5,keyasint,omitempty"` // more follows at once: no news now
	Whole     bool       `cbor:"6,keyasint,omitempty"` // this PC's own commits with their bytes
	Keys      []SignKey  `cbor:"7,keyasint,omitempty"` // that people had on this PC, in order: to a server of which it has no log yet
	Back      *Back      `cbor:"8,keyasint,omitempty"` // what a former server had accepted and this one lacks
}

// SignKey is a person's Ed25519 public key on the PC that sends it.
type SignKey struct {
	_      struct{} `cbor:",toarray"`
	Staff  [16]byte
	Public []byte
}

// Envelope is a [commit.Envelope] with the bytes as they were signed.
type Envelope struct {
	_         struct{} `cbor:",toarray"`
	Device    [16]byte
	Author    [16]byte
	First     uint64
	Prev      [32]byte
	ByPC      bool
	Signature []byte
	Commits   [][]byte
}

// Cursor is a position in a volume's log.
type Cursor struct {
	_        struct{} `cbor:",toarray"`
	Volume   journal.Volume
	Position uint64
}

// Place is how far a PC is in a volume: it has the log up to Position, and was
// shown a signed head of Known places, which is no less.
type Place struct {
	_        struct{} `cbor:",toarray"`
	Volume   journal.Volume
	Position uint64
	Known    uint64
}

// SyncAnswer is the answer to [Sync]: everything in it is durable.
type SyncAnswer struct {
	Epoch    [16]byte  `cbor:"1,keyasint"`
	Durable  uint64    `cbor:"2,keyasint"`           // number up to which the server has this PC's commits
	Verdicts []Verdict `cbor:"3,keyasint,omitempty"` // one for each commit sent, in order
	News     []News    `cbor:"4,keyasint,omitempty"` // volumes of which the PC lacks something
	More     bool      `cbor:"5,keyasint,omitempty"` // ask again: there is more
	Sums     []byte    `cbor:"6,keyasint,omitempty"` // in a parcel: SHA-256 of the commit of each verdict, in order
	Now      int64     `cbor:"7,keyasint,omitempty"` // by the server's clock, Unix milliseconds; 0: not said
	Taken    bool      `cbor:"8,keyasint,omitempty"` // what was given back is in the log
}

// Asked stands before the answers of a parcel and says what they answer.
// Without a question it is empty: the news begin at the beginning.
type Asked struct {
	Epoch  [16]byte `cbor:"1,keyasint"` // that the PC knew when it asked
	Places []Place  `cbor:"2,keyasint,omitempty"`
}

// Verdict is a [commit.Verdict] of this PC's commit with the given number.
type Verdict struct {
	_        struct{} `cbor:",toarray"`
	Number   uint64
	Answer   commit.Answer
	Volume   journal.Volume
	Position uint64
	Code     fault.Code
	Text     string
}

// maxProof bounds a proof: two hashes for every level of a tree.
const maxProof = 2 * 64 * 32

// News is what follows the cursor of one volume.
type News struct {
	_       struct{} `cbor:",toarray"`
	Volume  journal.Volume
	After   uint64 // position before the first entry
	Entries []Entry
	Head    []byte // signed head of the whole log; see sync/tree
	Proof   []byte // that it extends the head known; empty when the PC has the log up to that
	Part    []byte // that it extends the log up to the last entry
}

// Entry is one place of the log. What the PC has written itself is not sent
// back unless it asks for that: Own is the number of its commit then, and Raw is
// empty.
type Entry struct {
	_       struct{} `cbor:",toarray"`
	Raw     []byte
	Arrived int64
	Own     uint64
}

func (a *Asked) check() error { return checkPlaces(a.Places) }

func checkPlaces(places []Place) error {
	if len(places) > MaxVolumes {
		return errBounds
	}
	for _, p := range places {
		if p.Known > 1<<62 || p.Known > 0 && p.Known < p.Position {
			return errBounds
		}
	}
	return nil
}

func (s *Sync) check() error {
	if len(s.Keys) > MaxKeys {
		return errBounds
	}
	for _, k := range s.Keys {
		if len(k.Public) != 32 {
			return errBounds
		}
	}
	if len(s.Envelopes) > MaxEnvelopes {
		return errBounds
	}
	if err := checkPlaces(s.Places); err != nil {
		return err
	}
	if s.Back != nil {
		if err := s.Back.check(); err != nil {
			return err
		}
	}
	for i := range s.Envelopes {
		e := &s.Envelopes[i]
		if len(e.Commits) == 0 || len(e.Commits) > commit.MaxSealed || len(e.Signature) > 1000 || e.First == 0 || e.First > 1<<62 {
			return fmt.Errorf("envelope %d: %w", i, errBounds)
		}
		for _, raw := range e.Commits {
			if len(raw) == 0 || len(raw) > commit.MaxBytes {
				return fmt.Errorf("envelope %d: commit of %d bytes", i, len(raw))
			}
		}
	}
	return nil
}

func (a *SyncAnswer) check() error {
	if len(a.Verdicts) > MaxEnvelopes*commit.MaxSealed {
		return errBounds
	}
	if len(a.Sums) > 0 && len(a.Sums) != 32*len(a.Verdicts) {
		return errBounds
	}
	return checkNews(a.News)
}

func checkNews(list []News) error {
	if len(list) > MaxVolumes {
		return errBounds
	}
	for _, n := range list {
		if len(n.Head) > tree.MaxHead || len(n.Proof) > maxProof || len(n.Part) > maxProof {
			return errBounds
		}
		for _, e := range n.Entries {
			if (len(e.Raw) == 0) == (e.Own == 0) || len(e.Raw) > commit.MaxBytes {
				return errBounds
			}
		}
	}
	return nil
}

// Seal is the envelope to send for e.
func Seal(e *commit.Envelope) Envelope {
	return Envelope{Device: e.Device, Author: e.Author, First: e.First, Prev: e.Prev, ByPC: e.ByPC, Signature: e.Signature, Commits: e.Commits}
}

// Open is the envelope that was sent.
func (e *Envelope) Open() *commit.Envelope {
	return &commit.Envelope{
		Head:      commit.Head{Device: e.Device, Author: e.Author, First: e.First, Prev: e.Prev, ByPC: e.ByPC},
		Signature: e.Signature, Commits: e.Commits,
	}
}

// Judge is the verdict to send for v.
func Judge(v commit.Verdict) Verdict {
	return Verdict{Number: v.Commit.Number, Answer: v.Answer, Volume: v.Volume, Position: v.Position, Code: v.Code, Text: v.Text}
}

// Verdict is what was said of a commit of the given PC.
func (v *Verdict) Verdict(device journal.DeviceID) commit.Verdict {
	return commit.Verdict{
		Commit: commit.ID{Device: device, Number: v.Number}, Answer: v.Answer, Volume: v.Volume, Position: v.Position, Code: v.Code, Text: v.Text,
	}
}
