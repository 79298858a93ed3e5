package main

import (
	"crypto/ed25519"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// ends makes somebody no teacher of the class's page any more, and never to have
// been one when the marks are of.
func (c *class) ends() commit.Change {
	return commit.Set(journal.KindPageTeacher, journal.IDKey(c.page).ID(c.teacher).Date(september), journal.PageTeacherTo, journal.DateValue(september))
}

// seal signs what waits with the PC's key.
func (p *pc) seal() {
	p.t.Helper()
	if err := p.book.Seal(p.t.Context(), func(journal.StaffID) (ed25519.PrivateKey, bool) { return nil, false }, true); err != nil {
		p.t.Fatal(err)
	}
}

// entry finds a commit in the year's log.
func (s *handSchool) entry(t *testing.T, raw []byte) *commit.Entry {
	t.Helper()
	entries, err := s.store.Entries(t.Context(), s.ID(), year, 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		if string(entries[i].Raw) == string(raw) {
			return &entries[i]
		}
	}
	return nil
}

func encoded(t *testing.T, c *commit.Commit) []byte {
	t.Helper()
	raw, err := commit.Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// A server accepts a mark, is put back from an older copy and then lost for good,
// before its PC has read the log again. Who may write there has changed since;
// the mark was accepted all the same.
func TestWhatWasAcceptedOnceIsNotJudgedAnew(t *testing.T) {
	for name, tt := range map[string]struct {
		sending bool // the PC has heard the verdict and has not read the log
		late    bool // the copy was made when the mark was there
	}{
		"in the log of before the copy": {},
		"in the copy":                   {late: true},
		"in the copy, by the verdict":   {late: true, sending: true},
	} {
		t.Run(name, func(t *testing.T) {
			office, room := newPC(t), newPC(t)
			s, c := foundHand(t, filepath.Join(t.TempDir(), "old"), office, room)
			back := s.copied(t)
			office.write(c.admin, year, c.ends())
			office.seal()
			raw := encoded(t, room.write(c.teacher, year, c.mark(1, 5)))
			for !tt.sending && !s.round(t, room, false) {
			}
			if tt.sending {
				s.round(t, room, true)
			}
			was := s.entry(t, raw)
			if was == nil {
				t.Fatal("the mark was not accepted")
			}
			if tt.late {
				back = s.copied(t)
			}
			s = back()
			s.round(t, room, false) // it hears of the new server
			if !tt.late {
				s.sync(t, office)
			}

			again, _ := remadeHand(t, office.saved(), room.saved())
			if is := again.entry(t, raw); is == nil {
				t.Error("the new server lacks the mark")
			} else if is.Arrived != was.Arrived && !tt.sending {
				t.Errorf("it arrived at %d, had arrived at %d", is.Arrived, was.Arrived)
			}
			for _, p := range []*pc{room, office, room} {
				again.join(t, p)
				again.sync(t, p)
			}
			if !office.sees(c, 1, 5) || !room.sees(c, 1, 5) {
				t.Error("a PC does not show the mark")
			}
			room.counted("after all", commit.Counts{})
		})
	}
}

// What was accepted and can no more be proved is judged by the new server; when it
// refuses, the author finds it among the refused.
func TestARefusalByANewServerIsTold(t *testing.T) {
	office, room := newPC(t), newPC(t)
	s, c := foundHand(t, filepath.Join(t.TempDir(), "old"), office, room)
	office.write(c.admin, year, c.ends())
	made := room.write(c.teacher, year, c.mark(1, 5))
	office.seal()
	room.seal()
	old := room.saved()
	s.round(t, room, true)
	if s.entry(t, encoded(t, made)) == nil {
		t.Fatal("the mark was not accepted")
	}

	again, _ := remadeHand(t, office.saved(), old)
	again.join(t, room)
	again.sync(t, room)
	room.counted("after the new server has refused it", commit.Counts{Refused: 1})
	waiting, err := room.book.Waiting(t.Context(), commit.Query{Fate: commit.NotTaken})
	if err != nil || len(waiting) != 1 || waiting[0].Commit.Number != made.Number || waiting[0].Text == "" {
		t.Errorf("refused are %+v, %v", waiting, err)
	}
	if room.sees(c, 1, 5) {
		t.Error("the mark is shown as if it were in the journal")
	}
}
