package server_test

import (
	"crypto/ed25519"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// Two people work on one PC, each with a key and a chain of their own.
func TestAnotherAuthorsSequence(t *testing.T) {
	for name, push := range map[string]func(d *desk, own, others ed25519.PrivateKey) *commit.Envelope{
		"signed with another author's key": func(d *desk, _, others ed25519.PrivateKey) *commit.Envelope {
			return d.sealWith(others, false, d.commit(d.teacher, year, d.mark(8, 3)))
		},
		"following another author's envelope": func(d *desk, own, others ed25519.PrivateKey) *commit.Envelope {
			d.chains[d.teacher] = d.chains[d.other]
			return d.sealWith(own, false, d.commit(d.teacher, year, d.mark(8, 3)))
		},
		"another author's commits, signed by the first": func(d *desk, own, _ ed25519.PrivateKey) *commit.Envelope {
			e := d.sealWith(own, false, d.commit(d.teacher, year, d.mark(8, 3)))
			c := d.commit(d.other, year, d.mark(8, 3))
			c.Number = e.First
			e, err := commit.Seal(e.Head, [][]byte{d.raw(c)}, own)
			d.must(err)
			return e
		},
		"said to be sealed by the PC": func(d *desk, own, _ ed25519.PrivateKey) *commit.Envelope {
			return d.sealWith(own, true, d.commit(d.teacher, year, d.mark(8, 3)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBed(t)
			d := b.newDesk("Второй")
			own, others := d.signKey(b.teacher), d.signKey(b.other)
			for _, e := range []*commit.Envelope{
				d.sealWith(own, false, d.commit(b.teacher, year, b.mark(7, 5))),
				d.sealWith(others, false, d.commit(b.other, year, b.mark(7, 5))),
			} {
				_, _, err := d.Push(t.Context(), d.device, []*commit.Envelope{e})
				b.must(err)
			}
			before := d.state()
			if _, _, err := d.Push(t.Context(), d.device, []*commit.Envelope{push(d, own, others)}); fault.CodeOf(err) != fault.Damaged && fault.CodeOf(err) != fault.Cloned {
				t.Errorf("Push = %v", err)
			}
			if after := d.state(); after != before {
				t.Errorf("something was kept:\n%s\n%s", before, after)
			}
		})
	}
}
