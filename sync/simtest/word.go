package simtest

import (
	"bytes"
	"crypto/ed25519"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// speak says on the event streams how far the logs go and what is new. A PC that
// listens hears every word once and in order, or its stream breaks; here words
// are also lost, late and out of order, and meet exchanges under way. It reports
// false when the server died over it.
func (h *host) speak() bool {
	for _, d := range h.desks {
		if !d.up || d.apart || !h.chance(h.sky.words) {
			continue
		}
		device, err := h.school.PC(d.key.Public().(ed25519.PublicKey))
		if err != nil {
			continue // shut out, or unknown to a server that was put back
		}
		if d.toldBy != h.school { // a stream begins with the heads
			d.told, d.toldBy = nil, h.school
		}
		word := h.school.Word(h.ctx, device, d.told)
		if h.disk.dead {
			h.crash(h.disk.remains)
			return false
		}
		d.told = word.Heads
		if len(word.News) == 0 {
			continue
		}
		var frame bytes.Buffer
		if !h.must("write word", wire.WriteFrame(&frame, word)) {
			return true
		}
		wait := 5*time.Millisecond + h.about(50*time.Millisecond)
		if h.chance(h.sky.slow) {
			wait += h.about(40 * time.Second)
		}
		d.after(wait, func() { d.hears(frame.Bytes()) })
	}
	return true
}

// hears takes a word of the event stream, and asks when that did not do.
func (d *desk) hears(frame []byte) {
	if d.fresh || d.apart {
		return // it has not asked yet, and so does not listen to words
	}
	var word wire.Heads
	if !d.must("read word", wire.ReadFrame(bytes.NewReader(frame), &word)) {
		return
	}
	p, err := d.client.Hear(d.ctx, &word)
	if d.died() {
		return
	}
	d.truth.headsGrow(d)
	d.say("%v hears %d news, idle %t, %v", d, len(word.News), p.Idle, fault.CodeOf(err))
	switch {
	case err == nil && p.Idle:
		d.note("news came with a word")
		return
	case fault.CodeOf(err) == fault.Damaged: // it does not follow what is here
		d.note("word that does not follow")
	case fault.CodeOf(err) == fault.Cloned && d.doubled(), fault.CodeOf(err) == fault.DiskFull, err == nil:
	default:
		d.breaks("%v does not take a word: %w", d, err)
		return
	}
	if d.asked == nil {
		d.ask()
	}
}
