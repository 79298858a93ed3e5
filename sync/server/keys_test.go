package server_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// A PC may seal for whoever worked on it, and tell a restored server which keys
// they had. Neither gives access to anything: that takes a key shown with a password.
func TestThePCsWordGivesNoAccess(t *testing.T) {
	b := newBed(t)
	b.renew()
	d := b.newDesk("Чужой")
	role := commit.Set(journal.KindRole, journal.IDKey(b.teacher).Int(int(journal.RoleAdministrator)).Date(september), journal.RoleGivenBy, journal.IDValue(b.admin))
	refused := func(e *commit.Envelope) {
		t.Helper()
		verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{e})
		b.must(err)
		if v := verdicts[0]; v.Answer != commit.Refused || v.Code != fault.Forbidden || !strings.Contains(v.Text, "под своей подписью") {
			t.Errorf("verdict %+v", v)
		}
	}
	refused(d.seal(d.commit(b.admin, journal.Register, role)))

	public, key, err := ed25519.GenerateKey(rand.Reader)
	b.must(err)
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	_, err = b.Sync(t.Context(), d.device, &wire.Sync{Epoch: list[0].Epoch, Keys: []wire.SignKey{{Staff: b.admin, Public: public}}})
	b.must(err)
	refused(d.sealWith(key, false, d.commit(b.admin, journal.Register, role)))
	order, err := wire.Encode(&wire.AccountsOrder{Op: wire.AccountReset, Staff: [][16]byte{b.admin}, At: b.now.UnixMilli(), Epoch: list[0].Epoch})
	b.must(err)
	m := &wire.Accounts{Author: b.admin, Order: order}
	m.Signature = ed25519.Sign(key, m.Signed(d.device))
	if a, err := b.Order(t.Context(), d.device, m); fault.CodeOf(err) != fault.Damaged {
		t.Errorf("an order under a told key: %+v, %v", a, err)
	}
	// What the told key is for: it proves what was signed before the server was lost.
	d.accepted(d.does(b.teacher, year, b.mark(7, 5)))
	verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{d.sealWith(key, false, d.commit(b.admin, journal.Register,
		commit.Set(journal.KindSubject, journal.SubjectKey("Химия"), journal.SubjectName, journal.TextValue("Химия"))))})
	b.must(err)
	d.accepted(verdicts[0])
}

func TestAPersonsOwnSignature(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	unknown := d.sealWith(d.key, false, d.commit(b.teacher, year, b.mark(7, 5)))
	verdicts, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{unknown})
	b.must(err)
	if verdicts[0].Answer != commit.Refused || verdicts[0].Code != fault.Forbidden {
		t.Errorf("before the first sign-in: %+v", verdicts)
	}
	key := d.signKey(b.teacher)
	verdicts, _, err = b.Push(t.Context(), d.device, []*commit.Envelope{d.sealWith(key, false, d.commit(b.teacher, year, b.mark(7, 5)))})
	b.must(err)
	d.accepted(verdicts[0])
	// The administrator shuts this person out on this PC.
	b.office.accepted(b.office.does(b.admin, journal.Register, commit.Set(journal.KindSignKey, journal.IDKey(b.teacher).ID(d.device), journal.SignKeyRevoked, journal.BoolValue(true))))
	verdicts, _, err = b.Push(t.Context(), d.device, []*commit.Envelope{d.sealWith(key, false, d.commit(b.teacher, year, b.mark(8, 5)))})
	b.must(err)
	if verdicts[0].Answer != commit.Refused || verdicts[0].Code != fault.Forbidden {
		t.Errorf("after the revocation: %+v", verdicts)
	}
	// The PC does not write in this person's name either.
	verdicts, _, err = b.Push(t.Context(), d.device, []*commit.Envelope{d.seal(d.commit(b.teacher, year, b.mark(9, 5)))})
	b.must(err)
	if verdicts[0].Answer != commit.Refused || verdicts[0].Code != fault.Forbidden {
		t.Errorf("after the revocation, sealed by the PC: %+v", verdicts)
	}
}

// A blocked administrator does not let herself in again.
func TestWhoIsBlockedOrdersNothing(t *testing.T) {
	b := newBed(t)
	key := b.office.signKey(b.admin)
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	_, err = b.Accounts(t.Context(), wire.AccountBlock, []journal.StaffID{b.admin})
	b.must(err)
	order, err := wire.Encode(&wire.AccountsOrder{Op: wire.AccountUnblock, Staff: [][16]byte{b.admin}, At: b.now.UnixMilli(), Epoch: list[0].Epoch})
	b.must(err)
	m := &wire.Accounts{Author: b.admin, Order: order}
	m.Signature = ed25519.Sign(key, m.Signed(b.office.device))
	if a, err := b.Order(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("%+v, %v", a, err)
	}
}
