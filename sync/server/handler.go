package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// Handler is the school's HTTP side within [Ordinary] limits; see [School.Serve].
func (s *School) Handler(log *slog.Logger) http.Handler { return s.HandlerWithin(Ordinary, log) }

// HandlerWithin is the school's HTTP side. It is served over TLS with
// [identity.ServerTLS].
func (s *School) HandlerWithin(limits Limits, log *slog.Logger) http.Handler {
	h := &handler{
		school: s, log: log, limits: limits, meter: s.meter,
		room: room{semaphore.NewWeighted(limits.Memory), limits.Wait}, seats: room{semaphore.NewWeighted(int64(limits.Working)), limits.Wait},
		words: rate.NewLimiter(limits.Words, limits.Burst), lines: rate.NewLimiter(10, 100),
		strangers: callers{allow: limits.Stranger},
	}
	syncs, signIns, events := &callers{allow: limits.Sync}, &callers{allow: limits.SignIn}, &callers{allow: limits.Events}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+wire.PathHealth, h.stranger(h.health))
	mux.HandleFunc("POST "+wire.PathEnrol, h.stranger(h.enrol))
	mux.HandleFunc("POST "+wire.PathAsk, h.pc(signIns, h.ask))
	mux.HandleFunc("POST "+wire.PathProve, h.pc(signIns, h.prove))
	mux.HandleFunc("POST "+wire.PathSync, h.pc(syncs, h.sync))
	mux.HandleFunc("POST "+wire.PathAccounts, h.pc(signIns, h.accounts))
	mux.HandleFunc("POST "+wire.PathFork, h.pc(signIns, h.fork))
	mux.HandleFunc("GET "+wire.PathEvents, h.pc(events, h.events))
	mux.HandleFunc("/", h.stranger(func(w http.ResponseWriter, r *http.Request) {
		h.fail(w, r, fault.New(fault.NotFound, "Программа на школьном сервере другой версии. Сообщите администратору школы."))
	}))
	return http.MaxBytesHandler(mux, wire.MaxBody+1)
}

type handler struct {
	school    *School
	log       *slog.Logger
	limits    Limits
	meter     *meter
	room      room          // memory of large messages
	seats     room          // requests being answered
	words     *rate.Limiter // of the event streams
	lines     *rate.Limiter // of the log about what was refused
	strangers callers
}

// pc lets only the school's own PCs through, with a program that is not too old,
// each within its allowance.
func (h *handler) pc(of *callers, serve func(http.ResponseWriter, *http.Request, journal.DeviceID)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if wire.Said(r.Header) < wire.Least {
			if device, err := h.caller(r); err == nil {
				h.school.saw(r.Context(), device, wire.Said(r.Header))
			}
			h.fail(w, r, wire.ErrOld)
			return
		}
		device, err := h.caller(r)
		if err != nil {
			h.stranger(func(w http.ResponseWriter, r *http.Request) {
				// Another process of this server may have enrolled it just now.
				if err = h.school.abreast(r.Context()); err == nil {
					device, err = h.caller(r)
				}
				if err != nil {
					h.fail(w, r, err)
					return
				}
				h.within(of, string(device[:]), w, r, func() { serve(w, r, device) })
			})(w, r)
			return
		}
		h.within(of, string(device[:]), w, r, func() {
			h.school.saw(r.Context(), device, wire.Said(r.Header))
			serve(w, r, device)
		})
	}
}

func (h *handler) caller(r *http.Request) (journal.DeviceID, error) {
	key, err := identity.PeerKey(r.TLS)
	if err != nil {
		return journal.DeviceID{}, fault.Wrap(fault.Forbidden, "Этот компьютер не подключён к школе. Попросите у администратора код подключения.", err)
	}
	return h.school.PC(key)
}

// stranger lets anybody through, each address within its allowance.
func (h *handler) stranger(serve http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h.within(&h.strangers, addressOf(r.RemoteAddr), w, r, func() { serve(w, r) })
	}
}

func (h *handler) within(of *callers, name string, w http.ResponseWriter, r *http.Request, serve func()) {
	leave, ok := of.enter(name, time.Now())
	if !ok {
		h.meter.rejected("caller")
		h.fail(w, r, errOften)
		return
	}
	defer leave()
	serve()
}

func (h *handler) enrol(w http.ResponseWriter, r *http.Request) {
	var m wire.Enrol
	key, err := identity.PeerKey(r.TLS)
	if err != nil {
		h.fail(w, r, fault.Wrap(fault.Invalid, "Компьютер не показал своего ключа. Обновите программу.", err))
		return
	}
	h.answer(w, r, &m, wire.MaxSmall, func(ctx context.Context) (wire.Message, error) { return h.school.Enrol(ctx, key, &m) })
}

func (h *handler) ask(w http.ResponseWriter, r *http.Request, _ journal.DeviceID) {
	var m wire.Ask
	h.answer(w, r, &m, wire.MaxSmall, func(ctx context.Context) (wire.Message, error) { return h.school.Ask(ctx, &m) })
}

func (h *handler) prove(w http.ResponseWriter, r *http.Request, device journal.DeviceID) {
	var m wire.Prove
	h.answer(w, r, &m, wire.MaxSmall, func(ctx context.Context) (wire.Message, error) { return h.school.Prove(ctx, device, &m) })
}

func (h *handler) sync(w http.ResponseWriter, r *http.Request, device journal.DeviceID) {
	var m wire.Sync
	h.answer(w, r, &m, wire.MaxBody, func(ctx context.Context) (wire.Message, error) { return h.school.Sync(ctx, device, &m) })
}

func (h *handler) fork(w http.ResponseWriter, r *http.Request, device journal.DeviceID) {
	var m wire.Fork
	h.answer(w, r, &m, wire.MaxBody, func(ctx context.Context) (wire.Message, error) { return h.school.Fork(ctx, device, &m) })
}

func (h *handler) accounts(w http.ResponseWriter, r *http.Request, device journal.DeviceID) {
	var m wire.Accounts
	h.answer(w, r, &m, 8*wire.MaxSmall, func(ctx context.Context) (wire.Message, error) { return h.school.Order(ctx, device, &m) })
}

func (h *handler) health(w http.ResponseWriter, r *http.Request) {
	if _, err := h.school.store.Heads(r.Context(), h.school.id); err != nil {
		h.fail(w, r, err)
		return
	}
	h.send(w, r, &share{room: &h.room}, http.StatusOK, &wire.Health{Epoch: h.school.epoch}, nil)
}
