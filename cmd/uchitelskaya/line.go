package main

import (
	"context"
	"sync"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// A line tells the screens how sending goes.
type line struct {
	client *client.Client
	now    func() time.Time

	mu       sync.Mutex
	state    client.State
	watchers map[int]func()
	next     int
}

var _ screens.Line = (*line)(nil)

// set takes the client's state and tells the watchers.
func (l *line) set(s client.State) {
	l.mu.Lock()
	l.state = s
	var tell []func()
	for _, f := range l.watchers {
		tell = append(tell, f)
	}
	l.mu.Unlock()
	for _, f := range tell {
		f()
	}
}

// State implements [screens.Line].
func (l *line) State() screens.LineState {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := screens.LineState{Sending: l.state.Phase == client.Sending, Sent: l.state.Sent, Load: screens.Load(l.state.Load), Restored: l.state.Restored, Mended: l.state.Mended}
	switch fault.CodeOf(l.state.Trouble) {
	case fault.DiskFull, fault.ReadOnly, fault.Damaged:
		s.Broken = fault.TextOf(l.state.Trouble)
	case "":
	default:
		s.Trouble = fault.TextOf(l.state.Trouble)
	}
	return s
}

// Server tells whether the school server answers.
func (l *line) server() screens.ServerState {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := screens.ServerState{Answers: l.state.Phase == client.Sending || l.state.Phase == client.AllSent, Last: l.state.Sent, Load: screens.Load(l.state.Load)}
	switch fault.CodeOf(l.state.Trouble) {
	case fault.Approval:
		s.Approval = fault.TextOf(l.state.Trouble)
	case "":
	default:
		s.Trouble = fault.TextOf(l.state.Trouble)
	}
	return s
}

// Watch implements [screens.Line].
func (l *line) Watch(f func()) (stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.watchers == nil {
		l.watchers = map[int]func(){}
	}
	l.next++
	n := l.next
	l.watchers[n] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.watchers, n)
	}
}

// SendNow implements [screens.Line].
func (l *line) SendNow() { l.client.Kick() }

// follow lets the client know of everything written on this PC.
func (l *line) follow(book *local.Journal) (stop func()) {
	if s, err := l.client.State(context.Background()); err == nil {
		l.set(s)
	}
	return book.Watch(func(n commit.News) {
		if !n.Remote {
			l.client.Kick()
		}
	})
}
