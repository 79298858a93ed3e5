package local

import (
	"context"
	"fmt"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// Requests returns the requests of a year that have an answer as asked for:
// those that wait for one, by arrival, or those decided, the latest arrival
// first; at most limit.
func (j *Journal) Requests(ctx context.Context, v journal.Volume, decided bool, limit int) ([]commit.Request, error) {
	query := "SELECT body, ifnull(arrived, 0), heads FROM request WHERE volume = ? AND body NOTNULL AND decision ISNULL ORDER BY arrived, device, number LIMIT ?"
	if decided {
		query = "SELECT body, ifnull(arrived, 0), heads FROM request WHERE volume = ? AND body NOTNULL AND decision NOTNULL ORDER BY arrived DESC, device, number LIMIT ?"
	}
	var out []commit.Request
	err := j.look(ctx, func(w view) error {
		return w.each(query, []any{int64(v), limit}, func(scan func(...any) error) error {
			var body, heads []byte
			var r commit.Request
			if err := scan(&body, &r.Arrived, &heads); err != nil {
				return err
			}
			var err error
			if r.Commit, err = commit.Decode(body); err != nil {
				return damaged("request: %w", err)
			}
			if err := decide(w, &r, heads); err != nil {
				return err
			}
			out = append(out, r)
			return nil
		})
	})
	return out, err
}

// CountRequests returns how many requests of a year wait for a decision.
func (j *Journal) CountRequests(ctx context.Context, v journal.Volume) (n int, err error) {
	err = j.look(ctx, func(w view) error {
		return w.one("SELECT count(*) FROM request WHERE volume = ? AND decision ISNULL", []any{int64(v)}, &n)
	})
	return n, err
}

// decide reads the decision out of the merge state of a request.
func decide(names merge.Names, r *commit.Request, heads []byte) error {
	var row merge.Row
	if err := row.Unpack(heads, names); err != nil {
		return damaged("heads of a request: %w", err)
	}
	r.Sentence = row.Value(journal.RequestSentence).Text()
	if h := row.Field(journal.RequestDecision).Heads; len(h) > 0 {
		r.Decision, r.By, r.Decided = h[0].Value.Text(), h[0].Author, time.Unix(h[0].Entered*60, 0).UTC()
	}
	return nil
}

// heedAll takes note of what a commit in the log decides on requests of this PC.
func (t *tx) heedAll(c *commit.Commit) error {
	for _, e := range c.Edits {
		if e.Kind == journal.KindRequest {
			if err := t.heed(e.Key, c.Volume); err != nil {
				return fmt.Errorf("heed decision: %w", err)
			}
		}
	}
	return nil
}

// heed makes a request of this PC that was rejected a refused commit, with the
// deputy's sentence. A granted one comes by itself: at its place in the log.
func (t *tx) heed(key journal.Key, v journal.Volume) error {
	e := entity{v, journal.KindRequest, key}
	if _, err := journal.SpecOf(e.kind).Parts(key); err != nil {
		return nil // kept among the others
	}
	device, number := journal.CutRequestKey(key)
	if device != t.state.identity.Device {
		return nil
	}
	r, err := t.row(e)
	if err != nil {
		return err
	}
	if r.Row.Value(journal.RequestDecision).Text() != journal.RequestRejected {
		return nil
	}
	text := "Заявка отклонена. " + r.Row.Value(journal.RequestSentence).Text()
	t.news.counts = true
	return t.exec("UPDATE verdicts SET answer = ?, code = ?, text = ? WHERE number = ?",
		int64(commit.Refused), string(fault.Rejected), strings.TrimSpace(text), int64(number))
}
