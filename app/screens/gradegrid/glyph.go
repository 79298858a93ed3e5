package gradegrid

import (
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"uchitelskaya/assets"
)

// A style is one of the faces used in the grid.
type style uint8

const (
	regular style = iota
	bold
	italic
	boldItalic
	narrow
	narrowBold
	styles
)

var fonts = sync.OnceValue(func() [styles]*opentype.Font {
	var all [styles]*opentype.Font
	for s, ttf := range [styles][]byte{
		assets.SansRegular, assets.SansBold, assets.SansItalic, assets.SansBoldItalic,
		assets.NarrowRegular, assets.NarrowBold,
	} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic(err) // the fonts are part of the binary
		}
		all[s] = f
	}
	return all
})

// subs is how many places between two pixels a glyph can stand on.
const subs = 4

// A glyph is the picture of one character: coverage, one byte a pixel.
type glyph struct {
	mask    []uint8
	box     image.Rectangle // of the mask, from the pen on the baseline
	advance fixed.Int26_6
}

// glyphs keeps every glyph drawn once.
type glyphs struct {
	faces map[uint32]font.Face
	cache map[uint64]*glyph
}

func newGlyphs() *glyphs {
	return &glyphs{faces: map[uint32]font.Face{}, cache: map[uint64]*glyph{}}
}

// face returns the face of a style at a size in 64ths of a pixel.
func (g *glyphs) face(s style, size int) font.Face {
	key := uint32(size)<<4 | uint32(s)
	if f, ok := g.faces[key]; ok {
		return f
	}
	f, err := opentype.NewFace(fonts()[s], &opentype.FaceOptions{Size: float64(size) / 64, DPI: 72})
	if err != nil {
		panic(err) // only for an unknown hinting
	}
	g.faces[key] = f
	return f
}

func (g *glyphs) get(s style, size int, r rune, sub int) *glyph {
	key := uint64(r)<<32 | uint64(size)<<8 | uint64(s)<<4 | uint64(sub)
	if found, ok := g.cache[key]; ok {
		return found
	}
	face := g.face(s, size)
	made := &glyph{}
	box, mask, at, advance, ok := face.Glyph(fixed.Point26_6{X: fixed.Int26_6(sub * 64 / subs)}, r)
	made.advance = advance
	if ok {
		made.box = box
		made.mask = make([]uint8, box.Dx()*box.Dy())
		for y := range box.Dy() {
			for x := range box.Dx() {
				_, _, _, a := mask.At(at.X+x, at.Y+y).RGBA()
				made.mask[y*box.Dx()+x] = uint8(a >> 8)
			}
		}
	}
	g.cache[key] = made
	return made
}

// width is how far the pen goes over the text, in 64ths of a pixel.
func (g *glyphs) width(s style, size int, text string) fixed.Int26_6 {
	var w fixed.Int26_6
	for _, r := range text {
		w += g.get(s, size, r, 0).advance
	}
	return w
}
