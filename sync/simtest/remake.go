package simtest

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/rebuild"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// mostRemade is how often a world's server is lost: the second time, one that was
// made anew.
const mostRemade = 2

// remake loses the server's disk for good and makes a new server of the journals
// of some PCs, as the administrator's command does. The PCs do not know it until
// each has got a code.
func (h *host) remake() {
	if h.remade == mostRemade {
		return
	}
	given := h.gather()
	if len(given) == 0 || h.broken != nil {
		return
	}
	journals := make([]rebuild.Journal, len(given))
	for i, c := range given {
		journals[i] = journalOf(c)
	}
	known, err := rebuild.Merge(journals)
	if !h.must("merge journals", err) {
		return
	}
	if h.note("server remade"); h.remade > 0 {
		h.note("remade server remade")
	} else if h.epochs > 0 {
		h.note("restored server remade")
	}
	h.remade++
	h.say("the server is lost and made anew of %d journals", len(given))
	h.close()
	old := h.disk.dir()
	h.disk = disk{rng: h.rng, root: h.disk.root, file: h.disk.file, turn: h.disk.turn + 1}
	h.copy = nil
	if !h.must("lose disk", os.RemoveAll(old)) || !h.must("remake server", h.found(known, journals)) {
		return
	}
	if h.start(); !h.up {
		return
	}
	h.truth.remade(given)
	h.stick.files = nil // the new server has another key
	for _, d := range h.desks {
		d.apart = true
		d.later(d.about(10*time.Minute), d.rejoin)
	}
}

// gather reads the journals of some PCs, running or not.
func (h *host) gather() (out []*local.Copy) {
	for _, d := range h.desks {
		if h.chance(400) {
			continue
		}
		dir := filepath.Join(h.dir, "given")
		im, err := takeImage(d.disk.dir(), d.disk.file)
		if err == nil {
			err = im.put(dir, d.disk.file)
		}
		if !h.must("take journal", err) {
			return nil
		}
		c, err := local.ReadCopy(h.ctx, dir, h.clock)
		if !h.must("read journal", err) || !h.must("put journal away", os.RemoveAll(dir)) {
			return nil
		}
		if c.Salvaged != nil {
			h.breaks("the journal of %v is damaged", d)
		}
		h.say("the journal of %v is taken", d)
		out = append(out, c)
	}
	return out
}

func journalOf(c *local.Copy) rebuild.Journal {
	j := rebuild.Journal{Name: c.Identity.Name, School: c.Identity.School, Server: serverOf(c.Server), Loose: c.Loose}
	for _, f := range c.Former {
		j.Former = append(j.Former, serverOf(f))
	}
	j.PC = rebuild.PC{Key: c.Identity.Key.Public().(ed25519.PublicKey), Name: c.Identity.Name, Keys: c.Return.Keys, Sealed: c.Own, Unsealed: c.Unsealed}
	for _, n := range c.NotTaken {
		j.PC.NotTaken = append(j.PC.NotTaken, ledger.Judged{Verdict: n.Verdict, Raw: n.Raw})
	}
	return j
}

// serverOf is what a journal knows of one server.
func serverOf(s local.Server) rebuild.Server {
	out := rebuild.Server{Epoch: s.Epoch, Logs: map[journal.Volume]rebuild.Log{}}
	for v, l := range s.Logs {
		out.Logs[v] = rebuild.Log(l)
	}
	return out
}

// found makes the new server on an empty disk.
func (h *host) found(known *rebuild.School, journals []rebuild.Journal) error {
	store, err := sqlite.Open(h.ctx, h.disk.dir())
	if err != nil {
		return err
	}
	defer store.Close()
	h.epochs++
	f := h.founding
	f.Epoch, f.Key = foundingOf("server %d", h.epochs)
	if err := store.Found(h.ctx, f); err != nil {
		return err
	}
	school, err := server.Open(h.ctx, store, f, h.clock)
	if err != nil {
		return err
	}
	if h.bug.remake != nil {
		h.bug.remake(known, journals)
	}
	_, err = school.Remake(h.ctx, known, journals)
	return err
}

// rejoin brings a PC over to a server that was made anew, with a code.
func (d *desk) rejoin() {
	if d.broken != nil || !d.apart {
		return
	}
	if !d.calm {
		d.later(d.about(5*time.Minute), d.rejoin) // unless it works now
	}
	if !d.up || !d.host.up {
		return
	}
	err := d.book.Seal(d.ctx, d.keys, true)
	if d.died() || fault.CodeOf(err) == fault.DiskFull || !d.must("seal", err) {
		return
	}
	back, err := d.local.Return(d.ctx)
	if !d.must("read what was sent", err) {
		return
	}
	who, _, err := d.local.Identity(d.ctx)
	if !d.must("read identity", err) {
		return
	}
	code, err := d.host.school.NewCode(d.ctx, "127.0.0.1:1", [32]byte{})
	if err == nil {
		_, err = d.host.school.Enrol(d.ctx, d.key.Public().(ed25519.PublicKey), &wire.Enrol{Token: code.Token[:], Name: who.Name, School: who.School[:], From: back.From})
	}
	if d.host.disk.dead {
		d.host.crash(d.host.disk.remains)
		return
	}
	d.truth.follow()
	switch shut := d.truth.revoked(d); {
	case fault.CodeOf(err) == fault.DiskFull:
	case shut && fault.CodeOf(err) == fault.Forbidden:
		d.apart = false
	case shut:
		d.breaks("%v is shut out and got a code: %w", d, err)
	case d.must("enrol again", err):
		d.apart = false
		d.say("%v comes over to the new server", d)
		d.note("PC came over")
	}
}

// remade begins the log of a server that was made of journals, and makes sure
// that all which had reached any of them is there.
func (t *truth) remade(given []*local.Copy) {
	t.forget()
	t.follow()
	t.unsay(func(commit.ID) bool { return true })
	for id, list := range t.told {
		judged, err := t.host.store.Judged(t.ctx, t.host.id(), id.Device, id.Number, id.Number)
		if !t.must("read judged", err) {
			return
		}
		if len(judged) > 0 { // in a log that was laid, or as the journal of its PC remembers
			t.verdicts[id] = wire.Judge(judged[0].Verdict)
		}
		for _, s := range list {
			s.lost = s.lost || len(s.on) == 0 && (len(judged) == 0 || !bytes.Equal(judged[0].Raw, s.raw))
		}
	}
	for _, c := range given {
		for i, of := range append(c.Former, c.Server) {
			for _, v := range sorted(of.Logs) {
				for _, e := range of.Logs[v].Entries {
					proved := i < len(c.Former) && t.host.remade == 1 // of another one made anew, the journals may not know
					t.reached(fmt.Sprintf("place %d of volume %d", e.Position, v), e.Raw, proved || v != journal.Register)
				}
			}
		}
		for _, e := range c.Loose {
			c, err := commit.Decode(e.Raw)
			if t.must("decode commit", err) { // who may do what is taken only where a head proves it
				t.reached("what a former server had", e.Raw, c.Volume != journal.Register)
			}
		}
		for _, e := range c.Own {
			for _, raw := range e.Commits {
				t.reached("what was signed", raw, false)
			}
		}
		for _, raw := range c.Unsealed {
			t.reached("what was not signed", raw, false)
		}
	}
}

// reached makes sure that a commit is at the server: in the log, or with a verdict.
func (t *truth) reached(what string, raw []byte, log bool) {
	c, err := commit.Decode(raw)
	if !t.must("decode commit", err) {
		return
	}
	if log && t.in[commit.StrayID(raw)] {
		return // its number was given again
	}
	judged, err := t.host.store.Judged(t.ctx, t.host.id(), c.Device, c.Number, c.Number)
	if t.must("read judged", err); !log && len(judged) == 1 && !bytes.Equal(judged[0].Raw, raw) {
		t.note("number in a journal stands for another commit") // its PC becomes another one and sends it
		return
	}
	if log && !t.in[c.ID] || !log && !t.atServer(c.Device, c.Number, raw) {
		t.breaks("%s in a journal, commit %d of %s, did not come to the new server", what, c.Number, t.nameOf(c.Device))
	}
	if stands := t.ever[c.ID]; t.in[c.ID] {
		if is, err := commit.Encode(stands); err != nil || !bytes.Equal(is, raw) {
			t.breaks("%s in a journal, commit %d of %s, has other bytes at the new server", what, c.Number, t.nameOf(c.Device))
		}
	}
}
