package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// lineWork is how many changes go over the bad line, when WORKLOAD names no file.
const lineWork = 100_000

// measureLine is T12: ten PCs, two at a time, send what they have written over one
// bad line, and an empty PC takes everything over it. The same over that line when
// nobody cuts it tells how many bytes had to be sent again; and over a good line,
// what the smaller pieces cost that a slow one is given, which pack worse.
func measureLine(ctx context.Context, say func(line)) error {
	dir, err := os.MkdirTemp("", "bench-line")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file, list, err := workload(dir, lineWork)
	if err != nil {
		return err
	}
	good, slow := &badLine{}, &badLine{rate: 512_000 / 8, trip: 300 * time.Millisecond, loss: 0.02}
	bad := &badLine{rate: slow.rate, trip: slow.trip, loss: slow.loss, every: 10 * time.Second}
	for _, b := range []struct {
		name string
		line *badLine
		took map[string]time.Duration
	}{{"good", good, map[string]time.Duration{}}, {"slow", slow, map[string]time.Duration{}}, {"bad", bad, map[string]time.Duration{}}} {
		if err := over(ctx, b.line, filepath.Join(dir, b.name), file, b.took); err != nil {
			return fmt.Errorf("%s line: %w", b.name, err)
		}
		for _, what := range []string{"push", "bootstrap"} {
			say(line{Name: "sync.t12." + b.name + "." + what, Value: b.took[what].Seconds(), Unit: "s", N: len(list)})
		}
	}
	sum := func(b *badLine) float64 { return float64(b.up.bytes.Load() + b.down.bytes.Load()) }
	say(line{
		Name: "sync.t12", Value: sum(bad) / sum(slow), Unit: "ratio", N: len(list), Bar: "<= 1.2",
		Note: fmt.Sprintf("bytes both ways over 512 kbit/s, 300 ms, 2 %% loss, cut %d times, to those over the same line without cuts (%.0f)", bad.cuts.Load(), sum(slow)),
	})
	say(line{Name: "sync.t12.vs_good", Value: sum(bad) / sum(good), Unit: "ratio", N: len(list), Note: fmt.Sprintf("to those over a good line (%.0f)", sum(good))})
	return nil
}

// over runs the workload with the line between the PCs and the server.
func over(ctx context.Context, b *badLine, dir, file string, took map[string]time.Duration) error {
	r, err := newRally(dir, file, "", 1)
	if err != nil {
		return err
	}
	if _, err := r.inTurn(ctx, "batch", 1, nil); err != nil {
		return err
	}
	behind, err := newRally(dir, file, "", 1) // for its free port
	if err != nil {
		return err
	}
	r.env = append(r.env, behindPort+"="+strconv.Itoa(behind.ports[0]))
	server, err := r.start(ctx, 0)
	if err != nil {
		return err
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(r.ports[0])))
	if err != nil {
		return err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	go b.serve(ctx, l, net.JoinHostPort("127.0.0.1", strconv.Itoa(behind.ports[0])))
	start := time.Now()
	if _, err := r.inTurn(ctx, "push", 2, nil); err != nil {
		return err
	}
	took["push"] = time.Since(start)
	start = time.Now()
	f, err := r.stage(ctx, "bootstrap", "fresh", "f", nil)
	if err != nil {
		return err
	}
	took["bootstrap"] = time.Since(start)
	if f.Docs == 0 {
		return fmt.Errorf("the empty PC has nothing: %+v", f)
	}
	return nil
}
