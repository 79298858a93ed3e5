package print_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/print"
)

func TestWrap(t *testing.T) {
	for name, tt := range map[string]struct {
		text  string
		width float64
		want  []string
	}{
		"an empty text has no lines":        {"", 40, nil},
		"what fits stays one line":          {"Повторить § 1", 40, []string{"Повторить § 1"}},
		"lines end at spaces":               {"Повторить правила", 20, []string{"Повторить", "правила"}},
		"initials stay together":            {"Мамбетова Э. Р.", 18, []string{"Мамбетова", "Э. Р."}},
		"a paragraph sign keeps its number": {"Повторить § 12", 17.5, []string{"Повторить", "§ 12"}},
		"a line feed begins a line":         {"№\nп/п", 40, []string{"№", "п/п"}},
		"a long word is cut":                {"электроэнцефалография", 15, []string{"электроэ", "нцефалог", "рафия"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := print.Wrap(print.Sans, 10, tt.text, tt.width); !slices.Equal(got, tt.want) {
				t.Errorf("got %q; want %q", got, tt.want)
			}
		})
	}
}

// Nothing is lost and nothing is too wide, whatever is pasted.
func TestWrapKeepsEveryLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("абвгдежЩЮЯ   .,№§«»0123456789\n"))).Draw(t, "text")
		width := rapid.Float64Range(4, 80).Draw(t, "width")
		lines := print.Wrap(print.Narrow, 9, text, width)
		if got, want := squeeze(strings.Join(lines, "")), squeeze(text); got != want {
			t.Errorf("%q became %q", want, got)
		}
		for _, line := range lines {
			if w := print.Width(print.Narrow, 9, line); w > width+0.01 && len([]rune(line)) > 1 {
				t.Errorf("%q is %.2f mm wide; want at most %.2f", line, w, width)
			}
		}
	})
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
