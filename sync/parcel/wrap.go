package parcel

import (
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/crypto/ssh"

	"uchitelskaya/sync/wire"
)

// A Writer writes a parcel. It is whole after Seal, and not before.
type Writer struct {
	*Body
	secret io.WriteCloser
	packed *zstd.Encoder
}

// NewWriter begins a parcel that only the owner of the key to can read.
func NewWriter(w io.Writer, l Line, to ed25519.PublicKey) (*Writer, error) {
	key, err := ssh.NewPublicKey(to)
	if err != nil {
		return nil, fmt.Errorf("encrypt parcel: %w", err)
	}
	recipient, err := agessh.NewEd25519Recipient(key)
	if err != nil {
		return nil, fmt.Errorf("encrypt parcel: %w", err)
	}
	if _, err := io.WriteString(w, l.String()); err != nil {
		return nil, fmt.Errorf("write parcel: %w", err)
	}
	secret, err := age.Encrypt(w, recipient)
	if err != nil {
		return nil, fmt.Errorf("encrypt parcel: %w", err)
	}
	packed, err := zstd.NewWriter(secret, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(wire.MaxWindow))
	if err != nil {
		return nil, fmt.Errorf("pack parcel: %w", err)
	}
	return &Writer{Body: NewBody(packed, l), secret: secret, packed: packed}, nil
}

// Seal signs the parcel and ends it. The underlying writer stays open.
func (w *Writer) Seal(key crypto.Signer) error {
	if err := w.Body.Seal(key); err != nil {
		return err
	}
	if err := errors.Join(w.packed.Close(), w.secret.Close()); err != nil {
		return fmt.Errorf("end parcel: %w", err)
	}
	return nil
}
