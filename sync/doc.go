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
// same result in whatever order commits arrive. The server says on an event stream how
// far its logs go and, when that is little, what is new: the same news, checked the
// same way, without a question. Without a network the same
// questions and answers travel as files (sync/parcel). Who a person and a PC are is
// sync/identity; what the server and its store hand each other, sync/ledger; bytes
// that every version must read for ever, sync/golden. When the server is dead,
// sync/rebuild says what the PCs know together. sync/simtest is a whole school with
// everything that goes wrong.
//
// A request is a commit that only a closed term kept out of the log. The server
// makes its bytes known to all PCs as an entity of its own (journal.KindRequest);
// the deputy's decision is a commit like any other. Judging one that grants, the
// server puts the original into the log, with its author, stamp and arrival; its
// author's PC keeps the first verdict until the commit comes with the log, and
// shows a rejected one as refused.
//
// A server that was put back from a copy is in a new epoch. The PCs send again
// what is theirs, read its logs anew, and give back what others had written and
// it lacks (storage/local/back.go, tree.Back, server/back.go), with the proof that a
// former server had signed it. A server made anew of journals takes unjudged what
// former ones had taken. What it judges otherwise than they had, a PC asks about
// that has read the new logs (storage/local/return.go), so that its author knows.
//
// Goals in order: nothing is lost; nobody waits for the network; the past
// cannot be rewritten unseen; few bytes.
package sync
