package print

import (
	"context"
	"fmt"
	"strconv"
)

// A section of the volume: an entry of the contents and what makes its pages.
type section struct {
	title, teacher string
	spread         bool // begins on a left page
	make           func()
}

// Layout lays the class journal out.
func (j *ClassJournal) Layout(ctx context.Context, o Options) (*Document, error) {
	v, notes, err := newVolume(ctx, j, o)
	if err != nil {
		return nil, err
	}
	v.cover("КЛАССНЫЙ ЖУРНАЛ", v.j.Class+" класса", "Срок хранения 5 лет")
	v.bind(v.sections(o))
	return v.document("Классный журнал "+v.j.Class, notes)
}

// SummarySheet lays the summary mark sheet out as a document of its own, which
// is kept for 25 years after the journal is gone.
func (j *ClassJournal) SummarySheet(ctx context.Context, o Options) (*Document, error) {
	v, notes, err := newVolume(ctx, j, o)
	if err != nil {
		return nil, err
	}
	v.cover("СВОДНАЯ ВЕДОМОСТЬ", "учёта успеваемости обучающихся "+v.j.Class+" класса", "Срок хранения 25 лет")
	v.open()
	v.summary()
	v.close("настоящей ведомости")
	return v.document("Сводная ведомость учёта успеваемости "+v.j.Class, notes)
}

// A volume is the press at work on one class.
type volume struct {
	press
	j *ClassJournal
}

func newVolume(ctx context.Context, j *ClassJournal, o Options) (*volume, []string, error) {
	if err := j.check(); err != nil {
		return nil, nil, err
	}
	clean, notes := j.printable()
	v := &volume{press: press{ctx: ctx, geo: o.geometry()}, j: clean}
	v.press.left = clean.School.shortName()
	v.press.right = fmt.Sprintf("Класс %s, %s учебный год", clean.Class, clean.years())
	return v, notes, nil
}

func (v *volume) document(title string, notes []string) (*Document, error) {
	pages, err := v.finish()
	if err != nil {
		return nil, err
	}
	return &Document{
		Title:  title + ", " + v.j.years() + " учебный год",
		Author: v.j.School.shortName(),
		Made:   v.j.Made,
		Sheet:  v.geo,
		Pages:  pages,
		Notes:  notes,
	}, nil
}

func (v *volume) sections(o Options) []section {
	var all []section
	for i := range v.j.Subjects {
		s := &v.j.Subjects[i]
		all = append(all, section{s.Name, s.Teacher, true, func() { v.subject(s) }})
	}
	if !o.NoDetails {
		all = append(all, section{"Общие сведения об обучающихся", "", true, v.register})
	}
	return append(all,
		section{"Сведения о количестве уроков, пропущенных обучающимися", "", false, v.missed},
		section{"Сводная ведомость учёта посещаемости", "", true, v.attendance},
		section{"Сводная ведомость учёта успеваемости обучающихся", "", false, v.summary},
		section{"Замечания по ведению классного журнала", "", false, v.remarks},
		section{"Заверительный лист", "", false, func() { v.close("настоящем журнале") }},
	)
}

// bind makes the contents and all sections. The pages of the contents are
// reserved first and filled in when the numbers are known.
func (v *volume) bind(all []section) {
	t := contentsTable(v.geo.Frame(2).W)
	rows := make([]row, len(all))
	for i, s := range all {
		rows[i] = row{min: 7, cells: []cell{
			{text: strconv.Itoa(i + 1), align: center}, {text: s.title}, {text: s.teacher}, {align: center},
		}}
		if s.teacher == "" { // a form without a teacher takes both columns
			rows[i].cells = []cell{{text: strconv.Itoa(i + 1), align: center}, {text: s.title, span: 2}, {align: center}}
		}
	}
	heads, heights := t.measure(t.head), t.measure(rows)
	room := v.geo.Frame(2).H - 9 - total(heads)
	parts := split(rows, heights, room)
	if len(parts) == 1 {
		stretch(heights, room, 9)
	}
	reserved := make([]*Page, len(parts))
	for i := range parts {
		reserved[i], _ = v.add()
	}
	if !v.geo.Simplex && v.next()%2 == 1 {
		v.legend()
	}
	starts := make([]int, len(all))
	for i, s := range all {
		if s.spread {
			v.open()
		}
		starts[i] = v.next()
		s.make()
		if v.err != nil {
			return
		}
		v.pages[starts[i]-1].Outline = s.title
		last := &rows[i].cells[len(rows[i].cells)-1]
		if last.text = strconv.Itoa(starts[i]); v.next()-1 > starts[i] {
			last.text += "–" + strconv.Itoa(v.next()-1)
			last.lines = []string{last.text}
		}
	}
	for i, part := range parts {
		pg := reserved[i]
		f := v.geo.Frame(pg.Number)
		y := v.title(pg, f, "Оглавление")
		y = t.draw(pg, f.X, y, t.head, heads)
		t.draw(pg, f.X, y, rows[part[0]:part[1]], heights[part[0]:part[1]])
		for k := part[0]; k < part[1]; k++ {
			pg.Links = append(pg.Links, Link{float32(f.X), float32(y), float32(f.W), float32(heights[k]), starts[k]})
			y += heights[k]
		}
	}
	reserved[0].Outline = "Оглавление"
}

func contentsTable(w float64) *table {
	return &table{
		cols: []float64{9, w - 9 - 58 - 22, 58, 22}, style: plain, pad: 1.6, air: 1.2,
		head: []row{{min: 9, heavy: true, cells: []cell{
			{text: "№", align: center},
			{text: "Наименование предмета", align: center},
			{text: "Ф. И. О. учителя", align: center},
			{text: "Страницы", align: center},
		}}},
	}
}

// years is «2025/2026».
func (j *ClassJournal) years() string { return fmt.Sprintf("%d/%d", j.Year, j.Year+1) }

func (s *School) shortName() string {
	if s.Short != "" {
		return s.Short
	}
	return s.Name
}

func (s *School) headTitle() string {
	if s.HeadTitle != "" {
		return s.HeadTitle
	}
	return "Директор"
}
