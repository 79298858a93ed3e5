package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"uchitelskaya/app/journal/fault"
)

// status asks the running server how it is, and says so.
func status(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("status")
	forAdmin := f.String("admin", defaultAdmin, "адрес для администратора, если данные в базе PostgreSQL")
	asJSON := f.Bool("json", false, "ответ для программ")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if !data.database() {
		address, err := os.ReadFile(filepath.Join(data.at, adminFile))
		if err != nil {
			return fault.Wrap(fault.Offline, "Школьный сервер в папке "+data.at+textSilent, err)
		}
		*forAdmin = strings.TrimSpace(string(address))
	}
	h, raw, err := ask(ctx, *forAdmin)
	if err != nil {
		return fault.Wrap(fault.Offline, "Школьный сервер по адресу "+*forAdmin+textSilent, err)
	}
	if *asJSON {
		_, err := s.out.Write(raw)
		return err
	}
	if h.OK {
		s.say("Школьный сервер работает.")
	}
	for _, p := range h.Problems {
		s.say("Внимание: %s", p)
	}
	s.say("  запущен              %s", h.Since.Local().Format("02.01.2006 15:04"))
	s.say("  версия               %s", h.Version)
	s.say("  компьютеров школы    %d, на связи %d", h.PCs, h.Online)
	for _, p := range slices.Sorted(maps.Keys(h.Programs)) {
		s.say("  программа %-10s на компьютерах: %d", p, h.Programs[p])
	}
	if len(h.Outdated) > 0 {
		s.say("  обновите программу   %s", strings.Join(h.Outdated, ", "))
	}
	for _, v := range slices.Sorted(maps.Keys(h.Heads)) {
		name := "учебный год " + v
		if v == "0" {
			name = "школа и люди"
		}
		s.say("  записей              %d (%s)", h.Heads[v], name)
	}
	if data.database() {
		return nil
	}
	s.say("  места на диске       %d МБ", h.DiskFree>>20)
	if h.LastBackup == nil {
		s.say("  последняя копия      ещё не сделана; её делает uchitelskaya-server backup")
	} else {
		s.say("  последняя копия      %s", h.LastBackup.Local().Format("02.01.2006 15:04"))
	}
	return nil
}

const textSilent = " не работает или запущен без адреса для администратора."

// ask reads the health of a running server.
func ask(ctx context.Context, address string) (*health, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/health", nil)
	if err != nil {
		return nil, nil, err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer a.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(a.Body, 1<<20))
	var h health
	return &h, raw, errors.Join(err, json.Unmarshal(raw, &h))
}
