package server_test

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// inLog reports whether the log has a commit's bytes.
func (b *bed) inLog(v journal.Volume, raw []byte) bool { return b.places(v, raw) > 0 }

// places counts how often the log has a commit's bytes.
func (b *bed) places(v journal.Volume, raw []byte) (n int) {
	for _, e := range b.log(v) {
		if bytes.Equal(e.Raw, raw) {
			n++
		}
	}
	return n
}

// asked pushes a commit into the closed term and returns it with its envelope.
func (d *desk) asked(changes ...commit.Change) (*commit.Commit, *commit.Envelope) {
	d.t.Helper()
	c := d.commit(d.teacher, year, changes...)
	e := d.seal(c)
	verdicts, _, err := d.Push(d.t.Context(), d.device, []*commit.Envelope{e})
	d.must(err)
	if verdicts[0].Answer != commit.Requested {
		d.t.Fatalf("in a closed term: %+v", verdicts[0])
	}
	return c, e
}

// standing is what the server's projection has of an entity.
func (b *bed) standing(k journal.Kind, key journal.Key) merge.Row {
	b.t.Helper()
	at := ledger.Entity{Volume: year, Kind: k, Key: key}
	rows, err := b.store.Rows(b.t.Context(), b.ID(), []ledger.Entity{at})
	b.must(err)
	return rows[at]
}

func (b *bed) request(c *commit.Commit) merge.Row {
	return b.standing(journal.KindRequest, journal.RequestKey(c.Device, c.Number))
}

// decision is what a deputy writes about a request.
func decision(c *commit.Commit, answer, sentence string) []commit.Change {
	key := journal.RequestKey(c.Device, c.Number)
	out := []commit.Change{commit.Set(journal.KindRequest, key, journal.RequestDecision, journal.TextValue(answer))}
	if sentence != "" {
		out = append(out, commit.Set(journal.KindRequest, key, journal.RequestSentence, journal.TextValue(sentence)))
	}
	return out
}

func TestARequestIsMadeKnownAndGranted(t *testing.T) {
	b := newBed(t)
	b.closeTerm()
	d := b.newDesk("Второй")
	c, e := d.asked(b.mark(7, 5))
	row := b.request(c)
	if !bytes.Equal(row.Value(journal.RequestBody).Bytes(), e.Commits[0]) || row.Value(journal.RequestArrived).Int() != b.now.UnixMilli() {
		t.Fatalf("known of the request: %+v", row)
	}
	first, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{e})
	b.must(err)

	arrived := b.now
	b.now = b.now.Add(48 * time.Hour)
	v := b.office.does(b.deputy, year, decision(c, journal.RequestGranted, "Верно.")...)
	b.office.accepted(v)
	log := b.log(year)
	if in := log[v.Position]; !bytes.Equal(in.Raw, e.Commits[0]) || in.Arrived != arrived.UnixMilli() {
		t.Errorf("after the decision the log goes on with %+v", in)
	}
	if row := b.standing(journal.KindCell, b.mark(7, 5).Key); row.Value(journal.CellMark) != journal.IntValue(5) || row.Field(journal.CellMark).Heads[0].Author != b.teacher {
		t.Errorf("in the cell stands %+v", row)
	}
	again, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{e})
	if b.must(err); !reflect.DeepEqual(again, first) {
		t.Errorf("the verdict has become %+v, it was %+v", again, first)
	}

	// A second deputy, who has not seen it, grants it too; then the server is started anew.
	second := b.newDesk("Третий")
	second.accepted(second.does(b.deputy, year, decision(c, journal.RequestGranted, "")...))
	b.reopen()
	if n := b.places(year, e.Commits[0]); n != 1 {
		t.Errorf("the commit stands in the log %d times", n)
	}
	if v := second.does(b.deputy, year, decision(c, journal.RequestRejected, "Поздно.")...); v.Answer != commit.Refused || v.Code != fault.Forbidden {
		t.Errorf("rejecting what is in the journal: %+v", v)
	}
}

func TestDecisions(t *testing.T) {
	for name, tt := range map[string]struct {
		by     func(*bed) journal.StaffID
		before func(b *bed, c *commit.Commit)
		about  func(c *commit.Commit) []commit.Change // nil: granted
		want   commit.Answer
		code   fault.Code
		text   string
		let    bool // the request is in the log afterwards
	}{
		"a teacher decides nothing":        {by: func(b *bed) journal.StaffID { return b.teacher }, want: commit.Refused, code: fault.Forbidden, text: "завуч или директор"},
		"an administrator decides nothing": {by: func(b *bed) journal.StaffID { return b.admin }, want: commit.Refused, code: fault.Forbidden, text: "завуч или директор"},
		"a rejected one stays out": {
			about: func(c *commit.Commit) []commit.Change {
				return decision(c, journal.RequestRejected, "Нет основания.")
			}, want: commit.Accepted,
		},
		"a rejected one may be granted by who has seen it": {
			before: func(b *bed, c *commit.Commit) {
				b.office.accepted(b.office.does(b.deputy, year, decision(c, journal.RequestRejected, "Нет основания.")...))
			}, want: commit.Accepted, let: true,
		},
		"another decision that was not seen is not overruled": {
			before: func(b *bed, c *commit.Commit) {
				d := b.newDesk("Другой")
				d.accepted(d.does(b.deputy, year, decision(c, journal.RequestRejected, "Нет основания.")...))
			}, want: commit.Refused, code: fault.Forbidden, text: "уже есть решение",
		},
		"a decision is not taken back": {
			about: func(c *commit.Commit) []commit.Change { return decision(c, "", "") }, want: commit.Refused, code: fault.Invalid, text: "стереть",
		},
		"there is no such decision": {
			about: func(c *commit.Commit) []commit.Change { return decision(c, "может быть", "") }, want: commit.Refused, code: fault.Invalid,
		},
		"nobody asked": {
			about: func(c *commit.Commit) []commit.Change {
				return decision(&commit.Commit{ID: commit.ID{Device: c.Device, Number: c.Number + 9}}, journal.RequestGranted, "")
			}, want: commit.Refused, code: fault.Invalid, text: "нет",
		},
		"two decisions on one request in one commit": {
			about: func(c *commit.Commit) []commit.Change {
				return append(decision(c, journal.RequestRejected, ""), decision(c, journal.RequestGranted, "")...)
			}, want: commit.Refused, code: fault.Invalid,
		},
		"a deputy writes no requests": {
			about: func(c *commit.Commit) []commit.Change {
				return []commit.Change{commit.Set(journal.KindRequest, journal.RequestKey(c.Device, c.Number), journal.RequestBody, journal.BytesValue([]byte("другое")))}
			}, want: commit.Refused, code: fault.Forbidden,
		},
		"the author has left the school since": {
			before: func(b *bed, _ *commit.Commit) {
				b.office.accepted(b.office.does(b.admin, journal.Register, commit.Set(journal.KindStaff, journal.IDKey(b.teacher), journal.StaffRemoved, journal.BoolValue(true))))
			}, want: commit.Refused, code: fault.Forbidden, text: "Принять заявку нельзя.",
		},
		"the page has another teacher since": {
			before: func(b *bed, _ *commit.Commit) {
				b.office.accepted(b.office.does(b.admin, year, commit.Set(journal.KindPageTeacher, journal.IDKey(b.page).ID(b.teacher).Date(september), journal.PageTeacherRemoved, journal.BoolValue(true))))
			}, want: commit.Refused, code: fault.Forbidden, text: "другой учитель",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBed(t)
			b.closeTerm()
			c, e := b.newDesk("Второй").asked(b.mark(7, 5))
			if tt.before != nil {
				tt.before(b, c)
			}
			by := b.deputy
			if tt.by != nil {
				by = tt.by(b)
			}
			changes := decision(c, journal.RequestGranted, "")
			if tt.about != nil {
				changes = tt.about(c)
			}
			v := b.office.does(by, year, changes...)
			if v.Answer != tt.want || v.Code != tt.code || !strings.Contains(v.Text, tt.text) {
				t.Errorf("verdict %+v, want answer %d, code %q, text with %q", v, tt.want, tt.code, tt.text)
			}
			if in := b.inLog(year, e.Commits[0]); in != tt.let {
				t.Errorf("the request is in the log: %t", in)
			}
		})
	}
}

// One decision on many requests is taken whole; those that build on each other
// give one value whatever the order of the decisions.
func TestManyRequests(t *testing.T) {
	b := newBed(t)
	b.closeTerm()
	d := b.newDesk("Второй")
	one, _ := d.asked(b.mark(7, 5))
	two, _ := d.asked(b.mark(7, 4)) // replaces it
	three, _ := d.asked(b.mark(8, 2))
	b.office.accepted(b.office.does(b.deputy, year, append(decision(two, journal.RequestGranted, ""), decision(three, journal.RequestGranted, "")...)...))
	b.office.accepted(b.office.does(b.deputy, year, decision(one, journal.RequestGranted, "")...))
	for cell, want := range map[journal.Key]int64{b.mark(7, 0).Key: 4, b.mark(8, 0).Key: 2} {
		row := b.standing(journal.KindCell, cell)
		if f := row.Field(journal.CellMark); len(f.Heads) != 1 || f.Value() != journal.IntValue(want) || len(f.Awaited) != 0 {
			t.Errorf("in the cell stands %+v, want %d", f, want)
		}
	}
}

// A server that ended between the verdict and the announcement makes it good at
// the next start, once.
func TestUnannounced(t *testing.T) {
	b := newBed(t)
	b.closeTerm()
	d := b.newDesk("Второй")
	known, _ := d.asked(b.mark(7, 5))
	// What Push has made durable when the power goes off.
	standing, err := b.store.Standing(t.Context(), b.ID(), d.device)
	b.must(err)
	lost := d.commit(b.teacher, year, b.mark(8, 4))
	e := d.seal(lost)
	hash, err := e.Hash()
	b.must(err)
	b.must(b.store.Apply(t.Context(), &ledger.Batch{
		School: b.ID(), Device: d.device, After: standing.Last,
		Judged: []ledger.Judged{{Verdict: commit.Verdict{Commit: lost.ID, Answer: commit.Requested, Volume: year, Code: fault.TermClosed, Text: "Закрыта."}, Raw: e.Commits[0], Arrived: b.now.UnixMilli()}},
		Seals:  []ledger.Seal{{Head: e.Head, Count: 1, Signature: e.Signature, Hash: hash}},
	}))
	if row := b.request(lost); !row.Empty() {
		t.Fatalf("known before it was announced: %+v", row)
	}
	for range 2 {
		b.reopen()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); b.Follow(ctx, time.Hour) }()
		for end := time.Now().Add(10 * time.Second); b.request(lost).Empty() && time.Now().Before(end); time.Sleep(time.Millisecond) {
		}
		cancel()
		<-done
	}
	for _, c := range []*commit.Commit{known, lost} {
		row := b.request(c)
		if f := row.Field(journal.RequestBody); len(f.Heads) != 1 {
			t.Errorf("request %s has heads %+v", c.ID, f.Heads)
		}
	}
	if told := slices.DeleteFunc(b.log(year), func(e commit.Entry) bool {
		c, err := commit.Decode(e.Raw)
		return err != nil || !c.Author.IsZero()
	}); len(told) != 2 {
		t.Errorf("%d commits of the server in the year, want 2", len(told))
	}
}

// What is too large for a request and what comes in thousands is refused, with
// a sentence; it stays kept whole.
func TestBoundsOfRequests(t *testing.T) {
	b := newBed(t)
	b.closeTerm()
	d := b.newDesk("Второй")
	note := strings.Repeat("Щ", 500)
	var large []commit.Change
	for n := range 100 {
		large = append(large, commit.Set(journal.KindCell, journal.CellKey(b.page, september+6, n, b.pupil), journal.CellNote, journal.TextValue(note)))
	}
	if v := d.does(b.teacher, year, large...); v.Answer != commit.Refused || v.Code != fault.TooLarge || v.Text == "" {
		t.Errorf("a commit of 100 KB: %+v", v)
	}
	d.asked(large[:50]...)
	requests, refused := 1, 0
	for requests < 3100 && refused == 0 {
		var commits []*commit.Commit
		for range commit.MaxSealed {
			commits = append(commits, d.commit(b.teacher, year, b.mark(1+int(d.number)%28, 5)))
		}
		verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{d.seal(commits...)})
		b.must(err)
		for _, v := range verdicts {
			switch {
			case v.Answer == commit.Requested && refused == 0:
				requests++
			case v.Answer == commit.Refused && v.Code == fault.TooMany && v.Text != "":
				refused++
			default:
				t.Fatalf("after %d requests: %+v", requests, v)
			}
		}
	}
	if requests != 3000 || refused == 0 {
		t.Errorf("%d requests, %d refused", requests, refused)
	}
	// Another PC may still ask.
	b.newDesk("Третий").asked(b.mark(9, 5))
}
