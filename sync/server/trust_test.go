package server_test

import (
	"context"
	"crypto/ed25519"
	"errors"
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

// over lets the school work over another store.
func (b *bed) over(store server.Store) {
	b.t.Helper()
	list, err := b.store.Foundings(b.t.Context())
	b.must(err)
	b.School, err = server.Open(b.t.Context(), store, list[0], func() time.Time { return b.now })
	b.must(err)
}

// An administrator who has left the school keeps her key and her role's dates.
func TestWhoHasLeftOrdersNothing(t *testing.T) {
	b := newBed(t)
	key := b.office.signKey(b.admin)
	b.office.accepted(b.office.does(b.admin, journal.Register, commit.Set(journal.KindStaff, journal.IDKey(b.admin), journal.StaffRemoved, journal.BoolValue(true))))
	order, err := wire.Encode(&wire.AccountsOrder{Op: wire.AccountAdd, Staff: [][16]byte{b.deputy}, At: b.now.UnixMilli(), Epoch: b.epoch()})
	b.must(err)
	m := &wire.Accounts{Author: b.admin, Order: order}
	m.Signature = ed25519.Sign(key, m.Signed(b.office.device))
	if a, err := b.Order(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("%+v, %v", a, err)
	}
}

// A PC that another process of the server has shut out gets nothing here, either.
func TestShutOutByAnotherProcess(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	first := b.School
	b.reopen()
	b.must(first.Revoke(t.Context(), d.device))
	b.must(first.Found(t.Context(), journal.School{Name: "Школа № 2"}, journal.Staff{ID: b.admin, Last: "Ковальчук"}, september))
	if a, err := b.Sync(t.Context(), d.device, &wire.Sync{Epoch: b.epoch()}); len(a.News) > 0 {
		t.Errorf("%d volumes of news, %v", len(a.News), err)
	}
}

// A torn store keeps what it was given and does not say so: the line was cut in
// the moment of the commit.
type torn struct {
	*sqlite.Store
	tear bool
}

func (s *torn) Apply(ctx context.Context, b *ledger.Batch) error {
	err := s.Store.Apply(ctx, b)
	if s.tear && err == nil {
		s.tear = false
		return errAway
	}
	return err
}

// A request of which the server does not know that it is durable reaches the
// deputy all the same.
func TestARequestInDoubtIsMadeKnown(t *testing.T) {
	b := newBed(t)
	b.closeTerm()
	d := b.newDesk("Второй")
	store := &torn{Store: b.store}
	b.over(store)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); b.Follow(ctx, time.Millisecond) }()
	defer func() { stop(); <-done }()
	known, _ := d.asked(b.mark(7, 5)) // the server is up
	for end := time.Now().Add(10 * time.Second); b.request(known).Empty() && time.Now().Before(end); time.Sleep(time.Millisecond) {
	}
	c := d.commit(b.teacher, year, b.mark(8, 5))
	e := d.seal(c)
	store.tear = true
	if _, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{e}); !errors.Is(err, errAway) {
		t.Fatalf("Push = %v", err)
	}
	verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{e})
	if err != nil || verdicts[0].Answer != commit.Requested {
		t.Fatalf("%+v, %v", verdicts, err)
	}
	for end := time.Now().Add(20 * time.Second); b.request(c).Empty(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the deputy does not know of it")
		}
	}
}

// A moody store does not tell whose keys were whose.
type moody struct {
	*sqlite.Store
	fails bool
}

func (s *moody) Entries(ctx context.Context, school journal.SchoolID, v journal.Volume, after uint64, most int) ([]commit.Entry, error) {
	if s.fails {
		return nil, errAway
	}
	return s.Store.Entries(ctx, school, v, after, most)
}

// A push that fails half way leaves nothing behind, in memory either.
func TestAPushThatFailsHalfWayIsForgotten(t *testing.T) {
	b := newBed(t)
	store := &moody{Store: b.store}
	b.over(store)
	lets := b.office.commit(b.admin, year,
		commit.Set(journal.KindPageTeacher, journal.IDKey(b.page).ID(b.other).Date(september), journal.PageTeacherTo, journal.DateValue(september+270)))
	role := b.office.commit(b.admin, journal.Register,
		commit.Set(journal.KindRole, journal.IDKey(b.other).Int(int(journal.RoleDeputy)).Date(september), journal.RoleGivenBy, journal.IDValue(b.admin)))
	e := b.office.sealWith(b.office.shown(b.admin), false, lets, role)
	store.fails = true
	if _, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{e}); !errors.Is(err, errAway) {
		t.Fatalf("Push = %v", err)
	}
	store.fails = false
	if v := b.newDesk("Второй").does(b.other, year, b.mark(7, 5)); v.Answer != commit.Refused {
		t.Errorf("before the order is in the log: %+v", v)
	}
}
