package wire

import (
	"errors"
	"fmt"
	"io"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal/fault"
)

var (
	encoding = must(cbor.CoreDetEncOptions().EncMode())
	decoding = must(cbor.DecOptions{
		MaxNestedLevels: 8, MaxArrayElements: 1 << 20, MaxMapPairs: 64, IndefLength: cbor.IndefLengthForbidden,
		TagsMd: cbor.TagsForbidden, DupMapKey: cbor.DupMapKeyEnforcedAPF, UTF8: cbor.UTF8RejectInvalid,
	}.DecMode())
	packing   = must(zstd.NewWriter(nil, zstd.WithWindowSize(1<<20)))
	unpacking = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(MaxPlain), zstd.WithDecoderMaxWindow(MaxWindow)))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options
	}
	return v
}

// A Message is one of the structs of this package.
type Message interface{ check() error }

// Encode gives the CBOR of a message, the same for the same message everywhere.
func Encode(m Message) ([]byte, error) {
	raw, err := encoding.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode message: %w", err)
	}
	return raw, nil
}

// Decode reads the CBOR of a message and checks its bounds. Fields that this
// version does not know are passed over.
func Decode(raw []byte, m Message) error {
	if err := decoding.Unmarshal(raw, m); err != nil {
		return damaged(err)
	}
	if err := m.check(); err != nil {
		return damaged(err)
	}
	return nil
}

// Pack encodes and compresses a message.
func Pack(m Message) ([]byte, error) {
	raw, err := Encode(m)
	if err != nil {
		return nil, err
	}
	return packing.EncodeAll(raw, make([]byte, 0, len(raw)/2+64)), nil
}

// Unpack reads a compressed message of at most limit bytes, and of at most
// [MaxPlain] bytes when unpacked.
func Unpack(r io.Reader, limit int64, m Message) error {
	raw, err := Plain(r, limit)
	if err != nil {
		return err
	}
	return Decode(raw, m)
}

// Plain is the first half of Unpack: the CBOR of a message, for whoever must know
// its length before it is decoded.
func Plain(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read message: %w", err)
	case int64(len(body)) > limit:
		return nil, tooLarge(fmt.Errorf("message is longer than %d bytes", limit))
	}
	raw, err := unpacking.DecodeAll(body, nil)
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return nil, tooLarge(err)
	case err != nil:
		return nil, damaged(err)
	}
	return raw, nil
}

func damaged(err error) error {
	return fault.Wrap(fault.Damaged, "Сообщение пришло повреждённым и не принято. Оно будет отправлено снова.", err)
}

func tooLarge(err error) error {
	return fault.Wrap(fault.TooLarge, "Сообщение слишком большое и не принято. Сообщите администратору школы.", err)
}
