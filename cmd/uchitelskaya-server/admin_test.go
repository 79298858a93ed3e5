package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// get asks the administrator's address.
func (s *school) get(path string) (int, string) {
	s.t.Helper()
	address, err := os.ReadFile(filepath.Join(s.dir, adminFile))
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := http.Get("http://" + string(address) + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

func TestTheAdministratorSeesHowTheServerIs(t *testing.T) {
	s := newSchool(t)
	first := newPC(t)
	c := s.furnish(first)
	first.run()
	first.write(c.teacher, year, c.mark(1, 5))
	eventually(t, "the mark is at the school", first.settled)

	var h health
	if status, body := s.get("/health"); status != http.StatusOK || json.Unmarshal([]byte(body), &h) != nil {
		t.Fatalf("%d %s", status, body)
	}
	if !h.OK || h.PCs != 1 || h.Online != 1 || h.Heads["2026"] != 2 || h.DiskFree == 0 || h.LastBackup != nil {
		t.Errorf("health %+v", h)
	}
	if out := s.command("status", "-data", s.dir); !strings.Contains(out, "компьютеров школы    1, на связи 1") {
		t.Errorf("status said %s", out)
	}
	status, text := s.get("/metrics")
	if status != http.StatusOK {
		t.Fatal(status, text)
	}
	for _, want := range []string{
		`uchitelskaya_connected_pcs 1`, `uchitelskaya_log_head\{volume="2026"\} 2`, `uchitelskaya_commits_total\{answer="accepted"\} [1-9]`,
		`uchitelskaya_requests_total\{path="/v1/sync",code="ok"\} [1-9]`, `uchitelskaya_received_bytes_total\{path="/v1/sync"\} [1-9]`,
		`uchitelskaya_store_seconds_bucket\{call="apply",le="`, `uchitelskaya_wait_seconds_count\{for="judge"\} [1-9]`, `go_goroutines [1-9]`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %s", want)
		}
	}
	for _, name := range []string{"Ковальчук", "Бондаренко", "Учительская", c.teacher.String()} {
		if strings.Contains(text, name) {
			t.Errorf("the metrics name %s", name)
		}
	}
	if status, _ := s.get("/v1/sync"); status != http.StatusNotFound {
		t.Errorf("the school's own addresses answer here: %d", status)
	}
}
