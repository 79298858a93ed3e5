package server_test

import (
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// A field in which very much stands would cost every PC of the school minutes,
// and nobody could put it right: no edit replaces so many.
func TestAFieldIsNotCrowded(t *testing.T) {
	b := newBed(t)
	at := b.mark(7, 5)
	send := func(n, replaces int) commit.Verdict {
		t.Helper()
		c := b.office.commit(b.teacher, year, at)
		c.Edits = nil
		for i := range n {
			e := commit.Edit{Kind: at.Kind, Key: at.Key, Field: at.Field, Value: journal.IntValue(int64(2 + i%4))}
			for k := range replaces {
				e.Replaces = append(e.Replaces, commit.EditID{Device: b.office.device, Number: 1<<40 - uint64(i*replaces+k)})
			}
			c.Edits = append(c.Edits, e)
		}
		verdicts, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{b.office.seal(c)})
		b.must(err)
		return verdicts[0]
	}
	refused := func(what string, v commit.Verdict) {
		t.Helper()
		if v.Answer != commit.Refused || v.Code != fault.TooLarge || !strings.Contains(v.Text, "слишком много") {
			t.Errorf("%s: %+v", what, v)
		}
	}
	refused("one field ten thousand times", send(10_000, 0))
	refused("what nobody wrote, replaced in thousands", send(100, commit.MaxReplaces))
	b.office.accepted(send(commit.MaxReplaces, 0))
	refused("one more than an edit can replace", send(1, 0))
	// One edit that replaces all of them makes room.
	row := b.standing(journal.KindCell, at.Key)
	c := b.office.commit(b.teacher, year, at)
	c.Edits[0].Replaces = row.Field(at.Field).Seen(nil)
	verdicts, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{b.office.seal(c)})
	b.must(err)
	b.office.accepted(verdicts[0])
	if n := b.standing(journal.KindCell, at.Key).Held(at.Field); n != 1 {
		t.Errorf("%d stand", n)
	}
	b.office.accepted(b.office.does(b.teacher, year, b.mark(7, 4)))
}
