package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/sync/commit"
)

// A bottom is the bar below a screen: what the screen has to say at the left,
// the status pill at the right.
type bottom struct {
	pill     *widgets.Pill
	bar      *fyne.Container
	sentence *widgets.Text
	content  *fyne.Container
}

func newBottom(w *workplace) *bottom {
	b := &bottom{
		pill: widgets.NewPill(w.openPill), bar: container.NewStack(),
		sentence: text("", widgets.Type{Ink: theme.Ink1}),
	}
	b.sentence.Hide()
	b.content = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size {
			return fyne.NewSize(b.bar.MinSize().Width+b.pill.MinSize().Width+theme.Px(36), theme.Px(bottomHeight))
		},
		b.lay,
	}, fill(theme.Head), rule(theme.Line), b.bar, b.sentence, b.pill)
	return b
}

func (b *bottom) lay(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 0, size.Width, 1)
	room := size.Width - theme.Px(12+12+12) - b.bar.MinSize().Width
	w := max(min(b.pill.Whole(), room), b.pill.MinSize().Width)
	x := size.Width - theme.Px(12) - w
	place(b.pill, x, 1, w, size.Height-1)
	place(b.bar, theme.Px(12), 1, x-theme.Px(24), size.Height-1)
	place(b.sentence, theme.Px(24), 1, x-theme.Px(36), size.Height-1)
}

// show puts what a screen has to say into the bar.
func (b *bottom) show(o fyne.CanvasObject) {
	b.bar.Objects = []fyne.CanvasObject{o}
	b.say("")
	b.content.Refresh()
}

// say puts a sentence in place of it; the empty one takes it away.
func (b *bottom) say(sentence string) {
	if sentence == "" {
		b.sentence.Hide()
		b.bar.Show()
		return
	}
	b.sentence.Set(sentence)
	b.bar.Hide()
	b.sentence.Show()
}

// count brings the pill up to date.
func (b *bottom) count(line LineState, n commit.Counts, now time.Time) {
	state, text, short := pillFace(line, n, now)
	if b.pill.State == state && b.pill.Text == text {
		return
	}
	b.pill.Set(state, text, short)
	relay(b.content)
}
