package gradegrid

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained implements [fyne.Focusable].
func (g *Grid) FocusGained() {
	g.model.Away = false
	g.Redraw()
}

// FocusLost implements [fyne.Focusable]. A whole word half typed is entered.
func (g *Grid) FocusLost() {
	g.held = 0
	g.model.Blur()
	g.model.Away = true
	g.Redraw()
}

// AcceptsTab implements [fyne.Tabbable]: Tab moves inside the grid.
func (g *Grid) AcceptsTab() bool { return true }

// TypedRune implements [fyne.Focusable].
func (g *Grid) TypedRune(r rune) {
	g.model.Rune(r)
	g.follow()
}

// The keys of the grid by Fyne's names.
var keyNames = map[fyne.KeyName]Key{
	fyne.KeyUp: Up, fyne.KeyDown: Down, fyne.KeyLeft: Left, fyne.KeyRight: Right,
	fyne.KeyHome: Home, fyne.KeyEnd: End, fyne.KeyPageUp: PageUp, fyne.KeyPageDown: PageDown,
	fyne.KeyReturn: Enter, fyne.KeyEnter: Enter, fyne.KeyTab: Tab, fyne.KeyEscape: Escape,
	fyne.KeyBackspace: Backspace, fyne.KeyDelete: Delete, fyne.KeyF2: Edit, fyne.KeyF4: Today,
}

// TypedKey implements [fyne.Focusable]. Characters come to TypedRune.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	if k, ok := keyNames[e.Name]; ok {
		g.model.Key(k, g.mods())
		g.follow()
		return
	}
	switch {
	case e.Name == desktop.KeyMenu && g.OnMenu != nil:
		cur := g.model.Cursor()
		r := g.painter.cell(cur, g.painter.off)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
		g.OnMenu(cur.Row, cur.Col, at.AddXY(float32(r.Max.X)/g.scale, float32(r.Max.Y)/g.scale))
	case g.OnKey != nil:
		g.OnKey(e)
	}
}

// KeyDown implements [desktop.Keyable].
func (g *Grid) KeyDown(e *fyne.KeyEvent) { g.held |= modifier(e.Name) }

// KeyUp implements [desktop.Keyable].
func (g *Grid) KeyUp(e *fyne.KeyEvent) { g.held &^= modifier(e.Name) }

func modifier(name fyne.KeyName) fyne.KeyModifier {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		return fyne.KeyModifierShift
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		return fyne.KeyModifierControl
	}
	return 0
}

// mods returns the keys held down: as the driver knows them, who also notices
// those let go in another window.
func (g *Grid) mods() Mod {
	held := g.held
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		held |= d.CurrentKeyModifiers()
	}
	return modOf(held)
}

func modOf(m fyne.KeyModifier) (mod Mod) {
	if m&fyne.KeyModifierShift != 0 {
		mod |= Shift
	}
	if m&fyne.KeyModifierControl != 0 {
		mod |= Ctrl
	}
	return mod
}

// TypedShortcut implements [fyne.Shortcutable]. What is not the grid's goes on
// to the canvas.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		g.model.Key(Undo, 0)
	case *fyne.ShortcutRedo:
		g.model.Key(Redo, 0)
	case *fyne.ShortcutSelectAll:
		g.model.Key(All, 0)
	case *fyne.ShortcutCopy:
		g.model.Key(Copy, 0)
	case *fyne.ShortcutCut:
		g.model.Key(Cut, 0)
	case *fyne.ShortcutPaste:
		g.model.Paste(s.Clipboard.Content())
	case *desktop.CustomShortcut:
		if !g.custom(s) {
			g.pass(s)
			return
		}
	default:
		g.pass(s)
		return
	}
	g.follow()
}

func (g *Grid) pass(s fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(g).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// custom does the shortcuts Fyne has no name for.
func (g *Grid) custom(s *desktop.CustomShortcut) bool {
	mod, alt := modOf(s.Modifier), s.Modifier&fyne.KeyModifierAlt != 0
	if alt {
		if s.KeyName != fyne.KeyReturn && s.KeyName != fyne.KeyEnter {
			return false
		}
		g.model.Key(AddComment, 0)
		return true
	}
	switch s.KeyName {
	case fyne.KeyD:
		g.model.Key(FillDown, mod)
	case fyne.KeyR:
		g.model.Key(FillRight, mod)
	case fyne.KeyF:
		g.model.Key(Find, 0)
	case fyne.KeySemicolon:
		g.model.Key(Today, 0)
	case fyne.KeyPlus, fyne.KeyEqual:
		g.SetZoom(g.zoom + 0.1)
	case fyne.KeyMinus:
		g.SetZoom(g.zoom - 0.1)
	case fyne.Key0:
		g.SetZoom(1)
	default:
		k, ok := keyNames[s.KeyName]
		if !ok || k == Edit || k == Tab {
			return false
		}
		g.model.Key(k, mod)
	}
	return true
}

// MouseDown implements [desktop.Mouseable].
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil && c.Focused() != g {
		c.Focus(g)
	}
	at := g.point(e.Position)
	zone, q := g.painter.Hit(at)
	g.drag = zone
	mod := modOf(e.Modifier)
	if e.Button == desktop.MouseButtonSecondary {
		if from, to := g.model.Block(); q.Row >= from.Row && q.Row <= to.Row && q.Col >= from.Col && q.Col <= to.Col {
			return // the menu is for the whole block
		}
		mod = 0
	}
	switch zone {
	case InCell:
		g.model.Click(q, mod)
	case InName:
		g.model.Click(Pos{q.Row, g.model.Cursor().Col}, mod)
	case InHead:
		g.model.Click(Pos{g.model.Cursor().Row, q.Col}, mod)
	case InBarX, InBarY:
		if vertical := zone == InBarY; !at.In(g.painter.thumb(vertical)) {
			g.painter.page(vertical, at)
		}
		g.Redraw()
		return
	}
	g.follow()
}

// MouseUp implements [desktop.Mouseable].
func (g *Grid) MouseUp(*desktop.MouseEvent) {}

// Dragged implements [fyne.Draggable]: a block, or a scroll bar.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	switch g.drag {
	case InBarX:
		g.painter.dragBar(false, g.device(e.Dragged.DX))
		g.Redraw()
	case InBarY:
		g.painter.dragBar(true, g.device(e.Dragged.DY))
		g.Redraw()
	case InCell:
		g.model.Drag(g.painter.Nearest(g.point(e.Position)))
		g.follow()
	}
}

// DragEnd implements [fyne.Draggable].
func (g *Grid) DragEnd() { g.drag = Nowhere }

// DoubleTapped implements [fyne.DoubleTappable].
func (g *Grid) DoubleTapped(e *fyne.PointEvent) {
	if zone, _ := g.painter.Hit(g.point(e.Position)); zone == InCell {
		g.model.Open()
		g.Redraw()
	}
}

// TappedSecondary implements [fyne.SecondaryTappable].
func (g *Grid) TappedSecondary(e *fyne.PointEvent) {
	if zone, q := g.painter.Hit(g.point(e.Position)); zone == InCell && g.OnMenu != nil {
		g.OnMenu(q.Row, q.Col, e.AbsolutePosition)
	}
}

// Scrolled implements [fyne.Scrollable]: with Ctrl the wheel zooms, with Shift
// or where all pupils are in view it goes sideways.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	if g.painter.layout == nil {
		return
	}
	mod, d := g.mods(), image.Pt(-g.device(e.Scrolled.DX), -g.device(e.Scrolled.DY))
	switch {
	case mod&Ctrl != 0 && d.Y != 0:
		g.SetZoom(g.zoom + pick(d.Y < 0, float32(0.1), -0.1))
		return
	case mod&Shift != 0 && d.X == 0, !g.painter.barY && d.X == 0:
		d = image.Pt(d.Y, 0)
	}
	g.painter.Scroll(d)
	g.Redraw()
}
