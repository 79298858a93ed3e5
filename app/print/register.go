package print

import "strconv"

// register prints «Общие сведения об обучающихся» over facing pages: the same
// rows go on to the right.
func (v *volume) register() {
	const title = "Общие сведения об обучающихся"
	st := styleOf(Narrow, 9)
	st.lead = 3.3
	w := v.geo.Frame(2).W
	l := &table{style: st, pad: 1.2, air: 0.4, cols: []float64{8, w - 8 - 20 - 20 - 10 - 52, 20, 20, 10, 52}}
	l.head = []row{{min: 12, heavy: true, cells: centred(
		"№\nп/п", "Фамилия, имя, отчество", "№ личного дела", "Дата рождения", "Пол", "Дата зачисления, № приказа; откуда прибыл")}}
	r := &table{style: st, pad: 1.2, air: 0.4, cols: []float64{8, 40, 52, 28, w - 128}}
	r.head = []row{{min: 12, heavy: true, cells: centred(
		"№\nп/п", "Дата выбытия, № приказа; куда", "Фамилия, имя, отчество родителей (законных представителей)", "Телефон", "Домашний адрес")}}

	lefts, rights := make([]row, len(v.j.Pupils)), make([]row, len(v.j.Pupils))
	for i := range v.j.Pupils {
		p := &v.j.Pupils[i]
		n := cell{text: strconv.Itoa(i + 1), align: center}
		lefts[i] = row{min: 7, cells: []cell{
			n,
			{text: p.fullName()},
			{text: p.File, align: center},
			{text: p.Born.String(), align: center},
			{text: p.Sex, align: center},
			{text: dated(p.Came.String(), p.CameBy)},
		}}
		rights[i] = row{min: 7, cells: []cell{
			n, {text: dated(p.Left.String(), p.LeftBy)}, {text: p.Parents}, {text: p.Phone}, {text: p.Address},
		}}
	}
	heights := l.measure(lefts)
	for i, h := range r.measure(rights) {
		heights[i] = max(heights[i], h)
	}
	lh, rh := l.measure(l.head), r.measure(r.head)
	head := max(lh[0], rh[0])
	lh[0], rh[0] = head, head
	room := v.geo.Frame(2).H - 9 - head
	for i, part := range split(lefts, heights, room) {
		name := title
		if i > 0 {
			name += " (продолжение)"
		}
		own := append([]float64(nil), heights[part[0]:part[1]]...)
		stretch(own, room, 8.5)
		for _, side := range []struct {
			t    *table
			head []float64
			rows []row
		}{{l, lh, lefts}, {r, rh, rights}} {
			pg, f := v.add()
			y := side.t.draw(pg, f.X, v.title(pg, f, name), side.t.head, side.head)
			side.t.draw(pg, f.X, y, side.rows[part[0]:part[1]], own)
		}
	}
}

func (p *Pupil) fullName() string {
	if p.FullName != "" {
		return p.FullName
	}
	return p.Name
}

func dated(date, text string) string {
	if date == "" || text == "" {
		return date + text
	}
	return date + ", " + text
}

// centred makes the cells of a head.
func centred(texts ...string) []cell {
	cells := make([]cell, len(texts))
	for i, t := range texts {
		cells[i] = cell{text: t, align: center, style: &headStyle}
	}
	return cells
}

// upright makes cells of a head that run upwards.
func upright(texts ...string) []cell {
	cells := centred(texts...)
	for i := range cells {
		cells[i].up = true
	}
	return cells
}
