package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/assets"
	"uchitelskaya/storage/local"
)

// notice fills the window when the journal cannot be opened: the sentence why,
// and for a damaged file the way on.
func (p *program) notice(err error) fyne.CanvasObject {
	buttons := []fyne.CanvasObject{layout.NewSpacer(), widget.NewButton(assets.T("app.close"), p.win.Close)}
	if fault.CodeOf(err) == fault.Damaged {
		mend := widget.NewButton(assets.T("app.setaside"), nil)
		mend.Importance = widget.HighImportance
		mend.OnTapped = func() { mend.Disable(); go p.setAside() }
		buttons = append(buttons, mend)
	}
	return framed(fault.TextOf(err), buttons...)
}

// setAside keeps the damaged file, makes a fresh journal with what could be
// read of it, and says what became of it. The rest comes from the server.
func (p *program) setAside() {
	done, err := local.SetAside(p.ctx, p.dir, p.now, "")
	fyne.Do(func() {
		if err != nil {
			note("set damaged journal aside", err)
			p.win.SetContent(p.notice(err))
			return
		}
		p.win.SetContent(framed(salvaged(done), layout.NewSpacer(), widget.NewButton(assets.T("app.goon"), p.open)))
	})
}

// salvaged says what could be carried over.
func salvaged(s local.Salvage) string {
	text := assets.T("app.aside", s.Kept)
	if s.Carried > 0 {
		text += " " + assets.T("app.carried", s.Carried, journal.Plural(s.Carried, "запись", "записи", "записей"))
	}
	if s.Lost > 0 {
		text += " " + assets.T("app.lost", s.Lost, journal.Plural(s.Lost, "запись", "записи", "записей"))
	}
	if !s.Enrolled {
		return text + " " + assets.T("app.again")
	}
	return text + " " + assets.T("app.fetch")
}

// framed is a sentence with buttons under it in the middle of the window.
func framed(sentence string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	label := widget.NewLabel(sentence)
	label.Wrapping = fyne.TextWrapWord
	text := container.NewGridWrap(fyne.NewSize(560, 140), label)
	return container.NewCenter(container.NewVBox(text, container.NewHBox(buttons...)))
}
