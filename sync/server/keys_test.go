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

// A PC may seal for whoever worked on it, and tell which keys they had. Neither
// gives access to anything: that takes a key shown with a password.
func TestThePCsWordGivesNoAccess(t *testing.T) {
	b := newBed(t)
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
