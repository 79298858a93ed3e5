package simtest

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"math/rand/v2"
	"slices"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/wire"
)

// A stick carries parcels between PCs and the server. What was once written
// stays on it and is taken again, in any order, also half of it.
//
// It has a random source of its own: a world without a stick is as it would be
// if there were none.
type stick struct {
	*world
	rng   *rand.Rand
	pause time.Duration // between uses; 0: there is no stick
	files []carried
}

// carried is a parcel of or for a PC.
type carried struct {
	pc     *desk
	answer bool
	raw    []byte
}

func newStick(w *world, seed uint64) *stick {
	rng := rand.New(rand.NewPCG(seed, 20260902))
	pause := []time.Duration{0, 0, time.Minute, 5 * time.Minute}[rng.IntN(4)]
	return &stick{world: w, rng: rng, pause: pause}
}

// pinOfServer is how PCs know the server's signature.
func pinOfServer() ([32]byte, error) {
	raw, err := x509.MarshalPKIXPublicKey(key("tls").Public())
	return sha256.Sum256(raw), err
}

// lose takes away the files of a PC whose disk was put back from a copy, or that
// has become another one: they are about a PC that is no more.
func (s *stick) lose(d *desk) {
	s.files = slices.DeleteFunc(s.files, func(c carried) bool { return c.pc == d })
}

// plan begins to use the stick, where there is one.
func (s *stick) plan() {
	if s.pause == 0 {
		return
	}
	s.later(s.pause, func() {
		s.use()
		s.plan()
	})
}

func (s *stick) use() {
	switch s.rng.IntN(3) {
	case 0:
		s.pack(s.desks[s.rng.IntN(len(s.desks))])
	case 1:
		s.judge()
	default:
		s.unpack()
	}
}

// pack writes what waits on a PC, in one file or in many.
func (s *stick) pack(d *desk) {
	if !d.up || d.apart {
		return
	}
	most := client.FullParcel
	if s.rng.IntN(2) == 0 {
		most = 1 + s.rng.IntN(2000)
	}
	serial := uint64(s.wall().UnixMilli())
	p := client.Packed{Left: true}
	for range 20 {
		if !p.Left {
			return
		}
		var out bytes.Buffer
		var err error
		p, err = d.client.Pack(s.ctx, &out, p.Last, serial, most)
		if d.died() {
			return
		}
		s.say("%v packs %d commits: %v", d, p.Commits, fault.CodeOf(err))
		switch fault.CodeOf(err) {
		case "":
		case fault.DiskFull, fault.NotFound: // no head of the server's new epoch is known yet
			return
		default:
			s.breaks("%v cannot pack: %w", d, err)
			return
		}
		s.note("parcel packed")
		s.files = append(s.files, carried{d, false, out.Bytes()})
		serial++
	}
}

// pick finds a file on the stick; now and then it is not whole.
func (s *stick) pick(answer bool) (c carried, spoiled, ok bool) {
	var at []int
	for i := range s.files {
		if s.files[i].answer == answer {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return c, false, false
	}
	c = s.files[at[s.rng.IntN(len(at))]]
	if s.rng.IntN(6) > 0 {
		return c, false, true
	}
	if c.raw = bytes.Clone(c.raw); s.rng.IntN(2) == 0 {
		c.raw = c.raw[:s.rng.IntN(len(c.raw))]
	} else {
		c.raw[s.rng.IntN(len(c.raw))] ^= 1 << s.rng.IntN(8)
	}
	s.note("parcel spoiled")
	return c, true, true
}

// why is a code for the trace. What is said of a spoiled file hangs on the bytes
// that were hit, and no two files are encrypted alike.
func why(spoiled bool, code fault.Code) fault.Code {
	if spoiled && code != "" {
		return "spoiled"
	}
	return code
}

// judge lets the server answer a file.
func (s *stick) judge() {
	c, spoiled, ok := s.pick(false)
	if !ok || !s.host.up {
		return
	}
	shut := s.truth.revoked(c.pc)
	var out bytes.Buffer
	done, err := s.host.school.Answer(s.ctx, bytes.NewReader(c.raw), &out, key("tls"))
	if s.host.disk.dead {
		s.host.crash(s.host.disk.remains)
		return
	}
	s.truth.follow()
	code := fault.CodeOf(err)
	s.say("server answers a parcel of %v: %v, told %v", c.pc, why(spoiled, code), fault.CodeOf(done.Told))
	switch {
	case code == fault.DiskFull, spoiled && code != "", shut && code == fault.Forbidden:
		return
	case err != nil, spoiled && !done.Former, shut: // what was written for a former server cannot be opened
		s.breaks("a parcel of %v, spoiled %t, shut out %t: %w", c.pc, spoiled, shut, err)
		return
	}
	switch t := fault.CodeOf(done.Told); {
	case t == "", t == fault.Gap, t == fault.Cloned && c.pc.doubled(), s.truth.revoked(c.pc):
	case t == fault.Invalid && s.host.remade > 1: // as on the line
	default:
		s.breaks("a parcel of %v: %w", c.pc, done.Told)
	}
	s.note("parcel answered")
	s.files = append(s.files, carried{c.pc, true, out.Bytes()})
	if !s.truth.revoked(c.pc) {
		s.look(c.pc, out.Bytes())
	}
}

// look holds what leaves the server in a parcel against the truth.
func (s *stick) look(d *desk, raw []byte) {
	p, err := parcel.Open(bytes.NewReader(raw), d.key, func(parcel.Line, []byte) error { return nil })
	if !s.must("open answer", err) {
		return
	}
	s.must("read answer", p.Each(func(k parcel.Kind, item []byte) error {
		if k != parcel.KindAnswer {
			return nil
		}
		var a wire.SyncAnswer
		if err := wire.Decode(item, &a); err != nil {
			return err
		}
		s.truth.answers(d.device, nil, &a)
		return nil
	}))
}

// unpack lets a PC take an answer, at times that of another PC.
func (s *stick) unpack() {
	c, spoiled, ok := s.pick(true)
	d := c.pc
	if s.rng.IntN(8) == 0 {
		d = s.desks[s.rng.IntN(len(s.desks))]
	}
	if !ok || !d.up {
		return
	}
	u, err := d.client.Unpack(s.ctx, bytes.NewReader(c.raw))
	if d.died() {
		return
	}
	s.truth.headsGrow(d)
	code, other := fault.CodeOf(err), d.device != c.pc.device
	s.say("%v takes a parcel: %d accepted, %d refused, %d news: %v", d, u.Accepted, u.Refused, u.Entries, why(spoiled, code))
	switch {
	case code == fault.DiskFull, spoiled && code != "", other && code == fault.Forbidden:
	case spoiled, other:
		s.breaks("%v takes a parcel of %v, spoiled %t", d, c.pc, spoiled)
	case code == "":
		s.note("parcel taken")
	case code == fault.Gap, code == fault.Epoch:
		s.note("parcel out of order")
	case code == fault.Invalid && s.host.remade > 1: // as it was told
	case code == fault.Forbidden && s.truth.revoked(d), (code == fault.Cloned || code == fault.Alarm && d != c.pc) && d.doubled(): // it becomes another one over the line
	default:
		s.breaks("%v does not take a parcel: %w", d, err)
	}
}
