package commit

import (
	"encoding/binary"
	"math"
	"unicode/utf8"

	"uchitelskaya/app/journal"
)

// The part of deterministic CBOR (RFC 8949, section 4.2.1) that a commit is
// made of: integers, bytes, texts, arrays and null, every length in its
// shortest form. Commits are encoded with each key press and decoded by the
// hundred thousand, so this is written by hand; a test compares it with the
// library that encodes everything else.

const (
	majorUint  = 0 << 5
	majorNeg   = 1 << 5
	majorBytes = 2 << 5
	majorText  = 3 << 5
	majorArray = 4 << 5
	simpleNull = 0xF6
)

type writer struct{ out []byte }

func (w *writer) head(major byte, n uint64) {
	switch {
	case n < 24:
		w.out = append(w.out, major|byte(n))
	case n <= math.MaxUint8:
		w.out = append(w.out, major|24, byte(n))
	case n <= math.MaxUint16:
		w.out = binary.BigEndian.AppendUint16(append(w.out, major|25), uint16(n))
	case n <= math.MaxUint32:
		w.out = binary.BigEndian.AppendUint32(append(w.out, major|26), uint32(n))
	default:
		w.out = binary.BigEndian.AppendUint64(append(w.out, major|27), n)
	}
}

func (w *writer) uint(n uint64)  { w.head(majorUint, n) }
func (w *writer) array(n int)    { w.head(majorArray, uint64(n)) }
func (w *writer) bytes(b []byte) { w.head(majorBytes, uint64(len(b))); w.out = append(w.out, b...) }

func (w *writer) str(major byte, s string) {
	w.head(major, uint64(len(s)))
	w.out = append(w.out, s...)
}

func (w *writer) int(n int64) {
	if n < 0 {
		w.head(majorNeg, uint64(-(n + 1)))
		return
	}
	w.head(majorUint, uint64(n))
}

func (w *writer) value(v journal.Value) {
	switch v.Type() {
	case journal.Null:
		w.out = append(w.out, simpleNull)
	case journal.Int:
		w.int(v.Int())
	case journal.Text:
		w.str(majorText, v.Text())
	case journal.Bytes:
		w.bytes(v.Bytes())
	}
}

// reader reads what writer wrote and nothing else. After the first thing that
// is in another form, bad is set and all that it reads is zero.
type reader struct {
	in  []byte
	bad bool
}

func (r *reader) fail() uint64 {
	r.bad, r.in = true, nil
	return 0
}

// head reads the head of an item that must have the given major type.
func (r *reader) head(major byte) uint64 {
	if len(r.in) == 0 || r.in[0]&0xE0 != major {
		return r.fail()
	}
	short := r.in[0] & 0x1F
	if short < 24 {
		r.in = r.in[1:]
		return uint64(short)
	}
	width := 1 << (short - 24)
	if short > 27 || len(r.in) < 1+width {
		return r.fail()
	}
	n := uint64(0)
	for _, b := range r.in[1 : 1+width] {
		n = n<<8 | uint64(b)
	}
	least := [...]uint64{24, 1 << 8, 1 << 16, 1 << 32}[short-24]
	if n < least {
		return r.fail() // there is a shorter form
	}
	r.in = r.in[1+width:]
	return n
}

// uint reads a number of at most limit.
func (r *reader) uint(limit uint64) uint64 {
	n := r.head(majorUint)
	if n > limit {
		return r.fail()
	}
	return n
}

func (r *reader) int() int64 {
	if len(r.in) > 0 && r.in[0]&0xE0 == majorNeg {
		return -1 - int64(r.limited(r.head(majorNeg), math.MaxInt64))
	}
	return int64(r.uint(math.MaxInt64))
}

func (r *reader) limited(n, limit uint64) uint64 {
	if n > limit {
		return r.fail()
	}
	return n
}

// array reads the length of an array that the rest of the input can hold.
func (r *reader) array(limit int) int {
	return int(r.limited(r.head(majorArray), uint64(min(limit, len(r.in)))))
}

// take reads a string of bytes or text; it is not copied.
func (r *reader) take(major byte) []byte {
	n := r.head(major)
	if n > uint64(len(r.in)) {
		r.fail()
		return nil
	}
	b := r.in[:n]
	r.in = r.in[n:]
	return b
}

func (r *reader) text() string {
	b := r.take(majorText)
	if !utf8.Valid(b) {
		r.fail()
		return ""
	}
	return string(b)
}

func (r *reader) id() (id [16]byte) {
	if b := r.take(majorBytes); len(b) == 16 {
		return [16]byte(b)
	}
	r.fail()
	return id
}

// value reads a value; the empty text and no bytes are written as null only.
func (r *reader) value() journal.Value {
	var v journal.Value
	if len(r.in) == 0 {
		r.fail()
		return v
	}
	switch r.in[0] & 0xE0 {
	case majorUint, majorNeg:
		return journal.IntValue(r.int())
	case majorText:
		v = journal.TextValue(r.text())
	case majorBytes:
		v = journal.BytesValue(r.take(majorBytes))
	default:
		if r.in[0] != simpleNull {
			r.fail()
		} else {
			r.in = r.in[1:]
		}
		return v
	}
	if v.IsNull() {
		r.fail()
	}
	return v
}
