package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// answer reads one message of bounded length, lets f answer it and sends that.
func (h *handler) answer(w http.ResponseWriter, r *http.Request, m wire.Message, limit int64, f func(context.Context) (wire.Message, error)) {
	defer h.meter.took("request_seconds", "path", path(r), time.Now())
	s := &share{room: &h.room}
	defer s.giveBack()
	var common *wire.Dictionary
	if _, is := m.(*wire.Sync); is {
		common = h.school.common(r.Context(), wire.SaidCommon(r.Header))
	}
	a, err := h.work(w, r, s, m, common, limit, f)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	h.send(w, r, s, http.StatusOK, a, common)
}

// work takes the message before it takes a seat: who sends slowly keeps nobody
// from being answered.
func (h *handler) work(w http.ResponseWriter, r *http.Request, s *share, m wire.Message, common *wire.Dictionary, limit int64, f func(context.Context) (wire.Message, error)) (wire.Message, error) {
	length := r.ContentLength
	if length > limit {
		return nil, fault.Wrap(fault.TooLarge, textTooLarge, fmt.Errorf("message of %d bytes announced", length))
	} else if length < 0 {
		length = limit
	}
	if err := h.wait(r.Context(), s, length); err != nil {
		return nil, err
	}
	packed, err := h.limits.read(w, r, limit)
	if err != nil {
		return nil, h.unread(err)
	}
	h.meter.add("received_bytes_total", "path", path(r), packed.Size)
	if err := h.wait(r.Context(), s, 3*int64(packed.Size)); err != nil { // packed and not, decoded
		return nil, err
	}
	if err := packed.Open(m, common); err != nil {
		return nil, err
	}
	if q, is := m.(*wire.Sync); is {
		if err := h.wait(r.Context(), s, h.school.lacks(q)); err != nil {
			return nil, err
		}
	}
	seat := &share{room: &h.seats}
	if err := seat.take(r.Context(), 1); err != nil {
		h.meter.rejected("working")
		return nil, err
	}
	defer seat.giveBack()
	return f(r.Context())
}

const textTooLarge = "Сообщение слишком большое и не принято. Сообщите администратору школы."

// unread says why a body could not be read.
func (h *handler) unread(err error) error {
	var tooBig *http.MaxBytesError
	var f *fault.Error
	switch {
	case errors.As(err, &tooBig):
		return fault.Wrap(fault.TooLarge, textTooLarge, err)
	case errors.As(err, &f):
		return err
	}
	h.meter.rejected("slow")
	return fault.Wrap(errSlow.Code, errSlow.Text, err)
}

// wait makes the share hold n bytes, when they are worth counting.
func (h *handler) wait(ctx context.Context, s *share, n int64) error {
	if n <= small {
		return nil
	}
	err := s.take(ctx, min(n, h.limits.Memory)) // what is larger has it all
	if err != nil {
		h.meter.rejected("memory")
	}
	return err
}

// path names an address in the metrics: one of those served.
func path(r *http.Request) string {
	_, p, _ := strings.Cut(r.Pattern, " ")
	return cmp.Or(p, "other")
}

// send gives an answer. A large one waits until there is room: whoever takes it
// slowly keeps it in memory for so long.
func (h *handler) send(w http.ResponseWriter, r *http.Request, s *share, status int, m wire.Message, common *wire.Dictionary) {
	body, err := common.Pack(m)
	if err == nil {
		err = h.wait(r.Context(), s, int64(len(body)))
	}
	if err != nil {
		p := wire.ProblemOf(err)
		h.log.Error("answer is not sent", "code", p.Code, "error", err)
		if body, err = wire.Pack(p); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		status, m = p.Status(), p
	}
	code := ""
	if p, is := m.(*wire.Problem); is {
		code = string(p.Code)
	}
	h.meter.answered(path(r), code)
	h.meter.add("sent_bytes_total", "path", path(r), len(body))
	w.Header().Set("Content-Type", wire.ContentType)
	w.WriteHeader(status)
	if err := h.limits.write(w, body); err != nil { // who went away asks again
		h.meter.rejected("gone")
	}
}

// fail answers with code and sentence; the cause goes to the log alone. Whoever
// is over a limit is counted and not written down: that would be one more way to
// fill the disk.
func (h *handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := wire.ProblemOf(err)
	gone := r.Context().Err() != nil && (p.Code == fault.Internal || p.Code == fault.Offline) // the line was cut, and that is all
	switch level := levelOf(p.Code); {
	case p.Code == fault.TooMany || !h.lines.Allow():
	case level == slog.LevelError && !gone:
		h.log.Error("request failed", "path", path(r), "code", p.Code, "error", err)
	default:
		h.log.Info("request refused", "path", path(r), "code", p.Code)
	}
	h.send(w, r, &share{room: &h.room}, p.Status(), p, nil)
}

func levelOf(code fault.Code) slog.Level {
	switch code {
	case fault.Internal, fault.Alarm, fault.Cloned, fault.Damaged, fault.DiskFull, fault.ReadOnly, fault.Offline:
		return slog.LevelError
	}
	return slog.LevelInfo
}
