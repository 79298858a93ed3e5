package postgres_test

import (
	"errors"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/storage/central/postgres/pgtest"
	"uchitelskaya/sync/ledger"
)

// A school made in one transaction is there whole or not at all, also when a part
// of it was refused on the way.
func TestWhole(t *testing.T) {
	cluster := pgtest.Start(t)
	name := database(t, cluster)
	store, other := open(t, cluster, name), open(t, cluster, name)
	f := ledger.Founding{School: journal.NewID[journal.School](), Epoch: [16]byte{7}, Key: []byte("key"), TLSKey: []byte("k"), TLSCert: []byte("c"), Made: 5}
	account := ledger.Account{School: f.School, Staff: journal.NewID[journal.Staff](), Name: "Ковальчук"}
	namesake := account
	namesake.Staff = journal.NewID[journal.Staff]()
	failed := errors.New("failed")
	for _, want := range []error{failed, nil} {
		err := store.Whole(t.Context(), f.School, func(s *postgres.Store) error {
			if err := s.Found(t.Context(), f); err != nil {
				return err
			}
			if err := s.Found(t.Context(), f); !errors.Is(err, ledger.ErrExists) {
				t.Errorf("founded twice: %v", err)
			}
			if err := s.PutAccount(t.Context(), account); err != nil {
				return err
			}
			if err := s.PutAccount(t.Context(), namesake); !errors.Is(err, ledger.ErrExists) {
				t.Errorf("two of one name: %v", err)
			}
			if list, err := s.Accounts(t.Context(), f.School); err != nil || len(list) != 1 {
				t.Errorf("inside are %d accounts, %v", len(list), err)
			}
			if list, err := other.Foundings(t.Context()); err != nil || len(list) != 0 {
				t.Errorf("others see %d schools before the end, %v", len(list), err)
			}
			return want
		})
		if !errors.Is(err, want) {
			t.Fatalf("Whole = %v, want %v", err, want)
		}
		list, err := other.Foundings(t.Context())
		if err != nil || (len(list) == 1) != (want == nil) {
			t.Errorf("after %v: %d schools, %v", want, len(list), err)
		}
	}
	if list, err := other.Accounts(t.Context(), f.School); err != nil || len(list) != 1 {
		t.Errorf("%d accounts, %v", len(list), err)
	}
}
