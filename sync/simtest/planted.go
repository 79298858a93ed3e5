package simtest

import (
	"context"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// Syncer is what the server makes of a message.
type Syncer func(context.Context, journal.DeviceID, *wire.Sync) (*wire.SyncAnswer, error)

// A Bug is one fault of a program, put in from outside. The zero Bug is none.
type Bug struct {
	Name    string
	Book    func(*desk, book) book                 // of a PC's journal
	Store   func(*host, server.Store) server.Store // of the server's store
	Sync    func(*host, Syncer) Syncer             // of the server
	Anybody bool                                   // the server asks nobody who they are
}
