package screens_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/screens/theme"
)

// One picture of every screen, as it is looked at.
func TestPictures(t *testing.T) {
	lightLook, contrast := theme.New(theme.Light, 1), theme.New(theme.Contrast, 1)
	for name, tt := range map[string]struct {
		look *theme.Theme
		w, h float32
		do   func(*stand)
	}{
		"signin":           {lightLook, 1366, 698, func(*stand) {}},
		"today":            {lightLook, 1366, 698, func(s *stand) { s.as("Ков") }},
		"journal":          {lightLook, 1366, 698, journalPicture},
		"journal-contrast": {contrast, 1366, 698, journalPicture},
		"journal-narrow":   {lightLook, 1093, 544, journalPicture},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, tt.look, tt.w, tt.h)
			tt.do(s)
			test.AssertRendersToImage(t, name+".png", s.win.Canvas())
		})
	}
}

func journalPicture(s *stand) {
	s.as("Ков")
	s.press(fyne.KeyReturn)
	for range 10 {
		s.press(fyne.KeyDown)
	}
	s.write("454")
	s.press(fyne.KeyUp)
}
