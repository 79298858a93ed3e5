package desk_test

import (
	"testing"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// refuse lets the school not take commits of the first PC.
func (w *world) refuse(commits ...*commit.Commit) {
	w.t.Helper()
	for _, c := range commits {
		w.must(w.pcs[0].Settle(w.t.Context(), refusal(c), c.Number))
		w.sent[0] = c.Number
	}
}

func (w *world) entries(s *desk.Session, f commit.Fate) []desk.Entry {
	w.t.Helper()
	all, err := s.Entries(w.t.Context(), commit.Query{Fate: f})
	w.must(err)
	return all
}

func TestRetry(t *testing.T) {
	w := newWorld(t, 2, nil)
	ctx := t.Context()
	first, second := w.at(0, w.Teacher), w.at(1, w.Teacher)
	c, d := w.cell(0, 16), w.cell(1, 16)
	w.put(second, 1, c, 3)
	w.exchange()
	w.refuse(w.put(first, 0, c, 5), w.put(first, 0, c, 4), w.put(first, 0, d, 5))
	all := w.entries(first, commit.NotTaken)
	if len(all) != 3 || !all[0].Mine || all[0].Field.Pupil.ID != d.Pupil || all[0].Text == "" || all[0].Author.ID != w.Teacher {
		t.Fatalf("refused are %+v", all)
	}
	five, three := journal.IntValue(5), journal.IntValue(3)
	if l := all[2].Lines; len(l) != 1 || l[0].Want != five || l[0].Now != three || l[0].Group.Name != "7-А" {
		t.Errorf("over what it would go: %+v", l)
	}

	t.Run("only by the author", func(t *testing.T) {
		for _, who := range []journal.StaffID{w.Other, w.Deputy} {
			_, err := w.at(0, who).Retry(ctx, all...)
			refused(t, err, fault.Forbidden)
			refused(t, w.at(0, who).PutAway(ctx, all...), fault.Forbidden)
		}
	})
	t.Run("not over what the person has not seen", func(t *testing.T) {
		w.put(second, 1, c, 2)
		w.exchange()
		_, err := first.Retry(ctx, all...)
		refused(t, err, fault.Invalid)
		if got := w.stands(0, c); got.Mark != 2 || got.State&journal.Unsent != 0 {
			t.Errorf("the cell has %+v", got)
		}
	})
	t.Run("all of them, in the order in which they were written", func(t *testing.T) {
		made, err := first.Retry(ctx, w.entries(first, commit.NotTaken)...)
		w.must(err)
		if len(made) != 3 {
			t.Fatalf("%d new commits", len(made))
		}
		if got := w.stands(0, c); got.Mark != 4 || got.State != journal.Unsent {
			t.Errorf("the cell has %+v", got)
		}
		w.exchange()
		for pc := range w.pcs {
			if got := w.stands(pc, c); got.Mark != 4 || got.State != 0 {
				t.Errorf("PC %d has %+v", pc, got)
			}
			if got := w.stands(pc, d); got.Mark != 5 || got.State != 0 {
				t.Errorf("PC %d has %+v", pc, got)
			}
		}
		if n, err := first.Count(ctx); err != nil || n != (commit.Counts{}) {
			t.Errorf("counts are %+v, %v", n, err)
		}
		if away := w.entries(first, commit.PutAway); len(away) != 3 || away[0].Aside.Retry != made[2].Number {
			t.Errorf("the old ones are %+v", away)
		}
	})
	t.Run("undone like any act", func(t *testing.T) {
		if _, err := first.Undo(ctx); err != nil {
			t.Fatal(err)
		}
		if got := w.stands(0, d); got.Mark != 0 {
			t.Errorf("the cell has %+v", got)
		}
	})
}

// What may not be written now is not written by a retry either.
func TestRetryAsksTheRules(t *testing.T) {
	w := newWorld(t, 1, nil)
	s := w.at(0, w.Teacher)
	w.refuse(w.put(s, 0, w.cell(0, 16), 5))
	all := w.entries(s, commit.NotTaken)
	_, err := w.pcs[0].Append(t.Context(), commit.Draft{Volume: year, Author: w.Deputy, Entered: w.clock.now(), Changes: []commit.Change{
		commit.Set(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(2), journal.TermClosed, journal.BoolValue(true)),
	}})
	w.must(err)
	_, err = s.Retry(t.Context(), all...)
	refused(t, err, fault.TermClosed)
}

func TestPutAway(t *testing.T) {
	w := newWorld(t, 1, nil)
	ctx := t.Context()
	s := w.at(0, w.Teacher)
	c := w.cell(0, 16)
	w.refuse(w.put(s, 0, c, 5))
	if n, err := s.Count(ctx); err != nil || n.Refused != 1 {
		t.Errorf("counts are %+v, %v", n, err)
	}
	other := w.at(0, w.Other)
	if n, err := other.Count(ctx); err != nil || n.Refused != 0 || len(w.entries(other, commit.NotTaken)) != 0 {
		t.Errorf("who did not write it is asked about it: %+v, %v", n, err)
	}
	if own, others, err := other.Tally(ctx); err != nil || own != (commit.Counts{}) || others != (commit.Counts{Refused: 1}) {
		t.Errorf("tally is %+v, %+v, %v", own, others, err)
	}
	deputy := w.at(0, w.Deputy)
	if all := w.entries(deputy, commit.NotTaken); len(all) != 1 || all[0].Mine {
		t.Errorf("who oversees the school reads %+v", all)
	}
	w.must(s.PutAway(ctx, w.entries(s, commit.NotTaken)...))
	away := w.entries(s, commit.PutAway)
	if len(away) != 1 || away[0].Aside.By != w.Teacher || w.stands(0, c).State != 0 {
		t.Fatalf("put away are %+v", away)
	}
	w.must(s.BringBack(ctx, away...))
	if w.stands(0, c).State != journal.Refused {
		t.Error("the cell has no sign again")
	}
	// Its author leaves the school: whoever oversees it deals with what is left.
	_, err := w.pcs[0].Append(ctx, commit.Draft{Volume: journal.Register, Author: w.Admin, Entered: w.clock.now(), Changes: []commit.Change{
		commit.Set(journal.KindStaff, journal.IDKey(w.Teacher), journal.StaffRemoved, journal.BoolValue(true)),
	}})
	w.must(err)
	w.must(deputy.PutAway(ctx, w.entries(deputy, commit.NotTaken)...))
	if away := w.entries(deputy, commit.PutAway); len(away) != 1 || away[0].Aside.By != w.Deputy {
		t.Errorf("put away are %+v", away)
	}
}

// The server comes back from an old copy and now takes what was put away.
func TestReturned(t *testing.T) {
	for name, tt := range map[string]struct {
		do   func(*desk.Session, desk.Entry) error
		want int
	}{
		"kept":       {func(s *desk.Session, e desk.Entry) error { return s.Keep(t.Context(), e) }, 5},
		"taken back": {func(s *desk.Session, e desk.Entry) error { return s.TakeBack(t.Context(), e) }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 1, nil)
			ctx := t.Context()
			s := w.at(0, w.Teacher)
			c := w.cell(0, 16)
			w.put(s, 0, c, 3)
			w.exchange()
			durable := w.sent[0]
			w.refuse(w.put(s, 0, c, 5))
			w.must(s.PutAway(ctx, w.entries(s, commit.NotTaken)...))
			w.must(w.pcs[0].SetEpoch(ctx, [16]byte{7}, durable))
			w.sent[0] = durable
			w.exchange()
			if got := w.stands(0, c); got.Mark != 5 {
				t.Fatalf("the cell has %+v", got)
			}
			if n, err := s.Count(ctx); err != nil || n != (commit.Counts{Returned: 1}) {
				t.Errorf("nobody is told: %+v, %v", n, err)
			}
			w.must(tt.do(s, w.entries(s, commit.Returned)[0]))
			if got := w.stands(0, c); got.Mark != tt.want {
				t.Errorf("the cell has %+v", got)
			}
			if n, err := s.Count(ctx); err != nil || n.Returned != 0 {
				t.Errorf("counts are %+v, %v", n, err)
			}
		})
	}
}
