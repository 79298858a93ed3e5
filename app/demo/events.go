package demo

import (
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// fallIll decides which teachers are ill in which weeks; in the last year one of
// them is ill in the week before today.
func (r *run) fallIll() {
	r.sickWeeks = map[*member]journal.Date{}
	rnd := r.stream("teachers ill", r.year)
	var teachers []*member
	for _, m := range r.staff {
		if m.load > 0 && m.primary == 0 && m.can(pick(rnd, m.post.subjects)) {
			teachers = append(teachers, m)
		}
	}
	for i, at := range rnd.Perm(len(teachers))[:min(r.sick, len(teachers))] {
		monday := journal.MakeDate(int(r.year), 9, 14).Monday() + journal.Date(7*rnd.IntN(32))
		if i == 0 && r.year == r.Year() {
			monday = r.today.Monday() - 7
		}
		r.sickWeeks[teachers[at]] = monday
	}
}

// substitute gives the lessons of those who are ill today to colleagues who are
// free at that time, of the same subject where there is one.
func (r *run) substitute(d journal.Date, plan []planned) {
	var changes []commit.Change
	taken := map[*member]map[int]bool{}
	for _, l := range plan {
		take(taken, l.by, l.Number)
	}
	for i, l := range plan {
		monday, ill := r.sickWeeks[l.by]
		if !ill || d.Monday() != monday {
			continue
		}
		var best *member
		for _, m := range r.staff {
			_, alsoIll := r.sickWeeks[m]
			if len(m.post.subjects) == 0 || taken[m][l.Number] || alsoIll {
				continue
			}
			same, better := m.can(l.page.subject.name), best != nil && best.can(l.page.subject.name)
			if best == nil || same && !better || same == better && len(taken[m]) < len(taken[best]) {
				best = m
			}
		}
		if best == nil {
			continue
		}
		take(taken, best, l.Number)
		plan[i].by = best
		key := journal.LessonKey(l.Page, l.Date, l.Number)
		changes = append(changes, row(journal.KindSubstitution, key, journal.IDValue(best.ID), text("болезнь учителя"))...)
	}
	r.write(r.year, r.who(journal.RoleDeputy).ID, at(d, 7*60+45), changes...)
}

func take(taken map[*member]map[int]bool, m *member, number int) {
	if taken[m] == nil {
		taken[m] = map[int]bool{}
	}
	taken[m][number] = true
}

// remarks are the deputy's two remarks of the week before today; the first one
// was answered.
func (r *run) remarks(d journal.Date, deputy journal.StaffID) {
	if r.year != r.Year() || d != r.today.Monday()-5 {
		return
	}
	rnd := r.stream("remarks")
	marked := slices.DeleteFunc(slices.Clone(r.pages), func(p *page) bool { return p.group.Grade < 5 || p.subject.kind != numbers })
	if len(marked) < 2 {
		return
	}
	first := newID[journal.RemarkID](rnd)
	a, b := marked[0], marked[len(marked)/2]
	write := func(id journal.RemarkID, p *page, body string) {
		r.write(r.year, deputy, at(d, 16*60), row(journal.KindRemark, journal.IDKey(id), journal.IDValue(p.id), journal.Value{}, journal.Value{}, journal.Value{},
			text(body), journal.IDValue(deputy), day(d), day(d+7))...)
	}
	write(first, a, "Домашнее задание записано не на все уроки ноября. Прошу дополнить.")
	r.write(r.year, a.teacher.ID, at(d, 16*60+40), commit.Set(journal.KindRemark, journal.IDKey(first), journal.RemarkAnswer, text("Дополнено.")))
	write(newID[journal.RemarkID](rnd), b, "У нескольких обучающихся мало отметок. Прошу опросить до конца месяца.")
}
