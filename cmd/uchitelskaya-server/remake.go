package main

import (
	"context"
	"errors"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/server"
)

// A remaking makes a new server.
type remaking struct {
	now     time.Time
	school  *server.School
	known   *rebuild.School
	sources []source
	remade  []server.Remade // of the sources
}

// remake makes a new server of what the journals know together: with new keys,
// and so in a new epoch.
func (s *shell) remake(ctx context.Context, p place, sources []source, known *rebuild.School, address string) (r *rebuilt, err error) {
	err = p.whole(ctx, known.ID, func(store central.Store) (err error) {
		r, err = s.fill(ctx, p, store, sources, known, address)
		return err
	})
	return r, err
}

func (s *shell) fill(ctx context.Context, p place, store central.Store, sources []source, known *rebuild.School, address string) (r *rebuilt, err error) {
	f, err := server.NewFounding(s.now())
	if err != nil {
		return nil, err
	}
	f.School = known.ID
	if err := store.Found(ctx, f); errors.Is(err, ledger.ErrExists) {
		return nil, fault.Wrap(fault.Invalid, "В этой базе данных школа уже есть. Новый сервер можно создать только там, где её нет.", err)
	} else if err != nil {
		return nil, err
	}
	school, err := server.Open(ctx, store, f, s.now)
	if err != nil {
		return nil, err
	}
	m := &remaking{now: s.now(), school: school, known: known, sources: sources}
	if m.remade, err = school.Remake(ctx, known, given(sources)); err != nil {
		return nil, err
	}
	r = m.report(p)
	if r.Accounts, err = m.accounts(ctx); err != nil {
		return nil, err
	}
	of, err := pin(f)
	if err != nil {
		return nil, err
	}
	for _, d := range m.devices() {
		code, err := school.NewCode(ctx, address, of)
		if err != nil {
			return nil, err
		}
		r.Codes = append(r.Codes, pcCode{d.Name, code.String(), m.gave(d.ID)})
	}
	return r, nil
}

// devices are the school's PCs, without former servers and those shut out.
func (m *remaking) devices() (out []journal.Device) {
	for _, d := range m.school.Devices() {
		if !d.Revoked {
			out = append(out, d)
		}
	}
	return out
}

// gave reports whether a PC's journal is among the sources.
func (m *remaking) gave(d journal.DeviceID) bool {
	for _, s := range m.sources {
		if s.Identity.Device == d {
			return true
		}
	}
	return false
}

// accounts gives one-time passwords to all who could sign in, under the names
// that the PCs remember: passwords were on the dead server only.
func (m *remaking) accounts(ctx context.Context) ([]listed, error) {
	names := map[journal.StaffID]string{}
	register := m.school.Register()
	register.Each(journal.KindSignKey, func(k journal.Key, _ []journal.Value) {
		if len(k) == 32 {
			names[journal.StaffID([]byte(k)[:16])] = ""
		}
	})
	for _, p := range register.AllStaff() {
		if register.HasRole(p.ID, journal.DateOf(m.now), journal.RoleAdministrator) {
			names[p.ID] = ""
		}
	}
	for _, s := range m.sources {
		for _, p := range s.Profiles {
			names[p.Staff] = p.Name
		}
	}
	made, err := m.school.Reopen(ctx, names)
	if err != nil {
		return nil, err
	}
	out := make([]listed, len(made))
	for i, a := range made {
		p, _ := register.Staff(a.Staff)
		out[i] = listed{Staff: p.Full(), Name: a.Name, Password: a.Password, OneTime: true}
	}
	return out, nil
}
