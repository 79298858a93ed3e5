package print_test

import (
	"fmt"
	"testing"

	"uchitelskaya/app/print"
)

func TestWords(t *testing.T) {
	for n, want := range map[int]string{
		0: "ноль", 1: "один", 2: "два", 10: "десять", 11: "одиннадцать", 14: "четырнадцать", 19: "девятнадцать", 20: "двадцать",
		21: "двадцать один", 40: "сорок", 99: "девяносто девять", 100: "сто", 101: "сто один", 107: "сто семь", 111: "сто одиннадцать",
		212: "двести двенадцать", 240: "двести сорок", 999: "девятьсот девяносто девять", 1000: "одна тысяча", 1001: "одна тысяча один",
		2000: "две тысячи", 5012: "пять тысяч двенадцать", 21_000: "двадцать одна тысяча", 100_002: "сто тысяч два",
		-1: "", 1_000_000: "",
	} {
		if got := print.Words(n); got != want {
			t.Errorf("Words(%d) = %q; want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{
		0: "ноль", 1: "одна", 2: "две", 3: "три", 11: "одиннадцать", 12: "двенадцать", 22: "двадцать две", 101: "сто одна", 1002: "одна тысяча две",
	} {
		if got := print.WordsFeminine(n); got != want {
			t.Errorf("WordsFeminine(%d) = %q; want %q", n, got, want)
		}
	}
}

// The last two digits alone decide, so that 1–1000 are covered by the rule
// written another way.
func TestPlural(t *testing.T) {
	want := func(n int) string {
		switch s := fmt.Sprintf("%02d", n%100); {
		case s[0] == '1':
			return "листов"
		case s[1] == '1':
			return "лист"
		case s[1] >= '2' && s[1] <= '4':
			return "листа"
		default:
			return "листов"
		}
	}
	for n := 0; n <= 1000; n++ {
		if got := print.Plural(n, "лист", "листа", "листов"); got != want(n) {
			t.Errorf("Plural(%d) = %q; want %q", n, got, want(n))
		}
	}
}
