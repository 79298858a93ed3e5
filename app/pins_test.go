package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// TestLibcPin holds modernc's C library at the version that its SQLite was
// translated with. libc promises no compatibility between versions, so another
// one may corrupt a journal without a word.
func TestLibcPin(t *testing.T) {
	const sqlite, libc = "modernc.org/sqlite", "modernc.org/libc"
	ours := requirements(t, filepath.Join("..", "go.mod"))
	if ours[sqlite] == "" {
		t.Fatalf("go.mod does not name %s", sqlite)
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatalf("go env GOMODCACHE: %v", err)
	}
	theirs := requirements(t, filepath.Join(strings.TrimSpace(string(cache)),
		"cache", "download", sqlite, "@v", ours[sqlite]+".mod"))
	if theirs[libc] == "" {
		t.Fatalf("%s %s does not name %s", sqlite, ours[sqlite], libc)
	}
	if ours[libc] != theirs[libc] {
		t.Errorf("go.mod has %s %s, but %s %s was made with %s", libc, ours[libc], sqlite, ours[sqlite], theirs[libc])
	}
}

// TestAppID holds that the program and its menu entry carry one id: by it the
// desktop finds the icon of a window and Fyne its settings.
func TestAppID(t *testing.T) {
	meta, err := os.ReadFile(filepath.Join("..", "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`(?m)^ID = ("[^"]+")$`).FindSubmatch(meta)
	if id == nil {
		t.Fatal("FyneApp.toml names no ID")
	}
	sources, err := filepath.Glob(filepath.Join("..", "cmd", "uchitelskaya", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range sources {
		if text, err := os.ReadFile(path); err == nil && strings.Contains(string(text), "NewWithID("+string(id[1])+")") {
			return
		}
	}
	t.Errorf("no file of cmd/uchitelskaya calls NewWithID(%s), the ID of FyneApp.toml", id[1])
}

// requirements reads a go.mod: module → version.
func requirements(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.Parse(path, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, r := range f.Require {
		list[r.Mod.Path] = r.Mod.Version
	}
	return list
}
