package desk_test

import (
	"slices"
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

func TestHistory(t *testing.T) {
	w := newWorld(t, 2, nil)
	s, c := w.at(0, w.Teacher), w.cell(0, 16)
	w.put(s, 0, c, 3)
	if _, err := s.PutCells(t.Context(), edit(w.stands(0, c), func(c *journal.Cell) { c.Mark, c.Absence = 4, journal.CameLate })); err != nil {
		t.Fatal(err)
	}
	w.exchange()
	if _, err := w.at(1, w.Teacher).PutCells(t.Context(), edit(w.stands(1, c), func(c *journal.Cell) { c.Mark, c.Note = 5, "исправлено" })); err != nil {
		t.Fatal(err)
	}
	w.exchange()
	no := w.put(s, 0, c, 2)
	w.must(w.pcs[0].Seal(t.Context(), nobodysKey, true))
	w.must(w.pcs[0].Settle(t.Context(), refusal(no), no.Number))
	past, err := s.CellHistory(t.Context(), c)
	w.must(err)
	var got []string
	for i, p := range past {
		if i > 0 && p.Stamp > past[i-1].Stamp {
			t.Errorf("%v is after %v", past[i-1].Entered, p.Entered)
		}
		if p.Author != w.Teacher || p.Entered.IsZero() {
			t.Errorf("by %s at %s", p.Author, p.Entered)
		}
		line := p.Value.String()
		if p.Standing {
			line += " stands"
		}
		if p.Answer == commit.Refused {
			line += " refused"
		}
		got = append(got, line)
	}
	want := []string{`2 refused`, `5 stands`, `"исправлено" stands`, `4`, `"оп" stands`, `3`}
	if !slices.Equal(got, want) {
		t.Errorf("the history is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
