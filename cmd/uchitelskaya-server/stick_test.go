package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
)

// A stick is a folder that is carried between PCs and the server's program. What
// was once written stays on it, as it does on people's sticks.
type stick struct {
	*school
	dir string
}

// carry brings it from the PCs to the server and back.
func (s stick) carry(pcs ...*pc) (said string) {
	s.t.Helper()
	for _, p := range pcs {
		if _, err := p.WriteParcels(s.t.Context(), s.dir, client.FullParcel); err != nil {
			s.t.Fatal(err)
		}
	}
	said = s.command("parcel", "-data", s.school.dir, s.dir)
	for _, p := range pcs {
		s.read(p)
	}
	return said
}

func (s stick) read(p *pc) client.Unpacked {
	s.t.Helper()
	u, err := p.ReadParcels(s.t.Context(), s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	return u
}

// Two PCs, of which one never sees the network after it was enrolled, exchange
// marks by the server's program and a stick, and end equal; then the other goes
// back to the network.
func TestTwoPCsOnAStick(t *testing.T) {
	s := newSchool(t)
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	s.kill()
	carried := stick{s, t.TempDir()}
	if _, err := second.WriteParcels(t.Context(), carried.dir, client.FullParcel); fault.CodeOf(err) != fault.NotFound {
		t.Fatalf("a PC that knows nothing of the server writes: %v", err)
	}
	s.command("parcel", "-data", s.dir, "-news", "Второй", carried.dir)
	if u := carried.read(second); u.Entries == 0 {
		t.Fatalf("the beginning brings %+v", u)
	}

	first.write(c.teacher, year, c.mark(1, 4))
	first.write(c.teacher, year, c.mark(3, 5))
	second.write(c.teacher, year, c.mark(2, 5))
	second.write(c.teacher, year, c.mark(3, 2))
	second.write(c.other, year, c.mark(4, 5))
	if said := carried.carry(first, second); !strings.Contains(said, "Второй: принято 2, ждут завуча 0, отклонено 1.") {
		t.Errorf("the administrator reads:\n%s", said)
	}
	carried.carry(first, second)
	s.equal(first, second)
	for name, p := range map[string]*pc{"first": first, "second": second} {
		if counts, err := p.book.Count(t.Context()); err != nil || counts.Unsent != 0 || counts.Disputes != 1 || !p.sees(c, 1, 4) || !p.sees(c, 2, 5) {
			t.Errorf("the %s PC: %+v, %v", name, counts, err)
		}
	}

	// The program runs beside the server, which sees what came.
	s.start()
	second.write(c.teacher, year, c.mark(3, 3))
	carried.carry(second)
	if err := first.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	first.write(c.teacher, year, c.mark(5, 5))
	if err := first.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	carried.carry(second)
	s.equal(first, second)
	if !first.sees(c, 3, 3) || !second.sees(c, 5, 5) {
		t.Error("the network and the stick do not bring the same")
	}
	// All the old answers on the stick again.
	if u := carried.read(first); u.Accepted+u.Refused+u.Entries != 0 {
		t.Errorf("what is known was taken again: %+v", u)
	}
	s.equal(first, second)

	s.command("revoke", "-data", s.dir, "Второй")
	second.write(c.teacher, year, c.mark(6, 5))
	if _, err := second.WriteParcels(t.Context(), carried.dir, client.FullParcel); err != nil {
		t.Fatal(err)
	}
	if said := s.refuses("parcel", "-data", s.dir, carried.dir); !strings.Contains(said, "Второй") || strings.Contains(said, "Второй: принято 1") {
		t.Errorf("of a PC that was shut out the administrator reads:\n%s", said)
	}
}

// Half a file, and one with other bytes, are left where they lie, and the others
// are taken.
func TestHalfAFileOnAStick(t *testing.T) {
	s := newSchool(t)
	first := newPC(t)
	c := s.furnish(first)
	first.write(c.teacher, year, c.mark(1, 4))
	dir := t.TempDir()
	list, err := first.WriteParcels(t.Context(), dir, client.FullParcel)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(list[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)-50] ^= 4
	for name, b := range map[string][]byte{"половина.parcel": whole[:len(whole)/2], "испорчен.parcel": flipped, "пустой.parcel": nil, "чужой.txt": nil} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said := s.refuses("parcel", "-data", s.dir, dir)
	for _, want := range []string{"половина.parcel: Файл повреждён", "испорчен.parcel: Файл повреждён", "пустой.parcel: Файл повреждён", "принято 1", "Посылок 4, из них не взято 3."} {
		if !strings.Contains(said, want) {
			t.Errorf("the administrator does not read %q:\n%s", want, said)
		}
	}
	stick{s, dir}.read(first)
	s.equal(first)
}

// refuses runs a command that ends badly and returns all that it said.
func (s *school) refuses(args ...string) string {
	s.t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asServer+"=1")
	out, err := c.CombinedOutput()
	if err == nil {
		s.t.Errorf("%v is taken for well done", args)
	}
	return string(out)
}
