package parcel_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/wire"
)

// writeLong makes commits of half a megabyte.
func (p *pc) writeLong(n int) {
	p.t.Helper()
	for i := range n {
		text := journal.TextValue(strings.Repeat(string(rune('а'+i)), 2000))
		var changes []commit.Change
		for k := range 130 {
			key := journal.Key("").Text(fmt.Sprintf("parcel.%d", k))
			changes = append(changes, commit.Set(journal.KindSetting, key, journal.SettingValue, text))
		}
		_, err := p.book.Append(p.t.Context(), commit.Draft{Volume: journal.Register, Author: p.school.admin, Entered: time.Now(), Changes: changes})
		p.school.must(err)
	}
}

// More than one message holds goes both ways in one parcel.
func TestMoreThanOneMessage(t *testing.T) {
	s := newSchool(t)
	one, two := s.newPC("Один"), s.newPC("Два")
	const many = 9 // 5 MB
	one.writeLong(many)
	answer, carried := s.answer(one.all())
	if carried.Accepted != many || carried.Told != nil || carried.Left {
		t.Fatalf("carried %+v", carried)
	}
	if u := one.take(answer); u.Accepted != many || one.counts().Unsent != 0 {
		t.Errorf("taken %+v", u)
	}
	answer, _ = s.answer(two.all())
	if u := two.take(answer); u.Entries < many || two.size() != one.size() {
		t.Errorf("taken %+v, %d places against %d", u, two.size(), one.size())
	}
	s.must(two.book.Verify(t.Context()))
}

// A PC that has seen a head beyond its log cannot prove an older answer: it asks
// again, and calls nobody a liar.
func TestAnAnswerThatCannotBeProved(t *testing.T) {
	s := newSchool(t)
	one, two := s.newPC("Один"), s.newPC("Два")
	write := func(from, to int) {
		for n := from; n <= to; n++ {
			one.write(s.admin, "Алгебра", n)
		}
		one.network()
	}
	question := two.all()
	write(1, 3)
	answer, _ := s.answer(question)
	write(4, 6)
	q, err := two.Ask(t.Context(), client.Size{Send: 1, Take: 1})
	s.must(err)
	a, err := s.Sync(t.Context(), two.id.Device, q.Message)
	s.must(err)
	_, err = two.Take(t.Context(), q, a)
	s.must(err)
	if _, err := two.Unpack(t.Context(), bytes.NewReader(answer)); fault.CodeOf(err) != fault.Gap {
		t.Errorf("Unpack = %v", err)
	}
	fresh, _ := s.answer(two.all())
	two.take(fresh)
	if two.order("Алгебра") != 6 {
		t.Errorf("shows %d", two.order("Алгебра"))
	}
}

// The answer to a push was lost, and what is sent next is smaller, or the server
// was put back from a copy: every verdict is heard nevertheless.
func TestNoVerdictIsMissed(t *testing.T) {
	for name, restored := range map[string]bool{"then in pieces": false, "then the server is put back": true} {
		t.Run(name, func(t *testing.T) {
			s := newSchool(t)
			p := s.newPC("Один")
			p.write(s.admin, "Алгебра", 1)
			p.write(nobody, "Химия", 2)
			p.write(s.admin, "Физика", 3)
			p.write(nobody, "Химия", 4)
			q, err := p.Ask(t.Context(), client.Full)
			s.must(err)
			_, err = s.Sync(t.Context(), p.id.Device, q.Message) // and the line is cut
			s.must(err)
			if restored {
				copied := filepath.Join(t.TempDir(), "copy")
				s.must(s.store.Backup(t.Context(), copied))
				s.restore(copied)
			}
			p.networkBy(client.Size{Send: 1, Take: wire.Pull})
			if n := p.counts(); n.Unsent != 0 || n.Refused != 2 {
				t.Errorf("counts %+v", n)
			}
		})
	}
}

// A parcel is signed by the PC that it names, and an answer is for the PC that
// it names, whoever can read it.
func TestUnderAnothersName(t *testing.T) {
	s := newSchool(t)
	one, two := s.newPC("Один"), s.newPC("Два")
	as := func(l parcel.Line, to ed25519.PublicKey, by crypto.Signer) []byte {
		var out bytes.Buffer
		w, err := parcel.NewWriter(&out, l, to)
		s.must(err)
		s.must(w.Put(parcel.KindSync, &wire.Sync{Epoch: one.id.Epoch, Whole: true}))
		s.must(w.Seal(by))
		return out.Bytes()
	}
	server := ed25519.NewKeyFromSeed(s.made.Key)
	line := parcel.Line{Direction: parcel.ToSchool, Device: two.id.Device, Epoch: one.id.Epoch}
	if _, _, err := s.try(as(line, public(server), one.id.Key)); fault.CodeOf(err) != fault.Damaged {
		t.Errorf("signed by another PC: %v", err)
	}
	if _, _, err := s.try(as(line, public(server), two.id.Key)); err != nil {
		t.Errorf("signed by its own: %v", err)
	}
	line.Direction = parcel.FromSchool
	if _, err := one.Unpack(t.Context(), bytes.NewReader(as(line, public(one.id.Key), s.key))); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("an answer under another PC's name: %v", err)
	}
}

// swapped is a file that is another one when it is read again.
type swapped struct {
	*bytes.Reader
	other []byte
	seeks int
}

func (s *swapped) Seek(offset int64, whence int) (int64, error) {
	if s.seeks++; s.seeks == 2 {
		s.Reset(s.other)
	}
	return s.Reader.Seek(offset, whence)
}

func TestAFileThatIsExchangedWhileItIsRead(t *testing.T) {
	var other bytes.Buffer
	w, err := parcel.NewWriter(&other, line, public(key('s')))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Put(parcel.KindSync, &wire.Sync{Epoch: [16]byte{66}}), w.Seal(key('x'))); err != nil {
		t.Fatal(err)
	}
	file := &swapped{Reader: bytes.NewReader(write(t, public(key('s')), key('p'))), other: other.Bytes()}
	p, err := parcel.Open(file, key('s'), trusts(t, key('p').Public()))
	if err != nil {
		t.Fatal(err)
	}
	err = p.Each(func(parcel.Kind, []byte) error { t.Error("an item of the other file was given"); return nil })
	if fault.CodeOf(err) != fault.Damaged {
		t.Errorf("Each = %v", err)
	}
}

// Two PCs of one name do not write over each other; a better answer to the same
// question takes the place of the former.
func TestNamesOnAStick(t *testing.T) {
	dir := t.TempDir()
	create := func(l parcel.Line) string {
		t.Helper()
		path, err := parcel.Create(dir, func(w io.Writer) (parcel.Line, string, error) {
			_, err := io.WriteString(w, l.String())
			return l, l.Name("Каб. 12/1:", moscow), err
		})
		if err != nil {
			t.Fatal(err)
		}
		return filepath.Base(path)
	}
	other := line
	other.Device = journal.DeviceID{7}
	back := line
	back.Direction = parcel.FromSchool
	for _, tt := range []struct {
		line parcel.Line
		want string
	}{
		{line, "Каб. 12 1 2026-11-23 13-33-20 в школу.parcel"},
		{line, "Каб. 12 1 2026-11-23 13-33-20 в школу.parcel"},
		{other, "Каб. 12 1 2026-11-23 13-33-20 в школу (2).parcel"},
		{back, "Каб. 12 1 2026-11-23 13-33-20 из школы.parcel"},
	} {
		if got := create(tt.line); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	if list, err := parcel.Find(dir, parcel.ToSchool); err != nil || len(list) != 2 {
		t.Errorf("found %+v, %v", list, err)
	}
	failed := errors.New("no")
	if _, err := parcel.Create(dir, func(io.Writer) (parcel.Line, string, error) { return line, "", failed }); !errors.Is(err, failed) {
		t.Errorf("Create = %v", err)
	}
	if rest, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(rest) != 0 {
		t.Errorf("left over: %q, %v", rest, err)
	}
}

// An answer of a former server that comes when the journal follows the next one
// brings nothing, though its places would fit.
func TestAnAnswerOfAFormerServer(t *testing.T) {
	s := newSchool(t)
	one, two := s.newPC("Один"), s.newPC("Два")
	one.network()
	two.network()
	copied := filepath.Join(t.TempDir(), "copy")
	s.must(s.store.Backup(t.Context(), copied))
	one.write(s.admin, "Алгебра", 1)
	one.network()
	q, err := two.Ask(t.Context(), client.Full)
	s.must(err)
	late, err := s.Sync(t.Context(), two.id.Device, q.Message)
	s.must(err)
	s.restore(copied)
	two.network()
	size := two.size()
	if p, err := two.Take(t.Context(), q, late); err != nil || p.Idle || two.size() != size {
		t.Errorf("taken: %+v, %v; %d places, were %d", p, err, two.size(), size)
	}
	one.network()
	two.network()
	if two.order("Алгебра") != 1 {
		t.Errorf("shows %d", two.order("Алгебра"))
	}
	s.must(two.book.Verify(t.Context()))
}
