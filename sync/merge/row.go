package merge

import (
	"encoding/binary"
	"errors"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A Row is the merge state of one entity: its fields by number, sorted. It is
// stored beside the typed values of the entity.
type Row []FieldState

// FieldState is one field of a row.
type FieldState struct {
	No journal.FieldNo
	Field
}

// Field returns the state of a field, making room for it.
func (r *Row) Field(no journal.FieldNo) *Field {
	i, found := slices.BinarySearchFunc(*r, no, func(s FieldState, no journal.FieldNo) int { return int(s.No) - int(no) })
	if !found {
		*r = slices.Insert(*r, i, FieldState{No: no})
	}
	return &(*r)[i].Field
}

// Value is what is shown of a field, Null when nothing is known of it.
func (r Row) Value(no journal.FieldNo) journal.Value {
	for i := range r {
		if r[i].No == no {
			return r[i].Value()
		}
	}
	return journal.Value{}
}

// Held is how many edits of a field are kept, standing or awaited.
func (r Row) Held(no journal.FieldNo) int {
	for i := range r {
		if r[i].No == no {
			return len(r[i].Heads) + len(r[i].Awaited)
		}
	}
	return 0
}

// Empty reports whether nothing is known of any field.
func (r Row) Empty() bool {
	return !slices.ContainsFunc(r, func(s FieldState) bool { return len(s.Heads)+len(s.Awaited) > 0 })
}

// Rivals reports whether any field of the row waits for a person's decision.
func (r Row) Rivals() bool {
	return slices.ContainsFunc(r, func(s FieldState) bool { return s.Rivals() })
}

// ErrRow is returned for stored bytes that are no row.
var ErrRow = errors.New("merge state does not read")

// Names are small numbers, from 1, that a store has given to ids.
type Names interface {
	Number(id [16]byte) (n uint64, ok bool)
	ID(n uint64) (id [16]byte, ok bool)
}

// MarshalBinary writes the row: for each field of which anything is known its
// number, heads and awaited edits. Whole numbers are varints. A device or author
// is written once and then named by its place in the list of those seen.
func (r Row) MarshalBinary() ([]byte, error) {
	w := writer{out: make([]byte, 0, 96)}
	w.row(r)
	return w.out, nil
}

// Pack is [Row.MarshalBinary] for a store that has numbers for its ids: the same
// behind a zero, with every id that has a number written as that.
func (r Row) Pack(names Names) []byte {
	w := writer{out: make([]byte, 1, 64), names: names}
	w.row(r)
	return w.out
}

func (w *writer) row(r Row) {
	n := uint64(0)
	for _, s := range r {
		if len(s.Heads)+len(s.Awaited) > 0 {
			n++
		}
	}
	w.uint(n)
	for _, s := range r {
		if len(s.Heads)+len(s.Awaited) == 0 {
			continue
		}
		w.uint(uint64(s.No))
		w.uint(uint64(len(s.Heads)))
		for _, h := range s.Heads {
			w.edit(h.ID)
			w.uint(uint64(h.Stamp))
			w.id(h.Author)
			w.int(h.Entered - h.Stamp.Minute())
			w.value(h.Value)
		}
		w.uint(uint64(len(s.Awaited)))
		for _, a := range s.Awaited {
			w.edit(a)
		}
	}
}

// UnmarshalBinary reads what MarshalBinary wrote, into the room that the row has.
func (r *Row) UnmarshalBinary(b []byte) error {
	var room [4][16]byte // a row rarely names more ids
	return r.read(reader{in: b, seen: room[:0]})
}

// Unpack reads what Pack wrote, or MarshalBinary, into the room that the row has.
func (r *Row) Unpack(b []byte, names Names) error {
	if len(b) > 1 && b[0] == 0 {
		return r.read(reader{in: b[1:], names: names})
	}
	return r.UnmarshalBinary(b)
}

func (r *Row) read(rd reader) error {
	row := (*r)[:0]
	for range rd.count() {
		if cap(row) > len(row) {
			row = row[:len(row)+1]
		} else {
			row = append(row, FieldState{})
		}
		s := &row[len(row)-1]
		s.No = journal.FieldNo(rd.limited(1<<16 - 1))
		s.Heads, s.Awaited = s.Heads[:0], s.Awaited[:0]
		for range rd.count() {
			s.Heads = append(s.Heads, rd.head())
		}
		for range rd.count() {
			s.Awaited = append(s.Awaited, rd.edit())
		}
	}
	if rd.bad || len(rd.in) > 0 {
		return ErrRow
	}
	*r = row
	return nil
}

type writer struct {
	out   []byte
	names Names
	seen  [][16]byte // without names
}

func (w *writer) uint(n uint64) { w.out = binary.AppendUvarint(w.out, n) }
func (w *writer) int(n int64)   { w.out = binary.AppendVarint(w.out, n) }

// id writes an id's number; without one the id itself, and without names
// afterwards its place in the list.
func (w *writer) id(id [16]byte) {
	if w.names != nil {
		n, ok := w.names.Number(id)
		if w.uint(n); !ok {
			w.out = append(w.out, id[:]...)
		}
		return
	}
	if i := slices.Index(w.seen, id); i >= 0 {
		w.uint(uint64(i) + 1)
		return
	}
	w.seen = append(w.seen, id)
	w.uint(0)
	w.out = append(w.out, id[:]...)
}

func (w *writer) edit(e commit.EditID) {
	w.id(e.Device)
	w.uint(e.Number)
	w.uint(uint64(e.Index))
}

func (w *writer) value(v journal.Value) {
	w.uint(uint64(v.Type()))
	switch v.Type() {
	case journal.Int:
		w.int(v.Int())
	case journal.Text:
		w.uint(uint64(len(v.Text())))
		w.out = append(w.out, v.Text()...)
	case journal.Bytes:
		b := v.Bytes()
		w.uint(uint64(len(b)))
		w.out = append(w.out, b...)
	}
}

// reader reads what writer wrote. After the first thing that does not fit, bad
// is set, nothing is left and all that it reads is zero.
type reader struct {
	in    []byte
	names Names
	seen  [][16]byte // without names
	bad   bool
}

func (r *reader) fail() { r.bad, r.in = true, nil }

func (r *reader) uint() uint64 {
	n, size := binary.Uvarint(r.in)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.in = r.in[size:]
	return n
}

func (r *reader) int() int64 {
	n, size := binary.Varint(r.in)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.in = r.in[size:]
	return n
}

// limited reads a number of at most limit.
func (r *reader) limited(limit uint64) uint64 {
	n := r.uint()
	if n > limit {
		r.fail()
		return 0
	}
	return n
}

// count reads a length that what follows can hold.
func (r *reader) count() int { return int(r.limited(uint64(len(r.in)))) }

func (r *reader) take(n int) []byte {
	if n > len(r.in) {
		r.fail()
		return nil
	}
	b := r.in[:n]
	r.in = r.in[n:]
	return b
}

func (r *reader) id() (id [16]byte) {
	i := r.uint()
	switch {
	case i == 0:
		copy(id[:], r.take(16))
		if r.names == nil {
			r.seen = append(r.seen, id)
		}
	case r.names != nil:
		var ok bool
		if id, ok = r.names.ID(i); !ok {
			r.fail()
		}
	case i <= uint64(len(r.seen)):
		id = r.seen[i-1]
	default:
		r.fail()
	}
	return id
}

func (r *reader) head() Head {
	h := Head{ID: r.edit(), Stamp: commit.Stamp(r.uint()), Author: journal.StaffID(r.id())}
	h.Entered = r.int() + h.Stamp.Minute()
	h.Value = r.value()
	return h
}

func (r *reader) edit() commit.EditID {
	return commit.EditID{Device: r.id(), Number: r.uint(), Index: int(r.limited(commit.MaxEdits))}
}

func (r *reader) value() journal.Value {
	switch journal.Type(r.limited(uint64(journal.Bytes))) {
	case journal.Int:
		return journal.IntValue(r.int())
	case journal.Text:
		return journal.TextValue(string(r.take(r.count())))
	case journal.Bytes:
		return journal.BytesValue(r.take(r.count()))
	}
	return journal.Value{}
}
