package wire

import (
	"encoding/binary"
	"fmt"
	"io"
)

// WriteFrame puts a small message on the event stream: its length in two
// bytes, then its CBOR.
func WriteFrame(w io.Writer, m Message) error {
	raw, err := Encode(m)
	if err != nil {
		return err
	}
	if len(raw) > MaxSmall {
		return fmt.Errorf("frame of %d bytes: %w", len(raw), errBounds)
	}
	if _, err := w.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(raw))), raw...)); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	return nil
}

// ReadFrame reads the next message of the event stream.
func ReadFrame(r io.Reader, m Message) error {
	var size [2]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return fmt.Errorf("read frame: %w", err)
	}
	n := int(binary.BigEndian.Uint16(size[:]))
	if n > MaxSmall {
		return tooLarge(errBounds)
	}
	raw := make([]byte, n)
	if _, err := io.ReadFull(r, raw); err != nil {
		return fmt.Errorf("read frame: %w", err)
	}
	return Decode(raw, m)
}
