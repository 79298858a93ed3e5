package simtest

import (
	"bytes"
	"crypto/ed25519"
	"time"

	"github.com/klauspost/compress/zstd"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// send carries a message to a service of the server, and the answers back: as
// bytes, each way with what the weather does to them.
func (w *world) send(d *desk, m wire.Message, serve service, come func(body []byte, failed bool)) {
	m = d.asEarlier(m)
	body, err := wire.Pack(m)
	if w.chance(w.sky.newer) {
		body, err = later(m)
		w.note("message of a later version")
	}
	if !w.must("pack question", err) {
		return
	}
	key, life, backs := d.key.Public().(ed25519.PublicKey), d.life, d.backs
	w.carry(d, body, func(body []byte) {
		if d.backs != backs {
			return // nobody puts a disk back while its message is on the way
		}
		if !w.host.up || d.apart {
			w.say("%v meets no server", d)
			return
		}
		m := w.host.handle(key, body, serve)
		if m == nil || w.broken != nil {
			return
		}
		body, err := wire.Pack(m)
		if !w.must("pack answer", err) {
			return
		}
		_, failed := m.(*wire.Problem)
		w.carry(d, body, func(body []byte) {
			if d.up && d.life == life { // else the program that asked is no more
				come(body, failed)
			}
		})
	})
}

// unpack reads an answer, or a problem, as a PC does.
func unpack(body []byte, failed bool, a wire.Message) error {
	r := bytes.NewReader(body)
	var p wire.Problem
	limit := int64(wire.MaxBody)
	if failed {
		a, limit = &p, wire.MaxSmall
	}
	if err := wire.Unpack(r, limit, a); err != nil {
		return fault.Wrap(fault.Offline, "Школьный сервер не отвечает.", err)
	}
	if failed {
		return p.Err()
	}
	return nil
}

// carry brings bytes over the line of a PC: late, damaged, twice or not at all.
func (w *world) carry(d *desk, body []byte, come func([]byte)) {
	copies := 1
	if w.chance(w.sky.twice) {
		copies = 2
		w.note("message came twice")
	}
	for range copies {
		if w.chance(w.sky.cut) {
			w.note("message lost")
			continue
		}
		wait := 5*time.Millisecond + w.about(50*time.Millisecond)
		if w.chance(w.sky.slow) {
			wait += w.about(40 * time.Second)
			w.note("message late")
		}
		w.later(wait, func() { come(w.damage(body)) })
	}
}

// damage cuts a body off or turns a byte of it.
func (w *world) damage(body []byte) []byte {
	if !w.chance(w.sky.damage) || len(body) == 0 {
		return body
	}
	w.note("message damaged")
	if w.rng.IntN(2) == 0 {
		return body[:w.rng.IntN(len(body))]
	}
	body = bytes.Clone(body)
	body[w.rng.IntN(len(body))] ^= 1 << w.rng.IntN(8)
	return body
}

var squeeze, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))

// later is a message as a later version may write it: with a field that this
// one does not know.
func later(m wire.Message) ([]byte, error) {
	raw, err := wire.Encode(m)
	if err != nil {
		return nil, err
	}
	raw = append(bytes.Clone(raw), 0x18, 99, 0x61, 'x') // 99: "x"
	raw[0]++                                            // the map has one pair more
	return squeeze.EncodeAll(raw, nil), nil
}
