package wire

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal/fault"
)

var (
	encoding = must(cbor.CoreDetEncOptions().EncMode())
	decoding = must(cbor.DecOptions{
		MaxNestedLevels: 8, MaxArrayElements: maxList, MaxMapPairs: 64, IndefLength: cbor.IndefLengthForbidden,
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
func Pack(m Message) ([]byte, error) { return (*Dictionary)(nil).Pack(m) }

func damaged(err error) error {
	return fault.Wrap(fault.Damaged, "Сообщение пришло повреждённым и не принято. Оно будет отправлено снова.", err)
}

func tooLarge(err error) error {
	return fault.Wrap(fault.TooLarge, "Сообщение слишком большое и не принято. Сообщите администратору школы.", err)
}
