package screens

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// Measures of the frame in units of 100 %.
const (
	railWide     = 88
	railNarrow   = 56
	railStep     = 60 // from item to item
	railTight    = 52
	narrowBelow  = 1200 // width of the window below which the rail folds
	shortBelow   = 600  // height of the window below which what is least needed goes
	bottomHeight = 42
)

// A rail leads from screen to screen; below stand the person and the way out.
type rail struct {
	work    *workplace
	items   []*widgets.RailItem
	names   []string       // of the items
	counts  map[string]int // by name
	person  *widgets.RailItem
	out     *widgets.RailItem
	name    string
	folded  bool
	content *fyne.Container
}

func newRail(w *workplace) *rail {
	r := &rail{work: w, counts: map[string]int{}}
	objects := []fyne.CanvasObject{fill(theme.Rail), rule(theme.Line)}
	for _, i := range w.items {
		if i.Under != "" {
			continue
		}
		name := "shell." + i.Name
		item := widgets.NewRailItem(i.Icon, assets.T(name), func() { w.open(i.Name) })
		r.items, r.names = append(r.items, item), append(r.names, i.Name)
		objects = append(objects, item)
	}
	r.person = widgets.NewRailItem("person", shortName(w.session.Person()), w.shell.Lock)
	r.out = widgets.NewRailItem("sign-out", assets.T("shell.out"), w.shell.SignOut)
	r.content = container.New(lay{r.min, r.lay}, append(objects, r.person, r.out)...)
	return r
}

func (r *rail) min([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Px(railNarrow), r.tall(theme.Px(railTight)))
}

// tall is the height of all items at a step.
func (r *rail) tall(step float32) float32 {
	return theme.Px(8) + step*float32(len(r.items)+2) + theme.Px(24)
}

// step is from item to item; tight where the rail is folded or the window low.
func (r *rail) step(height float32) float32 {
	if wide := theme.Px(railStep); !r.folded && r.tall(wide) <= height {
		return wide
	}
	return theme.Px(railTight)
}

func (r *rail) lay(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
	place(objects[1], size.Width-1, 0, 1, size.Height)
	x, y, step := theme.Px(6), theme.Px(8), r.step(size.Height)
	w, h := size.Width-2*x, step-theme.Px(4)
	if r.folded {
		x = theme.Px(4)
		w = size.Width - 2*x
	}
	for _, item := range r.items {
		place(item, x, y, w, h)
		y += step
	}
	place(r.person, x, size.Height-2*step-theme.Px(8), w, h)
	place(r.out, x, size.Height-step-theme.Px(8), w, h)
}

// fold folds the rail where the window is narrow and returns its width.
func (r *rail) fold(window float32) float32 {
	if narrow := window < theme.Px(narrowBelow); narrow != r.folded {
		r.folded = narrow
		r.set()
	}
	if r.folded {
		return theme.Px(railNarrow)
	}
	return theme.Px(railWide)
}

func (r *rail) choose(name string) {
	r.name = name
	if item, ok := r.work.item(name); ok && item.Under != "" {
		r.name = item.Under
	}
	r.set()
}

// count sets the badges.
func (r *rail) count(n commit.Counts) {
	for _, item := range r.work.items {
		if item.Count != nil {
			r.counts[item.Name] = item.Count(n)
		}
	}
	r.set()
}

func (r *rail) set() {
	set := func(item *widgets.RailItem, chosen bool, count int) {
		if item.Chosen != chosen || item.Folded != r.folded || item.Count != count {
			item.Set(chosen, r.folded, count)
		}
	}
	for i, item := range r.items {
		set(item, r.names[i] == r.name, r.counts[r.names[i]])
	}
	set(r.person, false, 0)
	set(r.out, false, 0)
}

// shortName is «А. Ковальчук».
func shortName(s journal.Staff) string {
	if s.First == "" {
		return s.Last
	}
	return first(s.First) + ". " + s.Last
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}
