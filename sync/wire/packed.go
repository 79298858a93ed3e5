package wire

import (
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// A Packed is a message as it came: one frame of zstd. Many frames, each unpacked
// behind the others, would cost the square of their number; so there is one, and
// what it will take is known before it is unpacked: it tells the length of its
// content, or it is one block.
type Packed struct {
	body []byte
	with uint32 // number of the dictionary; 0: none
	Size int    // of the message unpacked, in bytes; at most [MaxPlain]
}

// Take reads a compressed message of at most limit bytes.
func Take(r io.Reader, limit int64) (Packed, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return Packed{}, fmt.Errorf("read message: %w", err)
	case int64(len(body)) > limit:
		return Packed{}, tooLarge(fmt.Errorf("message is longer than %d bytes", limit))
	}
	var h zstd.Header
	if err := h.Decode(body); err != nil {
		return Packed{}, damaged(err)
	}
	blocks, end := frame(&h, body)
	switch {
	case h.Skippable || end != len(body) || !h.HasFCS && blocks > 1:
		return Packed{}, damaged(fmt.Errorf("not one frame of a known size in %d bytes", len(body)))
	case !h.HasFCS && h.WindowSize <= MaxWindow:
		return Packed{body, h.DictionaryID, maxBlock}, nil
	case h.FrameContentSize > MaxPlain || h.WindowSize > MaxWindow:
		return Packed{}, tooLarge(fmt.Errorf("message of %d bytes in a window of %d", h.FrameContentSize, h.WindowSize))
	}
	return Packed{body, h.DictionaryID, int(h.FrameContentSize)}, nil
}

// maxBlock is what one block of zstd holds at most, in bytes.
const maxBlock = 128 << 10

// frame counts the blocks of a frame and finds its end; none when it is cut.
func frame(h *zstd.Header, body []byte) (blocks, end int) {
	const head, repeated = 3, 1 << 1 // bytes before a block; type of one byte, repeated
	at := h.HeaderSize
	for last := false; !last; blocks++ {
		if at+head > len(body) {
			return 0, 0
		}
		about := int(body[at]) | int(body[at+1])<<8 | int(body[at+2])<<16
		size := about >> 3
		if about&6 == repeated {
			size = 1
		}
		last = about&1 == 1
		at += head + size
	}
	if h.HasCheckSum {
		at += 4
	}
	return blocks, at
}

// Open unpacks and decodes the message, which may be packed with a dictionary.
func (p Packed) Open(m Message, d *Dictionary) error {
	by := unpacking
	if p.with != 0 {
		if d == nil || d.number != p.with {
			return damaged(fmt.Errorf("packed with dictionary %d, which is not here", p.with))
		}
		by = d.unpack()
	}
	raw, err := by.DecodeAll(p.body, make([]byte, 0, min(p.Size, 4*len(p.body))))
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return tooLarge(err)
	case err != nil:
		return damaged(err)
	}
	return Decode(raw, m)
}

// Unpack reads a compressed message of at most limit bytes, and of at most
// [MaxPlain] bytes when unpacked.
func Unpack(r io.Reader, limit int64, m Message) error {
	return (*Dictionary)(nil).Unpack(r, limit, m)
}

// Unpack is [Unpack] of what may be packed with the dictionary; d may be nil.
func (d *Dictionary) Unpack(r io.Reader, limit int64, m Message) error {
	p, err := Take(r, limit)
	if err != nil {
		return err
	}
	return p.Open(m, d)
}
