package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/print"
	"uchitelskaya/app/screens/widgets"
)

// Printing is «Печать» of the person at work.
func (s *Shell) Printing() *Printing { return s.work.made[printItem].(*Printing) }

// Said is the state of every class, a line each.
func (p *Printing) Said() string {
	var out []string
	for _, v := range p.volumes {
		_, _, words, _ := v.state()
		out = append(out, v.class.Name+": "+words)
	}
	return strings.Join(out, "\n")
}

// Main is what the main button says.
func (p *Printing) Main() string { return p.view.print.Text }

// Print presses the main button.
func (p *Printing) Print() { p.printTicked(); Settle() }

// Pages are the numbers of the pages shown.
func (p *Printing) Pages() (first, last int) { return p.paper.shown() }

// Sheets is how many sheets of paper the journal of a class takes.
func (p *Printing) Sheets(n int) int { return sheetsOf(p.volumes[n].pages, p.options) }

// Simplex prints on one side.
func (p *Printing) Simplex() { p.set(func(o *print.Options) { o.Simplex = true }); Settle() }

// CardText is everything that the card on top says.
func (s *Shell) CardText() string {
	var out []string
	if n := len(s.cards); n > 0 {
		texts(s.cards[n-1].Content, func(t string) { out = append(out, t) })
	}
	return strings.Join(out, "\n")
}

func texts(o fyne.CanvasObject, say func(string)) {
	switch o := o.(type) {
	case *widgets.Text:
		say(o.Text)
	case *widgets.Button:
		say(o.Text)
	case *fyne.Container:
		for _, c := range o.Objects {
			texts(c, say)
		}
	}
}
