package server

import (
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/tree"
)

// Years bounds the volumes that a school may have.
const (
	firstYear journal.Volume = 1990
	lastYear  journal.Volume = 2100
)

// judge gives a commit its verdict and folds it in when it is accepted.
// barred, when not nil, says why nothing of its author may be accepted.
func (b *bench) judge(c *commit.Commit, raw []byte, barred error) {
	v := commit.Verdict{Commit: c.ID, Volume: c.Volume, Answer: commit.Accepted}
	err := b.may(c, b.now, barred)
	var granted []request
	switch {
	case err == nil:
		granted, err = b.decided(c)
	case fault.CodeOf(err) == fault.TermClosed:
		if err2 := b.ask(c, raw); err2 != nil {
			err = err2
		}
	}
	if err != nil {
		v.Answer, v.Code, v.Text = commit.Refused, fault.CodeOf(err), fault.TextOf(err)
		if v.Code == fault.TermClosed {
			v.Answer = commit.Requested
		}
	} else {
		v = b.accept(c, raw, b.now.UnixMilli())
	}
	b.judged = append(b.judged, ledger.Judged{Verdict: v, Raw: raw, Arrived: b.now.UnixMilli()})
	for _, g := range granted {
		arrived := g.arrived.UnixMilli()
		b.laid = append(b.laid, ledger.Judged{Verdict: b.accept(g.Commit, g.raw, arrived), Raw: g.raw, Arrived: arrived})
	}
}

// accept gives a commit the next place of its volume's log and folds it in.
// arrived is when it came, in Unix milliseconds.
func (b *bench) accept(c *commit.Commit, raw []byte, arrived int64) commit.Verdict {
	if _, written := b.before[c.Volume]; !written {
		b.before[c.Volume] = b.heads[c.Volume]
		edge := b.edges[c.Volume]
		b.edges[c.Volume] = edge.Clone()
	}
	b.heads[c.Volume]++
	edge := b.edges[c.Volume]
	b.grown[c.Volume] = append(b.grown[c.Volume], edge.Add(tree.Leaf(raw)))
	b.edges[c.Volume] = edge
	b.fold(c, arrived)
	b.accepted[c.ID] = true
	return commit.Verdict{Commit: c.ID, Volume: c.Volume, Answer: commit.Accepted, Position: b.heads[c.Volume]}
}

// may returns nil for what may be written, an error with code
// [fault.TermClosed] when only closed terms stand against it, and the first
// other objection otherwise. arrived is when the commit came.
func (b *bench) may(c *commit.Commit, arrived time.Time, barred error) error {
	roster := b.rosters[c.Volume]
	switch {
	case barred != nil:
		return barred
	case c.School != b.school:
		return fault.New(fault.Forbidden, "Запись сделана для другой школы.")
	case c.Author.IsZero() && c.Device != b.server:
		return fault.New(fault.Forbidden, "Это записывает только школьный сервер.")
	case roster == nil:
		return fault.New(fault.Invalid, "Такого учебного года нет.")
	case b.beyond[c.ID]:
		return fault.New(fault.TooLarge, "Запись заменяет слишком много прежних записей сразу и не принята. Внесите её частями.")
	case b.crowds(c):
		return fault.New(fault.TooLarge, "В одном поле собралось слишком много разных значений, ещё одно не принято. Сообщите администратору школы.")
	}
	return c.Objection(roster, b.day(c, arrived))
}

// crowds reports whether a field would hold more edits after the commit, standing
// or awaited, than one edit can replace: nobody could put that right, and every
// PC would read all of it with each look at the entity.
func (b *bench) crowds(c *commit.Commit) bool {
	held, gone := make(map[commit.FieldRef]int, len(c.Edits)), map[commit.EditID]bool{}
	for i := range c.Edits {
		e := &c.Edits[i]
		row := b.rows[ledger.Entity{Volume: c.Volume, Kind: e.Kind, Key: e.Key}]
		ref := commit.FieldRef{Kind: e.Kind, Key: e.Key, Field: e.Field}
		n, counted := held[ref]
		if !counted {
			n = row.Held(e.Field)
		}
		n++
		for _, r := range e.Replaces {
			if !stands(row, e.Field, r) {
				n++
			} else if !gone[r] {
				gone[r] = true
				n--
			}
		}
		held[ref] = n
	}
	for _, n := range held {
		if n > commit.MaxReplaces {
			return true
		}
	}
	return false
}

// day is the day of entry by the clock of the PC. One that runs ahead must not
// open tomorrow's doors, and one that shows a day before the PC was enrolled has
// lost its battery: then the arrival counts.
func (b *bench) day(c *commit.Commit, arrived time.Time) journal.Date {
	entered := c.Entered
	if entered.After(arrived) || entered.Before(b.joined[c.Device]) {
		entered = arrived
	}
	return journal.DateOf(entered.In(b.now.Location()))
}

// fold puts an accepted commit into the rows and what is slow into the rosters.
func (b *bench) fold(c *commit.Commit, arrived int64) {
	// Of an edit of another field, which only an odd program or a number given
	// again names here, nothing ever comes: it may be awaited or not.
	known := func(id commit.EditID) bool { return b.accepted[id.Commit()] }
	for i, e := range c.Edits {
		at := ledger.Entity{Volume: c.Volume, Kind: e.Kind, Key: e.Key}
		row := b.rows[at]
		row.Field(e.Field).Add(merge.HeadOf(c, i, arrived), e.Replaces, known)
		b.rows[at] = row
		b.dirty[at] = true
		if journal.Holds(e.Kind) {
			for v, r := range b.rosters {
				if r != nil && (v == c.Volume || c.Volume == journal.Register) {
					r.Put(e.Kind, e.Key, e.Field, row.Value(e.Field))
				}
			}
		}
	}
}

// entities lists what the commits touch, each once.
func entities(commits []*commit.Commit) []ledger.Entity {
	var out []ledger.Entity
	for _, c := range commits {
		for _, e := range c.Edits {
			out = append(out, ledger.Entity{Volume: c.Volume, Kind: e.Kind, Key: e.Key})
		}
	}
	slices.SortFunc(out, ledger.CompareEntities)
	return slices.Compact(out)
}

// absent lists the commits of which an edit is replaced that does not stand
// in the rows: whether they were ever accepted, the store must say. There are no
// more than most; a commit with which there would be more is beyond that, and
// nothing of it is listed.
func absent(commits []*commit.Commit, rows map[ledger.Entity]merge.Row, most int) (ids []commit.ID, beyond map[commit.ID]bool) {
	seen, beyond := map[commit.ID]bool{}, map[commit.ID]bool{}
	for _, c := range commits {
		had := len(ids)
		if ids = gone(c, rows, seen, ids, most); len(ids) > most {
			for _, id := range ids[had:] {
				delete(seen, id)
			}
			ids, beyond[c.ID] = ids[:had], true
		}
	}
	return ids, beyond
}

// gone adds what absent lists of one commit, and ends with the first one that is
// beyond most.
func gone(c *commit.Commit, rows map[ledger.Entity]merge.Row, seen map[commit.ID]bool, ids []commit.ID, most int) []commit.ID {
	for i := range c.Edits {
		e := &c.Edits[i]
		row := rows[ledger.Entity{Volume: c.Volume, Kind: e.Kind, Key: e.Key}]
		for _, r := range e.Replaces {
			if id := r.Commit(); !seen[id] && !stands(row, e.Field, r) {
				if seen[id], ids = true, append(ids, id); len(ids) > most {
					return ids
				}
			}
		}
	}
	return ids
}

func stands(row merge.Row, no journal.FieldNo, id commit.EditID) bool {
	for i := range row {
		if row[i].No == no {
			return slices.ContainsFunc(row[i].Heads, func(h merge.Head) bool { return h.ID == id })
		}
	}
	return false
}
