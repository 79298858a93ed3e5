package identity

import (
	"crypto/ed25519"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// GrantFor is how long a person may sign in without the server after a
// sign-in with it.
const GrantFor = 14 * 24 * time.Hour

// A Grant lets a person sign in on one PC without the server.
type Grant struct {
	School journal.SchoolID
	Staff  journal.StaffID
	Device journal.DeviceID
	Until  time.Time
}

type grantForm struct {
	_      struct{} `cbor:",toarray"`
	School [16]byte
	Staff  [16]byte
	Device [16]byte
	Until  int64
}

const grantPurpose = "uchitelskaya/grant/1"

var (
	encoding = must(cbor.CoreDetEncOptions().EncMode())
	decoding = must(cbor.DecOptions{MaxNestedLevels: 4, MaxArrayElements: 64, MaxMapPairs: 64, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options
	}
	return v
}

// Sign gives the grant under the server's signature: 64 bytes, then the grant.
func (g Grant) Sign(server ed25519.PrivateKey) ([]byte, error) {
	raw, err := encoding.Marshal(grantForm{School: g.School, Staff: g.Staff, Device: g.Device, Until: g.Until.UnixMilli()})
	if err != nil {
		return nil, fmt.Errorf("encode grant: %w", err)
	}
	return append(ed25519.Sign(server, append([]byte(grantPurpose), raw...)), raw...), nil
}

// OpenGrant checks the server's signature and reads the grant.
func OpenGrant(b []byte, server ed25519.PublicKey) (Grant, error) {
	var f grantForm
	switch {
	case len(b) < ed25519.SignatureSize, len(server) != ed25519.PublicKeySize,
		!ed25519.Verify(server, append([]byte(grantPurpose), b[ed25519.SignatureSize:]...), b[:ed25519.SignatureSize]):
		return Grant{}, fault.New(fault.Damaged, "Разрешение на вход без школьного сервера повреждено. Войдите, когда сервер рядом.")
	}
	if err := decoding.Unmarshal(b[ed25519.SignatureSize:], &f); err != nil {
		return Grant{}, fmt.Errorf("decode grant: %w", err)
	}
	return Grant{School: f.School, Staff: f.Staff, Device: f.Device, Until: time.UnixMilli(f.Until).UTC()}, nil
}
