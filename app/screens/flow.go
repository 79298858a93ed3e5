package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/screens/theme"
)

// flow lays objects beside each other and goes on below where a line is full;
// buttons wrap so, their letters are never squeezed.
func flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowing{gap: gap}, objects...)
}

type flowing struct {
	gap   float32
	width float32 // given at the last layout
}

// MinSize implements [fyne.Layout]: as high as it takes at the width given last.
func (f *flowing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	wide := float32(0)
	for _, o := range objects {
		wide = max(wide, o.MinSize().Width)
	}
	return fyne.NewSize(wide, f.run(objects, max(f.width, wide), nil))
}

// Layout implements [fyne.Layout].
func (f *flowing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.run(objects, size.Width, place)
}

// run goes through the lines and returns their height.
func (f *flowing) run(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	x, y, tall, gap := float32(0), float32(0), float32(0), theme.Px(f.gap)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		if x > 0 && x+s.Width > width+0.5 {
			x, y, tall = 0, y+tall+gap, 0
		}
		if put != nil {
			put(o, x, y, s.Width, s.Height)
		}
		x, tall = x+s.Width+gap, max(tall, s.Height)
	}
	return y + tall
}
