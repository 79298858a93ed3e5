package theme_test

import (
	"testing"

	"uchitelskaya/app/screens/theme"
)

func TestBothPalettesHaveEveryToken(t *testing.T) {
	for name, p := range map[string]theme.Palette{"light": theme.Light, "contrast": theme.Contrast} {
		if len(p) != len(theme.Tokens) {
			t.Errorf("%s has %d colours; want %d", name, len(p), len(theme.Tokens))
		}
		for _, token := range theme.Tokens {
			if p[token].A == 0 {
				t.Errorf("%s lacks %s", name, token)
			}
		}
	}
}

// Every text on every ground where a screen puts it.
func TestTextCanBeRead(t *testing.T) {
	grounds := []theme.Token{theme.Sheet, theme.Desk, theme.Rail, theme.Zebra, theme.Head, theme.Control, theme.Soft, theme.Lock}
	pairs := [][2]theme.Token{
		{theme.OnAccent, theme.Accent},
		{theme.Ok, theme.OkSoft},
		{theme.Warn, theme.WarnSoft},
		{theme.Bad, theme.BadSoft},
		{theme.Ok, theme.Sheet},
		{theme.Warn, theme.Sheet},
		{theme.Bad, theme.Sheet},
		{theme.Warn, theme.Head},
		{theme.Ink1, theme.Mid},
		{theme.Ink2, theme.Mid},
		{theme.Ink1, theme.WarnSoft},
		{theme.Ink1, theme.BadSoft},
		{theme.Accent, theme.Sheet},
		{theme.Accent, theme.Soft},
		{theme.Sheet, theme.Ink2},
		{theme.Sheet, theme.Bad},
	}
	for _, ground := range grounds {
		pairs = append(pairs, [2]theme.Token{theme.Ink1, ground}, [2]theme.Token{theme.Ink2, ground})
		if ground != theme.Rail { // captions never stand on the rail
			pairs = append(pairs, [2]theme.Token{theme.Ink3, ground})
		}
	}
	for name, want := range map[string]struct {
		palette theme.Palette
		least   float64
	}{
		"light":         {theme.Light, 4.5},
		"high contrast": {theme.Contrast, 7},
	} {
		t.Run(name, func(t *testing.T) {
			for _, pair := range pairs {
				if got := theme.Ratio(want.palette[pair[0]], want.palette[pair[1]]); got < want.least {
					t.Errorf("%s on %s has contrast %.2f; want at least %.1f", pair[0], pair[1], got, want.least)
				}
			}
		})
	}
}

// Edges of entries and tick boxes carry meaning: 3 to 1.
func TestEdgesCanBeSeen(t *testing.T) {
	for name, p := range map[string]theme.Palette{"light": theme.Light, "contrast": theme.Contrast} {
		for _, ground := range []theme.Token{theme.Sheet, theme.Desk, theme.Head} {
			if got := theme.Ratio(p[theme.Strong], p[ground]); got < 3 {
				t.Errorf("%s: strong on %s has contrast %.2f; want 3", name, ground, got)
			}
		}
	}
}
