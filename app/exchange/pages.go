package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"uchitelskaya/app/journal"
)

// A pageWish is what a file says of a journal page.
type pageWish struct {
	group   journal.GroupID
	subject journal.Key
	hours   int // hundredths; 0: not said
	room    string
	teacher journal.StaffID // zero: not said
}

// page makes sure that a page is there as wished.
func (p *planner) page(w pageWish) (isNew bool, diffs []string) {
	key := journal.PageKey(w.group, w.subject)
	isNew = p.create(journal.KindPage, key)
	was := int(p.get(journal.KindPage, key, journal.PageHours).Int())
	if w.hours > 0 && p.set(journal.KindPage, key, journal.PageHours, journal.IntValue(int64(w.hours))) {
		diff := fmt.Sprintf("часов в неделю %s, было %s", hoursText(w.hours), hoursText(was))
		if was == 0 {
			diff = "добавим часы: " + hoursText(w.hours)
		}
		diffs = append(diffs, diff)
	}
	if p.fill(journal.KindPage, key, journal.PageRoom, journal.TextValue(w.room)) {
		diffs = append(diffs, "кабинет "+w.room)
	}
	if d := p.teach(journal.PageIDOf(key), w.teacher); d != "" {
		diffs = append(diffs, d)
	}
	return isNew, diffs
}

// teach gives a page to a teacher. Who taught it until now stops, unless this
// plan has named him for the page too.
func (p *planner) teach(page journal.PageID, teacher journal.StaffID) (diff string) {
	if teacher.IsZero() {
		return ""
	}
	if p.named[page] == nil {
		p.named[page] = map[journal.StaffID]bool{}
	}
	p.named[page][teacher] = true
	for _, a := range p.r.Teachers(page) {
		if a.Staff == teacher && (a.To == 0 || a.To >= p.on) {
			return ""
		}
	}
	since := p.start
	if len(p.r.Teachers(page)) > 0 {
		since = p.on
	}
	if !p.assign(journal.KindPageTeacher, journal.IDKey(page).ID(teacher), journal.PageTeacherTo, since) {
		return ""
	}
	return "учитель " + initials(p.people.all[teacher])
}

// release ends the work of teachers whom the files do not name for a page that
// they give to others.
func (p *planner) release() {
	pages := slices.SortedFunc(maps.Keys(p.named), func(a, b journal.PageID) int { return slices.Compare(a[:], b[:]) })
	for _, page := range pages {
		named := p.named[page]
		for _, a := range p.r.Teachers(page) {
			if named[a.Staff] || a.To != 0 && a.To < p.on {
				continue
			}
			key := journal.IDKey(page).ID(a.Staff).Date(a.From)
			if p.on > a.From {
				p.set(journal.KindPageTeacher, key, journal.PageTeacherTo, journal.DateValue(p.on-1))
			} else {
				p.remove(journal.KindPageTeacher, key)
			}
		}
	}
}

// initials is «А. С. Ковальчук».
func initials(n PersonName) string {
	return journal.Staff{Last: n.Last, First: n.First, Middle: n.Middle}.Initials()
}

// joinAll puts the pupils of a class into a group: all of them when the group is
// new, else only those who are new in the class; who was taken out stays out.
func (p *planner) joinAll(group, class journal.GroupID, isNew bool) {
	if isNew {
		for _, m := range p.r.Members(class, p.on, p.on) {
			if p.holds(journal.IDKey(class).ID(m.Pupil).Date(m.From)) {
				p.create(journal.KindMember, journal.IDKey(group).ID(m.Pupil).Date(max(m.From, p.start)))
			}
		}
	}
	for _, m := range p.joined[class] {
		p.create(journal.KindMember, journal.IDKey(group).ID(m.Pupil).Date(m.From))
	}
}

// holds reports whether a membership would go on.
func (p *planner) holds(member journal.Key) bool {
	till := p.get(journal.KindMember, member, journal.MemberTo).Date()
	return p.stands(journal.KindMember, member) && (till == 0 || till >= p.on)
}

// clipTitle cuts a subject's title to what its key holds.
func clipTitle(s string) string { return clipRunes(s, 90) }

// addSubject makes sure that a subject is there.
func (p *planner) addSubject(title, shortTitle string, at Place) journal.Key {
	key := journal.SubjectKey(title)
	if p.create(journal.KindSubject, key) {
		p.fill(journal.KindSubject, key, journal.SubjectName, journal.TextValue(title))
		p.added(ThingSubject, at, title, "")
		p.titles = append(p.titles, journal.Subject{Key: key, Name: title, Short: shortTitle})
	}
	if shortTitle = clipRunes(shortTitle, 30); p.get(journal.KindSubject, key, journal.SubjectShort).IsNull() && shortTitle != title {
		p.fill(journal.KindSubject, key, journal.SubjectShort, journal.TextValue(shortTitle))
	}
	return key
}

// knownSubject reports whether a subject may be taken as it is written: the
// school has it, or nothing like it. What looks like one of the school's
// subjects is asked about, and so is a title that stands for two.
func (p *planner) knownSubject(e *entry, title string) bool {
	if p.stands(journal.KindSubject, journal.SubjectKey(title)) || p.answers["subject|"+journal.Normal(title)].Choice == AddAnyway {
		return true
	}
	question, add := "subject|"+journal.Normal(title), Choice{AddAnyway, "Добавить предмет"}
	if strings.Contains(title, "/") {
		e.doubt(Subject, question, fmt.Sprintf("«%s» — это два предмета по очереди или один", short(title)), add)
		return false
	}
	for _, s := range p.titles {
		if alike(title, s.Name) || s.Short != "" && journal.Normal(title) == journal.Normal(s.Short) {
			e.doubt(Subject, question, fmt.Sprintf("предмета «%s» в школе нет, похож на «%s»", short(title), s.Name), add)
			return false
		}
	}
	return true
}

// alike reports whether one title may be the other, shortened or misspelt.
func alike(a, b string) bool {
	wa, wb := headWords(a), headWords(b)
	if len(wa) == 0 || len(wa) != len(wb) {
		return false
	}
	for i := range wa {
		x, y := wa[i], wb[i]
		if len(x) > len(y) {
			x, y = y, x
		}
		if x == y || len(x) >= 6 && strings.HasPrefix(y, x) || distance([]rune(x), []rune(y)) <= min(2, len([]rune(x))/4) {
			continue
		}
		return false
	}
	return true
}

// distance is how many letters must be changed, added or taken away to make one
// word of the other (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
