package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// A thinPC is a PC that speaks the whole protocol and keeps nothing, so that
// hundreds fit beside the server that is measured.
type thinPC struct {
	address string
	http    *http.Client
	key     ed25519.PrivateKey
	device  journal.DeviceID
	author  journal.StaffID
	school  journal.SchoolID
	epoch   [16]byte

	number, sent uint64 // last commit made; last one that is durable
	prev         [32]byte
	envelope     *commit.Envelope // under way
	waiting      [][]byte         // commits not sealed yet
	clock        *commit.Clock
	places       map[journal.Volume]wire.Place
	placed       []uint64 // positions of the commits, in the order of their numbers
}

func newThinPC(s *loadSchool, n, port int) (*thinPC, error) {
	key := ed25519.NewKeyFromSeed(s.Keys[n])
	cert, err := identity.ClientCert(key)
	if err != nil {
		return nil, err
	}
	return &thinPC{
		address: "https://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		http:    &http.Client{Transport: &http.Transport{TLSClientConfig: identity.ClientTLS(s.Pin, cert), ForceAttemptHTTP2: true, ReadBufferSize: 4 << 10, WriteBufferSize: 4 << 10}},
		key:     key, device: identity.DeviceID(key.Public().(ed25519.PublicKey)), author: journal.StaffID(named(fmt.Sprintf("T%03d", n%syncStaff))),
		school: s.School, epoch: s.Epoch, clock: commit.NewClock(0, 0), places: map[journal.Volume]wire.Place{},
	}, nil
}

// write makes a commit, to be sent with the next exchange.
func (p *thinPC) write(now time.Time, v journal.Volume, author journal.StaffID, changes ...commit.Change) error {
	p.number++
	c := &commit.Commit{ID: commit.ID{Device: p.device, Number: p.number}, School: p.school, Volume: v, Author: author, Stamp: p.clock.Next(now), Entered: now}
	for _, ch := range changes {
		c.Edits = append(c.Edits, commit.Edit{Kind: ch.Kind, Key: ch.Key, Field: ch.Field, Value: ch.Value})
	}
	raw, err := commit.Encode(c)
	p.waiting = append(p.waiting, raw)
	return err
}

// question seals what waits, if nothing is under way, and asks.
func (p *thinPC) question() (*wire.Sync, error) {
	m := &wire.Sync{Epoch: p.epoch}
	if n := min(len(p.waiting), commit.MaxSealed); p.envelope == nil && n > 0 {
		var err error
		head := commit.Head{Device: p.device, Author: p.author, First: p.sent + 1, Prev: p.prev, ByPC: true}
		if p.envelope, err = commit.Seal(head, p.waiting[:n:n], p.key); err != nil {
			return nil, err
		}
		p.waiting = p.waiting[n:]
	}
	if p.envelope != nil {
		m.Envelopes = []wire.Envelope{wire.Seal(p.envelope)}
	}
	for _, at := range p.places {
		m.Places = append(m.Places, at)
	}
	return m, nil
}

// take believes an answer: what it proves is checked in the client's own tests.
func (p *thinPC) take(a *wire.SyncAnswer) error {
	for _, v := range a.Verdicts {
		if v.Answer != commit.Accepted {
			return fmt.Errorf("commit %d: %s", v.Number, v.Text)
		}
		if v.Number > uint64(len(p.placed)) {
			p.placed = append(p.placed, v.Position)
		}
	}
	if p.envelope != nil && a.Durable >= p.envelope.First {
		hash, err := p.envelope.Hash()
		if err != nil {
			return err
		}
		p.prev, p.sent, p.envelope = hash, a.Durable, nil
	}
	for _, n := range a.News {
		known, err := tree.Size(n.Head)
		if err != nil {
			return err
		}
		p.places[n.Volume] = wire.Place{Volume: n.Volume, Position: n.After + uint64(len(n.Entries)), Known: known}
	}
	return nil
}

// exchange is one question and its answer.
func (p *thinPC) exchange(ctx context.Context) (more bool, err error) {
	m, err := p.question()
	if err != nil {
		return false, err
	}
	body, err := wire.Pack(m)
	if err != nil {
		return false, err
	}
	r, err := p.do(ctx, http.MethodPost, wire.PathSync, body)
	if err != nil {
		return false, err
	}
	defer r.Body.Close()
	var a wire.SyncAnswer
	if err := wire.Unpack(r.Body, wire.MaxBody, &a); err != nil {
		return false, err
	}
	return a.More || len(p.waiting) > 0, p.take(&a)
}

func (p *thinPC) do(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, p.address+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	a, err := p.http.Do(r)
	if err != nil || a.StatusCode == http.StatusOK {
		return a, err
	}
	defer a.Body.Close()
	var problem wire.Problem
	if err := wire.Unpack(a.Body, wire.MaxSmall, &problem); err != nil {
		return nil, err
	}
	return nil, problem.Err()
}
