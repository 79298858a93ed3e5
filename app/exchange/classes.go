package exchange

import (
	"fmt"
	"strings"

	"uchitelskaya/app/journal"
)

// className reads the class of a row, or that of the whole sheet. Where the two
// differ a person decides.
func (e *entry) className() (ClassName, bool) {
	cell := e.cell(Class)
	if cell == "" {
		if e.list.Class == (ClassName{}) {
			e.wrong(Class, "не указан класс")
			return ClassName{}, false
		}
		return e.list.Class, true
	}
	c, ok := ParseClass(cell)
	if !ok {
		e.wrong(Class, fmt.Sprintf("«%s» — не класс, нужно как 7-А", short(cell)))
		return c, false
	}
	sheet := e.list.Class
	if sheet == (ClassName{}) || sheet == c || sheet.Letter == "" && sheet.Grade == c.Grade {
		return c, true
	}
	id := "sheetclass|" + e.rowID()
	switch e.p.answers[id].Choice {
	case c.String():
		return c, true
	case sheet.String():
		return sheet, true
	}
	e.doubt(Class, id, fmt.Sprintf("список про %s, здесь написано %s", sheet, c),
		Choice{sheet.String(), "Записать в " + sheet.String()}, Choice{c.String(), "Записать в " + c.String()})
	return c, false
}

// class finds a class of the year or adds it. Lists of pupils say which classes
// there are; other files may add one only to a school without classes, or when
// a person says so.
func (e *entry) class(c ClassName, m Meaning) (journal.GroupID, bool) {
	p := e.p
	id := journal.ClassID(p.year, c.Grade, c.Letter)
	if p.stands(journal.KindGroup, journal.IDKey(id)) {
		return id, true
	}
	question := "class|" + c.String()
	if !p.newSchool && e.item.Thing != ThingPupil && p.answers[question].Choice != AddAnyway {
		e.doubt(m, question, fmt.Sprintf("класса %s в школе нет", c), Choice{AddAnyway, "Добавить " + c.String()})
		return id, false
	}
	return id, true
}

// addClass makes sure that a class is there.
func (p *planner) addClass(c ClassName, at Place) journal.GroupID {
	id := journal.ClassID(p.year, c.Grade, c.Letter)
	key := journal.IDKey(id)
	if !p.create(journal.KindGroup, key) {
		return id
	}
	p.set(journal.KindGroup, key, journal.GroupName, journal.TextValue(c.String()))
	p.set(journal.KindGroup, key, journal.GroupSort, journal.IntValue(int64(journal.SortClass)))
	p.set(journal.KindGroup, key, journal.GroupGrade, journal.IntValue(int64(c.Grade)))
	p.set(journal.KindGroup, key, journal.GroupLetter, journal.TextValue(c.Letter))
	p.added(ThingClass, at, c.String()+" класс", c.String())
	return id
}

// added enters something that a row brings with it into the table.
func (p *planner) added(t Thing, at Place, title, class string) {
	at.Column = ""
	p.plan.Items = append(p.plan.Items, Item{Place: at, Thing: t, Title: title, Class: class, Fate: Add})
}

// addGroup makes sure that a subgroup or an inter-class group is there.
func (p *planner) addGroup(sort journal.Sort, name string, parent journal.GroupID, grade int, at Place) journal.GroupID {
	name = clipRunes(name, 100)
	id := journal.NamedGroupID(p.year, sort, name)
	key := journal.IDKey(id)
	if !p.create(journal.KindGroup, key) {
		return id
	}
	p.set(journal.KindGroup, key, journal.GroupName, journal.TextValue(name))
	p.set(journal.KindGroup, key, journal.GroupSort, journal.IntValue(int64(sort)))
	if grade > 0 {
		p.set(journal.KindGroup, key, journal.GroupGrade, journal.IntValue(int64(grade)))
	}
	p.fill(journal.KindGroup, key, journal.GroupParent, journal.IDValue(parent))
	p.added(ThingGroup, at, name, "")
	return id
}

// subgroupName is «7-А, 1 группа» for what a file calls the group: «1», «гр. 1»,
// «1 группа», «мальчики»; empty for the whole class.
func subgroupName(class ClassName, called string) string {
	text := strings.Join(strings.Fields(cyrillic(called)), " ")
	words := journal.Normal(text)
	switch words {
	case "", "-", "–", "—", "нет", "все", "весь", "весь класс", "вся", "целый класс", "класс":
		return ""
	}
	for _, cut := range []string{"подгруппа", "группа", "подгр.", "подгр", "гр.", "гр", "№"} {
		words = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(words, cut), cut))
	}
	words = strings.Trim(words, " -.яй")
	if len(words) == 1 && words[0] >= '1' && words[0] <= '9' {
		text = words + " группа"
	}
	return class.String() + ", " + text
}

func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n]))
	}
	return s
}
