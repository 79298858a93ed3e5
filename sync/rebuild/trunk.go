package rebuild

import (
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// trunk finds the log of a volume of the last server that goes furthest under
// heads which it signed; of those the longest. Of a log that goes on behind its
// own head only what heads prove is taken here.
func (m *merging) trunk(v journal.Volume, sources []source) {
	t := Volume{Volume: v}
	signed := map[uint64][]tlog.Hash{} // roots by size
	for i := range sources {
		s := &sources[i]
		h, genuine := s.head(m.school.ID, v)
		if l := s.Logs[v]; !genuine && len(l.Entries) > 0 {
			s.share.Forged = append(s.share.Forged, v)
		} else if genuine && s.last {
			signed[h.Size] = append(signed[h.Size], h.Root)
			if t.Shown = max(t.Shown, h.Size); l.under(h) {
				n := uint64(len(l.Entries))
				signed[n] = append(signed[n], root(l.Entries))
			}
		}
	}
	sound := false // no head speaks against what was found
	for i := range sources {
		s := &sources[i]
		log := s.Logs[v].Entries
		if !s.last || len(log) == 0 {
			continue
		}
		n, honest := proven(log, signed), true
		if slices.Contains(s.share.Forged, v) {
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
			m.school.stands[c.ID] = commit.Hash(at.Raw)
		}
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

// entries are the trunk of a volume.
func (m *merging) entries(v journal.Volume) []commit.Entry {
	for _, t := range m.school.Volumes {
		if t.Volume == v {
			return t.Entries
		}
	}
	return nil
}
