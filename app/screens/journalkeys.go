package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// markKeys are the alphabet of the column under the cursor as buttons for the
// mouse; each shows its key. On a page that may only be read stands why.
type markKeys struct {
	journal *Journal
	kind    gradegrid.Kind
	keys    []*widgets.Button
	words   []string // beside the letters, where there is room
	clear   *widgets.Button
	reading *widgets.Text
	content *fyne.Container
}

func newMarkKeys(j *Journal) *markKeys {
	k := &markKeys{journal: j, kind: 255, reading: text("", widgets.Type{Ink: theme.Ink1})}
	k.clear = widgets.NewButton(assets.T("journal.clear"), func() { k.press(func() { j.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) }) })
	k.clear.Hint = "Del"
	k.content = container.New(lay{
		func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(300), theme.Px(32)) },
		k.lay,
	})
	return k
}

// The letters of each alphabet in the order of the bar; «|» is a wider gap.
var (
	lessonKeys = []string{"5", "4", "3", "2", "|", "н", "б", "уп", "нп", "оп", "осв"}
	resultKeys = []string{"5", "4", "3", "2", "|", "н/а", "зач", "незач", "осв"}
)

// show shows the keys of the cursor's column.
func (k *markKeys) show() {
	j := k.journal
	if j.page == nil {
		return
	}
	reading := k.reading.Text
	k.reading.Set(j.page.Reading)
	if len(j.page.Rows) == 0 {
		k.reading.Set(assets.T("journal.nopupils"))
	}
	kind := j.view.sheet.Column(j.grid.Model().Cursor().Col).Kind
	if kind == k.kind && reading == k.reading.Text {
		return
	}
	k.kind = kind
	k.build()
	show(k.reading, k.reading.Text != "")
	k.content.Refresh()
}

func (k *markKeys) build() {
	letters := lessonKeys
	if k.kind != gradegrid.Lesson {
		letters = resultKeys
	}
	k.keys, k.words = nil, nil
	k.content.Objects = []fyne.CanvasObject{k.reading}
	for _, word := range letters {
		if word == "|" {
			k.keys, k.words = append(k.keys, nil), append(k.words, "")
			continue
		}
		meaning := ""
		if key := "journal.key." + word; assets.Has(key) {
			meaning = assets.T(key)
		}
		b := widgets.NewKey(word, meaning, func() { k.press(func() { k.journal.typeWord(word) }) })
		k.keys, k.words = append(k.keys, b), append(k.words, meaning)
		k.content.Objects = append(k.content.Objects, b)
	}
	k.content.Objects = append(k.content.Objects, k.clear)
}

// press acts and gives the keys back to the grid.
func (k *markKeys) press(act func()) {
	k.journal.host.Focus(k.journal.grid)
	act()
}

func (k *markKeys) lay(_ []fyne.CanvasObject, s fyne.Size) {
	place(k.reading, theme.Px(12), 0, s.Width-theme.Px(12), s.Height)
	reading := k.reading.Visible()
	words, wide := true, k.width(true)+theme.Px(20)+k.clear.MinSize().Width
	if wide > s.Width {
		words, wide = false, k.width(false)+theme.Px(20)+k.clear.MinSize().Width
	}
	show(k.clear, !reading && wide <= s.Width)
	k.width(words)
	x, h := float32(0), theme.Px(32)
	y := (s.Height - h) / 2
	for _, b := range k.keys {
		if b == nil {
			x += theme.Px(8)
			continue
		}
		w := b.MinSize().Width
		show(b, !reading && x+w <= s.Width)
		place(b, x, y, w, h)
		x += w + theme.Px(6)
	}
	place(k.clear, x+theme.Px(8), y, k.clear.MinSize().Width, h)
}

// width gives the keys their words or not and returns what they then take.
func (k *markKeys) width(words bool) float32 {
	x := float32(0)
	for i, b := range k.keys {
		if b == nil {
			x += theme.Px(8)
			continue
		}
		word := ""
		if words {
			word = k.words[i]
		}
		if b.Text != word {
			b.Set(word)
		}
		x += b.MinSize().Width + theme.Px(6)
	}
	return x
}

// typeWord types a word of the alphabet into the cursor's cell.
func (j *Journal) typeWord(word string) {
	for _, r := range word {
		j.grid.TypedRune(r)
	}
	if _, _, waiting := j.grid.Model().Typing(); waiting {
		j.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
}
