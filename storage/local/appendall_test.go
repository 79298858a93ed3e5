package local_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

func TestAppendAllIsAllOrNothing(t *testing.T) {
	j := open(t, 1)
	people := commit.Draft{Volume: journal.Register, Author: teacher, Entered: start, Changes: []commit.Change{
		commit.Set(journal.KindPupil, journal.IDKey(pupil), journal.PupilLast, journal.TextValue("Жук")),
	}}
	bad := draft(commit.Set(journal.KindBell, journal.Key("").Int(1), journal.BellStart, journal.IntValue(5000)))
	if made, err := j.AppendAll(t.Context(), people, bad); err == nil {
		t.Fatalf("AppendAll took a number out of bounds: %v", made)
	}
	r, err := j.Roster(t.Context(), year)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.AllPupils()) != 0 {
		t.Error("the first draft stands although the second was refused")
	}
	made, err := j.AppendAll(t.Context(), people, draft(), draft(markChange(day, pupil, 5)))
	if err != nil || len(made) != 2 {
		t.Fatalf("AppendAll made %d commits, %v; want 2", len(made), err)
	}
	if made[0].Number != 1 || made[1].Number != 2 || made[1].Volume != year {
		t.Errorf("numbers %d, %d and volume %d; a refused act must leave no gap", made[0].Number, made[1].Number, made[1].Volume)
	}
	if len(r.AllPupils()) != 1 || len(cells(t, j)) != 1 {
		t.Error("what was written does not stand")
	}
}
