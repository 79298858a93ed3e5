package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/tree"
)

// A remaking fills the store of a new server.
type remaking struct {
	now     time.Time
	store   *sqlite.Store
	school  *server.School
	known   *rebuild.School
	sources []source
	owns    []own // what each journal's PC itself had written
}

// remake makes a new server of what the journals know together: with new keys,
// and so in a new epoch.
func (s *shell) remake(ctx context.Context, dir string, sources []source, known *rebuild.School, address string) (r *rebuilt, err error) {
	store, err := sqlite.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	f, err := server.NewFounding(s.now())
	if err != nil {
		return nil, err
	}
	f.School = known.ID
	if err := store.Found(ctx, f); err != nil {
		return nil, err
	}
	school, err := server.Open(ctx, store, f, s.now)
	if err != nil {
		return nil, err
	}
	m := &remaking{now: s.now(), store: store, school: school, known: known, sources: sources, owns: make([]own, len(sources))}
	for _, step := range []func(context.Context) error{m.logs, m.compare, m.more, m.servers, m.pcs, m.sealed, m.unsealed} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	r = m.report(dir)
	if r.Accounts, err = m.accounts(ctx); err != nil {
		return nil, err
	}
	p, err := pin(f)
	if err != nil {
		return nil, err
	}
	for _, d := range m.devices() {
		code, err := school.NewCode(ctx, address, p)
		if err != nil {
			return nil, err
		}
		r.Codes = append(r.Codes, pcCode{d.Name, code.String(), m.gave(d.ID)})
	}
	return r, nil
}

// logs lays the trunk, so that every place keeps its number.
func (m *remaking) logs(ctx context.Context) error {
	for _, v := range m.known.Volumes {
		if err := m.lay(ctx, v.Entries); err != nil {
			return fmt.Errorf("volume %d: %w", v.Volume, err)
		}
	}
	return nil
}

// more lays what stands at no place of the trunk.
func (m *remaking) more(ctx context.Context) error { return m.lay(ctx, m.known.More) }

// lay puts commits into the logs, some thousand in a durable step.
func (m *remaking) lay(ctx context.Context, entries []commit.Entry) error {
	for len(entries) > 0 {
		n, size := 0, 0
		for n < len(entries) && n < 2000 && size < 1<<20 {
			size += len(entries[n].Raw)
			n++
		}
		if err := m.school.Lay(ctx, entries[:n]); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

// compare makes sure that the new logs have the roots of the old ones.
func (m *remaking) compare(ctx context.Context) error {
	for _, v := range m.known.Volumes {
		raw, err := m.store.Signed(ctx, m.known.ID, v.Volume)
		if err != nil {
			return err
		}
		head, err := tree.Open(raw, m.school.Figures().Epoch)
		if err != nil {
			return err
		}
		if head.Size != uint64(len(v.Entries)) || head.Root != v.Root {
			return fmt.Errorf("volume %d: root %s of %d places, want %s of %d", v.Volume, head.Root, head.Size, v.Root, len(v.Entries))
		}
	}
	return nil
}

// servers writes the new server into the register, and that the former ones
// are none any more.
func (m *remaking) servers(ctx context.Context) error {
	if err := m.school.Introduce(ctx); err != nil {
		return err
	}
	for _, former := range m.known.Servers {
		if err := m.school.Revoke(ctx, former); err != nil {
			return err
		}
	}
	return nil
}

// pcs makes what the journals' PCs have written acceptable: the PCs themselves,
// the keys of their people, and what a former server had answered.
func (m *remaking) pcs(ctx context.Context) error {
	for i, s := range m.sources {
		if err := m.school.Admit(ctx, s.Identity.Key.Public().(ed25519.PublicKey), s.Identity.Name); err != nil {
			return err
		}
		r := s.Return
		r.From = 0 // numbers are given up where they are found to be missing
		if err := m.school.TakeBack(ctx, s.Identity.Device, r); err != nil {
			return err
		}
		var list []ledger.Judged
		for _, n := range s.NotTaken {
			if had, err := m.has(ctx, n.Commit); err != nil {
				return err
			} else if !had {
				list = append(list, ledger.Judged{Verdict: n.Verdict, Raw: n.Raw})
			}
		}
		if len(list) == 0 {
			continue
		}
		if err := m.school.Remember(ctx, list); err != nil {
			return err
		}
		m.owns[i].remembered = len(list)
	}
	return nil
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
