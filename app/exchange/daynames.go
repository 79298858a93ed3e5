package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"uchitelskaya/app/journal"
)

// withoutYear is a day without its year: «01.09», «1 сентября».
var withoutYear = regexp.MustCompile(`^(\d{1,2}\.\d{1,2}|\d{1,2} [а-яё]{3,})\.?$`)

// ordinals begin the words for the numbers of terms.
var ordinals = []string{"перв", "втор", "трет", "четвертая"}

// romans are the numbers of terms as lists write them, in small letters.
var romans = []string{"i", "ii", "iii", "iv", "v"}

// termNamed reads the name of a term: «1 четверть», «II четверть», «третий
// триместр», «2-е полугодие». Its number is 0 where the name has none.
func termNamed(s string) (t journal.Term, ok bool) {
	words := strings.FieldsFunc(journal.Normal(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range words {
		switch {
		case strings.HasPrefix(w, "каникул"), strings.HasPrefix(w, "праздн"), strings.HasPrefix(w, "выходн"):
			return journal.Term{}, false
		case t.Scheme != 0:
		case slices.Contains([]string{"четверть", "четверти", "четв", "четвертей"}, w):
			t.Scheme = journal.Quarters
		case strings.HasPrefix(w, "трим"):
			t.Scheme = journal.Trimesters
		case strings.HasPrefix(w, "полуг"):
			t.Scheme = journal.HalfYears
		}
	}
	if t.Scheme == 0 {
		return t, false
	}
	for _, w := range words {
		if t.Number = termNumber(w); t.Number > 0 {
			break
		}
	}
	return t, true
}

func termNumber(word string) int {
	digits := strings.TrimRightFunc(word, unicode.IsLetter)
	if n, err := strconv.Atoi(digits); err == nil {
		return n
	}
	word = strings.NewReplacer("і", "i", "l", "i").Replace(word)
	if i := slices.Index(romans, word); i >= 0 {
		return i + 1
	}
	return 1 + slices.IndexFunc(ordinals, func(stem string) bool { return strings.HasPrefix(word, stem) })
}

// holidayTitle is «Осенние каникулы» for «осенние».
func holidayTitle(cell string) string {
	if words := headWords(cell); len(words) == 1 && season(words) {
		cell += " каникулы"
	}
	return sentence(cell)[:len(sentence(cell))-1]
}

func season(words []string) bool {
	return slices.ContainsFunc([]string{"осенн", "зимн", "весенн", "летн"}, func(stem string) bool { return begins(words, stem) })
}

// plainHoliday reports whether a name says by itself that nobody has lessons: a
// holiday of the country or one between terms, not one of some classes and not
// a school event.
func plainHoliday(head, title string) bool {
	words := headWords(title)
	for _, stem := range []string{"класс", "кл.", "дополнит", "первоклассн"} {
		if begins(words, stem) {
			return false
		}
	}
	for _, all := range freeDays {
		if (rule{all: all}).fits(words) {
			return true
		}
	}
	for _, stem := range []string{"каникул", "праздни", "выходн"} {
		if h := headWords(head); len(h) == 1 && begins(h, stem) {
			return true
		}
	}
	return false
}

// freeDays are names of days on which no school of the country teaches.
var freeDays = []string{
	"каникул", "выходн", "праздничн", "праздник.", "народн единств", "защитник отечеств", "женск", "весн труд", "день побед", "новогодн", "новый год",
	"рождест", "воссоединен", "день росси",
}
