//go:build linux && cgo && !ci

package main

import (
	"strconv"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/gradegrid"
)

// A rival shows the sheet in the window and takes keys; probe hears of each.
type rival interface {
	object() fyne.CanvasObject
	focus() fyne.Focusable
	start() // cursor to where the strokes begin
	probe() *probe
}

// A probe knows when an event reached a widget and how long handling it took.
type probe struct {
	reached chan time.Time
	spent   atomic.Int64 // nanoseconds; one key may come as several events
}

// during wraps the handling of an event.
func (p *probe) during(handle func()) {
	start := time.Now()
	select {
	case p.reached <- start:
	default: // not measured, or not the first event of the key
	}
	handle()
	p.spent.Add(int64(time.Since(start)))
}

// sheet is the page that both rivals show: 35 pupils, a year of lessons, two of
// three cells with a mark.
func sheet() gradegrid.Sheet {
	s := gradegrid.Sheet{NumberHead: "№", NameHead: "Фамилия, имя"}
	months := []string{"Сентябрь", "Октябрь", "Ноябрь", "Декабрь", "Январь", "Февраль", "Март", "Апрель", "Май"}
	for col := range gridLessons {
		s.Columns = append(s.Columns, gradegrid.Column{
			Month: months[col*len(months)/gridLessons], Day: strconv.Itoa(1 + col%28), Weekday: []string{"пн", "вт", "ср", "чт", "пт"}[col%5],
			Today: col == gridLessons/2, Control: col%12 == 11,
		})
	}
	s.Right = []gradegrid.Column{{Kind: gradegrid.Average, Day: "Сред-\nний"}, {Kind: gradegrid.Period, Day: "II", Weekday: "четв."}}
	for row := range gridPupils {
		s.Rows = append(s.Rows, gradegrid.Row{No: strconv.Itoa(row + 1), Surname: "Абибуллаев", Name: "Артём"})
		cells := make([]gradegrid.Cell, gridLessons+len(s.Right))
		for col := range gridLessons {
			if (row+col)%3 != 0 {
				cells[col].Marks = strconv.Itoa(2 + (row*7+col)%4)
			}
		}
		s.Cells = append(s.Cells, cells)
	}
	return s
}

func newProbe() *probe { return &probe{reached: make(chan time.Time, 1)} }

// A gridRival is the project's grid.
type gridRival struct {
	*gradegrid.Grid
	p *probe
}

func newGrid() rival {
	g := &gridRival{gradegrid.New(gradegrid.Callbacks{}), newProbe()}
	g.SetSheet(sheet())
	return g
}

func (g *gridRival) object() fyne.CanvasObject { return g }
func (g *gridRival) focus() fyne.Focusable     { return g }
func (g *gridRival) start()                    { g.Select(0, gridLessons/2) }
func (g *gridRival) probe() *probe             { return g.p }

// TypedRune, TypedKey and Scrolled are the grid's, with the probe around.
func (g *gridRival) TypedRune(r rune)             { g.p.during(func() { g.Grid.TypedRune(r) }) }
func (g *gridRival) TypedKey(e *fyne.KeyEvent)    { g.p.during(func() { g.Grid.TypedKey(e) }) }
func (g *gridRival) Scrolled(e *fyne.ScrollEvent) { g.p.during(func() { g.Grid.Scrolled(e) }) }

// A tableRival is widget.Table with the same data: names frozen, a header of
// days, a digit goes into the cell and the cursor down.
type tableRival struct {
	widget.Table
	p    *probe
	data gradegrid.Sheet
	at   widget.TableCellID
}

func newTable() rival {
	t := &tableRival{p: newProbe(), data: sheet()}
	t.Length = func() (int, int) { return gridPupils, gridLessons }
	t.CreateCell = func() fyne.CanvasObject { return widget.NewLabel("5/4") }
	t.UpdateCell = func(id widget.TableCellID, o fyne.CanvasObject) {
		o.(*widget.Label).SetText(t.data.Cells[id.Row][id.Col].Marks)
	}
	t.ShowHeaderRow, t.ShowHeaderColumn = true, true
	t.CreateHeader = func() fyne.CanvasObject { return widget.NewLabel("Абибуллаев Артём") }
	t.UpdateHeader = func(id widget.TableCellID, o fyne.CanvasObject) {
		text := ""
		switch {
		case id.Row >= 0:
			text = t.data.Rows[id.Row].Surname + " " + t.data.Rows[id.Row].Name
		case id.Col >= 0:
			text = t.data.Columns[id.Col].Day
		}
		o.(*widget.Label).SetText(text)
	}
	t.ExtendBaseWidget(t)
	for col := range gridLessons {
		t.SetColumnWidth(col, 34)
	}
	for row := range gridPupils {
		t.SetRowHeight(row, 22)
	}
	return t
}

func (t *tableRival) object() fyne.CanvasObject { return t }
func (t *tableRival) focus() fyne.Focusable     { return t }
func (t *tableRival) probe() *probe             { return t.p }
func (t *tableRival) start()                    { t.choose(widget.TableCellID{Row: 0, Col: gridLessons / 2}) }

func (t *tableRival) choose(id widget.TableCellID) {
	t.at = id
	t.Select(id)
}

// TypedRune puts a mark into the selected cell and selects the one below.
func (t *tableRival) TypedRune(r rune) {
	t.p.during(func() {
		t.data.Cells[t.at.Row][t.at.Col].Marks = string(r)
		t.RefreshItem(t.at)
		t.choose(widget.TableCellID{Row: min(t.at.Row+1, gridPupils-1), Col: t.at.Col})
	})
}

// TypedKey moves the selection.
func (t *tableRival) TypedKey(e *fyne.KeyEvent) {
	t.p.during(func() {
		to := t.at
		switch e.Name {
		case fyne.KeyUp:
			to.Row = max(0, to.Row-1)
		case fyne.KeyDown:
			to.Row = min(gridPupils-1, to.Row+1)
		case fyne.KeyLeft:
			to.Col = max(0, to.Col-1)
		case fyne.KeyRight:
			to.Col = min(gridLessons-1, to.Col+1)
		}
		t.choose(to)
	})
}
