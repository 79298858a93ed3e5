package widgets_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
)

var update = flag.Bool("update", false, "write the golden pictures again")

type pressable interface {
	fyne.CanvasObject
	MouseIn(*desktop.MouseEvent)
	MouseDown(*desktop.MouseEvent)
	FocusGained()
	Disable()
}

// faces shows a widget plain, under the pointer, pressed, with the keys and
// disabled.
func faces(make func() pressable) fyne.CanvasObject {
	row := container.New(layout.NewCustomPaddedHBoxLayout(16))
	for i := range 5 {
		w := make()
		switch i {
		case 1:
			w.MouseIn(&desktop.MouseEvent{})
		case 2:
			w.MouseIn(&desktop.MouseEvent{})
			w.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
		case 3:
			w.FocusGained()
		case 4:
			w.Disable()
		}
		row.Add(container.NewVBox(w))
	}
	return row
}

func icons() fyne.CanvasObject {
	row := container.New(layout.NewGridWrapLayout(fyne.NewSize(34, 34)))
	for _, name := range []string{
		"today", "journal", "results", "decisions", "remarks", "print", "import", "export", "school", "person", "people",
		"sign-out", "lock", "undo", "redo", "search", "chevron-left", "chevron-right", "chevron-up", "chevron-down", "calendar",
		"plus", "minus", "equal", "not-equal", "check", "done", "cross", "sending", "offline", "online", "sheet", "comment",
		"history", "paste", "pen", "settings", "key", "reports", "archive", "folder", "help", "more", "dot", "warning", "stop", "flag-filled",
	} {
		i := canvas.NewImageFromResource(theme.Icon(name, theme.Ink1))
		i.FillMode = canvas.ImageFillContain
		i.SetMinSize(fyne.NewSquareSize(22))
		row.Add(container.NewCenter(i))
	}
	return row
}

func sheet() fyne.CanvasObject {
	pill := func(s widgets.PillState, text string) fyne.CanvasObject {
		p := widgets.NewPill(nil)
		p.Set(s, text, "")
		return p
	}
	rail := func(chosen bool, count int) func() pressable {
		return func() pressable {
			r := widgets.NewRailItem("decisions", "Решения", nil)
			r.Set(chosen, false, count)
			return r
		}
	}
	row := func(do func(*widgets.Row)) fyne.CanvasObject {
		r := widgets.NewRow(widgets.NewText("20 ноября   7-Б   тема, задание", widgets.Type{Size: theme.SizeList}), widgets.Dense, func() {})
		r.Pad, r.Chevron = 16, true
		do(r)
		return r
	}
	wide := func(o fyne.CanvasObject, w, h float32) fyne.CanvasObject {
		return container.NewHBox(container.NewGridWrap(fyne.NewSize(theme.Px(w), theme.Px(h)), o))
	}
	left := container.NewVBox(
		faces(func() pressable { return widgets.NewButton("Отменить", nil) }),
		faces(func() pressable { return widgets.NewMain("Войти", "Enter", nil) }),
		faces(func() pressable { return widgets.NewKey("уп", "уваж.", nil) }),
		faces(func() pressable { return widgets.NewIcon("undo", nil) }),
		faces(func() pressable {
			b := widgets.NewButton("История", nil)
			b.Icon, b.Hint = "history", "F7"
			return b
		}),
		faces(func() pressable {
			t := widgets.NewTick("не задано", nil)
			t.Set(true)
			return t
		}),
		faces(func() pressable { return widgets.NewTick("не задано", nil) }),
		faces(rail(false, 2)),
		faces(rail(true, 1)),
		container.NewHBox(widgets.NewTag("замена"), widgets.NewState(widgets.NotYet), widgets.NewState(widgets.Due), widgets.NewState(widgets.Ready)),
		icons(),
		container.NewHBox(func() *widgets.Steps {
			s := widgets.NewSteps("Файл", "Столбцы", "Проверка", "Готово")
			s.Set(2)
			return s
		}()),
		faces(func() pressable { return widgets.NewFigure("21", "добавим", nil) }),
		container.NewHBox(func() *widgets.Figure {
			f := widgets.NewFigure("3", "решите сами", nil)
			f.Set("3", true)
			return f
		}(), wide(widgets.NewMeter(0.5), 160, 20)),
	)
	periods := func() pressable {
		s := widgets.NewSegments([]string{"I", "II четверть", "III"}, nil)
		s.Spines = []theme.Token{theme.Period1, theme.Period2, theme.Period3}
		s.Choose(1)
		s.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(4, 4)}})
		return s
	}
	weights := widgets.NewSegments([]string{"×1", "×2", "×3"}, nil)
	weights.Filled, weights.Pad = true, 8
	tile := widgets.NewTile("АК", "Ковальчук", "Анна Сергеевна", "математика", "ждут отправки: 3", nil)
	tile.Choose(true)
	right := container.NewVBox(
		container.NewHBox(periods(), weights),
		faces(func() pressable { return widgets.NewSegments([]string{"Да", "Нет"}, nil) }),
		container.NewHBox(pill(widgets.Done, "Всё в школе (10:47)"), pill(widgets.Waiting, "Сохранено · ждут отправки: 3")),
		container.NewHBox(pill(widgets.Sending, "Отправляется"), pill(widgets.Decide, "Нужно решение: 1"), pill(widgets.Broken, "Не сохраняется")),
		wide(tile, 356, 88),
		wide(widgets.NewTile("ИС", "Савченко", "Игорь Петрович", "физика, информатика", "", nil), 356, 88),
		wide(widgets.NewTable(container.New(layout.NewCustomPaddedVBoxLayout(0),
			row(func(*widgets.Row) {}), row(func(r *widgets.Row) { r.Choose(true) }), row(func(r *widgets.Row) { r.MouseIn(nil) }),
			row(func(r *widgets.Row) { r.FocusGained() }), row(func(r *widgets.Row) { r.Warned = true }))), 402, 182),
		wide(widgets.NewUrgent(container.NewVBox(
			widgets.NewText("Нужно ваше решение: 1", widgets.Type{Size: theme.SizeSection, Bold: true}),
			widgets.NewParagraph("7-А, математика, 19 ноября: в одной клетке 4 (вы) и 5 (И. П. Савченко). Галина Їжак, ґанок, Ğğş", widgets.Type{}, 2))), 402, 110),
		widgets.NewText("44", widgets.Type{Size: theme.SizeCount, Bold: true}),
	)
	return container.New(layout.NewCustomPaddedLayout(24, 24, 24, 24), container.NewHBox(left, right))
}

func TestEveryWidgetInEveryFace(t *testing.T) {
	for name, look := range map[string]*theme.Theme{
		"light":    theme.New(theme.Light, 1),
		"contrast": theme.New(theme.Contrast, 1),
		"text-130": theme.New(theme.Light, 1.3),
	} {
		t.Run(name, func(t *testing.T) {
			app := test.NewTempApp(t)
			theme.Use(app, look)
			t.Cleanup(func() { theme.Use(app, theme.New(theme.Light, 1)) })
			win := test.NewTempWindow(t, sheet())
			win.SetPadded(false)
			win.Resize(fyne.NewSize(1250*look.Text(), 800*look.Text()))
			golden(t, name, win.Canvas().Capture())
		})
	}
}

// golden compares a picture with testdata/NAME.png.
func golden(t *testing.T, name string, got image.Image) {
	t.Helper()
	file := filepath.Join("testdata", name+".png")
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds().Size() != got.Bounds().Size() {
		t.Fatalf("picture is %v; want %v", got.Bounds().Size(), want.Bounds().Size())
	}
	size := got.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			wr, wg, wb, _ := want.At(x, y).RGBA()
			if r, g, b, _ := got.At(x, y).RGBA(); r != wr || g != wg || b != wb {
				t.Fatalf("pixel %d,%d differs from %s", x, y, file)
			}
		}
	}
}
