package server_test

import (
	"context"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// A racy store lets something else happen after an account was read.
type racy struct {
	*sqlite.Store
	then func()
}

func (s *racy) Account(ctx context.Context, school journal.SchoolID, name string) (ledger.Account, error) {
	a, err := s.Store.Account(ctx, school, name)
	if then := s.then; then != nil {
		s.then = nil
		then()
	}
	return a, err
}

// Of two things that are done to an account at the same time the later does not
// undo the former.
func TestAccountsAtTheSameTime(t *testing.T) {
	prove := func(b *bed, a wire.Account, newProof byte) *wire.Prove {
		asked, err := b.Ask(t.Context(), &wire.Ask{Name: a.Name})
		b.must(err)
		lock, err := identity.ParseLock(asked.Lock)
		b.must(err)
		proof := lock.Derive(a.Password).Proof
		m := &wire.Prove{Name: a.Name, Proof: proof[:], SignKey: make([]byte, 32), NewLock: asked.Lock, NewProof: make([]byte, 32)}
		m.NewProof[0] = newProof
		return m
	}
	begin := func() (*bed, *racy, wire.Account) {
		b := newBed(t)
		store := &racy{Store: b.store}
		b.over(store)
		list, err := b.Accounts(t.Context(), wire.AccountAdd, []journal.StaffID{b.teacher})
		b.must(err)
		return b, store, list[0]
	}
	t.Run("blocked while the password is changed", func(t *testing.T) {
		b, store, a := begin()
		m := prove(b, a, 1)
		store.then = func() {
			_, err := b.Accounts(t.Context(), wire.AccountBlock, []journal.StaffID{b.teacher})
			b.must(err)
		}
		if _, err := b.Prove(t.Context(), b.office.device, m); fault.CodeOf(err) != fault.SignIn {
			t.Errorf("Prove = %v", err)
		}
		if got, err := b.store.Account(t.Context(), b.ID(), a.Name); err != nil || !got.Blocked {
			t.Errorf("the account is %+v, %v", got, err)
		}
	})
	t.Run("a one-time password used by two", func(t *testing.T) {
		b, store, a := begin()
		first, second := prove(b, a, 1), prove(b, a, 2)
		store.then = func() {
			_, err := b.Prove(t.Context(), b.office.device, second)
			b.must(err)
		}
		if _, err := b.Prove(t.Context(), b.newDesk("Второй").device, first); fault.CodeOf(err) != fault.SignIn {
			t.Errorf("Prove = %v", err)
		}
		if got, err := b.store.Account(t.Context(), b.ID(), a.Name); err != nil || got.Proof != identity.HashProof(second.NewProof) {
			t.Errorf("the account is %+v, %v", got, err)
		}
	})
}
