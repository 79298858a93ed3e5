package screens_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/screens/theme"
)

// BenchmarkKey is one mark typed on the journal page: durable, everything round
// the grid up to date, nothing painted.
func BenchmarkKey(b *testing.B) {
	s := newStand(b, theme.New(theme.Light, 1), 1366, 698)
	s.as("Ков")
	s.press(fyne.KeyReturn)
	j := s.shell.Journal()
	marks := "5432"
	b.ResetTimer()
	for i := range b.N {
		if i%20 == 0 {
			j.Select(0, j.Today())
		}
		s.write(marks[(i+i/20)%4:][:1])
	}
}
