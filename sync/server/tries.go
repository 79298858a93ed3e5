package server

import (
	"sync"
	"time"

	"uchitelskaya/sync/identity"
)

// tries slows down who guesses passwords. It counts by name, whether anybody
// has it or not, so that it tells nothing.
type tries struct {
	mu    sync.Mutex
	names map[string]try
}

type try struct {
	failures int
	last     time.Time
}

// maxNames bounds the memory that invented names may take.
const maxNames = 10_000

// wait is how long the name has to wait before its next try.
func (t *tries) wait(name string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	x := t.names[name]
	return x.last.Add(identity.Delay(x.failures)).Sub(now)
}

func (t *tries) fail(name string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.names == nil || len(t.names) >= maxNames {
		t.names = map[string]try{}
	}
	t.names[name] = try{t.names[name].failures + 1, now}
}

func (t *tries) forget(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.names, name)
}
