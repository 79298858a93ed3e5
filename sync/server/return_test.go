package server_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// again asks to enrol a desk that was the school's before.
func (d *desk) again(m wire.Enrol) error {
	d.t.Helper()
	code, err := d.NewCode(d.t.Context(), "127.0.0.1:1", [32]byte{})
	d.must(err)
	m.Token, m.Name = code.Token[:], "Снова"
	_, err = d.Enrol(d.t.Context(), d.key.Public().(ed25519.PublicKey), &m)
	return err
}

func TestAPCOfAnotherSchoolDoesNotSpendTheCode(t *testing.T) {
	b := newBed(t)
	code, err := b.NewCode(t.Context(), "127.0.0.1:1", [32]byte{})
	b.must(err)
	other := journal.NewID[journal.School]()
	length := len(b.log(journal.Register))
	for range 2 {
		key := b.office.key.Public().(ed25519.PublicKey)
		if _, err := b.Enrol(t.Context(), key, &wire.Enrol{Token: code.Token[:], Name: "Чужой", School: other[:]}); fault.CodeOf(err) != fault.Forbidden {
			t.Fatalf("a PC of another school: %v", err)
		}
	}
	if grown := len(b.log(journal.Register)) - length; grown != 0 {
		t.Errorf("%d commits were made of it", grown)
	}
	own := b.ID()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	b.must(err)
	if _, err := b.Enrol(t.Context(), public, &wire.Enrol{Token: code.Token[:], Name: "Наш", School: own[:]}); err != nil {
		t.Errorf("the code was spent: %v", err)
	}
}

// A PC has lost the file with its first commits, and the server its knowledge
// of them: the numbers are given up, what follows is taken.
func TestNumbersThatNobodyHasAreGivenUp(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	own := b.ID()
	var lost []*commit.Envelope
	for range 3 {
		lost = append(lost, d.seal(d.commit(b.teacher, year, b.mark(7, 5)))) // never sent
	}
	later := d.seal(d.commit(b.teacher, year, b.mark(8, 4)))
	if verdicts, durable, err := b.Push(t.Context(), d.device, []*commit.Envelope{later}); err != nil || len(verdicts) != 0 || durable != 0 {
		t.Fatalf("after a gap: %+v, %d, %v", verdicts, durable, err)
	}
	for range 2 { // the second changes nothing
		d.must(d.again(wire.Enrol{School: own[:], From: 4}))
	}
	verdicts, durable, err := b.Push(t.Context(), d.device, []*commit.Envelope{later})
	if err != nil || durable != 4 || len(verdicts) != 1 || verdicts[0].Answer != commit.Accepted {
		t.Fatalf("after the approval: %+v, %d, %v", verdicts, durable, err)
	}
	if _, _, err := b.Push(t.Context(), d.device, lost); fault.CodeOf(err) != fault.Cloned {
		t.Errorf("another copy of its disk had them: %v", err)
	}
	d.accepted(d.does(b.teacher, year, b.mark(9, 3)))
}

// A person had other keys on the PC before, which a restored server has not
// heard of; what she sealed with them comes now.
func TestFormerKeysOfAPersonHold(t *testing.T) {
	b := newBed(t)
	b.renew()
	d := b.newDesk("Второй")
	var keys []wire.SignKey
	var envelopes []*commit.Envelope
	for n := range 3 {
		public, key, err := ed25519.GenerateKey(rand.Reader)
		b.must(err)
		keys = append(keys, wire.SignKey{Staff: b.teacher, Public: public})
		envelopes = append(envelopes, d.sealWith(key, false, d.commit(b.teacher, year, b.mark(7, 3+n))))
	}
	m := &wire.Sync{Epoch: b.Figures().Epoch, Keys: keys}
	for _, e := range envelopes {
		m.Envelopes = append(m.Envelopes, wire.Seal(e))
	}
	var length int
	for i := range 2 {
		a, err := b.Sync(t.Context(), d.device, m)
		if err != nil || a.Durable != 3 {
			t.Fatalf("answer %+v, %v", a, err)
		}
		for _, v := range a.Verdicts {
			if v.Answer != commit.Accepted {
				t.Errorf("verdict %+v", v)
			}
		}
		if now := len(b.log(journal.Register)); i > 0 && now != length {
			t.Error("known keys were taken again")
		} else {
			length = now
		}
	}
	_, stranger, err := ed25519.GenerateKey(rand.Reader)
	b.must(err)
	forged := d.sealWith(stranger, false, d.commit(b.teacher, year, b.mark(8, 3)))
	if _, _, err := b.Push(t.Context(), d.device, []*commit.Envelope{forged}); fault.CodeOf(err) != fault.Damaged {
		t.Errorf("a forged signature: %v", err)
	}
}

// What a PC says of its people's keys goes to every PC of the school.
func TestKeysThatAPCBringsAreBounded(t *testing.T) {
	b := newBed(t)
	b.renew()
	d := b.newDesk("Второй")
	before := len(b.log(journal.Register))
	var err error
	for range 10 {
		m := &wire.Sync{Epoch: b.Figures().Epoch}
		for range wire.MaxKeys {
			public := make([]byte, 32)
			_, _ = rand.Read(public)
			m.Keys = append(m.Keys, wire.SignKey{Staff: journal.NewID[journal.Staff](), Public: public})
		}
		if _, err = b.Sync(t.Context(), d.device, m); err != nil {
			break
		}
	}
	if fault.CodeOf(err) != fault.TooMany {
		t.Errorf("Sync = %v", err)
	}
	if grown := len(b.log(journal.Register)) - before; grown > 5*wire.MaxKeys {
		t.Errorf("the register grew by %d", grown)
	}
	if _, err := b.Sync(t.Context(), b.office.device, &wire.Sync{Epoch: b.Figures().Epoch}); err != nil {
		t.Errorf("another PC: %v", err)
	}
}

// What a former server had taken gets, when its PC sends it, the answer that
// was given then; what nobody knew is judged; nothing stands twice.
func TestWhatAFormerServerHadTakenStands(t *testing.T) {
	b := newBed(t)
	d := b.newDesk("Второй")
	var raws [][]byte
	var envelopes []*commit.Envelope
	for n := range 5 {
		e := d.seal(d.commit(b.teacher, year, b.mark(1+n, 5)))
		raws, envelopes = append(raws, e.Commits[0]), append(envelopes, e)
	}
	d.must(b.Lay(t.Context(), []commit.Entry{{Raw: raws[2]}, {Raw: raws[0], Arrived: 5}}))
	refused := b.refusal(d.device, 4, raws[3])
	d.must(b.Remember(t.Context(), refused))
	b.reopen()
	head := len(b.log(year))
	for range 2 {
		verdicts, durable, err := b.Push(t.Context(), d.device, envelopes)
		if err != nil || durable != 5 || len(verdicts) != 5 {
			t.Fatalf("%+v, %d, %v", verdicts, durable, err)
		}
		for i, want := range []uint64{uint64(head), uint64(head) + 1, uint64(head) - 1, 0, uint64(head) + 2} {
			if v := verdicts[i]; v.Position != want || (v.Answer == commit.Accepted) != (want > 0) {
				t.Errorf("verdict %+v, want position %d", v, want)
			}
		}
		if verdicts[3] != refused[0].Verdict {
			t.Errorf("verdict %+v, want the one once given", verdicts[3])
		}
	}
	if grown := len(b.log(year)) - head; grown != 2 {
		t.Errorf("the log grew by %d", grown)
	}
	other := b.newDesk("Третий")
	e := other.seal(other.commit(b.teacher, year, b.mark(20, 5)))
	d.must(b.Lay(t.Context(), []commit.Entry{{Raw: e.Commits[0]}}))
	other.number, other.chains = 0, map[journal.StaffID][32]byte{}
	if _, _, err := b.Push(t.Context(), other.device, []*commit.Envelope{other.seal(other.commit(b.teacher, year, b.mark(21, 5)))}); fault.CodeOf(err) != fault.Cloned {
		t.Errorf("a number that stands for other bytes: %v", err)
	}
}
