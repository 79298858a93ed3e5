package peer

import (
	"fmt"
	"io"

	"github.com/go-pdf/fpdf"

	"uchitelskaya/app/print"
)

// Write draws the document with fpdf: same pages, fonts, outline and links.
// Images are left out; the benchmark's documents have none.
func Write(d *print.Document, w io.Writer) error {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	f.SetCreationDate(d.Made)
	f.SetModificationDate(d.Made)
	f.SetTitle(d.Title, true)
	f.SetAuthor(d.Author, true)
	for _, font := range d.Fonts() {
		f.AddUTF8FontFromBytes(font.String(), "", font.Data())
	}
	links := make([]int, len(d.Pages)+1)
	for i := range d.Pages {
		links[i+1] = f.AddLink()
	}
	for i := range d.Pages {
		page(f, &d.Pages[i], links)
	}
	if err := f.Output(w); err != nil {
		return fmt.Errorf("write with fpdf: %w", err)
	}
	return nil
}

func page(f *fpdf.Fpdf, p *print.Page, links []int) {
	f.AddPage()
	f.SetLink(links[p.Number], 0, p.Number)
	if p.Outline != "" {
		f.Bookmark(p.Outline, 0, 0)
	}
	gray := float32(-1)
	for _, r := range p.Fills {
		if r.Gray != gray {
			gray = r.Gray
			f.SetFillColor(int(gray*255), int(gray*255), int(gray*255))
		}
		f.Rect(float64(r.X), float64(r.Y), float64(r.W), float64(r.H), "F")
	}
	width := float32(-1)
	for _, l := range p.Lines {
		if l.Width != width {
			width = l.Width
			f.SetLineWidth(float64(width) * 25.4 / 72)
		}
		f.Line(float64(l.X1), float64(l.Y1), float64(l.X2), float64(l.Y2))
	}
	font, size := print.Font(255), float32(0)
	for i := range p.Texts {
		t := &p.Texts[i]
		if t.Font != font || t.Size != size {
			font, size = t.Font, t.Size
			f.SetFont(font.String(), "", float64(size))
		}
		if !t.Up {
			f.Text(float64(t.X), float64(t.Y), t.S)
			continue
		}
		f.TransformBegin()
		f.TransformRotate(90, float64(t.X), float64(t.Y))
		f.Text(float64(t.X), float64(t.Y), t.S)
		f.TransformEnd()
	}
	for _, l := range p.Links {
		f.Link(float64(l.X), float64(l.Y), float64(l.W), float64(l.H), links[l.Page])
	}
}
