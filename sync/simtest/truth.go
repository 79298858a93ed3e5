package simtest

import (
	"bytes"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/wire"
)

// The truth is what must be, written down independently of the product: it uses
// neither its merging nor its server.
type truth struct {
	*world
	told    map[commit.ID][]*saved // of what a person was told that it is saved
	numbers map[journal.DeviceID][]uint64
	ground  bool // the log of the ground has been read

	ever     map[commit.ID]*commit.Commit // in the log, now or in a former epoch
	strays   map[commit.ID][]byte         // what was ever there, by what it becomes when its number is given again
	owed     []debt
	verdicts map[commit.ID]wire.Verdict   // as they left the server
	formerly map[commit.ID][]wire.Verdict // as they left those before it

	// Of the server's present epoch:
	logs   map[journal.Volume][]place
	in     map[commit.ID]bool // in the log
	fields fields
}

// place is one position of a log.
type place struct {
	id  commit.ID
	raw []byte
}

func newTruth(w *world) *truth {
	t := &truth{world: w, told: map[commit.ID][]*saved{}, verdicts: map[commit.ID]wire.Verdict{}, formerly: map[commit.ID][]wire.Verdict{}, ever: map[commit.ID]*commit.Commit{}, strays: map[commit.ID][]byte{}, numbers: map[journal.DeviceID][]uint64{}}
	t.forget()
	return t
}

// forget begins an empty log.
func (t *truth) forget() {
	t.logs, t.in, t.fields = map[journal.Volume][]place{}, map[commit.ID]bool{}, fields{}
}

// restored begins the log of a server that was put back from a copy. What was
// said of commits that the copy lacks counts no more.
func (t *truth) restored() {
	t.forget()
	last := map[journal.DeviceID]uint64{}
	for _, d := range t.desks {
		s, err := t.host.store.Standing(t.ctx, t.host.id(), d.device)
		if !t.must("read standing", err) {
			return
		}
		last[d.device] = s.Last
	}
	for id, versions := range t.told {
		for _, s := range versions {
			if len(s.on) == 0 && !t.atServer(id.Device, id.Number, s.raw) {
				s.lost = true // with both disks, unless another PC has heard of it
			}
		}
	}
	t.unsay(func(id commit.ID) bool { return id.Number > last[id.Device] })
	t.follow()
}

// wasTold notes what a person at a PC has been told, and looks whether it is so.
func (t *truth) wasTold(d *desk, drafts []commit.Draft, made []*commit.Commit) {
	for _, c := range made {
		raw, err := commit.Encode(c)
		if !t.must("encode commit", err) {
			return
		}
		t.say("%v writes %d: %d edits %s", d, c.Number, len(c.Edits), short(raw))
		t.save(d, c, raw)
	}
	for _, draft := range drafts {
		last := map[field]journal.Value{}
		for _, ch := range draft.Changes {
			last[field{draft.Volume, ch.Kind, ch.Key, ch.Field}] = ch.Value
		}
		for _, ch := range draft.Changes {
			f := field{draft.Volume, ch.Kind, ch.Key, ch.Field}
			if d.up && !d.disk.dead && !t.stands(d, f, last[f]) {
				t.breaks("%v said that %v of %v is saved; it does not stand there", d, last[f], f)
			}
		}
	}
}

// stands tells whether a PC shows a value in a field, or beside the one shown.
func (t *truth) stands(d *desk, f field, v journal.Value) bool {
	heads, err := d.local.Heads(t.ctx, f.volume, commit.FieldRef{Kind: f.kind, Key: f.key, Field: f.no})
	if !t.must("read heads", err) {
		return false
	}
	for _, h := range heads {
		if h.Value == v {
			return true
		}
	}
	return len(heads) == 0 && v.IsNull()
}

// follow reads what the server's log has grown by.
func (t *truth) follow() {
	h := t.host
	if !h.up || t.broken != nil {
		return
	}
	heads, err := h.store.Heads(t.ctx, h.id())
	if !t.must("read heads of the log", err) {
		return
	}
	for _, v := range sorted(heads) {
		known := uint64(len(t.logs[v]))
		if heads[v] < known {
			t.breaks("the log of %d has %d positions, had %d", v, heads[v], known)
		}
		if heads[v] <= known {
			continue
		}
		entries, err := h.store.Entries(t.ctx, h.id(), v, known, 1<<30)
		if !t.must("read log", err) {
			return
		}
		for _, e := range entries {
			t.enter(v, e)
		}
		if got := uint64(len(t.logs[v])); got != heads[v] {
			t.breaks("the log of %d has %d entries, its head is %d", v, got, heads[v])
		}
	}
	t.ground = true
}

// enter notes one position.
func (t *truth) enter(v journal.Volume, e commit.Entry) {
	c, err := commit.Decode(e.Raw)
	if !t.must("decode entry", err) {
		return
	}
	if want := uint64(len(t.logs[v])) + 1; e.Position != want {
		t.breaks("position %d of volume %d follows %d", e.Position, v, want-1)
	}
	if t.in[c.ID] {
		t.breaks("commit %d of %s is twice in the log", c.Number, t.nameOf(c.Device))
	}
	stray := commit.StrayID(e.Raw)
	if t.version(c.ID, e.Raw) == nil && !t.anew(c, e.Raw) {
		t.left(c, e.Raw)
	}
	if s := t.version(c.ID, e.Raw); s != nil {
		s.lost = false
		t.displaces(c.ID, s)
	} else if len(t.told[c.ID]) > 0 {
		t.breaks("commit %d of %s has other bytes in the log", c.Number, t.nameOf(c.Device))
	} else if t.ground && !c.Author.IsZero() && !t.ofGround(c) && t.strays[c.ID] == nil {
		t.breaks("commit %d of %s is in the log, and nobody wrote it", c.Number, t.nameOf(c.Device))
	}
	t.logs[v] = append(t.logs[v], place{c.ID, e.Raw})
	t.in[c.ID], t.ever[c.ID], t.strays[stray] = true, c, e.Raw
	t.fields.fold(c)
	t.say("log %d.%d: %s.%d %s", v, e.Position, t.nameOf(c.Device), c.Number, short(e.Raw))
}

// anew tells whether a PC wrote again, under its present number, what it had
// written under a former one. Of several that have the number it is the one in
// whose file it stands.
func (t *truth) anew(c *commit.Commit, raw []byte) (was bool) {
	for _, d := range t.desks {
		if d.device == c.Device && t.wrote(d, c) && (!d.shares() || t.holds(d, c.ID, raw)) {
			t.note("written anew for a restored server")
			t.has(d, c.ID, raw)
			was = true
		}
	}
	return was
}

// wrote tells whether a commit says what was written on a PC under a former
// number.
func (t *truth) wrote(d *desk, c *commit.Commit) bool {
	for _, device := range d.devices {
		for _, n := range t.numbers[device] {
			for _, s := range t.told[commit.ID{Device: device, Number: n}] {
				if device != c.Device && sameWork(c, s.raw) {
					return true
				}
			}
		}
	}
	return false
}

// ofGround tells whether a commit was made before the world began.
func (t *truth) ofGround(c *commit.Commit) bool { return c.Entered.Equal(furnished) }

// answers looks at an answer as it leaves the server.
func (t *truth) answers(device journal.DeviceID, m *wire.Sync, a *wire.SyncAnswer) {
	before := t.shut(device)
	t.follow()
	if before || t.shut(device) && len(a.News) > 0 {
		t.breaks("%s is not of the school any more and was answered", t.nameOf(device))
	}
	for _, v := range a.Verdicts {
		id := commit.ID{Device: device, Number: v.Number}
		if old, given := t.verdicts[id]; given && old != v {
			t.breaks("verdict of %s.%d was %v, is %v", t.nameOf(device), v.Number, old, v)
		}
		t.verdicts[id] = v
		if v.Answer == commit.Accepted {
			if log := t.logs[v.Volume]; v.Position == 0 || v.Position > uint64(len(log)) || log[v.Position-1].id != id {
				t.breaks("%s.%d was accepted at %d of volume %d and is not there", t.nameOf(device), v.Number, v.Position, v.Volume)
			}
		}
	}
	for _, n := range a.News {
		for i, e := range n.Entries {
			log, at := t.logs[n.Volume], n.After+uint64(i)
			if at >= uint64(len(log)) || e.Own == 0 && !bytes.Equal(e.Raw, log[at].raw) || e.Own != 0 && log[at].id != (commit.ID{Device: device, Number: e.Own}) {
				t.breaks("%s was sent as position %d of volume %d what is not there", t.nameOf(device), at+1, n.Volume)
				return
			}
		}
	}
}

// revoked tells whether the log says that a PC is shut out.
func (t *truth) revoked(d *desk) bool { return d.barred || t.shut(d.device) }

// shut tells whether a PC may receive nothing: it is none of the school's.
func (t *truth) shut(device journal.DeviceID) bool {
	return t.barred(device) || len(t.fields.heads(field{journal.Register, journal.KindDevice, journal.IDKey(device), journal.DeviceKey})) == 0
}

// barred tells whether the log says that a PC was revoked.
func (t *truth) barred(device journal.DeviceID) bool {
	for _, h := range t.fields.heads(field{journal.Register, journal.KindDevice, journal.IDKey(device), journal.DeviceRevoked}) {
		if h.value.Bool() {
			return true
		}
	}
	return false
}

// rejected tells whether a deputy has ever decided against a request.
func (t *truth) rejected(id commit.ID) bool {
	key := journal.RequestKey(id.Device, id.Number)
	for _, c := range t.ever {
		for _, e := range c.Edits {
			if e.Kind == journal.KindRequest && e.Key == key && e.Field == journal.RequestDecision && e.Value.Text() == journal.RequestRejected {
				return true
			}
		}
	}
	return false
}
