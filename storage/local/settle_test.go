package local_test

import (
	"crypto/ed25519"
	"errors"
	"slices"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// verdict is the server's answer to a commit.
func verdict(c *commit.Commit, a commit.Answer, position uint64) commit.Verdict {
	v := commit.Verdict{Commit: c.ID, Answer: a, Volume: c.Volume, Position: position}
	if a != commit.Accepted {
		v.Code, v.Text = fault.TermClosed, "1 четверть закрыта."
	}
	return v
}

func settle(t *testing.T, j *local.Journal, durable uint64, verdicts ...commit.Verdict) {
	t.Helper()
	if err := j.Settle(t.Context(), verdicts, durable); err != nil {
		t.Fatal(err)
	}
}

func waiting(t *testing.T, j *local.Journal, f commit.Fate) []commit.Waiting {
	t.Helper()
	list, err := j.Waiting(t.Context(), commit.Query{Fate: f})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func count(t *testing.T, j *local.Journal) commit.Counts {
	t.Helper()
	n, err := j.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var markField = commit.FieldRef{Kind: journal.KindCell, Key: journal.CellKey(page, day, 1, pupil), Field: journal.CellMark}

func TestSettle(t *testing.T) {
	dir := t.TempDir()
	j := openIn(t, dir, 1)
	first := put(t, j, markChange(day, pupil, 3))
	second := put(t, j, markChange(day, pupil, 4))
	third := put(t, j, markChange(day+1, pupil, 5))
	if n := count(t, j); n != (commit.Counts{Unsent: 3}) {
		t.Errorf("before: %+v", n)
	}
	settle(t, j, 3, verdict(first, commit.Accepted, 1), verdict(second, commit.Refused, 0), verdict(third, commit.Requested, 0))
	if n := count(t, j); n != (commit.Counts{Requested: 1, Refused: 1}) {
		t.Errorf("after: %+v", n)
	}
	want := []journal.Cell{
		{Page: page, Date: day, Number: 1, Pupil: pupil, Mark: 3, State: journal.Refused},
		{Page: page, Date: day + 1, Number: 1, Pupil: pupil, State: journal.Refused},
	}
	for _, when := range []string{"at once", "after reopening"} {
		if got := cells(t, j); !slices.Equal(got, want) {
			t.Errorf("%s the cells are %+v, want %+v", when, got, want)
		}
		j.Close()
		j = openIn(t, dir, 0)
	}
	past, err := j.History(t.Context(), year, markField)
	if err != nil || len(past) != 2 {
		t.Fatalf("history is %+v, %v", past, err)
	}
	if p := past[0]; p.Answer != commit.Refused || p.Standing || p.Value != journal.IntValue(4) {
		t.Errorf("the refused value is %+v", p)
	}
	if p := past[1]; p.Answer != commit.Accepted || !p.Standing || p.Position != 1 {
		t.Errorf("the standing value is %+v", p)
	}
	if w := waiting(t, j, commit.NotTaken); len(w) != 1 || w[0].Text == "" || w[0].Code != fault.TermClosed || w[0].Commit.Number != 2 {
		t.Errorf("refused are %+v", w)
	}
	if w := waiting(t, j, commit.AtDeputy); len(w) != 1 || w[0].Answer != commit.Requested || w[0].Commit.Number != 3 {
		t.Errorf("at the deputy are %+v", w)
	}
	put(t, j, markChange(day, pupil, 2)) // typed again
	if got := cells(t, j)[0]; got.State != journal.Unsent || got.Mark != 2 {
		t.Errorf("a cell typed again is %+v", got)
	}
	// The deputy grants the request: the commit comes with the log.
	raw, err := commit.Encode(third)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Absorb(t.Context(), year, []commit.Entry{{Position: 1, Raw: encoded(t, first)}, {Position: 2, Raw: raw}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := cells(t, j)[1]; got.Mark != 5 || got.State != 0 {
		t.Errorf("a granted request shows %+v", got)
	}
}

func encoded(t *testing.T, c *commit.Commit) []byte {
	t.Helper()
	raw, err := commit.Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestSetEpoch(t *testing.T) {
	j := open(t, 1)
	first, second := put(t, j, markChange(day, pupil, 3)), put(t, j, markChange(day+1, pupil, 4))
	third := put(t, j, markChange(day+2, pupil, 5))
	if err := j.Seal(t.Context(), nobody, true); err != nil {
		t.Fatal(err)
	}
	settle(t, j, 3, verdict(first, commit.Accepted, 1), verdict(second, commit.Accepted, 2), verdict(third, commit.Refused, 0))
	if err := j.Absorb(t.Context(), year, []commit.Entry{{Position: 1, Raw: encoded(t, first)}}, nil); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time nothing is new
		if err := j.SetEpoch(t.Context(), [16]byte{7}, 1); err != nil {
			t.Fatal(err)
		}
		if n, err := j.Durable(t.Context()); n != 1 || err != nil {
			t.Errorf("durable is %d, %v", n, err)
		}
	}
	if n := count(t, j); n != (commit.Counts{Unsent: 2}) {
		t.Errorf("after the server was restored: %+v", n)
	}
	if got := cells(t, j); got[0].State != 0 || got[1].State != journal.Unsent || got[2].State != journal.Unsent || got[2].Mark != 5 {
		t.Errorf("cells are %+v", got)
	}
	if at, err := j.Known(t.Context()); len(at) != 0 || err != nil {
		t.Errorf("cursors are %v, %v", at, err)
	}
	list, err := j.Unsent(t.Context(), 1, 1<<20)
	if err != nil || len(list) != 1 || len(list[0].Commits) != 3 {
		t.Errorf("to send again: %v, %v", list, err)
	}
	// Its log may now hold another commit at a position read before.
	if err := j.Absorb(t.Context(), year, []commit.Entry{{Position: 1, Raw: encoded(t, second)}, {Position: 2, Raw: encoded(t, first)}}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestSeal(t *testing.T) {
	j := open(t, 1)
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	other := journal.StaffID{0xC0, 2}
	keys := func(id journal.StaffID) (ed25519.PrivateKey, bool) { return key, id == teacher }
	for i := range commit.MaxSealed + 4 {
		put(t, j, manyMarks(i, 1)...)
	}
	d := draft(markChange(day, pupil, 5))
	d.Author = other
	if _, err := j.Append(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	put(t, j, markChange(day, pupil, 4))
	if err := j.Seal(t.Context(), keys, false); err != nil {
		t.Fatal(err)
	}
	list, err := j.Unsent(t.Context(), 0, 1<<30)
	if err != nil || len(list) != 2 || len(list[0].Commits) != commit.MaxSealed || len(list[1].Commits) != 4 {
		t.Fatalf("sealed by the teacher, up to the other person's commit: %d envelopes, %v", len(list), err)
	}
	if err := j.Seal(t.Context(), keys, true); err != nil {
		t.Fatal(err)
	}
	all, err := j.Unsent(t.Context(), 0, 1<<30)
	if err != nil || len(all) != 4 || !all[2].ByPC || all[2].Author != other || all[3].ByPC {
		t.Fatalf("sealed on leaving: %d envelopes, %v", len(all), err)
	}
	last := map[journal.StaffID]*commit.Envelope{}
	next := uint64(1)
	for _, e := range all {
		public := key.Public().(ed25519.PublicKey)
		if e.ByPC {
			public = identity(1).Key.Public().(ed25519.PublicKey)
		}
		if _, err := e.Verify(public); err != nil {
			t.Error(err)
		}
		if !e.Follows(last[e.Author]) || e.First != next {
			t.Errorf("envelope from %d does not follow", e.First)
		}
		last[e.Author], next = e, e.First+uint64(len(e.Commits))
	}
	few, err := j.Unsent(t.Context(), 0, 1)
	if err != nil || len(few) != 1 {
		t.Errorf("with room for little: %d envelopes, %v", len(few), err)
	}
	rest, err := j.Unsent(t.Context(), commit.MaxSealed, 1<<30)
	if err != nil || len(rest) != 3 {
		t.Errorf("after the first envelope: %d, %v", len(rest), err)
	}
}

func TestAbsorbRefuses(t *testing.T) {
	j := open(t, 1)
	own := put(t, j, markChange(day, pupil, 3))
	theirs := func(spoil func(*commit.Commit)) []byte {
		c := *own
		c.ID = commit.ID{Device: identity(2).Device, Number: 1}
		spoil(&c)
		return encoded(t, &c)
	}
	good := theirs(func(*commit.Commit) {})
	for name, tt := range map[string]struct {
		entries []commit.Entry
		want    fault.Code
	}{
		"a first position of 2":  {[]commit.Entry{{Position: 2, Raw: good}}, fault.Gap},
		"a gap in the middle":    {[]commit.Entry{{Position: 1, Raw: good}, {Position: 3, Raw: good}}, fault.Gap},
		"our commit, other text": {[]commit.Entry{{Position: 1, Raw: theirs(func(c *commit.Commit) { c.ID = own.ID; c.Reason = "чужое" })}}, fault.Cloned},
		"another school":         {[]commit.Entry{{Position: 1, Raw: theirs(func(c *commit.Commit) { c.School[3]++ })}}, fault.Damaged},
		"another volume":         {[]commit.Entry{{Position: 1, Raw: theirs(func(c *commit.Commit) { c.Volume++ })}}, fault.Damaged},
		"bytes of nothing":       {[]commit.Entry{{Position: 1, Raw: []byte("?")}}, fault.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			err := j.Absorb(t.Context(), year, tt.entries, nil)
			if !errors.Is(err, &fault.Error{Code: tt.want}) {
				t.Errorf("Absorb = %v, want %s", err, tt.want)
			}
			if at, err := j.Known(t.Context()); len(at) != 0 || err != nil {
				t.Errorf("the cursor moved to %v, %v", at, err)
			}
			if got := cells(t, j); len(got) != 1 || got[0].Mark != 3 {
				t.Errorf("half of it was folded: %+v", got)
			}
		})
	}
}

// TestLostFile: a PC that lost its file gets its own commits back from the
// server and goes on with the next number.
func TestLostFile(t *testing.T) {
	old := open(t, 1)
	a, b := put(t, old, markChange(day, pupil, 3)), put(t, old, markChange(day+1, pupil, 4))
	j := open(t, 1)
	settle(t, j, 2)
	if c := put(t, j, markChange(day+2, pupil, 5)); c.Number != 3 {
		t.Errorf("before the log is here the next number is %d, want 3", c.Number)
	}
	if err := j.Absorb(t.Context(), year, []commit.Entry{{Position: 1, Raw: encoded(t, a)}, {Position: 2, Raw: encoded(t, b)}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := cells(t, j); len(got) != 3 || got[0].Mark != 3 || got[2].Mark != 5 || got[0].State != 0 {
		t.Errorf("cells are %+v", got)
	}
}

// Where the server listens, what is written is sealed as it is kept: one turn of
// the disk, and what a person had no open key for, under the PC's own.
func TestSealedAtOnce(t *testing.T) {
	dir := t.TempDir()
	j := openIn(t, dir, 1)
	put(t, j, manyMarks(0, 1)...)
	if list, err := j.Unsent(t.Context(), 0, 1<<20); err != nil || len(list) != 0 {
		t.Fatalf("%d envelopes before, %v", len(list), err)
	}
	j.SealAtOnce(nobody)
	put(t, j, manyMarks(1, 1)...)
	list, err := j.Unsent(t.Context(), 0, 1<<20)
	if err != nil || len(list) != 1 || len(list[0].Commits) != 2 || !list[0].ByPC {
		t.Fatalf("%d envelopes, %v: what waited before goes along", len(list), err)
	}
	j.SealAtOnce(nil)
	put(t, j, manyMarks(2, 1)...)
	if list, err = j.Unsent(t.Context(), 2, 1<<20); err != nil || len(list) != 0 {
		t.Errorf("%d envelopes afterwards, %v", len(list), err)
	}
}
