package rebuild

import (
	"cmp"
	"crypto/ed25519"
	"errors"
	"fmt"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
	"uchitelskaya/sync/tree"
)

// A School is what journals know together.
type School struct {
	ID      journal.SchoolID
	Epoch   [16]byte       // of the last server
	Volumes []Volume       // the register first
	More    []commit.Entry // commits at no place of the trunk, by stamp
	Servers []journal.DeviceID
	Shares  []Share // of the journals, in their order

	stands map[commit.ID][32]byte // hashes of what the trunk and More hold
	proven map[commit.ID]bool     // of More
}

// Holds reports whether a commit is in the trunk or in More.
func (s *School) Holds(id commit.ID) bool { _, ok := s.stands[id]; return ok }

// Proves reports whether a head of a former server proves that it had taken a
// commit of More.
func (s *School) Proves(id commit.ID) bool { return s.proven[id] }

// ErrSchools is returned for journals of several schools.
var ErrSchools = errors.New("journals of several schools")

// Merge puts journals of one school together.
func Merge(journals []Journal) (*School, error) {
	if len(journals) == 0 {
		return nil, errors.New("merge: no journal")
	}
	m := &merging{
		school:  &School{ID: journals[0].School, Shares: make([]Share, len(journals)), stands: map[commit.ID][32]byte{}, proven: map[commit.ID]bool{}},
		counted: map[commit.ID]bool{},
	}
	var all []source
	for i, j := range journals {
		if j.School != m.school.ID {
			return nil, fmt.Errorf("merge %s and %s: %w", journals[0].Name, j.Name, ErrSchools)
		}
		s := &m.school.Shares[i]
		*s = Share{Name: j.Name, Places: map[journal.Volume]int{}}
		for _, server := range append([]Server{j.Server}, j.Former...) {
			all = append(all, source{Server: server, share: s})
		}
	}
	m.school.Epoch = last(all)
	for i := range all {
		all[i].last = all[i].Epoch == m.school.Epoch
		all[i].share.Last = all[i].share.Last || all[i].last
	}
	for _, v := range volumes(all) {
		m.trunk(v, all)
	}
	for _, s := range servers(m.entries(journal.Register)) {
		m.keys = append(m.keys, s.key)
	}
	for i := range all {
		m.share(&all[i])
	}
	for i := range journals { // last: nothing proves it
		for _, at := range journals[i].Loose {
			m.take(at, &m.school.Shares[i], true, false)
		}
	}
	m.arrange()
	m.introduced()
	return m.school, nil
}

// volumes are those of any journal, the register first.
func volumes(sources []source) []journal.Volume {
	all := map[journal.Volume]bool{}
	for i := range sources {
		for v := range sources[i].Logs {
			all[v] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

type merging struct {
	school  *School
	keys    []ed25519.PublicKey // of the servers that the trunk introduces
	counted map[commit.ID]bool  // named in a share
	more    []more
}

// more is a commit of [School.More].
type more struct {
	*commit.Commit
	entry commit.Entry
}

// share counts what a journal has of a server's logs, and takes what the trunk
// lacks.
func (m *merging) share(s *source) {
	for _, v := range slices.Sorted(maps.Keys(s.Logs)) {
		log, trunk, same := s.Logs[v], m.entries(v), true
		proven := !s.last && m.proves(s, v)
		for i, at := range log.Entries {
			if same && s.last && (i >= len(trunk) || string(trunk[i].Raw) != string(at.Raw)) {
				same = false
				s.share.Forks = append(s.share.Forks, Fork{v, uint64(i) + 1})
			}
			m.take(at, s.share, !s.last, proven)
		}
	}
}

// proves reports whether a head that one of the servers has signed, which the
// trunk introduces, proves the log of another one: its own, or with its former key.
func (m *merging) proves(s *source, v journal.Volume) bool {
	l := s.Logs[v]
	h, genuine := s.head(m.school.ID, v)
	if !genuine || !l.under(h) {
		return false
	}
	_, err := tree.OpenBy(l.Head, m.keys)
	return err == nil
}

// take counts a commit for the journal that has it first, and adds it when it
// does not stand yet. Where another one stands under its number, what a former
// server had taken comes under one of its own.
func (m *merging) take(at commit.Entry, s *Share, former, proven bool) {
	c, err := commit.Decode(at.Raw)
	if err != nil || c.School != m.school.ID {
		s.Unread++
		return
	}
	stands, known := m.school.stands[c.ID]
	hash := commit.Hash(at.Raw)
	switch {
	case known && stands != hash && former:
		if _, raw, err := commit.Stray(at.Raw); err == nil {
			m.take(commit.Entry{Raw: raw, Arrived: at.Arrived}, s, false, proven)
		}
		return
	case known && stands != hash:
		s.Clashes = append(s.Clashes, c.ID)
		return
	}
	m.school.proven[c.ID] = m.school.proven[c.ID] || proven
	switch {
	case m.counted[c.ID]:
		return
	case known:
		s.Places[c.Volume]++
	default:
		s.More++
		m.school.stands[c.ID] = hash
		m.more = append(m.more, more{c, at})
	}
	m.counted[c.ID] = true
}

// arrange orders what stands beside the trunk as it was written.
func (m *merging) arrange() {
	slices.SortFunc(m.more, func(a, b more) int {
		return cmp.Or(cmp.Compare(a.Stamp, b.Stamp), merge.CompareIDs(a.Edit(0), b.Edit(0)))
	})
	for _, c := range m.more {
		m.school.More = append(m.school.More, c.entry)
	}
}

// introduced lists the servers that the new one succeeds.
func (m *merging) introduced() {
	register := slices.Clone(m.entries(journal.Register))
	for _, c := range m.more {
		if c.Volume == journal.Register && m.school.proven[c.ID] {
			register = append(register, c.entry)
		}
	}
	for _, s := range servers(register) {
		m.school.Servers = append(m.school.Servers, s.device)
	}
	slices.SortFunc(m.school.Servers, func(a, b journal.DeviceID) int { return slices.Compare(a[:], b[:]) })
}
