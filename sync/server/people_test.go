package server_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

func TestCodesEnrolOnePC(t *testing.T) {
	b := newBed(t)
	key := func() ed25519.PublicKey { k, _, _ := ed25519.GenerateKey(rand.Reader); return k }
	code, err := b.NewCode(t.Context(), "school:8443", [32]byte{})
	b.must(err)
	one, enrol := key(), &wire.Enrol{Token: code.Token[:], Name: "Учительская"}
	if _, err := b.Enrol(t.Context(), one, &wire.Enrol{Token: code.Token[:], Name: "  "}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a PC without a name: %v", err)
	}
	first, err := b.Enrol(t.Context(), one, enrol)
	b.must(err)
	length := len(b.log(journal.Register))
	if again, err := b.Enrol(t.Context(), one, enrol); err != nil || *again != *first || len(b.log(journal.Register)) != length {
		t.Errorf("the answer was lost, asked again: %+v, %v", again, err)
	}
	if _, err := b.Enrol(t.Context(), key(), enrol); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("another PC with the same code: %v", err)
	}
	if _, err := b.Enrol(t.Context(), key(), &wire.Enrol{Token: make([]byte, 10), Name: "Чужой"}); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("an invented code: %v", err)
	}
	late, err := b.NewCode(t.Context(), "school:8443", [32]byte{})
	b.must(err)
	b.now = b.now.Add(61 * time.Minute)
	if _, err := b.Enrol(t.Context(), key(), &wire.Enrol{Token: late.Token[:], Name: "Опоздавший"}); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("after an hour: %v", err)
	}
	b.must(b.Revoke(t.Context(), first.Device))
	if _, err := b.PC(one); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a revoked PC: %v", err)
	}
	if _, err := b.Enrol(t.Context(), one, enrol); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a revoked PC with its old code: %v", err)
	}
}

func TestNobodyLearnsWhichNamesExist(t *testing.T) {
	b := newBed(t)
	ask := func(name string) identity.Lock {
		t.Helper()
		a, err := b.Ask(t.Context(), &wire.Ask{Name: name})
		b.must(err)
		l, err := identity.ParseLock(a.Lock)
		b.must(err)
		return l
	}
	if ask("Никто") != ask("никто ") || ask("Никто") == ask("Некто") {
		t.Error("an unknown name is given away by its lock")
	}
	b.signInTries(t, "Никто")
	accounts, err := b.Accounts(t.Context(), wire.AccountAdd, []journal.StaffID{b.teacher})
	b.must(err)
	b.signInTries(t, accounts[0].Name)
}

// signInTries tries wrong proofs: a few go through, then the name must wait.
func (b *bed) signInTries(t *testing.T, name string) {
	t.Helper()
	m := &wire.Prove{Name: name, Proof: make([]byte, 32), SignKey: make([]byte, 32)}
	for try := range 3 {
		if _, err := b.Prove(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.SignIn {
			t.Errorf("%s, try %d: %v", name, try, err)
		}
	}
	if _, err := b.Prove(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.TooMany {
		t.Errorf("%s, too soon: %v", name, err)
	}
	b.now = b.now.Add(2 * time.Second)
	if _, err := b.Prove(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.SignIn {
		t.Errorf("%s, after waiting: %v", name, err)
	}
}

func TestAccounts(t *testing.T) {
	b := newBed(t)
	all := []journal.StaffID{b.admin, b.deputy, b.teacher, b.other}
	made, err := b.Accounts(t.Context(), wire.AccountAdd, all)
	b.must(err)
	if len(made) != 4 || made[0].Name != "Ковальчук" || made[0].Password == "" || made[0].Password == made[1].Password {
		t.Fatalf("accounts %+v", made)
	}
	for name, tt := range map[string]struct {
		op    wire.AccountOp
		staff journal.StaffID
		want  fault.Code
	}{
		"a person who is not there":       {wire.AccountAdd, journal.NewID[journal.Staff](), fault.NotFound},
		"a new password for a known name": {wire.AccountReset, b.teacher, ""},
	} {
		if _, err := b.Accounts(t.Context(), tt.op, []journal.StaffID{tt.staff}); fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	key := b.office.signKey(b.teacher)
	if again, err := b.Accounts(t.Context(), wire.AccountAdd, all); err != nil || len(again) != 3 {
		t.Errorf("who has an own password keeps it: %+v, %v", again, err)
	}
	// What nobody but the administrator may order.
	order := func(author journal.StaffID, key ed25519.PrivateKey, at time.Time) fault.Code {
		t.Helper()
		list, err := b.store.Foundings(t.Context())
		b.must(err)
		raw, err := wire.Encode(&wire.AccountsOrder{Op: wire.AccountReset, Staff: [][16]byte{b.admin}, At: at.UnixMilli(), Epoch: list[0].Epoch})
		b.must(err)
		m := &wire.Accounts{Author: author, Order: raw}
		m.Signature = ed25519.Sign(key, m.Signed(b.office.device))
		_, err = b.Order(t.Context(), b.office.device, m)
		return fault.CodeOf(err)
	}
	admin := b.office.signKey(b.admin)
	for name, tt := range map[string]struct {
		got, want fault.Code
	}{
		"the administrator":                     {order(b.admin, admin, b.now), ""},
		"a teacher":                             {order(b.teacher, key, b.now), fault.Forbidden},
		"a teacher in the administrator's name": {order(b.admin, key, b.now), fault.Damaged},
		"an order of yesterday":                 {order(b.admin, admin, b.now.Add(-24*time.Hour)), fault.Invalid},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", name, tt.got, tt.want)
		}
	}
}

func TestABlockedPersonDoesNotComeIn(t *testing.T) {
	b := newBed(t)
	made, err := b.Accounts(t.Context(), wire.AccountAdd, []journal.StaffID{b.teacher})
	b.must(err)
	asked, err := b.Ask(t.Context(), &wire.Ask{Name: made[0].Name})
	b.must(err)
	lock, err := identity.ParseLock(asked.Lock)
	b.must(err)
	proof := lock.Derive(made[0].Password).Proof
	m := &wire.Prove{Name: made[0].Name, Proof: proof[:], SignKey: make([]byte, 32)}
	if _, err := b.Prove(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.NewPassword {
		t.Errorf("with the one-time password: %v", err)
	}
	m.NewLock, m.NewProof = asked.Lock, make([]byte, 32)
	_, err = b.Accounts(t.Context(), wire.AccountBlock, []journal.StaffID{b.teacher})
	b.must(err)
	if _, err := b.Prove(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.SignIn {
		t.Errorf("blocked: %v", err)
	}
	_, err = b.Accounts(t.Context(), wire.AccountUnblock, []journal.StaffID{b.teacher})
	b.must(err)
	a, err := b.Prove(t.Context(), b.office.device, m)
	b.must(err)
	grant, err := identity.OpenGrant(a.Grant, a.ServerKey)
	if err != nil || grant.Staff != b.teacher || grant.Device != b.office.device || !grant.Until.Equal(b.now.Add(identity.GrantFor)) {
		t.Errorf("grant %+v, %v", grant, err)
	}
}

// A PC that brings its own revocation is told the verdict, and no news any more.
func TestRevokedByItself(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Учительская")
	key := d.shown(b.admin)
	e := d.sealWith(key, false, d.commit(b.admin, journal.Register, commit.Set(journal.KindDevice, journal.IDKey(d.device), journal.DeviceRevoked, journal.BoolValue(true))))
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	a, err := b.Sync(t.Context(), d.device, &wire.Sync{Epoch: list[0].Epoch, Envelopes: []wire.Envelope{wire.Seal(e)}})
	b.must(err)
	if len(a.Verdicts) != 1 || a.Verdicts[0].Answer != commit.Accepted || len(a.News) != 0 {
		t.Errorf("%d verdicts, %d volumes of news", len(a.Verdicts), len(a.News))
	}
}
