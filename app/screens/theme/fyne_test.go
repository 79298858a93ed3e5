package theme_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/screens/theme"
)

// Fyne's own widgets wear the look too: see testdata/*.png.
func TestFyneWidgetsWearTheLook(t *testing.T) {
	for name, look := range map[string]*theme.Theme{
		"fyne-light":    theme.New(theme.Light, 1),
		"fyne-contrast": theme.New(theme.Contrast, 1),
	} {
		t.Run(name, func(t *testing.T) {
			app := test.NewTempApp(t)
			theme.Use(app, look)
			t.Cleanup(func() { theme.Use(app, theme.New(theme.Light, 1)) })
			entry, topic, focused := widget.NewEntry(), widget.NewMultiLineEntry(), widget.NewEntry()
			entry.SetPlaceHolder("Найти ученика")
			topic.SetText("Одночлен и его стандартный вид.\nУмножение одночленов")
			focused.SetText("31.02.2013")
			choice := widget.NewSelect([]string{"Ответ на уроке", "Контрольная работа"}, nil)
			choice.SetSelectedIndex(0)
			off := widget.NewEntry()
			off.SetText("закрыто")
			off.Disable()
			win := test.NewTempWindow(t, container.NewPadded(container.NewVBox(entry, topic, focused, choice, off,
				widget.NewLabel("Галина Їжак, ґанок, Ğğş, № 47, «ёлочки», 4,25"), widget.NewProgressBar(),
				container.NewHBox(widget.NewButton("Печать", nil), widget.NewCheck("не задано", nil)))))
			win.Resize(fyne.NewSize(360, 380))
			win.Canvas().Focus(focused)
			focused.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(20, 10)})
			test.AssertRendersToImage(t, name+".png", win.Canvas())
		})
	}
}
