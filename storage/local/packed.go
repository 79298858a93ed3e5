package local

import (
	"bytes"

	"github.com/klauspost/compress/zstd"

	"uchitelskaya/sync/commit"
)

// packed is the bytes of a commit as the column body keeps them: short ones as
// they are, longer ones compressed. What was signed comes back byte for byte.
// The first byte of a commit is that of a CBOR array, never that of a zstd frame.
type packed []byte

// packedFrom is how long a commit is that is worth the trouble: one mark is shorter.
const packedFrom = 256

var (
	zstdMagic  = []byte{0x28, 0xB5, 0x2F, 0xFD}
	packing    = must(zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(256<<10), zstd.WithEncoderCRC(false)))
	unpacking  = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(commit.MaxBytes), zstd.WithDecoderLowmem(true)))
	errNoBytes = damaged("a commit has no bytes")
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options
	}
	return v
}

// pack is what is written into the column.
func pack(raw []byte) []byte {
	if len(raw) < packedFrom {
		return raw
	}
	if short := packing.EncodeAll(raw, nil); len(short) < len(raw) {
		return short
	}
	return raw
}

// Scan implements [sql.Scanner].
func (p *packed) Scan(column any) error {
	b, ok := column.([]byte)
	if !ok {
		return errNoBytes
	}
	if !bytes.HasPrefix(b, zstdMagic) {
		*p = bytes.Clone(b)
		return nil
	}
	raw, err := unpacking.DecodeAll(b, nil)
	if err != nil {
		return damaged("a commit does not unpack: %w", err)
	}
	*p = raw
	return nil
}
