package screens

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// The keys that are none of the rail's, by where they work.
var keymap = []struct {
	title string
	keys  [][2]string // how the key is called, the name of its text
}{
	{"keys.everywhere", [][2]string{{"Tab", "keys.tab"}, {"Enter", "keys.enter"}, {"Esc", "keys.esc"}, {"Ctrl+Z", "keys.undo"}, {"Ctrl+F", "keys.find"}, {"Ctrl+L", "keys.lock"}}},
	{"keys.page", [][2]string{
		{"1–5", "keys.mark"},
		{"н, б, у, о", "keys.absence"},
		{"Del", "keys.clear"},
		{"F2", "keys.edit"},
		{"Alt+Enter", "keys.note"},
		{"Ctrl+D", "keys.fill"},
		{"Ctrl+V", "keys.paste"},
		{"F4", "keys.today"},
		{"F5", "keys.topic"},
		{"F6", "keys.homework"},
		{"F7", "keys.here"},
		{"F8", "keys.panel"},
		{"F10", "keys.pages"},
	}},
}

// next is the screen that a key of the rail opens: the same key again goes on to
// the next screen that has it.
func (w *workplace) next(key fyne.KeyName) (name string, ok bool) {
	var all []string
	at := 0
	for _, i := range w.items {
		if i.Key != key || key == "" {
			continue
		}
		all = append(all, i.Name)
		if i.Name == w.name {
			at = len(all)
		}
	}
	if len(all) == 0 {
		return "", false
	}
	return all[at%len(all)], true
}

// help lays the card of all keys.
func (w *workplace) help() {
	left := down(2, -1, section(assets.T("keys.screens")))
	before := fyne.KeyName("")
	for _, i := range w.items {
		if i.Key == "" {
			continue
		}
		key := string(i.Key)
		if i.Key == before {
			key = assets.T("keys.again", key)
		}
		before = i.Key
		name := "shell." + i.Name
		left.Add(keyRow(key, assets.T(name)))
	}
	parts := []fyne.CanvasObject{left}
	for _, g := range keymap {
		part := down(2, -1, section(assets.T(g.title)))
		for _, k := range g.keys {
			part.Add(keyRow(k[0], assets.T(k[1])))
		}
		parts = append(parts, part)
	}
	left.Objects = append(left.Objects, gap(0, 8), parts[1])
	no := widgets.NewButton(assets.T("keys.close"), w.shell.Lift)
	no.Hint, no.Tall = "Esc", 36
	body := across(24, 1, sized(320, 0, left), parts[2])
	w.shell.Lay(Card{Content: sheetCard(assets.T("keys.title"), "", body, no), Width: 780, First: no})
}

// keyRow is a key and what it does.
func keyRow(key, words string) fyne.CanvasObject {
	return across(10, 1, sized(104, 20, text(key, widgets.Type{Ink: theme.Accent, Bold: true})), text(words, widgets.Type{}))
}
