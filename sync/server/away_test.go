package server_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"uchitelskaya/app/journal"
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
