package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/wire"
)

// Times of the shell, by the clock of the sockets.
const (
	bodyTime  = 10 * time.Minute // to send or take one message on a bad line
	heartbeat = 20 * time.Second // between two words of the event stream
	wordTime  = 10 * time.Second // to take one word
)

// Handler is the school's HTTP side. It is served over TLS with
// [identity.ServerTLS].
func (s *School) Handler(log *slog.Logger) http.Handler {
	h := &handler{s, log}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+wire.PathHealth, h.health)
	mux.HandleFunc("POST "+wire.PathEnrol, h.enrol)
	mux.HandleFunc("POST "+wire.PathAsk, h.pc(h.ask))
	mux.HandleFunc("POST "+wire.PathProve, h.pc(h.prove))
	mux.HandleFunc("POST "+wire.PathSync, h.pc(h.sync))
	mux.HandleFunc("POST "+wire.PathAccounts, h.pc(h.accounts))
	mux.HandleFunc("GET "+wire.PathEvents, h.pc(h.events))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		h.fail(w, fault.New(fault.NotFound, "Программа на школьном сервере другой версии. Сообщите администратору школы."))
	})
	return http.MaxBytesHandler(mux, wire.MaxBody+1)
}

type handler struct {
	school *School
	log    *slog.Logger
}

// pc lets only the school's own PCs through.
func (h *handler) pc(serve func(http.ResponseWriter, *http.Request, journal.DeviceID)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key, err := identity.PeerKey(r.TLS)
		if err != nil {
			h.fail(w, fault.Wrap(fault.Forbidden, "Этот компьютер не подключён к школе. Попросите у администратора код подключения.", err))
			return
		}
		device, err := h.school.PC(key)
		if err != nil {
			h.fail(w, err)
			return
		}
		serve(w, r, device)
	}
}

func (h *handler) enrol(w http.ResponseWriter, r *http.Request) {
	var m wire.Enrol
	key, err := identity.PeerKey(r.TLS)
	if err != nil {
		h.fail(w, fault.Wrap(fault.Invalid, "Компьютер не показал своего ключа. Обновите программу.", err))
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

func (h *handler) accounts(w http.ResponseWriter, r *http.Request, device journal.DeviceID) {
	var m wire.Accounts
	h.answer(w, r, &m, 8*wire.MaxSmall, func(ctx context.Context) (wire.Message, error) { return h.school.Order(ctx, device, &m) })
}

func (h *handler) health(w http.ResponseWriter, r *http.Request) {
	if _, err := h.school.store.Heads(r.Context(), h.school.id); err != nil {
		h.fail(w, err)
		return
	}
	h.send(w, http.StatusOK, &wire.Health{Epoch: h.school.epoch})
}

// answer reads one message of bounded length, lets f answer it and sends that.
func (h *handler) answer(w http.ResponseWriter, r *http.Request, m wire.Message, limit int64, f func(context.Context) (wire.Message, error)) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // not supported: the connection's own bounds hold
	_ = control.SetWriteDeadline(time.Now().Add(bodyTime))
	if err := wire.Unpack(r.Body, limit, m); err != nil {
		h.fail(w, err)
		return
	}
	a, err := f(r.Context())
	if err != nil {
		h.fail(w, err)
		return
	}
	h.send(w, http.StatusOK, a)
}

func (h *handler) send(w http.ResponseWriter, status int, m wire.Message) {
	body, err := wire.Pack(m)
	if err != nil {
		h.log.Error("answer does not encode", "error", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", wire.ContentType)
	w.WriteHeader(status)
	_, _ = w.Write(body) // who went away asks again
}

// fail answers with code and sentence; the cause goes to the log alone.
func (h *handler) fail(w http.ResponseWriter, err error) {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		err = fault.Wrap(fault.TooLarge, "Сообщение слишком большое и не принято. Сообщите администратору школы.", err)
	}
	p := wire.ProblemOf(err)
	switch p.Code {
	case fault.Internal, fault.Alarm, fault.Damaged, fault.DiskFull, fault.ReadOnly:
		h.log.Error("request failed", "code", p.Code, "error", err)
	default:
		h.log.Info("request refused", "code", p.Code)
	}
	h.send(w, p.Status(), p)
}
