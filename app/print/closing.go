package print

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// remarks prints what the inspectors wrote and empty lines for more. In a
// volume bound on both sides it goes on to the end of the sheet, so that the
// certificate has a sheet of its own.
func (v *volume) remarks() {
	const title = "Замечания по ведению классного журнала"
	f := v.geo.Frame(v.next())
	st := styleOf(Narrow, 9.5)
	t := &table{style: st, pad: 1.4, air: 1, cols: []float64{20, f.W - 20 - 38 - 46, 38, 46}}
	t.head = []row{{min: 13, heavy: true, cells: centred("Дата", "Замечания и предложения проверяющего",
		"Проверяющий (должность, Ф. И. О.), подпись", "Отметка о выполнении (дата, подпись учителя)")}}
	var rows []row
	for _, r := range v.j.Remarks {
		rows = append(rows, row{min: 9, cells: []cell{{text: r.Date.String(), align: center}, {text: r.Text}, {text: r.By}, {text: r.Done}}})
	}
	head := total(t.measure(t.head))
	room := f.H - 9 - head
	pages := len(split(rows, t.measure(rows), room))
	if !v.geo.Simplex && (v.next()+pages)%2 == 0 {
		pages++
	}
	for {
		more := append(rows, row{min: 9, cells: make([]cell, 4)})
		if len(split(more, t.measure(more), room)) > pages {
			break
		}
		rows = more
	}
	v.flow(title, t, rows, 0)
}

// close makes the certificate: how many sheets were numbered, laced and sealed.
// It stands on a sheet of its own, which it does not count.
func (v *volume) close(inWhat string) {
	if !v.geo.Simplex && v.next()%2 == 0 {
		v.blank()
	}
	pages := v.next() - 1
	sheets := v.geo.sheets(pages)
	pg, f := v.add()
	st, bold := styleOf(Serif, 13), styleOf(SerifBold, 13)
	st.lead, bold.lead = 7.5, 7.5
	y := f.Y + 34
	pg.text(f.X+f.W/2, y, styleOf(SerifBold, 18), center, "ЗАВЕРИТЕЛЬНЫЙ ЛИСТ")
	y += 9
	pg.text(f.X+f.W/2, y, styleOf(Serif, 12), center, fmt.Sprintf("класс %s, %s учебный год", v.j.Class, v.j.years()))
	y += 20
	paragraph := func(st style, s string) {
		for _, line := range st.wrap(s, f.W-10) {
			pg.text(f.X+5, y, st, left, line)
			y += st.lead
		}
		y += 3
	}
	paragraph(st, "В "+inWhat+" пронумеровано, прошнуровано и скреплено печатью")
	paragraph(bold, count(sheets, Words(sheets), "лист", "листа", "листов"))
	paragraph(st, count(pages, WordsFeminine(pages), "страница", "страницы", "страниц")+
		". Заверительный лист в это число не входит.")
	sides := "Отпечатано с двух сторон листа."
	if v.geo.Simplex {
		sides = "Отпечатано с одной стороны листа."
	}
	paragraph(styleOf(Serif, 11), sides)
	y += 20
	signature(pg, f.X+5, y, f.W-5, v.j.School.headTitle(), v.j.School.Head)
	y += 14
	signature(pg, f.X+5, y, f.W-5, "Классный руководитель", initials(v.j.Teacher))
	y += 16
	pg.text(f.X+9, y, plain, left, "М. П.")
	pg.text(f.X+53, y, plain, left, "«____» ______________ 20____ г.")
	v.seal(pg, f.Right(), f.Bottom(), 90)
}

// count is «107 (сто семь) листов».
func count(n int, words, one, few, many string) string {
	return fmt.Sprintf("%d (%s) %s", n, words, journal.Plural(n, one, few, many))
}

// sheets is how many sheets of paper so many pages take.
func (g Geometry) sheets(pages int) int {
	if g.Simplex {
		return pages
	}
	return (pages + 1) / 2
}
