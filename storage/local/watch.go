package local

import (
	"sync"

	"uchitelskaya/sync/commit"
)

// watch holds those who want to hear of changes.
type watch struct {
	mu   sync.Mutex
	next int
	all  map[int]func(commit.News)
}

// Watch calls f after every change of the journal with what changed, once for
// each volume, from the goroutine that made the change; f must return at once.
// stop ends it.
func (j *Journal) Watch(f func(commit.News)) (stop func()) {
	w := &j.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = map[int]func(commit.News){}
	}
	id := w.next
	w.next++
	w.all[id] = f
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.all, id)
	}
}

// tell calls the watchers, outside every lock so that they may read.
func (j *Journal) tell(list []commit.News) {
	if len(list) == 0 {
		return
	}
	w := &j.watch
	w.mu.Lock()
	fs := make([]func(commit.News), 0, len(w.all))
	for _, f := range w.all {
		fs = append(fs, f)
	}
	w.mu.Unlock()
	for _, f := range fs {
		for _, n := range list {
			f(n)
		}
	}
}
