package simtest

import (
	"bytes"
	"crypto/ed25519"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// A host is the school server: its disk and the program on it.
type host struct {
	*world
	disk     disk
	founding ledger.Founding
	offset   time.Duration // of its clock
	epochs   int           // begun since
	remade   int           // of them of journals
	copy     *image        // kept for bad days
	older    bool          // its program is of an earlier version

	up     bool
	store  *sqlite.Store // as it is, for looking
	school *server.School
}

func (h *host) clock() time.Time { return h.wall().Add(h.offset) }

// start opens the store as a server does that was just begun.
func (h *host) start() {
	h.older = h.updated(h.older)
	var err error
	if h.store, err = sqlite.Open(h.ctx, h.disk.dir()); !h.must("server opens its store", err) {
		return
	}
	list, err := h.store.Foundings(h.ctx)
	if !h.must("read founding", err) {
		return
	}
	h.founding = list[0]
	var store server.Store = shelf{h.store, &h.disk}
	if h.bug.store != nil {
		store = h.bug.store(h, store)
	}
	h.school, err = server.Open(h.ctx, store, h.founding, h.clock)
	h.up = h.must("server opens its school", err)
}

func (h *host) close() {
	if h.store != nil {
		_ = h.store.Close()
	}
	h.store, h.school, h.up = nil, nil, false
}

// crash ends the program and leaves an image to the next one.
func (h *host) crash(im *image) {
	h.note("server crashed")
	h.close()
	if !h.must("leave disk", h.disk.renew(im)) {
		return
	}
	again := h.about(5 * time.Minute)
	h.say("server is down for %v", again)
	if !h.calm {
		h.later(again, func() {
			if !h.up { // nor made anew meanwhile
				h.start()
				h.truth.follow()
			}
		})
	}
}

// handle is what the server makes of one body: a message, or a problem. nil
// when the server died over it.
func (h *host) handle(key ed25519.PublicKey, body []byte, serve service) wire.Message {
	a, err := h.serve(key, body, serve)
	if h.disk.dead {
		h.crash(h.disk.remains)
		return nil
	}
	h.truth.follow()
	if !h.speak() {
		return nil
	}
	if err != nil {
		h.say("server: %v", err)
		return wire.ProblemOf(err)
	}
	return a
}

// service is one of the things that PCs ask for.
type service func(h *host, device journal.DeviceID, body []byte) (wire.Message, error)

func (h *host) serve(key ed25519.PublicKey, body []byte, serve service) (wire.Message, error) {
	device, err := h.school.PC(key)
	if h.bug.anybody {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return serve(h, device, body)
}

// exchanges is the service of the ordinary question.
func exchanges(h *host, device journal.DeviceID, body []byte) (wire.Message, error) {
	var m wire.Sync
	if err := wire.Unpack(bytes.NewReader(body), wire.MaxBody, &m); err != nil {
		return nil, err
	}
	ask := h.school.Sync
	if h.bug.sync != nil {
		ask = h.bug.sync(h, ask)
	}
	a, err := ask(h.ctx, device, &m)
	if err != nil {
		return nil, err
	}
	if !h.disk.dead {
		if a.Taken {
			h.note("given back to a restored server")
		}
		h.truth.answers(device, &m, a)
	}
	return h.asEarlier(a), nil
}

// forks is the service of a PC that becomes another one.
func forks(h *host, device journal.DeviceID, body []byte) (wire.Message, error) {
	var m wire.Fork
	if err := wire.Unpack(bytes.NewReader(body), wire.MaxBody, &m); err != nil {
		return nil, err
	}
	a, err := h.school.Fork(h.ctx, device, &m)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// id is the school.
func (h *host) id() journal.SchoolID { return h.founding.School }
