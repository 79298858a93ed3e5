package local_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

func TestAppend(t *testing.T) {
	dir := t.TempDir()
	j := openIn(t, dir, 1)
	c := put(t, j, markChange(day, pupil, 5))
	if c.Number != 1 || len(c.Edits) != 1 || len(c.Edits[0].Replaces) != 0 {
		t.Errorf("first commit is %+v", c)
	}
	if c, err := j.Append(t.Context(), draft(markChange(day, pupil, 5))); c != nil || err != nil {
		t.Errorf("the same value again made %v, %v", c, err)
	}
	c2 := put(t, j, markChange(day, pupil, 4))
	if c2.Number != 2 || len(c2.Edits[0].Replaces) != 1 || c2.Edits[0].Replaces[0] != c.Edit(0) || c2.Stamp <= c.Stamp {
		t.Errorf("second commit is %+v", c2)
	}
	put(t, j, commit.Set(journal.KindLesson, journal.LessonKey(page, day, 1), journal.LessonTopic, journal.TextValue("Причастие")))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = openIn(t, dir, 0)
	got := cells(t, j)
	want := journal.Cell{Page: page, Date: day, Number: 1, Pupil: pupil, Mark: 4, State: journal.Unsent}
	if len(got) != 1 || got[0] != want {
		t.Errorf("cells after reopening are %+v, want %+v", got, want)
	}
	lessons, err := j.Lessons(t.Context(), year, page, day, day)
	if err != nil || len(lessons) != 1 || lessons[0].Topic != "Причастие" {
		t.Errorf("lessons after reopening are %+v, %v", lessons, err)
	}
	if c := put(t, j, markChange(day, pupil, 3)); c.Number != 4 {
		t.Errorf("numbers go on with %d, want 4", c.Number)
	}
}
