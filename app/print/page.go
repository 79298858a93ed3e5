package print

import (
	"image"
	"time"
)

// A Document is a finished layout: every page with everything on it.
type Document struct {
	Title  string
	Author string
	Made   time.Time // becomes the date of creation in the file
	Sheet  Geometry
	Pages  []Page
	// Notes say in Russian what could not be printed as it was written: which
	// character, and where. Show them to the person before printing.
	Notes []string
}

// A Page holds its operations by kind, in the order in which they are drawn:
// fills, lines, images, texts. So a fill never covers a text.
type Page struct {
	Number  int // from 1
	Outline string
	Fills   []Fill
	Lines   []Line
	Images  []Image
	Texts   []Text
	Links   []Link
}

// A Fill is a rectangle of one grey: 0 is black, 1 is white.
type Fill struct{ X, Y, W, H, Gray float32 }

// A Line is black; Width is in points.
type Line struct{ X1, Y1, X2, Y2, Width float32 }

// An Image is stretched over its rectangle.
type Image struct {
	X, Y, W, H float32
	Pixels     image.Image
}

// A Text is one line of black type that begins at X on the baseline Y. Up turns
// it a quarter to the left, so that it runs upwards from there.
type Text struct {
	X, Y float32
	Size float32 // points
	Font Font
	Up   bool
	S    string
}

// A Link leads from a rectangle to a page.
type Link struct {
	X, Y, W, H float32
	Page       int
}

func (p *Page) fill(x, y, w, h, gray float64) {
	p.Fills = append(p.Fills, Fill{float32(x), float32(y), float32(w), float32(h), float32(gray)})
}

func (p *Page) line(x1, y1, x2, y2, width float64) {
	p.Lines = append(p.Lines, Line{float32(x1), float32(y1), float32(x2), float32(y2), float32(width)})
}

// text puts s with its left end, middle or right end at x.
func (p *Page) text(x, y float64, st style, a align, s string) {
	if s == "" {
		return
	}
	switch a {
	case center:
		x -= st.width(s) / 2
	case right:
		x -= st.width(s)
	}
	p.Texts = append(p.Texts, Text{float32(x), float32(y), float32(st.size), st.font, false, s})
}

// textUp is text that runs upwards; the alignment is along its direction.
func (p *Page) textUp(x, y float64, st style, a align, s string) {
	if s == "" {
		return
	}
	switch a {
	case center:
		y += st.width(s) / 2
	case right:
		y += st.width(s)
	}
	p.Texts = append(p.Texts, Text{float32(x), float32(y), float32(st.size), st.font, true, s})
}

type align uint8

const (
	left align = iota
	center
	right
)

// Fonts lists the fonts that the document uses.
func (d *Document) Fonts() []Font {
	var used [fontCount]bool
	for i := range d.Pages {
		for _, t := range d.Pages[i].Texts {
			used[t.Font] = true
		}
	}
	var fonts []Font
	for f := range fontCount {
		if used[f] {
			fonts = append(fonts, f)
		}
	}
	return fonts
}

// Box returns the corners of the text's letters in millimetres: from the top of
// the capitals to the baseline.
func (t *Text) Box() (x1, y1, x2, y2 float32) {
	st := style{font: t.Font, size: float64(t.Size)}
	w, h := float32(st.width(t.S)), t.Size*0.7*mmPerPt
	if t.Up {
		return t.X - h, t.Y - w, t.X, t.Y
	}
	return t.X, t.Y - h, t.X + w, t.Y
}
