package screens

import (
	"image"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/print"
)

// A paper shows the pages of a document as they will be: two facing ones, or
// one where it is narrow. Paper is white whatever the look of the program.
type paper struct {
	widget.BaseWidget
	doc    *print.Document
	at     int  // index of the left page shown; -1: only the right one, page 1
	single bool // one page at a time
	tapped func()

	raster  *canvas.Raster
	preview *print.Preview // of the document at the width drawn last
	width   int
	of      *print.Document
}

func newPaper(tapped func()) *paper {
	p := &paper{tapped: tapped}
	p.raster = canvas.NewRaster(p.draw)
	p.ExtendBaseWidget(p)
	return p
}

// Tapped implements [fyne.Tappable].
func (p *paper) Tapped(*fyne.PointEvent) { p.tapped() }

// CreateRenderer implements [fyne.Widget].
func (p *paper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.raster) }

// show shows a document at a page by its index; nil: none.
func (p *paper) show(d *print.Document, at int) {
	p.doc = d
	p.goTo(at + 1)
}

func (p *paper) pages() int {
	if p.doc == nil {
		return 0
	}
	return len(p.doc.Pages)
}

// goTo shows the spread that a page, by its number, is on.
func (p *paper) goTo(page int) {
	n := max(min(page, p.pages()), 1) - 1
	if !p.single {
		n = p.leftOf(n)
	}
	p.at = n
	p.raster.Refresh()
}

// leftOf is the left page of a spread: of paper printed on both sides the even
// pages lie left, so that the first has nothing beside it.
func (p *paper) leftOf(n int) int {
	if p.doc != nil && p.doc.Sheet.Simplex {
		return n - n%2
	}
	return n - (n+1)%2
}

// step is how many pages are shown at once.
func (p *paper) step() int {
	if p.single {
		return 1
	}
	return 2
}

// turn turns some spreads on.
func (p *paper) turn(by int) {
	if to := p.at + by*p.step(); to+p.step() > 0 && to < p.pages() {
		p.at = to
		p.raster.Refresh()
	}
}

// shown are the numbers of the first and the last page shown.
func (p *paper) shown() (first, last int) {
	return max(p.at, 0) + 1, min(p.at+p.step(), p.pages())
}

// fold shows one page at a time or two.
func (p *paper) fold(single bool) {
	if p.single != single {
		first, _ := p.shown()
		p.single = single
		p.goTo(first)
	}
}

// fit is the largest size in a room that has the shape of what is shown.
func (p *paper) fit(room fyne.Size) fyne.Size {
	shape := float32(210.0 / 297)
	if !p.single {
		shape *= 2
	}
	if room.Width/room.Height > shape {
		return fyne.NewSize(room.Height*shape, room.Height)
	}
	return fyne.NewSize(room.Width, room.Width/shape)
}

// draw paints the pages in device pixels.
func (p *paper) draw(w, h int) image.Image {
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if p.doc == nil || w < 40 || h < 40 {
		return dst
	}
	each := w / p.step()
	if p.of != p.doc || p.width != each {
		v, err := print.NewPreview(p.doc, float64(each)*25.4/p.doc.Sheet.Width, 1)
		if err != nil { // too small to be looked at
			return dst
		}
		p.preview, p.of, p.width = v, p.doc, each
	}
	for k := range p.step() {
		if n := p.at + k; n >= 0 && n < len(p.doc.Pages) {
			page := p.preview.Page(&p.doc.Pages[n])
			at := image.Rect(k*each, 0, (k+1)*each, h)
			draw.Draw(dst, at, image.White, image.Point{}, draw.Src)
			draw.Draw(dst, at, page, image.Point{}, draw.Src)
			frame(dst, at)
		}
	}
	return dst
}

// frame draws the edge of a page.
func frame(dst *image.RGBA, r image.Rectangle) {
	gray := image.NewUniform(paperEdge)
	for _, line := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+1)},
		{image.Pt(r.Min.X, r.Max.Y-1), r.Max},
		{r.Min, image.Pt(r.Min.X+1, r.Max.Y)},
		{image.Pt(r.Max.X-1, r.Min.Y), r.Max},
	} {
		draw.Draw(dst, line, gray, image.Point{}, draw.Src)
	}
}
