package main

import (
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// floods writes on a PC more of what its author may not write than a PC is
// refused in one day.
func (p *pc) floods(c *class) {
	p.t.Helper()
	for i := range 20 {
		changes := []commit.Change{c.mark(2, 2+i%4)}
		for n := range 250 {
			changes = append(changes, commit.Set(900, journal.Key("").Int(i).Int(n), 1, journal.BytesValue(make([]byte, 4000))))
		}
		p.write(c.other, year, changes...)
	}
}

// flooded is a school whose second PC has more to send than is taken in a day, and
// a mark behind it.
func flooded(t *testing.T) (s *school, first, second *pc, c *class) {
	t.Helper()
	s = newSchool(t)
	first, second = newPC(t), s.enrolled("Второй")
	c = s.furnish(first)
	second.synced()
	second.floods(c)
	second.write(c.teacher, year, c.mark(3, 5))
	return s, first, second, c
}

// over fails unless the PC was told of the bound, and still has what is not taken.
func (p *pc) over(err error) {
	p.t.Helper()
	if fault.CodeOf(err) != fault.TooLarge || !strings.Contains(fault.TextOf(err), "завтра") {
		p.t.Errorf("a PC over its bound is told: %v", err)
	}
	if n := p.counts(); n.Unsent == 0 || n.Unsent+n.Refused != 21 {
		p.t.Errorf("of 21 entries are left %+v", n)
	}
}

// Of a PC that has sent more than is taken in a day nothing more is taken: it
// still gets what others write, and what it has waits.
func TestAPCOverItsDailyBoundGetsTheNews(t *testing.T) {
	_, first, second, c := flooded(t)
	second.over(second.Sync(t.Context()))

	first.write(c.teacher, year, c.mark(1, 5))
	first.synced()
	second.over(second.Sync(t.Context()))
	if !second.sees(c, 1, 5) {
		t.Error("the mark of another PC has not come")
	}
	second.over(second.Send(t.Context()))

	second.run() // the window's way: the sentence stands, and the news come
	first.write(c.teacher, year, c.mark(4, 5))
	first.synced()
	eventually(t, "the second mark", func() bool { return second.sees(c, 4, 5) })
	eventually(t, "the sentence", func() bool {
		state, err := second.State(t.Context())
		return err == nil && fault.CodeOf(state.Trouble) == fault.TooLarge
	})
}

// The same by stick.
func TestAPCOverItsDailyBoundGetsTheNewsByStick(t *testing.T) {
	s, first, second, c := flooded(t)
	first.write(c.teacher, year, c.mark(1, 5))
	first.synced()
	carried := stick{s, t.TempDir()}
	for range 2 {
		if _, err := second.WriteParcels(t.Context(), carried.dir, client.FullParcel); err != nil {
			t.Fatal(err)
		}
		s.command("parcel", "-data", s.dir, carried.dir)
		_, err := second.ReadParcels(t.Context(), carried.dir)
		second.over(err)
	}
	if !second.sees(c, 1, 5) {
		t.Error("the mark of another PC has not come")
	}
}
