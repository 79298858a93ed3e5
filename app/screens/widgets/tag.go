package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A Tag is a word about a thing: «замена», «идёт сейчас».
type Tag struct {
	widget.BaseWidget
	Text string
}

// NewTag returns a tag.
func NewTag(text string) *Tag {
	t := &Tag{Text: text}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	return &drawing{w: t, min: func() fyne.Size {
		return fyne.NewSize(t.kind().measure(t.Text).Width+theme.Px(14), theme.Px(20))
	}, draw: func(s fyne.Size) []fyne.CanvasObject {
		h := min(s.Height, theme.Px(20))
		y := (s.Height - h) / 2
		return []fyne.CanvasObject{
			at(box(theme.Soft, theme.Accent, 4), 0, y, s.Width, h),
			line(t.kind(), t.Text, 0, y, s.Width, h),
		}
	}}
}

func (t *Tag) kind() Type {
	return Type{Size: theme.SizeHint, Ink: theme.Accent, Bold: true, Align: fyne.TextAlignCenter}
}

var badgeType = Type{Size: theme.SizeHint, Ink: theme.Sheet, Bold: true, Align: fyne.TextAlignCenter}

// badgeText is how many things a person must act on.
func badgeText(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

func badgeSize(n int) fyne.Size {
	if n <= 0 {
		return fyne.Size{}
	}
	h := theme.Px(18)
	return fyne.NewSize(max(h, badgeType.measure(badgeText(n)).Width+theme.Px(10)), h)
}

func badge(n int, x, y float32) []fyne.CanvasObject {
	if n <= 0 {
		return nil
	}
	s := badgeSize(n)
	return []fyne.CanvasObject{
		at(box(theme.Ink2, "", 9), x, y, s.Width, s.Height),
		line(badgeType, badgeText(n), x, y, s.Width, s.Height),
	}
}
