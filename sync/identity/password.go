package identity

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// Bounds of a password, in characters.
const (
	MinPassword = 8
	MaxPassword = 100
)

// CheckPassword refuses passwords that are too short, or that anybody would
// try first.
func CheckPassword(password, name string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return fault.New(fault.Invalid, fmt.Sprintf("Пароль короткий. Нужно не меньше %d знаков.", MinPassword))
	case n > MaxPassword:
		return fault.New(fault.Invalid, fmt.Sprintf("Пароль слишком длинный. Можно до %d знаков.", MaxPassword))
	case strings.Trim(password, first(password)) == "", strings.Contains("01234567890 qwertyuiop йцукенгшщзхъ", strings.ToLower(password)):
		return fault.New(fault.Invalid, "Такой пароль легко угадать. Придумайте другой.")
	case name != "" && strings.Contains(journal.Normal(password), journal.Normal(name)):
		return fault.New(fault.Invalid, "Имя в пароле легко угадать. Придумайте другой.")
	}
	return nil
}

// first is the first letter.
func first(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// oneTimeLetters leaves out what looks alike on paper. They are digits and
// small letters that stand on every keyboard.
const oneTimeLetters = "23456789abcdefghijkmnpqrstuvwxyz"

// OneTimePassword makes a random password to be printed: twelve letters in
// groups, 60 bit.
func OneTimePassword(rand io.Reader) (string, error) {
	raw := make([]byte, 12)
	if _, err := io.ReadFull(rand, raw); err != nil {
		return "", fmt.Errorf("make password: %w", err)
	}
	var b strings.Builder
	for i, x := range raw {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(oneTimeLetters[x%32])
	}
	return b.String(), nil
}
