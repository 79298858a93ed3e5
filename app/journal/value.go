package journal

import (
	"strconv"
	"unicode/utf8"
)

// Type says which of its forms a [Value] has.
type Type uint8

// The forms of a value: what SQL and CBOR both have.
const (
	Null  Type = iota // nothing: the field is empty
	Int               // a whole number; also dates (days), truth (0, 1), minutes
	Text              // UTF-8
	Bytes             // an id of sixteen bytes, a key
)

// A Value is what one field of one entity holds. Values compare with ==.
type Value struct {
	typ Type
	num int64
	str string
}

// The constructors of values.

// IntValue holds a whole number.
func IntValue(n int64) Value { return Value{typ: Int, num: n} }

// TextValue holds a text; the empty text is Null, so that there is one «nothing».
func TextValue(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{typ: Text, str: s}
}

// BytesValue holds raw bytes; none is Null.
func BytesValue(b []byte) Value {
	if len(b) == 0 {
		return Value{}
	}
	return Value{typ: Bytes, str: string(b)}
}

// DateValue holds a day; the zero date is Null.
func DateValue(d Date) Value {
	if d == 0 {
		return Value{}
	}
	return IntValue(int64(d))
}

// BoolValue holds true as 1; false is Null.
func BoolValue(b bool) Value {
	if !b {
		return Value{}
	}
	return IntValue(1)
}

// IDValue holds an id; the zero id is Null.
func IDValue[T any](id ID[T]) Value {
	if id.IsZero() {
		return Value{}
	}
	return BytesValue(id[:])
}

// Type is the form of the value.
func (v Value) Type() Type { return v.typ }

// IsNull reports whether there is nothing.
func (v Value) IsNull() bool { return v.typ == Null }

// Int is the number, 0 for any other form.
func (v Value) Int() int64 { return v.num }

// Text is the text, "" for any other form.
func (v Value) Text() string {
	if v.typ != Text {
		return ""
	}
	return v.str
}

// Bytes is the bytes, nil for any other form.
func (v Value) Bytes() []byte {
	if v.typ != Bytes {
		return nil
	}
	return []byte(v.str)
}

// Bool reports whether the value is a number other than 0.
func (v Value) Bool() bool { return v.typ == Int && v.num != 0 }

// Date is the day, zero for any other form.
func (v Value) Date() Date { return Date(v.num) }

// String is for logs and golden files.
func (v Value) String() string {
	switch v.typ {
	case Int:
		return strconv.FormatInt(v.num, 10)
	case Text:
		return strconv.Quote(v.str)
	case Bytes:
		return "0x" + hexOf(v.str)
	}
	return "—"
}

// valueID reads an id out of a value; the zero id when it holds none.
func valueID[T any](v Value) (id ID[T]) {
	if v.typ == Bytes && len(v.str) == len(id) {
		copy(id[:], v.str)
	}
	return id
}

func hexOf(s string) string {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, digits[s[i]>>4], digits[s[i]&15])
	}
	return string(out)
}

func validText(s string, limit int) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > limit {
		return false
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return false
		}
	}
	return true
}
