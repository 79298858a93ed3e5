package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// errLetters is returned for bytes that are no text in any encoding we know.
var errLetters = errors.New("no text in a known encoding")

// declared finds the encoding that an XML declaration names.
var declared = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']`)

// decodeText turns the bytes of a text file into UTF-8. What cannot be anything
// else is believed first: a byte order mark, the pattern of UTF-16, valid UTF-8.
// Then the declaration of an XML file; then the old Russian code page in which the letters make
// Russian words.
func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return decode(data, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM))
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decode(data, utf16.UTF16(utf16.LittleEndian, utf16.UseBOM))
	}
	if order, ok := twoBytes(data); ok { // its bytes may be valid UTF-8 too
		return decode(data, utf16.UTF16(order, utf16.IgnoreBOM))
	}
	if utf8.Valid(data) {
		return plausible(string(data))
	}
	if m := declared.FindSubmatch(data[:min(len(data), 200)]); m != nil {
		if cm := codePage(string(m[1])); cm != nil && !(cm == charmap.Windows1252 && cyrillicIn1252(data)) {
			return decode(data, cm)
		}
	}
	best, text := 0, ""
	for _, cm := range []*charmap.Charmap{charmap.Windows1251, charmap.CodePage866, charmap.KOI8R, charmap.MacintoshCyrillic} {
		s, err := cm.NewDecoder().String(string(data))
		if score := russian(s); err == nil && score > best {
			best, text = score, s
		}
	}
	if best == 0 {
		return "", errLetters
	}
	return plausible(text)
}

func decode(data []byte, e encoding.Encoding) (string, error) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("decode text: %w", err)
	}
	return plausible(string(out))
}

// plausible refuses text with letters that no program writes into a table.
func plausible(s string) (string, error) {
	bad, all := 0, 0
	for _, r := range s {
		all++
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\r' && r != '\n' && r != '\f' && r != '\v' {
			bad++
		}
	}
	if bad*50 > all {
		return "", errLetters
	}
	return s, nil
}

// twoBytes recognises UTF-16 without a mark by the upper bytes 00 and 04.
func twoBytes(data []byte) (utf16.Endianness, bool) {
	n := min(len(data), 4096) &^ 1
	var upper [2]int
	for i := range n {
		if data[i] == 0 || data[i] == 4 {
			upper[i%2]++
		}
	}
	switch {
	case n >= 4 && upper[1] > n/2*8/10:
		return utf16.LittleEndian, true
	case n >= 4 && upper[0] > n/2*8/10:
		return utf16.BigEndian, true
	}
	return utf16.LittleEndian, false
}

func codePage(name string) *charmap.Charmap {
	switch strings.ToLower(name) {
	case "windows-1251", "cp1251", "win-1251":
		return charmap.Windows1251
	case "windows-1252", "cp1252", "iso-8859-1", "latin1":
		return charmap.Windows1252
	case "koi8-r":
		return charmap.KOI8R
	case "cp866", "ibm866", "866":
		return charmap.CodePage866
	case "iso-8859-5":
		return charmap.ISO8859_5
	}
	return nil
}

// cyrillicIn1252 recognises Russian bytes under a declaration of windows-1252:
// whole words of letters that Western languages only sprinkle into words.
func cyrillicIn1252(data []byte) bool {
	high, ascii := 0, 0
	for i := 1; i < len(data); i++ {
		if data[i] >= 0xc0 && data[i-1] >= 0xc0 {
			high++
		} else if data[i] >= 0xc0 {
			ascii++
		}
	}
	return high > 2*ascii
}

// russian counts the pairs of letters that make Russian words, less those that
// do not: a capital inside a word, a letter beside a sign of drawing.
func russian(s string) int {
	score := 0
	var before rune
	for _, r := range s {
		switch {
		case r >= 'а' && r <= 'я' && strings.ContainsRune("оеаинтсрвл", r):
			score += 2
		case r >= 'а' && r <= 'я' || r == 'ё':
			score++
		case unicode.Is(unicode.Cyrillic, r) && unicode.IsUpper(r) && unicode.IsLower(before):
			score -= 3
		case r >= 'А' && r <= 'Я' || r < utf8.RuneSelf || r == '№' || r == '«' || r == '»' || r == '–' || r == '—' || r == '\u00a0':
		default:
			score -= 2
		}
		before = r
	}
	return score
}

// garbled recognises UTF-8 that a program took for windows-1251 and saved again:
// set back into bytes, its letters are Russian once more.
func garbled(s string) bool {
	raw := make([]byte, 0, 4096)
	for _, r := range s {
		b, ok := charmap.Windows1251.EncodeRune(r)
		if !ok {
			b = 0x98 // the one byte without a letter; programs write anything for it
		}
		if raw = append(raw, b); len(raw) == cap(raw) {
			break
		}
	}
	letters, bad := 0, 0
	for _, r := range string(raw) {
		switch {
		case r == utf8.RuneError:
			bad++
		case unicode.Is(unicode.Cyrillic, r):
			letters++
		}
	}
	return letters > 4 && bad*10 < letters
}
