package server

import (
	"net/http"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/wire"
)

// events sends the heads at once, after every change with what it brought, and now and
// then, so that both sides notice a dead line. A PC that is shut out meanwhile hears no more.
func (h *handler) events(w http.ResponseWriter, r *http.Request, device journal.DeviceID) {
	news, stop := h.school.stream.listen(device)
	defer stop()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // the stream lasts; every word has its own bound
	w.Header().Set("Content-Type", wire.ContentType)
	w.WriteHeader(http.StatusOK)
	for told := []wire.Cursor(nil); ; {
		word := h.school.Word(r.Context(), device, told)
		if h.school.revoked(device) {
			return // by what the word would have brought
		}
		told = word.Heads
		_ = control.SetWriteDeadline(time.Now().Add(h.limits.Word))
		if wire.WriteFrame(w, word) != nil || control.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-news:
			if h.words.Wait(r.Context()) != nil {
				return
			}
		case <-beat.C:
		}
	}
}
