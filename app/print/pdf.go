package print

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"math/bits"

	"github.com/signintech/gopdf"
)

// WritePDF writes the document as a PDF. The same document gives the same
// bytes. It stops within a page when ctx is done.
func (d *Document) WritePDF(ctx context.Context, w io.Writer) error {
	data, err := d.pdf(ctx)
	if err != nil {
		return err
	}
	s := &sticky{ctx: ctx, w: w}
	if _, err := s.Write(data); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// A pdfFile is one gopdf document. It is written once: a second write of the
// same gopdf value would double its pages.
type pdfFile struct {
	gopdf.GoPdf
	doc      *Document
	pages    []pageObjects
	pictures map[[sha256.Size]byte]int // object of an image by its bytes
	unicodes []int                     // objects of the ToUnicode maps
}

// pageObjects are the numbers of a page's objects: itself, the empty stream
// that gopdf gives it, the stream that it shall show, its images.
type pageObjects struct {
	page, empty, stream int
	images              []int
}

func (d *Document) pdf(ctx context.Context) ([]byte, error) {
	if len(d.Pages) == 0 {
		return nil, errors.New("a document needs a page")
	}
	f := &pdfFile{doc: d, pages: make([]pageObjects, len(d.Pages)), pictures: map[[sha256.Size]byte]int{}}
	f.Start(gopdf.Config{Unit: gopdf.UnitPT, PageSize: gopdf.Rect{W: d.Sheet.Width / mmPerPt, H: d.Sheet.Height / mmPerPt}})
	f.SetNoCompression() // of gopdf's own page streams, which stay empty; ours are compressed
	f.SetInfo(gopdf.PdfInfo{Title: d.Title, Author: d.Author, Creator: "Учительская", Producer: "gopdf", CreationDate: d.Made})
	for i := range d.Pages {
		if err := f.page(i); err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	streams, err := encode(ctx, d, f.pages)
	if err != nil {
		return nil, err
	}
	f.streams(streams)
	if err := f.fonts(streams); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	s := &sticky{ctx: ctx, w: &buf}
	if _, err := f.WriteTo(s); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	if s.err != nil { // gopdf drops the errors of its writer
		return nil, fmt.Errorf("write PDF: %w", s.err)
	}
	return f.mend(buf.Bytes())
}

// page adds a page with its images, links and outline entry. gopdf insists on a
// page stream of its own; mend points the page to ours afterwards.
func (f *pdfFile) page(i int) error {
	p, at := &f.doc.Pages[i], &f.pages[i]
	at.page = f.GetNextObjectID()
	f.AddPage()
	f.SetXY(0, 0)
	f.SetAnchor(anchor(p.Number))
	at.empty = f.GetNextObjectID()
	f.SetLineWidth(thin)
	for _, im := range p.Images {
		id, err := f.picture(im.Pixels)
		if err != nil {
			return err
		}
		at.images = append(at.images, id)
	}
	if p.Outline != "" {
		f.SetY(20)
		f.AddOutlineWithPosition(p.Outline).SetParent(outlines)
	}
	for _, l := range p.Links {
		f.AddInternalLink(anchor(l.Page), float64(pt(l.X)), float64(pt(l.Y)), float64(pt(l.W)), float64(pt(l.H)))
	}
	return nil
}

// outlines is the object in which gopdf keeps the outline; by itself it names
// another as the entries' parent.
const outlines = 3

func anchor(page int) string { return fmt.Sprintf("p%d", page) }

// picture embeds an image once, without transparency, and returns its object.
func (f *pdfFile) picture(im image.Image) (int, error) {
	flat := image.NewRGBA(image.Rectangle{Max: im.Bounds().Size()})
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), im, im.Bounds().Min, draw.Over)
	var buf bytes.Buffer
	if err := png.Encode(&buf, flat); err != nil {
		return 0, fmt.Errorf("encode image: %w", err)
	}
	sum := sha256.Sum256(buf.Bytes())
	if id, ok := f.pictures[sum]; ok {
		return id, nil
	}
	holder, err := gopdf.ImageHolderByBytes(buf.Bytes())
	if err != nil {
		return 0, fmt.Errorf("read image: %w", err)
	}
	id := f.GetNextObjectID()
	if err := f.ImageByHolder(holder, 0, 0, &gopdf.Rect{W: 1, H: 1}); err != nil {
		return 0, fmt.Errorf("embed image: %w", err)
	}
	f.pictures[sum] = id
	return id, nil
}

// streams hands our page streams to gopdf as imported objects.
func (f *pdfFile) streams(streams []stream) {
	first := f.GetNextObjectID()
	objects := make(map[int]string, len(streams))
	for i := range streams {
		data := streams[i].data
		f.pages[i].stream = first + i
		objects[first+i] = fmt.Sprintf("<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\n", len(data), data)
	}
	f.ImportObjects(objects, first)
}

// fonts adds the fonts in their order, so that font n is resource F(n+1), up to
// the last that is in use, and tells gopdf which runes the pages show.
func (f *pdfFile) fonts(streams []stream) error {
	var used [fontCount][dense / 64]uint64
	last := Font(0)
	for i := range streams {
		for font := range fontCount {
			for k, word := range streams[i].used[font] {
				used[font][k] |= word
			}
			if streams[i].used[font] != nil {
				last = max(last, font)
			}
		}
	}
	for font := range last + 1 {
		f.unicodes = append(f.unicodes, f.GetNextObjectID())
		if err := f.AddTTFFontData(font.String(), font.Data()); err != nil {
			return fmt.Errorf("add font %s: %w", font, err)
		}
		runes := []rune{' '}
		for k, word := range used[font] {
			for ; word != 0; word &= word - 1 {
				if r := rune(k*64 + bits.TrailingZeros64(word)); r != ' ' {
					runes = append(runes, r)
				}
			}
		}
		if err := f.SetFont(font.String(), "", 10); err != nil {
			return fmt.Errorf("set font %s: %w", font, err)
		}
		if _, err := f.MeasureTextWidth(string(runes)); err != nil { // enters them into the subset
			return fmt.Errorf("subset font %s: %w", font, err)
		}
	}
	return nil
}
