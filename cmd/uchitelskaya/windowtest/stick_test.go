//go:build window

package windowtest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// on does something with the journal of a PC whose program is closed.
func (s *school) on(pc string, do func(*local.Journal)) {
	s.t.Helper()
	book, err := local.Open(context.Background(), s.folder(pc), now)
	if err != nil {
		s.t.Fatal(err)
	}
	defer book.Close()
	do(book)
}

// command runs a program as an administrator does.
func (s *school) command(name string, args ...string) {
	s.t.Helper()
	if out, err := exec.Command(filepath.Join(bin, name), args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s %v: %v: %s", name, args, err, out)
	}
}

// Two PCs and a server without any network exchange marks through a stick, and
// show the same: once each as it was written, and the other's.
func TestMarksTravelOnAStick(t *testing.T) {
	s := newSchool(t)
	p := s.plan()
	stick := s.folder("stick")
	if err := os.Mkdir(stick, 0o755); err != nil {
		t.Fatal(err)
	}
	l, pcs := p.largest(), []string{"pc1", "pc2"}
	s.serverOn() // for a while: she has worked on both
	s.on("pc2", func(book *local.Journal) {
		if _, err := client.New(book, now, nil, client.Ordinary).SignIn(t.Context(), p.who.Last, demo.Password); err != nil {
			t.Fatal(err)
		}
	})
	s.serverOff()
	for i, pc := range pcs {
		s.on(pc, func(book *local.Journal) {
			key := journal.CellKey(l.page, l.date, l.number, l.pupils[i])
			_, err := book.Append(t.Context(), commit.Draft{Volume: year, Author: p.who.ID, Entered: now(), Changes: []commit.Change{
				commit.Set(journal.KindCell, key, journal.CellMark, journal.IntValue(int64(4+i))),
			}})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
	for range 2 {
		for _, pc := range pcs {
			s.command("uchitelskaya", "parcel", "out", "-data", s.folder(pc), stick)
		}
		s.command("uchitelskaya-server", "parcel", "-data", s.folder("server"), stick)
		for _, pc := range pcs {
			s.command("uchitelskaya", "parcel", "in", "-data", s.folder(pc), stick)
		}
	}
	for _, pc := range pcs {
		s.on(pc, func(book *local.Journal) {
			cells, err := book.Cells(t.Context(), year, l.page, l.date, l.date)
			if err != nil {
				t.Fatal(err)
			}
			got := map[journal.PupilID]int{}
			for _, c := range cells {
				if c.Number == l.number {
					got[c.Pupil] = c.Mark
				}
			}
			n, err := book.Count(t.Context())
			if err != nil || n.Unsent != 0 || n.Refused != 0 || got[l.pupils[0]] != 4 || got[l.pupils[1]] != 5 {
				t.Errorf("%s shows %d and %d, counts %+v, %v", pc, got[l.pupils[0]], got[l.pupils[1]], n, err)
			}
			if err := book.Verify(t.Context()); err != nil {
				t.Errorf("%s: %v", pc, err)
			}
		})
	}
}
