package rebuild_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/tree"
)

const year = journal.Volume(2026)

var school = journal.SchoolID{0x5C, 1}

// A host is a server that keeps logs and signs them.
type host struct {
	t    *testing.T
	key  ed25519.PrivateKey
	id   journal.DeviceID
	logs map[journal.Volume][]commit.Entry
}

// newHost begins with the logs of a former server, as a restored one does, and
// introduces itself.
func newHost(t *testing.T, seed byte, former *host) *host {
	t.Helper()
	key := ed25519.NewKeyFromSeed(slices.Repeat([]byte{seed}, ed25519.SeedSize))
	h := &host{t: t, key: key, id: journal.DeviceID{0x5E, seed}, logs: map[journal.Volume][]commit.Entry{}}
	if former != nil {
		for v, log := range former.logs {
			h.logs[v] = slices.Clone(log)
		}
	}
	h.take(h.write(h.id, journal.StaffID{}, 1, journal.Register, commit.Edit{
		Kind: journal.KindDevice, Key: journal.IDKey(h.id), Field: journal.DeviceKey, Value: journal.BytesValue(key.Public().(ed25519.PublicKey)),
	}))
	return h
}

func (h *host) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// write makes a commit.
func (h *host) write(device journal.DeviceID, author journal.StaffID, n uint64, v journal.Volume, e commit.Edit) commit.Entry {
	h.t.Helper()
	raw, err := commit.Encode(&commit.Commit{
		ID: commit.ID{Device: device, Number: n}, School: school, Volume: v, Author: author, Stamp: commit.Stamp(n), Entered: time.Unix(1_790_000_000, 0), Edits: []commit.Edit{e},
	})
	h.must(err)
	return commit.Entry{Raw: raw, Arrived: int64(n)}
}

// mark is a commit of a PC in the year; two of one number differ by their text.
func (h *host) mark(pc byte, n uint64, text string) commit.Entry {
	return h.write(journal.DeviceID{pc}, journal.StaffID{1}, n, year, commit.Edit{Kind: journal.KindLesson, Key: "key", Field: journal.LessonTopic, Value: journal.TextValue(text)})
}

func (h *host) take(list ...commit.Entry) {
	for _, e := range list {
		c, err := commit.Decode(e.Raw)
		h.must(err)
		e.Position = uint64(len(h.logs[c.Volume])) + 1
		h.logs[c.Volume] = append(h.logs[c.Volume], e)
	}
}

// journal is what a PC has that took so many places of the year, and was shown
// the head of the whole.
func (h *host) journal(name string, places int) rebuild.Journal {
	h.t.Helper()
	j := rebuild.Journal{Name: name, School: school, Server: rebuild.Server{Epoch: tree.EpochOf(h.key.Public().(ed25519.PublicKey)), Logs: map[journal.Volume]rebuild.Log{}}}
	for v, log := range h.logs {
		var e tree.Edge
		for _, at := range log {
			e.Add(tree.Leaf(at.Raw))
		}
		head, err := tree.Head{School: school, Volume: v, Size: e.Size(), Root: e.Root()}.Sign(h.key)
		h.must(err)
		if v == year {
			log = log[:places]
		}
		j.Logs[v] = rebuild.Log{Entries: slices.Clone(log), Head: head}
	}
	return j
}

// told is a school in words: «register 2/2, 2026 3/3 of 5; more 1».
func told(s *rebuild.School) string {
	out := ""
	for _, v := range s.Volumes {
		out += fmt.Sprintf("%d: %d proven %d shown %d; ", v.Volume, len(v.Entries), v.Proven, v.Shown)
	}
	return out + fmt.Sprintf("more %d", len(s.More))
}

func TestMerge(t *testing.T) {
	marks := func(h *host, pc byte, from, to uint64) {
		for n := from; n <= to; n++ {
			h.take(h.mark(pc, n, "тема"))
		}
	}
	for name, tt := range map[string]struct {
		make   func(t *testing.T) []rebuild.Journal
		want   string
		shares []rebuild.Share // what matters of them
	}{
		"the longer of two": {
			make: func(t *testing.T) []rebuild.Journal {
				h := newHost(t, 1, nil)
				marks(h, 7, 1, 3)
				short := h.journal("short", 3)
				marks(h, 7, 4, 5)
				return []rebuild.Journal{short, h.journal("long", 5)}
			},
			want:   "0: 1 proven 1 shown 1; 2026: 5 proven 5 shown 5; more 0",
			shares: []rebuild.Share{{Last: true, Places: map[journal.Volume]int{0: 1, year: 3}}, {Last: true, Places: map[journal.Volume]int{year: 2}}},
		},
		"one that had not taken all that it was shown": {
			make: func(t *testing.T) []rebuild.Journal {
				h := newHost(t, 1, nil)
				marks(h, 7, 1, 5)
				return []rebuild.Journal{h.journal("cut", 4)}
			},
			want:   "0: 1 proven 1 shown 1; 2026: 4 proven 0 shown 5; more 0",
			shares: []rebuild.Share{{Last: true, Places: map[journal.Volume]int{0: 1, year: 4}}},
		},
		"a longer log that was tampered with": {
			make: func(t *testing.T) []rebuild.Journal {
				h := newHost(t, 1, nil)
				marks(h, 7, 1, 3)
				whole := h.journal("whole", 3)
				marks(h, 7, 4, 5)
				bad := h.journal("bad", 5)
				log := bad.Logs[year]
				log.Entries[1] = h.mark(7, 2, "другая")
				return []rebuild.Journal{bad, whole}
			},
			want: "0: 1 proven 1 shown 1; 2026: 3 proven 3 shown 3; more 2",
			shares: []rebuild.Share{
				{
					Last: true, Places: map[journal.Volume]int{0: 1, year: 2}, More: 2, Forged: []journal.Volume{year}, Forks: []rebuild.Fork{{Volume: year, Position: 2}},
					Clashes: []commit.ID{{Device: journal.DeviceID{7}, Number: 2}},
				},
				{Last: true, Places: map[journal.Volume]int{year: 1}},
			},
		},
		"a log that somebody has added to behind its head": {
			make: func(t *testing.T) []rebuild.Journal {
				h := newHost(t, 1, nil)
				marks(h, 7, 1, 3)
				whole, bad := h.journal("whole", 3), h.journal("bad", 3)
				log := bad.Logs[year]
				log.Entries = append(log.Entries, h.mark(8, 1, "приписано"))
				bad.Logs[year] = log
				return []rebuild.Journal{bad, whole}
			},
			want: "0: 1 proven 1 shown 1; 2026: 3 proven 3 shown 3; more 1",
			shares: []rebuild.Share{
				{Last: true, Places: map[journal.Volume]int{0: 1, year: 3}, More: 1, Forged: []journal.Volume{year}, Forks: []rebuild.Fork{{Volume: year, Position: 4}}},
				{Last: true, Places: map[journal.Volume]int{}},
			},
		},
		"a server that told two PCs different things": {
			make: func(t *testing.T) []rebuild.Journal {
				one, other := newHost(t, 1, nil), newHost(t, 1, nil)
				marks(one, 7, 1, 3)
				marks(other, 7, 1, 1)
				marks(other, 8, 1, 1)
				return []rebuild.Journal{other.journal("other", 2), one.journal("one", 3)}
			},
			want: "0: 1 proven 1 shown 1; 2026: 3 proven 3 shown 3; more 1",
			shares: []rebuild.Share{
				{Last: true, Places: map[journal.Volume]int{0: 1, year: 1}, More: 1, Forks: []rebuild.Fork{{Volume: year, Position: 2}}},
				{Last: true, Places: map[journal.Volume]int{year: 2}},
			},
		},
		"the server was restored once, and one PC only knew the former": {
			make: func(t *testing.T) []rebuild.Journal {
				first := newHost(t, 1, nil)
				marks(first, 7, 1, 2)
				second := newHost(t, 2, first)
				marks(first, 7, 3, 6) // after the copy
				former := first.journal("former", 6)
				marks(second, 7, 3, 3)
				return []rebuild.Journal{former, second.journal("latter", 3)}
			},
			want: "0: 2 proven 2 shown 2; 2026: 3 proven 3 shown 3; more 3",
			shares: []rebuild.Share{
				{Places: map[journal.Volume]int{0: 1, year: 3}, More: 3},
				{Last: true, Places: map[journal.Volume]int{0: 1}},
			},
		},
		"a number given again after a restore": {
			make: func(t *testing.T) []rebuild.Journal {
				first := newHost(t, 1, nil)
				marks(first, 7, 1, 2)
				second := newHost(t, 2, first)
				marks(first, 7, 3, 4)
				former := first.journal("former", 4)
				second.take(second.mark(7, 3, "другая"))
				latter := second.journal("latter", 3)
				latter.Loose = []commit.Entry{first.mark(7, 3, "тема"), first.mark(7, 3, "третья")}
				return []rebuild.Journal{former, latter}
			},
			want: "0: 2 proven 2 shown 2; 2026: 3 proven 3 shown 3; more 3",
			shares: []rebuild.Share{
				{Places: map[journal.Volume]int{0: 1, year: 2}, More: 2},
				{Last: true, Places: map[journal.Volume]int{0: 1, year: 1}, More: 1},
			},
		},
		"the only journal has heard of the next server and not read its log": {
			make: func(t *testing.T) []rebuild.Journal {
				first := newHost(t, 1, nil)
				marks(first, 7, 1, 3)
				j := first.journal("between", 3)
				j.Former, j.Server = []rebuild.Server{j.Server}, newHost(t, 2, first).journal("", 0).Server
				j.Logs = nil
				return []rebuild.Journal{j}
			},
			want:   "0: 1 proven 1 shown 1; 2026: 3 proven 3 shown 3; more 0",
			shares: []rebuild.Share{{Last: true, Places: map[journal.Volume]int{0: 1, year: 3}}},
		},
		"what has no place any more": {
			make: func(t *testing.T) []rebuild.Journal {
				h := newHost(t, 1, nil)
				marks(h, 7, 1, 1)
				j := h.journal("one", 1)
				j.Loose = []commit.Entry{h.mark(8, 5, "тема"), h.mark(7, 1, "тема"), h.mark(8, 4, "тема"), {Raw: []byte("junk")}}
				return []rebuild.Journal{j, j}
			},
			want: "0: 1 proven 1 shown 1; 2026: 1 proven 1 shown 1; more 2",
			shares: []rebuild.Share{
				{Last: true, Places: map[journal.Volume]int{0: 1, year: 1}, More: 2, Unread: 1},
				{Last: true, Places: map[journal.Volume]int{}, Unread: 1},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			journals := tt.make(t)
			got, err := rebuild.Merge(journals)
			if err != nil {
				t.Fatal(err)
			}
			if told(got) != tt.want {
				t.Errorf("%s\nwant %s", told(got), tt.want)
			}
			for i, want := range tt.shares {
				want.Name = journals[i].Name
				if fmt.Sprintf("%+v", got.Shares[i]) != fmt.Sprintf("%+v", want) {
					t.Errorf("share %+v\nwant  %+v", got.Shares[i], want)
				}
			}
			var before commit.Stamp
			for _, e := range got.More {
				c, err := commit.Decode(e.Raw)
				if err != nil || c.Stamp < before || !got.Holds(c.ID) {
					t.Errorf("more: %+v after %d, %v", c, before, err)
				}
				before = c.Stamp
			}
		})
	}
}

func TestMergeOfTwoSchools(t *testing.T) {
	h := newHost(t, 1, nil)
	one, other := h.journal("one", 0), h.journal("other", 0)
	other.School = journal.SchoolID{9}
	if _, err := rebuild.Merge([]rebuild.Journal{one, other}); !errors.Is(err, rebuild.ErrSchools) {
		t.Errorf("two schools: %v", err)
	}
	if _, err := rebuild.Merge(nil); err == nil {
		t.Error("no journal was merged")
	}
}
