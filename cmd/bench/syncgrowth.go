package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// sizes are how many changes the school has when its growth is measured.
var sizes = []int{10_000, 100_000, 1_000_000}

// measureGrowth is T13: what one change costs in a small school and in a large
// one, in processor time of the PCs and the server, sent and taken.
func measureGrowth(ctx context.Context, say func(line)) error {
	dir, err := os.MkdirTemp("", "bench-growth")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var first map[string]float64
	for _, n := range sizes {
		costs, err := grow(ctx, filepath.Join(dir, strconv.Itoa(n)), n)
		if err != nil {
			return fmt.Errorf("%d changes: %w", n, err)
		}
		for _, what := range []string{"push", "bootstrap"} {
			say(line{Name: fmt.Sprintf("sync.t13.%s.%d", what, n), Value: costs[what], Unit: "µs", N: n, Note: "processor time a change, PCs and server"})
			if first != nil {
				say(line{
					Name: fmt.Sprintf("sync.t13.%s.%d.vs_%d", what, n, sizes[0]), Value: costs[what] / first[what], Unit: "ratio", N: n, Bar: "<= 1.15",
				})
			}
		}
		if first == nil {
			first = costs
		}
	}
	return nil
}

// grow sends and takes n changes and returns what one of them cost, in µs.
func grow(ctx context.Context, dir string, n int) (map[string]float64, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "workload.ndjson")
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := writeWorkload(f, generate(n)); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	r, err := newRally(filepath.Join(dir, "run"), file, "", 1)
	if err != nil {
		return nil, err
	}
	if _, err := r.inTurn(ctx, "batch", 1, nil); err != nil {
		return nil, err
	}
	server, err := r.start(ctx, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	time.Sleep(time.Second) // what the start costs is not the changes'
	process := strconv.Itoa(server.Process.Pid)
	before := cpuOf(process)
	sent, err := r.inTurn(ctx, "push", 1, nil)
	if err != nil {
		return nil, err
	}
	push := cpuOf(process) - before
	for _, f := range sent {
		push += f.CPU
	}
	before = cpuOf(process)
	fresh, err := r.stage(ctx, "bootstrap", "fresh", "f", nil)
	if err != nil {
		return nil, err
	}
	bootstrap := fresh.CPU + cpuOf(process) - before
	return map[string]float64{"push": push * 1000 / float64(n), "bootstrap": bootstrap * 1000 / float64(n)}, nil
}
