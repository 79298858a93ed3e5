package gradegrid_test

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/app/screens/theme"
)

// year is a page of 35 pupils and 170 lessons, full of marks.
func year() gradegrid.Sheet {
	s := class(35, 170)
	s.Cells = make([][]gradegrid.Cell, len(s.Rows))
	for row := range s.Rows {
		s.Cells[row] = make([]gradegrid.Cell, s.Width())
		for col := range s.Columns {
			if (row+col)%3 != 0 {
				s.Cells[row][col].Marks = string(rune('2' + (row*7+col)%4))
			}
		}
	}
	return s
}

// shown is a grid of 1021×606 units in a window of the test driver.
func shown(b *testing.B) *gradegrid.Grid {
	app := test.NewApp()
	b.Cleanup(app.Quit)
	g := gradegrid.New(gradegrid.Callbacks{})
	win := test.NewWindow(g)
	b.Cleanup(win.Close)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(1021, 606))
	g.SetSheet(year())
	win.Canvas().Focus(g)
	g.Select(0, 85)
	b.ReportAllocs()
	return g
}

// A key: the handler with everything it draws.
func BenchmarkKey(b *testing.B) {
	for name, key := range map[string]func(*gradegrid.Grid, int){
		"digit": func(g *gradegrid.Grid, i int) {
			if i%30 == 0 {
				g.Select(0, 85)
			}
			g.TypedRune(rune('2' + i%4))
		},
		"right": func(g *gradegrid.Grid, i int) {
			g.TypedKey(&fyne.KeyEvent{Name: pickKey(i/80%2 == 0, fyne.KeyRight, fyne.KeyLeft)})
		},
		"down": func(g *gradegrid.Grid, i int) {
			g.TypedKey(&fyne.KeyEvent{Name: pickKey(i/30%2 == 0, fyne.KeyDown, fyne.KeyUp)})
		},
	} {
		b.Run(name, func(b *testing.B) {
			g := shown(b)
			for i := range b.N {
				key(g, i)
			}
		})
	}
}

func pickKey(first bool, a, c fyne.KeyName) fyne.KeyName {
	if first {
		return a
	}
	return c
}

// A step of the wheel.
func BenchmarkScroll(b *testing.B) {
	for name, by := range map[string]fyne.Delta{"x": {DX: -25}, "y": {DY: -10}} {
		b.Run(name, func(b *testing.B) {
			g := shown(b)
			for i := range b.N {
				d := by
				if i/8%2 == 1 {
					d = fyne.Delta{DX: -by.DX, DY: -by.DY}
				}
				g.Scrolled(&fyne.ScrollEvent{Scrolled: d})
			}
		})
	}
}

// The whole picture, as after another page was opened.
func BenchmarkWhole(b *testing.B) {
	m := gradegrid.NewModel(gradegrid.Callbacks{})
	m.SetSheet(year())
	p := gradegrid.NewPainter()
	p.Resize(m, image.Pt(1021, 606), look(theme.Light, 1))
	p.RevealToday(85)
	b.ReportAllocs()
	for range b.N {
		p.Forget()
		p.Paint(m)
	}
}

// The pointer over the grid draws nothing at all: the grid does not listen.
func BenchmarkNothingChanged(b *testing.B) {
	g := shown(b)
	for range b.N {
		g.Redraw()
	}
}
