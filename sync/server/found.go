package server

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
)

// NewFounding makes the keys of a new school server.
func NewFounding(now time.Time) (ledger.Founding, error) {
	epoch, key, err := NewKeys()
	if err != nil {
		return ledger.Founding{}, err
	}
	f := ledger.Founding{School: journal.NewID[journal.School](), Epoch: epoch, Key: key, Made: now.UnixMilli()}
	f.TLSKey, f.TLSCert, err = identity.ServerCert()
	return f, err
}

// Found writes what a school begins with: its requisites, the server as a
// device, and the first administrator, whose duty begins on the day since.
func (s *School) Found(ctx context.Context, requisites journal.School, admin journal.Staff, since journal.Date) error {
	school, staff := journal.IDKey(s.id), journal.IDKey(admin.ID)
	role := staff.Int(int(journal.RoleAdministrator)).Date(since)
	var changes []commit.Change
	set := func(k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) {
		if !v.IsNull() {
			changes = append(changes, commit.Set(k, key, f, v))
		}
	}
	for f, text := range map[journal.FieldNo]string{
		journal.SchoolName: requisites.Name, journal.SchoolShort: requisites.Short, journal.SchoolFounder: requisites.Founder,
		journal.SchoolLocality: requisites.Locality, journal.SchoolAddress: requisites.Address, journal.SchoolPhone: requisites.Phone,
		journal.SchoolEmail: requisites.Email, journal.SchoolOKPO: requisites.OKPO, journal.SchoolOGRN: requisites.OGRN,
		journal.SchoolINN: requisites.INN, journal.SchoolKPP: requisites.KPP, journal.SchoolBank: requisites.Bank,
	} {
		set(journal.KindSchool, school, f, journal.TextValue(text))
	}
	changes = append(changes, s.self()...)
	set(journal.KindStaff, staff, journal.StaffLast, journal.TextValue(admin.Last))
	set(journal.KindStaff, staff, journal.StaffFirst, journal.TextValue(admin.First))
	set(journal.KindStaff, staff, journal.StaffMiddle, journal.TextValue(admin.Middle))
	set(journal.KindStaff, staff, journal.StaffPosition, journal.TextValue(admin.Position))
	set(journal.KindRole, role, journal.RoleGivenBy, journal.IDValue(admin.ID))
	return s.write(ctx, changes...)
}

// NewKeys are the epoch and the key of a new server, or of one that was
// restored from a copy; the epoch names the key. After a restore the PCs then send again what it lacks; and because the server's own numbers
// after the copy may be known to them with other content, it goes on as another device.
func NewKeys() (epoch [16]byte, key []byte, err error) {
	public, k, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return epoch, nil, fmt.Errorf("make server key: %w", err)
	}
	return tree.EpochOf(public), k.Seed(), nil
}

// A Renewer is a store whose server can become another one.
type Renewer interface {
	Store
	Renew(ctx context.Context, f ledger.Founding, heads map[journal.Volume][]byte) error
}

// Renew makes the server another one than the PCs knew, after its data were put
// back from a copy: with the keys given (see [NewKeys]), which sign the heads of
// all its logs anew, beside its former ones. It returns the founding as it is now. Nobody may have the
// school open meanwhile.
func Renew(ctx context.Context, store Renewer, f ledger.Founding, epoch [16]byte, key []byte) (ledger.Founding, error) {
	f.Former = append(slices.Clone(f.Key), f.Former[:min(len(f.Former), (tree.MaxFormer-1)*ed25519.SeedSize)]...)
	f.Epoch, f.Key = epoch, key
	s, err := Open(ctx, store, f, func() time.Time { return time.UnixMilli(f.Made) }) // it writes nothing
	if err != nil {
		return f, err
	}
	heads := make(map[journal.Volume][]byte, len(s.edges))
	for v, edge := range s.edges {
		if heads[v], err = s.signHead(v, edge); err != nil {
			return f, err
		}
	}
	return f, store.Renew(ctx, f, heads)
}

// Introduce tells the PCs of the server's new key.
func (s *School) Introduce(ctx context.Context) error { return s.write(ctx, s.self()...) }

// self is the server as a device.
func (s *School) self() []commit.Change {
	return asDevice(s.device, s.key.Public().(ed25519.PublicKey), "Школьный сервер")
}
