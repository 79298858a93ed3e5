package demo_test

import (
	"context"
	"crypto/ed25519"
	"os"
	"testing"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

func load(t *testing.T, s *demo.School) *local.Journal {
	t.Helper()
	ctx := context.Background()
	j, err := local.Open(ctx, t.TempDir(), func() time.Time { return demo.Today.Time() })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Enrol(ctx, commit.Identity{School: s.ID(), Device: journal.NewID[journal.Device](), Name: "Учительская", Key: key}); err != nil {
		t.Fatal(err)
	}
	if err := demo.Load(ctx, j, s.Drafts()); err != nil {
		t.Fatal(err)
	}
	return j
}

func TestLoad(t *testing.T) {
	s := demo.Village(1, demo.Today)
	if os.Getenv("CITY") != "" {
		s = demo.City(1, demo.Today)
	}
	j := load(t, s)
	r, err := j.Roster(context.Background(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(r.Pages()))
}
