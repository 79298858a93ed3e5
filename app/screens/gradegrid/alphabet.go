package gradegrid

import (
	"strings"
	"unicode"

	"uchitelskaya/assets"
)

// An Alphabet is the list of words that a column takes.
type Alphabet struct {
	words  []string
	result bool   // its words are results, which are all kept as marks
	reason string // key of the sentence for a refused key
}

// The alphabets.
var (
	Lessons = Alphabet{[]string{"1", "2", "3", "4", "5", "н", "нп", "б", "уп", "оп", "осв"}, false, "grid.lessons"}
	Results = Alphabet{[]string{"1", "2", "3", "4", "5", "н/а", "незач", "зач", "осв"}, true, "grid.results"}
)

// Of returns the alphabet of a kind of column.
func Of(k Kind) Alphabet {
	if k == Lesson {
		return Lessons
	}
	return Results
}

// Words returns the words in the order in which they are shown.
func (a Alphabet) Words() []string { return a.words }

// Reason is the sentence that says what can be entered.
func (a Alphabet) Reason() string { return assets.T(a.reason) }

// matches returns how many words begin with typed, the first of them, and
// whether typed itself is a word. The slash of «н/а» need not be typed.
func (a Alphabet) matches(typed string) (n int, first string, whole bool) {
	for _, w := range a.words {
		switch {
		case w == typed || bare(w) == typed:
			whole = true
		case !strings.HasPrefix(w, typed) && !strings.HasPrefix(bare(w), typed):
			continue
		}
		if n == 0 {
			first = w
		}
		n++
	}
	return n, first, whole
}

// rest returns the letters of word that follow typed.
func rest(word, typed string) string {
	if r, ok := strings.CutPrefix(word, typed); ok {
		return r
	}
	r, _ := strings.CutPrefix(bare(word), typed)
	return r
}

func bare(word string) string {
	if word == "н/а" {
		return "на"
	}
	return word
}

// Parse reads a whole value as it may stand in a copied table: any letter
// case, «нб» for «н», «5/4», «оп 4». It guesses nothing: everything else is
// not ok. The empty text is the empty value.
func (a Alphabet) Parse(text string) (v Value, ok bool) {
	text = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " ")))
	if text == "" {
		return Value{}, true
	}
	if a.result {
		_, word, whole := a.matches(text)
		if !whole {
			return Value{}, false
		}
		return a.value(word), true
	}
	for _, part := range strings.Fields(text) {
		switch {
		case part == "нб":
			part = "н"
			fallthrough
		case !isDigit(part[0]) && a.has(part) && v.Code == "" && v.Marks == "":
			v.Code = part
		case isMarks(part) && v.Marks == "" && (v.Code == "" || v.Code == "оп"):
			v.Marks = part
		default:
			return Value{}, false
		}
	}
	return v, true
}

// value is what a cell says after one whole word.
func (a Alphabet) value(word string) Value {
	if a.result || isDigit(word[0]) {
		return Value{Marks: word}
	}
	return Value{Code: word}
}

func (a Alphabet) has(word string) bool {
	for _, w := range a.words {
		if w == word {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return b >= '1' && b <= '5' }

func isMarks(s string) bool {
	return len(s) == 1 && isDigit(s[0]) || len(s) == 3 && isDigit(s[0]) && s[1] == '/' && isDigit(s[2])
}

// The same keys in both layouts.
const (
	latinKeys    = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
	cyrillicKeys = "йцукенгшщзхъфывапролджэячсмитьбюё"
)

var toCyrillic, toLatin = layouts()

func layouts() (cyr, lat map[rune]rune) {
	cyr, lat = map[rune]rune{'<': 'б', '>': 'ю', '{': 'х', '}': 'ъ', ':': 'ж', '"': 'э', '~': 'ё'}, map[rune]rune{}
	latin, cyrillic := []rune(latinKeys), []rune(cyrillicKeys)
	for i, r := range latin {
		cyr[r], lat[cyrillic[i]] = cyrillic[i], r
	}
	return cyr, lat
}

// letter returns r as a small letter of the alphabets, whatever the layout.
func letter(r rune) rune {
	r = unicode.ToLower(r)
	if c, ok := toCyrillic[r]; ok {
		return c
	}
	return r
}

// secondMark reports whether r comes from a key for a second mark.
func secondMark(r rune) bool { return strings.ContainsRune(`/.\|`, r) }
