package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// known lets all who have an account in on every PC on which they have no key
// yet, as if they had worked there once: the PCs then seal for them. Accounts and
// passwords stay as they are.
func (s *school) known() {
	s.t.Helper()
	ctx := s.t.Context()
	store, err := place{at: s.dir}.open(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	defer store.Close()
	list, err := store.Foundings(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	school, err := server.Open(ctx, store, list[0], time.Now)
	if err != nil {
		s.t.Fatal(err)
	}
	known(s.t, store, school)
}

func known(t *testing.T, store central.Store, school *server.School) {
	t.Helper()
	accounts, err := school.AccountsOf(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		for _, pc := range school.Devices() {
			if a.Blocked || pc.Revoked || school.Register().Has(journal.KindSignKey, journal.IDKey(a.Staff).ID(pc.ID)) {
				continue
			}
			if err := letIn(t.Context(), store, school, a, pc.ID); err != nil {
				t.Fatalf("%s on %s: %v", a.Name, pc.Name, err)
			}
		}
	}
}

// letIn signs a person in under a password that is only there meanwhile.
func letIn(ctx context.Context, store central.Store, school *server.School, a ledger.Account, pc journal.DeviceID) error {
	proof := sha256.Sum256(pc[:])
	meanwhile := a
	meanwhile.Proof, meanwhile.OneTime = identity.HashProof(proof[:]), false
	if err := store.ChangeAccount(ctx, a, meanwhile); err != nil {
		return err
	}
	public, _, err := ed25519.GenerateKey(nil)
	if err == nil {
		_, err = school.Prove(ctx, pc, &wire.Prove{Name: a.Name, Proof: proof[:], SignKey: public})
	}
	if err != nil {
		return err
	}
	return store.ChangeAccount(ctx, meanwhile, a)
}
