package gradegrid_test

import (
	"bytes"
	"image"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/app/screens/theme"
)

const letters = "12345607нпбуосвжызачие/., ygejcdf\\ъЁН"

// press draws one key, click or wheel and plays it.
func press(t *rapid.T, m *gradegrid.Model) {
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0, 1, 2, 3, 4:
		m.Rune(rapid.SampledFrom([]rune(letters)).Draw(t, "rune"))
	case 5, 6, 7:
		mod := gradegrid.Mod(rapid.IntRange(0, 3).Draw(t, "mod"))
		m.Key(gradegrid.Key(rapid.IntRange(0, int(gradegrid.Find)).Draw(t, "key")), mod)
	case 8:
		p := gradegrid.Pos{Row: rapid.IntRange(-2, 30).Draw(t, "row"), Col: rapid.IntRange(-2, 30).Draw(t, "col")}
		m.Click(p, gradegrid.Mod(rapid.IntRange(0, 1).Draw(t, "shift")))
	case 9:
		if rapid.Bool().Draw(t, "blur") {
			m.Blur()
		} else {
			m.Find(string(rapid.SampledFrom([]rune("абгхeq")).Draw(t, "letter")), 0)
		}
	}
}

// Whatever is typed: no panic, the cursor stays on a cell that can hold it, and
// the sheet differs only where the desk was told.
func TestAnyKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		told := map[gradegrid.Pos]gradegrid.Value{}
		m := gradegrid.NewModel(gradegrid.Callbacks{
			OnEntry: func(row, col int, v gradegrid.Value) error {
				if rapid.IntRange(0, 4).Draw(t, "answer") == 0 {
					return fault.New(fault.Forbidden, "Это не ваш журнал.")
				}
				told[gradegrid.Pos{Row: row, Col: col}] = v
				return nil
			},
			OnClear: func(cells []gradegrid.Pos) error {
				if rapid.IntRange(0, 4).Draw(t, "answer") == 0 {
					return fault.New(fault.Forbidden, "Это не ваш журнал.")
				}
				for _, c := range cells {
					told[c] = gradegrid.Value{}
				}
				return nil
			},
		})
		before := page()
		m.SetSheet(before)
		for range rapid.IntRange(1, 60).Draw(t, "keys") {
			press(t, m)
			cur, s := m.Cursor(), m.Sheet()
			if cur.Row < 0 || cur.Row >= len(s.Rows) || cur.Col < 0 || cur.Col >= s.Width() {
				t.Fatalf("cursor is at %v", cur)
			}
			if s.Column(cur.Col).Kind == gradegrid.Average {
				t.Fatal("cursor is on the average")
			}
			from, to := m.Block()
			if from.Row < 0 || to.Row >= len(s.Rows) || from.Col < 0 || to.Col >= s.Width() {
				t.Fatalf("block is %v to %v", from, to)
			}
		}
		for row := range m.Sheet().Rows {
			for col := range m.Sheet().Width() {
				p := gradegrid.Pos{Row: row, Col: col}
				want, ok := told[p]
				if !ok {
					want = before.Cell(p).Value
				}
				if got := m.Sheet().Cell(p).Value; got != want {
					t.Fatalf("cell %v is %q; want %q", p, got, want)
				}
			}
		}
	})
}

// Drawing only what differs gives the same picture as drawing everything.
func TestPartsGiveTheWholePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := gradegrid.NewModel(gradegrid.Callbacks{})
		m.SetSheet(page())
		size := image.Pt(rapid.IntRange(1, 900).Draw(t, "width"), rapid.IntRange(1, 400).Draw(t, "height"))
		l := look(theme.Light, rapid.SampledFrom([]float32{1, 1.25, 1.5}).Draw(t, "scale"))
		p := gradegrid.NewPainter()
		p.Resize(m, size, l)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			if rapid.IntRange(0, 3).Draw(t, "scroll") == 0 {
				p.Scroll(image.Pt(rapid.IntRange(-300, 300).Draw(t, "dx"), rapid.IntRange(-200, 200).Draw(t, "dy")))
			} else {
				press(t, m)
				p.Reveal(m.Cursor())
			}
			was := bytes.Clone(p.Image().Pix)
			changed := p.Paint(m)
			for y := range size.Y { // nothing outside of what is said to have changed
				for x := 0; x < size.X && !image.Pt(x, y).In(changed); x++ {
					if i := p.Image().PixOffset(x, y); !bytes.Equal(was[i:i+4], p.Image().Pix[i:i+4]) {
						t.Fatalf("pixel %d,%d changed outside %v", x, y, changed)
					}
				}
			}
		}
		parts := bytes.Clone(p.Image().Pix)
		p.Forget()
		p.Paint(m)
		for i, b := range p.Image().Pix {
			if b != parts[i] {
				t.Fatalf("pixel %d,%d differs", i/4%size.X, i/4/size.X)
			}
		}
	})
}
