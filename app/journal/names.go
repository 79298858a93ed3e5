package journal

import (
	"cmp"
	"strings"
)

// CompareNames orders as Russian lists do: without case, ё as е.
func CompareNames(a, b string) int { return cmp.Compare(Normal(a), Normal(b)) }

// Normal is a text for comparison: lower case, ё as е, single spaces.
func Normal(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(s), "ё", "е")), " ")
}

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

// initial is «А.»; of «Анна-Мария» it is «А.» too, as documents have it.
func initial(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r)) + "."
	}
	return ""
}

// join puts single spaces between the parts that are not empty.
func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

// clip cuts s to at most n bytes without splitting a letter.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
