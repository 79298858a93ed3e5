package screens

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
)

// text is a line of text in a role; the options are of [widgets.Type].
func text(s string, t widgets.Type) *widgets.Text { return widgets.NewText(s, t) }

// caption is a line above an entry or below a title.
func caption(s string) *widgets.Text {
	return text(s, widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2})
}

// section is the title of a part of a screen.
func section(s string) *widgets.Text {
	return text(s, widgets.Type{Size: theme.SizeSection, Bold: true})
}

// drawing is a drawing of assets/icons, size units wide and high.
func drawing(name string, size float32, ink theme.Token) fyne.CanvasObject {
	i := canvas.NewImageFromResource(theme.Icon(name, ink))
	i.FillMode = canvas.ImageFillContain
	i.SetMinSize(fyne.NewSquareSize(theme.Px(size)))
	return i
}

// fill is a rectangle of one colour.
func fill(t theme.Token) *canvas.Rectangle { return canvas.NewRectangle(theme.Ink(t)) }

// edge is a rectangle with a line round it.
func edge(ground, line theme.Token, width, radius float32) *canvas.Rectangle {
	r := fill(ground)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = theme.Ink(line), width, theme.Px(radius)
	return r
}

// rule is a hairline that takes the width or height it is given.
func rule(t theme.Token) *canvas.Rectangle {
	r := fill(t)
	r.SetMinSize(fyne.NewSize(1, 1))
	return r
}

// gap is an empty room.
func gap(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(theme.Px(w), theme.Px(h)))
	return r
}

// place moves and resizes an object, in the canvas's units.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// A lay is a layout of two functions, in the canvas's units.
type lay struct {
	min func([]fyne.CanvasObject) fyne.Size
	put func([]fyne.CanvasObject, fyne.Size)
}

// MinSize implements [fyne.Layout].
func (l lay) MinSize(o []fyne.CanvasObject) fyne.Size { return l.min(o) }

// Layout implements [fyne.Layout].
func (l lay) Layout(o []fyne.CanvasObject, s fyne.Size) { l.put(o, s) }

// sized gives an object a fixed least size; 0 leaves the object's own.
func sized(w, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(lay{
		func(o []fyne.CanvasObject) fyne.Size {
			least := fyne.NewSize(theme.Px(w), theme.Px(h))
			if w == 0 {
				least.Width = o[0].MinSize().Width
			}
			if h == 0 {
				least.Height = o[0].MinSize().Height
			}
			return least
		},
		func(o []fyne.CanvasObject, s fyne.Size) { place(o[0], 0, 0, s.Width, s.Height) },
	}, o)
}

// pad leaves room round an object.
func pad(left, top, right, bottom float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(lay{
		func(o []fyne.CanvasObject) fyne.Size {
			return o[0].MinSize().AddWidthHeight(theme.Px(left+right), theme.Px(top+bottom))
		},
		func(o []fyne.CanvasObject, s fyne.Size) {
			place(o[0], theme.Px(left), theme.Px(top), s.Width-theme.Px(left+right), s.Height-theme.Px(top+bottom))
		},
	}, o)
}

// relay lays out a container again and those in it, without drawing anything
// anew: what has changed has refreshed itself.
func relay(c *fyne.Container) {
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, o := range c.Objects {
		if inner, ok := o.(*fyne.Container); ok && inner.Visible() {
			relay(inner)
		}
	}
}

// scrolled lets an object scroll. Edges of cards lie a little inside, so that
// none is cut.
func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	return pad(-4, -4, -4, -4, container.NewVScroll(pad(4, 4, 4, 4, o)))
}

// middle gives an object its least height in the middle of its room and the
// whole width.
func middle(o fyne.CanvasObject) *fyne.Container {
	return container.New(lay{
		func(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() },
		func(o []fyne.CanvasObject, s fyne.Size) {
			h := o[0].MinSize().Height
			place(o[0], 0, (s.Height-h)/2, s.Width, h)
		},
	}, o)
}

// across lays objects beside each other with gaps; the one at the place grow
// takes what is left, -1 for none. Each gets the whole height.
func across(gap float32, grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(flex{gap, grow, false}, objects...)
}

// down lays objects below each other; see across.
func down(gap float32, grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(flex{gap, grow, true}, objects...)
}

type flex struct {
	gap      float32
	grow     int
	vertical bool
}

// MinSize implements [fyne.Layout].
func (f flex) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var long, wide float32
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		if f.vertical {
			s.Width, s.Height = s.Height, s.Width
		}
		long, wide = long+s.Width, max(wide, s.Height)
		n++
	}
	long += theme.Px(f.gap) * float32(max(n-1, 0))
	if f.vertical {
		return fyne.NewSize(wide, long)
	}
	return fyne.NewSize(long, wide)
}

// Layout implements [fyne.Layout]. Below each other everything first gets its
// width, because a text that wraps knows its height only then.
func (f flex) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if f.vertical {
		for _, o := range objects {
			o.Resize(fyne.NewSize(size.Width, o.Size().Height))
		}
	}
	least := f.MinSize(objects)
	left, at := size.Width-least.Width, float32(0)
	if f.vertical {
		left = size.Height - least.Height
	}
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		long := o.MinSize().Width
		if f.vertical {
			long = o.MinSize().Height
		}
		if i == f.grow {
			long = max(long+left, 0)
		}
		if f.vertical {
			place(o, 0, at, size.Width, long)
		} else {
			place(o, at, 0, long, size.Height)
		}
		at += long + theme.Px(f.gap)
	}
}
