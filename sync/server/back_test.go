package server_test

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// copied keeps a copy of the server's folder; back puts it in place, as another
// server.
func (b *bed) copied() (back func() [16]byte) {
	b.t.Helper()
	dir := b.t.TempDir() + "/copy"
	b.must(b.store.Close())
	b.must(os.CopyFS(dir, os.DirFS(b.dir)))
	b.open()
	b.reopen()
	return func() [16]byte {
		b.t.Helper()
		b.must(b.store.Close())
		b.dir = dir
		b.open()
		b.reopen()
		return b.renew()
	}
}

// former is the log of a volume as a PC gives it back.
func (b *bed) former(v journal.Volume) *tree.Back {
	b.t.Helper()
	var edge tree.Edge
	var hashes tree.Hashes
	entries := b.log(v)
	for _, e := range entries {
		hashes = append(hashes, edge.Add(tree.Leaf(e.Raw))...)
	}
	head, err := b.store.Signed(b.t.Context(), b.ID(), v)
	b.must(err)
	out := &tree.Back{Head: head, Size: edge.Size(), Root: edge.Root()}
	for _, e := range entries {
		proof, err := tlog.ProveRecord(int64(out.Size), int64(e.Position)-1, hashes)
		b.must(err)
		out.Entries = append(out.Entries, tree.Returned{Entry: e, Proof: proof})
	}
	return out
}

// gives sends what is given back.
func (d *desk) gives(epoch [16]byte, back *tree.Back) error {
	a, err := d.Sync(d.t.Context(), d.device, &wire.Sync{Epoch: epoch, Back: wire.GiveBack(back)})
	if err == nil && !a.Taken {
		d.t.Error("nothing was taken")
	}
	return err
}

// What a former server had accepted is in the log again, once and as it was,
// whoever gives it back; and its PC is answered with its place.
func TestGivenBack(t *testing.T) {
	b := newBed(t)
	other := b.newDesk("Второй")
	other.shown(b.teacher)
	restore := b.copied()
	c := other.commit(b.teacher, year, b.mark(3, 5))
	sent := other.seal(c)
	_, _, err := b.Push(t.Context(), other.device, []*commit.Envelope{sent})
	b.must(err)
	former := b.former(year)
	last := former.Entries[len(former.Entries)-1]

	b.now = b.now.AddDate(0, 1, 0)
	epoch := restore()
	b.closeTerm()
	if b.places(year, last.Raw) != 0 {
		t.Fatal("the copy holds what was written after it")
	}
	for range 2 {
		b.must(b.office.gives(epoch, former))
	}
	if n := b.places(year, last.Raw); n != 1 {
		t.Fatalf("%d times in the log", n)
	}
	for _, e := range b.log(year) {
		if bytes.Equal(e.Raw, last.Raw) && e.Arrived != last.Arrived {
			t.Errorf("arrived at %d, had arrived at %d", e.Arrived, last.Arrived)
		}
	}
	verdicts, durable, err := b.Push(t.Context(), other.device, []*commit.Envelope{sent})
	if err != nil || durable != 1 || verdicts[0].Answer != commit.Accepted || verdicts[0].Position != uint64(len(b.log(year))) {
		t.Errorf("its own PC is told %+v, %d, %v", verdicts, durable, err)
	}
	b.renew()
	if e := b.epoch(); b.office.gives(e, former) != nil {
		t.Error("a head from before the last server but one is not believed")
	}
}

// A number that was given again stands for the new commit; the former one comes
// back under one of its own.
func TestGivenBackUnderAnotherNumber(t *testing.T) {
	b := newBed(t)
	other := b.newDesk("Второй")
	other.shown(b.teacher)
	restore := b.copied()
	other.accepted(other.does(b.teacher, year, b.mark(3, 5)))
	former := b.former(year)
	last := former.Entries[len(former.Entries)-1]
	epoch := restore()

	other.number, other.chains, other.heads = 0, map[journal.StaffID][32]byte{}, map[commit.FieldRef][]commit.EditID{}
	other.accepted(other.does(b.teacher, year, b.mark(4, 2)))
	for range 2 {
		b.must(b.office.gives(epoch, former))
	}
	stray, raw, err := commit.Stray(last.Raw)
	b.must(err)
	if b.places(year, last.Raw) != 0 || b.places(year, raw) != 1 {
		t.Errorf("%d and %d times in the log", b.places(year, last.Raw), b.places(year, raw))
	}
	if stray.Author != b.teacher || stray.Edits[0].Value.Int() != 5 {
		t.Errorf("stray %+v", stray)
	}
}

// Nobody gives back what no server of the school had accepted.
func TestForgedReturns(t *testing.T) {
	b := newBed(t)
	other := b.newDesk("Второй")
	other.shown(b.teacher)
	restore := b.copied()
	other.accepted(other.does(b.teacher, year, b.mark(3, 5)))
	former := b.former(year)
	register := b.former(journal.Register)
	last := len(former.Entries) - 1
	forged := other.raw(other.commit(b.teacher, year, b.mark(5, 5)))
	epoch := restore()

	for name, change := range map[string]func(*tree.Back){
		"another commit":          func(m *tree.Back) { m.Entries[last].Raw = forged },
		"another place":           func(m *tree.Back) { m.Entries[last].Position-- },
		"beyond the log":          func(m *tree.Back) { m.Entries[last].Position++ },
		"no place":                func(m *tree.Back) { m.Entries[last].Position = 0 },
		"another root":            func(m *tree.Back) { m.Root[0]++ },
		"the head of another log": func(m *tree.Back) { m.Head = register.Head },
		"a head changed":          func(m *tree.Back) { m.Head = bytes.Replace(m.Head, []byte("\n"), []byte(" \n"), 1) },
		"no head":                 func(m *tree.Back) { m.Head = nil },
		"a head of a stranger": func(m *tree.Back) {
			var edge tree.Edge
			edge.Add(tree.Leaf(forged))
			head, err := tree.Head{School: b.ID(), Volume: year, Size: 1, Root: edge.Root()}.Sign(ed25519.NewKeyFromSeed(make([]byte, 32)))
			b.must(err)
			*m = tree.Back{Head: head, Size: 1, Root: edge.Root(), Entries: []tree.Returned{{Entry: commit.Entry{Position: 1, Raw: forged, Arrived: 1}}}}
		},
		"a head of another school": func(m *tree.Back) {
			var edge tree.Edge
			edge.Add(tree.Leaf(forged))
			list, err := b.store.Foundings(t.Context())
			b.must(err)
			head, err := tree.Head{School: journal.SchoolID{9}, Volume: year, Size: 1, Root: edge.Root()}.Sign(ed25519.NewKeyFromSeed(list[0].Key))
			b.must(err)
			*m = tree.Back{Head: head, Size: 1, Root: edge.Root(), Entries: []tree.Returned{{Entry: commit.Entry{Position: 1, Raw: forged, Arrived: 1}}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := *former
			m.Entries = append([]tree.Returned(nil), former.Entries...)
			change(&m)
			before := len(b.log(year)) + len(b.log(journal.Register))
			if err := b.office.gives(epoch, &m); fault.CodeOf(err) != fault.Invalid || fault.TextOf(err) == "" {
				t.Errorf("answered %v", err)
			}
			if after := len(b.log(year)) + len(b.log(journal.Register)); after != before {
				t.Errorf("%d entries were kept", after-before)
			}
		})
	}
}
