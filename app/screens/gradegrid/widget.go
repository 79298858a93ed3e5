package gradegrid

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A Grid is the widget: keys and mouse go to its model, the picture comes from
// its painter. Model's methods that change something are followed by Redraw.
type Grid struct {
	widget.BaseWidget
	// OnMenu asks for the menu of a cell, at a place on the canvas.
	OnMenu func(row, col int, at fyne.Position)
	// OnKey takes the keys that are not the grid's, F7 and such.
	OnKey func(*fyne.KeyEvent)

	model   *Model
	painter *Painter
	zoom    float32
	row     float32
	name    float32
	scale   float32 // of the canvas
	fresh   bool    // a first sheet has yet to be scrolled to today
	held    fyne.KeyModifier
	drag    Zone
	strips  []*canvas.Raster
	objects []fyne.CanvasObject // the same
}

var (
	_ fyne.Focusable         = (*Grid)(nil)
	_ fyne.Shortcutable      = (*Grid)(nil)
	_ fyne.Tabbable          = (*Grid)(nil)
	_ fyne.Scrollable        = (*Grid)(nil)
	_ fyne.Draggable         = (*Grid)(nil)
	_ fyne.DoubleTappable    = (*Grid)(nil)
	_ fyne.SecondaryTappable = (*Grid)(nil)
	_ desktop.Keyable        = (*Grid)(nil)
	_ desktop.Mouseable      = (*Grid)(nil)
)

// New returns a grid with an empty sheet. Without OnCopy a copied block goes to
// the clipboard.
func New(cb Callbacks) *Grid {
	if cb.OnCopy == nil {
		cb.OnCopy = func(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }
	}
	g := &Grid{model: NewModel(cb), painter: NewPainter(), zoom: 1, row: 22, name: 170, scale: 1, fresh: true}
	g.model.Away = true
	g.ExtendBaseWidget(g)
	return g
}

// Model is the state behind the grid. After changing it call Redraw.
func (g *Grid) Model() *Model { return g.model }

// SetSheet shows a sheet; the first one is scrolled to today's lesson.
func (g *Grid) SetSheet(s Sheet) {
	g.fresh = g.fresh || g.model.empty()
	g.model.SetSheet(s)
	g.fit()
	g.Redraw()
}

// SetCell changes one cell and shows it.
func (g *Grid) SetCell(row, col int, c Cell) {
	g.model.SetCell(row, col, c)
	g.Redraw()
}

// Select puts the cursor on a cell and brings it into view.
func (g *Grid) Select(row, col int) {
	g.model.Click(Pos{row, col}, 0)
	g.follow()
}

// Find puts the cursor on a pupil; see [Model.Find].
func (g *Grid) Find(query string, next bool) bool {
	row := 0
	if next {
		row = g.model.Cursor().Row + 1
	}
	found := g.model.Find(query, row)
	g.follow()
	return found
}

// Zoom returns the zoom of the grid: 0.8 to 2.
func (g *Grid) Zoom() float32 { return g.zoom }

// SetZoom changes the zoom, in steps of a tenth, between 0.8 and 2.
func (g *Grid) SetZoom(zoom float32) {
	g.zoom = float32(math.Round(float64(min(max(zoom, 0.8), 2))*10) / 10)
	g.fit()
	g.follow()
}

// SetRows sets the height of rows and the width of names in units of 100 %.
func (g *Grid) SetRows(height, name float32) {
	g.row, g.name = height, name
	g.fit()
	g.follow()
}

// MinSize leaves room for the frozen parts and a few lessons.
func (g *Grid) MinSize() fyne.Size {
	return fyne.NewSize(theme.Px(numberWidth+140+averageWidth+resultWidth+4*lessonWidth), theme.Px(headHeight+5*22))
}

// Resize implements [fyne.CanvasObject].
func (g *Grid) Resize(size fyne.Size) {
	g.BaseWidget.Resize(size)
	g.fit()
}

// Refresh draws again what changed; after a change of the look, everything.
func (g *Grid) Refresh() {
	g.fit()
	g.Redraw()
}

// look is how the grid is drawn now.
func (g *Grid) look() Look {
	t := theme.Current()
	return Look{Palette: t.Palette(), Scale: g.scale * t.Text(), Zoom: g.zoom, RowHeight: g.row, NameWidth: g.name}
}

// fit brings painter and strips to the size of the widget in device pixels.
func (g *Grid) fit() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		g.scale = c.Scale()
	}
	size := g.Size()
	if size.Width < 1 || size.Height < 1 {
		return
	}
	pixels := image.Pt(g.device(size.Width), g.device(size.Height))
	g.painter.Resize(g.model, pixels, g.look())
	if g.fresh && !g.model.empty() {
		g.fresh = false
		g.painter.RevealToday(g.model.Sheet().Today())
	}
	g.layStrips(pixels)
}

func (g *Grid) device(v float32) int { return int(math.Round(float64(v * g.scale))) }

func (g *Grid) point(p fyne.Position) image.Point { return image.Pt(g.device(p.X), g.device(p.Y)) }

// Redraw draws what changed since it was drawn last.
func (g *Grid) Redraw() {
	if g.painter.layout == nil {
		return
	}
	changed := g.painter.Paint(g.model)
	for i, s := range g.strips {
		if changed.Overlaps(image.Rect(0, i*stripHeight, changed.Max.X, (i+1)*stripHeight)) {
			s.Refresh()
		}
	}
}

// follow brings the cell that moved last into view and draws.
func (g *Grid) follow() {
	if g.painter.layout == nil {
		return
	}
	g.painter.Reveal(g.model.far)
	g.Redraw()
}
