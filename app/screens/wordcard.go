package screens

import (
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// mostAbout is how many lines a wordCard has of what it is about.
const mostAbout = 4

// A wordCard does something for which a person writes a sentence: what it is
// about, what comes of it, the entry.
type wordCard struct {
	host       Host
	title, why string
	about      []string
	hint       string // in the empty entry
	yes, no    string
	act        func(word string) error // an error is told on the card
	word       *field
	sorry      *widgets.Text // has its room while it is empty
}

// lay shows the card.
func (c *wordCard) lay() {
	c.word = newField(c.hint, 1)
	c.word.OnSubmitted = func(string) { c.done() }
	c.sorry = text("", widgets.Type{Ink: theme.Bad})
	about := down(2, -1)
	for i, words := range c.about {
		if i == mostAbout {
			about.Add(text(assets.T("requests.and", len(c.about)-i), widgets.Type{Ink: theme.Ink2}))
			break
		}
		about.Add(text(words, widgets.Type{}))
	}
	yes := widgets.NewMain(c.yes, "Enter", c.done)
	no := widgets.NewButton(c.no, c.host.Lift)
	no.Hint, no.Tall = "Esc", 36
	body := down(10, -1, stack(edge(theme.Zebra, theme.Rule, 1, 5), pad(12, 8, 12, 8, about)), c.word, c.sorry)
	c.host.Lay(Card{Content: sheetCard(c.title, c.why, body, yes, no), Width: 640, First: c.word})
}

// done acts, or says why it cannot be.
func (c *wordCard) done() {
	if err := c.act(c.word.Text); err != nil {
		c.sorry.Set(fault.TextOf(err))
		c.host.Focus(c.word)
		return
	}
	c.host.Lift()
}
