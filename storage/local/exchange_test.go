package local_test

import (
	"context"
	"crypto/ed25519"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// school is several PCs and the log of a server that takes every commit it is
// given, except those it refuses.
type school struct {
	t    *rapid.T
	dirs []string
	pcs  []*local.Journal
	logs map[journal.Volume][]commit.Entry
	sent []uint64 // up to which number each PC has sent
	now  time.Time
	off  []time.Duration // by how much each PC's clock is wrong

	asked    map[journal.Volume][]commit.Entry // requests that were not granted yet
	verdicts [][]commit.Verdict                // of each PC, all
}

func newSchool(t *rapid.T, n int) *school {
	s := &school{
		t: t, logs: map[journal.Volume][]commit.Entry{}, sent: make([]uint64, n), now: start, off: make([]time.Duration, n),
		asked: map[journal.Volume][]commit.Entry{}, verdicts: make([][]commit.Verdict, n),
	}
	for i := range n {
		s.add(byte(i + 1))
	}
	return s
}

// add opens one more PC of the school.
func (s *school) add(id byte) {
	dir, err := os.MkdirTemp("", "school")
	s.must(err)
	s.t.Cleanup(func() { os.RemoveAll(dir) })
	j, err := local.Open(context.Background(), dir, clock)
	s.must(err)
	s.t.Cleanup(func() { j.Close() })
	s.must(j.Enrol(context.Background(), identity(id)))
	s.dirs, s.pcs = append(s.dirs, dir), append(s.pcs, j)
}

func (s *school) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// write makes one person on one PC write something.
func (s *school) write(pc int) {
	t := s.t
	d := draft()
	if rapid.IntRange(0, 3).Draw(t, "clock set") == 0 {
		s.off[pc] = rapid.SampledFrom(wrongBy).Draw(t, "wrong by")
	}
	d.Entered = s.now.Add(s.off[pc])
	for range rapid.IntRange(1, 3).Draw(t, "changes") {
		d.Changes = append(d.Changes, drawChange(t))
	}
	if d.Changes[0].Kind < 100 {
		d.Volume = journal.Register
	}
	_, err := s.pcs[pc].Append(context.Background(), d)
	s.must(err)
}

// drawChange draws from few cells and values, so that PCs meet.
func drawChange(t *rapid.T) commit.Change {
	key := journal.CellKey(page, day, rapid.IntRange(1, 2).Draw(t, "number"), pupil)
	c := commit.Set(journal.KindCell, key, journal.CellMark, journal.IntValue(rapid.Int64Range(2, 5).Draw(t, "mark")))
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0:
		c = commit.Set(journal.KindCell, key, journal.CellAbsence, journal.TextValue(rapid.SampledFrom([]string{"", "н", "б"}).Draw(t, "absence")))
	case 1:
		c = commit.Set(journal.KindPupil, journal.IDKey(pupil), journal.PupilLast, journal.TextValue(rapid.SampledFrom([]string{"Ключевой", "Ключ"}).Draw(t, "name")))
	case 2: // of a later version
		c = commit.Set(900, "later", 1, journal.IntValue(rapid.Int64Range(0, 3).Draw(t, "later")))
	case 3:
		c = commit.Set(journal.KindCell, key, 77, journal.IntValue(rapid.Int64Range(0, 3).Draw(t, "later field")))
	case 4:
		seen := journal.IntValue(rapid.Int64Range(2, 5).Draw(t, "seen"))
		c.Seen = &seen
	}
	return c
}

// wrongBy are clocks of PCs; the first is right.
var wrongBy = []time.Duration{0, time.Second, 5 * time.Hour, -72 * time.Hour, 30 * 365 * 24 * time.Hour, -60 * 365 * 24 * time.Hour}

// push sends what a PC has not sent; the server refuses some commits.
func (s *school) push(pc int) {
	j := s.pcs[pc]
	s.must(j.Seal(context.Background(), nobody, true))
	list, err := j.Unsent(context.Background(), s.sent[pc], 1<<20)
	s.must(err)
	var verdicts []commit.Verdict
	for _, e := range list {
		id := identity(byte(pc + 1))
		commits, err := e.Verify(id.Key.Public().(ed25519.PublicKey))
		s.must(err)
		for i, c := range commits {
			v := commit.Verdict{Commit: c.ID, Answer: commit.Accepted, Volume: c.Volume}
			if rapid.IntRange(0, 4).Draw(s.t, "refuse") == 0 {
				v.Answer = rapid.SampledFrom([]commit.Answer{commit.Requested, commit.Refused}).Draw(s.t, "answer")
				v.Text = "Не принято."
				if v.Answer == commit.Requested {
					s.asked[c.Volume] = append(s.asked[c.Volume], commit.Entry{Raw: e.Commits[i], Arrived: s.now.UnixMilli()})
				}
			} else {
				log := s.logs[c.Volume]
				v.Position = uint64(len(log) + 1)
				s.logs[c.Volume] = append(log, commit.Entry{Position: v.Position, Raw: e.Commits[i], Arrived: s.now.UnixMilli()})
			}
			verdicts = append(verdicts, v)
			s.sent[pc] = c.Number
		}
	}
	s.must(j.Settle(context.Background(), verdicts, s.sent[pc]))
	if rapid.Bool().Draw(s.t, "answered twice") {
		s.must(j.Settle(context.Background(), verdicts, s.sent[pc]))
	}
	s.verdicts[pc] = append(s.verdicts[pc], verdicts...)
}

// grant lets one of the requests into the log, in any order.
func (s *school) grant() {
	for v, asked := range s.asked {
		if len(asked) > 0 {
			i := rapid.IntRange(0, len(asked)-1).Draw(s.t, "which")
			e := asked[i]
			e.Position = uint64(len(s.logs[v]) + 1)
			s.logs[v] = append(s.logs[v], e)
			s.asked[v] = slices.Delete(asked, i, i+1)
		}
	}
}

// pull takes some of what is new, perhaps with what is known already.
func (s *school) pull(pc int, all bool) {
	j := s.pcs[pc]
	at, err := j.Known(context.Background())
	s.must(err)
	for v, log := range s.logs {
		from := rapid.Uint64Range(0, size(at[v])).Draw(s.t, "from")
		to := uint64(len(log))
		if !all {
			to = rapid.Uint64Range(size(at[v]), to).Draw(s.t, "to")
		}
		s.must(j.Absorb(context.Background(), v, log[from:to], nil))
	}
}

func size(k tree.Known) uint64 { return k.Edge.Size() }

// TestExchange plays any history of several PCs, with clocks that are wrong and
// jump: in the end all show the same, byte for byte, and a projection made anew
// is the living one.
func TestExchange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSchool(t, rapid.IntRange(1, 3).Draw(t, "PCs"))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			s.now = s.now.Add(time.Duration(rapid.Int64Range(0, 1e12).Draw(t, "time passes")))
			pc := rapid.IntRange(0, len(s.pcs)-1).Draw(t, "pc")
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0, 1:
				s.write(pc)
			case 2:
				s.push(pc)
			case 3:
				s.pull(pc, false)
			case 4:
				s.grant()
			case 5: // an old answer comes once more, as from a lost stick
				s.must(s.pcs[pc].Settle(context.Background(), s.verdicts[pc], s.sent[pc]))
			}
		}
		s.checkRebuilt("in the middle")
		for pc := range s.pcs {
			s.push(pc)
		}
		s.add(99) // takes the log from its beginning
		s.sent, s.off, s.verdicts = append(s.sent, 0), append(s.off, 0), append(s.verdicts, nil)
		for pc := range s.pcs {
			s.pull(pc, true)
		}
		s.checkRebuilt("in the end")
		want := dump(t, s.dirs[0])
		for i, dir := range s.dirs {
			if got := dump(t, dir); got != want {
				t.Errorf("PC %d shows\n%s\nPC 0 shows\n%s", i, got, want)
			}
		}
	})
}

func (s *school) checkRebuilt(when string) {
	s.t.Helper()
	for i, j := range s.pcs {
		living := dump(s.t, s.dirs[i])
		s.must(j.Rebuild(context.Background()))
		if anew := dump(s.t, s.dirs[i]); anew != living {
			s.t.Fatalf("%s, PC %d made anew shows\n%s\nbefore it showed\n%s", when, i, anew, living)
		}
	}
}

// nobody has a key on this PC.
func nobody(journal.StaffID) (ed25519.PrivateKey, bool) { return nil, false }
