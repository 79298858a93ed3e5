package server

import (
	"fmt"
	"slices"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/merge"
)

// What one PC may ask for in a school year. Three weeks without a network, a
// mark a commit, over a term that was closed meanwhile, are some hundreds.
const (
	maxAsked      = 3000
	maxAskedBytes = 4 << 20
)

// A request is a commit that only a closed term kept out of the log.
type request struct {
	*commit.Commit
	raw     []byte
	arrived time.Time
}

// readRequest reads a request out of what stands of it; nil when nobody asked.
func readRequest(at ledger.Entity, row merge.Row) (*request, error) {
	raw := row.Value(journal.RequestBody).Bytes()
	if raw == nil {
		return nil, nil
	}
	c, err := commit.Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("read request: %w", err)
	}
	if device, number := journal.CutRequestKey(at.Key); c.Device != device || c.Number != number || c.Volume != at.Volume {
		return nil, fmt.Errorf("request holds commit %s", c.ID)
	}
	return &request{Commit: c, raw: raw, arrived: time.UnixMilli(row.Value(journal.RequestArrived).Int())}, nil
}

// ask counts one more request of the PC and refuses what is beyond the bounds.
func (b *bench) ask(c *commit.Commit, raw []byte) error {
	a := b.asked[c.Volume]
	switch {
	case len(raw) > journal.MaxRequest:
		return fault.Wrap(fault.TooLarge, "Четверть закрыта, а для одной заявки завучу исправлений здесь слишком много. Внесите их частями.",
			fmt.Errorf("request of %d bytes", len(raw)))
	case a.Commits >= maxAsked || a.Bytes+len(raw) > maxAskedBytes:
		return fault.Wrap(fault.TooMany, "С этого компьютера в этом учебном году уже слишком много заявок завучу. Попросите его открыть четверть.",
			fmt.Errorf("%d requests of %d bytes", a.Commits, a.Bytes))
	}
	b.asked[c.Volume] = ledger.Asked{Commits: a.Commits + 1, Bytes: a.Bytes + len(raw)}
	return nil
}

// decisions are the edits of a commit that decide on requests.
func decisions(c *commit.Commit) (out []*commit.Edit) {
	for i := range c.Edits {
		if e := &c.Edits[i]; e.Kind == journal.KindRequest && e.Field == journal.RequestDecision {
			out = append(out, e)
		}
	}
	return out
}

// decided returns the requests that a commit grants and that are not in the log
// yet. All of them can be granted, or the error says why not: a decision is
// taken whole.
func (b *bench) decided(c *commit.Commit) (granted []request, err error) {
	seen := map[journal.Key]bool{}
	for _, e := range decisions(c) {
		at := ledger.Entity{Volume: c.Volume, Kind: e.Kind, Key: e.Key}
		if seen[e.Key] {
			return nil, fault.New(fault.Invalid, "Запись устроена неправильно и не принята.")
		}
		seen[e.Key] = true
		r, err := readRequest(at, b.rows[at])
		if r == nil || err != nil {
			return nil, fault.Wrap(fault.Invalid, "Такой заявки в школе нет.", err)
		}
		let := e.Value.Text() == journal.RequestGranted
		switch {
		case b.accepted[r.ID] && !let:
			return nil, fault.New(fault.Forbidden, "Заявка уже принята, запись стоит в журнале.")
		case b.accepted[r.ID]:
			continue
		case b.overlooked(at, e):
			return nil, fault.New(fault.Forbidden, "По этой заявке уже есть решение. Посмотрите её ещё раз.")
		case !let:
			continue
		}
		if err := b.may(r.Commit, r.arrived, nil); err != nil && fault.CodeOf(err) != fault.TermClosed {
			return nil, fault.Wrap(fault.Forbidden, "Принять заявку нельзя. "+fault.TextOf(err), err)
		}
		granted = append(granted, *r)
	}
	return granted, nil
}

// overlooked reports whether another decision stands that the edit's author had
// not seen.
func (b *bench) overlooked(at ledger.Entity, e *commit.Edit) bool {
	row := b.rows[at]
	return slices.ContainsFunc(row.Field(e.Field).Heads, func(h merge.Head) bool {
		return h.Value != e.Value && !slices.Contains(e.Replaces, h.ID)
	})
}

// wanted lists the requests that the commits may grant.
func wanted(commits []*commit.Commit, rows map[ledger.Entity]merge.Row) (out []*commit.Commit) {
	seen := map[ledger.Entity]bool{}
	for _, c := range commits {
		for _, e := range decisions(c) {
			at := ledger.Entity{Volume: c.Volume, Kind: e.Kind, Key: e.Key}
			if r, _ := readRequest(at, rows[at]); r != nil && !seen[at] {
				out = append(out, r.Commit)
			}
			seen[at] = true
		}
	}
	return out
}
