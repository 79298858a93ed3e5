package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"uchitelskaya/app/journal"
)

// A ClassName is a class as people write it: «7-А», «7А», «7 "А"».
type ClassName struct {
	Grade  int
	Letter string // in capitals; empty in a school with one class a year
}

// String is «7-А», in a school with one class a year «7».
func (c ClassName) String() string {
	switch {
	case c.Grade == 0:
		return ""
	case c.Letter == "":
		return strconv.Itoa(c.Grade)
	}
	return strconv.Itoa(c.Grade) + "-" + c.Letter
}

var (
	classForm = regexp.MustCompile(`^(\d{1,2})\s?[-–— ]?\s?["«“']?([А-ЯЁІЇЄ]{0,4}\d?)["»”']?(\s?(КЛ\.?|КЛАСС))?$`)
	classWord = regexp.MustCompile(`(^|[^0-9])(\d{1,2})\s?[-–— ]?\s?["«“']?([А-ЯЁ])?["»”']?\s?(-?(ГО|М))?\s?(КЛ\.|КЛАСС)`)
)

// ParseClass reads the name of a class. Latin letters that look like Russian
// ones are taken for these.
func ParseClass(s string) (ClassName, bool) {
	m := classForm.FindStringSubmatch(strings.ToUpper(cyrillic(tidy(s))))
	if m == nil {
		return ClassName{}, false
	}
	return makeClass(m[1], m[2])
}

// classInside reads the class that a title names.
func classInside(s string) (ClassName, bool) {
	m := classWord.FindStringSubmatch(strings.ToUpper(cyrillic(tidy(s))))
	if m == nil {
		return ClassName{}, false
	}
	return makeClass(m[2], m[3])
}

func makeClass(grade, letter string) (ClassName, bool) {
	c := ClassName{Grade: number(grade), Letter: letter}
	if letter == "КЛ" || letter == "КЛАС" { // «7 кл» without a full stop
		c.Letter = ""
	}
	return c, c.Grade >= 1 && c.Grade <= 11
}

// lookalikes are Latin letters and the Russian ones that look the same.
var lookalikes = strings.NewReplacer(
	"A", "А", "B", "В", "C", "С", "E", "Е", "H", "Н", "K", "К", "M", "М", "O", "О", "P", "Р", "T", "Т", "X", "Х",
	"a", "а", "c", "с", "e", "е", "o", "о", "p", "р", "x", "х", "y", "у",
)

// cyrillic sets Russian letters in place of Latin ones that slipped into a text:
// when afterwards no Latin letter is left.
func cyrillic(s string) string {
	if out := lookalikes.Replace(s); strings.IndexFunc(out, latin) < 0 {
		return out
	}
	return s
}

func latin(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }

// A PersonName is a name in its parts.
type PersonName struct{ Last, First, Middle string }

// Full is «Ковальчук Анна Сергеевна».
func (n PersonName) Full() string {
	return strings.Join(strings.Fields(n.Last+" "+n.First+" "+n.Middle), " ")
}

// whole reports whether there is a surname and a first name that is more than a
// letter.
func (n PersonName) whole() bool { return n.Last != "" && n.First != "" && !n.initials() }

// initials reports whether the first name is only its first letter.
func (n PersonName) initials() bool {
	return len([]rune(strings.Trim(n.First, "."))) == 1
}

var gluedInitials = regexp.MustCompile(`^(\pL)\.\s?(?:(\pL)\.?)?$`)

// ParseName reads «Ковальчук Анна Сергеевна», «Ковальчук А. С.» or «А. С.
// Ковальчук». What follows the first name is the patronymic: «Мамедов Али Вели
// оглы».
func ParseName(s string) PersonName {
	words := strings.Fields(strings.ReplaceAll(cyrillic(tidy(s)), ".", ". "))
	if i := slices.IndexFunc(words, func(w string) bool { return !strings.HasSuffix(w, ".") }); i > 0 {
		words = append(words[i:], words[:i]...) // initials stand first
	}
	if n := len(words); n == 3 && strings.HasSuffix(words[1], ".") && strings.HasSuffix(words[2], ".") && gluedInitials.MatchString(words[1]) {
		return PersonName{caps(words[0]), caps(words[1]), caps(words[2])}
	}
	var n PersonName
	if len(words) > 0 {
		n.Last = caps(words[0])
	}
	if len(words) > 1 {
		n.First = caps(words[1])
	}
	if len(words) > 2 {
		n.Middle = caps(words[2])
		if rest := words[3:]; len(rest) > 0 {
			n.Middle += " " + strings.Join(rest, " ")
		}
	}
	return n
}

// part reads one part of a name from a column of its own.
func part(s string) string {
	words := strings.Fields(cyrillic(tidy(s)))
	for i := range words {
		words[i] = caps(words[i])
	}
	return strings.Join(words, " ")
}

// caps writes «ИВАНОВА-ПЕТРОВА» as «Иванова-Петрова»; other words stay.
func caps(word string) string {
	if len([]rune(word)) < 2 || strings.ToUpper(word) != word || strings.HasSuffix(word, ".") {
		return word
	}
	parts := strings.Split(strings.ToLower(word), "-")
	for i, p := range parts {
		r := []rune(p)
		if len(r) > 0 {
			r[0] = unicode.ToUpper(r[0])
		}
		parts[i] = string(r)
	}
	return strings.Join(parts, "-")
}

// badName returns the first sign of a name that no name has.
func badName(s string) (rune, bool) {
	for _, r := range s {
		if !unicode.IsLetter(r) && !strings.ContainsRune(" -–.'’ʼ`()", r) {
			return r, true
		}
	}
	return 0, false
}

// parseHours reads weekly hours as hundredths: «4», «1,5», «0.5 ч».
func parseHours(s string) (int, error) {
	text := strings.TrimSpace(strings.TrimRight(strings.ToLower(strings.ReplaceAll(tidy(s), ",", ".")), "час.ов "))
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f >= 0 && f <= 40) {
		return 0, fmt.Errorf("«%s» — не число часов в неделю", short(s))
	}
	return int(f*100 + 0.5), nil
}

// parseSex reads «м», «жен.», «мальчик», «д».
func parseSex(s string) (string, bool) {
	text := journal.Normal(cyrillic(s))
	switch {
	case text == "м" || text == "m" || strings.HasPrefix(text, "муж") || strings.HasPrefix(text, "мал"):
		return "м", true
	case text == "ж" || text == "f" || text == "д" || strings.HasPrefix(text, "жен") || strings.HasPrefix(text, "дев"):
		return "ж", true
	}
	return "", text == ""
}
