package screens

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// deciding is what deciding between several values needs of a session.
type deciding interface {
	Roster() *journal.Roster
	Who() journal.StaffID
	Today() journal.Date
	Now() time.Time
	Disputes(context.Context) ([]desk.Dispute, error)
	Decide(context.Context, desk.Dispute, journal.Value) (*commit.Commit, error)
	DecideBoth(context.Context, desk.Dispute) (*commit.Commit, error)
	AllowsTwoMarks() bool
	History(context.Context, commit.FieldRef) ([]commit.Past, error)
	OpenPage(context.Context, journal.PageID, int) (*desk.Page, error)
}

// decideAll lays one card after the other; done is called at the end.
func decideAll(d deciding, h Host, all []desk.Dispute, done func()) {
	var next func(i int)
	next = func(i int) {
		if i >= len(all) {
			done()
			return
		}
		(&conflict{desk: d, host: h, dispute: all[i], at: i + 1, of: len(all), then: func() { next(i + 1) }, later: done}).lay()
	}
	next(0)
}

// A conflict is the card of one field in which several values stand. No button
// is filled: the program does not nudge.
type conflict struct {
	desk    deciding
	host    Host
	dispute desk.Dispute
	at, of  int
	then    func()
	later   func()

	sorry *widgets.Text
	sides []*widgets.Button
	both  *widgets.Button
}

func (c *conflict) lay() {
	c.sorry = widgets.NewParagraph("", widgets.Type{Ink: theme.Bad}, 2)
	c.sorry.Hide()
	body := []fyne.CanvasObject{c.head()}
	if near := c.neighbours(); near != nil && c.host.Height() >= shortBelow {
		body = append(body, near)
	}
	body = append(body, c.choices(), c.others(), c.sorry)
	safe := assets.T("decisions.safe.mark")
	if c.isText() {
		safe = assets.T("decisions.safe.text")
	}
	foot := pad(24, 0, 24, 14, text(safe, widgets.Type{Ink: theme.Ink2}))
	first := fyne.Focusable(nil)
	if len(c.sides) > 0 {
		first = c.sides[0]
	}
	c.host.Lay(Card{
		Content: down(0, -1, pad(24, 20, 24, 12, down(16, -1, body...)), rule(theme.Rule), gap(0, 12), foot),
		Width:   704, First: first, Key: c.key,
	})
}

func (c *conflict) head() fyne.CanvasObject {
	count := ""
	if c.of > 1 {
		count = assets.T("decisions.of", c.at, c.of)
	}
	title := assets.T("decisions.title.mark")
	if c.isText() {
		title = assets.T("decisions.title.text")
	}
	return across(14, 1, down(0, -1, gap(0, 2), drawing("warning", 24, theme.Warn)), down(2, -1,
		across(8, 0, text(title, widgets.Type{Size: theme.SizeCard, Bold: true}), caption(count)),
		text(whereOf(c.desk, c.dispute), widgets.Type{Size: theme.SizeList, Ink: theme.Ink2})))
}

// isText reports whether the values are texts, which stand above each other.
func (c *conflict) isText() bool {
	return c.dispute.Ref.Kind == journal.KindLesson || c.dispute.Ref.Field == journal.CellNote && c.dispute.Ref.Kind == journal.KindCell
}

// choices are the sides, each with its button right under it.
func (c *conflict) choices() fyne.CanvasObject {
	var sides []fyne.CanvasObject
	for i, head := range c.dispute.Heads {
		b := widgets.NewButton(c.keep(i, head), func() { c.decide(head.Value) })
		b.Bold, b.Tall = true, 40
		b.Hint = "F" + strconv.Itoa(i+2)
		if !c.dispute.Mine {
			b.Disable()
		}
		c.sides = append(c.sides, b)
		sides = append(sides, down(14, 0, c.side(i, head), b))
	}
	if c.isText() {
		return down(14, -1, sides...)
	}
	return equal(24, sides...)
}

// side says what stands there, who entered it, when and where.
func (c *conflict) side(i int, p commit.Past) fyne.CanvasObject {
	r := c.desk.Roster()
	who, _ := r.Staff(p.Author)
	title := assets.T("decisions.other")
	if p.Author == c.desk.Who() {
		title = assets.T("decisions.yours")
	}
	t := p.Entered.In(c.desk.Now().Location())
	when, where := journal.DateOf(t).Long()+", "+t.Format("15:04"), deviceName(r, p.ID.Device)
	state, ground := assets.T("decisions.beside"), theme.Zebra
	if i == 0 {
		state, ground = assets.T("decisions.shown.mark"), theme.Soft
	}
	if c.isText() {
		if i == 0 {
			state = assets.T("decisions.shown.text")
		}
		return widgets.NewCard(down(6, -1, across(8, 0, section(title), caption(state)),
			widgets.NewParagraph(valueText(c.dispute.Ref, p.Value), widgets.Type{Size: theme.SizeList}, 3),
			text(who.Initials()+" · "+when+" · "+where, widgets.Type{Ink: theme.Ink2})))
	}
	lines := down(3, -1,
		text(who.Initials(), widgets.Type{Size: theme.SizeList, Bold: true}),
		text(when, widgets.Type{Size: theme.SizeList}),
		text(where, widgets.Type{Ink: theme.Ink2}))
	big := widgets.Type{Size: theme.SizeCount, Bold: true, Align: fyne.TextAlignCenter}
	square := sized(84, 84, stack(edge(ground, theme.Line, 1, 5), text(valueText(c.dispute.Ref, p.Value), big)))
	return widgets.NewCard(down(10, -1, section(title), across(16, 1, square, middle(lines)), gap(0, 6), text(state, widgets.Type{Ink: theme.Ink2})))
}

// keep is the exact result of the button below a side.
func (c *conflict) keep(i int, p commit.Past) string {
	switch {
	case c.isText():
		return assets.T("decisions.keep.this")
	case p.Author == c.desk.Who():
		return assets.T("decisions.keep.yours", valueText(c.dispute.Ref, p.Value))
	}
	return assets.T("decisions.keep.other", valueText(c.dispute.Ref, p.Value))
}

// others are the ways out beside the two sides.
func (c *conflict) others() fyne.CanvasObject {
	later := widgets.NewButton(assets.T("decisions.later"), func() { c.host.Lift(); c.later() })
	later.Hint, later.Tall = "Esc", 38
	if !c.mayBoth() {
		return across(0, 0, gap(0, 0), sized(210, 0, later))
	}
	c.both = widgets.NewButton(assets.T("decisions.both", valueText(c.dispute.Ref, c.dispute.Heads[0].Value)+"/"+valueText(c.dispute.Ref, c.dispute.Heads[1].Value)), c.keepBoth)
	c.both.Hint, c.both.Tall = "F4", 38
	return equal(24, c.both, later)
}

func (c *conflict) mayBoth() bool {
	d := c.dispute
	return d.Mine && c.desk.AllowsTwoMarks() && d.Ref.Kind == journal.KindCell && d.Ref.Field == journal.CellMark && len(d.Heads) == 2 &&
		!d.Heads[0].Value.IsNull() && !d.Heads[1].Value.IsNull()
}

func (c *conflict) key(e *fyne.KeyEvent) bool {
	keys := map[fyne.KeyName]int{fyne.KeyF2: 0, fyne.KeyF3: 1, fyne.KeyF4: 2, fyne.KeyF5: 3}
	if i, ok := keys[e.Name]; ok && i < len(c.sides) && c.dispute.Mine {
		c.decide(c.dispute.Heads[i].Value)
		return true
	}
	switch {
	case e.Name == fyne.KeyF4 && c.both != nil:
		c.keepBoth()
	case e.Name == fyne.KeyEscape:
		c.host.Lift()
		c.later()
	case e.Name == fyne.KeyLeft, e.Name == fyne.KeyUp:
		c.host.Focus(c.sides[0])
	case e.Name == fyne.KeyRight, e.Name == fyne.KeyDown:
		c.host.Focus(c.sides[len(c.sides)-1])
	default:
		return false
	}
	return true
}

func (c *conflict) decide(v journal.Value) {
	_, err := c.desk.Decide(context.Background(), c.dispute, v)
	c.over(err)
}

func (c *conflict) keepBoth() {
	_, err := c.desk.DecideBoth(context.Background(), c.dispute)
	c.over(err)
}

func (c *conflict) over(err error) {
	if err != nil {
		c.sorry.Set(fault.TextOf(err))
		c.sorry.Show()
		return
	}
	c.host.Lift()
	c.then()
}
