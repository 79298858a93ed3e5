package print

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// A glyphKey names a drawn glyph: where between two pixels it begins matters
// for the spacing of small type, so quarters of a pixel are kept apart.
type glyphKey struct {
	font    Font
	up      bool
	quarter uint8
	size    float32
	r       rune
}

type faceKey struct {
	font Font
	size float32
}

// A rasterer holds the open faces.
type rasterer struct{ faces map[faceKey]font.Face }

func (v *Preview) face(f Font, size float32) font.Face {
	key := faceKey{f, size}
	if got, ok := v.raster.faces[key]; ok {
		return got
	}
	if v.raster.faces == nil {
		v.raster.faces = map[faceKey]font.Face{}
	}
	// A size and resolution that are in range cannot fail.
	made, err := opentype.NewFace(f.face().sfnt, &opentype.FaceOptions{
		Size: float64(size), DPI: v.scale * 25.4, Hinting: font.HintingNone,
	})
	if err != nil {
		return nil
	}
	v.raster.faces[key] = made
	return made
}

// text draws a string glyph by glyph with the advances of the layout, so that
// the picture breaks and aligns as the paper does.
func (v *Preview) text(dst *image.RGBA, t *Text) {
	table := t.Font.face()
	pos := float64(t.X) * v.scale
	if t.Up {
		pos = float64(t.Y) * v.scale
	}
	em := float64(t.Size) * mmPerPt * v.scale / 1000
	for _, r := range t.S {
		if r >= dense {
			continue
		}
		step := float64(table.advance[r]) * em
		if r != ' ' && r != '\u00a0' {
			v.glyph(dst, t, r, pos)
		}
		if t.Up {
			step = -step
		}
		pos += step
	}
}

func (v *Preview) glyph(dst *image.RGBA, t *Text, r rune, pos float64) {
	whole := math.Floor(pos)
	key := glyphKey{t.Font, t.Up, uint8((pos - whole) * 4), t.Size, r}
	mask, ok := v.glyphs[key]
	if !ok {
		mask = v.drawn(key)
		v.glyphs[key] = mask
	}
	if mask == nil {
		return
	}
	at := image.Pt(int(whole), round(float64(t.Y)*v.scale))
	if t.Up {
		at = image.Pt(round(float64(t.X)*v.scale), int(whole))
	}
	blend(dst, mask, at)
}

// drawn rasterises a glyph with the pen at the origin.
func (v *Preview) drawn(k glyphKey) *image.Alpha {
	face := v.face(k.font, k.size)
	if face == nil {
		return nil
	}
	dot := fixed.Point26_6{X: fixed.Int26_6(k.quarter)*16 + 8}
	if k.up { // the fraction counts the other way
		dot.X = 56 - fixed.Int26_6(k.quarter)*16
	}
	dr, mask, mp, _, ok := face.Glyph(dot, k.r)
	if !ok || dr.Empty() {
		return nil
	}
	flat := image.NewAlpha(dr)
	draw.Draw(flat, dr, mask, mp, draw.Src)
	if !k.up {
		return flat
	}
	turned := image.NewAlpha(image.Rect(dr.Min.Y, 1-dr.Max.X, dr.Max.Y, 1-dr.Min.X))
	for y := dr.Min.Y; y < dr.Max.Y; y++ {
		for x := dr.Min.X; x < dr.Max.X; x++ {
			turned.SetAlpha(y, -x, flat.AlphaAt(x, y))
		}
	}
	return turned
}

// blend puts black through the mask, its origin at the point.
func blend(dst *image.RGBA, mask *image.Alpha, at image.Point) {
	area := mask.Rect.Add(at).Intersect(dst.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		from := mask.PixOffset(area.Min.X-at.X, y-at.Y)
		to := dst.PixOffset(area.Min.X, y)
		for x := area.Min.X; x < area.Max.X; x, from, to = x+1, from+1, to+4 {
			if a := uint32(mask.Pix[from]); a > 0 {
				for c := range 3 {
					dst.Pix[to+c] = uint8(uint32(dst.Pix[to+c]) * (255 - a) / 255)
				}
			}
		}
	}
}
