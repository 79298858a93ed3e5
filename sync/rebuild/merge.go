package rebuild

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

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
}

// Holds reports whether a commit is in the trunk or in More.
func (s *School) Holds(id commit.ID) bool { _, ok := s.stands[id]; return ok }

// ErrSchools is returned for journals of several schools.
var ErrSchools = errors.New("journals of several schools")

// Merge puts journals of one school together.
func Merge(journals []Journal) (*School, error) {
	if len(journals) == 0 {
		return nil, errors.New("merge: no journal")
	}
	m := &merging{
		school: &School{ID: journals[0].School, Epoch: last(journals), Shares: make([]Share, len(journals))},
		stands: map[commit.ID][32]byte{}, counted: map[commit.ID]bool{},
	}
	for i, j := range journals {
		if j.School != m.school.ID {
			return nil, fmt.Errorf("merge %s and %s: %w", journals[0].Name, j.Name, ErrSchools)
		}
		m.school.Shares[i] = Share{Name: j.Name, Last: j.Epoch == m.school.Epoch, Places: map[journal.Volume]int{}}
	}
	for _, v := range volumes(journals) {
		m.trunk(v, journals)
	}
	for i := range journals {
		m.share(&journals[i], &m.school.Shares[i])
	}
	m.arrange()
	m.school.stands = m.stands
	return m.school, nil
}

// volumes are those of any journal, the register first.
func volumes(journals []Journal) []journal.Volume {
	all := map[journal.Volume]bool{}
	for _, j := range journals {
		for v := range j.Logs {
			all[v] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

type merging struct {
	school  *School
	stands  map[commit.ID][32]byte // hashes of what the trunk and More hold
	counted map[commit.ID]bool     // named in a share
	more    []*commit.Commit
}

// trunk finds the log of a volume of the last server that goes furthest under
// heads which it signed; of those the longest. Of a log that goes on behind its
// own head only what heads prove is taken here.
func (m *merging) trunk(v journal.Volume, journals []Journal) {
	t := Volume{Volume: v}
	signed := map[uint64][]tlog.Hash{} // roots by size
	for i := range journals {
		j := &journals[i]
		h, proven := j.head(v)
		if !proven && len(j.Logs[v].Entries) > 0 {
			m.school.Shares[i].Forged = append(m.school.Shares[i].Forged, v)
		}
		if proven && m.school.Shares[i].Last {
			signed[h.Size] = append(signed[h.Size], h.Root)
			t.Shown = max(t.Shown, h.Size)
		}
	}
	sound := false // no head speaks against what was found
	for i := range journals {
		log, share := journals[i].Logs[v].Entries, &m.school.Shares[i]
		if !share.Last || len(log) == 0 {
			continue
		}
		n, honest := proven(log, signed), true
		if slices.Contains(share.Forged, v) {
			if honest = n > 0; honest {
				log = log[:n] // what somebody has added to it is none of the server's
			}
		}
		if len(t.Entries) == 0 || n > t.Proven || n == t.Proven && (honest && !sound || honest == sound && len(log) > len(t.Entries)) {
			sound, t.Proven, t.Entries = honest, n, log
		}
	}
	if len(t.Entries) == 0 {
		return
	}
	t.Root = root(t.Entries)
	for _, at := range t.Entries {
		if c, err := commit.Decode(at.Raw); err == nil {
			m.stands[c.ID] = commit.Hash(at.Raw)
		}
	}
	if v == journal.Register {
		m.school.Servers = slices.SortedFunc(maps.Values(servers(t.Entries)), func(a, b journal.DeviceID) int { return slices.Compare(a[:], b[:]) })
	}
	m.school.Volumes = append(m.school.Volumes, t)
}

// proven is up to which place a log has the root that was signed.
func proven(log []commit.Entry, signed map[uint64][]tlog.Hash) (upto uint64) {
	var e tree.Edge
	for _, at := range log {
		e.Add(tree.Leaf(at.Raw))
		if roots := signed[e.Size()]; len(roots) > 0 && slices.Contains(roots, e.Root()) {
			upto = e.Size()
		}
	}
	return upto
}

// share counts what a journal brings, and takes what the trunk lacks.
func (m *merging) share(j *Journal, s *Share) {
	for _, v := range slices.Sorted(maps.Keys(j.Logs)) {
		trunk := m.entries(v)
		same := true
		for i, at := range j.Logs[v].Entries {
			if same && s.Last && (i >= len(trunk) || string(trunk[i].Raw) != string(at.Raw)) {
				same = false
				s.Forks = append(s.Forks, Fork{v, uint64(i) + 1})
			}
			m.take(at, s, !s.Last)
		}
	}
	for _, at := range j.Loose {
		m.take(at, s, true)
	}
}

func (m *merging) entries(v journal.Volume) []commit.Entry {
	for _, t := range m.school.Volumes {
		if t.Volume == v {
			return t.Entries
		}
	}
	return nil
}

// take counts a commit for the journal that has it first, and adds it when it
// does not stand yet. Where another one stands under its number, what a former
// server had taken comes under one of its own.
func (m *merging) take(at commit.Entry, s *Share, former bool) {
	c, err := commit.Decode(at.Raw)
	if err != nil || c.School != m.school.ID {
		s.Unread++
		return
	}
	stands, known := m.stands[c.ID]
	hash := commit.Hash(at.Raw)
	switch {
	case known && stands != hash && former:
		if _, raw, err := commit.Stray(at.Raw); err == nil {
			m.take(commit.Entry{Raw: raw, Arrived: at.Arrived}, s, false)
		}
		return
	case known && stands != hash:
		s.Clashes = append(s.Clashes, c.ID)
		return
	case m.counted[c.ID]:
		return
	case known:
		s.Places[c.Volume]++
	default:
		s.More++
		m.stands[c.ID] = hash
		m.more = append(m.more, c)
		m.school.More = append(m.school.More, at)
	}
	m.counted[c.ID] = true
}

// arrange orders what stands beside the trunk as it was written.
func (m *merging) arrange() {
	order := make([]int, len(m.more))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := m.more[a], m.more[b]
		return cmp.Or(cmp.Compare(x.Stamp, y.Stamp), merge.CompareIDs(x.Edit(0), y.Edit(0)))
	})
	more := make([]commit.Entry, len(order))
	for i, at := range order {
		more[i] = m.school.More[at]
	}
	m.school.More = more
}
