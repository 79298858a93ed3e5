package tree

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
)

// MaxHead bounds a signed head, in bytes, and MaxFormer with how many former
// keys it may be signed.
const (
	MaxHead   = 1000
	MaxFormer = 5
)

// signerName stands before every signature of a school server.
const signerName = "uchitelskaya"

// A Head says what a volume's log was when it had a given length.
type Head struct {
	School journal.SchoolID
	Volume journal.Volume
	Size   uint64
	Root   tlog.Hash
}

// EpochOf is the epoch of a server with the given key. After every restore a
// server has a new key, so the epoch names the key, and who knows the epoch can
// check every head signed in it.
func EpochOf(key ed25519.PublicKey) [16]byte {
	h := sha256.Sum256(append([]byte("uchitelskaya/epoch/1"), key...))
	return [16]byte(h[:16])
}

// Sign is the head as a signed note:
//
//	uchitelskaya/SCHOOL/VOLUME
//	SIZE
//	ROOT in base64
//	KEY  in base64
//
//	— uchitelskaya SIGNATURE
//
// A server that was put back from a copy signs with its former keys, too: so a
// copy that knows only those can tell later that the head is genuine.
func (h Head) Sign(key ed25519.PrivateKey, former ...ed25519.PrivateKey) ([]byte, error) {
	var signers []note.Signer
	for _, k := range append([]ed25519.PrivateKey{key}, former...) {
		v, err := verifier(k.Public().(ed25519.PublicKey))
		if err != nil {
			return nil, fmt.Errorf("sign head: %w", err)
		}
		signers = append(signers, signer{v, k})
	}
	raw, err := note.Sign(&note.Note{Text: h.text(key.Public().(ed25519.PublicKey))}, signers...)
	if err != nil {
		return nil, fmt.Errorf("sign head: %w", err)
	}
	return raw, nil
}

func (h Head) text(key ed25519.PublicKey) string {
	return fmt.Sprintf("%s/%s/%d\n%d\n%s\n%s\n", signerName, h.School, h.Volume, h.Size, h.Root, base64.StdEncoding.EncodeToString(key))
}

// Open checks a signed head of a server whose epoch is known.
func Open(raw []byte, epoch [16]byte) (Head, error) {
	h, key, err := parse(raw)
	if err != nil {
		return h, fmt.Errorf("open head: %w", err)
	}
	if EpochOf(key) != epoch {
		return h, errors.New("open head: signed by the key of another epoch")
	}
	return h, h.verify(raw, key, key)
}

// OpenBy checks a head that one of the keys has signed, in whatever epoch.
func OpenBy(raw []byte, keys []ed25519.PublicKey) (Head, error) {
	h, key, err := parse(raw)
	if err != nil {
		return h, fmt.Errorf("open head: %w", err)
	}
	return h, h.verify(raw, key, keys...)
}

// verify reports unless one of the keys has signed the head, which names a key.
func (h Head) verify(raw []byte, named ed25519.PublicKey, keys ...ed25519.PublicKey) error {
	var list []note.Verifier
	for _, k := range keys {
		v, err := verifier(k)
		if err != nil {
			return fmt.Errorf("open head: %w", err)
		}
		list = append(list, v)
	}
	n, err := note.Open(raw, note.VerifierList(list...))
	if err != nil {
		return fmt.Errorf("open head: %w", err)
	}
	if n.Text != h.text(named) {
		return errors.New("open head: something stands in it that does not belong there")
	}
	return nil
}

// Size is the length that a signed head speaks of, unchecked: for the server,
// which wrote it.
func Size(raw []byte) (uint64, error) {
	h, _, err := parse(raw)
	return h.Size, err
}

// KeyOf is the key that signed a head, when it is that of the epoch: the key of
// the server that this PC knows.
func KeyOf(raw []byte, epoch [16]byte) (ed25519.PublicKey, bool) {
	_, key, err := parse(raw)
	return key, err == nil && EpochOf(key) == epoch
}

// parse reads a head without a look at its signature.
func parse(raw []byte) (h Head, key ed25519.PublicKey, err error) {
	if len(raw) > MaxHead {
		return h, nil, fmt.Errorf("head of %d bytes", len(raw))
	}
	lines := strings.SplitN(string(raw), "\n", 5)
	if len(lines) != 5 {
		return h, nil, errors.New("head of too few lines")
	}
	origin := strings.Split(lines[0], "/")
	if len(origin) != 3 || origin[0] != signerName {
		return h, nil, fmt.Errorf("head of %q", lines[0])
	}
	var errs [5]error
	h.School, errs[0] = journal.ParseID[journal.School](origin[1])
	volume, err := strconv.ParseUint(origin[2], 10, 16)
	h.Volume, errs[1] = journal.Volume(volume), err
	h.Size, errs[2] = strconv.ParseUint(lines[1], 10, 62)
	h.Root, errs[3] = tlog.ParseHash(lines[2])
	key, errs[4] = base64.StdEncoding.DecodeString(lines[3])
	if err := errors.Join(errs[:]...); err != nil {
		return h, nil, err
	}
	if len(key) != ed25519.PublicKeySize {
		return h, nil, fmt.Errorf("key of %d bytes", len(key))
	}
	return h, key, nil
}

func verifier(key ed25519.PublicKey) (note.Verifier, error) {
	text, err := note.NewEd25519VerifierKey(signerName, key)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(text)
}

// signer is the key as package note wants it.
type signer struct {
	note.Verifier
	key ed25519.PrivateKey
}

// Sign implements [note.Signer].
func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }
