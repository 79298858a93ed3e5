package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// Any history, any of its journals, some of them older copies: nothing that
// reached a journal given is missing on the new server, and when all PCs have
// come over, everything ever written stands once, and all are equal.
func TestAnyJournalsMakeTheSchoolAnew(t *testing.T) {
	for seed := range uint64(16) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { rebuildAny(t, rand.New(rand.NewPCG(seed, 7))) })
	}
}

func rebuildAny(t *testing.T, random *rand.Rand) {
	dir := t.TempDir()
	pcs := []*pc{newPC(t), newPC(t), newPC(t)}
	s, c := foundHand(t, filepath.Join(dir, "old"), pcs...)
	copies := make([]string, len(pcs)) // of each PC, older than its journal
	for n := range 40 {
		i := random.IntN(len(pcs))
		p := pcs[i]
		switch author := c.teacher; random.IntN(6) {
		case 0:
			s.sync(t, p)
		case 1:
			copies[i] = filepath.Join(dir, fmt.Sprintf("copy-%d-%d.db", i, n))
			if err := p.book.Backup(t.Context(), copies[i]); err != nil {
				t.Fatal(err)
			}
		case 2:
			p.seal()
		case 3:
			author = c.other // refused: not her page
			fallthrough
		default:
			p.write(author, year, c.mark(1+random.IntN(3), 1+random.IntN(5)))
		}
	}

	var paths []string
	for i, p := range pcs {
		switch random.IntN(3) {
		case 0:
			path := filepath.Join(dir, fmt.Sprintf("last-%d.db", i))
			if err := p.book.Backup(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
		case 1:
			if copies[i] != "" {
				paths = append(paths, copies[i])
			}
		}
	}
	if len(paths) == 0 {
		p := filepath.Join(dir, "one.db")
		if err := pcs[1].book.Backup(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		paths = []string{p}
	}
	again, sources := remadeHand(t, paths...)
	for _, src := range sources {
		for id, raw := range commitsOf(t, src.Copy) {
			again.holds(t, id, raw)
		}
	}
	for _, p := range pcs {
		again.join(t, p)
	}
	for range 3 {
		for _, p := range pcs {
			again.sync(t, p)
		}
	}
	for i, p := range pcs {
		if n, err := p.book.Count(t.Context()); err != nil || n.Unsent > 0 {
			t.Errorf("PC %d: counts %+v, %v", i, n, err)
		}
		for _, v := range []journal.Volume{journal.Register, year} {
			if p.root(v) != pcs[0].root(v) {
				t.Errorf("PC %d has another log of volume %d", i, v)
			}
		}
		if err := p.book.Verify(t.Context()); err != nil {
			t.Errorf("PC %d: %v", i, err)
		}
		if got, want := p.marks(c), pcs[0].marks(c); !reflect.DeepEqual(got, want) {
			t.Errorf("PC %d shows %v, the first %v", i, got, want)
		}
		path := filepath.Join(dir, fmt.Sprintf("end-%d.db", i))
		if err := p.book.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		all, err := local.ReadCopy(t.Context(), path, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		for id, raw := range commitsOf(t, all) {
			again.holds(t, id, raw)
		}
	}
	again.once(t)
}

// commitsOf is every commit that a journal knows.
func commitsOf(t *testing.T, c *local.Copy) map[commit.ID][]byte {
	t.Helper()
	raws := append([][]byte{}, c.Unsealed...)
	for _, l := range c.Logs {
		for _, e := range l.Entries {
			raws = append(raws, e.Raw)
		}
	}
	for _, e := range c.Loose {
		raws = append(raws, e.Raw)
	}
	for _, e := range c.Own {
		raws = append(raws, e.Commits...)
	}
	for _, n := range c.NotTaken {
		raws = append(raws, n.Raw)
	}
	out := map[commit.ID][]byte{}
	for _, raw := range raws {
		k, err := commit.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		out[k.ID] = raw
	}
	return out
}

// marks are what a PC shows of the page: values and whether several stand.
func (p *pc) marks(c *class) map[int][2]int {
	p.t.Helper()
	cells, err := p.book.Cells(p.t.Context(), year, c.page, september+6, september+6)
	if err != nil {
		p.t.Fatal(err)
	}
	out := map[int][2]int{}
	for _, cell := range cells {
		out[cell.Number] = [2]int{int(cell.Mark), int(cell.State & journal.Rivals)}
	}
	return out
}
