package simtest

import (
	"crypto/ed25519"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// strangers ask the server: a PC that was never enrolled, and those that were
// shut out. They are told so and receive nothing.
func (w *world) strangers() {
	asking := map[string]ed25519.PrivateKey{"a stranger": key("stranger")}
	for _, d := range w.desks {
		if w.truth.shut(d.device) {
			asking[d.String()] = d.key
		}
	}
	for _, who := range sorted(asking) {
		for _, ask := range []struct {
			m     wire.Message
			serve service
		}{{&wire.Sync{Epoch: w.host.founding.Epoch}, exchanges}, {&wire.Fork{}, forks}} {
			body, err := wire.Pack(ask.m)
			if !w.must("pack question", err) || w.broken != nil {
				return
			}
			m := w.host.handle(asking[who].Public().(ed25519.PublicKey), body, ask.serve)
			if p, is := m.(*wire.Problem); !is || p.Code != fault.Forbidden && p.Code != fault.Approval {
				w.breaks("%s was answered: %+v", who, m)
			}
		}
	}
}
