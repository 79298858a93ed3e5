package wire

import (
	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// MaxBack bounds how many entries one message gives back.
const MaxBack = 1000

// Back is a [tree.Back] as it is sent.
type Back struct {
	_       struct{} `cbor:",toarray"`
	Head    []byte
	Size    uint64
	Root    [32]byte
	Part    []byte
	Entries []Returned
}

// Returned is one entry of a former log.
type Returned struct {
	_        struct{} `cbor:",toarray"`
	Position uint64
	Arrived  int64
	Raw      []byte
	Proof    []byte
}

func (b *Back) check() error {
	if len(b.Head) > tree.MaxHead || len(b.Part) > maxProof || b.Size > 1<<62 || len(b.Entries) == 0 || len(b.Entries) > MaxBack {
		return errBounds
	}
	for _, e := range b.Entries {
		if len(e.Raw) == 0 || len(e.Raw) > commit.MaxBytes || len(e.Proof) > maxProof {
			return errBounds
		}
	}
	return nil
}

// GiveBack is what to send of b.
func GiveBack(b *tree.Back) *Back {
	out := &Back{Head: b.Head, Size: b.Size, Root: b.Root, Part: tree.Join(b.Part), Entries: make([]Returned, len(b.Entries))}
	for i, e := range b.Entries {
		out.Entries[i] = Returned{Position: e.Position, Arrived: e.Arrived, Raw: e.Raw, Proof: tree.Join(e.Proof)}
	}
	return out
}

// Open is what was sent.
func (b *Back) Open() (*tree.Back, error) {
	part, err := tree.Split(b.Part)
	if err != nil {
		return nil, err
	}
	out := &tree.Back{Head: b.Head, Size: b.Size, Root: b.Root, Part: part, Entries: make([]tree.Returned, len(b.Entries))}
	for i, e := range b.Entries {
		proof, err := tree.Split(e.Proof)
		if err != nil {
			return nil, err
		}
		out.Entries[i] = tree.Returned{Entry: commit.Entry{Position: e.Position, Arrived: e.Arrived, Raw: e.Raw}, Proof: tlog.RecordProof(proof)}
	}
	return out, nil
}
