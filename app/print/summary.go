package print

import "strconv"

// summary prints «Сводная ведомость учёта успеваемости обучающихся»: a block of
// rows for each pupil, a row for each period, a column for each subject.
func (v *volume) summary() {
	columns, of := v.j.columns()
	periods := v.j.summaryPeriods()
	f := v.geo.Frame(v.next())
	const number, name, period, decision = 6.5, 32.0, 14.0, 27.0
	t := &table{style: styleOf(Narrow, 9), pad: 0.9, air: 0.3, most: 6, cols: []float64{number, name, period}}
	unit := min((f.W-number-name-period-decision)/float64(max(len(columns), 1)), 9)
	used := number + name + period + unit*float64(len(columns))
	head := row{min: headRoom(columns), heavy: true, cells: []cell{
		{text: "№ п/п", up: true, align: center, style: &headStyle},
		{text: "Фамилия, имя, отчество обучающегося", align: center, style: &headStyle},
		{text: "Период", align: center, style: &headStyle},
	}}
	for range columns {
		t.cols = append(t.cols, unit)
	}
	for _, c := range upright(columns...) {
		st := fitHead(c.text, unit, head.min)
		c.style, c.align = &st, left
		head.cells = append(head.cells, c)
	}
	head.cells = append(head.cells, cell{
		text: "Решение педагогического совета (дата и номер протокола)", align: center, style: &headStyle,
	})
	t.cols = append(t.cols, f.W-used)
	t.heavy = make([]bool, len(t.cols))
	t.heavy[3], t.heavy[len(t.cols)-1] = true, true
	t.head = []row{head}

	results := v.j.results(columns, of)
	var rows []row
	for i := range v.j.Pupils {
		p := &v.j.Pupils[i]
		for k, pi := range periods {
			pd := v.j.Periods[pi]
			r := row{min: 4.3, keep: k < len(periods)-1, heavy: k == len(periods)-1}
			st := &t.style
			if pd.Kind != Term {
				r.gray, st = result, &narrowBold
			}
			if k == 0 {
				r.cells = append(r.cells, cell{text: strconv.Itoa(i + 1), align: center, fit: true, down: len(periods), gray: 1},
					cell{text: nameOf(p), down: len(periods), gray: 1})
			}
			r.cells = append(r.cells, cell{text: periodLabel(pd), style: st})
			for c := range columns {
				r.cells = append(r.cells, cell{text: results[i][c][pi], align: center, fit: true, style: st})
			}
			if k == 0 {
				r.cells = append(r.cells, cell{text: p.Decision, down: len(periods), style: &tiny, gray: 1})
			}
			rows = append(rows, r)
		}
	}
	const tail = 40
	pg, f, y := v.flow("Сводная ведомость учёта успеваемости обучающихся", t, rows, tail)
	signature(pg, f.X, y+11, f.W, "Классный руководитель", initials(v.j.Teacher))
	signature(pg, f.X, y+23, f.W, v.j.School.headTitle(), v.j.School.Head)
	pg.text(f.X+4, y+33, plain, left, "М. П.")
	pg.text(f.X+48, y+33, plain, left, "«____» ______________ 20____ г.")
}

func nameOf(p *Pupil) string {
	name := p.fullName()
	switch {
	case p.Left != 0:
		name += "\nвыбыл" + feminine(p.Sex) + " " + p.Left.String()
	}
	return name
}

func periodLabel(p Period) string {
	switch p.Kind {
	case Annual:
		return "год"
	case Exam:
		return "экзамен"
	case Final:
		return "итог"
	}
	return p.Short
}

// columns lists the columns of the sheet in the order of the subjects, and the
// column of each subject: subgroups share one.
func (j *ClassJournal) columns() (names []string, of []int) {
	at := map[string]int{}
	for _, s := range j.Subjects {
		name := s.Column
		if name == "" {
			name = s.Name
		}
		k, known := at[name]
		if !known {
			k = len(names)
			at[name] = k
			names = append(names, name)
		}
		of = append(of, k)
	}
	return names, of
}

// summaryPeriods leaves out examinations and final marks that nobody has.
func (j *ClassJournal) summaryPeriods() []int {
	var all []int
	for i := range j.Periods {
		for s := range j.Subjects {
			if j.shows(&j.Subjects[s], i) {
				all = append(all, i)
				break
			}
		}
	}
	return all
}

// results is by pupil, column and period. A pupil who changed the subgroup has
// two rows in one column; a later page fills what the earlier one left empty.
func (j *ClassJournal) results(columns []string, of []int) [][][]string {
	all := make([][][]string, len(j.Pupils))
	for i := range all {
		all[i] = make([][]string, len(columns))
		for c := range all[i] {
			all[i][c] = make([]string, len(j.Periods))
		}
	}
	for s := range j.Subjects {
		for r := range j.Subjects[s].Rows {
			m := &j.Subjects[s].Rows[r]
			for p := range j.Periods {
				if got := &all[m.Pupil][of[s]][p]; *got == "" {
					*got = m.result(p)
				}
			}
		}
	}
	return all
}

// headRoom is as high as the longest name in one line, within reason; longer
// names take two lines.
func headRoom(columns []string) float64 {
	room := 24.0
	for _, c := range columns {
		room = max(room, styleOf(Narrow, 9).width(c)+2)
	}
	return min(room, 42)
}

// fitHead chooses the largest type in which a subject's name fits its column in
// two lines at most.
func fitHead(name string, w, room float64) style {
	for _, size := range []float64{9, 8.5, 8, 7.5} {
		st := styleOf(Narrow, size)
		st.lead = size * 1.0 * mmPerPt
		most := max(int((w-0.6)/st.lead), 1)
		if len(st.wrap(name, room-1)) <= most {
			return st
		}
	}
	st := styleOf(Narrow, 7)
	st.lead = 7 * 0.95 * mmPerPt
	return st
}

// initials turns «Мамбетова Эльзара Рустемовна» into «Мамбетова Э. Р.».
func initials(full string) string {
	out, part := []rune{}, 0
	for i, r := range []rune(full) {
		if r == ' ' {
			part++
			continue
		}
		first := i > 0 && []rune(full)[i-1] == ' '
		switch {
		case part == 0:
			out = append(out, r)
		case first && r != '.':
			out = append(out, ' ', r, '.')
		}
	}
	return string(out)
}
