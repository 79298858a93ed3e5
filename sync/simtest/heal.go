package simtest

import (
	"bytes"
	"crypto/ed25519"
	"slices"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// rounds bounds phase 2: in each every PC exchanges until nothing is left.
const rounds = 4

// heal is phase 2: everything runs and nothing is cut any more. Clocks stay as
// wrong as they are.
func (w *world) heal() {
	w.calm, w.sky = true, weather{}
	w.say("all is mended")
	if w.host.disk.left, w.host.disk.full = 0, 0; !w.host.up {
		w.host.start()
	}
	w.truth.follow()
	for _, d := range w.desks {
		if d.disk.left, d.disk.full = 0, 0; !d.up {
			d.start()
		}
	}
	for _, d := range w.desks {
		d.rejoin()
	}
	for round := 1; w.broken == nil; round++ {
		if round > rounds {
			w.breaks("not at rest after %d rounds", rounds)
			return
		}
		moved := false
		for _, d := range w.desks {
			moved = w.settle(d) || moved
		}
		if !moved {
			break
		}
	}
	w.check()
	w.strangers()
	w.compare()
}

// settle lets a PC exchange until nothing is left, and tells whether anything
// was.
func (w *world) settle(d *desk) (moved bool) {
	for range 50 {
		if w.broken != nil || d.barred || w.truth.barred(d.device) {
			return false
		}
		q, err := d.client.Ask(w.ctx, client.Full)
		if !w.must("ask in peace", err) {
			return false
		}
		q.Message.Whole = d.whole
		var a wire.SyncAnswer
		var p client.Progress
		if err = w.call(d, q.Message, exchanges, &a); err == nil {
			p, err = d.client.Take(w.ctx, q, &a)
		}
		if err != nil && d.client.Refused(q, err) {
			continue
		}
		if fault.CodeOf(err) == fault.Approval && d.comeBack() {
			moved = true
			continue
		}
		if fault.CodeOf(err) == fault.Cloned {
			var f wire.ForkAnswer
			forking, err := d.client.AskFork(w.ctx)
			if !w.must("ask for another number", err) {
				return false
			}
			if err := w.call(d, forking.Message, forks, &f); fault.CodeOf(err) == fault.Forbidden && w.truth.barred(identity.DeviceID(forking.Message.Key)) {
				d.barred = true // the PC that it would become was shut out, as it was given back
				return moved
			} else if !w.must("ask for another number", err) {
				return false
			}
			d.becomes(forking, &f)
			moved = true
			continue
		}
		if !w.must(d.String()+" exchanges in peace", err) {
			return false
		}
		d.whole = p.Whole
		moved = moved || p.Moved
		if p.Idle {
			return moved
		}
	}
	w.breaks("%v does not come to an end", d)
	return moved
}

// call brings a message to a service of the server and the answer back, at once
// and whole.
func (w *world) call(d *desk, m wire.Message, serve service, a wire.Message) error {
	body, err := wire.Pack(d.asEarlier(m))
	if err != nil {
		return err
	}
	m = w.host.handle(d.key.Public().(ed25519.PublicKey), body, serve)
	_, failed := m.(*wire.Problem)
	if body, err = wire.Pack(m); err != nil {
		return err
	}
	return unpack(body, failed, a)
}

// compare holds all PCs against each other and the truth.
func (w *world) compare() {
	var first *desk
	var want string
	for _, d := range w.desks {
		if w.broken != nil {
			return
		}
		w.compareVerdicts(d)
		if w.truth.revoked(d) {
			continue
		}
		got, kept, err := dump(w.ctx, d.disk.dir())
		if !w.must("read journal", err) {
			return
		}
		if len(kept) > 0 && w.host.remade > 1 {
			w.note("PC that keeps what a server had of which no journal knew")
			w.compareHeads(d, kept)
		} else if len(kept) > 0 {
			w.breaks("%v keeps %v, which a former server had accepted and the log lacks", d, kept)
		} else if first == nil {
			first, want = d, got
			w.compareHeads(d, nil)
		} else if got != want {
			w.breaks("%v and %v differ: %s", first, d, difference(want, got))
		}
	}
	w.compareDebts()
	w.compareLog()
}

// compareVerdicts: each commit written here is in the log or stands, with the
// server's answer, where a person sees it.
func (w *world) compareVerdicts(d *desk) {
	if w.truth.revoked(d) {
		return
	}
	shown := map[uint64]commit.Waiting{}
	for _, fate := range []commit.Fate{commit.Unsent, commit.AtDeputy, commit.NotTaken} {
		waiting, err := d.local.Waiting(w.ctx, commit.Query{Fate: fate})
		if !w.must("read waiting", err) {
			return
		}
		for _, x := range waiting {
			shown[x.Commit.Number] = x
			if fate == commit.Unsent {
				w.breaks("commit %d of %v still waits", x.Commit.Number, d)
			}
		}
	}
	away := w.truth.away(d)
	for _, n := range w.truth.numbers[d.device] {
		id := commit.ID{Device: d.device, Number: n}
		at := slices.IndexFunc(w.truth.told[id], func(s *saved) bool { return slices.Contains(s.on, d) })
		if at < 0 {
			continue
		}
		x, waits := shown[n]
		if put, is := away[n]; is {
			x, waits = put, !w.truth.in[id]
		} else if slices.Contains(w.truth.told[id][at].away, d) {
			w.breaks("commit %d of %v was put away there and is not any more", n, d)
		}
		v := w.truth.verdicts[id]
		switch {
		case waits && !w.truth.in[id] && v.Answer == commit.Requested && x.Answer == commit.Refused && w.truth.rejected(id):
		case waits && !w.truth.in[id] && x.Answer != 0 && d.doubled() && w.truth.saidOnce(id, x): // another copy of its disk has spoken to the server since
		case waits && (v.Answer != x.Answer || v.Text != x.Text || w.truth.in[id]):
			w.breaks("%v shows %d %q for commit %d, the server said %d %q", d, x.Answer, x.Text, n, v.Answer, v.Text)
		case !waits && !w.truth.in[id]:
			w.breaks("commit %d of %v is neither in the log nor among what was not taken", n, d)
		}
	}
	if counts, err := d.local.Count(w.ctx); err != nil || counts.Unsent != 0 {
		w.breaks("%v counts %d unsent: %v", d, counts.Unsent, fault.CodeOf(err))
	}
}

// compareHeads: a PC shows every head of the log and no other. What a server had
// accepted that is lost for good, and that the journals do not know of which a new
// one was made, stands there too: absence never means deletion.
func (w *world) compareHeads(d *desk, kept []commit.ID) {
	fields := w.truth.fields
	if len(kept) > 0 {
		fields = fields.clone()
		for _, id := range kept {
			c := w.truth.ever[id]
			if c == nil {
				w.breaks("%v holds a commit of %s that was never in the log", d, w.nameOf(id.Device))
				return
			}
			fields.fold(c)
		}
	}
	for _, f := range fields.list() {
		heads, err := d.local.Heads(w.ctx, f.volume, commit.FieldRef{Kind: f.kind, Key: f.key, Field: f.no})
		if !w.must("read heads", err) {
			return
		}
		want := fields.heads(f)
		same := len(want) == len(heads)
		for _, h := range heads {
			found := false
			for _, s := range want {
				found = found || s.id == h.ID && s.value == h.Value
			}
			same = same && found
		}
		if !same {
			w.breaks("%v shows %v in %v, want %v", d, heads, f, want)
		}
	}
}

// compareLog: the log is still what it was when each of its entries was new.
func (w *world) compareLog() {
	for _, v := range sorted(w.truth.logs) {
		entries, err := w.host.store.Entries(w.ctx, w.host.id(), v, 0, 1<<30)
		if !w.must("read log", err) {
			return
		}
		for i, p := range w.truth.logs[v] {
			if i >= len(entries) || !bytes.Equal(entries[i].Raw, p.raw) {
				w.breaks("position %d of volume %d is not what it was", i+1, v)
				return
			}
		}
		w.compareTree(v)
	}
}
