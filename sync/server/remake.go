package server

import (
	"context"
	"fmt"

	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/tree"
)

// A Remade is what became of what the PC of a journal had written and no log had.
type Remade struct {
	Accepted, Requested, Refused int
	Remembered                   int // not accepted by the former server: its answer stands
	Unsigned                     int // taken from the file, under no signature that holds
	Clashes                      int // another commit stands under the number
}

// Remake fills this new, empty school with what journals of it know: the log of
// the dead server at the same places, what only others have behind it, and then
// what the journals' PCs had written, judged as if they had sent it now. The
// server writes itself into the register in place of the former ones. It returns
// what became of each journal.
//
// What would give access and is proved by neither a head nor a signature is kept
// as refused.
//
// A PC whose journal was not given sends all that it ever wrote when it comes
// over (see Enrol): what stands in the log is answered with its place.
func (s *School) Remake(ctx context.Context, known *rebuild.School, journals []rebuild.Journal) ([]Remade, error) {
	s.unbounded = true
	defer func() { s.unbounded = false }()
	m := &remaking{School: s, known: known, journals: journals, owns: make([]Remade, len(journals)), loose: make([][][]byte, len(journals))}
	for i := range journals {
		m.loose[i] = journals[i].PC.Unsealed
	}
	for _, step := range []func(context.Context) error{m.logs, m.compare, m.more, m.servers, m.pcs, m.sealed, m.claimed, m.unsealed} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("remake: %w", err)
		}
	}
	return m.owns, nil
}

// A remaking fills a new school.
type remaking struct {
	*School
	known    *rebuild.School
	journals []rebuild.Journal
	owns     []Remade
	loose    [][][]byte // what is taken of each journal without a signature
	claims   []commit.Entry
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

// more lays what stands at no place of the trunk. Who may do what is taken from
// there only where a head proves it: else any journal may hold it.
func (m *remaking) more(ctx context.Context) error {
	var rest []commit.Entry
	for _, e := range m.known.More {
		c, err := commit.Decode(e.Raw)
		if err != nil {
			return err
		}
		if givesAccess(c) && !m.known.Proves(c.ID) {
			m.claims = append(m.claims, e)
		} else {
			rest = append(rest, e)
		}
	}
	return m.lay(ctx, rest)
}

// claimed keeps what would give access and came under no signature meanwhile.
func (m *remaking) claimed(ctx context.Context) error {
	for _, e := range m.claims {
		id, err := commit.Identify(e.Raw)
		if err != nil {
			return err
		}
		judged, err := m.store.Judged(ctx, m.id, id.Device, id.Number, id.Number)
		if err == nil && len(judged) == 0 {
			_, err = m.judge(ctx, []commit.Entry{e})
		}
		if err != nil {
			return fmt.Errorf("keep commit %s: %w", id, err)
		}
	}
	return nil
}

// lay puts commits into the logs, some thousand in a durable step.
func (m *remaking) lay(ctx context.Context, entries []commit.Entry) error {
	for len(entries) > 0 {
		n, size := 0, 0
		for n < len(entries) && n < 2000 && size < 1<<20 {
			size += len(entries[n].Raw)
			n++
		}
		if err := m.Lay(ctx, entries[:n]); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

// compare makes sure that the new logs have the roots of the old ones.
func (m *remaking) compare(ctx context.Context) error {
	for _, v := range m.known.Volumes {
		raw, err := m.store.Signed(ctx, m.id, v.Volume)
		if err != nil {
			return err
		}
		head, err := tree.Open(raw, m.epoch)
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
	if err := m.Introduce(ctx); err != nil {
		return err
	}
	for _, former := range m.known.Servers {
		if err := m.Revoke(ctx, former); err != nil {
			return err
		}
	}
	return nil
}

// pcs makes what the journals' PCs have written acceptable: the PCs themselves,
// the keys of their people, and what a former server had answered.
func (m *remaking) pcs(ctx context.Context) error {
	for i := range m.journals {
		pc := &m.journals[i].PC
		if err := m.admit(ctx, pc.Key, pc.Name); err != nil {
			return err
		}
		if err := m.vouch(ctx, identity.DeviceID(pc.Key), pc.Keys); err != nil {
			return err
		}
		var list []ledger.Judged
		for _, n := range pc.NotTaken {
			judged, err := m.store.Judged(ctx, m.id, n.Commit.Device, n.Commit.Number, n.Commit.Number)
			if err != nil {
				return fmt.Errorf("find commit %s: %w", n.Commit, err)
			}
			if len(judged) == 0 {
				list = append(list, n)
			}
		}
		if len(list) == 0 {
			continue
		}
		if err := m.Remember(ctx, list); err != nil {
			return err
		}
		m.owns[i].Remembered = len(list)
	}
	return nil
}
