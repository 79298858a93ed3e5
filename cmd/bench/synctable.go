package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

const (
	ordinaryWork = 10_000 // changes, when WORKLOAD names no file
	liveMarks    = 200
)

// measureSync runs the whole workload through real processes over real sockets,
// and beside it the floors of this very run.
func measureSync(ctx context.Context, say func(line)) error {
	dir, err := os.MkdirTemp("", "bench-sync")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file, list, err := workload(dir, ordinaryWork)
	if err != nil {
		return err
	}
	t := &table{ctx: ctx, say: say, list: list, want: foretell(list)}
	if t.rally, err = newRally(filepath.Join(dir, "run"), file, "", 1); err != nil {
		return err
	}
	for _, part := range []func() error{t.writing, t.sending} {
		if err := part(); err != nil {
			return err
		}
	}
	r, err := newRally(filepath.Join(dir, "kill"), file, "", 1)
	if err != nil {
		return err
	}
	lost, err := killing(ctx, r)
	if err != nil {
		return fmt.Errorf("kill: %w", err)
	}
	t.put("10.kill.lost", float64(lost.lost), "commits", "= 0", fmt.Sprintf("server killed %d times in a push; PCs found it away %d times", lost.kills, lost.away))
	t.put("10.kill.doubled", float64(lost.doubled), "commits", "= 0", "")
	t.put("10.kill.times", float64(lost.kills), "kills", "= 20", "")
	return t.shared(dir, file)
}

// workload is the file that WORKLOAD names, or one of n changes made now.
func workload(dir string, n int) (file string, list []wish, err error) {
	if file = os.Getenv("WORKLOAD"); file != "" {
		list, err = readWorkload()
		return file, list, err
	}
	list = generate(n)
	file = filepath.Join(dir, "workload.ndjson")
	f, err := os.Create(file)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	return file, list, writeWorkload(f, list)
}

// A table is the measures T1 to T11 as they are found.
type table struct {
	*rally
	ctx  context.Context
	say  func(line)
	list []wish
	want oracle
	sent float64 // ms that sending took with SQLite
}

// put is a measure of the whole workload, putOf one of n things.
func (t *table) put(name string, v float64, unit, bar, note string) {
	t.putOf(len(t.list), name, v, unit, bar, note)
}

func (t *table) putOf(n int, name string, v float64, unit, bar, note string) {
	t.say(line{Name: "sync.t" + name, Value: v, Unit: unit, N: n, Bar: bar, Note: note})
}

// against puts a measure of n changes beside the floor of this run.
func (t *table) against(n int, name string, took float64, floor time.Duration, bar string) {
	t.putOf(n, name, took/ms(floor), "ratio", bar, "to the floor: bare tables, modernc, WAL FULL; load "+loadNow())
	t.putOf(n, name+".ms", took, "ms", "", "")
	t.putOf(n, name+".floor.ms", ms(floor), "ms", "", "")
}

// writing is T1 and T2: what one PC writes, a tenth of the workload.
func (t *table) writing() error {
	mine := of(t.list, 0)
	floor, err := plainly(t.ctx, t.dir, "single", mine, 1)
	if err != nil {
		return err
	}
	one, err := t.stage(t.ctx, "single", "cs", "0", nil)
	if err != nil {
		return err
	}
	t.against(len(mine), "1", one.MS, floor, "<= 1.5")
	t.putOf(len(mine), "1.fsyncs", float64(one.Fsyncs), "calls", fmt.Sprintf(">= %d", len(mine)), "fsync and fdatasync: each change is durable before the next")
	if floor, err = plainly(t.ctx, t.dir, "batch", mine, perBatch); err != nil {
		return err
	}
	all, err := t.inTurn(t.ctx, "batch", 1, nil)
	if err != nil {
		return err
	}
	t.against(len(mine), "2", all[0].MS, floor, "<= 2.5")
	return nil
}

// sending is T3 to T10: the school.
func (t *table) sending() error {
	floor, err := plainly(t.ctx, t.dir, "bulk", t.list, perBatch)
	if err != nil {
		return err
	}
	server, err := t.start(t.ctx, 0)
	if err != nil {
		return err
	}
	defer func() { _ = server.Process.Kill() }()
	process := strconv.Itoa(server.Process.Pid)
	before, start := cpuOf(process), time.Now()
	sent, err := t.inTurn(t.ctx, "push", 2, nil)
	if err != nil {
		return err
	}
	t.sent = ms(time.Since(start))
	t.against(len(t.list), "3", t.sent, floor, "<= 2")
	t.put("3.server.cpu", cpuOf(process)-before, "ms", "", "")
	var clients, alone float64
	var net traffic
	for _, f := range sent {
		clients += f.CPU
		alone += f.MS
		net = traffic{net.Rx + f.Net.Rx, net.Tx + f.Net.Tx}
		if f.Refused > 0 {
			return fmt.Errorf("%d commits were refused", f.Refused)
		}
	}
	t.put("3.clients.cpu", clients, "ms", "", "")
	t.put("3.clients.ms", alone, "ms", "", "the PCs' times added up, two at once; without the start of their processes")
	before = cpuOf(process)
	fresh, err := t.stage(t.ctx, "bootstrap", "fresh", "f", nil)
	if err != nil {
		return err
	}
	t.put("4", fresh.MS, "ms", "", fmt.Sprintf("the whole verified history; %.0f ms of processor time here, %.0f at the server", fresh.CPU, cpuOf(process)-before))
	found, err := t.inTurn(t.ctx, "settle", 1, nil)
	if err != nil {
		return err
	}
	live, err := t.stage(t.ctx, "liveA", "la", strconv.Itoa(liveMarks), nil)
	if err != nil {
		return err
	}
	t.putOf(liveMarks, "5.p50", live.P50, "ms", "", fmt.Sprintf("durable at both PCs and the server; %d of %d lost; load %s", live.Lost, liveMarks, loadNow()))
	t.putOf(liveMarks, "5.p99", live.P99, "ms", "", "")
	t.put("6.push", float64(net.Tx+net.Rx), "bytes", "", fmt.Sprintf("%d up, %d down; what the other PCs wrote is not taken", net.Tx, net.Rx))
	t.put("6.bootstrap", float64(fresh.Net.Tx+fresh.Net.Rx), "bytes", "", "")
	peak, err := peakOf(process)
	if err != nil {
		return err
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := server.Wait(); err != nil {
		return fmt.Errorf("the server ended: %w", err)
	}
	t.put("7.server", float64(sizeOf(t.path("srv"))), "bytes", "", "closed")
	t.put("7.client", float64(fresh.Disk), "bytes", "", "open, with the write-ahead log and 4 MiB set aside for a full disk")
	t.put("8.server", peak, "MiB", "", "")
	t.put("8.client", fresh.RSS, "MiB", "", "the bootstrapping PC")
	t.putOf(1, "9.ms", fresh.Noop.MS, "ms", "", "one round trip")
	t.putOf(1, "9.bytes", float64(fresh.Noop.Net.Tx+fresh.Noop.Net.Rx), "bytes", "", "")
	return t.correct("10", t.rally, append(found, fresh))
}

// correct is T10: everybody has the same, and what the oracle foretold.
func (t *table) correct(name string, r *rally, found []figures) error {
	p, err := prove(t.ctx, r.data)
	if err != nil {
		return err
	}
	roots := []string{p.sum()}
	history, rivals := p.history, len(p.disputes)
	for _, f := range found {
		roots = append(roots, f.Root)
		if f.History != history || f.Rivals != rivals {
			history, rivals = -1, -1
		}
	}
	slices.Sort(roots)
	t.put(name+".history", float64(history), "rows", fmt.Sprintf("= %d", t.want.changes),
		fmt.Sprintf("at the server and each of %d PCs; %d changes set what stood there and make no row", len(found), len(t.list)-t.want.changes))
	t.put(name+".conflicts", float64(rivals), "cells", fmt.Sprintf("= %d", t.want.differ), "as the oracle foretells")
	t.put(name+".roots", float64(len(slices.Compact(roots))), "states", "= 1", "everything shown, at the server and every PC, hashed")
	return nil
}
