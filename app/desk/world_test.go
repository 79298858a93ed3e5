package desk_test

import (
	"crypto/ed25519"
	"sync/atomic"
	"testing"
	"time"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// monday is a Monday of the second quarter, in the middle of the second lesson.
var monday = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

// A clock goes on a second with every look.
type clock struct{ at atomic.Int64 }

func clockAt(t time.Time) *clock {
	c := &clock{}
	c.set(t)
	return c
}

func (c *clock) set(t time.Time) { c.at.Store(t.Unix()) }

func (c *clock) now() time.Time { return time.Unix(c.at.Add(1), 0).UTC() }

// A world is the small school on several PCs, with the log of a server that
// takes whatever it is given.
type world struct {
	t testing.TB
	*journaltest.School
	clock *clock
	pcs   []*local.Journal
	keys  []ed25519.PrivateKey
	sent  []uint64
	logs  map[journal.Volume][]commit.Entry
}

// newWorld opens the small school on PCs; set may change it before.
func newWorld(t testing.TB, pcs int, set func(*journaltest.School)) *world {
	t.Helper()
	w := &world{t: t, School: journaltest.New(), clock: clockAt(monday), logs: map[journal.Volume][]commit.Entry{}, sent: make([]uint64, pcs)}
	for n := range 8 {
		key := journal.Key("").Int(n + 1)
		w.Set(journal.KindBell, key, journal.BellStart, journal.IntValue(int64(8*60+n*55)))
		w.Set(journal.KindBell, key, journal.BellEnd, journal.IntValue(int64(8*60+n*55+45)))
	}
	if set != nil {
		set(w.School)
	}
	for i := range pcs {
		j, err := local.Open(t.Context(), t.TempDir(), w.clock.now)
		w.must(err)
		t.Cleanup(func() { j.Close() })
		key := ed25519.NewKeyFromSeed(append(make([]byte, 31), byte(i+1)))
		w.must(j.Enrol(t.Context(), commit.Identity{School: journal.SchoolID{1}, Device: journal.DeviceID{0xD0, byte(i)}, Name: "Учительская", Key: key, Server: "school:8443"}))
		w.pcs, w.keys = append(w.pcs, j), append(w.keys, key)
	}
	drafts := []commit.Draft{{Volume: journal.Register, Author: w.Admin, Entered: w.clock.now()}, {Volume: year, Author: w.Admin, Entered: w.clock.now()}}
	for _, spec := range journal.Specs() {
		d := &drafts[1]
		if spec.InRegister() {
			d = &drafts[0]
		}
		w.Each(spec.Kind, func(key journal.Key, row []journal.Value) {
			for i, v := range row {
				if v.IsNull() && spec.Fields[i].Name == "removed" {
					v = journal.IntValue(0) // an entity of keys alone is there by this field
				}
				if !v.IsNull() {
					d.Changes = append(d.Changes, commit.Set(spec.Kind, key, journal.FieldNo(i+1), v))
				}
			}
		})
	}
	_, err := w.pcs[0].AppendAll(t.Context(), drafts...)
	w.must(err)
	w.exchange()
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// exchange lets every PC send what it has and then take all there is.
func (w *world) exchange() {
	w.t.Helper()
	ctx := w.t.Context()
	for i, j := range w.pcs {
		w.must(j.Seal(ctx, nobodysKey, true))
		list, err := j.Unsent(ctx, w.sent[i], 1<<24)
		w.must(err)
		var verdicts []commit.Verdict
		for _, e := range list {
			commits, err := e.Verify(w.keys[i].Public().(ed25519.PublicKey))
			w.must(err)
			for n, c := range commits {
				log := w.logs[c.Volume]
				at := uint64(len(log) + 1)
				w.logs[c.Volume] = append(log, commit.Entry{Position: at, Raw: e.Commits[n]})
				verdicts = append(verdicts, commit.Verdict{Commit: c.ID, Answer: commit.Accepted, Volume: c.Volume, Position: at})
				w.sent[i] = c.Number
			}
		}
		w.must(j.Settle(ctx, verdicts, w.sent[i]))
	}
	for _, j := range w.pcs {
		at, err := j.Known(ctx)
		w.must(err)
		for v, log := range w.logs {
			w.must(j.Absorb(ctx, v, log[at[v].Edge.Size():], nil))
		}
	}
}

// at begins a session on a PC.
func (w *world) at(pc int, who journal.StaffID) *desk.Session {
	w.t.Helper()
	s, err := desk.Open(w.t.Context(), w.pcs[pc], who, year, w.clock.now)
	w.must(err)
	return s
}

// cell is an empty cell of algebra on a day of November 2026.
func (w *world) cell(pupil, day int) journal.Cell {
	d := journal.MakeDate(2026, 11, day)
	number := map[int]int{1: 2, 2: 3, 5: 1}[d.Weekday()]
	return journal.Cell{Page: w.Algebra, Date: d, Number: number, Pupil: w.Pupils[pupil]}
}

// stands reads a cell of a PC.
func (w *world) stands(pc int, c journal.Cell) journal.Cell {
	w.t.Helper()
	all, err := w.pcs[pc].Cells(w.t.Context(), year, c.Page, c.Date, c.Date)
	w.must(err)
	for _, x := range all {
		if x.Key() == c.Key() {
			return x
		}
	}
	return journal.Cell{Page: c.Page, Date: c.Date, Number: c.Number, Pupil: c.Pupil}
}

// lesson reads a lesson of a PC.
func (w *world) lesson(pc int, l journal.Lesson) journal.Lesson {
	w.t.Helper()
	all, err := w.pcs[pc].Lessons(w.t.Context(), year, l.Page, l.Date, l.Date)
	w.must(err)
	for _, x := range all {
		if x.Key() == l.Key() {
			return x
		}
	}
	return l
}

// put writes a mark over what stands, as a person who sees the page does.
func (w *world) put(s *desk.Session, pc int, c journal.Cell, mark int) *commit.Commit {
	w.t.Helper()
	seen := w.stands(pc, c)
	want := seen
	want.Mark = mark
	made, err := s.PutCells(w.t.Context(), desk.CellEdit{Seen: seen, Want: want})
	w.must(err)
	return made
}

// refused asks for the code and that the sentence is one.
func refused(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("%v; want it refused as %s", err, code)
	}
	if text := fault.TextOf(err); len(text) < 20 || text[len(text)-1] != '.' {
		t.Errorf("no sentence: %q", text)
	}
}

// nobodysKey has no key: the PC seals.
func nobodysKey(journal.StaffID) (ed25519.PrivateKey, bool) { return nil, false }

// refusal is the server's answer to a commit that it does not take.
func refusal(c *commit.Commit) []commit.Verdict {
	return []commit.Verdict{{Commit: c.ID, Answer: commit.Refused, Volume: c.Volume, Code: fault.Forbidden, Text: "Эту страницу ведёт другой учитель."}}
}
