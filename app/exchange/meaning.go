package exchange

import (
	"strings"
	"unicode"

	"uchitelskaya/app/journal"
)

// Meaning is what a column holds.
type Meaning int

// The meanings. Skipped columns are known and not needed: numbers of rows.
const (
	Unknown Meaning = iota
	Skipped
	Whole // фамилия, имя и отчество together
	Last
	First
	Middle
	Born
	Class
	Sex
	PersonalFile // № личного дела
	Address
	Phone
	Parents
	Enrolled // дата зачисления
	OrderIn  // приказ о зачислении
	Subject
	Teacher
	Hours
	Group
	Room
	Position
	Leads  // классное руководство: which class
	Span   // of the year's days: «I четверть», «Осенние каникулы»
	Begins // first day, or the time when a lesson begins
	Ends
	Lesson // its number in the day
)

// A rule recognises a head by its words: every stem of all begins one of them,
// no stem of none does.
type rule struct {
	meaning   Meaning
	all, none string
}

// rules are tried in order; the first that fits decides. A stem with a full
// stop is a whole word.
var rules = []rule{
	{Skipped, "п. п.", ""},
	{Skipped, "пп.", ""},
	{Phone, "телефон", ""},
	{Phone, "тел.", ""},
	{Phone, "моб", ""},
	{Parents, "родител", ""},
	{Parents, "законн представ", ""},
	{Parents, "мать.", ""},
	{Parents, "отец.", ""},
	{Leads, "классн руковод", "фио"},
	{Leads, "класс руковод", "фио"},
	{Leads, "кл. рук", "фио"},
	{Born, "дат рожд", ""},
	{Born, "день рожд", ""},
	{Born, "родил", ""},
	{Born, "д. р.", ""},
	{Born, "др.", ""},
	{Born, "рожден", "мест"},
	{PersonalFile, "личн дел", ""},
	{PersonalFile, "л. д.", ""},
	{PersonalFile, "лд.", ""},
	{PersonalFile, "алфавитн книг", ""},
	{Enrolled, "дат зачислен", ""},
	{Enrolled, "дат прибыт", ""},
	{Enrolled, "дат поступлен", ""},
	{Enrolled, "зачислен.", "приказ"},
	{OrderIn, "приказ", ""},
	{Address, "адрес", "электр почт"},
	{Address, "мест жительств", ""},
	{Address, "прожива", ""},
	{Position, "должност", ""},
	{Hours, "час", ""},
	{Hours, "нагрузк", ""},
	{Group, "групп", "здоров физкульт"},
	{Group, "подгрупп", ""},
	{Room, "кабинет", ""},
	{Room, "каб.", ""},
	{Room, "аудитор", ""},
	{Subject, "предмет", ""},
	{Subject, "дисциплин", ""},
	{Subject, "учебн курс", ""},
	{Teacher, "учител", "класс"},
	{Teacher, "преподав", ""},
	{Teacher, "педагог", ""},
	{Whole, "фамил им", ""},
	{Whole, "фио", ""},
	{Last, "фамил", ""},
	{First, "имя.", ""},
	{Middle, "отчеств", ""},
	{Class, "класс", "руковод журнал"},
	{Class, "кл.", ""},
	{Class, "параллел литер", ""},
	{Sex, "пол.", ""},
	{Whole, "ученик", "количеств числ"},
	{Whole, "ученица", ""},
	{Whole, "учащ", "количеств числ"},
	{Whole, "обучающ", "количеств числ"},
	{Whole, "сотрудник", "количеств"},
	{Whole, "работник", "количеств"},
	{Begins, "начал", "начальн"},
	{Ends, "конец.", ""},
	{Ends, "конца.", ""},
	{Ends, "окончан", ""},
	{Ends, "завершен", ""},
	{Begins, "первый день", ""},
	{Ends, "последн день", ""},
	{Span, "период", "периодич"},
	{Span, "четверт", ""},
	{Span, "триместр", ""},
	{Span, "полугод", ""},
	{Span, "каникул", ""},
	{Span, "праздни", ""},
	{Span, "назван", ""},
	{Span, "наименован", ""},
	{Lesson, "урок.", ""},
	{Lesson, "урока.", "тем содержан"},
}

// meaningOf says what a column with the given head holds.
func meaningOf(head string) Meaning {
	if head == "" || len(head) > 200 {
		return Unknown
	}
	words := headWords(head)
	if len(words) == 0 {
		return Skipped // «№»
	}
	for _, r := range rules {
		if r.fits(words) {
			return r.meaning
		}
	}
	if len(words) > 1 {
		return Unknown
	}
	switch words[0] { // in longer heads these say nothing
	case "номер", "n", "no":
		return Skipped
	case "с":
		return Begins
	case "по", "до":
		return Ends
	}
	return Unknown
}

func (r rule) fits(words []string) bool {
	for _, stem := range strings.Fields(r.all) {
		if !begins(words, stem) {
			return false
		}
	}
	for _, stem := range strings.Fields(r.none) {
		if begins(words, stem) {
			return false
		}
	}
	return true
}

func begins(words []string, stem string) bool {
	whole, exact := strings.CutSuffix(stem, ".")
	for _, w := range words {
		if w == whole || !exact && strings.HasPrefix(w, stem) {
			return true
		}
	}
	return false
}

// headWords are the words of a head in lower case, «ф. и. о.» as one word.
func headWords(head string) []string {
	words := strings.FieldsFunc(journal.Normal(cyrillic(head)), func(r rune) bool { return !unicode.IsLetter(r) })
	for i := 0; i+2 < len(words); i++ {
		if words[i] == "ф" && words[i+1] == "и" && words[i+2] == "о" {
			return append(append(words[:i:i], "фио"), words[i+3:]...)
		}
	}
	if len(words) == 2 && words[0] == "ф" && words[1] == "и" {
		return []string{"фио"}
	}
	return words
}
