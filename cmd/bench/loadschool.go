package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// The school under load.
const (
	loadPCs    = 200
	loadTyping = 40
)

// loadSchool is what the process with the PCs must know of the school.
type loadSchool struct {
	School journal.SchoolID
	Epoch  [16]byte
	Pin    []byte
	Keys   [][]byte // of the PCs, seeds
}

const loadFile = "load.json"

// makeLoadSchool founds a school with its PCs, as if enrolled by hand.
func makeLoadSchool(ctx context.Context, dir string) (err error) {
	store, err := sqlite.Open(ctx, dir)
	if err != nil {
		return err
	}
	f, err := server.NewFounding(time.Now())
	if err == nil {
		err = store.Found(ctx, f)
	}
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	s, err := openServer(ctx, dir)
	if err != nil {
		return err
	}
	defer s.store.Close()
	pin := identity.Pin(s.cert.Leaf)
	made := loadSchool{School: f.School, Epoch: f.Epoch, Pin: pin[:]}
	if err := s.Found(ctx, journal.School{Name: "Школа № 1"}, journal.Staff{ID: journal.StaffID(named("admin")), Last: "Администратор"}, longAgo); err != nil {
		return err
	}
	for n := range loadPCs {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return err
		}
		code, err := s.NewCode(ctx, "127.0.0.1:1", pin)
		if err != nil {
			return err
		}
		if _, err := s.Enrol(ctx, key.Public().(ed25519.PublicKey), &wire.Enrol{Token: code.Token[:], Name: fmt.Sprintf("ПК %d", n)}); err != nil {
			return err
		}
		made.Keys = append(made.Keys, key.Seed())
	}
	if err := furnishLoad(ctx, s, &made); err != nil {
		return err
	}
	text, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, loadFile), text, 0o600)
}

// furnishLoad writes people, classes and pages from the last of the PCs.
func furnishLoad(ctx context.Context, s *schoolServer, made *loadSchool) error {
	pc, err := newThinPC(made, loadPCs-1, 1)
	if err != nil {
		return err
	}
	pc.author = journal.StaffID(named("admin"))
	if err := s.letIn(ctx, pc.device, pc.author); err != nil {
		return err
	}
	register, year := furnish(pc.author)
	for _, d := range []commit.Draft{register, year} {
		if err := pc.write(time.Now(), d.Volume, d.Author, d.Changes...); err != nil {
			return err
		}
	}
	m, err := pc.question()
	if err != nil {
		return err
	}
	a, err := s.Sync(ctx, pc.device, m)
	if err != nil {
		return err
	}
	if err := pc.take(a); err != nil {
		return err
	}
	for n := range made.Keys {
		pc, err := newThinPC(made, n, 1)
		if err == nil {
			err = s.letIn(ctx, pc.device, pc.author)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func readLoadSchool(dir string) (*loadSchool, error) {
	text, err := os.ReadFile(filepath.Join(dir, loadFile))
	if err != nil {
		return nil, err
	}
	var s loadSchool
	return &s, json.Unmarshal(text, &s)
}
