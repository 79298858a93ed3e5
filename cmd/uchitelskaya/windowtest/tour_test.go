//go:build window

package windowtest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The program walks through its story by itself to the end, with a picture of
// every screen and the printed journal: what the README's first command shows
// where there is no display.
func TestTheTour(t *testing.T) {
	s, on := newSchool(t), screenOf(t, 0)
	folder := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "uchitelskaya"), "-data", s.folder("pc1"), "-clock", clock, "-tour", folder)
	cmd.Env = on.env()
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for kind, least := range map[string]int{"*.png": 17, "*.pdf": 1} {
		list, err := filepath.Glob(filepath.Join(folder, kind))
		if err != nil || len(list) < least {
			t.Errorf("%d files %s, %v", len(list), kind, err)
		}
		for _, name := range list {
			if info, err := os.Stat(name); err != nil || info.Size() < 5000 {
				t.Errorf("%s: %v, %v", filepath.Base(name), info, err)
			}
		}
	}
}
