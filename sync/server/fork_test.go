package server_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// fork asks for a new key in the name of a PC.
func (d *desk) fork(key ed25519.PrivateKey, commits ...*commit.Commit) (*wire.ForkAnswer, error) {
	m := &wire.Fork{Key: key.Public().(ed25519.PublicKey)}
	m.Proof = ed25519.Sign(key, m.Signed(d.device))
	for _, c := range commits {
		sum := commit.Hash(d.raw(c))
		m.Numbers, m.Sums = append(m.Numbers, c.Number), append(m.Sums, sum[:]...)
	}
	return d.Fork(d.t.Context(), d.device, m)
}

func newKey(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestFork(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	one, two := d.commit(b.teacher, year, b.mark(7, 5)), d.commit(b.other, year, b.mark(8, 5))
	for _, c := range []*commit.Commit{one, two} {
		_, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{d.seal(c)})
		b.must(err)
	}
	d.number = 1
	changed := d.commit(b.teacher, year, b.mark(9, 5)) // number 2 with other bytes
	later := d.commit(b.teacher, year, b.mark(10, 5))
	key := newKey(t)
	for range 2 { // asked twice, answered alike
		a, err := d.fork(key, one, changed, later)
		b.must(err)
		if a.Name != "Второй (копия)" || len(a.Verdicts) != 1 || a.Verdicts[0].Number != 1 || a.Verdicts[0].Answer != commit.Accepted {
			t.Errorf("answer %+v", a)
		}
		if pc, err := b.PC(key.Public().(ed25519.PublicKey)); err != nil || [16]byte(pc) != a.Device {
			t.Errorf("the new PC: %v", err)
		}
	}
	if a, err := d.fork(newKey(t), two); err != nil || a.Name != "Второй (копия 2)" || len(a.Verdicts) != 1 || a.Verdicts[0].Answer != commit.Refused || a.Verdicts[0].Text == "" {
		t.Errorf("a second copy: %+v, %v", a, err)
	}
}

// asking counts the questions about what a PC has sent.
type asking struct {
	*sqlite.Store
	asked int
}

func (s *asking) Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) ([]ledger.Judged, error) {
	s.asked++
	return s.Store.Judged(ctx, school, device, from, to)
}

func (s *asking) EachJudged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, numbers []uint64, f func(ledger.Judged) error) error {
	s.asked++
	return s.Store.EachJudged(ctx, school, device, numbers, f)
}

// Numbers as far apart as a message can name them cost the store one question.
func TestForkAboutNumbersFarApart(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	one := d.commit(b.teacher, year, b.mark(7, 5))
	_, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{d.seal(one)})
	b.must(err)
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	store := &asking{Store: b.store}
	b.School, err = server.Open(t.Context(), store, list[0], func() time.Time { return b.now })
	b.must(err)
	key, sum := newKey(t), commit.Hash(d.raw(one))
	m := &wire.Fork{Key: key.Public().(ed25519.PublicKey), Numbers: []uint64{1}, Sums: sum[:]}
	for n := range uint64(wire.MaxForked - 1) {
		m.Numbers, m.Sums = append(m.Numbers, (n+1)<<40), append(m.Sums, sum[:]...)
	}
	m.Proof = ed25519.Sign(key, m.Signed(d.device))
	a, err := b.Fork(t.Context(), d.device, m)
	b.must(err)
	if len(a.Verdicts) != 1 || a.Verdicts[0].Number != 1 {
		t.Errorf("verdicts %+v", a.Verdicts)
	}
	if store.asked > 3 { // one for the question, and those of the server's own commit
		t.Errorf("the store was asked %d times", store.asked)
	}
}

func TestForkIsRefused(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	key := newKey(t)
	forged := &wire.Fork{Key: key.Public().(ed25519.PublicKey)}
	forged.Proof = ed25519.Sign(newKey(t), forged.Signed(d.device))
	if _, err := b.Fork(t.Context(), d.device, forged); fault.CodeOf(err) != fault.Damaged {
		t.Errorf("a key that was not shown: %v", err)
	}
	foreign := &wire.Fork{Key: forged.Key}
	foreign.Proof = ed25519.Sign(key, foreign.Signed(journal.DeviceID{1}))
	if _, err := b.Fork(t.Context(), d.device, foreign); fault.CodeOf(err) != fault.Damaged {
		t.Errorf("shown to another PC: %v", err)
	}
	a, err := d.fork(key)
	b.must(err)
	b.must(b.Revoke(t.Context(), a.Device))
	if _, err := d.fork(key); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a copy that was shut out: %v", err)
	}
	made := 1
	for ; made < 200; made++ {
		if _, err := d.fork(newKey(t)); err != nil {
			if fault.CodeOf(err) != fault.TooMany {
				t.Fatal(err)
			}
			break
		}
	}
	if made != 60 {
		t.Errorf("%d copies of one PC", made)
	}
}
