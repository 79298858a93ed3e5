package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/client"
)

// A pc is what every way of starting the program has in common: the journal of
// this machine and the exchange with its server.
type pc struct {
	book   *local.Journal
	client *client.Client
	now    func() time.Time
	line   *line
}

// openPC opens the journal in a folder. now is the wall clock.
func openPC(ctx context.Context, dir string, now func() time.Time) (*pc, error) {
	if err := os.MkdirAll(dir, 0o770); err != nil {
		return nil, fault.Wrap(fault.ReadOnly, "Папку журнала "+dir+" создать нельзя. Попросите администратора дать к ней доступ или укажите другую.", err)
	}
	book, err := local.Open(ctx, dir, now)
	if err != nil {
		return nil, err
	}
	p := &pc{book: book, now: now}
	p.line = &line{now: now}
	p.client = client.New(book, now, p.line.set, client.Ordinary)
	p.line.client = p.client
	return p, nil
}

// run keeps the PC in step with its server until ctx ends.
func (p *pc) run(ctx context.Context) {
	stop := p.line.follow(p.book)
	defer stop()
	p.client.Run(ctx)
}

// close leaves the journal's file whole.
func (p *pc) close() error { return p.book.Close() }

// year is the school year at work: that of today.
func (p *pc) year() journal.Volume {
	return journal.Volume(journal.DateOf(p.now()).SchoolYear())
}

// note logs what a person cannot act on.
func note(what string, err error) {
	if err != nil {
		slog.Error(what, "code", fault.CodeOf(err), "error", err)
	}
}
