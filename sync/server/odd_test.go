package server_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// Whatever a member of the staff may write, every PC can take: nobody stops the
// PCs of others with an odd commit.
func TestOddCommitsStopNobody(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	at := b.mark(7, 5)
	stranger := commit.EditID{Device: journal.NewID[journal.Device](), Number: math.MaxInt64, Index: commit.MaxEdits - 1}
	odd := map[string]func(c *commit.Commit){
		"a stamp at the end of time": func(c *commit.Commit) { c.Stamp = math.MaxInt64 },
		"a stamp of the beginning":   func(c *commit.Commit) { c.Stamp = 0 },
		"entered at the end of time": func(c *commit.Commit) { c.Entered = time.UnixMilli(math.MaxInt64) },
		"entered at the beginning":   func(c *commit.Commit) { c.Entered = time.UnixMilli(math.MinInt64) },
		"a reason with a zero":       func(c *commit.Commit) { c.Reason = "\x00\u202e" },
		"undoes what is not there":   func(c *commit.Commit) { c.Undoes = c.Number - 1 },
		"replaces what nobody wrote": func(c *commit.Commit) { c.Edits[0].Replaces = []commit.EditID{stranger, stranger} },
		"replaces itself":            func(c *commit.Commit) { c.Edits[0].Replaces = []commit.EditID{c.Edit(0)} },
		"replaces what it will write": func(c *commit.Commit) {
			c.Edits[0].Replaces = []commit.EditID{{Device: c.Device, Number: c.Number + 1}}
		},
		"one field twice": func(c *commit.Commit) { c.Edits = append(c.Edits, c.Edits[0]) },
		"a later field with a large value": func(c *commit.Commit) {
			c.Edits[0].Field, c.Edits[0].Value = 65535, journal.TextValue(strings.Repeat("я", 1<<20))
		},
		"a later field with a zero in it": func(c *commit.Commit) { c.Edits[0].Field, c.Edits[0].Value = 300, journal.TextValue("a\x00b") },
		"a later kind with any key": func(c *commit.Commit) {
			c.Edits[0].Kind, c.Edits[0].Key, c.Edits[0].Field = 65535, journal.Key(strings.Repeat("\x00", 300)), 65535
		},
		"a later number":                 func(c *commit.Commit) { c.Edits[0].Kind, c.Edits[0].Value = 9000, journal.IntValue(math.MinInt64) },
		"a later kind in the first year": func(c *commit.Commit) { c.Edits[0].Kind, c.Volume = 9000, 1990 },
		"a later kind in the last year":  func(c *commit.Commit) { c.Edits[0].Kind, c.Volume = 9000, 2100 },
		"a later kind in the register":   func(c *commit.Commit) { c.Edits[0].Kind, c.Volume = 50, journal.Register },
	}
	for what, spoil := range odd {
		c := d.commit(b.teacher, year, at)
		spoil(c)
		verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{d.seal(c)})
		if err != nil || verdicts[0].Answer != commit.Accepted {
			t.Errorf("%s: %+v, %v", what, verdicts, err)
		}
	}
	book, err := local.Open(t.Context(), t.TempDir(), func() time.Time { return b.now })
	b.must(err)
	t.Cleanup(func() { _ = book.Close() })
	b.must(book.Enrol(t.Context(), commit.Identity{School: b.ID(), Device: b.office.device, Key: b.office.key}))
	for v := range b.Figures().Heads {
		b.must(book.Absorb(t.Context(), v, b.log(v), nil))
	}
	b.must(book.Rebuild(t.Context()))
	_, err = book.Append(t.Context(), commit.Draft{Volume: year, Author: b.teacher, Entered: b.now, Changes: []commit.Change{b.mark(7, 2)}})
	b.must(err)
	b.reopen()
	d.accepted(d.does(b.teacher, year, b.mark(8, 5)))
}
