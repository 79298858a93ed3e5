package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

const (
	defaultAdmin = "127.0.0.1:9180"
	// leastFree is the room on the disk below which the server calls itself unwell.
	leastFree = 256 << 20
	// Files in the server's folder, for the commands beside it.
	adminFile  = "admin.address" // where the running server tells how it is
	backupFile = "last.backup"   // when the last copy was made
)

// health is what /health tells, and what status shows.
type health struct {
	OK         bool              `json:"ok"`
	Problems   []string          `json:"problems,omitempty"` // sentences
	Version    string            `json:"version"`
	Since      time.Time         `json:"since"`
	Epoch      string            `json:"epoch"`
	Heads      map[string]uint64 `json:"heads"` // volume → last position of its log
	PCs        int               `json:"pcs"`
	Online     int               `json:"online"`
	Programs   map[string]int    `json:"programs,omitempty"`    // program → PCs that run it
	Outdated   []string          `json:"outdated,omitempty"`    // PCs whose program is older than this server's
	DiskFree   uint64            `json:"disk_free,omitempty"`   // bytes; unknown over a database
	LastBackup *time.Time        `json:"last_backup,omitempty"` // none yet
	BackupAge  int64             `json:"backup_age_seconds,omitempty"`
}

// An admin is the address at which the administrator, and what watches over the
// server for him, asks how it is. It has no key: it stands on this computer
// alone unless asked for otherwise.
type admin struct {
	data   place
	school *server.School
	store  central.Store
	now    func() time.Time
	since  time.Time
}

// listen answers on the address until done is called.
func (a *admin) listen(ctx context.Context, address string, log *slog.Logger) (done func(), err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(a.data.at, adminFile)
	if a.data.database() {
		file = ""
	} else if err := os.WriteFile(file, []byte(l.Addr().String()), 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", a.health)
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		a.school.WriteMetrics(w)
	})
	h := &http.Server{
		Handler: mux, ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx }, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = h.Serve(l) }()
	return func() { _ = h.Close(); <-ended; _ = os.Remove(file) }, nil
}

func (a *admin) health(w http.ResponseWriter, r *http.Request) {
	h := a.look(r.Context())
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if !h.OK {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	_ = e.Encode(h) // who went away asks again
}

// look finds out how the server is.
func (a *admin) look(ctx context.Context) *health {
	f := a.school.Figures()
	h := &health{Version: version, Since: a.since, Epoch: hex.EncodeToString(f.Epoch[:]), Heads: map[string]uint64{}, Online: f.Online}
	for v, at := range f.Heads {
		h.Heads[strconv.Itoa(int(v))] = at
	}
	list, err := a.school.PCs(ctx)
	if err != nil {
		h.Problems = append(h.Problems, "Данные школы не читаются. "+fault.TextOf(err))
	}
	h.pcs(list)
	if a.data.database() { // its administrator watches over the disk and the copies
		h.OK = len(h.Problems) == 0
		return h
	}
	free, err := diskFree(a.data.at)
	switch h.DiskFree = free; {
	case err != nil:
		h.Problems = append(h.Problems, "Не удалось узнать, сколько места на диске: "+err.Error())
	case free < leastFree:
		h.Problems = append(h.Problems, fmt.Sprintf("На диске осталось %d МБ. Освободите место.", free>>20))
	}
	if at, ok := lastBackup(a.data.at); ok {
		h.LastBackup, h.BackupAge = &at, int64(a.now().Sub(at)/time.Second)
	}
	h.OK = len(h.Problems) == 0
	return h
}

// pcs tells of the school's PCs.
func (h *health) pcs(list []server.PC) {
	h.Programs = map[string]int{}
	for _, d := range list {
		if d.Revoked {
			continue
		}
		h.PCs++
		if d.Program > 0 {
			h.Programs[strconv.Itoa(d.Program)]++
		}
		if d.Program > 0 && d.Program < wire.Program {
			h.Outdated = append(h.Outdated, d.Name)
		}
		if d.Full {
			h.Problems = append(h.Problems, fmt.Sprintf("С компьютера «%s» сегодня пришло слишком много записей (%d МБ, из них отклонено %d МБ), до завтра от него ничего не берём. "+
				"Если он чужой, отключите его: uchitelskaya-server revoke %s", d.Name, d.Day.Taken>>20, d.Day.Refused>>20, d.ID))
		}
	}
}

// noteBackup keeps when the last copy was made.
func noteBackup(dir string, at time.Time) error {
	return os.WriteFile(filepath.Join(dir, backupFile), []byte(at.Format(time.RFC3339)), 0o600)
}

func lastBackup(dir string) (time.Time, bool) {
	text, err := os.ReadFile(filepath.Join(dir, backupFile))
	if err != nil {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(text)))
	return at, err == nil
}
