package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// perBatch is how many changes a paste or an import holds here.
const perBatch = 1000

// openPC opens a PC of the prepared school in a folder of its own.
func openPC(ctx context.Context, port int, name, dir string) (*local.Journal, error) {
	if err := take(ctx, port, name, dir); err != nil {
		return nil, err
	}
	return local.Open(ctx, dir, time.Now)
}

// single writes the changes of one PC, each durable before the next.
func single(ctx context.Context, port int, dir, arg string) (result, error) {
	drafts := func(list []wish) (out [][]commit.Draft) {
		for _, w := range list {
			out = append(out, []commit.Draft{w.draft()})
		}
		return out
	}
	return write(ctx, port, filepath.Base(dir), dir, arg, drafts)
}

// batch writes the changes of one PC, a thousand durable at a time.
func batch(ctx context.Context, port int, dir, arg string) (result, error) {
	return write(ctx, port, "c"+arg, dir, arg, func(list []wish) (out [][]commit.Draft) {
		for len(list) > 0 {
			n := min(perBatch, len(list))
			out = append(out, byAuthor(list[:n]))
			list = list[n:]
		}
		return out
	})
}

func (w wish) draft() commit.Draft {
	return commit.Draft{
		Volume: syncYear, Author: journal.StaffID(named(w.Author)), Entered: time.UnixMilli(w.Time).UTC(), Changes: []commit.Change{w.change()},
	}
}

// byAuthor puts changes of one author into one commit. What is written into
// one cell stays in order.
func byAuthor(list []wish) []commit.Draft {
	var out []commit.Draft
	open, cells := map[string]int{}, map[place]bool{}
	for _, w := range list {
		if cells[w.place()] {
			clear(open)
			clear(cells)
		}
		cells[w.place()] = true
		if i, ok := open[w.Author]; ok {
			out[i].Changes = append(out[i].Changes, w.change())
			continue
		}
		open[w.Author] = len(out)
		out = append(out, w.draft())
	}
	return out
}

func write(ctx context.Context, port int, name, dir, arg string, drafts func([]wish) [][]commit.Draft) (result, error) {
	list, err := readWorkload()
	if err != nil {
		return nil, err
	}
	var client int
	if _, err := fmt.Sscan(arg, &client); err != nil {
		return nil, fmt.Errorf("number of the PC: %w", err)
	}
	list = of(list, client)
	work := drafts(list)
	if err := countFsyncs(); err != nil {
		return nil, err
	}
	book, err := openPC(ctx, port, name, dir)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	r := result{"n": len(list)}
	took := make(times, 0, len(work))
	synced := fsyncs.Load()
	w := startWatch(port)
	for _, d := range work {
		start := time.Now()
		if _, err := book.AppendAll(ctx, d...); err != nil {
			return nil, err
		}
		took = append(took, time.Since(start))
	}
	w.stop(r)
	r["fsyncs"] = fsyncs.Load() - synced
	delete(r, "net")
	r["p50_us"], r["p99_us"], r["disk"] = took.at(0.5).Microseconds(), took.at(0.99).Microseconds(), sizeOf(dir)
	return r, nil
}

// A sender is the journal of a PC that tells how far the server has its
// commits, and ends the exchange when it has them all: the news of the others
// are not part of what is measured.
type sender struct {
	*local.Journal
	last                               uint64
	end                                context.CancelFunc
	rounds, accepted, refused, request int
}

// Settle keeps the answer and says on the output what the server has acknowledged.
func (s *sender) Settle(ctx context.Context, verdicts []commit.Verdict, durable uint64) error {
	if err := s.Journal.Settle(ctx, verdicts, durable); err != nil {
		return err
	}
	s.rounds++
	for _, v := range verdicts {
		switch v.Answer {
		case commit.Accepted:
			s.accepted++
		case commit.Requested:
			s.request++
		default:
			s.refused++
		}
	}
	fmt.Printf("DURABLE %d\n", durable)
	if durable >= s.last {
		s.end()
	}
	return nil
}

// push sends what a PC has written. A server that is away is asked again. What is
// counted are commits; conflicts are the cells that this PC shows in dispute when
// it has sent everything.
//
// Two things cannot be told. A PC that only sends is told no head of the log, so
// it has no root: those of bootstrap and settle say whether all have the same. And
// what the server had already, it answers as it did the first time: nobody here
// knows how much that was.
func push(ctx context.Context, port int, dir, _ string) (result, error) {
	book, err := local.Open(ctx, dir, time.Now)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	counts, err := book.Count(ctx)
	if err != nil {
		return nil, err
	}
	before, err := book.Durable(ctx)
	if err != nil {
		return nil, err
	}
	s := &sender{Journal: book, last: before + uint64(counts.Unsent)}
	sending, end := context.WithCancel(ctx)
	s.end = end
	defer end()
	pc := client.New(s, time.Now, nil, client.Ordinary)
	away := 0
	w := startWatch(port)
	for sending.Err() == nil {
		switch err := pc.Send(sending); {
		case sending.Err() != nil:
		case err == nil: // nothing waits, or not any more
			end()
		case fault.CodeOf(err) == fault.Offline:
			away++
			time.Sleep(5 * time.Millisecond)
		case err != nil:
			return nil, err
		}
	}
	r := result{"written": s.accepted, "refused": s.refused + s.request, "rounds": s.rounds, "away": away, "errors": s.refused + s.request}
	w.stop(r)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	disputes, err := book.Disputes(ctx, syncYear)
	r["conflicts"] = len(disputes)
	return r, err
}

// bootstrap brings an empty PC up to everything, and then looks again.
func bootstrap(ctx context.Context, port int, dir, _ string) (result, error) {
	book, err := openPC(ctx, port, "fresh", dir)
	if err != nil {
		return nil, err
	}
	pc := client.New(book, time.Now, nil, client.Ordinary)
	r := result{"mode": "history"}
	w := startWatch(port)
	err = pc.Sync(ctx)
	for fault.CodeOf(err) == fault.Offline { // a line that was cut: what came is kept
		err = pc.Sync(ctx)
	}
	if err != nil {
		return nil, err
	}
	w.stop(r)
	noop := result{}
	w = startWatch(port)
	if err := pc.Sync(ctx); err != nil {
		return nil, err
	}
	w.stop(noop)
	r["noop"] = noop
	return r, tell(ctx, book, dir, r)
}

// catchUp brings a PC that has written up to everything.
func catchUp(ctx context.Context, port int, dir, _ string) (result, error) {
	book, err := local.Open(ctx, dir, time.Now)
	if err != nil {
		return nil, err
	}
	r := result{}
	w := startWatch(port)
	if err := client.New(book, time.Now, nil, client.Ordinary).Sync(ctx); err != nil {
		return nil, err
	}
	w.stop(r)
	return r, tell(ctx, book, dir, r)
}
