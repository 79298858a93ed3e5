package demo

import (
	"cmp"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// begin sets up the school: what a server's first start, the administrator and
// the deputy write before the first school year.
func (r *run) begin() {
	r.taught, r.rules = map[string]*member{}, journal.NewRoster(r.first).Rules()
	start := r.Begins()
	admin, deputy, director := r.who(journal.RoleAdministrator), r.who(journal.RoleDeputy), r.who(journal.RoleDirector)

	r.write(journal.Register, journal.StaffID{}, at(start, 9*60), slices.Concat(
		r.schoolRow(director), admin.rows(),
		[]commit.Change{commit.Set(journal.KindRole, roleKey(admin, start), journal.RoleGivenBy, journal.IDValue(admin.ID))},
	)...)
	var staff, roles []commit.Change
	for _, m := range r.staff {
		if m != admin {
			staff = append(staff, m.rows()...)
		}
		if m.post.role != 0 && m != admin {
			roles = append(roles, commit.Set(journal.KindRole, roleKey(m, start), journal.RoleGivenBy, journal.IDValue(admin.ID)))
		}
	}
	r.write(journal.Register, admin.ID, at(start, 9*60+40), staff...)
	r.write(journal.Register, admin.ID, at(start, 10*60), roles...)

	var subjects []commit.Change
	for i, sub := range curriculum {
		subjects = append(subjects, subjectRow(sub, 10*(i+1))...)
	}
	for i, e := range r.extras {
		subjects = append(subjects, subjectRow(&subject{name: e.name, short: clipped(e.name), unmarked: true}, 1000+10*i)...)
	}
	r.write(journal.Register, deputy.ID, at(start+1, 9*60), subjects...)
	r.write(journal.Register, deputy.ID, at(start+1, 9*60+30), commit.Set(journal.KindSetting, journal.Key("").Text(journal.SettingEnough), journal.SettingValue, text("3 4 5")))
}

func (r *run) schoolRow(director *member) []commit.Change {
	q := r.requisites
	return row(journal.KindSchool, journal.IDKey(q.ID), text(q.Name), text(q.Short), text(q.Founder), text(q.Locality), text(q.Address), text(q.Phone),
		text(q.Email), text(q.OKPO), text(q.OGRN), text(q.INN), text(q.KPP), text(q.Bank), journal.IDValue(director.ID))
}

func (m *member) rows() []commit.Change {
	return row(journal.KindStaff, journal.IDKey(m.ID), text(m.Last), text(m.First), text(m.Middle), text(m.Position))
}

func roleKey(m *member, since journal.Date) journal.Key {
	return journal.IDKey(m.ID).Int(int(m.post.role)).Date(since)
}

func subjectRow(s *subject, order int) []commit.Change {
	return row(journal.KindSubject, journal.SubjectKey(s.name), text(s.name), text(s.short), num(order), flag(s.unmarked))
}

func (p *pupil) rows() []commit.Change {
	return row(journal.KindPupil, journal.IDKey(p.ID), text(p.Last), text(p.First), text(p.Middle), day(p.Born), text(p.Sex),
		text(p.File), text(p.Address), text(p.Phone), text(p.Parents))
}

// open begins a school year: the new pupils, the year's days, groups, duties
// and timetable.
func (r *run) open(year journal.Volume) {
	r.year = year
	r.roster = journal.NewRoster(year)
	for _, c := range r.register {
		r.roster.Put(c.Kind, c.Key, c.Field, c.Value)
	}
	start := journal.MakeDate(int(year), 8, 24)
	deputy := r.who(journal.RoleDeputy).ID
	r.enrol(start, deputy)
	r.allot()
	r.move()
	r.timetable()
	r.write(year, deputy, at(start+1, 9*60), r.calendar()...)
	r.write(year, deputy, at(start+1, 10*60), r.groupRows()...)
	r.write(year, deputy, at(start+2, 9*60), r.pageRows()...)
	r.write(year, deputy, at(start+2, 11*60), r.slotRows()...)
}

// enrol takes the new pupils into the register: in the first year all classes,
// later the 1st grade; who finished school is gone.
func (r *run) enrol(start journal.Date, author journal.StaffID) {
	r.cohorts = slices.DeleteFunc(r.cohorts, func(c *cohort) bool { return c.grade(r.year) > 11 })
	for _, c := range r.cohorts {
		c.pupils = slices.DeleteFunc(c.pupils, func(p *pupil) bool { return p.to != 0 })
		for _, p := range c.pupils {
			p.from = 0
		}
		if most := r.sizes[10]; c.grade(r.year) == 10 && len(c.pupils) > most { // the others went to colleges
			slices.SortStableFunc(c.pupils, func(a, b *pupil) int { return cmp.Compare(b.gift, a.gift) })
			c.pupils = c.pupils[:most]
		}
	}
	last := 11
	if len(r.cohorts) > 0 {
		last = 1
	}
	minute := 9 * 60
	for grade := 1; grade <= last; grade++ {
		for _, letter := range r.letters {
			c := r.newCohort(r.year, grade, letter)
			r.cohorts = append(r.cohorts, c)
			var changes []commit.Change
			for _, p := range c.pupils {
				changes = append(changes, p.rows()...)
			}
			r.write(journal.Register, author, at(start, minute), changes...)
			minute += 4
		}
	}
	slices.SortFunc(r.cohorts, func(a, b *cohort) int {
		if a.entry != b.entry {
			return b.entry - a.entry
		}
		return journal.CompareNames(a.letter, b.letter)
	})
}

// bells are the beginnings and ends of the lessons in minutes: 45 minutes each,
// the long breaks after the third and the fourth.
func bells() (out [9][2]int) {
	start := 8*60 + 30
	for i := range out {
		out[i] = [2]int{start, start + 45}
		if start += 55; i == 2 || i == 3 {
			start += 10
		}
	}
	return out
}

// calendar is the year's terms, days off and bells.
func (r *run) calendar() (out []commit.Change) {
	for _, t := range journal.DefaultTerms(r.year) {
		if t.Scheme != journal.Trimesters {
			out = append(out, row(journal.KindTerm, journal.Key("").Int(int(t.Scheme)).Int(t.Number), day(t.From), day(t.To))...)
		}
	}
	for _, h := range r.daysOff() {
		out = append(out, row(journal.KindHoliday, journal.Key("").Date(h.From), day(h.To), text(h.Title))...)
	}
	for i, b := range bells() {
		out = append(out, row(journal.KindBell, journal.Key("").Int(i+1), num(b[0]), num(b[1]))...)
	}
	return out
}

// daysOff are the days without lessons.
func (r *run) daysOff() []journal.Holiday {
	y := int(r.year)
	out := []journal.Holiday{
		{From: journal.MakeDate(y, 10, 31), To: journal.MakeDate(y, 11, 8), Title: "Осенние каникулы"},
		{From: journal.MakeDate(y, 12, 31), To: journal.MakeDate(y+1, 1, 10), Title: "Зимние каникулы"},
		{From: journal.MakeDate(y+1, 2, 23), Title: "День защитника Отечества"},
		{From: journal.MakeDate(y+1, 3, 8), Title: "Международный женский день"},
		{From: journal.MakeDate(y+1, 3, 18), Title: "День воссоединения Крыма с Россией"},
		{From: journal.MakeDate(y+1, 3, 27), To: journal.MakeDate(y+1, 4, 4), Title: "Весенние каникулы"},
		{From: journal.MakeDate(y+1, 5, 1), Title: "Праздник Весны и Труда"},
		{From: journal.MakeDate(y+1, 5, 9), To: journal.MakeDate(y+1, 5, 10), Title: "День Победы"},
	}
	for i := range out {
		out[i].To = max(out[i].From, out[i].To)
	}
	return out
}

// groupRows are the groups with their members and class teachers. Their work, and
// that of the pages' teachers, ends on no day, as after an import: a server judges
// what was written before its PC was enrolled as if it were written today, maybe
// years after the story.
func (r *run) groupRows() (out []commit.Change) {
	september := journal.MakeDate(int(r.year), 9, 1)
	for _, g := range r.groups {
		out = append(out, row(journal.KindGroup, journal.IDKey(g.ID), text(g.Name), num(int(g.Sort)), optional(g.Grade), text(g.Letter), journal.Value{}, journal.IDValue(g.Parent))...)
		order := fmt.Sprintf("приказ № 51 от 31.08.%d", r.year)
		for _, p := range g.pupils {
			if p.from == 0 {
				out = append(out, commit.Set(journal.KindMember, journal.IDKey(g.ID).ID(p.ID).Date(september), journal.MemberOrderIn, text(order)))
			}
		}
		if g.Sort == journal.SortClass {
			g.leader = r.leaderOf(g)
			key := journal.IDKey(g.ID).ID(g.leader.ID).Date(september)
			out = append(out, commit.Set(journal.KindClassTeacher, key, journal.ClassTeacherRemoved, num(0)))
		}
	}
	return out
}

// pageRows are the pages with their teachers.
func (r *run) pageRows() (out []commit.Change) {
	september := journal.MakeDate(int(r.year), 9, 1)
	for i, p := range r.pages {
		out = append(out, row(journal.KindPage, p.key, num(p.hours), num(p.hours*34/100), text(p.teacher.room), num(i+1))...)
		out = append(out, commit.Set(journal.KindPageTeacher, journal.IDKey(p.id).ID(p.teacher.ID).Date(september), journal.PageTeacherRemoved, num(0)))
	}
	return out
}
