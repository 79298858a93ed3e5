package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// liveDay is the first day of the cells that the two look at: behind those of
// the workload.
const liveDay = syncDays

// liveCell is the n-th mark that one PC writes and the other awaits.
func liveCell(n int) journal.Key {
	return journal.CellKey(journal.PageIDOf(syncPage[0]), firstDay+liveDay+journal.Date(n/pupilsOf), 1, journal.PupilID(named(fmt.Sprintf("P%05d", n%pupilsOf))))
}

// liveA writes marks one by one and measures how long each takes until it is
// durable and shown in another process.
func liveA(ctx context.Context, port int, dir, arg string) (result, error) {
	most, err := strconv.Atoi(arg)
	if err != nil {
		return nil, fmt.Errorf("number of marks: %w", err)
	}
	book, pc, end, err := goLive(ctx, port, "la", dir)
	if err != nil {
		return nil, err
	}
	defer end()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	other := exec.CommandContext(ctx, self, "sync", "liveB", strconv.Itoa(port), filepath.Join(filepath.Dir(dir), "lb"), arg)
	other.Stderr = os.Stderr
	out, err := other.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := other.Start(); err != nil {
		return nil, err
	}
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	shown := make(chan [2]int64, most)
	ready := make(chan struct{})
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var n, at int64
			if strings.HasPrefix(lines.Text(), "READY") {
				close(ready)
			} else if _, err := fmt.Sscanf(lines.Text(), "SEEN %d %d", &n, &at); err == nil {
				shown <- [2]int64{n, at}
			}
		}
	}()
	select {
	case <-ready:
	case <-time.After(5 * time.Minute):
		return nil, fmt.Errorf("the other PC did not come up")
	}
	time.Sleep(500 * time.Millisecond)
	var took times
	lost := 0
	before := metered(port)
	for n := range most {
		draft := commit.Draft{Volume: syncYear, Author: journal.StaffID(named("T000")), Entered: time.Now(), Changes: []commit.Change{
			commit.Set(journal.KindCell, liveCell(n), journal.CellMark, journal.IntValue(int64(2+n%4))),
		}}
		start := time.Now()
		if _, err := book.Append(ctx, draft); err != nil {
			return nil, err
		}
		pc.Kick()
		for late := time.After(20 * time.Second); ; {
			select {
			case s := <-shown:
				if s[0] != int64(n) {
					continue
				}
				took = append(took, time.Unix(0, s[1]).Sub(start.Round(0)))
			case <-late:
				lost++
			}
			break
		}
		time.Sleep(time.Duration(5+n*7%20) * time.Millisecond)
	}
	return result{"n": most, "p50": ms(took.at(0.5)), "p99": ms(took.at(0.99)), "lost": lost, "netA": metered(port).since(before)}, nil
}

// goLive opens a PC, brings it up to everything and lets its client work.
func goLive(ctx context.Context, port int, name, dir string) (book *local.Journal, pc *client.Client, end func(), err error) {
	if book, err = openPC(ctx, port, name, dir); err != nil {
		return nil, nil, nil, err
	}
	pc = client.New(book, time.Now, nil, client.Ordinary)
	if err := pc.Sync(ctx); err != nil {
		book.Close()
		return nil, nil, nil, err
	}
	running, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); pc.Run(running) }()
	return book, pc, func() { stop(); <-done; book.Close() }, nil
}

// liveB says when each mark is shown here, as its screen would read it.
func liveB(ctx context.Context, port int, dir, arg string) (result, error) {
	most, err := strconv.Atoi(arg)
	if err != nil {
		return nil, err
	}
	book, _, end, err := goLive(ctx, port, "lb", dir)
	if err != nil {
		return nil, err
	}
	defer end()
	news := make(chan struct{}, 1)
	defer book.Watch(func(n commit.News) {
		if n.Volume == syncYear {
			select {
			case news <- struct{}{}:
			default:
			}
		}
	})()
	time.Sleep(time.Second) // the event stream stands
	fmt.Println("READY")
	for next := 0; next < most; {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-news:
		}
		day := firstDay + liveDay + journal.Date(next/pupilsOf)
		cells, err := book.Cells(ctx, syncYear, journal.PageIDOf(syncPage[0]), day, day+1)
		if err != nil {
			return nil, err
		}
		shown := make(map[journal.Key]bool, len(cells))
		for _, c := range cells {
			shown[c.Key()] = true
		}
		for ; next < most && shown[liveCell(next)]; next++ {
			fmt.Printf("SEEN %d %d\n", next, time.Now().UnixNano())
		}
	}
	return result{"n": most}, nil
}
