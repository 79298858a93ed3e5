package demo

import (
	"bytes"
	"encoding/xml"
	"fmt"
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
	var periods, subjects, teachers, rooms, classes, groups, lessons, cards []ascRecord
	for i, b := range bells() {
		n := fmt.Sprint(i + 1)
		periods = append(periods, ascRecord{"period", []string{"name", n, "short", n, "period", n, "starttime", clock(b[0]), "endtime", clock(b[1])}})
	}
	days := []ascRecord{}
	for i, name := range []string{"Понедельник", "Вторник", "Среда", "Четверг", "Пятница"} {
		days = append(days, ascRecord{"daysdef", []string{"id", fmt.Sprintf("*D%d", i+1), "name", name, "short", name[:4], "days", maskOf(i, 5)}})
	}
	weeks := []ascRecord{
		{"weeksdef", []string{"id", "*W0", "name", "Каждую неделю", "short", "Все", "weeks", "11"}},
		{"weeksdef", []string{"id", "*W1", "name", "Неделя А", "short", "А", "weeks", "10"}},
		{"weeksdef", []string{"id", "*W2", "name", "Неделя Б", "short", "Б", "weeks", "01"}},
	}
	subjectID, teacherID, classID, groupID := map[*subject]string{}, map[*member]string{}, map[*cohort]string{}, map[*group]string{}
	for i, sub := range curriculum {
		subjectID[sub] = fmt.Sprintf("*S%d", i+1)
		subjects = append(subjects, ascRecord{"subject", []string{"id", subjectID[sub], "name", sub.name, "short", sub.short}})
	}
	for i, m := range r.staff {
		if m.load == 0 {
			continue
		}
		teacherID[m] = fmt.Sprintf("*T%d", i+1)
		teachers = append(teachers, ascRecord{"teacher", []string{"id", teacherID[m], "firstname", m.First + " " + m.Middle, "lastname", m.Last, "name", m.Full(), "short", m.Last, "gender", "F"}})
		rooms = append(rooms, ascRecord{"classroom", []string{"id", "*R" + m.room, "name", m.room, "short", m.room}})
	}
	for i, g := range r.groups {
		switch g.Sort {
		case journal.SortClass:
			classID[g.cohort] = fmt.Sprintf("*C%d", i+1)
			classes = append(classes, ascRecord{"class", []string{"id", classID[g.cohort], "name", g.Name, "short", g.Name, "teacherid", teacherID[g.leader], "grade", ""}})
		case journal.SortSubgroup:
		default:
			continue
		}
		groupID[g] = fmt.Sprintf("*G%d", i+1)
		name, entire, division := "Весь класс", "1", "0"
		if g.Sort == journal.SortSubgroup {
			name, entire, division = g.part(), "0", "1"
			if strings.HasSuffix(name, "чики") || strings.HasSuffix(name, "вочки") {
				division = "2"
			}
		}
		groups = append(groups, ascRecord{"group", []string{"id", groupID[g], "name", name, "classid", classID[g.cohort], "entireclass", entire, "divisiontag", division, "studentids", ""}})
	}
	lessonID := map[*page]string{}
	for i, p := range r.pages {
		if groupID[p.group] == "" {
			continue
		}
		lessonID[p] = fmt.Sprintf("*L%d", i+1)
		lessons = append(lessons, ascRecord{"lesson", []string{
			"id", lessonID[p], "classids", classID[p.group.cohort], "subjectid", subjectID[p.subject], "periodspercard", "1",
			"periodsperweek", fmt.Sprintf("%d.%d", p.hours/100, p.hours%100/10), "teacherids", teacherID[p.teacher], "classroomids", "*R" + p.teacher.room, "groupids", groupID[p.group],
		}})
	}
	for _, g := range r.groups {
		w := r.weeks[g]
		if w == nil {
			continue
		}
		for i, a := range w.of {
			for _, pt := range a.parts {
				cards = append(cards, ascRecord{"card", []string{
					"lessonid", lessonID[pt.page], "period", fmt.Sprint(w.times[i].number), "days", maskOf(w.times[i].day-1, 5),
					"weeks", [...]string{"11", "10", "01"}[pt.week], "terms", "1", "classroomids", "*R" + pt.page.teacher.room,
				}})
			}
		}
	}
	return [][]ascRecord{periods, days, weeks, subjects, teachers, rooms, classes, groups, lessons, cards}
}

// maskOf is «00100» for the third of five.
func maskOf(i, n int) string { return strings.Repeat("0", i) + "1" + strings.Repeat("0", n-i-1) }

func clock(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
