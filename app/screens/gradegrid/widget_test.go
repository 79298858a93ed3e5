package gradegrid_test

import (
	"image"
	"image/draw"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/screens/gradegrid"
)

// window shows a grid of w×h units and gives it the keys.
func window(t *testing.T, cb gradegrid.Callbacks, w, h float32) (*gradegrid.Grid, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	g := gradegrid.New(cb)
	win := test.NewTempWindow(t, g)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	g.SetSheet(page())
	win.Canvas().Focus(g)
	return g, win
}

// The strips together give the very picture of the painter.
func TestTheWindowShowsThePicture(t *testing.T) {
	g, win := window(t, gradegrid.Callbacks{}, 1021, 606)
	g.Select(12, 17)
	shot := image.NewRGBA(image.Rect(0, 0, 1021, 606))
	draw.Draw(shot, shot.Rect, win.Canvas().Capture(), image.Point{}, draw.Src)
	golden(t, "page", shot)
}

// On a screen of 125 % every strip stands on whole pixels.
func TestTheWindowShowsThePictureAt125(t *testing.T) {
	g, win := window(t, gradegrid.Callbacks{}, 900, 400)
	c := win.Canvas().(software.WindowlessCanvas)
	c.SetScale(1.25) // as when the window is moved to another screen
	c.Resize(fyne.NewSize(1296/1.25, 573/1.25))
	g.SetSheet(page())
	g.Select(12, 17)
	c.Capture() // the first frame tells the scale
	shot := image.NewRGBA(image.Rect(0, 0, 1296, 573))
	draw.Draw(shot, shot.Rect, c.Capture(), image.Point{}, draw.Src)
	golden(t, "page-125", shot)
}

func TestKeysReachTheModel(t *testing.T) {
	var entered []string
	g, win := window(t, gradegrid.Callbacks{OnEntry: func(_, _ int, v gradegrid.Value) error {
		entered = append(entered, v.String())
		return nil
	}}, 700, 400)
	g.Select(0, 17)
	test.Type(g, "5н4")
	if got := len(entered); got != 3 {
		t.Fatalf("%d values entered (%v); want 3", got, entered)
	}
	if got := g.Model().Cursor(); got != (gradegrid.Pos{Row: 3, Col: 17}) {
		t.Errorf("cursor is at %v", got)
	}
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	g.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "\n5\n" {
		t.Errorf("copied %q", got)
	}
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	if got := g.Model().Cursor(); got != (gradegrid.Pos{Row: 3, Col: 18}) {
		t.Errorf("after Tab the cursor is at %v", got)
	}
	if win.Canvas().Focused() != g {
		t.Error("Tab took the keys from the grid")
	}
}

func TestTheMouseChoosesCellsAndScrolls(t *testing.T) {
	g, win := window(t, gradegrid.Callbacks{}, 1021, 606)
	test.TapCanvas(win.Canvas(), fyne.NewPos(5, 5)) // nothing there
	press := func(x, y float32) {
		g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary})
	}
	press(440, 75) // 9 November, first pupil
	if got := g.Model().Cursor(); got != (gradegrid.Pos{Row: 0, Col: 7}) {
		t.Errorf("cursor is at %v", got)
	}
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(500, 130)}})
	from, to := g.Model().Block()
	if from != (gradegrid.Pos{Row: 0, Col: 7}) || to != (gradegrid.Pos{Row: 3, Col: 9}) {
		t.Errorf("block is %v to %v", from, to)
	}
	g.DragEnd()
	press(60, 163) // a name: the row changes, the column stays
	if got := g.Model().Cursor(); got != (gradegrid.Pos{Row: 4, Col: 7}) {
		t.Errorf("cursor is at %v", got)
	}
}

func TestZoomStaysBetween80And200(t *testing.T) {
	g, _ := window(t, gradegrid.Callbacks{}, 700, 400)
	for range 20 {
		g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyPlus, Modifier: fyne.KeyModifierControl})
	}
	if g.Zoom() != 2 {
		t.Errorf("zoom is %v; want 2", g.Zoom())
	}
	for range 20 {
		g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyMinus, Modifier: fyne.KeyModifierControl})
	}
	if g.Zoom() != 0.8 {
		t.Errorf("zoom is %v; want 0.8", g.Zoom())
	}
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.Key0, Modifier: fyne.KeyModifierControl})
	if g.Zoom() != 1 {
		t.Errorf("zoom is %v; want 1", g.Zoom())
	}
}
