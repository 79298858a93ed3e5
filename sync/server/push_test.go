package server_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"reflect"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

func TestVerdicts(t *testing.T) {
	staffName := func(b *bed) commit.Change {
		return commit.Set(journal.KindStaff, journal.IDKey(b.other), journal.StaffPosition, journal.TextValue("учитель"))
	}
	for name, tt := range map[string]struct {
		before func(b *bed) // what happened first
		does   func(b *bed) *commit.Commit
		want   commit.Answer
		code   fault.Code
	}{
		"a teacher marks on her page": {
			does: func(b *bed) *commit.Commit { return b.office.commit(b.teacher, year, b.mark(7, 5)) }, want: commit.Accepted,
		},
		"another teacher marks there": {
			does: func(b *bed) *commit.Commit { return b.office.commit(b.other, year, b.mark(7, 5)) }, want: commit.Refused, code: fault.Forbidden,
		},
		"the administrator marks there": {
			does: func(b *bed) *commit.Commit { return b.office.commit(b.admin, year, b.mark(7, 5)) }, want: commit.Refused, code: fault.Forbidden,
		},
		"a mark 6": {
			does: func(b *bed) *commit.Commit { return b.office.commit(b.teacher, year, b.mark(7, 6)) }, want: commit.Refused, code: fault.Invalid,
		},
		"a mark in a closed term": {
			before: (*bed).closeTerm,
			does:   func(b *bed) *commit.Commit { return b.office.commit(b.teacher, year, b.mark(7, 5)) }, want: commit.Requested, code: fault.TermClosed,
		},
		"another teacher in a closed term": {
			before: (*bed).closeTerm,
			does:   func(b *bed) *commit.Commit { return b.office.commit(b.other, year, b.mark(7, 5)) }, want: commit.Refused, code: fault.Forbidden,
		},
		"one cell of a paste is of another year": {
			does: func(b *bed) *commit.Commit {
				return b.office.commit(b.teacher, year, b.mark(7, 5), commit.Set(journal.KindCell, journal.CellKey(b.page, journal.MakeDate(2025, 9, 1), 1, b.pupil), journal.CellMark, journal.IntValue(5)))
			}, want: commit.Refused, code: fault.Invalid,
		},
		"people in the volume of a year": {
			does: func(b *bed) *commit.Commit { return b.office.commit(b.admin, year, staffName(b)) }, want: commit.Refused, code: fault.Invalid,
		},
		"marks in the register": {
			does: func(b *bed) *commit.Commit { return b.office.commit(b.teacher, journal.Register, b.mark(7, 5)) }, want: commit.Refused, code: fault.Invalid,
		},
		"a year that cannot be": {
			does: func(b *bed) *commit.Commit { return b.office.commit(b.admin, 60000, b.mark(7, 5)) }, want: commit.Refused, code: fault.Invalid,
		},
		"another school": {
			does: func(b *bed) *commit.Commit {
				c := b.office.commit(b.teacher, year, b.mark(7, 5))
				c.School = journal.NewID[journal.School]()
				return c
			}, want: commit.Refused, code: fault.Forbidden,
		},
		"a PC that speaks as the server": {
			does: func(b *bed) *commit.Commit { return b.office.commit(journal.StaffID{}, journal.Register, staffName(b)) }, want: commit.Refused, code: fault.Forbidden,
		},
		"a stranger": {
			does: func(b *bed) *commit.Commit {
				return b.office.commit(journal.NewID[journal.Staff](), year, b.mark(7, 5))
			}, want: commit.Refused, code: fault.Forbidden,
		},
		"a kind of a later version": {
			does: func(b *bed) *commit.Commit {
				return b.office.commit(b.teacher, year, commit.Set(999, "key", 1, journal.TextValue("x")))
			}, want: commit.Accepted,
		},
		"a teacher who got the page this week, for a day before": {
			before: func(b *bed) {
				b.office.accepted(b.office.does(b.admin, year, commit.Set(journal.KindPageTeacher, journal.IDKey(b.page).ID(b.other).Date(september+4), journal.PageTeacherTo, journal.DateValue(september+270))))
			},
			does: func(b *bed) *commit.Commit { return b.office.commit(b.other, year, b.mark(2, 5)) }, want: commit.Accepted,
		},
		"a clock that has lost its battery shuts none": {
			does: func(b *bed) *commit.Commit {
				c := b.office.commit(b.deputy, year, commit.Set(journal.KindRemark, journal.IDKey(journal.NewID[journal.Remark]()), journal.RemarkText, journal.TextValue("Заполните тему.")))
				c.Entered, c.Stamp = time.Unix(0, 0), 1
				return c
			}, want: commit.Accepted,
		},
		"a clock a month ahead opens no doors": {
			before: func(b *bed) {
				b.office.accepted(b.office.does(b.admin, year, commit.Set(journal.KindPageTeacher, journal.IDKey(b.page).ID(b.other).Date(september+30), journal.PageTeacherTo, journal.DateValue(september+270))))
			},
			does: func(b *bed) *commit.Commit {
				c := b.office.commit(b.other, year, b.mark(7, 5))
				c.Entered = b.now.Add(30 * 24 * time.Hour)
				return c
			}, want: commit.Refused, code: fault.Forbidden,
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBed(t)
			if tt.before != nil {
				tt.before(b)
			}
			c := tt.does(b)
			e := b.office.seal(c)
			verdicts, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{e})
			b.must(err)
			v := verdicts[0]
			if v.Answer != tt.want || v.Code != tt.code || (v.Text == "") != (tt.code == "") || (v.Position != 0) != (tt.want == commit.Accepted) {
				t.Errorf("verdict %+v, want answer %d, code %q", v, tt.want, tt.code)
			}
			if in := b.inLog(c.Volume, e.Commits[0]); in != (tt.want == commit.Accepted) {
				t.Errorf("in the log: %t", in)
			}
			// Kept with its content, whatever the answer.
			kept, err := b.store.Judged(t.Context(), b.ID(), b.office.device, c.Number, c.Number)
			if err != nil || len(kept) != 1 || string(kept[0].Raw) != string(e.Commits[0]) || kept[0].Verdict != v {
				t.Errorf("kept %+v, %v", kept, err)
			}
			// A refusal blocks nothing that follows.
			if v := b.office.does(b.deputy, year, commit.Set(journal.KindRemark, journal.IDKey(journal.NewID[journal.Remark]()), journal.RemarkText, journal.TextValue("Заполните тему."))); v.Answer != commit.Accepted {
				t.Errorf("the next commit: %+v", v)
			}
		})
	}
}

func (b *bed) closeTerm() {
	b.t.Helper()
	b.office.accepted(b.office.does(b.deputy, year, commit.Set(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(1), journal.TermClosed, journal.BoolValue(true))))
}

func TestTheSamePushGivesTheSameVerdictsForEver(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	envelopes := []*commit.Envelope{
		d.seal(d.commit(b.teacher, year, b.mark(7, 5)), d.commit(b.teacher, year, b.mark(7, 4))),
		d.seal(d.commit(b.other, year, b.mark(8, 2))),
	}
	first, durable, err := b.Push(t.Context(), d.device, envelopes)
	b.must(err)
	if len(first) != 3 || durable != 3 || first[2].Answer != commit.Refused {
		t.Fatalf("verdicts %+v", first)
	}
	length := len(b.log(year))
	// Whoever taught there since and whatever was closed since changes nothing.
	b.closeTerm()
	for name, again := range map[string]func(){"at once": func() {}, "after a restart": b.reopen} {
		again()
		got, durable, err := b.Push(t.Context(), d.device, envelopes)
		if err != nil || durable != 3 || !reflect.DeepEqual(got, first) {
			t.Errorf("%s: %+v, %d, %v", name, got, durable, err)
		}
	}
	if got := len(b.log(year)); got != length+1 {
		t.Errorf("the log has %d entries, want %d", got, length+1)
	}
}

func TestWhatIsNotInOrderIsNotKept(t *testing.T) {
	stranger := func() ed25519.PrivateKey {
		_, k, _ := ed25519.GenerateKey(rand.Reader)
		return k
	}
	for name, tt := range map[string]struct {
		push func(b *bed, d *desk) []*commit.Envelope
		want fault.Code // none: only the number expected
	}{
		"a gap": {func(b *bed, d *desk) []*commit.Envelope {
			d.number += 5
			return []*commit.Envelope{d.seal(d.commit(b.teacher, year, b.mark(8, 3)))}
		}, ""},
		"the same number with other bytes": {func(b *bed, d *desk) []*commit.Envelope {
			d.number = 0
			return []*commit.Envelope{d.seal(d.commit(b.teacher, year, b.mark(8, 3)))}
		}, fault.Cloned},
		"old numbers and new ones in one envelope": {func(b *bed, d *desk) []*commit.Envelope {
			d.number = 0
			return []*commit.Envelope{d.seal(d.commit(b.teacher, year, b.mark(8, 3)), d.commit(b.teacher, year, b.mark(8, 4)))}
		}, fault.Cloned},
		"a forged signature": {func(b *bed, d *desk) []*commit.Envelope {
			return []*commit.Envelope{d.sealWith(stranger(), true, d.commit(b.teacher, year, b.mark(8, 3)))}
		}, fault.Damaged},
		"a byte changed after sealing": {func(b *bed, d *desk) []*commit.Envelope {
			e := d.seal(d.commit(b.teacher, year, b.mark(8, 3)))
			e.Commits[0][len(e.Commits[0])-2] ^= 1
			return []*commit.Envelope{e}
		}, fault.Damaged},
		"an envelope left out of the author's chain": {func(b *bed, d *desk) []*commit.Envelope {
			d.chains[b.teacher] = [32]byte{1}
			return []*commit.Envelope{d.seal(d.commit(b.teacher, year, b.mark(8, 3)))}
		}, fault.Cloned},
		"another author's commit in the envelope": {func(b *bed, d *desk) []*commit.Envelope {
			one, two := d.commit(b.teacher, year, b.mark(8, 3)), d.commit(b.other, year, b.mark(8, 4))
			return []*commit.Envelope{d.seal(one, two)}
		}, fault.Damaged},
		"bytes that are no commit": {func(b *bed, d *desk) []*commit.Envelope {
			e, err := commit.Seal(commit.Head{Device: d.device, Author: b.teacher, First: 2, Prev: d.chains[b.teacher], ByPC: true}, [][]byte{[]byte("junk")}, d.key)
			b.must(err)
			return []*commit.Envelope{e}
		}, fault.Damaged},
		"another PC's commits": {func(b *bed, d *desk) []*commit.Envelope {
			return []*commit.Envelope{b.office.seal(b.office.commit(b.teacher, year, b.mark(8, 3)))}
		}, fault.Forbidden},
		"a good envelope before a forged one": {func(b *bed, d *desk) []*commit.Envelope {
			good := d.seal(d.commit(b.teacher, year, b.mark(8, 3)))
			return []*commit.Envelope{good, d.sealWith(stranger(), true, d.commit(b.teacher, year, b.mark(9, 3)))}
		}, fault.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBed(t)
			d := b.newDesk("Второй")
			d.accepted(d.does(b.teacher, year, b.mark(7, 5)))
			envelopes := tt.push(b, d)
			length := len(b.log(year))
			verdicts, durable, err := b.Push(t.Context(), d.device, envelopes)
			if fault.CodeOf(err) != tt.want || len(verdicts) != 0 || err == nil && durable != 1 {
				t.Errorf("Push = %+v, %d, %v, want code %q", verdicts, durable, err, tt.want)
			}
			if got := len(b.log(year)); got != length {
				t.Errorf("%d entries were kept", got-length)
			}
			if s, err := b.store.Standing(t.Context(), b.ID(), d.device); err != nil || s.Last != 1 {
				t.Errorf("standing %+v, %v", s, err)
			}
		})
	}
}

// The PC's file was damaged and put back, without the envelopes it had sent:
// what is written afterwards still gets to the school.
func TestAPCPutBackFromACopyGoesOn(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	d.accepted(d.does(b.teacher, year, b.mark(1, 5)))
	copied := d.chains[b.teacher]
	d.accepted(d.does(b.teacher, year, b.mark(2, 5)))
	for name, chain := range map[string][32]byte{"from a copy": copied, "from nothing": {}} {
		d.chains[b.teacher] = chain
		if v := d.does(b.teacher, year, b.mark(3, 5)); v.Answer != commit.Accepted {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func TestTwoPCsWhoDidNotSeeEachOtherLeaveTwoHeads(t *testing.T) {
	b := newBed(t)
	one, two := b.newDesk("Первый"), b.newDesk("Второй")
	one.accepted(one.does(b.teacher, year, b.mark(7, 5)))
	two.accepted(two.does(b.teacher, year, b.mark(7, 3)))
	at := ledger.Entity{Volume: year, Kind: journal.KindCell, Key: b.mark(7, 5).Key}
	field := func() *merge.Field {
		rows, err := b.store.Rows(t.Context(), b.ID(), []ledger.Entity{at})
		b.must(err)
		row := rows[at]
		return row.Field(journal.CellMark)
	}
	f := field()
	if len(f.Heads) != 2 || !f.Rivals() {
		t.Fatalf("heads %+v", f.Heads)
	}
	ref := commit.FieldRef{Kind: at.Kind, Key: at.Key, Field: journal.CellMark}
	one.heads[ref] = []commit.EditID{f.Heads[0].ID, f.Heads[1].ID}
	one.accepted(one.does(b.teacher, year, b.mark(7, 4)))
	if f := field(); len(f.Heads) != 1 || f.Value() != journal.IntValue(4) {
		t.Errorf("after the decision: %+v", f.Heads)
	}
}

func TestARestartedServerKnowsWhoMayWhat(t *testing.T) {
	b := newBed(t)
	b.closeTerm()
	b.reopen()
	if v := b.office.does(b.teacher, year, b.mark(7, 5)); v.Answer != commit.Requested {
		t.Errorf("verdict %+v", v)
	}
	if got := b.Register().School().Short; got != "Школа" {
		t.Errorf("the school is called %q", got)
	}
}

// Another process over the same store: a role given there counts here at once.
func TestTwoServersOverOneStore(t *testing.T) {
	b := newBed(t)
	first := b.School
	b.reopen() // the second server
	b.closeTerm()
	v, _, err := first.Push(t.Context(), b.office.device, []*commit.Envelope{b.office.seal(b.office.commit(b.teacher, year, b.mark(7, 5)))})
	b.must(err)
	if v[0].Answer != commit.Requested {
		t.Errorf("the first server did not hear of the closed term: %+v", v)
	}
}
