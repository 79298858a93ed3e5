package postgres

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// Apply implements central.Store.
func (s *Store) Apply(ctx context.Context, b *ledger.Batch) error {
	w, err := writingOf(b) // before any lock is taken
	if err != nil {
		return err
	}
	err = s.update(ctx, b.School, func(ctx context.Context, t pgx.Tx) error {
		if err := advance(ctx, t, b); err != nil {
			return err
		}
		if err := t.SendBatch(ctx, w.queue()).Close(); err != nil {
			return fmt.Errorf("keep batch after %d: %w", b.After, err)
		}
		return nil
	})
	if err == nil {
		s.tell(ctx, b.School)
	}
	return err
}

// advance moves the PC's last number and the heads of the volumes, if they are
// where the batch was judged. Another who is at it is waited for.
func advance(ctx context.Context, t pgx.Tx, b *ledger.Batch) error {
	var q pgx.Batch
	school, last := uuidOf(b.School), int64(b.After)+int64(b.Skip)+int64(len(b.Judged))
	if b.After == 0 {
		q.Queue(`INSERT INTO pcs (school, pc, last, day, taken, refused) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (school, pc) DO UPDATE
			SET last = excluded.last, day = excluded.day, taken = excluded.taken, refused = excluded.refused WHERE pcs.last = 0`,
			school, uuidOf(b.Device), last, int32(b.Day.Date), b.Day.Taken, b.Day.Refused)
	} else {
		q.Queue("UPDATE pcs SET last = $3, day = $4, taken = $5, refused = $6 WHERE school = $1 AND pc = $2 AND last = $7",
			school, uuidOf(b.Device), last, int32(b.Day.Date), b.Day.Taken, b.Day.Refused, int64(b.After))
	}
	for _, v := range slices.Sorted(maps.Keys(b.Heads)) { // all lock in one order
		before, grown := int64(b.Heads[v]), b.Trees[v]
		head, signed := before+int64(len(grown.Hashes)), given(grown.Head)
		if before == 0 {
			q.Queue(`INSERT INTO volumes (school, volume, head, signed) VALUES ($1, $2, $3, $4)
				ON CONFLICT (school, volume) DO UPDATE SET head = excluded.head, signed = excluded.signed WHERE volumes.head = 0`, school, int(v), head, signed)
		} else {
			q.Queue("UPDATE volumes SET head = $3, signed = CASE WHEN $3 > $5 THEN $4 ELSE signed END WHERE school = $1 AND volume = $2 AND head = $5",
				school, int(v), head, signed, before)
		}
	}
	answers := t.SendBatch(ctx, &q)
	stale := false
	var err error
	for range q.Len() {
		tag, failed := answers.Exec()
		stale = stale || failed == nil && tag.RowsAffected() == 0
		err = errors.Join(err, failed)
	}
	if err = errors.Join(err, answers.Close()); err != nil {
		return fmt.Errorf("move heads: %w", err)
	}
	if stale {
		return ledger.ErrStale
	}
	return nil
}

// given is bytes that are there, if none: NULL is for what is not known.
func given(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Standing implements central.Store.
func (s *Store) Standing(ctx context.Context, school journal.SchoolID, device journal.DeviceID) (ledger.Standing, error) {
	out := ledger.Standing{Chains: map[journal.StaffID][32]byte{}, Asked: map[journal.Volume]ledger.Asked{}}
	err := s.read(ctx, school, ask(func(rows pgx.Rows) error {
		clear(out.Chains)
		var last int64
		var day int32
		var author *[16]byte
		var hash []byte
		_, err := pgx.ForEachRow(rows, []any{&last, &day, &out.Day.Taken, &out.Day.Refused, &author, &hash}, func() error {
			out.Last, out.Day.Date = uint64(last), journal.Date(day)
			if author != nil && len(hash) == 32 {
				out.Chains[journal.StaffID(*author)] = [32]byte(hash)
			}
			return nil
		})
		return err
	}, `SELECT p.last, p.day, p.taken, p.refused, c.author, c.hash FROM pcs p LEFT JOIN chains c ON c.school = p.school AND c.pc = p.pc WHERE p.school = $1 AND p.pc = $2`,
		uuidOf(school), uuidOf(device)), asked(school, device, out.Asked))
	if err != nil {
		return out, fmt.Errorf("read standing: %w", err)
	}
	return out, nil
}

// asked counts the requests of a PC.
func asked(school journal.SchoolID, device journal.DeviceID, out map[journal.Volume]ledger.Asked) question {
	return ask(func(rows pgx.Rows) error {
		clear(out)
		var volume int32
		var commits, bytes int64
		_, err := pgx.ForEachRow(rows, []any{&volume, &commits, &bytes}, func() error {
			out[journal.Volume(volume)] = ledger.Asked{Commits: int(commits), Bytes: int(bytes)}
			return nil
		})
		return err
	}, "SELECT volume, count(*), sum(octet_length(raw)) FROM kept WHERE school = $1 AND pc = $2 AND answer = 2 GROUP BY volume", uuidOf(school), uuidOf(device))
}
