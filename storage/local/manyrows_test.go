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

// News are read against what stands many rows at a time: whether they come in
// one piece or each by itself, the journal is the same to the byte, and the same
// as one made anew of its log.
func TestManyRowsFetched(t *testing.T) {
	later := commit.Set(journal.Kind(200), journal.Key("of a later version"), 1, journal.IntValue(1))
	for _, n := range []int{1, 15, 16, 17, 50} {
		writer := open(t, 1)
		var log []commit.Entry
		for _, mark := range []int64{2, 4, 5} {
			changes := []commit.Change{later}
			for i := range n {
				cell := markChange(day+journal.Date(i%3), journal.PupilID{byte(i + 1)}, mark-int64(i%2))
				if mark == 5 {
					cell.Field, cell.Value = journal.CellNote, journal.TextValue("молодец") // the mark stays
				}
				changes = append(changes, cell,
					commit.Set(journal.KindLesson, journal.LessonKey(page, day+journal.Date(i), 1), journal.LessonTopic, journal.TextValue(string(rune('А'+int(mark)+i)))))
			}
			raw, err := commit.Encode(put(t, writer, changes...))
			if err != nil {
				t.Fatal(err)
			}
			log = append(log, commit.Entry{Position: uint64(len(log)) + 1, Raw: raw, Arrived: start.UnixMilli()})
			later = commit.Set(later.Kind, later.Key, later.Field, journal.IntValue(mark))
		}
		var dumps []string
		for _, pieces := range [][][]commit.Entry{{log}, {log[:1], log[1:]}, {log[:1], log[:2], log}} {
			dir := t.TempDir()
			reader := openIn(t, dir, 2)
			for _, piece := range pieces {
				if err := reader.Absorb(t.Context(), year, piece, nil); err != nil {
					t.Fatal(err)
				}
			}
			if got, want := len(cells(t, reader)), n; got != want {
				t.Errorf("%d cells, want %d", got, want)
			}
			was := dump(t, dir)
			if err := reader.Rebuild(t.Context()); err != nil {
				t.Fatal(err)
			}
			if dump(t, dir) != was {
				t.Errorf("of %d in %d pieces: not what the log says", n, len(pieces))
			}
			dumps = append(dumps, was)
		}
		if dumps[0] != dumps[1] || dumps[0] != dumps[2] {
			t.Errorf("of %d: the pieces in which news come make a difference", n)
		}
	}
}
