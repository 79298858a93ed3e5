package print

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"uchitelskaya/app/journal/fault"
)

// substitutes stand in for characters that the fonts lack, where the meaning
// stays. They are applied only on a miss.
var substitutes = map[rune]string{
	'\u202f': "\u00a0", '\u2009': "\u00a0", '\u2007': "\u00a0", '\u2002': " ", '\u2003': " ",
	'\u2010': "-", '\u2011': "-", '\u2012': "–", '\u2015': "—", '\u2212': "–", '\u2043': "-",
	'\u2713': "да", '\u2714': "да", '\u2611': "да", '\u2032': "'", '\u2033': "\"", '\u2215': "/",
	'\u200b': "", '\u200c': "", '\u200d': "", '\u2060': "", '\ufeff': "", '\ufe0f': "",
	'\t': " ", '\r': "", '\v': " ", '\f': " ", '\u2028': "\n", '\u2029': "\n", '\u0085': "\n",
}

const softHyphen = '\u00ad'

// unknown takes the place of what cannot be printed at all; the notes say where.
const unknown = '?'

// A proof reads every text before it is laid out. gopdf would drop a character
// without a glyph in silence; here it becomes a note.
type proof struct {
	notes []string
	seen  map[string]string
}

// read returns s as it can be printed. where names the place in Russian.
func (p *proof) read(where, s string) string {
	if printable(s) {
		return s
	}
	if done, ok := p.seen[s]; ok {
		return done
	}
	notes := len(p.notes)
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		sub, known := substitutes[r]
		switch {
		case r == softHyphen: // some fonts draw it; own wrapping never breaks there
		case r == '\n' || Narrow.has(r) && Serif.has(r) && Sans.has(r):
			b.WriteRune(r)
		case known:
			b.WriteString(sub)
		case unicode.IsControl(r):
		default:
			b.WriteRune(unknown)
			p.notes = append(p.notes, fmt.Sprintf("%s: знак «%c» (U+%04X) не печатается, вместо него стоит «%c».", where, r, r, unknown))
		}
	}
	done := b.String()
	if len(p.notes) == notes { // a text with a note is named at every place
		p.seen[s] = done
	}
	return done
}

// printable is the quick answer for ordinary text.
func printable(s string) bool {
	t, serif, sans := Narrow.face(), Serif.face(), Sans.face()
	for _, r := range s {
		if r >= dense || r == softHyphen || t.glyph[r] == 0 || serif.glyph[r] == 0 || sans.glyph[r] == 0 {
			return r == '\n' && !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && (r >= dense || t.glyph[r] == 0) })
		}
	}
	return true
}

// printable returns a copy of which every text can be printed, and the notes.
func (j *ClassJournal) printable() (*ClassJournal, []string) {
	p := &proof{seen: map[string]string{}}
	c := *j
	fix := func(where string, texts ...*string) {
		for _, s := range texts {
			*s = p.read(where, *s)
		}
	}
	s := &c.School
	fix("Сведения о школе", &s.Region, &s.Name, &s.Short, &s.Place, &s.OKPO, &s.OGRN, &s.INN, &s.KPP,
		&s.Address, &s.Phone, &s.Email, &s.HeadTitle, &s.Head)
	s.Accounts = append([]string(nil), s.Accounts...)
	for i := range s.Accounts {
		fix("Сведения о школе", &s.Accounts[i])
	}
	fix("Класс", &c.Class, &c.Teacher, &c.Index, &c.Seal.Text)
	c.Periods = append([]Period(nil), c.Periods...)
	for i := range c.Periods {
		fix("Учебный период", &c.Periods[i].Short, &c.Periods[i].Long)
	}
	c.Pupils = append([]Pupil(nil), c.Pupils...)
	for i := range c.Pupils {
		x := &c.Pupils[i]
		fix("Обучающийся "+x.Name, &x.Name, &x.FullName, &x.File, &x.Sex, &x.CameBy, &x.LeftBy, &x.Parents, &x.Phone, &x.Address, &x.Decision)
	}
	c.Remarks = append([]Remark(nil), c.Remarks...)
	for i := range c.Remarks {
		x := &c.Remarks[i]
		fix("Замечание от "+x.Date.String(), &x.Text, &x.By, &x.Done)
	}
	c.Subjects = append([]Subject(nil), c.Subjects...)
	for i := range c.Subjects {
		p.subject(&c, &c.Subjects[i])
	}
	return &c, p.notes
}

func (p *proof) subject(j *ClassJournal, s *Subject) {
	name := s.Name
	s.Name, s.Column, s.Teacher = p.read("Предмет "+name, s.Name), p.read("Предмет "+name, s.Column), p.read("Предмет "+name, s.Teacher)
	s.Lessons = append([]Lesson(nil), s.Lessons...)
	for i := range s.Lessons {
		l := &s.Lessons[i]
		if printable(l.Topic) && printable(l.Homework) && printable(l.Substitute) {
			continue
		}
		at := name + ", урок " + l.Date.String()
		l.Topic, l.Homework, l.Substitute = p.read(at+", тема", l.Topic), p.read(at+", домашнее задание", l.Homework), p.read(at+", замена", l.Substitute)
	}
	s.Rows = append([]PupilMarks(nil), s.Rows...)
	for i := range s.Rows {
		r := &s.Rows[i]
		who := name + ", " + j.Pupils[r.Pupil].Name
		r.Results, r.Cells = append([]string(nil), r.Results...), append([]Cell(nil), r.Cells...)
		for k := range r.Results {
			r.Results[k] = p.read(who, r.Results[k])
		}
		for k := range r.Cells {
			r.Cells[k].Mark, r.Cells[k].Absence = p.read(who, r.Cells[k].Mark), p.read(who, r.Cells[k].Absence)
		}
	}
}

// check refuses values that point at pupils who are not there and dates out of
// order: a page with the wrong name beside a mark must not exist.
func (j *ClassJournal) check() error {
	bad := func(format string, a ...any) error {
		return fault.Wrap(fault.Invalid, "Журнал класса "+j.Class+" не удаётся разложить по страницам. Сообщите администратору школы.", fmt.Errorf(format, a...))
	}
	for i := 1; i < len(j.Periods); i++ {
		if j.Periods[i].To < j.Periods[i-1].To {
			return bad("period %d ends before the one before it", i)
		}
	}
	for _, s := range j.Subjects {
		for i := 1; i < len(s.Lessons); i++ {
			if s.Lessons[i].Date < s.Lessons[i-1].Date {
				return bad("subject %q: lesson %d is earlier than the one before it", s.Name, i)
			}
		}
		for _, r := range s.Rows {
			if r.Pupil < 0 || r.Pupil >= len(j.Pupils) {
				return bad("subject %q: no pupil %d", s.Name, r.Pupil)
			}
		}
	}
	for _, a := range j.Absences {
		if a.Pupil < 0 || a.Pupil >= len(j.Pupils) {
			return bad("absence of %s: no pupil %d", a.Date, a.Pupil)
		}
	}
	for i := 1; i < len(j.Absences); i++ {
		if j.Absences[i].Date < j.Absences[i-1].Date {
			return bad("absence %d is earlier than the one before it", i)
		}
	}
	for i := 1; i < len(j.SchoolDays); i++ {
		if j.SchoolDays[i] <= j.SchoolDays[i-1] {
			return bad("school day %d is not later than the one before it", i)
		}
	}
	return nil
}

// fail stops the press with a sentence for the person.
func (p *press) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

func tooLong(s *Subject, it item) error {
	where := s.Name
	if it.lesson >= 0 {
		where += ", урок " + s.Lessons[it.lesson].Date.String()
	}
	return fault.New(fault.TooLarge, where+": тема или домашнее задание длиннее страницы. Сократите текст в журнале и напечатайте снова.")
}
