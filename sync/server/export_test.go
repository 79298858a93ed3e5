package server

import (
	"context"
	"crypto/ed25519"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Show is what signing in leaves behind: a person's key on a PC.
func (s *School) Show(ctx context.Context, staff journal.StaffID, device journal.DeviceID, key ed25519.PublicKey) error {
	return s.write(ctx, commit.Set(journal.KindSignKey, journal.IDKey(staff).ID(device), journal.SignKeyPublic, journal.BytesValue(key)))
}
