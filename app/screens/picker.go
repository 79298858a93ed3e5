package screens

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// A Picker is a card on which a person chooses files, several at once, or a
// folder. It is worked with the keys alone: Enter goes into a folder and takes
// a file, Space ticks, Backspace goes up.
type Picker struct {
	Title   string
	Endings []string // of the files to show, «.xlsx»; none: a folder is chosen
	Take    string   // of the main button; with %d for the number of files
	Picked  func(paths []string)

	host    Host
	dir     string
	entries []fs.DirEntry
	ticked  map[string]bool
	path    *field
	list    *widgets.List
	sorry   *widgets.Text
	take    *widgets.Button
}

// maxEntries is how many lines of a folder are shown.
const maxEntries = 5000

// Show lays the card, beginning in a folder; empty is the person's own.
func (p *Picker) Show(h Host, dir string) {
	p.host, p.ticked = h, map[string]bool{}
	p.path = newField("", 1)
	p.path.OnSubmitted = func(s string) { p.open(strings.TrimSpace(s)) }
	p.list = widgets.NewList(widgets.Dense, p.row)
	p.list.OnKey, p.list.OnOther = p.key, h.Unwanted
	p.list.OnTapped = func(i int, _ float32) { p.press(i) }
	p.sorry = widgets.NewParagraph("", widgets.Type{Ink: theme.Bad}, 2)
	p.take = widgets.NewMain("", "", p.done)
	no := widgets.NewButton(assets.T("picker.no"), h.Lift)
	no.Hint, no.Tall = "Esc", 36
	p.take.OnKey, no.OnKey = h.Unwanted, h.Unwanted
	p.take.Wide = 160
	p.count()
	hint := "picker.files"
	if p.folder() {
		hint = "picker.folder"
	}
	places := across(8, -1)
	for _, place := range p.places() {
		b := widgets.NewButton(place.name, func() { p.open(place.dir); h.Focus(p.list.Focusable()) })
		b.OnKey = h.Unwanted
		places.Add(b)
	}
	body := down(10, 2, p.path, places, sized(0, 268, widgets.NewTable(p.list)), p.sorry)
	h.Lay(Card{Content: sheetCard(p.Title, assets.T(hint), body, p.take, no), Width: 640, First: p.list.Focusable()})
	if dir == "" {
		dir, _ = os.UserHomeDir()
	}
	p.open(dir)
}

func (p *Picker) folder() bool { return len(p.Endings) == 0 }

type namedPlace struct{ name, dir string }

// places are the folders that people look into first.
func (p *Picker) places() []namedPlace {
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(filepath.Separator)
	}
	all := []namedPlace{{assets.T("picker.home"), home}}
	for _, known := range []struct{ text, a, b string }{
		{"picker.documents", "Документы", "Documents"}, {"picker.downloads", "Загрузки", "Downloads"}, {"picker.desktop", "Рабочий стол", "Desktop"},
	} {
		for _, name := range []string{known.a, known.b} {
			if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
				all = append(all, namedPlace{assets.T(known.text), filepath.Join(home, name)})
				break
			}
		}
	}
	return append(all, drives()...)
}

// open shows a folder, or says why it cannot be shown.
func (p *Picker) open(dir string) {
	type read struct {
		dir     string
		entries []fs.DirEntry
	}
	Async(context.Background(), func(context.Context) (read, error) {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return read{}, err
		}
		entries, err := os.ReadDir(abs)
		return read{abs, p.shown(entries)}, err
	}, func(r read, err error) {
		if err != nil {
			p.sorry.Set(assets.T("picker.closed"))
			return
		}
		from := p.dir
		p.dir, p.entries, p.ticked = r.dir, r.entries, map[string]bool{}
		p.sorry.Set("")
		if len(p.entries) == 0 && !p.folder() {
			p.sorry.Set(assets.T("picker.empty"))
		}
		p.path.set(r.dir)
		p.list.Set(len(p.entries))
		p.list.Choose(max(slices.IndexFunc(p.entries, func(e fs.DirEntry) bool { return filepath.Join(p.dir, e.Name()) == from }), 0))
		p.count()
	})
}

// shown are the folders and then the files that may be chosen, by name.
func (p *Picker) shown(all []fs.DirEntry) []fs.DirEntry {
	all = slices.DeleteFunc(all, func(e fs.DirEntry) bool {
		return strings.HasPrefix(e.Name(), ".") || !e.IsDir() && !slices.Contains(p.Endings, strings.ToLower(filepath.Ext(e.Name())))
	})
	slices.SortStableFunc(all, func(a, b fs.DirEntry) int {
		if a.IsDir() != b.IsDir() {
			if a.IsDir() {
				return -1
			}
			return 1
		}
		return cmp.Compare(strings.ToLower(a.Name()), strings.ToLower(b.Name()))
	})
	return all[:min(len(all), maxEntries)]
}

func (p *Picker) row(i int) fyne.CanvasObject {
	e := p.entries[i]
	icon, note := "sheet", ""
	if e.IsDir() {
		icon = "folder"
	} else if info, err := e.Info(); err == nil {
		note = fileSize(info.Size()) + " · " + journal.DateOf(info.ModTime()).String()
	}
	t := widgets.Type{Size: theme.SizeList}
	sign := fyne.CanvasObject(gap(18, 18))
	if p.ticked[e.Name()] {
		sign, t.Bold = drawing("done", 18, theme.Accent), true
	}
	return pad(14, 0, 14, 0, across(10, 2, middle(sign), middle(drawing(icon, 20, theme.Ink2)), text(e.Name(), t),
		text(note, widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2})))
}

// press goes into a folder or ticks a file.
func (p *Picker) press(i int) {
	if e := p.entries[i]; e.IsDir() {
		p.open(filepath.Join(p.dir, e.Name()))
	} else {
		p.tick(i)
	}
}

func (p *Picker) tick(i int) {
	name := p.entries[i].Name()
	if p.ticked[name] = !p.ticked[name]; !p.ticked[name] {
		delete(p.ticked, name)
	}
	p.list.Repaint(i)
	p.count()
}

func (p *Picker) key(e *fyne.KeyEvent) bool {
	i := p.list.Chosen()
	switch e.Name {
	case fyne.KeyBackspace, fyne.KeyLeft:
		p.open(filepath.Dir(p.dir))
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case i < len(p.entries) && p.entries[i].IsDir():
			p.press(i)
		case i < len(p.entries) && len(p.ticked) == 0:
			p.tick(i)
			p.done()
		default:
			p.done()
		}
	case fyne.KeySpace:
		if i < len(p.entries) && !p.entries[i].IsDir() {
			p.tick(i)
		}
	default:
		return false
	}
	return true
}

// count brings the main button up to date.
func (p *Picker) count() {
	if p.folder() {
		p.take.Set(p.Take)
		return
	}
	p.take.Set(fmt.Sprintf(p.Take, len(p.ticked)))
	if len(p.ticked) == 0 {
		p.take.Disable()
	} else {
		p.take.Enable()
	}
}

// done hands over what was chosen.
func (p *Picker) done() {
	var paths []string
	for _, e := range p.entries {
		if p.ticked[e.Name()] {
			paths = append(paths, filepath.Join(p.dir, e.Name()))
		}
	}
	if p.folder() {
		paths = []string{p.dir}
	}
	if len(paths) == 0 || p.dir == "" {
		return
	}
	p.host.Lift()
	p.Picked(paths)
}

// fileSize is «12 КБ».
func fileSize(n int64) string {
	if n < 1<<20 {
		return assets.T("picker.kb", max((n+1023)/1024, 1))
	}
	return assets.T("picker.mb", strings.Replace(fmt.Sprintf("%.1f", float64(n)/(1<<20)), ".", ",", 1))
}
