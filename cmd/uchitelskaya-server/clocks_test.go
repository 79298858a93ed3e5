package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// A wrong is a PC whose clock can be set.
type wrong struct {
	*pc
	off atomic.Int64
}

func (w *wrong) now() time.Time { return time.Now().Add(time.Duration(w.off.Load())) }

// wrongPC makes a PC of the school whose clock is off.
func (s *school) wrongPC(name string, off time.Duration) *wrong {
	s.t.Helper()
	w := &wrong{pc: &pc{t: s.t, dir: s.t.TempDir()}}
	w.off.Store(int64(off))
	book, err := local.Open(context.Background(), w.dir, w.now)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = book.Close() })
	w.book, w.Client = book, client.New(book, w.now, nil, quick)
	s.join(w.pc, name)
	return w
}

// write makes a commit by the clock of the PC.
func (w *wrong) write(author journal.StaffID, v journal.Volume, changes ...commit.Change) {
	w.t.Helper()
	if _, err := w.book.Append(context.Background(), commit.Draft{Volume: v, Author: author, Entered: w.now(), Changes: changes}); err != nil {
		w.t.Fatal(err)
	}
}

const years = 365 * 24 * time.Hour

// Whatever a PC's clock shows, it works, its entries are taken, they win over
// nothing later and are shown everywhere in the same order, and it is told.
func TestAWrongClock(t *testing.T) {
	s := newSchool(t)
	first := newPC(t)
	c := s.furnish(first)
	number := 0
	for name, tt := range map[string]struct {
		off   time.Duration
		jumps time.Duration // in the middle of the work
		says  string
	}{
		"five hours ahead":                      {5 * time.Hour, 0, "спешат на 5 часов."},
		"three days behind":                     {-72 * time.Hour, 0, "отстают на 3 дня."},
		"thirty years ahead":                    {30*years + time.Hour, 0, "спешат на 30 лет."},
		"in 1970":                               {-time.Since(time.Unix(3600, 0)), 0, "отстают на 5"},
		"thirty years ahead, then put right":    {30 * years, -30 * years, ""},
		"jumps back three hours and 12 minutes": {0, -3*time.Hour - 12*time.Minute - 5*time.Second, "отстают на 3 часа 12 минут."},
	} {
		t.Run(name, func(t *testing.T) {
			number++
			w := s.wrongPC("С неверными часами: "+name, tt.off)
			w.t = t
			sync := func(list ...*pc) {
				t.Helper()
				for _, p := range list {
					if err := p.Sync(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
			}
			sync(w.pc)
			w.write(c.teacher, year, c.mark(number, 2))
			w.off.Add(int64(tt.jumps))
			w.write(c.other, year, commit.Set(journal.KindRemark, journal.IDKey(journal.NewID[journal.Remark]()), journal.RemarkText, journal.TextValue("Заполните тему.")))
			w.write(c.teacher, year, c.mark(number, 3))
			sync(w.pc)
			if counts := w.counts(); counts.Unsent+counts.Refused+counts.Requested > 0 {
				t.Errorf("not everything was taken: %+v", counts)
			}
			state, err := w.State(t.Context())
			if err != nil || (tt.says == "") != (state.Trouble == nil) || tt.says != "" && fault.CodeOf(state.Trouble) != fault.Clock ||
				!strings.Contains(fault.TextOf(state.Trouble), tt.says) && tt.says != "" {
				t.Errorf("it says %q, want %q; %v", fault.TextOf(state.Trouble), tt.says, err)
			}
			// Another PC writes later without having seen it.
			time.Sleep(2 * time.Millisecond)
			late := first.write(c.teacher, year, c.mark(number, 5))
			sync(first, w.pc)
			for who, p := range map[string]*pc{"the right PC": first, "the wrong PC": w.pc} {
				ref := commit.FieldRef{Kind: journal.KindCell, Key: c.mark(number, 5).Key, Field: journal.CellMark}
				heads, err := p.book.Heads(t.Context(), year, ref)
				if err != nil || len(heads) != 2 || heads[0].ID != late.Edit(0) || heads[1].Value != journal.IntValue(3) {
					t.Errorf("%s: heads %+v, %v", who, heads, err)
					continue
				}
				for _, h := range heads {
					if d := time.Since(h.Arrived); d < 0 || d > time.Minute {
						t.Errorf("%s: arrived at %v", who, h.Arrived)
					}
				}
			}
			// And what it writes after that, having seen it, stands.
			w.write(c.teacher, year, c.mark(number, 4))
			sync(w.pc, first)
			if !first.sees(c, number, 4) || !w.sees(c, number, 4) {
				t.Error("the later mark is not shown")
			}
			w.off.Store(0)
			sync(w.pc)
			if state, err := w.State(t.Context()); err != nil || state.Trouble != nil {
				t.Errorf("after the clock was put right it says %v, %v", state.Trouble, err)
			}
			before := w.stampOf(t, number, c)
			w.write(c.teacher, year, c.mark(number, 5))
			sync(w.pc)
			if now := w.stampOf(t, number, c); now <= before || time.Until(now.Time()).Abs() > time.Minute {
				t.Errorf("its stamps go on at %s after %s", now, before)
			}
		})
	}
}

// stampOf is the stamp of the mark that stands, as it was given.
func (w *wrong) stampOf(t *testing.T, number int, c *class) commit.Stamp {
	t.Helper()
	heads, err := w.book.Heads(t.Context(), year, commit.FieldRef{Kind: journal.KindCell, Key: c.mark(number, 5).Key, Field: journal.CellMark})
	if err != nil || len(heads) != 1 {
		t.Fatalf("heads %+v, %v", heads, err)
	}
	return heads[0].Stamp
}

// Signing in needs no clock where the server is at hand, and a clear sentence
// where it is not.
func TestSigningInWithAWrongClock(t *testing.T) {
	for _, off := range []time.Duration{30 * years, -time.Since(time.Unix(0, 0))} {
		t.Run(fmt.Sprint(off), func(t *testing.T) {
			s := newSchool(t)
			c := s.furnish(newPC(t))
			w := s.wrongPC("С неверными часами", off)
			who := w.signInFirst("Бондаренко", c.passwords["Бондаренко"])
			w.write(who.Staff, year, c.mark(1, 5))
			if err := w.Sync(t.Context()); err != nil || w.counts().Unsent > 0 {
				t.Fatalf("%v, %+v", err, w.counts())
			}
			if err := w.SignOut(t.Context(), who.Staff); err != nil {
				t.Fatal(err)
			}
			if _, err := w.SignIn(t.Context(), "Бондаренко", ownPassword); err != nil {
				t.Errorf("with the server at hand: %v", err)
			}
			s.kill()
			_, err := w.SignIn(t.Context(), "Бондаренко", ownPassword)
			if err != nil && (off < 0 || fault.CodeOf(err) != fault.SignIn || !strings.Contains(fault.TextOf(err), "часы этого компьютера спешат")) {
				t.Errorf("without the server: %v", err)
			}
		})
	}
}

// counts are the figures of the pill.
func (p *pc) counts() commit.Counts {
	p.t.Helper()
	n, err := p.book.Count(context.Background())
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}
