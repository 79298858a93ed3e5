package rebuild_test

import (
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/tree"
)

// Of what a former server had taken, that counts as proved which its head proves;
// the head counts when the last server's log names a key that has signed it.
func TestFormerLogsAreProved(t *testing.T) {
	first := newHost(t, 1, nil)
	second := newHost(t, 2, first)
	first.take(first.mark(7, 1, "тема"), first.mark(7, 2, "тема"), first.mark(7, 3, "тема"))
	strange := newHost(t, 3, nil)
	strange.take(strange.mark(9, 1, "тема"))
	latter := second.journal("latter", 0)
	id := func(pc byte, n uint64) commit.ID { return commit.ID{Device: journal.DeviceID{pc}, Number: n} }
	for name, tt := range map[string]struct {
		former func() rebuild.Journal
		id     commit.ID
		want   bool
	}{
		"the whole log":             {func() rebuild.Journal { return first.journal("former", 3) }, id(7, 3), true},
		"a part, without its proof": {func() rebuild.Journal { return first.journal("former", 2) }, id(7, 2), false},
		"a part with its proof": {func() rebuild.Journal {
			j := first.journal("former", 2)
			l := j.Logs[year]
			var hashes tree.Hashes
			var edge tree.Edge
			for _, e := range first.logs[year] {
				hashes = append(hashes, edge.Add(tree.Leaf(e.Raw))...)
			}
			var err error
			l.Part, err = tlog.ProveTree(3, 2, hashes)
			first.must(err)
			j.Logs[year] = l
			return j
		}, id(7, 2), true},
		"one of a server that nobody knows": {func() rebuild.Journal { return strange.journal("former", 1) }, id(9, 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := rebuild.Merge([]rebuild.Journal{tt.former(), latter})
			if err != nil {
				t.Fatal(err)
			}
			if !s.Holds(tt.id) || s.Proves(tt.id) != tt.want {
				t.Errorf("held %t, proved %t", s.Holds(tt.id), s.Proves(tt.id))
			}
		})
	}
}
