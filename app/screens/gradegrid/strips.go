package gradegrid

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// stripHeight is the height of a strip in device pixels. The picture is shown
// as strips over its whole width, because the driver uploads a raster as a
// whole: one key then uploads a strip or two and not the whole grid.
const stripHeight = 40

// layStrips lays strips over the picture of the given size.
func (g *Grid) layStrips(pixels image.Point) {
	n := (pixels.Y + stripHeight - 1) / stripHeight
	for len(g.strips) < n {
		i := len(g.strips)
		s := canvas.NewRaster(func(w, h int) image.Image { return g.strip(i, w) })
		s.ScaleMode = canvas.ImageScalePixels
		g.strips = append(g.strips, s)
		g.objects = append(g.objects, s)
	}
	g.strips, g.objects = g.strips[:n], g.objects[:n]
	for i, s := range g.strips {
		top, bottom := i*stripHeight, min((i+1)*stripHeight, pixels.Y)
		s.Move(fyne.NewPos(0, float32(top)/g.scale))
		s.Resize(fyne.NewSize(float32(pixels.X)/g.scale, float32(bottom-top)/g.scale))
	}
}

// strip returns the pixels of a strip without copying them. The driver asks
// for w pixels; another number than painted means that the scale changed: this
// frame is then stretched and the next one is right.
func (g *Grid) strip(i, w int) image.Image {
	img := g.painter.Image()
	if img == nil {
		return image.Transparent
	}
	if w != img.Rect.Dx() && g.Size().Width > 0 {
		g.scale = float32(w) / g.Size().Width
		fyne.Do(g.Refresh)
	}
	top := min(i*stripHeight, img.Rect.Max.Y)
	part := image.Rect(0, 0, img.Rect.Dx(), min(stripHeight, img.Rect.Max.Y-top))
	return &image.RGBA{Pix: img.Pix[top*img.Stride:][:part.Dy()*img.Stride], Stride: img.Stride, Rect: part}
}

// CreateRenderer implements [fyne.Widget].
func (g *Grid) CreateRenderer() fyne.WidgetRenderer { return renderer{g} }

// A renderer shows the strips of a grid; all the work is the grid's.
type renderer struct{ g *Grid }

func (r renderer) Layout(fyne.Size)   { r.g.fit(); r.g.Redraw() }
func (r renderer) MinSize() fyne.Size { return r.g.MinSize() }
func (r renderer) Refresh()           { r.g.Refresh() }
func (r renderer) Destroy()           {}

// Objects implements [fyne.WidgetRenderer].
func (r renderer) Objects() []fyne.CanvasObject { return r.g.objects }
