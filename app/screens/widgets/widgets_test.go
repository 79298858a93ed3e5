package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
)

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestAButtonIsPressedByMouseAndKeys(t *testing.T) {
	test.NewTempApp(t)
	n, passed := 0, 0
	b := widgets.NewButton("Вставить…", func() { n++ })
	b.OnKey = func(*fyne.KeyEvent) { passed++ }
	test.Tap(b)
	b.TypedKey(key(fyne.KeySpace))
	b.TypedKey(key(fyne.KeyReturn))
	b.TypedKey(key(fyne.KeyEscape))
	if n != 3 || passed != 1 {
		t.Errorf("pressed %d times, %d keys passed on; want 3 and 1", n, passed)
	}
	b.Disable()
	b.TypedKey(key(fyne.KeySpace))
	if n != 3 {
		t.Error("a disabled button was pressed")
	}
}

func TestSegmentsChooseOnce(t *testing.T) {
	test.NewTempApp(t)
	var got []int
	s := widgets.NewSegments([]string{"I", "II", "III"}, func(i int) { got = append(got, i) })
	s.Resize(s.MinSize())
	s.TypedKey(key(fyne.KeyLeft)) // there is nothing before the first
	s.TypedKey(key(fyne.KeyRight))
	test.TapAt(s, fyne.NewPos(s.MinSize().Width-3, 10))
	test.TapAt(s, fyne.NewPos(s.MinSize().Width-3, 10)) // it is chosen already
	if len(got) != 2 || got[0] != 1 || got[1] != 2 {
		t.Errorf("chosen %v; want 1 and 2", got)
	}
}

func TestTextIsCutAndWrapped(t *testing.T) {
	test.NewTempApp(t)
	p := widgets.NewParagraph("Одночлен и его стандартный вид. Умножение одночленов и возведение их в степень", widgets.Type{}, 2)
	one := p.MinSize().Height
	p.Resize(fyne.NewSize(200, 100))
	if two := p.MinSize().Height; two != 2*one {
		t.Errorf("at 200 it is %v high; want two lines of %v", two, one)
	}
	p.Lines = -1
	p.Resize(fyne.NewSize(120, 100))
	if all := p.MinSize().Height; all <= 2*one {
		t.Errorf("at 120 it is %v high; want more than two lines", all)
	}
}

func TestThePillShortensBeforeItIsCut(t *testing.T) {
	test.NewTempApp(t)
	p := widgets.NewPill(nil)
	p.Set(widgets.Waiting, "Сохранено на этом компьютере · ждут отправки: 3", "Ждут отправки: 3")
	if p.MinSize().Width >= p.Whole() {
		t.Errorf("needs %v of %v", p.MinSize().Width, p.Whole())
	}
}

func TestALookReachesWhatStands(t *testing.T) {
	app := test.NewTempApp(t)
	theme.Use(app, theme.New(theme.Light, 1))
	t.Cleanup(func() { theme.Use(app, theme.New(theme.Light, 1)) })
	win := test.NewTempWindow(t, sheet())
	win.SetPadded(false)
	win.Resize(fyne.NewSize(1140, 800))
	theme.Use(app, theme.New(theme.Contrast, 1))
	got := win.Canvas().Capture()
	if r, _, _, _ := got.At(30, 40).RGBA(); r>>8 > 40 { // inside the first button
		t.Error("a button stayed light")
	}
}
