package local_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

var (
	deputy = journal.StaffID{0xC0, 9}
	later  = start.Add(time.Hour)
)

// refusedThree writes a mark that the school takes and three that it does not:
// over the first and into two more cells.
func refusedThree(t *testing.T, j *local.Journal) [4]*commit.Commit {
	t.Helper()
	c := [4]*commit.Commit{
		put(t, j, markChange(day, pupil, 3)), put(t, j, markChange(day, pupil, 4)), put(t, j, markChange(day+1, pupil, 5)), put(t, j, markChange(day+2, pupil, 2)),
	}
	settle(t, j, 4, verdict(c[0], commit.Accepted, 1), verdict(c[1], commit.Refused, 0), verdict(c[2], commit.Refused, 0), verdict(c[3], commit.Refused, 0))
	return c
}

// numbers are those of the commits of a fate.
func numbers(t *testing.T, j *local.Journal, f commit.Fate) (out []uint64) {
	t.Helper()
	for _, w := range waiting(t, j, f) {
		out = append(out, w.Commit.Number)
	}
	return out
}

// TestByHand: the first refused commit is put away, the second said again. Both
// stay so whatever happens to the file.
func TestByHand(t *testing.T) {
	for name, tt := range map[string]func(t *testing.T, j *local.Journal, dir string) *local.Journal{
		"at once": func(_ *testing.T, j *local.Journal, _ string) *local.Journal { return j },
		"after reopening": func(t *testing.T, j *local.Journal, dir string) *local.Journal {
			j.Close()
			return openIn(t, dir, 0)
		},
		"after making the projection anew": func(t *testing.T, j *local.Journal, _ string) *local.Journal {
			if err := j.Rebuild(t.Context()); err != nil {
				t.Fatal(err)
			}
			return j
		},
		"in a copy brought back": func(t *testing.T, j *local.Journal, dir string) *local.Journal {
			copied := filepath.Join(t.TempDir(), "copy.db")
			if err := j.Backup(t.Context(), copied); err != nil {
				t.Fatal(err)
			}
			j.Close()
			if _, err := local.SetAside(t.Context(), dir, clock, copied); err != nil {
				t.Fatal(err)
			}
			return openIn(t, dir, 0)
		},
		"out of a damaged file, over an older copy": func(t *testing.T, j *local.Journal, dir string) *local.Journal {
			j.Close()
			older := filepath.Join(t.TempDir(), "older.db")
			o := open(t, 1)
			put(t, o, markChange(day, pupil, 3))
			put(t, o, markChange(day, pupil, 4))
			if err := o.Backup(t.Context(), older); err != nil {
				t.Fatal(err)
			}
			if s, err := local.SetAside(t.Context(), dir, clock, older); err != nil || s.Lost != 0 {
				t.Fatalf("SetAside = %+v, %v", s, err)
			}
			return openIn(t, dir, 0)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			j := openIn(t, dir, 1)
			c := refusedThree(t, j)
			if err := j.PutAway(t.Context(), deputy, later, 2); err != nil {
				t.Fatal(err)
			}
			d := draft(markChange(day+1, pupil, 5))
			d.Entered = later
			made, err := j.Retry(t.Context(), commit.Retry{Number: 3, Draft: d})
			if err != nil || len(made) != 1 || made[0].Number != 5 {
				t.Fatalf("Retry = %+v, %v", made, err)
			}
			j = tt(t, j, dir)
			if n := count(t, j); n != (commit.Counts{Unsent: 1, Refused: 1}) {
				t.Errorf("counts are %+v", n)
			}
			if got := numbers(t, j, commit.NotTaken); !slices.Equal(got, []uint64{4}) {
				t.Errorf("refused are %v, want the fourth", got)
			}
			away := waiting(t, j, commit.PutAway)
			want := []commit.Aside{{By: teacher, At: later, Retry: 5}, {By: deputy, At: later}}
			if len(away) != 2 || away[0].Aside != want[0] || away[1].Aside != want[1] || away[1].Text == "" {
				t.Fatalf("put away are %+v", away)
			}
			if string(encoded(t, away[1].Commit)) != string(encoded(t, c[1])) {
				t.Error("the commit put away has changed")
			}
			got := cells(t, j)
			if len(got) != 3 || got[0].Mark != 3 || got[0].State != 0 || got[1].Mark != 5 || got[1].State != journal.Unsent || got[2].State != journal.Refused {
				t.Errorf("cells are %+v", got)
			}
			all, err := j.Tally(t.Context())
			if err != nil || len(all) != 1 || all[teacher] != (commit.Counts{Unsent: 1, Refused: 1}) {
				t.Errorf("tally is %+v, %v", all, err)
			}
		})
	}
}

func TestByHandRefuses(t *testing.T) {
	j := open(t, 1)
	refusedThree(t, j)
	if err := j.PutAway(t.Context(), teacher, later, 2); err != nil {
		t.Fatal(err)
	}
	again := func(n uint64, mark int64) error {
		_, err := j.Retry(t.Context(), commit.Retry{Number: 3, Draft: draft(markChange(day+1, pupil, 5))}, commit.Retry{Number: n, Draft: draft(markChange(day+2, pupil, mark))})
		return err
	}
	for name, tt := range map[string]struct {
		err  error
		want fault.Code
	}{
		"putting away what was accepted":    {j.PutAway(t.Context(), teacher, later, 3, 1), fault.NotFound},
		"putting away twice":                {j.PutAway(t.Context(), teacher, later, 3, 2), fault.NotFound},
		"putting away what is not here":     {j.PutAway(t.Context(), teacher, later, 3, 99), fault.NotFound},
		"bringing back what is in the list": {j.BringBack(t.Context(), 2, 3), fault.NotFound},
		"retrying what was put away":        {again(2, 5), fault.NotFound},
		"retrying what was accepted":        {again(1, 5), fault.NotFound},
	} {
		if fault.CodeOf(tt.err) != tt.want {
			t.Errorf("%s: %v, want %s", name, tt.err, tt.want)
		}
	}
	if n := count(t, j); n != (commit.Counts{Refused: 2}) {
		t.Errorf("half of something was done: %+v", n)
	}
	put(t, j, markChange(day+2, pupil, 2))
	if err := again(4, 2); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("retrying what stands already: %v", err)
	}
	if n := count(t, j); n != (commit.Counts{Unsent: 1, Refused: 2}) {
		t.Errorf("half of a retry was done: %+v", n)
	}
}

func TestBringBack(t *testing.T) {
	j := open(t, 1)
	refusedThree(t, j)
	if err := j.PutAway(t.Context(), teacher, later, 2, 3, 4); err != nil {
		t.Fatal(err)
	}
	if n := count(t, j); n != (commit.Counts{}) {
		t.Errorf("all put away: %+v", n)
	}
	if past, err := j.History(t.Context(), year, markField); err != nil || len(past) != 1 {
		t.Errorf("history shows what was put away: %+v, %v", past, err)
	}
	if err := j.BringBack(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	if got := numbers(t, j, commit.NotTaken); !slices.Equal(got, []uint64{3}) {
		t.Errorf("refused are %v, want the third", got)
	}
	if got := cells(t, j); got[1].State != journal.Refused {
		t.Errorf("the cell has no sign again: %+v", got[1])
	}
	page, err := j.Waiting(t.Context(), commit.Query{Fate: commit.PutAway, Author: teacher, Below: 4, Limit: 1})
	if err != nil || len(page) != 1 || page[0].Commit.Number != 2 {
		t.Errorf("a page of the list is %+v, %v", page, err)
	}
	if none, err := j.Waiting(t.Context(), commit.Query{Fate: commit.PutAway, Author: deputy}); err != nil || len(none) != 0 {
		t.Errorf("of another author are %+v, %v", none, err)
	}
}

// TestMissedOutOfADamagedFile: without any copy the log comes from the server;
// what it did not take is still here.
func TestMissedOutOfADamagedFile(t *testing.T) {
	dir := t.TempDir()
	j := openIn(t, dir, 1)
	c := refusedThree(t, j)
	if err := j.PutAway(t.Context(), teacher, later, 2); err != nil {
		t.Fatal(err)
	}
	j.Close()
	if s, err := local.SetAside(t.Context(), dir, clock, ""); err != nil || s.Lost != 0 {
		t.Fatalf("SetAside = %+v, %v", s, err)
	}
	j = openIn(t, dir, 0)
	if n := count(t, j); n != (commit.Counts{Refused: 2}) {
		t.Errorf("counts are %+v", n)
	}
	if err := j.Absorb(t.Context(), year, []commit.Entry{{Position: 1, Raw: encoded(t, c[0])}}, nil); err != nil {
		t.Fatal(err)
	}
	got := cells(t, j)
	if len(got) != 3 || got[0].Mark != 3 || got[0].State != 0 || got[1].State != journal.Refused || got[2].State != journal.Refused {
		t.Errorf("cells are %+v", got)
	}
	if away := waiting(t, j, commit.PutAway); len(away) != 1 || away[0].Aside != (commit.Aside{By: teacher, At: later}) || string(encoded(t, away[0].Commit)) != string(encoded(t, c[1])) {
		t.Errorf("put away are %+v", away)
	}
	if err := j.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestPutAwayIsSentAgain: the server comes back from a copy older than its
// answers and gets every commit anew.
func TestPutAwayIsSentAgain(t *testing.T) {
	j := open(t, 1)
	c := refusedThree(t, j)
	if err := j.PutAway(t.Context(), teacher, later, 2, 3); err != nil {
		t.Fatal(err)
	}
	if err := j.SetEpoch(t.Context(), [16]byte{7}, 1); err != nil {
		t.Fatal(err)
	}
	if err := j.Seal(t.Context(), nobody, true); err != nil {
		t.Fatal(err)
	}
	if list, err := j.Unsent(t.Context(), 1, 1<<20); err != nil || len(list) != 1 || len(list[0].Commits) != 3 {
		t.Fatalf("to send again: %v, %v", list, err)
	}
	if got := cells(t, j); got[0].Mark != 3 || len(got) != 2 || got[1].Mark != 2 || got[1].State != journal.Unsent {
		t.Errorf("what was put away stands again, or what was not does not: %+v", got)
	}
	if n := count(t, j); n != (commit.Counts{Unsent: 3}) {
		t.Errorf("counts are %+v", n)
	}
	settle(t, j, 4, verdict(c[1], commit.Refused, 0), verdict(c[2], commit.Accepted, 2), verdict(c[3], commit.Refused, 0))
	if n := count(t, j); n != (commit.Counts{Refused: 1, Returned: 1}) {
		t.Errorf("after the new answers: %+v", n)
	}
	if got := cells(t, j); got[0].Mark != 3 || got[0].State != 0 || got[1].Mark != 5 || got[1].State != 0 || got[2].State != journal.Refused {
		t.Errorf("cells are %+v", got)
	}
	if got := waiting(t, j, commit.Returned); len(got) != 1 || got[0].Commit.Number != 3 || got[0].Aside.By != teacher {
		t.Errorf("accepted all the same: %+v", got)
	}
	if got := numbers(t, j, commit.PutAway); !slices.Equal(got, []uint64{2}) {
		t.Errorf("put away are %v", got)
	}
	if err := j.Told(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	if n := count(t, j); n != (commit.Counts{Refused: 1}) {
		t.Errorf("after it was told: %+v", n)
	}
}
