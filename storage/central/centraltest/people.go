package centraltest

import (
	"errors"
	"reflect"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

func testFound(t *testing.T, b *bed) {
	first := b.school
	second := b.found()
	list, err := b.store.Foundings(t.Context())
	b.must(err)
	if len(list) != 2 || list[0].School != first || list[1].School != second {
		t.Fatalf("foundings %+v", list)
	}
	want := ledger.Founding{School: first, Epoch: [16]byte{1}, Key: []byte("key"), TLSKey: []byte("tls key"), TLSCert: []byte("cert"), Made: 5}
	if !reflect.DeepEqual(list[0], want) {
		t.Errorf("founding %+v, want %+v", list[0], want)
	}
	want.Epoch, want.Key, want.Former = [16]byte{2}, []byte("new key"), []byte("key")
	b.must(b.store.Renew(t.Context(), want, nil))
	if list, err := b.store.Foundings(t.Context()); err != nil || !reflect.DeepEqual(list[0], want) || list[1].Epoch != [16]byte{1} {
		t.Errorf("renewed %+v, %v", list, err)
	}
	if err := b.store.Found(t.Context(), want); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("the second founding: %v", err)
	}
}

func testAccounts(t *testing.T, b *bed) {
	a := ledger.Account{School: b.school, Staff: b.staff, Name: "Семёнова А", Lock: "lock", Proof: [32]byte{1, 2}, OneTime: true}
	b.must(b.store.PutAccount(t.Context(), a))
	for _, spelt := range []string{"Семёнова А", "семенова а", "  СЕМЁНОВА   А "} {
		if got, err := b.store.Account(t.Context(), b.school, spelt); err != nil || got != a {
			t.Errorf("Account(%q) = %+v, %v", spelt, got, err)
		}
	}
	if _, err := b.store.Account(t.Context(), b.school, "Семёнова"); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("an account that nobody has: %v", err)
	}
	other := ledger.Account{School: b.school, Staff: journal.NewID[journal.Staff](), Name: "семенова А"}
	if err := b.store.PutAccount(t.Context(), other); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("the name of another: %v", err)
	}
	other.Name = "Бондаренко"
	b.must(b.store.PutAccount(t.Context(), other))
	was := a
	a.Lock, a.OneTime, a.Proof = "another", false, [32]byte{3}
	b.must(b.store.ChangeAccount(t.Context(), was, a))
	was.Blocked = true
	if err := b.store.ChangeAccount(t.Context(), was, was); !errors.Is(err, ledger.ErrStale) {
		t.Errorf("an account that is not so any more: %v", err)
	}
	if got, err := b.store.Account(t.Context(), b.school, a.Name); err != nil || got != a {
		t.Errorf("changed: %+v, %v", got, err)
	}
	a.Name, a.OneTime, a.Blocked, a.Proof = "Семёнова", false, true, [32]byte{9}
	b.must(b.store.PutAccount(t.Context(), a))
	list, err := b.store.Accounts(t.Context(), b.school)
	b.must(err)
	if !reflect.DeepEqual(list, []ledger.Account{other, a}) {
		t.Errorf("accounts %+v", list)
	}
	if _, err := b.store.Account(t.Context(), b.school, "Семёнова А"); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("the former name: %v", err)
	}
}

func testCodes(t *testing.T, b *bed) {
	const until = 1000
	hash := [32]byte{1}
	b.must(b.store.PutCode(t.Context(), ledger.Code{School: b.school, Hash: hash, Until: until}))
	spend := func(h [32]byte, d journal.DeviceID, now int64) error {
		return b.store.SpendCode(t.Context(), b.school, h, d, now)
	}
	if err := spend([32]byte{2}, b.device, 1); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("an unknown code: %v", err)
	}
	if err := spend(hash, b.device, until); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("a code that has run out: %v", err)
	}
	b.must(spend(hash, b.device, until-1))
	b.must(spend(hash, b.device, until-1)) // the answer was lost
	if err := spend(hash, journal.NewID[journal.Device](), until-1); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("another PC with the same code: %v", err)
	}
}
