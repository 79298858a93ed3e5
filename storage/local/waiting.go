package local

import (
	"context"
	"fmt"
	"math"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// Where the commits of each fate are found: ?1 is the durable number.
var fates = [...]string{
	commit.Unsent:   "FROM commits c LEFT JOIN verdicts v ON v.number = c.number LEFT JOIN asides a ON a.number = c.number WHERE c.device = 1 AND c.number > ?1",
	commit.AtDeputy: fromVerdicts + " AND v.answer = 2",
	commit.NotTaken: fromVerdicts + " AND v.answer = 3",
	commit.PutAway:  fromAsides + " AND NOT " + returned,
	commit.Returned: fromAsides + " AND " + returned,
}

const (
	fromVerdicts = "FROM verdicts v CROSS JOIN commits c ON c.device = 1 AND c.number = v.number LEFT JOIN asides a ON a.number = v.number WHERE a.number IS NULL"
	fromAsides   = "FROM asides a CROSS JOIN commits c ON c.device = 1 AND c.number = a.number LEFT JOIN verdicts v ON v.number = a.number WHERE true"
	returned     = "(a.told = 0 AND a.retry IS NULL AND c.position IS NOT NULL)"
)

// Waiting returns this PC's commits of one fate, the latest first.
func (j *Journal) Waiting(ctx context.Context, q commit.Query) ([]commit.Waiting, error) {
	if int(q.Fate) >= len(fates) {
		return nil, fmt.Errorf("waiting: no fate %d", q.Fate)
	}
	author := int64(0)
	if !q.Author.IsZero() {
		n, ok := j.ids.number(q.Author)
		if !ok {
			return nil, nil
		}
		author = n
	}
	below, limit := int64(math.MaxInt64), int64(-1)
	if q.Below > 0 {
		below = int64(q.Below)
	}
	if q.Limit > 0 {
		limit = int64(q.Limit)
	}
	query := `SELECT c.body, c.sum, ifnull(v.answer, 0), ifnull(v.code, ''), ifnull(v.text, ''), ifnull(a.staff, 0), ifnull(a.at, 0), ifnull(a.retry, 0) ` +
		fates[q.Fate] + ` AND (?2 = 0 OR c.author = ?2) AND c.number < ?3 ORDER BY c.number DESC LIMIT ?4`
	var out []commit.Waiting
	err := j.look(ctx, func(w view) error {
		return w.each(query, []any{int64(j.state.Load().durable), author, below, limit}, func(scan func(...any) error) error {
			var one commit.Waiting
			var staff, at int64
			var err error
			one.Commit, err = scanCommit(scan, &one.Answer, &one.Code, &one.Text, &staff, &at, &one.Aside.Retry)
			if staff > 0 {
				one.Aside.By, one.Aside.At = j.ids.id(staff), time.UnixMilli(at).UTC()
			}
			out = append(out, one)
			return err
		})
	})
	return out, err
}

// Tally returns of each author on this PC how many commits wait for what.
func (j *Journal) Tally(ctx context.Context) (map[journal.StaffID]commit.Counts, error) {
	out := map[journal.StaffID]commit.Counts{}
	durable := int64(j.state.Load().durable)
	err := j.look(ctx, func(w view) error {
		for fate, from := range fates {
			if commit.Fate(fate) == commit.PutAway {
				continue // it waits for nobody
			}
			err := w.each("SELECT c.author, count(*), ?1 "+from+" GROUP BY c.author", []any{durable}, func(scan func(...any) error) error {
				var author int64
				var n, rest int
				err := scan(&author, &n, &rest)
				c := out[j.ids.id(author)]
				switch commit.Fate(fate) {
				case commit.Unsent:
					c.Unsent = n
				case commit.AtDeputy:
					c.Requested = n
				case commit.NotTaken:
					c.Refused = n
				case commit.Returned:
					c.Returned = n
				}
				out[j.ids.id(author)] = c
				return err
			})
			if err != nil {
				return fmt.Errorf("tally: %w", err)
			}
		}
		return nil
	})
	return out, err
}

// Count returns how many commits wait for what, and how many fields for a
// person's decision.
func (j *Journal) Count(ctx context.Context) (commit.Counts, error) {
	s := j.state.Load()
	var c commit.Counts
	err := j.look(ctx, func(w view) error {
		if s.last > s.durable { // the last may be lost with a disk that was put back
			if err := w.one("SELECT count(*) FROM commits WHERE device = 1 AND number > ?", []any{int64(s.durable)}, &c.Unsent); err != nil {
				return err
			}
		}
		return w.one(`SELECT count(*) FILTER (WHERE answer = 2), count(*) FILTER (WHERE answer = 3), (SELECT count(*) FROM disputes),
			(SELECT count(*) `+fates[commit.Returned]+`) FROM verdicts WHERE number NOT IN (SELECT number FROM asides)`,
			nil, &c.Requested, &c.Refused, &c.Disputes, &c.Returned)
	})
	if err != nil {
		return commit.Counts{}, fmt.Errorf("count: %w", err)
	}
	return c, nil
}
