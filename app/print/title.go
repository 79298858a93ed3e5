package print

import "fmt"

// cover makes the title page: requisites above, what the volume is in the
// middle, how long it is kept below, all within a double frame.
func (v *volume) cover(what, whose, kept string) {
	pg, f := v.add()
	pg.Outline = "Титульный лист"
	box(pg, f.X, f.Y, f.W, f.H, 1.6)
	box(pg, f.X+1.4, f.Y+1.4, f.W-2.8, f.H-2.8, thin)
	mid, y := f.X+f.W/2, v.letterhead(pg, f)

	y = max(y+22, f.Y+f.H*0.40)
	big := styleOf(SerifBold, 30)
	for _, line := range big.wrap(what, f.W-20) {
		pg.text(mid, y, big, center, line)
		y += big.lead
	}
	mids := styleOf(Serif, 18)
	for _, line := range mids.wrap(whose, f.W-30) {
		pg.text(mid, y+2, mids, center, line)
		y += mids.lead + 1
	}
	y += 6
	pg.text(mid, y, mids, center, v.j.years()+" учебный год")
	y += 22
	label, name := styleOf(Serif, 12), styleOf(SerifBold, 13)
	pg.text(mid, y, label, center, "Классный руководитель")
	pg.text(mid, y+8, name, center, v.j.Teacher)
	pg.line(f.X+35, y+9.6, f.Right()-35, y+9.6, thin)
	pg.text(mid, y+13, footnote, center, "(фамилия, имя, отчество)")

	v.imprint(pg, f, kept)
}

// letterhead sets the school's requisites and returns the y below them.
func (v *volume) letterhead(pg *Page, f Frame) float64 {
	s, mid, y := &v.j.School, f.X+f.W/2, f.Y+8
	if s.Arms != nil {
		b := s.Arms.Bounds()
		h := 20.0
		w := h * float64(b.Dx()) / float64(max(b.Dy(), 1))
		pg.Images = append(pg.Images, Image{float32(mid - w/2), float32(y - 2), float32(w), float32(h), s.Arms})
		y += h + 3
	}
	small, name := styleOf(Serif, 11), styleOf(SerifBold, 14)
	y += 3
	if s.Region != "" {
		pg.text(mid, y, small, center, s.Region)
		y += 7
	}
	for _, line := range name.wrap(s.Name, f.W-16) {
		pg.text(mid, y, name, center, line)
		y += name.lead
	}
	pg.text(mid, y, footnote, center, "(наименование общеобразовательной организации)")
	y += 7
	if s.Place != "" {
		for _, line := range small.wrap(s.Place, f.W-16) {
			pg.text(mid, y, small, center, line)
			y += small.lead
		}
		pg.text(mid, y, footnote, center, "(населённый пункт, район, субъект Российской Федерации)")
		y += 6
	}
	pg.line(f.X+8, y-1, f.Right()-8, y-1, thin)
	y += 4
	st, half := styleOf(Sans, 8.5), f.W/2-11
	yl, yr := y, y
	for _, line := range s.codes() {
		for _, part := range st.wrap(line, half) {
			pg.text(f.X+8, yl, st, left, part)
			yl += st.lead
		}
	}
	for _, line := range s.contacts() {
		for _, part := range st.wrap(line, half) {
			pg.text(f.Right()-8, yr, st, right, part)
			yr += st.lead
		}
	}
	return max(yl, yr)
}

// imprint stands at the foot of the title page.
func (v *volume) imprint(pg *Page, f Frame, kept string) {
	st := styleOf(Serif, 11)
	y := f.Bottom() - 34
	for _, row := range [][2]string{
		{"Индекс дела по номенклатуре", v.j.Index},
		{"Начат", v.j.Begun.String()},
		{"Окончен", v.j.Ended.String()},
	} {
		pg.text(f.X+8, y, st, left, row[0])
		x := f.X + 8 + st.width(row[0]) + 2
		pg.line(x, y+1, f.X+92, y+1, thin)
		pg.text((x+f.X+92)/2, y, st, center, row[1])
		y += 8
	}
	pg.text(f.X+8, y, styleOf(SerifBold, 11), left, kept)
	v.seal(pg, f.Right()-8, f.Bottom()-8, 58)
}

// seal prints what ties the paper to the electronic journal: the code with its
// lower right corner at x, y, the text to the left of it within w.
func (v *volume) seal(pg *Page, x, y, w float64) {
	if code := v.j.Seal.Code; len(code) > 0 {
		const side = 28.0
		m := side / float64(len(code))
		for r, line := range code {
			runs(len(line), func(c int) bool { return line[c] }, func(a, b int) {
				pg.fill(x-side+float64(a)*m, y-side+float64(r)*m, float64(b-a)*m, m, 0)
			})
		}
		x -= side + 3
		w -= side + 3
	}
	lines := footnote.wrap(v.j.Seal.Text, w)
	for i, line := range lines {
		pg.text(x, y-float64(len(lines)-1-i)*footnote.lead, footnote, right, line)
	}
}

func (s *School) codes() (lines []string) {
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, label+value)
		}
	}
	add("ОКПО ", s.OKPO)
	add("ОГРН ", s.OGRN)
	switch {
	case s.INN != "" && s.KPP != "":
		add("ИНН/КПП ", s.INN+"/"+s.KPP)
	default:
		add("ИНН ", s.INN)
		add("КПП ", s.KPP)
	}
	return append(lines, s.Accounts...)
}

func (s *School) contacts() (lines []string) {
	for _, l := range [][2]string{{"", s.Address}, {"Телефон: ", s.Phone}, {"E-mail: ", s.Email}} {
		if l[1] != "" {
			lines = append(lines, l[0]+l[1])
		}
	}
	return lines
}

func box(pg *Page, x, y, w, h, width float64) {
	pg.line(x, y, x+w, y, width)
	pg.line(x, y+h, x+w, y+h, width)
	pg.line(x, y, x, y+h, width)
	pg.line(x+w, y, x+w, y+h, width)
}

// legend explains the signs and lists the terms. It takes the side that would
// otherwise be blank before the first spread.
func (v *volume) legend() {
	rows := []row{}
	for _, p := range v.j.Periods {
		when := ""
		if p.Kind == Term {
			when = fmt.Sprintf("%s – %s", p.From, p.To)
		}
		rows = append(rows, row{min: 7, cells: []cell{{text: p.Short}, {text: p.Long}, {text: when}}})
	}
	for i, s := range signs {
		rows = append(rows, row{min: 7, cells: []cell{{text: s[0]}, {text: s[1], span: 2}}})
		if i == 0 && len(v.j.Periods) > 0 {
			rows[len(rows)-2].heavy = true
		}
	}
	w := v.geo.Frame(v.next()).W
	t := &table{
		cols: []float64{30, w - 90, 60}, style: plain, pad: 2, air: 1.2, most: 10,
		head: []row{{min: 9, heavy: true, cells: []cell{{text: "В таблицах"}, {text: "Что означает"}, {text: "Сроки"}}}},
	}
	v.flow("Учебные периоды и условные обозначения", t, rows, 0)
}
