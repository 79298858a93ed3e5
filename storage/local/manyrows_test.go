package local_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Rows are written many at a time, and what is left over one by one: however many
// there are, of one kind or two, each holds what was written last.
func TestManyRowsAtOnce(t *testing.T) {
	for _, n := range []int{1, 15, 16, 17, 32, 50} {
		j := open(t, 1)
		for _, mark := range []int64{2, 5} {
			var changes []commit.Change
			for i := range n {
				changes = append(changes, markChange(day, journal.PupilID{byte(i + 1)}, mark-int64(i%2)),
					commit.Set(journal.KindLesson, journal.LessonKey(page, day+journal.Date(i), 1), journal.LessonTopic, journal.TextValue(string(rune('А'+i)))))
			}
			put(t, j, changes...)
			list := cells(t, j)
			if len(list) != n {
				t.Errorf("%d cells, want %d", len(list), n)
			}
			for _, c := range list {
				if want := mark - int64((c.Pupil[0]-1)%2); int64(c.Mark) != want {
					t.Errorf("of %d: pupil %d has %d, want %d", n, c.Pupil[0], c.Mark, want)
				}
			}
		}
		if err := j.Verify(t.Context()); err != nil {
			t.Errorf("of %d: %v", n, err)
		}
	}
}
