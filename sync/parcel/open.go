package parcel

import (
	"bufio"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// A Parcel was read to its end and checked: every item that it gives out later
// is one of those.
type Parcel struct {
	Line Line

	file io.ReadSeeker
	key  ed25519.PrivateKey
	sums [][32]byte
}

// Open reads a parcel from its beginning and checks all of it. trusts says
// whether a key (SubjectPublicKeyInfo) is that of whom the parcel claims to be.
//
// The error's code is [fault.Damaged] for a file with other bytes than were
// written, [fault.Forbidden] for one that was encrypted to somebody else,
// [fault.TooLarge] beyond the bounds.
func Open(file io.ReadSeeker, key ed25519.PrivateKey, trusts func(l Line, signer []byte) error) (*Parcel, error) {
	p := &Parcel{file: file, key: key}
	signer, err := p.scan(func(_ Kind, _ []byte, of [32]byte) error {
		p.sums = append(p.sums, of)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, trusts(p.Line, signer)
}

// Each reads the parcel again and gives every item to f. A file that was
// exchanged meanwhile ends it with an error before anything other is given.
func (p *Parcel) Each(f func(k Kind, raw []byte) error) error {
	i := 0
	_, err := p.scan(func(k Kind, raw []byte, of [32]byte) error {
		if i == len(p.sums) || p.sums[i] != of {
			return damaged(errors.New("the file has changed meanwhile"))
		}
		i++
		return f(k, raw)
	})
	return err
}

func (p *Parcel) scan(f func(k Kind, raw []byte, of [32]byte) error) (signer []byte, err error) {
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return nil, unread(err)
	}
	in := bufio.NewReader(p.file)
	line, _, err := readLine(in)
	if err != nil {
		return nil, err
	}
	if len(p.sums) == 0 {
		p.Line = line
	}
	identity, err := agessh.NewEd25519Identity(p.key)
	if err != nil {
		return nil, fmt.Errorf("decrypt parcel: %w", err)
	}
	open, err := age.Decrypt(in, identity)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return nil, fault.Wrap(fault.Forbidden, "Этот файл предназначен не сюда, и здесь он не открывается.", err)
	case err != nil:
		return nil, damaged(err)
	}
	plain, err := zstd.NewReader(open, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(wire.MaxWindow))
	if err != nil {
		return nil, damaged(err)
	}
	defer plain.Close()
	return Scan(plain, p.Line, f)
}
