package print

import (
	"strings"

	"uchitelskaya/app/journal"
)

var (
	units = [...]string{
		"", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять",
		"десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать",
		"шестнадцать", "семнадцать", "восемнадцать", "девятнадцать",
	}
	tens = [...]string{
		"", "", "двадцать", "тридцать", "сорок", "пятьдесят",
		"шестьдесят", "семьдесят", "восемьдесят", "девяносто",
	}
	hundreds = [...]string{
		"", "сто", "двести", "триста", "четыреста", "пятьсот",
		"шестьсот", "семьсот", "восемьсот", "девятьсот",
	}
)

// Words returns n in the nominative case and masculine gender («сто семь»,
// «двадцать один»). Below 0 and from a million on it returns "".
func Words(n int) string {
	switch {
	case n < 0 || n > 999_999:
		return ""
	case n == 0:
		return "ноль"
	}
	var words []string
	if t := n / 1000; t > 0 {
		words = append(words, below1000(t, true)...)
		words = append(words, journal.Plural(t, "тысяча", "тысячи", "тысяч"))
	}
	return strings.Join(append(words, below1000(n%1000, false)...), " ")
}

// WordsFeminine is Words for a feminine noun («двадцать одна», «две»).
func WordsFeminine(n int) string {
	if n <= 0 || n > 999_999 {
		return Words(n)
	}
	var words []string
	if t := n / 1000 * 1000; t > 0 {
		words = append(words, Words(t))
	}
	return strings.Join(append(words, below1000(n%1000, true)...), " ")
}

func below1000(n int, feminine bool) []string {
	var words []string
	if h := n / 100; h > 0 {
		words = append(words, hundreds[h])
	}
	n %= 100
	if n >= 20 {
		words = append(words, tens[n/10])
		n %= 10
	}
	switch {
	case n == 0:
	case feminine && n == 1:
		words = append(words, "одна")
	case feminine && n == 2:
		words = append(words, "две")
	default:
		words = append(words, units[n])
	}
	return words
}
