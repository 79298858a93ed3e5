package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// A Type is a role of text.
type Type struct {
	Size   fyne.ThemeSizeName // theme.SizeBody when empty
	Ink    theme.Token        // theme.Ink1 when empty
	Bold   bool
	Italic bool
	Narrow bool // heads of columns only
	Align  fyne.TextAlign
}

// A Text is text in one role. On one line it is cut with «…» where it does not
// fit; with more lines it wraps.
type Text struct {
	widget.BaseWidget
	Text  string
	Type  Type
	Lines int // how many lines at most; 0 is one, -1 as many as it takes

	width float32 // given at the last layout
}

// NewText returns one line of text.
func NewText(text string, t Type) *Text {
	w := &Text{Text: text, Type: t}
	w.ExtendBaseWidget(w)
	return w
}

// NewParagraph returns text that wraps, of at most so many lines; -1 as many as
// it takes.
func NewParagraph(text string, t Type, lines int) *Text {
	w := NewText(text, t)
	w.Lines = lines
	return w
}

// Set changes the text.
func (w *Text) Set(text string) {
	if w.Text != text {
		w.Text = text
		w.Refresh()
	}
}

// SetInk changes the colour.
func (w *Text) SetInk(t theme.Token) {
	w.Type.Ink = t
	w.Refresh()
}

// Resize wraps the text again.
func (w *Text) Resize(s fyne.Size) {
	if w.width != s.Width {
		w.width = s.Width
		if w.Lines != 0 {
			w.Refresh()
		}
	}
	w.BaseWidget.Resize(s)
}

// CreateRenderer implements [fyne.Widget].
func (w *Text) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{w: w} }

type textRenderer struct {
	w     *Text
	lines []*canvas.Text
}

func (t Type) text(s string) *canvas.Text {
	if t.Size == "" {
		t.Size = theme.SizeBody
	}
	if t.Ink == "" {
		t.Ink = theme.Ink1
	}
	c := canvas.NewText(s, theme.Ink(t.Ink))
	c.TextSize = theme.TypeSize(t.Size)
	c.TextStyle = fyne.TextStyle{Bold: t.Bold, Italic: t.Italic}
	c.Alignment = t.Align
	if t.Narrow {
		c.FontSource = theme.Narrow
		if t.Bold {
			c.FontSource = theme.NarrowBold
		}
	}
	return c
}

func (t Type) measure(s string) fyne.Size { return t.text(s).MinSize() }

// lineHeight is the step from line to line.
func (t Type) lineHeight() float32 {
	size := t.Size
	if size == "" {
		size = theme.SizeBody
	}
	return float32(int(theme.TypeSize(size)*1.3 + 0.5))
}

// wrap breaks a text into lines of a width; what does not fit into the last
// line allowed ends with «…». A no-break space breaks no line.
func (t Type) wrap(text string, width float32, lines int) []string {
	if width <= 0 {
		return []string{text}
	}
	var out []string
	for _, part := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(part, func(r rune) bool { return r == ' ' }) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if line != "" && t.measure(next).Width > width {
				out = append(out, line)
				next = word
			}
			line = next
		}
		out = append(out, line)
	}
	if lines > 0 && len(out) > lines {
		out[lines-1] = strings.Join(out[lines-1:], " ")
		out = out[:lines]
	}
	for i, line := range out {
		out[i] = t.cut(line, width)
	}
	return out
}

// cut shortens a line to a width, with «…».
func (t Type) cut(line string, width float32) string {
	if width <= 0 || t.measure(line).Width <= width+0.5 {
		return line
	}
	runes := []rune(line)
	low, high := 0, len(runes) // the longest beginning that fits
	for low < high {
		middle := (low + high + 1) / 2
		if t.measure(strings.TrimSpace(string(runes[:middle]))+"…").Width <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return strings.TrimSpace(string(runes[:low])) + "…"
}

func (r *textRenderer) build() {
	w := r.w
	lines := []string{w.Type.cut(w.Text, w.width)}
	if w.Lines != 0 {
		lines = w.Type.wrap(w.Text, w.width, w.Lines)
	}
	r.lines = r.lines[:0]
	for _, line := range lines {
		r.lines = append(r.lines, w.Type.text(line))
	}
}

func (r *textRenderer) Layout(s fyne.Size) {
	r.build()
	h := r.w.Type.lineHeight()
	y := float32(0)
	if r.w.Lines == 0 {
		y = max((s.Height-h)/2, 0) // one line stands in the middle
	}
	for i, line := range r.lines {
		own := line.MinSize().Height
		line.Move(fyne.NewPos(0, y+float32(i)*h+(h-own)/2))
		line.Resize(fyne.NewSize(s.Width, own))
	}
}

func (r *textRenderer) MinSize() fyne.Size {
	w := r.w
	h := w.Type.lineHeight()
	if w.Lines == 0 {
		return fyne.NewSize(w.Type.measure(w.Text).Width, h)
	}
	lines := w.Type.wrap(w.Text, w.width, w.Lines)
	return fyne.NewSize(theme.Px(40), h*float32(len(lines)))
}

func (r *textRenderer) Refresh() {
	r.Layout(r.w.Size())
	canvas.Refresh(r.w)
}

func (r *textRenderer) Destroy() {}

func (r *textRenderer) Objects() []fyne.CanvasObject {
	if len(r.lines) == 0 {
		r.build()
	}
	all := make([]fyne.CanvasObject, len(r.lines))
	for i, l := range r.lines {
		all[i] = l
	}
	return all
}
