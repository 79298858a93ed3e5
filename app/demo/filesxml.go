package demo

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"uchitelskaya/app/journal"
)

// ascRecord is one record of a section: attributes in the order of the columns.
type ascRecord struct {
	name  string
	attrs []string // name, value, name, value …
}

// timetableXML is the year's timetable as aSc Timetables exports it: in
// windows-1251, one lesson a page, one card a lesson of the week.
func (r *run) timetableXML() ([]byte, error) {
	var buf bytes.Buffer
	b := charmap.Windows1251.NewEncoder().Writer(&buf)
	fmt.Fprint(b, "<?xml version=\"1.0\" encoding=\"windows-1251\"?>\r\n"+
		"<timetable ascttversion=\"2012.3.1\" importtype=\"database\" options=\"idprefix:MyApp,daynumbering1\" displayname=\"aSc Timetables 2012 XML\" displaycountries=\"ru\">\r\n")
	for _, section := range r.ascSections() {
		if len(section) == 0 {
			continue
		}
		var columns []string
		for i := 0; i < len(section[0].attrs); i += 2 {
			columns = append(columns, section[0].attrs[i])
		}
		plural := strings.TrimSuffix(section[0].name, "s") + "s"
		if section[0].name == "class" {
			plural = "classes"
		}
		fmt.Fprintf(b, "   <%s options=\"canadd\" columns=%q>\r\n", plural, strings.Join(columns, ","))
		for _, rec := range section {
			fmt.Fprintf(b, "      <%s", rec.name)
			for i := 0; i < len(rec.attrs); i += 2 {
				fmt.Fprintf(b, " %s=\"", rec.attrs[i])
				if err := xml.EscapeText(b, []byte(rec.attrs[i+1])); err != nil {
					return nil, fmt.Errorf("write timetable: %w", err)
				}
				fmt.Fprint(b, "\"")
			}
			fmt.Fprint(b, "/>\r\n")
		}
		fmt.Fprintf(b, "   </%s>\r\n", plural)
	}
	fmt.Fprint(b, "</timetable>\r\n")
	return buf.Bytes(), nil
}

// ascSections are the records of the timetable, section by section.
func (r *run) ascSections() [][]ascRecord {
	var periods, subjects, teachers, rooms []ascRecord
	for i, b := range bells() {
		n := fmt.Sprint(i + 1)
		periods = append(periods, ascRecord{"period", []string{"name", n, "short", n, "period", n, "starttime", clock(b[0]), "endtime", clock(b[1])}})
	}
	for _, sub := range curriculum {
		subjects = append(subjects, ascRecord{"subject", []string{"id", r.ascSubject(sub), "name", sub.name, "short", sub.short}})
	}
	for _, m := range r.staff {
		if m.load == 0 {
			continue
		}
		teachers = append(teachers, ascRecord{"teacher", []string{
			"id", m.asc(), "firstname", m.First + " " + m.Middle, "lastname", m.Last, "name", m.Full(), "short", m.Last, "gender", "F",
		}})
		rooms = append(rooms, ascRecord{"classroom", []string{"id", m.ascRoom(), "name", m.room, "short", m.room}})
	}
	return append([][]ascRecord{periods, ascDays(), ascWeeks, subjects, teachers, rooms}, r.ascLessons()...)
}

func ascDays() (out []ascRecord) {
	for i, name := range []string{"Понедельник", "Вторник", "Среда", "Четверг", "Пятница"} {
		out = append(out, ascRecord{"daysdef", []string{"id", fmt.Sprintf("*D%d", i+1), "name", name, "short", string([]rune(name)[:2]), "days", maskOf(i, 5)}})
	}
	return out
}

var ascWeeks = []ascRecord{
	{"weeksdef", []string{"id", "*W0", "name", "Каждую неделю", "short", "Все", "weeks", "11"}},
	{"weeksdef", []string{"id", "*W1", "name", "Неделя А", "short", "А", "weeks", "10"}},
	{"weeksdef", []string{"id", "*W2", "name", "Неделя Б", "short", "Б", "weeks", "01"}},
}

// ascLessons are the sections of classes, groups, lessons and cards.
func (r *run) ascLessons() [][]ascRecord {
	var classes, groups, lessons, cards []ascRecord
	for _, g := range r.groups {
		name, entire, division := "Весь класс", "1", "0"
		switch g.Sort {
		case journal.SortClass:
			classes = append(classes, ascRecord{"class", []string{"id", g.cohort.asc(), "name", g.Name, "short", g.Name, "teacherid", g.leader.asc(), "grade", ""}})
		case journal.SortSubgroup:
			name, entire, division = g.part(), "0", "1"
			if name == girls || name == boys {
				division = "2"
			}
		default:
			continue
		}
		groups = append(groups, ascRecord{"group", []string{
			"id", g.asc(), "name", name, "classid", g.cohort.asc(), "entireclass", entire, "divisiontag", division, "studentids", "",
		}})
		for _, p := range g.pages {
			lessons = append(lessons, ascRecord{"lesson", []string{
				"id", r.ascLesson(p), "classids", g.cohort.asc(), "subjectid", r.ascSubject(p.subject), "periodspercard", "1",
				"periodsperweek", fmt.Sprintf("%d.%d", p.hours/100, p.hours%100/10), "teacherids", p.teacher.asc(), "classroomids", p.teacher.ascRoom(), "groupids", g.asc(),
			}})
		}
		if w := r.weeks[g]; w != nil {
			for i, a := range w.of {
				cards = append(cards, r.ascCards(a, w.times[i])...)
			}
		}
	}
	return [][]ascRecord{classes, groups, lessons, cards}
}

func (r *run) ascCards(a *activity, m moment) (out []ascRecord) {
	for _, p := range a.parts {
		out = append(out, ascRecord{"card", []string{
			"lessonid", r.ascLesson(p.page), "period", fmt.Sprint(m.number), "days", maskOf(m.day-1, 5),
			"weeks", [...]string{"11", "10", "01"}[p.week], "terms", "1", "classroomids", p.page.teacher.ascRoom(),
		}})
	}
	return out
}

// The ids of the records.

func (r *run) ascSubject(s *subject) string {
	return fmt.Sprintf("*S%d", slices.Index(curriculum, s)+1)
}

func (r *run) ascLesson(p *page) string { return fmt.Sprintf("*L%d", slices.Index(r.pages, p)+1) }
func (m *member) asc() string           { return "*T" + m.room }
func (m *member) ascRoom() string       { return "*R" + m.room }
func (c *cohort) asc() string {
	return "*C" + fmt.Sprint(c.entry) + latin.Replace(strings.ToLower(c.letter))
}
func (g *group) asc() string { return "*G" + fmt.Sprintf("%x", g.ID[:4]) }

// maskOf is «00100» for the third of five.
func maskOf(i, n int) string { return strings.Repeat("0", i) + "1" + strings.Repeat("0", n-i-1) }

func clock(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
