package simtest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
)

// compareTree: the head that the server signs is that of its log, computed here
// by the book (RFC 6962) from the entries as they were when they were new.
func (w *world) compareTree(v journal.Volume) {
	signed, err := w.host.store.Signed(w.ctx, w.host.id(), v)
	if !w.must("read signed head", err) {
		return
	}
	public := ed25519.NewKeyFromSeed(w.host.founding.Key).Public().(ed25519.PublicKey)
	text, err := note.NewEd25519VerifierKey("uchitelskaya", public)
	if !w.must("name key", err) {
		return
	}
	verifier, err := note.NewVerifier(text)
	if !w.must("make verifier", err) {
		return
	}
	head, err := note.Open(signed, note.VerifierList(verifier))
	if !w.must(fmt.Sprintf("open the head of volume %d", v), err) {
		return
	}
	root, err := rootOf(w.truth.logs[v])
	want := fmt.Sprintf("%d\n%s\n", len(w.truth.logs[v]), root)
	if w.must("compute root", err) && !strings.Contains(head.Text, want) {
		w.breaks("the signed head of volume %d says %q, want %q", v, head.Text, want)
	}
}

// rootOf is the hash of the tree over a log.
func rootOf(log []place) (tlog.Hash, error) {
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, n := range at {
			out[i] = stored[n]
		}
		return out, nil
	})
	for i, p := range log {
		leaf := sha256.Sum256(p.raw)
		hashes, err := tlog.StoredHashes(int64(i), leaf[:], read)
		if err != nil {
			return tlog.Hash{}, err
		}
		stored = append(stored, hashes...)
	}
	return tlog.TreeHash(int64(len(log)), read)
}
