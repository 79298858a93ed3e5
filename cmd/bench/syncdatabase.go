package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/storage/central/postgres/pgtest"
)

// shared is T11: the servers of the school stand over one PostgreSQL, first one
// of them, then two, each with half of the PCs.
func (t *table) shared(dir, file string) error {
	cluster, err := pgtest.New()
	if errors.Is(err, pgtest.ErrMissing) {
		fmt.Fprintln(os.Stderr, "bench: no sync.t11:", err)
		return nil
	} else if err != nil {
		return err
	}
	err = errors.Join(t.servers(cluster, dir, file, "11.one", 1), t.servers(cluster, dir, file, "11.two", 2), t.killed(cluster, dir, file))
	return errors.Join(err, cluster.Remove())
}

// over is a run over an empty database.
func (t *table) over(c *pgtest.Cluster, dir, file string, servers int) (*rally, error) {
	name, err := c.Database()
	if err != nil {
		return nil, err
	}
	if err := postgres.Migrate(t.ctx, c.Address(pgtest.Owner, name), pgtest.Server); err != nil {
		return nil, err
	}
	return newRally(filepath.Join(dir, name), file, c.Address(pgtest.Server, name), servers)
}

// servers lets all PCs send what they have written, and looks what came of it.
func (t *table) servers(c *pgtest.Cluster, dir, file, name string, n int) error {
	r, err := t.over(c, dir, file, n)
	if err != nil {
		return err
	}
	if _, err := r.inTurn(t.ctx, "batch", 1, nil); err != nil {
		return err
	}
	processes := make([]*exec.Cmd, n)
	for i := range processes {
		if processes[i], err = r.start(t.ctx, i); err != nil {
			return err
		}
		defer func() { _ = processes[i].Process.Kill(); _ = processes[i].Wait() }()
	}
	start := time.Now()
	sent, err := r.inTurn(t.ctx, "push", 2, nil)
	if err != nil {
		return err
	}
	took := ms(time.Since(start))
	for _, f := range sent {
		if f.Refused > 0 {
			return fmt.Errorf("%d commits were refused", f.Refused)
		}
	}
	cpu := 0.0
	for _, p := range processes {
		cpu += cpuOf(strconv.Itoa(p.Process.Pid))
	}
	t.put(name, took/t.sent, "ratio", "<= 2", "to sending with the server on SQLite, in this run; load "+loadNow())
	t.put(name+".ms", took, "ms", "", fmt.Sprintf("%.0f ms of processor time at the servers since their start, PostgreSQL's own left out", cpu))
	fresh, err := r.stage(t.ctx, "bootstrap", "fresh", "f", nil)
	if err != nil {
		return err
	}
	t.put(name+".bootstrap", fresh.MS, "ms", "", "the whole verified history")
	found, err := r.inTurn(t.ctx, "settle", 1, nil)
	if err != nil {
		return err
	}
	live, err := r.stage(t.ctx, "liveA", "la", strconv.Itoa(liveMarks), nil)
	if err != nil {
		return err
	}
	t.putOf(liveMarks, name+".live.p50", live.P50, "ms", "", fmt.Sprintf("durable at both PCs and the database, each PC at its own server if there are two; %d of %d lost", live.Lost, liveMarks))
	t.putOf(liveMarks, name+".live.p99", live.P99, "ms", "", "")
	return t.correct(name, r, append(found, fresh))
}

// killed kills the two servers in turn.
func (t *table) killed(c *pgtest.Cluster, dir, file string) error {
	r, err := t.over(c, dir, file, 2)
	if err != nil {
		return err
	}
	lost, err := killing(t.ctx, r)
	if err != nil {
		return fmt.Errorf("kill: %w", err)
	}
	t.put("11.kill.lost", float64(lost.lost), "commits", "= 0", fmt.Sprintf("the two servers killed in turn %d times in a push; PCs found theirs away %d times", lost.kills, lost.away))
	t.put("11.kill.doubled", float64(lost.doubled), "commits", "= 0", "")
	return nil
}
