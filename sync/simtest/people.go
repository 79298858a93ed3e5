package simtest

import (
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// draft is what a person before a PC wants to write next: mostly marks, into
// few cells, so that people meet in them; sometimes what they may not do.
func (d *desk) draft() []commit.Draft {
	g, r := d.ground, d.rng
	page := r.IntN(len(g.pages))
	teacher := g.teacherOf(page, 0)
	if page == 0 && r.IntN(2) == 0 {
		teacher = g.teacherOf(page, 1)
	}
	if d.chance(50) {
		teacher = g.teachers[1] // of the other page, too
	}
	one := func(author journal.StaffID, v journal.Volume, changes ...commit.Change) []commit.Draft {
		return []commit.Draft{{Volume: v, Author: author, Entered: d.clock(), Changes: changes}}
	}
	if d.chance(d.sky.newer / 4) {
		return one(teacher, year, d.unknown(page))
	}
	if d.chance(d.sky.revokes) {
		return one(g.admin, journal.Register, d.revocation())
	}
	switch n := r.IntN(100); {
	case n < 45:
		return one(teacher, year, d.cell(page))
	case n < 55:
		return one(teacher, year, d.stale(d.cell(page)))
	case n < 63: // a paste
		var changes []commit.Change
		for range 2 + r.IntN(8) {
			changes = append(changes, d.cell(page))
		}
		return one(teacher, year, changes...)
	case n < 72:
		return one(teacher, year, commit.Set(journal.KindLesson, d.lesson(page), journal.LessonTopic, d.text("Тема")))
	case n < 80:
		return d.undo(teacher)
	case n < 85:
		return one(teacher, year, commit.Set(journal.KindTermMark, journal.TermMarkKey(d.pupil(), g.pages[page], journal.Period(1+r.IntN(2))), journal.TermMarkValue, journal.TextValue(fmt.Sprint(2+r.IntN(4)))))
	case n < 88:
		return one(g.leader, year, commit.Set(journal.KindCell, d.cellKey(page), journal.CellReason, journal.TextValue([]string{"б", "уп", ""}[r.IntN(3)])))
	case n < 91 && d.chance(500):
		return d.answer()
	case n < 92:
		return one(g.deputy, year, commit.Set(journal.KindTerm, termKey(r.IntN(2)), journal.TermClosed, journal.BoolValue(r.IntN(2) == 0)))
	case n < 95: // the second teacher of algebra goes and comes back
		till := []journal.Date{september + 300, september + 10}[r.IntN(2)]
		return one(g.admin, year, commit.Set(journal.KindPageTeacher, journal.IDKey(g.pages[0]).ID(g.teachers[2]).Date(september), journal.PageTeacherTo, journal.DateValue(till)))
	case n < 98: // one act in two volumes
		p := id[journal.Pupil](fmt.Sprint("newcomer ", r.IntN(3)))
		return []commit.Draft{
			one(g.admin, journal.Register, commit.Set(journal.KindPupil, journal.IDKey(p), journal.PupilLast, d.text("Новый")))[0],
			one(g.admin, year, commit.Set(journal.KindMember, journal.IDKey(g.class).ID(p).Date(september), journal.MemberNote, d.text("принят")))[0],
		}
	}
	return d.decision(teacher)
}

func (d *desk) pupil() journal.PupilID { return d.ground.pupils[d.rng.IntN(len(d.ground.pupils))] }

func (d *desk) text(word string) journal.Value {
	return journal.TextValue(fmt.Sprint(word, " ", d.rng.IntN(5)))
}

func (d *desk) lesson(page int) journal.Key {
	return journal.LessonKey(d.ground.pages[page], days[d.rng.IntN(len(days))], 1)
}

func (d *desk) cellKey(page int) journal.Key {
	return journal.CellKey(d.ground.pages[page], days[d.rng.IntN(len(days))], 1, d.pupil())
}

// cell is a mark, an absence or a note, set or wiped out.
func (d *desk) cell(page int) commit.Change {
	k := d.cellKey(page)
	switch d.rng.IntN(8) {
	case 0:
		return commit.Set(journal.KindCell, k, journal.CellAbsence, journal.TextValue([]string{"н", "б", ""}[d.rng.IntN(3)]))
	case 1:
		return commit.Set(journal.KindCell, k, journal.CellNote, d.text("запись"))
	case 2:
		return commit.Set(journal.KindCell, k, journal.CellMark, journal.Value{})
	}
	return commit.Set(journal.KindCell, k, journal.CellMark, journal.IntValue(int64(2+d.rng.IntN(4))))
}

// stale is a change by a person who has not seen what came in since.
func (d *desk) stale(ch commit.Change) commit.Change {
	seen := []journal.Value{{}, journal.IntValue(3), journal.IntValue(5)}[d.rng.IntN(3)]
	ch.Seen = &seen
	return ch
}

// unknown is what a later version of the program writes.
func (d *desk) unknown(page int) commit.Change {
	d.note("entry of a later version")
	if d.rng.IntN(2) == 0 {
		return commit.Set(journal.KindLesson, d.lesson(page), 77, d.text("поле"))
	}
	return commit.Set(900, journal.Key("").Int(d.rng.IntN(3)), 5, d.text("вид"))
}

// undo takes back what the author wrote here last.
func (d *desk) undo(author journal.StaffID) []commit.Draft {
	own, err := d.local.Own(d.ctx, author, 1)
	if !d.must("read own commits", err) || len(own) == 0 {
		return nil
	}
	former, err := d.local.Before(d.ctx, own[0].ID)
	if !d.must("read what was before", err) || len(former.Changes) == 0 {
		return nil
	}
	return []commit.Draft{{Volume: former.Volume, Author: author, Entered: d.clock(), Undoes: own[0].Number, Changes: former.Changes}}
}

// decision ends a dispute, if there is one.
func (d *desk) decision(author journal.StaffID) []commit.Draft {
	list, err := d.local.Disputes(d.ctx, year)
	if !d.must("read disputes", err) || len(list) == 0 {
		return nil
	}
	f := list[d.rng.IntN(len(list))]
	heads, err := d.local.Heads(d.ctx, year, f)
	if !d.must("read heads", err) || len(heads) == 0 {
		return nil
	}
	d.note("dispute decided")
	last := heads[len(heads)-1]
	return []commit.Draft{{Volume: year, Author: author, Entered: d.clock(), Changes: []commit.Change{commit.Set(f.Kind, f.Key, f.Field, last.Value)}}}
}

// answer is the deputy's to a request that waits here.
func (d *desk) answer() []commit.Draft {
	list, err := d.local.Requests(d.ctx, year, false, 1)
	if !d.must("read requests", err) || len(list) == 0 {
		return nil
	}
	d.note("request decided")
	let := []string{journal.RequestGranted, journal.RequestRejected}[d.rng.IntN(2)]
	key := journal.RequestKey(list[0].Commit.Device, list[0].Commit.Number)
	return []commit.Draft{{Volume: year, Author: d.ground.deputy, Entered: d.clock(), Changes: []commit.Change{
		commit.Set(journal.KindRequest, key, journal.RequestDecision, journal.TextValue(let)),
		commit.Set(journal.KindRequest, key, journal.RequestSentence, d.text("решение")),
	}}}
}

// revocation shuts out a PC, the last one, or a person on a PC.
func (d *desk) revocation() commit.Change {
	if d.rng.IntN(3) == 0 {
		return commit.Set(journal.KindDevice, journal.IDKey(d.desks[len(d.desks)-1].device), journal.DeviceRevoked, journal.BoolValue(true))
	}
	return commit.Set(journal.KindSignKey, journal.IDKey(d.ground.teachers[0]).ID(d.desks[0].device), journal.SignKeyRevoked, journal.BoolValue(true))
}
