package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"

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
}

// check holds an answer against what this PC knows, before anything of it is
// kept: the entries follow, they are those of the signed head, that head
// extends the one known, and what was accepted stands where it was said to.
// Commits of ours that we have just sent come without their bytes, which are
// put back here.
func (c *Client) check(id commit.Identity, envelopes []*commit.Envelope, a *wire.SyncAnswer, known map[journal.Volume]tree.Known) ([]news, error) {
	sent := map[uint64][]byte{}
	for _, e := range envelopes {
		for i, raw := range e.Commits {
			sent[e.First+uint64(i)] = raw
		}
	}
	var out []news
	seen := map[journal.Volume]bool{}
	for i := range a.News {
		n := &a.News[i]
		if at := known[n.Volume]; n.After != at.Edge.Size() || seen[n.Volume] || len(n.Entries) == 0 {
			return nil, nonsense(fmt.Errorf("%d news of volume %d after %d, want %d", len(n.Entries), n.Volume, n.After, at.Edge.Size()))
		}
		seen[n.Volume] = true
		entries := make([]commit.Entry, len(n.Entries))
		for i, e := range n.Entries {
			entries[i] = commit.Entry{Position: n.After + uint64(i) + 1, Raw: e.Raw, Arrived: e.Arrived}
			if e.Own > 0 {
				entries[i].Raw = sent[e.Own]
			}
			if len(entries[i].Raw) == 0 {
				return nil, nonsense(fmt.Errorf("position %d of volume %d is empty", entries[i].Position, n.Volume))
			}
		}
		next, err := c.extend(id, n, entries, known[n.Volume])
		if err != nil {
			return nil, err
		}
		out = append(out, news{n.Volume, entries, next})
	}
	return out, c.placed(sent, a.Verdicts, out)
}

// extend holds the news of one volume against what is known of its tree.
func (c *Client) extend(id commit.Identity, n *wire.News, entries []commit.Entry, known tree.Known) (tree.Known, error) {
	said := tree.News{Head: n.Head}
	for _, e := range entries {
		said.Leaves = append(said.Leaves, tree.Leaf(e.Raw))
	}
	var err, err2 error
	said.Proof, err = tree.Split(n.Proof)
	said.Part, err2 = tree.Split(n.Part)
	if err := errors.Join(err, err2); err != nil {
		return tree.Known{}, nonsense(err)
	}
	next, err := known.Extend(tree.Of{School: id.School, Volume: n.Volume, Epoch: id.Epoch}, said)
	switch {
	case errors.Is(err, tree.ErrForked):
		return next, c.alarm(fmt.Errorf("volume %d: %w", n.Volume, err))
	case errors.Is(err, tree.ErrOwn):
		return next, own(err)
	case err != nil:
		return next, nonsense(err)
	}
	return next, nil
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
				return c.alarm(fmt.Errorf("commit %d was accepted at %d of volume %d, where another one stands", v.Number, v.Position, v.Volume))
			}
		}
	}
	return nil
}

// alarm stops the exchange: the server has rewritten the past.
func (c *Client) alarm(err error) error {
	err = fault.Wrap(fault.Alarm, "На школьном сервере изменены прежние записи. Обмен с ним остановлен. "+
		"Работать можно: всё сохраняется на этом компьютере. Сообщите администратору и директору школы.", err)
	c.stand(func() { c.alarmed = err })
	return err
}

// stopped returns the alarm as long as the server has the same epoch. A new one
// is a server put back from a copy: the logs are then read anew, for all to see.
func (c *Client) stopped(ctx context.Context, l *link, epoch [16]byte) error {
	c.mu.Lock()
	alarmed := c.alarmed
	c.mu.Unlock()
	if alarmed == nil {
		return nil
	}
	r, err := l.do(ctx, http.MethodGet, wire.PathHealth, nil)
	if err != nil {
		return alarmed
	}
	defer r.Body.Close()
	var h wire.Health
	if err := wire.Unpack(r.Body, wire.MaxSmall, &h); err != nil || h.Epoch == epoch {
		return alarmed
	}
	return nil
}

// restoredServer notes that the server has begun a new epoch: what was known
// of its logs no longer binds it, and people shall know that.
func (c *Client) restoredServer(knew bool) {
	c.stand(func() {
		c.alarmed = nil
		if knew {
			c.restored = fault.New(fault.Epoch, "Школьный сервер восстановлен из копии "+c.now().Format("02.01.2006")+
				". Этот компьютер передаёт ему то, чего в копии нет. Если о восстановлении никто не знал, сообщите администратору и директору школы.")
		}
	})
}

func own(err error) error {
	return fault.Wrap(fault.Damaged, "Файл журнала на этом компьютере повреждён: подпись школьного сервера в нём не сходится. Сообщите администратору школы.", err)
}
