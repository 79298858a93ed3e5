package wire

import (
	"crypto/ed25519"

	"uchitelskaya/app/journal"
)

// Fork asks to make a PC whose disk was copied, or put back from a copy, one of
// the school's under a key of its own: its number belongs to the other one. It
// is asked by the certificate of the former key.
type Fork struct {
	Key     []byte   `cbor:"1,keyasint"`           // Ed25519, the new public one
	Proof   []byte   `cbor:"2,keyasint"`           // signature by the new key over [ForkPurpose] and the former device
	Numbers []uint64 `cbor:"3,keyasint,omitempty"` // own commits that may not be at the server, ascending
	Sums    []byte   `cbor:"4,keyasint,omitempty"` // SHA-256 of each
}

// ForkPurpose keeps the signature from serving anywhere else.
const ForkPurpose = "uchitelskaya/fork/1"

// ForkAnswer makes the PC another one of the school's.
type ForkAnswer struct {
	Device   [16]byte  `cbor:"1,keyasint"`
	Name     string    `cbor:"2,keyasint"`           // as the administrator sees it
	Verdicts []Verdict `cbor:"3,keyasint,omitempty"` // of those asked about that the server has with these bytes
}

// Signed is what the proof covers.
func (f *Fork) Signed(former journal.DeviceID) []byte {
	return append(append([]byte(ForkPurpose), former[:]...), f.Key...)
}

func (f *Fork) check() error {
	if len(f.Key) != ed25519.PublicKeySize || len(f.Proof) != ed25519.SignatureSize || len(f.Numbers) > MaxForked || len(f.Sums) != 32*len(f.Numbers) {
		return errBounds
	}
	for i, n := range f.Numbers {
		if n == 0 || n > 1<<62 || i > 0 && n <= f.Numbers[i-1] {
			return errBounds
		}
	}
	return nil
}

func (a *ForkAnswer) check() error {
	if len(a.Name) > 2*MaxName || len(a.Verdicts) > MaxForked {
		return errBounds
	}
	return nil
}
