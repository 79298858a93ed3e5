package local_test

import (
	"testing"

	"uchitelskaya/sync/commit"
)

// TestWhatWasBroughtBackIsIntact follows one field through steps back and
// forth: a commit can be set back while what it set stands, however it came to.
func TestWhatWasBroughtBackIsIntact(t *testing.T) {
	j := open(t, 1)
	back := func(of *commit.Commit, mark int64) *commit.Commit {
		t.Helper()
		d := draft(markChange(day, pupil, mark))
		d.Undoes = of.Number
		c, err := j.Append(t.Context(), d)
		if err != nil || c == nil {
			t.Fatal(c, err)
		}
		return c
	}
	intact := func(when string, want bool, of *commit.Commit) {
		t.Helper()
		former, err := j.Before(t.Context(), of.ID)
		if err != nil || former.Intact != want || len(former.Changes) != 1 {
			t.Errorf("%s: %+v, %v; want intact %t", when, former, err, want)
		}
	}
	three := put(t, j, markChange(day, pupil, 3))
	four := put(t, j, markChange(day, pupil, 4))
	intact("under a 4", false, three)
	noFour := back(four, 3)
	intact("the 4 was taken back", true, three)
	intact("the 4, which was taken back", false, four)
	again := back(noFour, 4)
	intact("the 4 was brought again", true, four)
	intact("under the 4 that was brought again", false, three)
	back(again, 3)
	intact("the 4 was taken back twice", true, three)
	put(t, j, markChange(day, pupil, 5))
	intact("under a 5", false, three)
}
