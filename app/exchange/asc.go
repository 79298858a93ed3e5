package exchange

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"uchitelskaya/app/journal/fault"
)

// maxElements bounds the elements of a timetable; 60 classes have some 5,000.
const maxElements = 300_000

func startsXML(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "<") }

// readTimetable reads the XML of aSc Timetables. Sections come in any order,
// columns that are not known are passed over.
func readTimetable(name, text string) (*Timetable, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // the text is UTF-8 already
	t := &Timetable{File: name}
	for n, root := 0, true; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, damaged(name, err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if root && e.Name.Local != "timetable" {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("В файле «%s» нет расписания aSc Timetables. Выгрузите его из программы как «aSc Timetables XML».", name))
		}
		if n, root = n+1, false; n > maxElements {
			return nil, tooLarge(name, "слишком много записей")
		}
		line, _ := d.InputPos()
		t.element(element{e, line})
	}
	if len(t.Lessons)+len(t.Cards)+len(t.Classes) == 0 {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("В файле «%s» нет ни классов, ни уроков.", name))
	}
	return t, nil
}

// element is an opening tag and the line on which it ends.
type element struct {
	xml.StartElement
	line int
}

// attr is an attribute's text, empty when there is none.
func (e element) attr(names ...string) string {
	for _, name := range names {
		for _, a := range e.Attr {
			if a.Name.Local == name && strings.TrimSpace(a.Value) != "" {
				return tidy(a.Value)
			}
		}
	}
	return ""
}

// list cuts a comma list of ids.
func (e element) list(names ...string) []string {
	var out []string
	for _, id := range strings.Split(e.attr(names...), ",") {
		if id = strings.TrimSpace(id); id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func (e element) number(name string) int { return number(e.attr(name)) }

func (e element) ref() Ref {
	return Ref{ID: e.attr("id"), Name: e.attr("name", "short"), Short: e.attr("short"), Line: e.line}
}

// element takes in one tag; tags of other sections are passed over.
func (t *Timetable) element(e element) {
	switch e.Name.Local {
	case "period":
		start, ok := clock(e.attr("starttime"))
		end, ok2 := clock(e.attr("endtime"))
		if no, err := strconv.Atoi(e.attr("period")); err == nil && ok && ok2 && no >= 0 && no <= maxPeriod {
			t.Periods = append(t.Periods, Period{no, start, end})
		}
	case "weeksdef":
		t.Weeks = max(t.Weeks, maskWidth(e.attr("weeks")))
	case "termsdef":
		t.Terms = max(t.Terms, maskWidth(e.attr("terms")))
	case "subject":
		t.Subjects = append(t.Subjects, e.ref())
	case "classroom":
		t.Rooms = append(t.Rooms, e.ref())
	case "teacher":
		p := PersonName{Last: part(e.attr("lastname"))}
		if p.Last == "" {
			p = ParseName(e.attr("name", "short"))
		} else if rest := strings.Fields(strings.ReplaceAll(cyrillic(e.attr("firstname")), ".", ". ")); len(rest) > 0 {
			p.First, p.Middle = caps(rest[0]), strings.Join(rest[1:], " ")
		}
		t.Teachers = append(t.Teachers, TimetableTeacher{Ref: e.ref(), Person: p})
	case "class":
		t.Classes = append(t.Classes, TimetableClass{Ref: e.ref(), Grade: e.number("grade"), Teacher: e.attr("teacherid")})
	case "group":
		t.Groups = append(t.Groups, TimetableGroup{
			Ref: e.ref(), Class: e.attr("classid"), Entire: e.attr("entireclass") == "1", Division: e.attr("divisiontag"),
		})
	case "lesson":
		perWeek, err := strconv.ParseFloat(strings.ReplaceAll(e.attr("periodsperweek"), ",", "."), 64)
		if err != nil || !(perWeek >= 0 && perWeek <= 100) {
			perWeek = 0
		}
		t.Lessons = append(t.Lessons, TimetableLesson{
			ID: e.attr("id"), Subject: e.attr("subjectid"), Classes: e.list("classids", "classid"), Groups: e.list("groupids", "groupid"),
			Teachers: e.list("teacherids", "teacherid"), RoomIDs: e.list("classroomids", "classroomid"),
			PerCard: min(max(1, e.number("periodspercard")), maxPeriod), PerWeek: perWeek, Line: e.line,
		})
	case "card":
		t.Cards = append(t.Cards, Card{
			Lesson: e.attr("lessonid"), Period: e.number("period"), Days: mask(e.attr("days", "day")), Weeks: mask(e.attr("weeks")),
			Terms: mask(e.attr("terms")), RoomIDs: e.list("classroomids", "classroomid"), Line: e.line,
		})
		t.Weeks, t.Terms = max(t.Weeks, maskWidth(e.attr("weeks"))), max(t.Terms, maskWidth(e.attr("terms")))
	}
}

// maxPeriod is the greatest lesson number of a day.
const maxPeriod = 20

// mask reads «10», «01000» or a comma list of such: any of them.
func mask(s string) uint32 {
	var out uint32
	for _, m := range strings.Split(s, ",") {
		for i := range maskBits(strings.TrimSpace(m)) {
			out |= 1 << i
		}
	}
	return out
}

// maskBits yields the places of the ones in a mask.
func maskBits(m string) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < len(m) && i < 32; i++ {
			if m[i] == '1' && !yield(i) {
				return
			}
		}
	}
}

// maskWidth is the length of the longest mask of a list.
func maskWidth(s string) int {
	width := 0
	for _, m := range strings.Split(s, ",") {
		if m = strings.TrimSpace(m); strings.Trim(m, "01") == "" {
			width = max(width, len(m))
		}
	}
	return width
}

// clock reads «8:30» as minutes after midnight.
func clock(s string) (int, bool) {
	h, m, ok := strings.Cut(s, ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return 0, false
	}
	return hour*60 + minute, true
}
