package centraltest

import (
	"math/bits"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// An Engine opens a new empty database; open opens it again, as another
// process or after a restart would.
type Engine func(t *testing.T) (open func() central.Store)

// Run checks an engine.
func Run(t *testing.T, engine Engine) {
	for name, test := range map[string]func(*testing.T, *bed){
		"a batch is kept whole and read back":              testApply,
		"a batch judged on what has changed is refused":    testStale,
		"two processes never give one position twice":      testTwoProcesses,
		"a granted request enters the log once":            testRequests,
		"log entries come in order and in bounded pieces":  testEntries,
		"hashes of the tree are found by their numbers":    testTree,
		"commits of a former server are laid":              testLaid,
		"numbers that nobody has are given up":             testSkip,
		"what is known of a PC is kept beside its commits": testPCs,
		"rows are replaced, and read by kind":              testRows,
		"many rows are read at a time":                     testManyRows,
		"another school sees nothing":                      testSchools,
		"a school is founded once":                         testFound,
		"accounts are found however the name is spelt":     testAccounts,
		"a one-time code serves one PC until it runs out":  testCodes,
		"everything is there after opening again":          testReopen,
		"an unknown school and an unknown PC have nothing": testUnknown,
	} {
		t.Run(name, func(t *testing.T) {
			open := engine(t)
			b := &bed{t: t, open: open, device: journal.NewID[journal.Device](), staff: journal.NewID[journal.Staff]()}
			b.store = b.again()
			b.school = b.found()
			test(t, b)
		})
	}
}

// bed is a store with one school in it.
type bed struct {
	t      *testing.T
	open   func() central.Store
	store  central.Store
	school journal.SchoolID
	device journal.DeviceID
	staff  journal.StaffID
}

// again opens the same database once more.
func (b *bed) again() central.Store {
	s := b.open()
	b.t.Cleanup(func() { _ = s.Close() })
	return s
}

func (b *bed) found() journal.SchoolID {
	b.t.Helper()
	f := ledger.Founding{School: journal.NewID[journal.School](), Epoch: [16]byte{1}, Key: []byte("key"), TLSKey: []byte("tls key"), TLSCert: []byte("cert"), Made: 5}
	b.must(b.store.Found(b.t.Context(), f))
	return f.School
}

func (b *bed) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

const year = journal.Volume(2026)

// batch is commits of the bed's PC that follow after: true is accepted, false
// refused. Head is that of the year.
func (b *bed) batch(after, head uint64, accepted ...bool) *ledger.Batch {
	out := &ledger.Batch{
		School: b.school, Device: b.device, After: after, Heads: map[journal.Volume]uint64{year: head}, Rows: map[ledger.Entity]merge.Row{},
		Seals: []ledger.Seal{{Head: commit.Head{Device: b.device, Author: b.staff, First: after + 1}, Count: len(accepted), Signature: []byte("signature"), Hash: [32]byte{byte(after + 1)}}},
	}
	grown := ledger.Growth{}
	for i, ok := range accepted {
		n := after + uint64(i) + 1
		j := ledger.Judged{Raw: []byte{0xC0, byte(n)}, Arrived: int64(1000 + n)}
		j.Verdict = commit.Verdict{Commit: commit.ID{Device: b.device, Number: n}, Answer: commit.Refused, Volume: year, Code: "forbidden", Text: "Нельзя."}
		if ok {
			head++
			grown.Hashes = append(grown.Hashes, hashes(head))
			grown.Head = []byte{0x4E, byte(head)}
			j.Verdict = commit.Verdict{Commit: j.Commit, Answer: commit.Accepted, Volume: year, Position: head}
		}
		out.Judged = append(out.Judged, j)
		out.Rows[entity(n)] = row(b.device, n)
	}
	out.Trees = map[journal.Volume]ledger.Growth{year: grown}
	return out
}

// hashes are as many as a tree keeps at a position, each different.
func hashes(position uint64) []tlog.Hash {
	out := make([]tlog.Hash, 1+bits.TrailingZeros64(position))
	for level := range out {
		out[level] = tlog.Hash{byte(position), byte(level), 1}
	}
	return out
}

func entity(n uint64) ledger.Entity {
	return ledger.Entity{Volume: year, Kind: journal.KindCell, Key: journal.Key("cell").Int(int(n))}
}

func row(d journal.DeviceID, n uint64) merge.Row {
	var r merge.Row
	r.Field(1).Add(merge.Head{ID: commit.EditID{Device: d, Number: n}, Stamp: commit.Stamp(n), Value: journal.IntValue(int64(n))}, nil, nil)
	return r
}
