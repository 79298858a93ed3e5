//go:build window

package windowtest

import (
	"strconv"
	"testing"

	"uchitelskaya/app/journal"
)

// TestThirtyMarksInThirtyKeys types marks as fast as the keys go: each key is
// one commit of one mark in the next pupil's cell, and nothing ever asks.
func TestThirtyMarksInThirtyKeys(t *testing.T) {
	const marks = 30
	s := newSchool(t)
	plan := s.plan()
	today := plan.largest()
	p := s.start("pc1", screenOf(t, 0))
	p.signIn(plan.who)
	p.openLesson(today)

	first := p.made()
	n := min(marks, len(today.pupils))
	var want []mark
	p.press(keysFor(today, n, &want)...)
	if n < marks { // the class has fewer pupils: on in the lesson before
		p.wrote(first, n)
		p.press("ctrl+Up", "Left")
		p.press(keysFor(*today.former, marks-n, &want)...)
	}
	p.wrote(first, marks)
	for i, w := range want {
		edits := p.commit(first + 1 + i).Edits
		if e := edits[0]; e.Kind != journal.KindCell || e.Key != w.cell || e.Field != journal.CellMark || int(e.Value.Int()) != w.mark {
			t.Errorf("key %d made %+v; want the mark %d", i+1, e, w.mark)
		}
		for _, e := range edits[1:] { // a mark takes the place of an absence
			if e.Key != w.cell || !e.Value.IsNull() {
				t.Errorf("key %d made %+v too", i+1, e)
			}
		}
	}
	p.shot("thirty-marks")
}

// A mark is what a key must have written.
type mark struct {
	cell journal.Key
	mark int
}

// keysFor types a mark for the first pupils of a lesson, each another than that
// in the cell.
func keysFor(l lesson, pupils int, want *[]mark) (keys []string) {
	for row := range pupils {
		m := 2 + row%4
		if l.cells[row].Mark == m {
			m = 2 + (row+1)%4
		}
		keys = append(keys, strconv.Itoa(m))
		*want = append(*want, mark{journal.CellKey(l.page, l.date, l.number, l.pupils[row]), m})
	}
	return keys
}
