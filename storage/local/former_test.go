package local_test

import (
	"crypto/ed25519"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
)

// A logbook is a server's log of the year with its signed head.
type logbook struct {
	key     ed25519.PrivateKey
	entries []commit.Entry
}

func newLogbook(n byte) *logbook {
	seed := make([]byte, ed25519.SeedSize)
	seed[1] = n
	return &logbook{key: ed25519.NewKeyFromSeed(seed)}
}

func (l *logbook) epoch() [16]byte { return tree.EpochOf(l.key.Public().(ed25519.PublicKey)) }

func (l *logbook) add(raw []byte) {
	l.entries = append(l.entries, commit.Entry{Position: uint64(len(l.entries)) + 1, Raw: raw, Arrived: start.UnixMilli()})
}

// give lets a PC read the log in the epoch of its server.
func (l *logbook) give(t *testing.T, j *local.Journal) { t.Helper(); l.giveHaving(t, j, 0) }

// giveHaving is give of a server that has the PC's own commits up to a number.
func (l *logbook) giveHaving(t *testing.T, j *local.Journal, durable uint64) {
	t.Helper()
	var edge tree.Edge
	for _, e := range l.entries {
		edge.Add(tree.Leaf(e.Raw))
	}
	head, err := tree.Head{School: identity(1).School, Volume: year, Size: edge.Size(), Root: edge.Root()}.Sign(l.key)
	if err == nil {
		err = j.SetEpoch(t.Context(), l.epoch(), durable)
	}
	if err == nil {
		err = j.Absorb(t.Context(), year, l.entries, head)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func back(t *testing.T, j *local.Journal) *tree.Back {
	t.Helper()
	b, err := j.Back(t.Context(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What the log of a restored server lacks is given back with its proof, also
// after the program was started again, until it stands there.
func TestBack(t *testing.T) {
	author := open(t, 1)
	dir := t.TempDir()
	j := openIn(t, dir, 2)
	former := newLogbook(1)
	for i := range 5 {
		former.add(encoded(t, put(t, author, markChange(day+journal.Date(i), pupil, 5))))
	}
	former.give(t, j)
	if b := back(t, j); b != nil {
		t.Fatalf("a PC that owes nothing gives %d entries back", len(b.Entries))
	}
	restored := newLogbook(2)
	restored.entries = append(restored.entries, former.entries[:2]...)
	restored.give(t, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = openIn(t, dir, 2)
	b := back(t, j)
	if b == nil || len(b.Entries) != 3 || b.Entries[0].Position != 3 || b.Entries[0].Arrived != start.UnixMilli() {
		t.Fatalf("given back: %+v", b)
	}
	if _, err := b.Check([]ed25519.PublicKey{former.key.Public().(ed25519.PublicKey)}); err != nil {
		t.Error(err)
	}
	if _, err := b.Check([]ed25519.PublicKey{restored.key.Public().(ed25519.PublicKey)}); err == nil {
		t.Error("the present server has signed it")
	}
	for _, e := range former.entries[2:] {
		restored.add(e.Raw)
	}
	restored.give(t, j)
	if b := back(t, j); b != nil {
		t.Errorf("still %d entries", len(b.Entries))
	}
	if n := len(cells(t, j)); n != 5 {
		t.Errorf("%d cells", n)
	}
}

// A number that stands for another commit in the restored server's log: the log
// counts, and the former commit is given back until it stands there as a stray.
func TestBackUnderAnotherNumber(t *testing.T) {
	j := open(t, 2)
	former := newLogbook(1)
	old := encoded(t, put(t, open(t, 1), markChange(day, pupil, 5)))
	former.add(old)
	former.give(t, j)
	restored := newLogbook(2)
	restored.add(encoded(t, put(t, open(t, 1), markChange(day+1, pupil, 2))))
	restored.give(t, j)
	if c := cells(t, j); len(c) != 1 || c[0].Date != day+1 {
		t.Errorf("cells %+v", c)
	}
	if b := back(t, j); b == nil || string(b.Entries[0].Raw) != string(old) {
		t.Fatalf("given back: %+v", b)
	}
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := j.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	c, err := local.ReadCopy(t.Context(), file, clock)
	if err != nil || len(c.Former) != 1 || c.Former[0].Epoch != former.epoch() {
		t.Fatalf("a new server is told of %+v, %v", c.Former, err)
	}
	if l := c.Former[0].Logs[year]; len(l.Entries) != 1 || string(l.Entries[0].Raw) != string(old) || l.Entries[0].Arrived != start.UnixMilli() || len(l.Head) == 0 {
		t.Errorf("a new server is told of %+v", l)
	}
	_, stray, err := commit.Stray(old)
	if err != nil {
		t.Fatal(err)
	}
	restored.add(stray)
	restored.give(t, j)
	if b := back(t, j); b != nil {
		t.Errorf("given back: %+v", b)
	}
	if n := len(cells(t, j)); n != 2 {
		t.Errorf("%d cells", n)
	}
}

// What a former server had accepted here, and one made anew has judged otherwise,
// is unsent again when the logs show it, so that its verdict is heard.
func TestWhatIsJudgedOtherwiseIsAskedAgain(t *testing.T) {
	for _, known := range []bool{false, true} { // the new server's log has the second commit
		j := open(t, 1)
		var verdicts []commit.Verdict
		var raws [][]byte
		for i := range 3 {
			c := put(t, j, markChange(day+journal.Date(i), pupil, 5))
			verdicts = append(verdicts, commit.Verdict{Commit: c.ID, Volume: year, Answer: commit.Accepted, Position: uint64(i) + 1})
			raws = append(raws, encoded(t, c))
		}
		if err := j.Seal(t.Context(), nobody, true); err != nil {
			t.Fatal(err)
		}
		if err := j.Settle(t.Context(), verdicts, 3); err != nil {
			t.Fatal(err)
		}
		anew := newLogbook(2)
		anew.add(raws[0])
		want := uint64(1)
		if known {
			anew.add(raws[1])
			want = 2
		}
		anew.giveHaving(t, j, 3)
		if n, err := j.Durable(t.Context()); n != 3 || err != nil {
			t.Fatalf("durable %d, %v", n, err)
		}
		if b := back(t, j); b != nil {
			t.Errorf("given back without a proof: %+v", b)
		}
		if err := j.AskAgain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := j.Durable(t.Context()); n != want || err != nil {
			t.Errorf("durable %d, %v; want %d", n, err, want)
		}
	}
}

// A PC that becomes another one leaves to the former number what the server has.
// When that server is lost before its log was read, what stands in the log of one
// before it is given back from there, and not written anew.
func TestWhatStandsInAFormerLogIsNotWrittenAnew(t *testing.T) {
	j := open(t, 1)
	c := put(t, j, markChange(day, pupil, 5))
	first := newLogbook(1)
	first.add(encoded(t, c))
	first.giveHaving(t, j, 1)
	newLogbook(2).giveHaving(t, j, 1)
	f, err := j.Fork(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id, _, err := j.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id.Device, id.Key = deviceOf(f), f.Key
	if err := j.Become(t.Context(), id, []commit.Verdict{verdict(c, commit.Accepted, 1)}); err != nil {
		t.Fatal(err)
	}
	newLogbook(3).give(t, j)
	if mine, err := j.Own(t.Context(), teacher, 10); err != nil || len(mine) != 0 {
		t.Errorf("written anew: %+v, %v", mine, err)
	}
	if b := back(t, j); b == nil || string(b.Entries[0].Raw) != string(encoded(t, c)) {
		t.Errorf("given back: %+v", b)
	}
}
