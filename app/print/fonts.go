package print

import (
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"uchitelskaya/assets"
)

// A Font is one of the typefaces that the programs carry.
type Font uint8

// The fonts of the forms: Sans for running text, Narrow for tables, Serif for
// title pages and certificates.
const (
	Sans Font = iota
	SansBold
	Narrow
	NarrowBold
	Serif
	SerifBold
	fontCount
)

// Data returns the TrueType file.
func (f Font) Data() []byte {
	return [fontCount][]byte{
		assets.SansRegular, assets.SansBold, assets.NarrowRegular,
		assets.NarrowBold, assets.SerifRegular, assets.SerifBold,
	}[f]
}

// String is the name of the font in files and dumps.
func (f Font) String() string {
	return [fontCount]string{
		"PTSans", "PTSans-Bold", "PTSansNarrow", "PTSansNarrow-Bold", "PTSerif", "PTSerif-Bold",
	}[f]
}

// dense is how far the tables of a face reach without a search; all letters,
// punctuation and currency signs of the forms lie below.
const dense = 0x2700

// A face is what measuring and drawing need to know of a font.
type face struct {
	sfnt    *sfnt.Font
	advance [dense]uint16 // thousandths of the size, cut off as a PDF's width table is
	glyph   [dense]uint16 // 0: the font lacks the rune
}

var faces = func() (all [fontCount]func() *face) {
	for f := range fontCount {
		all[f] = sync.OnceValue(func() *face { return newFace(f) })
	}
	return all
}()

func (f Font) face() *face { return faces[f]() }

func newFace(f Font) *face {
	parsed, err := sfnt.Parse(f.Data())
	if err != nil {
		panic(fmt.Errorf("parse %s: %w", f, err)) // the fonts are part of the binary
	}
	t := &face{sfnt: parsed}
	var buf sfnt.Buffer
	em := int(parsed.UnitsPerEm())
	for r := rune(' '); r < dense; r++ {
		g, err := parsed.GlyphIndex(&buf, r)
		if err != nil || g == 0 {
			continue
		}
		w, err := parsed.GlyphAdvance(&buf, g, fixed.I(em), font.HintingNone)
		if err != nil {
			continue
		}
		t.glyph[r], t.advance[r] = uint16(g), uint16(w.Round()*1000/em)
	}
	return t
}

// has reports whether the font can draw r.
func (f Font) has(r rune) bool { return r >= 0 && r < dense && f.face().glyph[r] != 0 }

// A style is a font at a size in points with the distance between baselines.
type style struct {
	font Font
	size float64 // pt
	lead float64 // mm
}

const mmPerPt = 25.4 / 72

func styleOf(f Font, size float64) style { return style{f, size, size * 1.16 * mmPerPt} }

// width returns the length of s in millimetres.
func (s style) width(text string) float64 {
	t, sum := s.font.face(), 0
	for _, r := range text {
		if r < dense {
			sum += int(t.advance[r])
		}
	}
	return float64(sum) / 1000 * s.size * mmPerPt
}

// fit is the style, or a smaller one in which text is no wider than w. Below
// 5 pt nobody could read it.
func (s style) fit(text string, w float64) style {
	for s.width(text) > w && s.size > 5 {
		s.size -= 0.5
	}
	return s
}

// middle is how far the baseline lies below the middle of the letters.
func (s style) middle() float64 { return 0.34 * s.size * mmPerPt }
