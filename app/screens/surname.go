package screens

import "strings"

// matches compares the beginning of a surname as it was typed in either layout.
func matches(last, typed string) bool {
	last, typed = normal(last), normal(typed)
	return strings.HasPrefix(last, typed) || strings.HasPrefix(last, normal(cyrillic(typed)))
}

func normal(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "ё", "е")
}

// cyrillic is what the same keys type in the Russian layout.
func cyrillic(s string) string {
	latin, russian := []rune("qwertyuiop[]asdfghjkl;'zxcvbnm,.`"), []rune("йцукенгшщзхъфывапролджэячсмитьбюё")
	return strings.Map(func(r rune) rune {
		for i, l := range latin {
			if l == r {
				return russian[i]
			}
		}
		return r
	}, s)
}
