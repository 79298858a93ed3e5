package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// speaks lets the PC seal a mark for somebody, whoever has signed in there.
func (d *desk) speaks(author journal.StaffID, day int) commit.Verdict {
	d.t.Helper()
	c := d.commit(author, year, d.mark(day, 5))
	verdicts, _, err := d.Push(d.t.Context(), d.device, []*commit.Envelope{d.sealWith(d.key, true, c)})
	d.must(err)
	kept, err := d.store.Judged(d.t.Context(), d.ID(), d.device, c.Number, c.Number)
	if err != nil || len(kept) != 1 || !bytes.Equal(kept[0].Raw, d.raw(c)) {
		d.t.Errorf("%d commits kept, %v", len(kept), err)
	}
	return verdicts[0]
}

// mute makes sure that the PC may not speak for somebody.
func (d *desk) mute(author journal.StaffID, day int) {
	d.t.Helper()
	if v := d.speaks(author, day); v.Answer != commit.Refused || v.Code != fault.Forbidden || v.Text == "" {
		d.t.Errorf("verdict %+v", v)
	}
}

// copyOf is another PC with a copy of the disk.
func (d *desk) copyOf() *desk {
	d.t.Helper()
	key := newKey(d.t)
	a, err := d.fork(key)
	d.must(err)
	return &desk{bed: d.bed, key: key, device: a.Device, keys: map[journal.StaffID]ed25519.PrivateKey{}, chains: map[journal.StaffID][32]byte{}, heads: map[commit.FieldRef][]commit.EditID{}}
}

func TestAPCSpeaksForThoseWhoSignedInThere(t *testing.T) {
	b := newBed(t)
	d, another := b.newDesk("Второй"), b.newDesk("Третий")
	d.mute(b.teacher, 1)
	d.signKey(b.teacher)
	d.accepted(d.speaks(b.teacher, 2))
	another.mute(b.teacher, 3)
	// The deputy never was here.
	c := d.commit(b.deputy, year, commit.Set(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(1), journal.TermClosed, journal.BoolValue(true)))
	verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{d.sealWith(d.key, true, c)})
	b.must(err)
	if v := verdicts[0]; v.Answer != commit.Refused || v.Code != fault.Forbidden {
		t.Errorf("a term is closed in the deputy's name: %+v", v)
	}
}

// What was typed before the disk was copied goes on; who was shut out on the
// former PC is not let in by a copy of it.
func TestACopySpeaksForThoseOfItsDisk(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	d.signKey(b.teacher)
	one := d.copyOf()
	two := one.copyOf()
	one.accepted(one.speaks(b.teacher, 1))
	two.accepted(two.speaks(b.teacher, 2))
	two.mute(b.deputy, 3)
	b.office.accepted(b.office.does(b.admin, journal.Register, commit.Set(journal.KindSignKey, journal.IDKey(b.teacher).ID(d.device), journal.SignKeyRevoked, journal.BoolValue(true))))
	two.mute(b.teacher, 4)
	two.shown(b.teacher)
	two.accepted(two.speaks(b.teacher, 5))
}

// Only a server that was put back from a copy may not know a key that a PC has.
func TestKeysAreToldToARestoredServerOnly(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	public := newKey(t).Public().(ed25519.PublicKey)
	tell := func() (grown int) {
		t.Helper()
		length := len(b.log(journal.Register))
		_, err := b.Sync(t.Context(), d.device, &wire.Sync{Epoch: b.epoch(), Keys: []wire.SignKey{{Staff: b.teacher, Public: public}}})
		b.must(err)
		return len(b.log(journal.Register)) - length
	}
	if grown := tell(); grown != 0 {
		t.Errorf("%d keys were taken", grown)
	}
	d.mute(b.teacher, 1)
	b.renew()
	d.mute(b.teacher, 2)
	if grown := tell(); grown != 1 {
		t.Errorf("a restored server took %d keys", grown)
	}
	d.accepted(d.speaks(b.teacher, 3))
}

// A curious store counts what is looked for.
type curious struct {
	*sqlite.Store
	ids int
}

func (s *curious) Accepted(ctx context.Context, school journal.SchoolID, ids []commit.ID) (map[commit.ID]bool, error) {
	s.ids += len(ids)
	return s.Store.Accepted(ctx, school, ids)
}

// Each commit that is replaced and does not stand any more costs a look into the
// store: nobody makes the school wait with a million of them.
func TestWhatIsReplacedIsBounded(t *testing.T) {
	b := newBed(t)
	b.office.shown(b.teacher)
	store := &curious{Store: b.store}
	b.over(store)
	number := uint64(1 << 40)
	replacing := func(author journal.StaffID, edits, replaces int) *commit.Commit {
		c := b.office.commit(author, year)
		for i := range edits {
			at := b.mark(1+i%28, 5)
			e := commit.Edit{Kind: at.Kind, Key: journal.CellKey(b.page, journal.MakeDate(2026, 9, 1+i%28), 1+i/28%9, journal.NewID[journal.Pupil]()), Field: at.Field, Value: at.Value}
			for range replaces {
				number--
				e.Replaces = append(e.Replaces, commit.EditID{Device: b.office.device, Number: number})
			}
			c.Edits = append(c.Edits, e)
		}
		return c
	}
	push := func(e *commit.Envelope) []commit.Verdict {
		t.Helper()
		store.ids = 0
		verdicts, _, err := b.Push(t.Context(), b.office.device, []*commit.Envelope{e})
		b.must(err)
		return verdicts
	}
	verdicts := push(b.office.seal(replacing(b.teacher, 40, 999), replacing(b.teacher, 5000, 3), replacing(b.teacher, 20, 999), replacing(b.teacher, 1, 1)))
	for i, want := range []fault.Code{fault.TooLarge, "", fault.TooLarge, ""} {
		if v := verdicts[i]; v.Code != want || (v.Answer == commit.Accepted) != (want == "") || (v.Text != "") != (want != "") {
			t.Errorf("commit %d: %+v, want %q", i, v, want)
		}
	}
	if store.ids != 5000*3+1 {
		t.Errorf("%d ids were looked for", store.ids)
	}
	if push(b.office.sealWith(b.office.key, true, replacing(b.other, 5000, 3))); store.ids != 0 {
		t.Errorf("%d ids were looked for to refuse a stranger", store.ids)
	}
}
