package journal

import (
	"encoding/binary"
	"fmt"

	"github.com/google/uuid"
)

// A Key names one entity of its kind. What cannot be made twice has a random
// id for a key; everything that two PCs without a network may both make is
// named by what it is: a lesson by page, date and number, a cell by page, date,
// number and pupil. So the substitute and the teacher write into one lesson.
//
// A key is the concatenation of its parts, big end first, so that keys sort as
// their parts do: ids 16 bytes, dates 4, numbers 2, long numbers 8; a text stands last.
type Key string

// Part is one part of a key.
type Part struct {
	Name string // also the column of the table
	Type PartType
}

// PartType says how a part is written.
type PartType uint8

// The types of parts and their widths.
const (
	PartID   PartType = iota // 16 bytes
	PartDate                 // 4 bytes, days since 1970
	PartInt                  // 2 bytes
	PartText                 // all that follows, at most MaxKeyText bytes
	PartLong                 // 8 bytes
)

// MaxKeyText bounds the text part of a key, in bytes.
const MaxKeyText = 200

// IDKey is the key of an entity with a random id, or the beginning of a longer key.
func IDKey[T any](id ID[T]) Key { return Key(id[:]) }

// ID adds an id to the key.
func (k Key) ID(id [16]byte) Key { return k + Key(id[:]) }

// Date adds a date to the key.
func (k Key) Date(d Date) Key {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], uint32(d))
	return k + Key(b[:])
}

// Int adds a small number to the key.
func (k Key) Int(n int) Key {
	var b [2]byte
	binary.BigEndian.PutUint16(b[:], uint16(n))
	return k + Key(b[:])
}

// Long adds a number of any size to the key.
func (k Key) Long(n uint64) Key {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	return k + Key(b[:])
}

// Text adds the closing text to the key.
func (k Key) Text(s string) Key { return k + Key(s) }

// Parts cuts the key into the values of its parts, in the order of the kind's
// table. It refuses a key of another shape.
func (s *Spec) Parts(k Key) ([]Value, error) {
	out := make([]Value, 0, len(s.Key))
	rest := string(k)
	for _, p := range s.Key {
		width := [...]int{PartID: 16, PartDate: 4, PartInt: 2, PartText: len(rest), PartLong: 8}[p.Type]
		if len(rest) < width || (p.Type == PartText && (width == 0 || width > MaxKeyText || !validText(rest, MaxKeyText))) {
			return nil, fmt.Errorf("key of %s is %d bytes long", s.Name, len(k))
		}
		part := rest[:width]
		rest = rest[width:]
		switch p.Type {
		case PartID:
			out = append(out, Value{typ: Bytes, str: part})
		case PartDate:
			out = append(out, IntValue(int64(int32(binary.BigEndian.Uint32([]byte(part))))))
		case PartInt:
			out = append(out, IntValue(int64(binary.BigEndian.Uint16([]byte(part)))))
		case PartLong:
			out = append(out, IntValue(int64(binary.BigEndian.Uint64([]byte(part)))))
		case PartText:
			out = append(out, TextValue(part))
		}
	}
	if rest != "" {
		return nil, fmt.Errorf("key of %s is %d bytes long", s.Name, len(k))
	}
	return out, nil
}

// JoinKey is the inverse of [Spec.Parts].
func (s *Spec) JoinKey(parts []Value) Key {
	var k Key
	for i, p := range s.Key {
		switch v := parts[i]; p.Type {
		case PartID, PartText:
			k += Key(v.str)
		case PartDate:
			k = k.Date(v.Date())
		case PartInt:
			k = k.Int(int(v.num))
		case PartLong:
			k = k.Long(uint64(v.num))
		}
	}
	return k
}

// space is the namespace of ids derived from natural keys.
var space = uuid.NewSHA1(uuid.NameSpaceOID, []byte("uchitelskaya"))

// derive names an entity that others refer to by an id of sixteen bytes, made
// from its natural key (UUID version 5): the same on every PC.
func derive[T any](kind Kind, k Key) ID[T] {
	return ID[T](uuid.NewSHA1(space, append([]byte{byte(kind >> 8), byte(kind)}, k...)))
}

// cutID, cutDate and cutInt read the parts of a key whose shape was checked.
func cutID[T any](k *Key) (id ID[T]) {
	copy(id[:], (*k)[:16])
	*k = (*k)[16:]
	return id
}

func cutDate(k *Key) Date {
	d := Date(binary.BigEndian.Uint32([]byte((*k)[:4])))
	*k = (*k)[4:]
	return d
}

func cutInt(k *Key) int {
	n := binary.BigEndian.Uint16([]byte((*k)[:2]))
	*k = (*k)[2:]
	return int(n)
}

func cutLong(k *Key) uint64 {
	n := binary.BigEndian.Uint64([]byte((*k)[:8]))
	*k = (*k)[8:]
	return n
}
