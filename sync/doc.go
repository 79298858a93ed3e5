// Package sync only holds this map; nobody imports it, so the standard library's
// sync is never shadowed.
//
// How an edit travels: a person types a mark; app/desk makes a commit of it
// (sync/commit) and the local store keeps it before the cursor moves. When the
// network is there, sync/client seals the waiting commits into signed envelopes
// and pushes them (messages: sync/wire). sync/server checks signature, chain,
// role and lock and answers for each commit: accepted at a position of the
// year's log, had already, turned into a request, or refused. Every other PC
// pulls what follows its position and folds it with sync/merge, which gives the
// same result in whatever order commits arrive. Without a network the same
// questions and answers travel as files (sync/parcel). Who a person and a PC are is
// sync/identity; what the server and its store hand each other, sync/ledger; bytes
// that every version must read for ever, sync/golden.
//
// Goals in order: nothing is lost; nobody waits for the network; the past
// cannot be rewritten unseen; few bytes.
package sync
