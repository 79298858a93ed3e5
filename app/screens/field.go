package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A field takes text. Enter calls OnSubmitted in every field, so that text of
// several lines is wrapped text; Tab always goes on to the next object. Keys
// that are not the field's go to the window.
type field struct {
	widget.Entry
	onKey  func(*fyne.KeyEvent) bool // first; true: taken
	onLeft func()                    // the keys have gone elsewhere
	rows   int
}

func newField(placeholder string, rows int) *field {
	f := &field{rows: rows}
	f.ExtendBaseWidget(f)
	f.PlaceHolder = placeholder
	if rows > 1 {
		f.MultiLine = true
		f.Wrapping = fyne.TextWrapWord
		f.SetMinRowsVisible(rows)
	}
	return f
}

func newSecret(placeholder string) *field {
	f := newField(placeholder, 1)
	f.Password = true
	return f
}

// set changes the text as it stands in the journal, without calling back.
func (f *field) set(s string) {
	if f.Text == s {
		return
	}
	changed := f.OnChanged
	f.OnChanged = nil
	f.SetText(s)
	f.OnChanged = changed
}

// AcceptsTab implements [fyne.Tabbable].
func (f *field) AcceptsTab() bool { return false }

// FocusLost implements [fyne.Focusable].
func (f *field) FocusLost() {
	f.Entry.FocusLost()
	if f.onLeft != nil {
		f.onLeft()
	}
}

// TypedKey implements [fyne.Focusable].
func (f *field) TypedKey(e *fyne.KeyEvent) {
	if f.onKey != nil && f.onKey(e) {
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if f.OnSubmitted != nil {
			f.OnSubmitted(f.Text)
		}
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		unwanted(f, e)
	case fyne.KeyUp, fyne.KeyDown:
		if f.MultiLine {
			f.Entry.TypedKey(e)
		} else {
			unwanted(f, e)
		}
	default:
		f.Entry.TypedKey(e)
	}
}

// TypedShortcut implements [fyne.Shortcutable].
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && len(c.KeyName) == 1 {
		if w, ok := fyne.CurrentApp().Driver().CanvasForObject(f).(fyne.Shortcutable); ok {
			w.TypedShortcut(s)
		}
		return
	}
	f.Entry.TypedShortcut(s)
}

// unwanted hands a key to the window.
func unwanted(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}
