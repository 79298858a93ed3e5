package main

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Kinds, fields and keys that nobody here knows come through the server and two
// journals as they were written, over restarts of all, and can be replaced.
func TestWhatALaterVersionWroteTravels(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	refs := []commit.FieldRef{
		{Kind: 900, Key: "of a later version", Field: 7},
		{Kind: journal.KindCell, Key: c.mark(1, 5).Key, Field: 77},
	}
	values := []journal.Value{journal.TextValue("х"), journal.BytesValue([]byte{1, 2})}
	write := func(p *pc) {
		t.Helper()
		for i, ref := range refs {
			p.write(c.teacher, year, commit.Set(ref.Kind, ref.Key, ref.Field, values[i]), c.mark(2+i, 4))
		}
	}
	write(first)
	s.kill()
	s.start()
	for _, p := range []*pc{first, second} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := second.book.Close(); err != nil {
		t.Fatal(err)
	}
	second.open()
	if err := second.book.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, ref := range refs {
		heads, err := second.book.Heads(t.Context(), year, ref)
		if err != nil || len(heads) != 1 || heads[0].Value != values[i] || heads[0].Author != c.teacher {
			t.Errorf("%+v: %+v, %v", ref, heads, err)
		}
	}
	values[0], values[1] = journal.IntValue(-8), journal.TextValue("")
	write(second)
	for _, p := range []*pc{second, first} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, ref := range refs {
			if heads, err := p.book.Heads(t.Context(), year, ref); err != nil || len(heads) != 1 || heads[0].Value != values[i] {
				t.Errorf("%+v: %+v, %v", ref, heads, err)
			}
		}
	}
}
