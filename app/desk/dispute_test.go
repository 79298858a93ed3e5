package desk_test

import (
	"slices"
	"testing"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
	"uchitelskaya/sync/commit"
)

// apart lets two PCs write different marks into one cell, one more into another
// on each, and different topics, and meet again.
func apart(t *testing.T, set func(*journaltest.School)) (*world, []*desk.Session, journal.Cell, journal.Lesson) {
	t.Helper()
	w := newWorld(t, 2, set)
	sessions := []*desk.Session{w.at(0, w.Teacher), w.at(1, w.Teacher)}
	c := w.cell(0, 16)
	l := journal.Lesson{Page: w.Algebra, Date: c.Date, Number: c.Number}
	for pc, s := range sessions {
		w.put(s, pc, c, 4+pc)
		w.put(s, pc, w.cell(1+pc, 16), 3)
		want := l
		want.Topic = []string{"Степень", "Степень числа"}[pc]
		if _, err := s.PutLesson(t.Context(), l, want); err != nil {
			t.Fatal(err)
		}
	}
	w.exchange()
	return w, sessions, c, l
}

func disputes(t *testing.T, s *desk.Session) []desk.Dispute {
	t.Helper()
	all, err := s.Disputes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b desk.Dispute) int { return int(b.Ref.Kind) - int(a.Ref.Kind) }) // cells first
	return all
}

func values(d desk.Dispute) (out []string) {
	for _, h := range d.Heads {
		out = append(out, h.Value.String())
	}
	return out
}

func TestDisputesAreTheSameOnEveryPC(t *testing.T) {
	w, sessions, c, _ := apart(t, nil)
	for pc, s := range sessions {
		all := disputes(t, s)
		if len(all) != 2 {
			t.Fatalf("PC %d: %d disputes; want the mark and the topic", pc, len(all))
		}
		mark, topic := all[0], all[1]
		if mark.Pupil.ID != c.Pupil || mark.Page.ID != c.Page || mark.Date != c.Date || mark.Number != c.Number || mark.Group.Name != "7-А" || mark.Subject.Name != "Алгебра" || !mark.Mine {
			t.Errorf("PC %d: %+v", pc, mark)
		}
		if got := values(mark); !slices.Equal(got, []string{"5", "4"}) {
			t.Errorf("PC %d: values %v; the later is shown", pc, got)
		}
		if topic.Ref.Field != journal.LessonTopic || topic.Heads[0].Value.Text() != "Степень числа" {
			t.Errorf("PC %d: topic %v", pc, values(topic))
		}
		for i := range 2 {
			if got := w.stands(pc, w.cell(1+i, 16)); got.Mark != 3 || got.State&journal.Rivals != 0 {
				t.Errorf("PC %d: the neighbour has %+v", pc, got)
			}
		}
	}
	if all := disputes(t, w.at(0, w.Other)); len(all) != 0 {
		t.Errorf("who does not teach it is asked about %d", len(all))
	}
	for _, watcher := range []journal.StaffID{w.Leader, w.Deputy} {
		if all := disputes(t, w.at(0, watcher)); len(all) != 2 || all[0].Mine || all[1].Mine {
			t.Errorf("who only reads: %+v", all)
		}
	}
}

func TestDecisionsConverge(t *testing.T) {
	for name, tt := range map[string]struct {
		decide       func(*testing.T, *desk.Session, desk.Dispute) error
		mark, second int
	}{
		"the shown one": {func(t *testing.T, s *desk.Session, d desk.Dispute) error {
			_, err := s.Decide(t.Context(), d, d.Heads[0].Value)
			return err
		}, 5, 0},
		"the other": {func(t *testing.T, s *desk.Session, d desk.Dispute) error {
			_, err := s.Decide(t.Context(), d, d.Heads[1].Value)
			return err
		}, 4, 0},
		"both": {func(t *testing.T, s *desk.Session, d desk.Dispute) error {
			_, err := s.DecideBoth(t.Context(), d)
			return err
		}, 5, 4},
	} {
		for both, sessions := range map[string]int{"on one PC": 1, "on both PCs at once": 2} {
			t.Run(name+" "+both, func(t *testing.T) {
				w, all, c, _ := apart(t, nil)
				for _, s := range all[:sessions] {
					if err := tt.decide(t, s, disputes(t, s)[0]); err != nil {
						t.Fatal(err)
					}
				}
				w.exchange()
				for pc, s := range all {
					if got := w.stands(pc, c); got.Mark != tt.mark || got.Second != tt.second || got.State&journal.Rivals != 0 {
						t.Errorf("PC %d has %+v", pc, got)
					}
					if left := disputes(t, s); len(left) != 1 || left[0].Ref.Kind != journal.KindLesson {
						t.Errorf("PC %d: %d disputes are left; want the topic", pc, len(left))
					}
					past, err := s.CellHistory(t.Context(), c)
					w.must(err)
					var seen []string
					for _, p := range past {
						if p.Field == journal.CellMark {
							seen = append(seen, p.Value.String())
						}
					}
					if !slices.Contains(seen, "4") || !slices.Contains(seen, "5") {
						t.Errorf("PC %d: the history has only %v", pc, seen)
					}
				}
			})
		}
	}
}

func TestATopicIsDecided(t *testing.T) {
	w, all, _, l := apart(t, nil)
	d := disputes(t, all[0])[1]
	_, err := all[0].DecideBoth(t.Context(), d)
	refused(t, err, fault.Invalid)
	if _, err := all[0].Decide(t.Context(), d, journal.TextValue("Степень числа и её свойства")); err != nil {
		t.Fatal(err)
	}
	w.exchange()
	for pc := range w.pcs {
		if got := w.lesson(pc, l).Topic; got != "Степень числа и её свойства" {
			t.Errorf("PC %d has %q", pc, got)
		}
	}
}

func TestDecisionsRefused(t *testing.T) {
	t.Run("what came in while she decided is not covered", func(t *testing.T) {
		w, all, c, _ := apart(t, nil)
		d := disputes(t, all[0])[0]
		w.put(all[1], 1, c, 2)
		w.exchange()
		_, err := all[0].Decide(t.Context(), d, d.Heads[1].Value)
		refused(t, err, fault.Invalid)
		if got := w.stands(0, c); got.Mark != 2 {
			t.Errorf("%d stands", got.Mark)
		}
	})
	t.Run("both, where the school allows one", func(t *testing.T) {
		_, all, _, _ := apart(t, func(s *journaltest.School) {
			s.Set(journal.KindSetting, journal.Key("").Text(journal.SettingTwoMarks), journal.SettingValue, journal.TextValue("нет"))
		})
		_, err := all[0].DecideBoth(t.Context(), disputes(t, all[0])[0])
		refused(t, err, fault.Invalid)
	})
	t.Run("both, where a second mark stands", func(t *testing.T) {
		w, all, c, _ := apart(t, nil)
		seen := w.stands(0, c)
		if _, err := all[0].PutCells(t.Context(), edit(seen, func(c *journal.Cell) { c.Second = 3 })); err != nil {
			t.Fatal(err)
		}
		_, err := all[0].DecideBoth(t.Context(), disputes(t, all[0])[0])
		refused(t, err, fault.Invalid)
	})
	t.Run("by who only reads", func(t *testing.T) {
		w, all, _, _ := apart(t, nil)
		d := disputes(t, all[0])[0]
		_, err := w.at(0, w.Deputy).Decide(t.Context(), d, d.Heads[0].Value)
		refused(t, err, fault.Forbidden)
	})
}

func TestADecisionTakenBack(t *testing.T) {
	w, all, c, _ := apart(t, nil)
	s, d := all[0], disputes(t, all[0])[0]
	if _, err := s.Decide(t.Context(), d, d.Heads[1].Value); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Undo(t.Context()); err != nil || w.stands(0, c).Mark != 5 {
		t.Fatalf("%+v, %v; want what was shown before", w.stands(0, c), err)
	}
	w, all, c, _ = apart(t, nil)
	s, d = all[0], disputes(t, all[0])[0]
	if _, err := s.Decide(t.Context(), d, d.Heads[0].Value); err != nil {
		t.Fatal(err)
	}
	topic := w.lesson(0, journal.Lesson{Page: w.Algebra, Date: c.Date, Number: c.Number}).Topic
	_, err := s.Undo(t.Context()) // the shown value is the one decided for
	refused(t, err, fault.Invalid)
	if got := w.lesson(0, journal.Lesson{Page: w.Algebra, Date: c.Date, Number: c.Number}).Topic; got != topic {
		t.Error("another step was taken back instead")
	}
}

// TestDisputesOfTheRegister are decided by those who keep the lists.
func TestDisputesOfTheRegister(t *testing.T) {
	w := newWorld(t, 2, nil)
	for pc, name := range []string{"Аблаев", "Аблаєв"} {
		_, err := w.pcs[pc].Append(t.Context(), commit.Draft{Volume: journal.Register, Author: w.Admin, Entered: w.clock.now(), Changes: []commit.Change{
			commit.Set(journal.KindPupil, journal.IDKey(w.Pupils[0]), journal.PupilMiddle, journal.TextValue(name+"ич")),
		}})
		w.must(err)
	}
	w.exchange()
	if all := disputes(t, w.at(0, w.Teacher)); len(all) != 0 {
		t.Errorf("a teacher is asked about the lists: %+v", all)
	}
	s := w.at(0, w.Admin)
	all := disputes(t, s)
	if len(all) != 1 || !all[0].Mine || all[0].Pupil.ID != w.Pupils[0] {
		t.Fatalf("the administrator is asked about %+v", all)
	}
	if _, err := s.Decide(t.Context(), all[0], all[0].Heads[1].Value); err != nil {
		t.Fatal(err)
	}
	w.exchange()
	if left := disputes(t, w.at(1, w.Admin)); len(left) != 0 {
		t.Errorf("%d are left", len(left))
	}
}
