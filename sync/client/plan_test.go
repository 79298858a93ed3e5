package client

import (
	"math/rand/v2"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/wire"
)

// The plan is inside the package: nobody else shall see it.

var (
	start = time.Date(2026, 9, 7, 8, 0, 0, 0, time.UTC)
	pace  = Pace{First: time.Second, Longest: 30 * time.Second}
)

func at(position uint64) map[journal.Volume]uint64 {
	return map[journal.Volume]uint64{2026: position}
}

func TestPlan(t *testing.T) {
	type do struct{ connect, sync, take, wait bool }
	type move struct {
		in   input
		wait time.Duration // before it
		want do
	}
	heads := func(n uint64) input { return input{what: heard, heads: at(n)} }
	news := func(after, n uint64) input {
		return input{what: heard, heads: at(n), word: &wire.Heads{News: []wire.News{{Volume: 2026, After: after, Entries: make([]wire.Entry, n-after)}}}}
	}
	done := func(n uint64) input { return input{what: synced, heads: at(n)} }
	for name, moves := range map[string][]move{
		"an ordinary morning": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: done(5)},
			{in: heads(5)},
		},
		"what is written while apart goes out after connecting": {
			{in: input{what: started}, want: do{connect: true}},
			{in: input{what: kicked}},
			{in: heads(0), want: do{sync: true}},
		},
		"a mark typed during an exchange goes out in the next": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: input{what: kicked}},
			{in: done(5), want: do{sync: true}},
			{in: done(6)},
		},
		"our own news make no exchange": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: done(7)},
			{in: heads(7)},
			{in: heads(8), want: do{sync: true}},
		},
		"news during an exchange are fetched, unless it brought them": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: heads(6)},
			{in: done(5), want: do{sync: true}},
			{in: heads(7)},
			{in: done(7)},
		},
		"news that come with the word are taken, not asked for": {
			{in: input{what: started}, want: do{connect: true}},
			{in: news(4, 5), want: do{sync: true}}, // what happened while apart
			{in: done(5)},
			{in: news(5, 6), want: do{take: true}},
			{in: news(6, 7)}, // while those are taken
			{in: done(6), want: do{sync: true}},
			{in: done(7)},
			{in: news(7, 9), want: do{take: true}},
			{in: done(9)},
			{in: news(8, 9)}, // here already
		},
		"news that do not follow what is here are asked for": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: done(5)},
			{in: news(6, 7), want: do{sync: true}},
			{in: done(7)},
			{in: input{what: heard, heads: map[journal.Volume]uint64{0: 3, 2026: 8}, word: news(7, 8).word}, want: do{sync: true}},
		},
		"what is written while news are taken goes out next": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: done(5)},
			{in: news(5, 6), want: do{take: true}},
			{in: input{what: kicked}},
			{in: done(6), want: do{sync: true}},
			{in: done(7)},
		},
		"news that could not be taken are asked for": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: done(5)},
			{in: news(5, 6), want: do{take: true}},
			{in: input{what: missed}, want: do{sync: true}},
			{in: done(6)},
		},
		"a server that announces what it never gives makes no storm": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(9), want: do{sync: true}},
			{in: done(5)},
			{in: heads(9), want: do{sync: true}},
			{in: done(5)},
		},
		"a silent server is asked again, later and later": {
			{in: input{what: started}, want: do{connect: true}},
			{in: input{what: broken}, want: do{wait: true}},
			{in: input{what: ticked}, wait: time.Second, want: do{connect: true}},
			{in: input{what: broken}, want: do{wait: true}},
			{in: input{what: ticked}, wait: 900 * time.Millisecond, want: do{wait: true}},
			{in: input{what: ticked}, wait: 1100 * time.Millisecond, want: do{connect: true}},
		},
		"typing does not hurry a silent server": {
			{in: input{what: started}, want: do{connect: true}},
			{in: input{what: broken}, want: do{wait: true}},
			{in: input{what: kicked}, want: do{wait: true}},
			{in: input{what: kicked}, wait: time.Second, want: do{connect: true}},
		},
		"an exchange that failed is tried again": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: input{what: failed}, want: do{wait: true}},
			{in: heads(5), want: do{wait: true}},
			{in: input{what: ticked}, wait: time.Second, want: do{sync: true}},
		},
		"a stream that breaks during an exchange": {
			{in: input{what: started}, want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
			{in: input{what: broken}, want: do{wait: true}},
			{in: done(5), want: do{connect: true}},
			{in: heads(5), want: do{sync: true}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, now, random := plan{pace: pace}, start, rand.New(rand.NewPCG(1, 1))
			for i, m := range moves {
				now = now.Add(m.wait)
				var a action
				p, a = p.step(m.in, now, random)
				if got := (do{a.connect, a.sync, a.take != nil, !a.wake.IsZero()}); got != m.want {
					t.Fatalf("move %d: %+v, want %+v", i, got, m.want)
				}
			}
		})
	}
}

func TestBackOffIsBoundedAndScattered(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	p, seen := plan{pace: pace}, map[time.Duration]bool{}
	for i := range 100 {
		p = p.back(start, random)
		d, longest := p.retry.Sub(start), min(time.Second<<min(i, 20), 30*time.Second)
		if d < longest/2 || d > longest {
			t.Fatalf("try %d waits %s, want %s to %s", i, d, longest/2, longest)
		}
		seen[d] = true
	}
	if len(seen) < 50 {
		t.Errorf("only %d different times: all PCs come back at once", len(seen))
	}
}
