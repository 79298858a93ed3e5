package screens

import "fyne.io/fyne/v2"

// Key implements [Keyed]: the keys turn pages wherever they come from.
func (p *Printing) Key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyPageDown, fyne.KeyRight:
		p.turn(1)
	case fyne.KeyPageUp, fyne.KeyLeft:
		p.turn(-1)
	case fyne.KeyHome:
		p.goTo(1)
	case fyne.KeyEnd:
		p.goTo(p.paper.pages())
	case fyne.KeyReturn, fyne.KeyEnter:
		p.enlarge()
	case fyne.KeyF2:
		p.missing()
	case fyne.KeyF4:
		p.contents()
	case fyne.KeyDown, fyne.KeyUp:
		p.host.Focus(p.view.list.Focusable())
		p.view.list.Focusable().TypedKey(e)
	default:
		return false
	}
	return true
}

// turn turns some spreads on.
func (p *Printing) turn(by int) {
	p.paper.turn(by)
	p.view.turned()
}

// goTo shows a page by its number.
func (p *Printing) goTo(page int) {
	p.paper.goTo(page)
	p.view.turned()
}
