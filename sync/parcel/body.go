package parcel

import (
	"bufio"
	"bytes"
	"crypto"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	"uchitelskaya/sync/wire"
)

// A Kind says what an item is. A number once released keeps its meaning.
type Kind byte

// The kinds of items.
const (
	KindSync    Kind = 1
	KindAsked   Kind = 2
	KindAnswer  Kind = 3
	KindProblem Kind = 4
	kindSeal    Kind = 5
)

// Bounds of a parcel, checked before memory is taken.
const (
	// Full is how many bytes of commits one parcel holds, about.
	Full = 256 << 20
	// maxBody bounds the items of a parcel, in bytes.
	maxBody = 2 * Full
	// maxItems bounds their number.
	maxItems = 1 << 16
)

// A Body writes the items of a parcel as they are before they are packed and
// encrypted, and sums them up.
type Body struct {
	w   io.Writer
	sum sum
}

// sum is taken over the sums of the line and of every item: so the reader knows
// each item again by its own.
type sum struct{ hash.Hash }

func newSum(line string) sum {
	s := sum{sha256.New()}
	s.add([]byte(line))
	return s
}

func (s sum) add(item []byte) (of [32]byte) {
	of = sha256.Sum256(item)
	s.Write(of[:])
	return of
}

func (s sum) all() []byte { return s.Sum(nil) }

// NewBody begins a body that stands under a line.
func NewBody(w io.Writer, l Line) *Body { return &Body{w, newSum(l.String())} }

// Put adds an item.
func (b *Body) Put(k Kind, m wire.Message) error {
	raw, err := wire.Encode(m)
	if err != nil {
		return err
	}
	if len(raw) > wire.MaxPlain {
		return fmt.Errorf("item of %d bytes", len(raw))
	}
	return b.put(k, raw)
}

func (b *Body) put(k Kind, raw []byte) error {
	item := appendHead(nil, k, len(raw))
	item = append(item, raw...)
	b.sum.add(item)
	if _, err := b.w.Write(item); err != nil {
		return fmt.Errorf("write item: %w", err)
	}
	return nil
}

// Seal signs what was put and ends the body.
func (b *Body) Seal(key crypto.Signer) error {
	raw, err := sign(b.sum.all(), key)
	if err != nil {
		return err
	}
	return b.put(kindSeal, raw)
}

// appendHead is all of an item that stands before its bytes: an array of two,
// the kind, and the head of a byte string in its shortest form.
func appendHead(out []byte, k Kind, n int) []byte {
	const bytes = 2 << 5
	out = append(out, 0x82, byte(k))
	switch {
	case n < 24:
		return append(out, bytes|byte(n))
	case n < 1<<8:
		return append(out, bytes|24, byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(out, bytes|25), uint16(n))
	}
	return binary.BigEndian.AppendUint32(append(out, bytes|26), uint32(n))
}

// Scan reads a body as [Body] wrote it and gives every item to f, with the sum
// of its bytes; f may keep them. When it returns without an error the seal
// fits the items, and signer is the key that made it (SubjectPublicKeyInfo): whose
// that is, the caller must know.
func Scan(r io.Reader, l Line, f func(k Kind, raw []byte, of [32]byte) error) (signer []byte, err error) {
	in := bufio.NewReader(r)
	total, left := newSum(l.String()), int64(maxBody)
	for range maxItems {
		k, raw, item, err := readItem(in, left)
		if errors.Is(err, io.EOF) {
			return nil, damaged(errors.New("no signature"))
		} else if err != nil {
			return nil, err
		}
		left -= int64(len(item))
		if k == kindSeal {
			if _, err := in.ReadByte(); err == nil {
				return nil, damaged(errors.New("something follows the signature"))
			} else if !errors.Is(err, io.EOF) {
				return nil, damaged(err)
			}
			return verify(total.all(), raw)
		}
		of := total.add(item)
		if err := f(k, raw, of); err != nil {
			return nil, err
		}
	}
	return nil, tooLarge(fmt.Errorf("more than %d items", maxItems))
}

// readItem reads one item; io.EOF when there is none.
func readItem(in *bufio.Reader, left int64) (k Kind, raw, item []byte, err error) {
	head, err := in.Peek(3)
	if len(head) == 0 && errors.Is(err, io.EOF) {
		return 0, nil, nil, io.EOF
	} else if err != nil {
		return 0, nil, nil, damaged(err)
	}
	width := map[byte]int{24: 1, 25: 2, 26: 4}[head[2]&0x1F]
	if head[0] != 0x82 || head[1] > 23 || head[2]>>5 != 2 || width == 0 && head[2]&0x1F > 23 {
		return 0, nil, nil, damaged(fmt.Errorf("item begins with %x", head))
	}
	head = make([]byte, 3+width)
	if _, err := io.ReadFull(in, head); err != nil {
		return 0, nil, nil, damaged(err)
	}
	n := int64(head[2] & 0x1F)
	if width > 0 {
		n = 0
		for _, b := range head[3:] {
			n = n<<8 | int64(b)
		}
	}
	if n > wire.MaxPlain || n > left {
		return 0, nil, nil, tooLarge(fmt.Errorf("item of %d bytes", n))
	}
	k = Kind(head[1])
	if !bytes.Equal(appendHead(nil, k, int(n)), head) {
		return 0, nil, nil, damaged(fmt.Errorf("item begins with %x", head))
	}
	out := bytes.NewBuffer(head) // grows with what is there, not with what the head claims
	if got, err := io.CopyN(out, in, n); err != nil {
		return 0, nil, nil, damaged(fmt.Errorf("%d bytes of %d: %w", got, n, err))
	}
	return k, out.Bytes()[len(head):], out.Bytes(), nil
}
