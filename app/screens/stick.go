package screens

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// A Stick carries the exchange as files, where the network does not.
type Stick interface {
	// Write writes what waits on this PC into a folder.
	Write(ctx context.Context, dir string) (Written, error)
	// Read takes the school's answers to this PC that lie in a folder. With an
	// error it says what was taken nevertheless.
	Read(ctx context.Context, dir string) (Brought, error)
}

// Written is what lies on a stick for the school.
type Written struct {
	Files   []string // paths
	Entries int
}

// Brought is what the school's answers brought that was not here.
type Brought struct {
	Files                        int // taken
	Accepted, Requested, Refused int // entries of this PC
	News                         int // records of the school
	Restored                     bool
}

// stickButtons are the ways to a stick and back; none where there is no such way.
func stickButtons(s *Shell) []fyne.CanvasObject {
	if s.Stick == nil {
		return nil
	}
	give := widgets.NewButton(assets.T("stick.give"), func() { onStick(s, "stick.give", s.Stick.Write, writtenText) })
	take := widgets.NewButton(assets.T("stick.take"), func() { onStick(s, "stick.take", s.Stick.Read, broughtText) })
	give.OnKey, take.OnKey = s.Unwanted, s.Unwanted
	return []fyne.CanvasObject{give, take}
}

// onStick asks for a folder, works on it under a card that stops the work, and
// tells what came of it. key begins the names of the texts.
func onStick[T any](s *Shell, key string, work func(context.Context, string) (T, error), tell func(T) []string) {
	pick := &Picker{Title: assets.T(key + ".where"), Take: assets.T(key + ".here"), Picked: func(dirs []string) {
		ctx, stop := context.WithCancel(context.Background())
		gone := false // the card was taken away: the person has stopped it, or locked
		halt := stickButton(s, "stick.stop")
		s.Lay(Card{Content: sheetCard(assets.T(key+".runs"), assets.T("stick.leave"), gap(0, 0), halt), Width: 480, First: halt, Lifted: func() {
			gone = true
			stop()
		}})
		Async(context.Background(), func(context.Context) (T, error) { return work(ctx, dirs[0]) }, func(done T, err error) {
			if gone {
				return
			}
			s.Lift()
			tellStick(s, key, tell(done), err)
		})
	}}
	dir := ""
	if all := drives(); len(all) > 0 {
		dir = all[0].dir
	}
	pick.Show(s, dir)
}

// tellStick shows what came of it, and what stood in the way.
func tellStick(s *Shell, key string, said []string, err error) {
	title := assets.T(key + ".done")
	body := down(8, -1)
	say := func(sentence string, ink theme.Token) {
		body.Add(widgets.NewParagraph(sentence, widgets.Type{Size: theme.SizeList, Ink: ink}, 6))
	}
	if err != nil {
		title = assets.T(key + ".part")
		if len(said) == 0 {
			title = assets.T(key + ".none")
		}
		say(fault.TextOf(err), theme.Bad)
	}
	for _, sentence := range said {
		say(sentence, theme.Ink1)
	}
	away := stickButton(s, "stick.close")
	s.Lay(Card{Content: sheetCard(title, "", body, away), Width: 560, First: away})
}

func stickButton(s *Shell, key string) *widgets.Button {
	b := widgets.NewButton(assets.T(key), s.Lift)
	b.Hint, b.Tall, b.OnKey = "Esc", 36, s.Unwanted
	return b
}

func writtenText(w Written) (said []string) {
	for _, f := range w.Files {
		said = append(said, assets.T("stick.give.file", filepath.Base(f)))
	}
	if len(said) > 0 {
		said = append([]string{assets.T("stick.give.count", w.Entries)}, append(said, assets.T("stick.give.next"))...)
	}
	return said
}

func broughtText(b Brought) (said []string) {
	if b.Files == 0 {
		return nil
	}
	said = append(said, assets.T("stick.take.count", b.Accepted, b.News))
	if b.Requested > 0 {
		said = append(said, assets.T("stick.take.requested", b.Requested))
	}
	if b.Refused > 0 {
		said = append(said, assets.T("stick.take.refused", b.Refused))
	}
	if b.Restored {
		said = append(said, assets.T("stick.take.restored"))
	}
	return said
}
