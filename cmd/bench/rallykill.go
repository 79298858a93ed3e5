package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
)

// kills is how often the server is killed while it takes what the PCs send.
const kills = 20

// A toll is what the kills have cost.
type toll struct{ kills, away, lost, doubled int }

// killing lets all PCs write change by change, and kills the servers in turn
// while they send. What it has acknowledged must be there after every kill, once.
func killing(ctx context.Context, r *rally) (t toll, err error) {
	if _, err := r.inTurn(ctx, "single", 1, nil); err != nil {
		return t, err
	}
	devices, last := [writers]journal.DeviceID{}, [writers]uint64{}
	for c := range writers {
		if devices[c], last[c], err = standing(ctx, r.path("c"+strconv.Itoa(c))); err != nil {
			return t, err
		}
	}
	var mu sync.Mutex
	var acknowledged [writers]uint64
	random := rand.New(rand.NewPCG(seed, kills))
	most := max(5, int(last[0])*80/1000) // ms; the more there is to send, the longer each life of the server
	servers := make([]*exec.Cmd, len(r.ports))
	for i := range servers {
		if servers[i], err = r.start(ctx, i); err != nil {
			return t, err
		}
	}
	type end struct {
		all []figures
		err error
	}
	sent := make(chan end, 1)
	go func() {
		all, err := r.inTurn(ctx, "push", 2, func(c int, line string) {
			mu.Lock()
			defer mu.Unlock()
			_, _ = fmt.Sscanf(line, "DURABLE %d", &acknowledged[c])
		})
		sent <- end{all, err}
	}()
	check := func() error {
		mu.Lock()
		told := acknowledged
		mu.Unlock()
		p, err := prove(ctx, r.data)
		if err != nil {
			return err
		}
		t.doubled += p.doubled
		for c, n := range told {
			t.lost += int(n - min(n, p.kept[devices[c]]))
		}
		return nil
	}
	var ended end
	for over := false; !over && t.kills < kills; {
		select {
		case ended = <-sent:
			over = true
		case <-time.After(time.Duration(5+random.IntN(most)) * time.Millisecond):
			i := t.kills % len(servers)
			t.kills++
			if err := servers[i].Process.Kill(); err != nil {
				return t, err
			}
			_ = servers[i].Wait() // it says that it was killed
			if err := check(); err != nil {
				return t, err
			}
			if servers[i], err = r.start(ctx, i); err != nil {
				return t, err
			}
		}
	}
	if ended.all == nil && ended.err == nil {
		ended = <-sent
	}
	for _, s := range servers {
		_ = s.Process.Kill()
		_ = s.Wait()
	}
	if ended.err != nil {
		return t, ended.err
	}
	for _, f := range ended.all {
		t.away += f.Away
	}
	mu.Lock()
	acknowledged = last // in the end everything must be there
	mu.Unlock()
	return t, check()
}

// standing is which PC a journal is of, and its last commit.
func standing(ctx context.Context, dir string) (device journal.DeviceID, last uint64, err error) {
	book, err := local.Open(ctx, dir, time.Now)
	if err != nil {
		return device, 0, err
	}
	defer book.Close()
	id, _, err := book.Identity(ctx)
	if err != nil {
		return device, 0, err
	}
	durable, err := book.Durable(ctx)
	if err != nil {
		return device, 0, err
	}
	counts, err := book.Count(ctx)
	return id.Device, durable + uint64(counts.Unsent), err
}
