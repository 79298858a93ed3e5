package exchange

import (
	"fmt"
	"strings"

	"uchitelskaya/app/journal"
)

// pupilRow is one row of a list of pupils.
type pupilRow struct {
	*entry
	name    PersonName
	born    journal.Date
	class   ClassName
	group   journal.GroupID
	since   journal.Date // in the class; the first of September unless the file says later
	move    journal.Date // the day of a move between classes
	sex     string
	values  map[journal.FieldNo]string // texts that the file has
	orderIn string
}

// takePupils plans lists of pupils: first every row by itself, then the rows
// against each other and against the school.
func (p *planner) takePupils(lists []*List) {
	var rows []*pupilRow
	for _, l := range lists {
		for _, r := range l.Rows {
			if row := p.pupilRow(l, r); row != nil && !row.ended {
				rows = append(rows, row)
			}
		}
	}
	rows = onePupilOneRow(rows)
	m := p.matchPupils(rows)
	for _, row := range rows {
		if !row.ended {
			p.writePupil(row, m)
		}
	}
}

// pupilRow reads one row; nil for a row that holds no pupil and says nothing.
func (p *planner) pupilRow(l *List, r Row) *pupilRow {
	row := &pupilRow{entry: p.entry(l, r, ThingPupil), values: map[journal.FieldNo]string{}}
	if l.blank(r, PupilList) {
		return nil
	}
	row.name = row.entry.name()
	row.item.Title = row.name.Full()
	if c, ok := ParseClass(row.cell(Class)); ok {
		row.item.Class = c.String()
	} else {
		row.item.Class = l.Class.String()
	}
	row.nameFits(journal.KindPupil, journal.PupilLast, journal.PupilFirst, journal.PupilMiddle)
	row.readBorn()
	if c, ok := row.className(); ok {
		row.class, row.item.Class = c, c.String()
		row.group, _ = row.entry.class(c, Class)
	}
	sex, ok := parseSex(row.cell(Sex))
	if row.sex = sex; !ok {
		row.wrong(Sex, fmt.Sprintf("«%s» — не пол, нужно «м» или «ж»", short(row.cell(Sex))))
	}
	row.readSince()
	for m, f := range map[Meaning]journal.FieldNo{PersonalFile: journal.PupilFile, Address: journal.PupilAddress, Phone: journal.PupilPhone, Parents: journal.PupilParents} {
		if text := row.cell(m); text != "" && row.fits(m, journal.KindPupil, f, text) {
			row.values[f] = text
		}
	}
	if row.orderIn = row.cell(OrderIn); !row.fits(OrderIn, journal.KindMember, journal.MemberOrderIn, row.orderIn) {
		row.orderIn = ""
	}
	return row
}

// blank reports whether a row has nothing in the columns that are taken: a
// number printed beforehand, a signature below the list.
func (l *List) blank(r Row, sort ListSort) bool {
	for _, c := range l.Columns {
		for _, m := range taken[sort] {
			if c.Meaning == m && m != Skipped && r.Cell(c.At) != "" {
				return false
			}
		}
	}
	return true
}

// nameFits checks the parts of a person's name.
func (e *entry) nameFits(k journal.Kind, last, first, middle journal.FieldNo) {
	n, m := e.name(), e.nameColumn()
	firstColumn := m
	if e.list.has(First) {
		firstColumn = First
	}
	if r, bad := badName(n.Full()); bad {
		e.wrong(m, fmt.Sprintf("в имени стоит знак «%c»", r))
	}
	switch {
	case n.Last == "":
		e.wrong(m, "нет фамилии")
	case n.First == "":
		e.wrong(firstColumn, "нет имени")
	case n.initials():
		e.wrong(firstColumn, "вместо имени только буква, нужно имя целиком")
	}
	e.fits(m, k, last, n.Last)
	e.fits(firstColumn, k, first, n.First)
	e.fits(m, k, middle, n.Middle)
}

// readBorn reads the date of birth. Pupils are between 4 and 25 years old.
func (r *pupilRow) readBorn() {
	text := r.cell(Born)
	if text == "" {
		return
	}
	d, err := ParseDate(text, r.list.Sheet.Epoch)
	if err != nil {
		r.wrong(Born, err.Error())
		return
	}
	r.born, r.item.Born = d, d
	if age := int(r.p.year) - d.Year(); age < 4 || age > 25 {
		r.wrong(Born, fmt.Sprintf("родился %s, проверьте год", d))
	}
}

// readSince reads from when the pupil is in the class. Who came in earlier
// years is there from 1 September.
func (r *pupilRow) readSince() {
	r.since, r.move = r.p.start, r.p.on
	text := r.cell(Enrolled)
	if text == "" {
		return
	}
	d, err := ParseDate(text, r.list.Sheet.Epoch)
	if err != nil {
		r.wrong(Enrolled, err.Error())
		return
	}
	_, end := journal.YearBounds(r.p.year)
	if d > end {
		r.wrong(Enrolled, fmt.Sprintf("зачислен %s, это позже конца учебного года", d))
		return
	}
	if d > r.p.start {
		r.since, r.move = d, d
	}
}

// writePupil sets what a row says of a pupil who is known now.
func (p *planner) writePupil(row *pupilRow, m *matched) {
	id, isNew, ok := m.of(row)
	if !ok || row.ended {
		return
	}
	moved, ok := p.joinClass(row, id)
	if !ok {
		return
	}
	diffs := moved
	key := journal.IDKey(id)
	was, _ := p.r.Pupil(id)
	back := p.create(journal.KindPupil, key) && !isNew
	set := func(f journal.FieldNo, v journal.Value, diff string) {
		if p.fill(journal.KindPupil, key, f, v) {
			diffs = append(diffs, diff)
		}
	}
	name := func(f journal.FieldNo, was, now, added string) {
		diff := fmt.Sprintf("сейчас «%s», в файле «%s»", was, now)
		if was == "" {
			diff = added
		}
		set(f, journal.TextValue(now), diff)
	}
	name(journal.PupilLast, was.Last, row.name.Last, "добавим фамилию")
	name(journal.PupilFirst, was.First, row.name.First, "добавим имя")
	name(journal.PupilMiddle, was.Middle, row.name.Middle, "добавим отчество")
	born := "новая дата рождения, была " + was.Born.String()
	if was.Born == 0 {
		born = "добавим дату рождения"
	}
	set(journal.PupilBorn, journal.DateValue(row.born), born)
	set(journal.PupilSex, journal.TextValue(row.sex), "пол")
	for _, f := range []journal.FieldNo{journal.PupilFile, journal.PupilAddress, journal.PupilPhone, journal.PupilParents} {
		set(f, journal.TextValue(row.values[f]), map[journal.FieldNo]string{
			journal.PupilFile: "новый номер личного дела", journal.PupilAddress: "новый адрес",
			journal.PupilPhone: "новый телефон", journal.PupilParents: "новые сведения о родителях",
		}[f])
	}
	var lacks []string
	if row.name.Middle == "" {
		lacks = append(lacks, "отчества")
	}
	if row.born == 0 {
		lacks = append(lacks, "даты рождения")
	}
	remark := ""
	if len(lacks) > 0 {
		remark = "нет " + strings.Join(lacks, " и ") + ", можно добавить позже"
	}
	if back {
		diffs = append(diffs, "вернём в школу")
	}
	row.written(isNew, diffs, remark)
}

// joinClass puts a pupil into the class of the row. Who is in another class of
// the year is moved only when a person says so.
func (p *planner) joinClass(row *pupilRow, id journal.PupilID) (diffs []string, ok bool) {
	since := row.since
	for _, old := range p.r.MemberOf(id) {
		g, _ := p.r.Group(old.Group)
		if g.Sort != journal.SortClass || g.Removed || old.To != 0 && old.To < row.move {
			continue
		}
		if old.Group == row.group {
			p.setOrder(journal.IDKey(old.Group).ID(id).Date(old.From), row)
			return nil, true
		}
		question := "move|" + row.rowID()
		if row.p.answers[question].Choice != "move" {
			row.doubt(Class, question, fmt.Sprintf("такой ученик уже есть в классе %s", g.Name),
				Choice{"move", "Перевести в " + row.class.String()}, Choice{"new", "Другой ученик"})
			return nil, false
		}
		key := journal.IDKey(old.Group).ID(id).Date(old.From)
		if row.move > old.From {
			p.set(journal.KindMember, key, journal.MemberTo, journal.DateValue(row.move-1))
			since = row.move
		} else {
			p.remove(journal.KindMember, key)
		}
		diffs = append(diffs, fmt.Sprintf("переведём из %s в %s", g.Name, row.class))
	}
	group := p.addClass(row.class, row.item.Place)
	key := journal.IDKey(group).ID(id).Date(since)
	if till := p.get(journal.KindMember, key, journal.MemberTo).Date(); till != 0 && till < row.move {
		key = journal.IDKey(group).ID(id).Date(row.move) // was here, left, comes back
	}
	if p.create(journal.KindMember, key) {
		p.joined[group] = append(p.joined[group], journal.Membership{Group: group, Pupil: id, From: since})
		if diffs == nil {
			diffs = append(diffs, "запишем в "+row.class.String())
		}
	}
	p.setOrder(key, row)
	return diffs, true
}

func (p *planner) setOrder(member journal.Key, row *pupilRow) {
	p.fill(journal.KindMember, member, journal.MemberOrderIn, journal.TextValue(row.orderIn))
}
