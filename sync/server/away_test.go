package server_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
)

// A distant is a store at the other end of a line that is cut in the moment of
// an Apply.
type distant struct {
	*sqlite.Store
	cut, away bool
}

var errAway = errors.New("the line is cut")

func (d *distant) Apply(ctx context.Context, b *ledger.Batch) error {
	if d.away = d.away || d.cut; d.away {
		return errAway
	}
	return d.Store.Apply(ctx, b)
}

func (d *distant) Heads(ctx context.Context, school journal.SchoolID) (map[journal.Volume]uint64, error) {
	if d.away {
		return nil, errAway
	}
	return d.Store.Heads(ctx, school)
}

// What was judged and did not become durable does not count, even if the store
// could not be asked again at once.
func TestWhatIsInDoubtIsReadAgain(t *testing.T) {
	b := newBed(t)
	store := &distant{Store: b.store}
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	b.School, err = server.Open(t.Context(), store, list[0], func() time.Time { return b.now })
	b.must(err)

	lets := b.office.seal(b.office.commit(b.admin, year,
		commit.Set(journal.KindPageTeacher, journal.IDKey(b.page).ID(b.other).Date(september), journal.PageTeacherTo, journal.DateValue(september+270))))
	store.cut = true
	if _, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{lets}); !errors.Is(err, errAway) {
		t.Fatalf("Push = %v", err)
	}
	store.cut, store.away = false, false
	if v := b.newDesk("Второй").does(b.other, year, b.mark(7, 5)); v.Answer != commit.Refused {
		t.Errorf("before the order is in the log: %+v", v)
	}
	verdicts, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{lets})
	b.must(err)
	b.office.accepted(verdicts[0])
	b.office.accepted(b.newDesk("Третий").does(b.other, year, b.mark(8, 5)))
}

// A busy store is written by another process in every moment: who brings much
// comes too late.
type busy struct {
	*sqlite.Store
	most, tries int // commits of a batch that is in time
}

func (s *busy) Apply(ctx context.Context, b *ledger.Batch) error {
	if s.tries++; len(b.Judged) > s.most {
		return ledger.ErrStale
	}
	return s.Store.Apply(ctx, b)
}

func TestWhoBringsMuchIsNotStarvedByThoseWhoBringLittle(t *testing.T) {
	b := newBed(t)
	b.office.shown(b.teacher)
	store := &busy{Store: b.store, most: 3}
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	b.School, err = server.Open(t.Context(), store, list[0], func() time.Time { return b.now })
	b.must(err)
	var envelopes []*commit.Envelope
	for n := range 16 {
		envelopes = append(envelopes, b.office.seal(b.office.commit(b.teacher, year, b.mark(1+n, 5))))
	}
	before := b.office.number - 16
	verdicts, durable, err := b.Push(t.Context(), b.office.device, envelopes)
	if err != nil || len(verdicts) != 2 || durable != before+2 || store.tries != 4 {
		t.Fatalf("%d verdicts, durable %d after %d, %v, %d tries", len(verdicts), durable, before, err, store.tries)
	}
	for tries := 0; durable < b.office.number; tries++ {
		if _, durable, err = b.Push(t.Context(), b.office.device, envelopes[durable-before:]); err != nil || tries > 16 {
			t.Fatalf("durable %d, %v", durable, err)
		}
	}
	store.most = 0
	_, _, err = b.Push(t.Context(), b.office.device, []*commit.Envelope{b.office.seal(b.office.commit(b.teacher, year, b.mark(20, 5)))})
	if fault.CodeOf(err) != fault.TooMany {
		t.Errorf("never in time: %v", err)
	}
}
