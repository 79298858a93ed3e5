package commit

import (
	"errors"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"uchitelskaya/app/journal"
)

const version = 1

// encoding writes the payload of envelopes.
var encoding = must(cbor.CoreDetEncOptions().EncMode())

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options
	}
	return v
}

// ErrForm is returned for bytes that are not a commit or an envelope in the one
// form that this package writes.
var ErrForm = errors.New("not in the form of a commit")

// The lengths of the arrays of a commit, an edit and the id of an edit.
const (
	commitParts = 11
	editParts   = 5
	idParts     = 3
)

// Encode gives the bytes of a commit, the same for the same commit everywhere.
func Encode(c *Commit) ([]byte, error) {
	w := writer{out: make([]byte, 0, 128+96*len(c.Edits))}
	w.array(commitParts)
	w.uint(version)
	w.bytes(c.Device[:])
	w.uint(c.Number)
	w.bytes(c.School[:])
	w.uint(uint64(c.Volume))
	w.bytes(c.Author[:])
	w.uint(uint64(c.Stamp))
	w.int(c.Entered.UnixMilli())
	w.str(majorText, c.Reason)
	w.uint(c.Undoes)
	w.array(len(c.Edits))
	for i := range c.Edits {
		e := &c.Edits[i]
		w.array(editParts)
		w.uint(uint64(e.Kind))
		w.str(majorBytes, string(e.Key))
		w.uint(uint64(e.Field))
		w.value(e.Value)
		w.array(len(e.Replaces))
		for _, r := range e.Replaces {
			w.array(idParts)
			if r.Device == c.Device {
				w.bytes(nil)
			} else {
				w.bytes(r.Device[:])
			}
			w.uint(r.Number)
			w.int(int64(r.Index))
		}
	}
	if err := bounded(c, len(w.out)); err != nil {
		return nil, err
	}
	return w.out, nil
}

// Decode reads the bytes of a commit. It refuses every other form of the same
// content, so that equal commits have equal bytes.
func Decode(raw []byte) (*Commit, error) {
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes", ErrForm, len(raw))
	}
	r := reader{in: raw}
	if r.array(commitParts) != commitParts || r.uint(math.MaxUint64) != version {
		return nil, fmt.Errorf("%w: version", ErrForm)
	}
	c := &Commit{ID: ID{Device: r.id(), Number: r.uint(maxNumber)}}
	c.School = r.id()
	c.Volume = journal.Volume(r.uint(math.MaxUint16))
	c.Author = r.id()
	c.Stamp = Stamp(r.uint(math.MaxInt64))
	c.Entered = time.UnixMilli(r.int()).UTC()
	c.Reason = r.text()
	c.Undoes = r.uint(maxNumber)
	c.Edits = make([]Edit, r.array(MaxEdits))
	for i := range c.Edits {
		r.edit(c, &c.Edits[i])
	}
	if r.bad || len(r.in) > 0 {
		return nil, fmt.Errorf("%w: not deterministic CBOR of its parts", ErrForm)
	}
	if err := bounded(c, len(raw)); err != nil {
		return nil, err
	}
	return c, nil
}

// Later reports whether the bytes begin as a commit of a later version, which
// only a later program reads.
func Later(raw []byte) bool {
	r := reader{in: raw}
	return r.array(math.MaxUint16) > 0 && r.uint(math.MaxUint64) > version && !r.bad
}

// Identify reads only which commit the bytes are of.
func Identify(raw []byte) (ID, error) {
	r := reader{in: raw}
	if r.array(commitParts) != commitParts || r.uint(math.MaxUint64) != version {
		return ID{}, fmt.Errorf("%w: version", ErrForm)
	}
	id := ID{Device: r.id(), Number: r.uint(maxNumber)}
	if r.bad {
		return ID{}, fmt.Errorf("%w: no number or device", ErrForm)
	}
	return id, nil
}

func (r *reader) edit(c *Commit, e *Edit) {
	if r.array(editParts) != editParts {
		r.fail()
		return
	}
	e.Kind = journal.Kind(r.uint(math.MaxUint16))
	e.Key = journal.Key(r.take(majorBytes))
	e.Field = journal.FieldNo(r.uint(math.MaxUint16))
	e.Value = r.value()
	n := r.array(MaxReplaces)
	if n == 0 {
		return
	}
	e.Replaces = make([]EditID, n)
	for i := range e.Replaces {
		if r.array(idParts) != idParts {
			r.fail()
			return
		}
		id := EditID{Device: c.Device}
		if b := r.take(majorBytes); len(b) > 0 && (!fill(id.Device[:], b) || id.Device == c.Device) {
			r.fail()
			return
		}
		id.Number, id.Index = r.uint(maxNumber), int(r.uint(MaxEdits))
		e.Replaces[i] = id
	}
}

// maxNumber bounds the numbers of commits, which stores keep as signed integers.
const maxNumber = math.MaxInt64

// bounded checks what the form alone does not.
func bounded(c *Commit, size int) error {
	switch {
	case c.Number == 0, c.Number > maxNumber, c.Device.IsZero(), c.School.IsZero():
		return fmt.Errorf("%w: no number, device or school", ErrForm)
	case len(c.Edits) == 0, len(c.Edits) > MaxEdits, size > MaxBytes:
		return fmt.Errorf("%w: %d edits, %d bytes", ErrForm, len(c.Edits), size)
	case !utf8.ValidString(c.Reason), utf8.RuneCountInString(c.Reason) > MaxReason, c.Undoes >= c.Number, c.Stamp > math.MaxInt64:
		return fmt.Errorf("%w: reason, undoes or stamp", ErrForm)
	}
	for i := range c.Edits {
		e := &c.Edits[i]
		if len(e.Key) == 0 || len(e.Key) > maxKey || e.Field == 0 || len(e.Replaces) > MaxReplaces || !utf8.ValidString(e.Value.Text()) {
			return fmt.Errorf("%w: edit %d", ErrForm, i)
		}
		for _, r := range e.Replaces {
			if r.Device.IsZero() || r.Number == 0 || r.Number > maxNumber || r.Index < 0 || r.Index >= MaxEdits {
				return fmt.Errorf("%w: replaces of edit %d", ErrForm, i)
			}
		}
	}
	return nil
}

// maxKey bounds a key, in bytes; the longest of this version has 232.
const maxKey = 300

func fill(dst, src []byte) bool { return len(src) == len(dst) && copy(dst, src) == len(dst) }
