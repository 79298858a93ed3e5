package print

import "strings"

// Plural returns the form of a noun that follows n: one for 1, 21, 31 …, few
// for 2–4, 22–24 …, many for the rest («лист», «листа», «листов»).
func Plural(n int, one, few, many string) string {
	n = max(n, -n)
	switch {
	case n%100 >= 11 && n%100 <= 14:
		return many
	case n%10 == 1:
		return one
	case n%10 >= 2 && n%10 <= 4:
		return few
	}
	return many
}

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
		words = append(words, Plural(t, "тысяча", "тысячи", "тысяч"))
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
