package print

// A Geometry is the sheet and its margins in millimetres. Inner is the margin
// at the binding: left on odd pages, right on even ones, unless Simplex.
type Geometry struct {
	Width, Height             float64
	Inner, Outer, Top, Bottom float64
	Simplex                   bool
}

// A Frame is the part of a page that a form may use.
type Frame struct{ X, Y, W, H float64 }

// Right and Bottom are the far edges of the frame.
func (f Frame) Right() float64 { return f.X + f.W }

// Bottom is the lower edge.
func (f Frame) Bottom() float64 { return f.Y + f.H }

// Frame returns the frame of page n, counted from 1.
func (g Geometry) Frame(n int) Frame {
	f := Frame{X: g.Inner, Y: g.Top, W: g.Width - g.Inner - g.Outer, H: g.Height - g.Top - g.Bottom}
	if !g.Simplex && n%2 == 0 {
		f.X = g.Outer
	}
	return f
}

// geometry gives the margins. GOST R 7.0.97-2016 asks for 30 mm at the binding
// of papers kept longer than ten years, as summary sheets are, and at least 10,
// 20 and 20 mm elsewhere.
func (o Options) geometry() Geometry {
	g := Geometry{Width: 210, Height: 297, Inner: 30, Outer: 10, Top: 20, Bottom: 20, Simplex: o.Simplex}
	if o.Tight {
		g.Inner, g.Outer, g.Top, g.Bottom = 25, 8, 17, 12
	}
	return g
}
