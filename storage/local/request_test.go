package local_test

import (
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

var (
	atHome    = journal.DeviceID{0xD0, 0xFF} // the server
	elsewhere = journal.DeviceID{0xD0, 0xFE}
)

// A log is what the server has of the year, made by hand.
type log struct {
	t       *testing.T
	entries []commit.Entry
	numbers map[journal.DeviceID]uint64
}

// add puts a commit into the log.
func (l *log) add(device journal.DeviceID, author journal.StaffID, edits ...commit.Edit) *commit.Commit {
	l.numbers[device]++
	c := &commit.Commit{
		ID: commit.ID{Device: device, Number: l.numbers[device]}, School: journal.SchoolID{1}, Volume: year, Author: author,
		Stamp: commit.StampAt(start) + commit.Stamp(l.numbers[device]), Entered: start, Edits: edits,
	}
	l.raw(encoded(l.t, c))
	return c
}

func (l *log) raw(raw []byte) {
	l.entries = append(l.entries, commit.Entry{Position: uint64(len(l.entries) + 1), Raw: raw, Arrived: start.UnixMilli()})
}

// taken lets a PC take the whole log.
func (l *log) taken(j *local.Journal) {
	l.t.Helper()
	if err := j.Absorb(l.t.Context(), year, l.entries, nil); err != nil {
		l.t.Fatal(err)
	}
}

func requestEdit(c *commit.Commit, f journal.FieldNo, v journal.Value, replaces ...commit.EditID) commit.Edit {
	return commit.Edit{Kind: journal.KindRequest, Key: journal.RequestKey(c.Device, c.Number), Field: f, Value: v, Replaces: replaces}
}

// announced is what the server writes about a request.
func (l *log) announced(c *commit.Commit) {
	l.add(atHome, journal.StaffID{}, requestEdit(c, journal.RequestBody, journal.BytesValue(encoded(l.t, c))),
		requestEdit(c, journal.RequestArrived, journal.IntValue(start.Add(time.Hour).UnixMilli())))
}

func (l *log) rejected(c *commit.Commit, sentence string) *commit.Commit {
	return l.add(elsewhere, deputy, requestEdit(c, journal.RequestDecision, journal.TextValue(journal.RequestRejected)),
		requestEdit(c, journal.RequestSentence, journal.TextValue(sentence)))
}

func requests(t *testing.T, j *local.Journal, decided bool) []commit.Request {
	t.Helper()
	out, err := j.Requests(t.Context(), year, decided, 100)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRequests follows two requests of a PC: one is rejected, then granted
// after all; the other goes on waiting. A second PC only looks on.
func TestRequests(t *testing.T) {
	dir := t.TempDir()
	j, other := openIn(t, dir, 1), open(t, 2)
	l := &log{t: t, numbers: map[journal.DeviceID]uint64{}}
	first, second := put(t, j, markChange(day, pupil, 3)), put(t, j, markChange(day+1, pupil, 4))
	settle(t, j, 2, verdict(first, commit.Requested, 0), verdict(second, commit.Requested, 0))
	l.announced(first)
	l.announced(second)
	for name, pc := range map[string]*local.Journal{"the author's": j, "the other": other} {
		l.taken(pc)
		if n, err := pc.CountRequests(t.Context(), year); n != 2 || err != nil {
			t.Errorf("%s PC counts %d requests, %v", name, n, err)
		}
		if got := requests(t, pc, false); len(got) != 2 || got[0].Commit.ID != first.ID || got[0].Arrived != start.Add(time.Hour).UnixMilli() || got[0].Decision != "" {
			t.Errorf("%s PC has %+v", name, got)
		}
	}
	if n := count(t, j); n != (commit.Counts{Requested: 2}) {
		t.Errorf("while both wait: %+v", n)
	}

	no := l.rejected(first, "Нет основания.")
	l.taken(j)
	l.taken(other)
	if n := count(t, j); n != (commit.Counts{Requested: 1, Refused: 1}) {
		t.Errorf("after one was rejected: %+v", n)
	}
	waiting, err := j.Waiting(t.Context(), commit.Query{Fate: commit.NotTaken})
	if err != nil || len(waiting) != 1 || waiting[0].Code != fault.Rejected || !strings.Contains(waiting[0].Text, "Нет основания.") || waiting[0].Commit.Number != first.Number {
		t.Errorf("refused are %+v, %v", waiting, err)
	}
	if n := count(t, other); n != (commit.Counts{}) {
		t.Errorf("on the other PC: %+v", n)
	}
	if got := requests(t, other, true); len(got) != 1 || got[0].Decision != journal.RequestRejected || got[0].Sentence != "Нет основания." || got[0].By != deputy || !got[0].Decided.Equal(start.Truncate(time.Minute)) {
		t.Errorf("decided are %+v", got)
	}
	settle(t, j, 2, verdict(first, commit.Requested, 0)) // the old answer once more
	if n := count(t, j); n != (commit.Counts{Requested: 1, Refused: 1}) {
		t.Errorf("after the old answer came again: %+v", n)
	}

	l.add(elsewhere, deputy, requestEdit(first, journal.RequestDecision, journal.TextValue(journal.RequestGranted), no.Edit(0)))
	l.raw(encoded(t, first))
	l.taken(j)
	l.taken(other)
	settle(t, j, 2, verdict(first, commit.Requested, 0))
	for name, pc := range map[string]*local.Journal{"the author's": j, "the other": other} {
		if got := cells(t, pc); len(got) != 1+boolInt(pc == j) || got[0].Mark != 3 || got[0].State != 0 {
			t.Errorf("%s PC shows %+v", name, got)
		}
	}
	if n := count(t, j); n != (commit.Counts{Requested: 1}) {
		t.Errorf("after one was granted: %+v", n)
	}
	living := dump(t, dir)
	if err := j.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if anew := dump(t, dir); anew != living {
		t.Errorf("made anew is\n%s\nwant\n%s", anew, living)
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// The decision may come before the verdict, on a stick.
func TestTheDecisionComesFirst(t *testing.T) {
	j := open(t, 1)
	l := &log{t: t, numbers: map[journal.DeviceID]uint64{}}
	c := put(t, j, markChange(day, pupil, 3))
	l.announced(c)
	l.rejected(c, "Нет основания.")
	l.taken(j)
	settle(t, j, 1, verdict(c, commit.Requested, 0))
	if n := count(t, j); n != (commit.Counts{Refused: 1}) {
		t.Errorf("%+v", n)
	}
	if w, err := j.Waiting(t.Context(), commit.Query{Fate: commit.NotTaken}); err != nil || len(w) != 1 || w[0].Text != "Заявка отклонена. Нет основания." {
		t.Errorf("waiting %+v, %v", w, err)
	}
	if _, err := j.Append(t.Context(), commit.Draft{Volume: year, Author: deputy, Entered: start, Changes: []commit.Change{
		commit.Set(journal.KindRequest, journal.RequestKey(c.Device, c.Number), journal.RequestDecision, journal.Value{}),
	}}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a decision was taken back: %v", err)
	}
}

// Teacher and deputy work on one PC: the decision is made where the request is.
func TestADecisionOnTheAuthorsPC(t *testing.T) {
	j := open(t, 1)
	l := &log{t: t, numbers: map[journal.DeviceID]uint64{}}
	c := put(t, j, markChange(day, pupil, 3))
	settle(t, j, 1, verdict(c, commit.Requested, 0))
	l.announced(c)
	l.taken(j)
	key := journal.RequestKey(c.Device, c.Number)
	var asked bool
	defer j.Watch(func(n commit.News) { asked = asked || n.Asked && !n.Roster })()
	no, err := j.Append(t.Context(), commit.Draft{Volume: year, Author: deputy, Entered: start, Changes: []commit.Change{
		commit.Set(journal.KindRequest, key, journal.RequestDecision, journal.TextValue(journal.RequestRejected)),
		commit.Set(journal.KindRequest, key, journal.RequestSentence, journal.TextValue("Нет основания.")),
	}})
	if err != nil || !asked {
		t.Fatalf("told %t, %v", asked, err)
	}
	if n := count(t, j); n != (commit.Counts{Unsent: 1, Requested: 1}) {
		t.Errorf("before the server has the decision: %+v", n)
	}
	l.raw(encoded(t, no))
	settle(t, j, 2, verdict(no, commit.Accepted, uint64(len(l.entries))))
	l.taken(j)
	if n := count(t, j); n != (commit.Counts{Refused: 1}) {
		t.Errorf("after it: %+v", n)
	}
}
