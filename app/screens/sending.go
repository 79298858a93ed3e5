package screens

import (
	"context"
	"strings"
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

// A sendingHead stands above «Ждут отправки» and «Отклонённые»: the title, what
// can be done, a sentence, and the way from one to the other.
type sendingHead struct {
	sentence *widgets.Text
	parts    *widgets.Segments
	others   int // how many entries of other people wait on this PC
	content  *fyne.Container
}

func newSendingHead(s *Shell, part int, title string, buttons ...fyne.CanvasObject) *sendingHead {
	h := &sendingHead{sentence: widgets.NewParagraph("", widgets.Type{Ink: theme.Ink2}, 2)}
	h.parts = widgets.NewSegments([]string{assets.T("waiting.title"), assets.T("refused.title")}, func(i int) {
		h.parts.Choose(part)
		s.Open([]string{waitingItem, refusedItem}[i])
	})
	h.parts.Choose(part)
	first := across(8, 0, append([]fyne.CanvasObject{text(title, widgets.Type{Size: theme.SizeTitle, Bold: true})}, buttons...)...)
	h.content = down(6, -1, sized(0, 34, first), h.sentence, gap(0, 0), h.parts)
	return h
}

// count puts the counts into the names of the parts: what the lists hold for
// this person.
func (h *sendingHead) count(own, others commit.Counts, all bool) {
	h.others = others.Unsent
	if all {
		h.others = 0
		own.Unsent += others.Unsent
		own.Requested += others.Requested
		own.Refused += others.Refused
		own.Returned += others.Returned
	}
	h.parts.Names = []string{named("waiting.title", own.Unsent+own.Requested), named("refused.title", own.Refused+own.Returned)}
	h.parts.Refresh()
}

// say puts a sentence below the title; trouble asks a person to do something.
func (h *sendingHead) say(sentence string, trouble bool) {
	ink := theme.Ink2
	if trouble {
		ink = theme.Warn
	}
	if h.sentence.Type.Ink != ink {
		h.sentence.SetInk(ink)
	}
	if h.sentence.Text != sentence {
		h.sentence.Set(sentence)
		relay(h.content)
	}
}

// named is a text with a count after it, where there is one.
func named(key string, n int) string {
	if n == 0 {
		return assets.T(key)
	}
	return assets.T(key) + ": " + lessonNumber(n)
}

// sendingText says how sending goes on this PC, and what else waits on it;
// trouble when a person must read it.
func sendingText(s *Shell, others int) (words string, trouble bool) {
	line := s.Line.State()
	if line.Broken != "" {
		return line.Broken, true
	}
	var all []string
	if line.Trouble != "" {
		all = append(all, line.Trouble)
	}
	if !line.Restored.IsZero() {
		all = append(all, restoredText(line, s.Now()))
	}
	if trouble = len(all) > 0; !trouble && s.Door.Server().Answers {
		all = append(all, assets.T("waiting.online"))
	} else if !trouble {
		all = append(all, assets.T("waiting.away"))
	}
	if others > 0 && line.Trouble == "" {
		all = append(all, assets.T("waiting.others", others))
	}
	return strings.Join(all, " "), trouble
}

// restoredText says that the server was put back from a copy, and what came of it.
func restoredText(line LineState, now time.Time) string {
	gives := assets.T("waiting.restored.gives")
	if line.Mended {
		gives = assets.T("waiting.restored.gave")
	}
	return assets.T("waiting.restored", clock(line.Restored, now), gives)
}

// readLines reads the edits of an entry aside.
func readLines(d interface {
	Lines(context.Context, desk.Entry) ([]desk.Line, error)
}, h Host, ctx *context.Context,
) func(*desk.Entry, func([]desk.Line)) {
	return func(e *desk.Entry, done func([]desk.Line)) {
		Async(*ctx, func(ctx context.Context) ([]desk.Line, error) { return d.Lines(ctx, *e) }, func(lines []desk.Line, err error) {
			if err != nil {
				h.Say(fault.TextOf(err))
				return
			}
			done(lines)
		})
	}
}

// plainRow draws the rows that are the same in both lists; nil for an entry.
func plainRow(r entryRow, roster *journal.Roster) fyne.CanvasObject {
	switch {
	case r.rest > 0:
		return pad(12, 0, 12, 0, text(assets.T("waiting.more", r.rest), widgets.Type{Ink: theme.Ink2}))
	case r.line != nil:
		return pad(48, 0, 12, 0, across(12, 0, text(fieldText(roster, r.line.Field, false), widgets.Type{Ink: theme.Ink2}),
			text(lineText(r), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2})))
	case r.entry == nil:
		return pad(12, 0, 12, 0, across(8, 1, text(r.title, widgets.Type{Size: theme.SizeList, Bold: true}), caption(lessonNumber(r.count))))
	}
	return nil
}

// byline names the author where a person reads what others wrote too.
func byline(d waitingDesk, e *desk.Entry) fyne.CanvasObject {
	if !d.Oversees() {
		return gap(0, 0)
	}
	return caption(e.Author.Initials())
}

// chevron is the drawing of a row that unfolds.
func chevron(open bool) string {
	if open {
		return "chevron-down"
	}
	return "chevron-right"
}
