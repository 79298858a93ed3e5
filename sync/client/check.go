package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/tree"
	"uchitelskaya/sync/wire"
)

// news is what was sent of one volume, checked.
type news struct {
	volume  journal.Volume
	entries []commit.Entry
	known   tree.Known // with it
	part    tlog.TreeProof
}

// check holds an answer against what this PC knows, before anything of it is
// kept: the entries follow, they are those of the signed head, that head
// extends the one known, and what was accepted stands where it was said to.
// Commits of ours come without their bytes, which are put back here; whole
// tells that this did not do and the news are to be asked for with them.
func (c *Client) check(ctx context.Context, q *Question, a *wire.SyncAnswer) (out []news, whole bool, err error) {
	bodies, err := c.journal.Bodies(ctx, owned(a, q.sent))
	if err != nil {
		return nil, false, fmt.Errorf("read own commits: %w", err)
	}
	maps.Copy(bodies, q.sent)
	seen := map[journal.Volume]bool{}
	for i := range a.News {
		n := &a.News[i]
		if at := q.known[n.Volume]; n.After != at.Edge.Size() || seen[n.Volume] || len(n.Entries) == 0 {
			return nil, false, nonsense(fmt.Errorf("%d news of volume %d after %d, want %d", len(n.Entries), n.Volume, n.After, at.Edge.Size()))
		}
		seen[n.Volume] = true
		entries := make([]commit.Entry, len(n.Entries))
		mine := false
		for i, e := range n.Entries {
			entries[i] = commit.Entry{Position: n.After + uint64(i) + 1, Raw: e.Raw, Arrived: e.Arrived}
			if e.Own == 0 {
				continue
			}
			if q.Message.Whole {
				return nil, false, nonsense(fmt.Errorf("commit %d came without the bytes that were asked for", e.Own))
			}
			mine = true
			if entries[i].Raw = bodies[e.Own]; len(entries[i].Raw) == 0 {
				return nil, true, nil // this file was put back from a copy
			}
		}
		next, part, err := c.extend(q.id, n, entries, q.known[n.Volume])
		if errors.Is(err, tree.ErrForked) && mine {
			return nil, true, nil // it may be we who have other bytes
		} else if errors.Is(err, tree.ErrForked) {
			return nil, false, c.rewritten(fmt.Errorf("volume %d: %w", n.Volume, err))
		} else if err != nil {
			return nil, false, err
		}
		out = append(out, news{n.Volume, entries, next, part})
	}
	return out, false, c.placed(q.sent, a.Verdicts, out)
}

// owned lists commits of this PC that the news name, besides those just sent.
func owned(a *wire.SyncAnswer, sent map[uint64][]byte) (out []uint64) {
	for _, n := range a.News {
		for _, e := range n.Entries {
			if e.Own > 0 && sent[e.Own] == nil {
				out = append(out, e.Own)
			}
		}
	}
	return out
}

// extend holds the news of one volume against what is known of its tree.
func (c *Client) extend(id commit.Identity, n *wire.News, entries []commit.Entry, known tree.Known) (tree.Known, tlog.TreeProof, error) {
	said := tree.News{Head: n.Head}
	for _, e := range entries {
		said.Leaves = append(said.Leaves, tree.Leaf(e.Raw))
	}
	var err, err2 error
	said.Proof, err = tree.Split(n.Proof)
	said.Part, err2 = tree.Split(n.Part)
	if err := errors.Join(err, err2); err != nil {
		return tree.Known{}, nil, nonsense(err)
	}
	next, err := known.Extend(tree.Of{School: id.School, Volume: n.Volume, Epoch: id.Epoch}, said)
	switch {
	case err == nil, errors.Is(err, tree.ErrForked):
		return next, said.Part, err
	case errors.Is(err, tree.ErrOwn):
		return next, nil, own(err)
	}
	return next, nil, nonsense(err)
}

// placed makes sure that commits which the server says are in its log stand in
// it, as far as this answer goes.
func (c *Client) placed(sent map[uint64][]byte, verdicts []wire.Verdict, list []news) error {
	for _, v := range verdicts {
		for _, n := range list {
			first := n.entries[0].Position
			if v.Answer != commit.Accepted || v.Volume != n.volume || v.Position < first || v.Position >= first+uint64(len(n.entries)) {
				continue
			}
			if raw, ok := sent[v.Number]; ok && !bytes.Equal(n.entries[v.Position-first].Raw, raw) {
				return c.rewritten(fmt.Errorf("commit %d was accepted at %d of volume %d, where another one stands", v.Number, v.Position, v.Volume))
			}
		}
	}
	return nil
}

// rewritten stops the exchange: the server has changed the past.
func (c *Client) rewritten(err error) error {
	err = fault.Wrap(fault.Alarm, "На школьном сервере изменены прежние записи. Обмен с ним остановлен. "+
		"Работать можно: всё сохраняется на этом компьютере. Сообщите администратору и директору школы.", err)
	c.stand(func() { c.alarmed = err })
	return err
}

// alarm is what stopped the exchange. Only a server in a new epoch, one put back
// from a copy, lifts it: the logs are then read anew, for all to see.
func (c *Client) alarm() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.alarmed
}

// restoredServer notes that the server has begun a new epoch: what was known
// of its logs no longer binds it, and people shall know that.
func (c *Client) restoredServer(knew bool) {
	c.stand(func() {
		c.alarmed = nil
		if knew {
			c.restored, c.mended = c.now(), false
		}
	})
}

func own(err error) error {
	return fault.Wrap(fault.Damaged, "Файл журнала на этом компьютере повреждён: подпись школьного сервера в нём не сходится. Сообщите администратору школы.", err)
}
