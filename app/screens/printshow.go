package screens

import (
	"fmt"
	"strconv"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/print"
	"uchitelskaya/assets"
)

// show brings the left side up to date.
func (v *printView) show() {
	p := v.printing
	year := int(p.desk.Year())
	n := len(p.volumes)
	v.subtitle.Set(assets.T("printing.subtitle", year, (year+1)%100, n,
		journal.Plural(n, assets.T("printing.volume.one"), assets.T("printing.volume.few"), assets.T("printing.volume.many"))))
	left := int(journal.MakeDate(year+1, 6, 30) - p.desk.Today())
	v.days.Set(strconv.Itoa(max(left, 0)))
	v.until.Set(journal.Plural(left, assets.T("printing.days.one"), assets.T("printing.days.few"), assets.T("printing.days.many")))
	if left < 0 {
		v.until.Set(assets.T("printing.days.over"))
	}
	ready := 0
	for _, o := range p.volumes {
		if o.ready() {
			ready++
		}
	}
	v.done.Set(assets.T("printing.ready", ready, n))
	v.meter.Set(float32(ready) / float32(max(n, 1)))
	v.list.Set(n)
	ticked := len(p.ticked())
	v.print.Set(assets.T("printing.print", ticked))
	if ticked == 0 {
		v.print.Disable()
	} else {
		v.print.Enable()
	}
	if c := p.current(); c == nil || len(c.lacks) == 0 {
		v.lacks.Disable()
	} else {
		v.lacks.Enable()
	}
	v.content.Refresh()
}

// busy says over the pages what is going on, or why there are none.
func (v *printView) busy(sentence string) {
	v.state.Set(sentence)
	show(v.state, sentence != "" && v.printing.paper.doc == nil)
	v.headline()
}

func (v *printView) headline() {
	if c := v.printing.current(); c != nil {
		v.class.Set(c.class.Name)
		if len(c.lacks) == 0 {
			v.lacks.Disable()
		} else {
			v.lacks.Enable()
		}
	}
	v.content.Refresh()
}

// turned brings the right side up to date: other pages are shown.
func (v *printView) turned() {
	p := v.printing
	d := p.paper.doc
	if d == nil {
		return
	}
	v.state.Hide()
	first, last := p.paper.shown()
	numbers := strconv.Itoa(first)
	if last > first {
		numbers = fmt.Sprintf("%d–%d", first, last)
	}
	v.page.set(numbers)
	v.of.Set(assets.T("printing.of", len(d.Pages)))
	sheets := sheetsOf(len(d.Pages), p.options)
	v.about.Set(assets.T("printing.about", int(d.Sheet.Inner+0.5), sheets, journal.Plural(sheets, assets.T("printing.sheet.one"), assets.T("printing.sheet.few"), assets.T("printing.sheet.many"))))
	switch n := len(d.Notes); {
	case n == 1:
		v.remarks.Set(d.Notes[0])
	case n > 1:
		v.remarks.Set(assets.T("printing.notes", d.Notes[0], n-1))
	default:
		v.remarks.Set(assets.T("printing.after"))
	}
	v.headline()
}

// sheetsOf is how many sheets the pages take.
func sheetsOf(pages int, o print.Options) int {
	if o.Simplex {
		return pages
	}
	return (pages + 1) / 2
}
