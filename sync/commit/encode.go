package commit

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"uchitelskaya/app/journal"
)

const version = 1

var (
	encoding = must(cbor.CoreDetEncOptions().EncMode())
	decoding = must(cbor.DecOptions{
		MaxNestedLevels: 8, MaxArrayElements: MaxEdits, MaxMapPairs: 16, IndefLength: cbor.IndefLengthForbidden,
		TagsMd: cbor.TagsForbidden, DupMapKey: cbor.DupMapKeyEnforcedAPF, UTF8: cbor.UTF8RejectInvalid,
	}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options
	}
	return v
}

// ErrForm is returned for bytes that are not a commit or an envelope in the one
// form that this package writes.
var ErrForm = errors.New("not in the form of a commit")

type commitForm struct {
	_       struct{} `cbor:",toarray"`
	Version uint
	Device  []byte
	Number  uint64
	School  []byte
	Volume  uint16
	Author  []byte
	Stamp   uint64
	Entered int64
	Reason  string
	Undoes  uint64
	Edits   []editForm
}

type editForm struct {
	_        struct{} `cbor:",toarray"`
	Kind     uint16
	Key      []byte
	Field    uint16
	Value    any
	Replaces []editIDForm
}

type editIDForm struct {
	_      struct{} `cbor:",toarray"`
	Device []byte   // empty: the commit's own
	Number uint64
	Index  int
}

// Encode gives the bytes of a commit, the same for the same commit everywhere.
func Encode(c *Commit) ([]byte, error) {
	f := commitForm{
		Version: version, Device: c.Device[:], Number: c.Number, School: c.School[:], Volume: uint16(c.Volume), Author: c.Author[:],
		Stamp: uint64(c.Stamp), Entered: c.Entered.UnixMilli(), Reason: c.Reason, Undoes: c.Undoes, Edits: make([]editForm, len(c.Edits)),
	}
	for i, e := range c.Edits {
		ef := editForm{Kind: uint16(e.Kind), Key: []byte(e.Key), Field: uint16(e.Field), Value: plain(e.Value), Replaces: make([]editIDForm, len(e.Replaces))}
		for j, r := range e.Replaces {
			ef.Replaces[j] = editIDForm{Device: r.Device[:], Number: r.Number, Index: r.Index}
			if r.Device == c.Device {
				ef.Replaces[j].Device = []byte{}
			}
		}
		f.Edits[i] = ef
	}
	raw, err := encoding.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("encode commit %s: %w", c.ID, err)
	}
	if err := bounded(c, len(raw)); err != nil {
		return nil, err
	}
	return raw, nil
}

// Decode reads the bytes of a commit. It refuses every other form of the same
// content, so that equal commits have equal bytes.
func Decode(raw []byte) (*Commit, error) {
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes", ErrForm, len(raw))
	}
	var f commitForm
	if err := decoding.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if f.Version != version {
		return nil, fmt.Errorf("%w: version %d", ErrForm, f.Version)
	}
	c := &Commit{
		ID: ID{Number: f.Number}, Volume: journal.Volume(f.Volume), Stamp: Stamp(f.Stamp), Entered: time.UnixMilli(f.Entered).UTC(),
		Reason: f.Reason, Undoes: f.Undoes, Edits: make([]Edit, len(f.Edits)),
	}
	if !fill(c.Device[:], f.Device) || !fill(c.School[:], f.School) || !fill(c.Author[:], f.Author) {
		return nil, fmt.Errorf("%w: id", ErrForm)
	}
	for i, ef := range f.Edits {
		v, ok := value(ef.Value)
		if !ok {
			return nil, fmt.Errorf("%w: value of edit %d", ErrForm, i)
		}
		e := Edit{Kind: journal.Kind(ef.Kind), Key: journal.Key(ef.Key), Field: journal.FieldNo(ef.Field), Value: v}
		for _, r := range ef.Replaces {
			id := EditID{Device: c.Device, Number: r.Number, Index: r.Index}
			if len(r.Device) > 0 && !fill(id.Device[:], r.Device) {
				return nil, fmt.Errorf("%w: replaces", ErrForm)
			}
			e.Replaces = append(e.Replaces, id)
		}
		c.Edits[i] = e
	}
	again, err := Encode(c)
	if err != nil {
		return nil, err
	}
	if string(again) != string(raw) {
		return nil, fmt.Errorf("%w: not deterministic", ErrForm)
	}
	return c, nil
}

// bounded checks what the form alone does not.
func bounded(c *Commit, size int) error {
	switch {
	case c.Number == 0, c.Device.IsZero(), c.School.IsZero():
		return fmt.Errorf("%w: no number, device or school", ErrForm)
	case len(c.Edits) == 0, len(c.Edits) > MaxEdits, size > MaxBytes:
		return fmt.Errorf("%w: %d edits, %d bytes", ErrForm, len(c.Edits), size)
	case utf8.RuneCountInString(c.Reason) > MaxReason, c.Undoes >= c.Number:
		return fmt.Errorf("%w: reason or undoes", ErrForm)
	}
	for i, e := range c.Edits {
		if len(e.Key) == 0 || len(e.Key) > 300 || e.Field == 0 || len(e.Replaces) > MaxReplaces {
			return fmt.Errorf("%w: edit %d", ErrForm, i)
		}
		for _, r := range e.Replaces {
			if r.Number == 0 || r.Index < 0 || r.Index >= MaxEdits {
				return fmt.Errorf("%w: replaces of edit %d", ErrForm, i)
			}
		}
	}
	return nil
}

func fill(dst, src []byte) bool { return len(src) == len(dst) && copy(dst, src) == len(dst) }

func plain(v journal.Value) any {
	switch v.Type() {
	case journal.Int:
		return v.Int()
	case journal.Text:
		return v.Text()
	case journal.Bytes:
		return v.Bytes()
	}
	return nil
}

func value(x any) (journal.Value, bool) {
	switch x := x.(type) {
	case nil:
		return journal.Value{}, true
	case uint64:
		return journal.IntValue(int64(x)), x < 1<<63
	case int64:
		return journal.IntValue(x), true
	case string:
		return journal.TextValue(x), x != ""
	case []byte:
		return journal.BytesValue(x), len(x) > 0
	}
	return journal.Value{}, false
}
