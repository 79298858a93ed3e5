package identity_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"reflect"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/golden"
	"uchitelskaya/sync/identity"
)

// None of the bytes once written was changed or dropped.
func TestGoldenBytesAreKept(t *testing.T) { golden.Kept(t) }

// What a PC has kept of a person once lets her in for ever.
func TestGoldenBytes(t *testing.T) {
	seed := func(b byte) ed25519.PrivateKey {
		s := make([]byte, ed25519.SeedSize)
		s[0] = b
		return ed25519.NewKeyFromSeed(s)
	}
	server := seed(1)
	g := identity.Grant{School: journal.SchoolID{1}, Staff: journal.StaffID{2}, Device: journal.DeviceID{3}, Until: now.Add(identity.GrantFor)}
	raw, err := g.Sign(server)
	if err != nil {
		t.Fatal(err)
	}
	grant := golden.Bytes(t, "v1/grant", raw)
	if back, err := identity.OpenGrant(grant, server.Public().(ed25519.PublicKey)); err != nil || back != g {
		t.Errorf("OpenGrant = %+v, %v", back, err)
	}
	// The key under the password «сосна у школы», wrapped once.
	wrapped, err := hex.DecodeString(wrappedOnce)
	if err != nil {
		t.Fatal(err)
	}
	l, err := identity.ParseLock("$argon2id$v=19$m=65536,t=3,p=1$AAECAwQFBgcICQoLDA0ODw")
	if err != nil {
		t.Fatal(err)
	}
	p := &identity.Profile{
		Staff: g.Staff, Name: "Ковальчук", Lock: l, Wrapped: wrapped, Public: seed(2).Public().(ed25519.PublicKey), Grant: grant,
		ServerKey: server.Public().(ed25519.PublicKey), Failures: 2, Failed: time.UnixMilli(1_790_000_000_000).UTC(), Used: now,
	}
	if raw, err = p.MarshalBinary(); err != nil {
		t.Fatal(err)
	}
	var back identity.Profile
	if err := back.UnmarshalBinary(golden.Bytes(t, "v1/profile.cbor", raw)); err != nil || !reflect.DeepEqual(&back, p) {
		t.Errorf("read %+v, %v", back, err)
	}
	if key, _, err := back.Open(password, g.Device, now.Add(time.Hour)); err != nil || !key.Equal(seed(2)) {
		t.Errorf("Open = %v", err)
	}
}

const wrappedOnce = "acc2789db7be1db54ca4c3385b1abaa2475cd4de32f8bff432564e9f0ec154bbedce848e166cb957614eb55590b882460320ad8b261e8f0523f1130b9b40605de9547021f3b541ca"
