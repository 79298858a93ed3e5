package journal

import (
	"fmt"
	"math"
	"slices"

	"uchitelskaya/app/journal/fault"
)

// Kind is a kind of entity. A number once released never changes its meaning;
// a kind that this version does not know is kept and handed on.
type Kind uint16

// FieldNo is a field of a kind, with the same promise.
type FieldNo uint16

// Volume is one log: 0 is the school's register (people, subjects, settings),
// 2026 the journals of the school year 2026/27.
type Volume uint16

// Register is the volume of what outlives a school year.
const Register Volume = 0

// Spec is the table of one kind: how its entities are named, which fields they
// have, who may write them.
type Spec struct {
	Kind   Kind
	Name   string // also the table of the projection
	Key    []Part
	Fields []Field
	Writer Writer // who may write the fields that name nobody else
	Dated  bool   // the key holds page and date: a closed term covers it
}

// Field is one field of a kind.
type Field struct {
	No     FieldNo
	Name   string // also the column of the projection
	Type   Type
	Min    int      // least number
	Max    int      // greatest number, or greatest length of a text in characters
	OneOf  []string // the texts allowed, if not any
	Writer Writer   // zero: the kind's own
	Lasts  bool     // may be changed, never emptied
}

// Writer says who may write a field; see access.go for the rule of each.
type Writer uint8

// The writers.
const (
	ByKind         Writer = iota // as the kind says
	ByServer                     // the school server itself
	ByAdmin                      // administrator
	ByOffice                     // administrator or deputy director
	ByDeputy                     // deputy director or director
	ByTeacher                    // who teaches the page at that date, or substitutes
	ByClassTeacher               // class teacher of the pupil's class
	ByStaff                      // any member of the staff
)

// SpecOf returns the table of a kind, or nil for a kind of a later version.
func SpecOf(k Kind) *Spec { return byKind[k] }

// Specs returns all kinds in the order of their numbers.
func Specs() []*Spec { return slices.Clone(specs) }

// Field returns the field with the given number, or nil.
func (s *Spec) Field(no FieldNo) *Field {
	if int(no) >= 1 && int(no) <= len(s.Fields) {
		return &s.Fields[no-1]
	}
	return nil
}

// InRegister reports whether the kind lives in the register.
func (s *Spec) InRegister() bool { return s.Kind < firstOfYear }

// Check refuses a value that the field cannot hold.
func (f *Field) Check(v Value) error {
	bad := func(text string) error {
		return fault.Wrap(fault.Invalid, text, fmt.Errorf("field %s: %s", f.Name, v))
	}
	switch {
	case v.IsNull() && f.Lasts:
		return bad("Это нельзя стереть, можно только изменить.")
	case v.IsNull():
		return nil
	case v.Type() != f.Type:
		return bad("Такое значение сюда записать нельзя.")
	case f.Type == Int && (v.Int() < int64(f.Min) || v.Int() > int64(f.Max)):
		return bad("Число вне допустимых границ.")
	case f.Type == Bytes && len(v.str) > f.Max:
		return bad("Такое значение сюда записать нельзя.")
	case f.Type == Text && !validText(v.str, f.Max):
		return bad(fmt.Sprintf("Текст слишком длинный или содержит недопустимые знаки. Можно до %d знаков.", f.Max))
	case f.OneOf != nil && !slices.Contains(f.OneOf, v.Text()):
		return bad("Такого значения нет в списке допустимых.")
	}
	return nil
}

// maxDate is 31 December 2199, in days since 1970.
const maxDate = 84006

func text(name string, limit int) Field { return Field{Name: name, Type: Text, Max: limit} }
func num(name string, limit int) Field  { return Field{Name: name, Type: Int, Max: limit} }
func mark(name string) Field            { return Field{Name: name, Type: Int, Min: 1, Max: 5} }
func date(name string) Field            { return Field{Name: name, Type: Int, Min: 1, Max: maxDate} }
func moment(name string) Field          { return num(name, math.MaxInt) } // Unix milliseconds
func flag(name string) Field            { return num(name, 1) }
func ref(name string) Field             { return Field{Name: name, Type: Bytes, Max: 16} }

func oneOf(name string, values ...string) Field {
	return Field{Name: name, Type: Text, Max: 16, OneOf: values}
}

// by names another writer than the kind's.
func (f Field) by(w Writer) Field { f.Writer = w; return f }

// lasting keeps the field from being emptied.
func (f Field) lasting() Field { f.Lasts = true; return f }

func id(name string) Part    { return Part{name, PartID} }
func day(name string) Part   { return Part{name, PartDate} }
func nr(name string) Part    { return Part{name, PartInt} }
func long(name string) Part  { return Part{name, PartLong} }
func named(name string) Part { return Part{name, PartText} }

var byKind = map[Kind]*Spec{}

func init() {
	for _, s := range specs {
		byKind[s.Kind] = s
		for i := range s.Fields {
			s.Fields[i].No = FieldNo(i + 1)
		}
	}
}
