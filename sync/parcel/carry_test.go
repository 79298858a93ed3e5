package parcel_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/wire"
)

var nobody = journal.StaffID{9, 9, 9}

// Two PCs that never see a network end with the same, whatever is taken twice
// and wherever the program was started again.
func TestAStickCarriesBothWays(t *testing.T) {
	s := newSchool(t)
	one, two := s.newPC("Один"), s.newPC("Два")
	one.write(s.admin, "Алгебра", 1)
	two.write(s.admin, "Физика", 2)
	two.write(nobody, "Химия", 3)
	question := two.all()
	for range 2 {
		s.answer(one.all())
	}
	var back []byte
	for i := range 2 {
		answer, carried := s.answer(question)
		if carried.Accepted != 1 || carried.Refused != 1 || carried.Told != nil {
			t.Errorf("time %d: %+v", i, carried)
		}
		back = answer
	}
	two.open() // days pass
	if u := two.take(back); u.Accepted != 1 || u.Refused != 1 || u.Entries == 0 || two.order("Алгебра") != 1 || two.order("Химия") != 0 {
		t.Errorf("taken %+v, shows %d and %d", u, two.order("Алгебра"), two.order("Химия"))
	}
	if u := two.take(back); u != (client.Unpacked{Files: 1}) {
		t.Errorf("taken again %+v", u)
	}
	answer, _ := s.answer(one.all())
	one.take(answer)
	if n := two.counts(); n.Unsent != 0 || n.Refused != 1 {
		t.Errorf("counts %+v", n)
	}
	if one.order("Физика") != 2 || one.order("Алгебра") != 1 || one.size() != two.size() || one.counts().Unsent != 0 {
		t.Errorf("the first shows %d and %d, %d places against %d", one.order("Физика"), one.order("Алгебра"), one.size(), two.size())
	}
	s.must(one.book.Verify(t.Context()))
	s.must(two.book.Verify(t.Context()))
}

// What does not fit into one parcel goes into a next, and the order in which
// they are carried does not matter.
func TestOutOfOrder(t *testing.T) {
	s := newSchool(t)
	p := s.newPC("Один")
	for n := range 3 {
		p.write(s.admin, "Алгебра", n+1)
	}
	p.write(nobody, "Химия", 3)
	first, packed := p.pack(0, 1)
	if !packed.Left || packed.Commits == 0 {
		t.Fatalf("packed %+v", packed)
	}
	second, rest := p.pack(packed.Last, parcel.Full)
	if rest.Left || rest.Last != 4 {
		t.Fatalf("packed %+v", rest)
	}
	early, carried := s.answer(second)
	if fault.CodeOf(carried.Told) != fault.Gap || carried.Accepted+carried.Refused != 0 {
		t.Errorf("the second before the first: %+v", carried)
	}
	if _, err := p.Unpack(t.Context(), bytes.NewReader(early)); fault.CodeOf(err) != fault.Gap || p.counts().Unsent != 4 {
		t.Errorf("its answer: %v, %+v", err, p.counts())
	}
	answer1, _ := s.answer(first)
	answer2, carried := s.answer(second)
	if carried.Told != nil {
		t.Errorf("in order: %+v", carried)
	}
	if _, err := p.Unpack(t.Context(), bytes.NewReader(answer2)); fault.CodeOf(err) != fault.Gap {
		t.Errorf("the second answer before the first: %v", err)
	}
	if p.counts().Unsent != 4 {
		t.Errorf("verdicts behind a gap were kept: %+v", p.counts())
	}
	p.take(answer1)
	p.take(answer2)
	if n := p.counts(); n.Unsent != 0 || n.Refused != 1 || p.order("Алгебра") != 3 {
		t.Errorf("counts %+v", n)
	}
}

// The network or another stick was faster: the old answer does no harm.
func TestAStaleAnswer(t *testing.T) {
	s := newSchool(t)
	one, two := s.newPC("Один"), s.newPC("Два")
	for n := range 5 {
		one.write(s.admin, "Алгебра", n+1)
		two.write(s.admin, "Физика", n+1)
	}
	two.write(nobody, "Химия", 3)
	question := two.all()
	stale, _ := s.answer(question)
	one.network()
	two.network()
	one.write(s.admin, "Алгебра", 6)
	one.network()
	two.network()
	before := two.counts()
	if u := two.take(stale); u != (client.Unpacked{Files: 1}) || two.counts() != before || two.order("Алгебра") != 6 {
		t.Errorf("taken %+v, counts %+v, were %+v", u, two.counts(), before)
	}
	// The school takes the old question too.
	if _, carried := s.answer(question); carried.Told != nil || carried.Accepted != 5 || carried.Refused != 1 {
		t.Errorf("the old question: %+v", carried)
	}
	// News that overlap with what came meanwhile are taken from where they go on.
	late := two.all()
	one.write(s.admin, "Алгебра", 7)
	one.network()
	two.network()
	one.write(s.admin, "Алгебра", 8)
	one.network()
	answer, _ := s.answer(late)
	if u := two.take(answer); u.Entries != 1 || two.order("Алгебра") != 8 {
		t.Errorf("overlapping: %+v, shows %d", u, two.order("Алгебра"))
	}
	// All there is, for a PC that has most of it.
	one.write(s.admin, "Алгебра", 9)
	one.network()
	if u := two.take(s.tell(two)); u.Entries != 1 || two.order("Алгебра") != 9 {
		t.Errorf("told: %+v, shows %d", u, two.order("Алгебра"))
	}
	s.must(two.book.Verify(t.Context()))
}

// A server put back from a copy answers what it can no longer read; the next
// parcel brings what it lacks.
func TestARestoredServer(t *testing.T) {
	s := newSchool(t)
	p := s.newPC("Один")
	p.write(s.admin, "Алгебра", 1)
	answer, _ := s.answer(p.all())
	p.take(answer)
	copied := filepath.Join(t.TempDir(), "copy")
	s.must(s.store.Backup(t.Context(), copied))
	p.write(s.admin, "Алгебра", 2)
	old, _ := s.answer(p.all())
	p.take(old)
	p.write(s.admin, "Алгебра", 3)
	question := p.all()
	s.restore(copied)

	answer, carried := s.answer(question)
	if !carried.Former || carried.Accepted != 0 {
		t.Errorf("carried %+v", carried)
	}
	if u := p.take(answer); !u.Restored || p.counts().Unsent != 2 {
		t.Errorf("taken %+v, counts %+v", u, p.counts())
	}
	p.open()
	if u := p.take(answer); u.Restored || u.Entries != 0 {
		t.Errorf("taken again %+v", u)
	}
	answer, carried = s.answer(p.all())
	if carried.Former || carried.Accepted != 2 {
		t.Errorf("carried %+v", carried)
	}
	p.take(answer)
	if p.counts().Unsent != 0 || p.order("Алгебра") != 3 {
		t.Errorf("counts %+v", p.counts())
	}
	if _, err := p.Unpack(t.Context(), bytes.NewReader(old)); fault.CodeOf(err) != fault.Epoch {
		t.Errorf("an answer of the former epoch: %v", err)
	}
	if n := p.counts(); n.Unsent != 0 {
		t.Errorf("it brought the former epoch back: %+v", n)
	}
	s.must(p.book.Verify(t.Context()))
}

// A journal put back from a copy that went on otherwise is not told that its new
// commits were judged.
func TestAJournalPutBackFromACopy(t *testing.T) {
	s := newSchool(t)
	p := s.newPC("Один")
	p.write(s.admin, "Алгебра", 1)
	back := p.copyOf()
	p.write(s.admin, "Алгебра", 2)
	answer, _ := s.answer(p.all())
	back()
	p.write(s.admin, "Физика", 3)
	if _, err := p.Unpack(t.Context(), bytes.NewReader(answer)); fault.TextOf(err) != parcel.ErrCopied.Text || p.counts().Unsent != 2 {
		t.Errorf("the answer to the other life: %v, %+v", err, p.counts())
	}
	// Nor does the school take the new ones for the old, and it says what to do.
	answer, carried := s.answer(p.all())
	if fault.TextOf(carried.Told) != parcel.ErrCopied.Text {
		t.Errorf("the administrator reads: %v", carried.Told)
	}
	if _, err := p.Unpack(t.Context(), bytes.NewReader(answer)); fault.TextOf(err) != parcel.ErrCopied.Text || p.counts().Unsent != 2 {
		t.Errorf("the answer to the new life: %v, %+v", err, p.counts())
	}
}

// A journal put back from a copy that has done nothing since gets its own
// commits back.
func TestAJournalThatLostItsEnd(t *testing.T) {
	s := newSchool(t)
	p := s.newPC("Один")
	p.write(s.admin, "Алгебра", 1)
	back := p.copyOf()
	p.write(s.admin, "Алгебра", 2)
	answer, _ := s.answer(p.all())
	back()
	p.take(answer)
	if p.order("Алгебра") != 2 || p.counts().Unsent != 0 {
		t.Errorf("shows %d, counts %+v", p.order("Алгебра"), p.counts())
	}
	s.must(p.book.Verify(t.Context()))
}

func TestWhoseParcelIsTaken(t *testing.T) {
	s, foreign := newSchool(t), newSchool(t)
	one, two, theirs := s.newPC("Один"), s.newPC("Два"), foreign.newPC("Чужой")
	one.write(s.admin, "Алгебра", 1)
	two.write(s.admin, "Физика", 1)
	theirs.write(foreign.admin, "Алгебра", 1)
	before := one.size()

	if _, _, err := s.try(theirs.all()); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("another school's parcel: %v", err)
	}
	answer, _ := s.answer(one.all())
	if _, _, err := s.try(answer); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("an answer as a question: %v", err)
	}
	for name, tt := range map[string]struct {
		file []byte
		want fault.Code
	}{
		"another PC's answer":               {answer, fault.Forbidden},
		"its own question":                  {two.all(), fault.Forbidden},
		"forged with the PC's public key":   {forged(t, two, mustECDSA(t)), fault.Forbidden},
		"forged with a key of the PC":       {forged(t, two, two.id.Key), fault.Forbidden},
		"forged with the key of the epoch":  {forged(t, two, ed25519.NewKeyFromSeed(s.made.Key)), fault.Forbidden},
		"another school's, for its own PC":  {foreign.tell(theirs), fault.Forbidden},
		"half of what the school has wrote": {s.tell(two)[:700], fault.Damaged},
	} {
		if _, err := two.Unpack(t.Context(), bytes.NewReader(tt.file)); fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
		if n := two.counts(); n.Unsent != 1 || two.size() != before+2 { // the second PC, and the key on it
			t.Errorf("%s: counts %+v, %d places", name, n, two.size())
		}
	}
	question := two.all()
	s.must(s.Revoke(t.Context(), two.id.Device))
	if _, _, err := s.try(question); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a PC that was shut out: %v", err)
	}
}

func mustECDSA(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// forged is an answer that accepts everything, by somebody else than the server.
func forged(t *testing.T, p *pc, by crypto.Signer) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := parcel.NewWriter(&out, parcel.Line{Direction: parcel.FromSchool, Device: p.id.Device, Epoch: p.id.Epoch, Serial: 1}, p.id.Key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	_ = w.Put(parcel.KindAsked, &wire.Asked{Epoch: p.id.Epoch})
	_ = w.Put(parcel.KindAnswer, &wire.SyncAnswer{Epoch: [16]byte{7}, Durable: 1})
	if err := w.Seal(by); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
