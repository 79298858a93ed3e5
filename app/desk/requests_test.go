package desk_test

import (
	"testing"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
	"uchitelskaya/sync/commit"
)

// asks puts into the log what the school server writes about a commit of
// another PC in a closed term.
func (w *world) asks(number uint64, author journal.StaffID, entered time.Time, edits ...commit.Edit) {
	w.t.Helper()
	encode := func(c *commit.Commit) []byte {
		raw, err := commit.Encode(c)
		w.must(err)
		return raw
	}
	asked := &commit.Commit{
		ID: commit.ID{Device: journal.DeviceID{0xD9}, Number: number}, School: journal.SchoolID{1}, Volume: year, Author: author,
		Stamp: commit.StampAt(entered), Entered: entered, Reason: "Проверены тетради", Edits: edits,
	}
	key, log := journal.RequestKey(asked.Device, number), w.logs[year]
	told := &commit.Commit{
		ID: commit.ID{Device: journal.DeviceID{0xFF}, Number: number}, School: journal.SchoolID{1}, Volume: year, Stamp: commit.StampAt(monday), Entered: monday,
		Edits: []commit.Edit{
			{Kind: journal.KindRequest, Key: key, Field: journal.RequestBody, Value: journal.BytesValue(encode(asked))},
			{Kind: journal.KindRequest, Key: key, Field: journal.RequestArrived, Value: journal.IntValue(monday.UnixMilli())},
		},
	}
	w.logs[year] = append(log, commit.Entry{Position: uint64(len(log) + 1), Raw: encode(told), Arrived: monday.UnixMilli()})
}

func (w *world) markEdit(pupil, mark int) commit.Edit {
	c := w.cell(pupil, 16)
	return commit.Edit{Kind: journal.KindCell, Key: c.Key(), Field: journal.CellMark, Value: journal.IntValue(int64(mark))}
}

// newAsked is the small school with the second quarter closed and three
// requests: of the page's teacher, of hers again, and of somebody else.
func newAsked(t *testing.T, pcs int) *world {
	w := newWorld(t, pcs, func(s *journaltest.School) { s.Close(journal.Quarters, 2) })
	entered := monday.AddDate(0, 0, -6)
	w.asks(1, w.Teacher, entered, w.markEdit(0, 5))
	w.asks(2, w.Teacher, entered, w.markEdit(1, 4), w.markEdit(2, 3))
	w.asks(3, w.Other, entered, w.markEdit(3, 2))
	w.exchange()
	return w
}

func (w *world) requests(s *desk.Session, decided bool) []desk.Request {
	w.t.Helper()
	all, err := s.Requests(w.t.Context(), decided)
	w.must(err)
	return all
}

func TestWhoDecidesOnRequests(t *testing.T) {
	w := newAsked(t, 1)
	for name, tt := range map[string]struct {
		who     journal.StaffID
		decides bool
	}{
		"the deputy": {w.Deputy, true}, "the director": {w.Director, true}, "the administrator": {w.Admin, false},
		"the teacher": {w.Teacher, false}, "the class teacher": {w.Leader, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := w.at(0, tt.who)
			n, err := s.Count(t.Context())
			w.must(err)
			if want := map[bool]int{true: 3}[tt.decides]; n.Asked != want {
				t.Errorf("%d requests wait for the person, want %d", n.Asked, want)
			}
			all, err := s.Requests(t.Context(), false)
			if tt.decides && (err != nil || len(all) != 3) {
				t.Fatalf("requests %+v, %v", all, err)
			}
			if !tt.decides {
				refused(t, err, fault.Forbidden)
				_, err = s.Grant(t.Context(), w.requests(w.at(0, w.Deputy), false)[:1], "")
				refused(t, err, fault.Forbidden)
			}
		})
	}
}

func TestRequestsSayWhatTheyChange(t *testing.T) {
	w := newAsked(t, 1)
	all := w.requests(w.at(0, w.Deputy), false)
	first, second, third := all[0], all[1], all[2]
	if first.Author.ID != w.Teacher || first.Commit.Reason != "Проверены тетради" || first.Field.Page.ID != w.Algebra || first.Field.Pupil.ID != w.Pupils[0] || !first.Arrived.Equal(monday) {
		t.Errorf("the first is %+v", first)
	}
	if l := first.Lines; len(l) != 1 || !l[0].Now.IsNull() || l[0].Want != journal.IntValue(5) {
		t.Errorf("the first changes %+v", l)
	}
	if len(second.Lines) != 2 || second.Barred != nil {
		t.Errorf("the second is %+v", second)
	}
	refused(t, third.Barred, fault.Forbidden)
}

func TestDecidingOnRequests(t *testing.T) {
	for name, tt := range map[string]struct {
		does func(w *world, s *desk.Session, all []desk.Request) error
		code fault.Code
		want [3]string // the decisions afterwards
	}{
		"two at once are one commit": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				c, err := s.Grant(w.t.Context(), all[:2], "")
				if err == nil && len(c.Edits) != 2 {
					w.t.Errorf("granted by %+v", c)
				}
				return err
			}, want: [3]string{journal.RequestGranted, journal.RequestGranted, ""},
		},
		"one that cannot be granted holds all back": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				_, err := s.Grant(w.t.Context(), all, "")
				return err
			},
			code: fault.Forbidden,
		},
		"one that cannot be granted can be rejected": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				_, err := s.Reject(w.t.Context(), all[2:], " Не ваша страница. ")
				return err
			}, want: [3]string{2: journal.RequestRejected},
		},
		"nothing is rejected without a word": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				_, err := s.Reject(w.t.Context(), all[:1], " ")
				return err
			},
			code: fault.Invalid,
		},
		"a decision that was not seen is not overruled": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				_, err := w.at(0, w.Director).Reject(w.t.Context(), all[:1], "Нет основания.")
				w.must(err)
				_, err = s.Grant(w.t.Context(), all[:1], "")
				return err
			}, code: fault.Invalid, want: [3]string{journal.RequestRejected},
		},
		"a rejected one is granted after all": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				_, err := s.Reject(w.t.Context(), all[:1], "Нет основания.")
				w.must(err)
				_, err = s.Grant(w.t.Context(), w.requests(s, true), "")
				return err
			}, want: [3]string{journal.RequestGranted},
		},
		"what was granted is not decided again": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				_, err := s.Grant(w.t.Context(), all[:1], "")
				w.must(err)
				_, err = s.Reject(w.t.Context(), w.requests(s, true), "Поздно.")
				return err
			}, code: fault.Invalid, want: [3]string{journal.RequestGranted},
		},
		"a decision is not undone": {
			does: func(w *world, s *desk.Session, all []desk.Request) error {
				_, err := s.Grant(w.t.Context(), all[:1], "")
				w.must(err)
				_, err = s.Undo(w.t.Context())
				return err
			}, code: fault.Invalid, want: [3]string{journal.RequestGranted},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newAsked(t, 1)
			s := w.at(0, w.Deputy)
			err := tt.does(w, s, w.requests(s, false))
			if tt.code == "" {
				w.must(err)
			} else {
				refused(t, err, tt.code)
			}
			var got [3]string
			for _, r := range w.requests(s, true) {
				got[r.Commit.Number-1] = r.Decision
			}
			if got != tt.want {
				t.Errorf("decisions %q, want %q", got, tt.want)
			}
		})
	}
}

// A PC whose clock had lost its battery, and one whose clock runs ahead: the day
// of arrival counts, as on the server.
func TestRequestsOfAWrongClock(t *testing.T) {
	w := newWorld(t, 1, func(s *journaltest.School) {
		s.Close(journal.Quarters, 2)
		s.Assign(s.English, s.Leader, november(23), november(23)) // for the day of arrival only
		s.Set(journal.KindDevice, journal.IDKey(journal.DeviceID{0xD9}), journal.DeviceKey, journal.BytesValue([]byte("ключ")))
	})
	edit := func(pupil int) commit.Edit {
		return commit.Edit{Kind: journal.KindTermMark, Key: journal.TermMarkKey(w.Pupils[pupil], w.English, 2), Field: journal.TermMarkValue, Value: journal.TextValue("5")}
	}
	w.asks(1, w.Leader, time.Unix(0, 0), edit(0))
	w.asks(2, w.Leader, monday.AddDate(1, 0, 0), edit(2))
	w.exchange()
	for _, r := range w.requests(w.at(0, w.Deputy), false) {
		if r.Barred != nil {
			t.Errorf("request %d: %v", r.Commit.Number, r.Barred)
		}
	}
}
