//go:build window

package windowtest

import (
	"strings"
	"unicode"
)

// What X calls the letters of the Russian layout. Typing goes through these
// keys, as a finger does: a letter comes to the program by the layout.
var letterNames = map[rune]string{
	'а': "a", 'б': "be", 'в': "ve", 'г': "ghe", 'д': "de", 'е': "ie", 'ё': "io", 'ж': "zhe", 'з': "ze", 'и': "i", 'й': "shorti",
	'к': "ka", 'л': "el", 'м': "em", 'н': "en", 'о': "o", 'п': "pe", 'р': "er", 'с': "es", 'т': "te", 'у': "u", 'ф': "ef",
	'х': "ha", 'ц': "tse", 'ч': "che", 'ш': "sha", 'щ': "shcha", 'ъ': "hardsign", 'ы': "yeru", 'ь': "softsign", 'э': "e",
	'ю': "yu", 'я': "ya",
}

var signNames = map[rune]string{' ': "space", '-': "minus", '.': "period", ',': "comma", ':': "colon", '№': "numerosign", '/': "slash"}

// keysOf names the keys that type a text.
func keysOf(text string) []string {
	var out []string
	for _, r := range text {
		name, isSign := signNames[r]
		letter, isLetter := letterNames[unicode.ToLower(r)]
		switch {
		case isSign:
		case isLetter && unicode.IsUpper(r):
			name = "Cyrillic_" + strings.ToUpper(letter)
		case isLetter:
			name = "Cyrillic_" + letter
		default:
			name = string(r)
		}
		out = append(out, name)
	}
	return out
}
