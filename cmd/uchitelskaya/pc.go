package main

import (
	"context"
	"errors"
	"io"
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
	closer []func() error
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
	p := &pc{book: book, now: now, closer: []func() error{book.Close}}
	for _, open := range []func() (io.Closer, error){
		func() (io.Closer, error) { return logTo(dir), nil },
		func() (io.Closer, error) { return crashFile(dir, now()) },
	} {
		c, err := open()
		if err != nil {
			return nil, errors.Join(err, p.close())
		}
		p.closer = append(p.closer, c.Close)
	}
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

// close ends the work: what was written is sealed, the file is left whole.
func (p *pc) close() error {
	var errs []error
	for i := len(p.closer) - 1; i >= 0; i-- {
		errs = append(errs, p.closer[i]())
	}
	return errors.Join(errs...)
}

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
