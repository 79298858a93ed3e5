package commit

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"github.com/veraison/go-cose"

	"uchitelskaya/app/journal"
)

// MaxSealed bounds how many commits one envelope holds.
const MaxSealed = 256

// An Envelope is consecutive commits of one author on one PC under one
// signature.
type Envelope struct {
	Head
	Signature []byte   // COSE_Sign1 with a detached payload
	Commits   [][]byte // as they were encoded
}

// A Head says whose commits an envelope holds and where they stand.
type Head struct {
	Device journal.DeviceID
	Author journal.StaffID
	First  uint64   // number of the first commit
	Prev   [32]byte // hash of this author's previous envelope on this PC; zero: the first
	ByPC   bool     // sealed with the PC's own key, because the author had gone
}

type payloadForm struct {
	_       struct{} `cbor:",toarray"`
	Version uint
	Device  []byte
	Author  []byte
	First   uint64
	Prev    []byte
	ByPC    bool
	Commits [][]byte
}

// payload is what is signed.
func (e *Envelope) payload() ([]byte, error) {
	return encoding.Marshal(payloadForm{
		Version: version, Device: e.Device[:], Author: e.Author[:], First: e.First, Prev: e.Prev[:], ByPC: e.ByPC, Commits: e.Commits,
	})
}

// Hash names the envelope in the chain of its author's envelopes on the PC.
func (e *Envelope) Hash() ([32]byte, error) {
	p, err := e.payload()
	if err != nil {
		return [32]byte{}, fmt.Errorf("hash envelope: %w", err)
	}
	return sha256.Sum256(p), nil
}

// purpose keeps a signature from serving anywhere else.
var purpose = []byte("uchitelskaya/envelope/1")

// Seal signs commits with the author's key, or the PC's.
func Seal(head Head, commits [][]byte, key ed25519.PrivateKey) (*Envelope, error) {
	e := &Envelope{Head: head, Commits: commits}
	if len(key) != ed25519.PrivateKeySize {
		return nil, fmt.Errorf("seal envelope: private key of %d bytes", len(key))
	}
	if len(commits) == 0 || len(commits) > MaxSealed {
		return nil, fmt.Errorf("seal %d commits: want 1 to %d", len(commits), MaxSealed)
	}
	p, err := e.payload()
	if err != nil {
		return nil, fmt.Errorf("seal envelope: %w", err)
	}
	signer, err := cose.NewSigner(cose.AlgorithmEdDSA, crypto.Signer(key))
	if err != nil {
		return nil, fmt.Errorf("seal envelope: %w", err)
	}
	msg := cose.NewSign1Message()
	msg.Headers.Protected.SetAlgorithm(cose.AlgorithmEdDSA)
	msg.Payload = p
	if err := msg.Sign(rand.Reader, purpose, signer); err != nil {
		return nil, fmt.Errorf("seal envelope: %w", err)
	}
	msg.Payload = nil
	if e.Signature, err = msg.MarshalCBOR(); err != nil {
		return nil, fmt.Errorf("seal envelope: %w", err)
	}
	return e, nil
}

// Verify checks the signature with a public key and reads the commits; see
// [Envelope.Read].
func (e *Envelope) Verify(key ed25519.PublicKey) ([]*Commit, error) {
	if len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("verify envelope: public key of %d bytes", len(key))
	}
	if len(e.Signature) > 1000 {
		return nil, fmt.Errorf("%w: signature of %d bytes", ErrForm, len(e.Signature))
	}
	p, err := e.payload()
	if err != nil {
		return nil, fmt.Errorf("verify envelope: %w", err)
	}
	var msg cose.Sign1Message
	if err := msg.UnmarshalCBOR(e.Signature); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if msg.Payload != nil {
		return nil, fmt.Errorf("%w: payload inside the signature", ErrForm)
	}
	msg.Payload = p
	verifier, err := cose.NewVerifier(cose.AlgorithmEdDSA, key)
	if err != nil {
		return nil, fmt.Errorf("verify envelope: %w", err)
	}
	if err := msg.Verify(purpose, verifier); err != nil {
		return nil, fmt.Errorf("verify envelope: %w", err)
	}
	return e.Read()
}

// Read reads the commits without a look at the signature. They must be of the
// envelope's device and author and numbered from First on.
func (e *Envelope) Read() ([]*Commit, error) {
	if len(e.Commits) == 0 || len(e.Commits) > MaxSealed {
		return nil, fmt.Errorf("%w: envelope of %d commits", ErrForm, len(e.Commits))
	}
	out := make([]*Commit, len(e.Commits))
	for i, raw := range e.Commits {
		c, err := Decode(raw)
		if err != nil {
			return nil, err
		}
		if c.Device != e.Device || c.Author != e.Author || c.Number != e.First+uint64(i) {
			return nil, fmt.Errorf("%w: commit %s is not the envelope's", ErrForm, c.ID)
		}
		out[i] = c
	}
	return out, nil
}

// Follows reports whether e is chained to prev, which is nil for the first.
func (e *Envelope) Follows(prev *Envelope) bool {
	if prev == nil {
		return e.Prev == [32]byte{}
	}
	h, err := prev.Hash()
	return err == nil && bytes.Equal(h[:], e.Prev[:])
}
