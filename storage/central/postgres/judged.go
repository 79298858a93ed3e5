package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// judgedWhere asks for commits of a PC, which with their verdicts: $1 is the
// school, $2 the PC, $3 the answer of those in the log.
func judgedWhere(which string) string {
	return `SELECT number, $3::integer, volume, position, '', '', arrived, raw FROM entries e WHERE school = $1 AND pc = $2 AND number ` + which + `
			AND NOT EXISTS (SELECT FROM kept k WHERE k.school = e.school AND k.pc = e.pc AND k.number = e.number)
		UNION ALL SELECT number, answer, volume, 0, code, text, arrived, raw FROM kept WHERE school = $1 AND pc = $2 AND number ` + which + `
		ORDER BY number`
}

// Judged implements central.Store.
func (s *Store) Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) (out []ledger.Judged, err error) {
	err = s.read(ctx, school, ask(func(rows pgx.Rows) error {
		out = nil
		return eachJudged(rows, device, func(j ledger.Judged) error { out = append(out, j); return nil })
	}, judgedWhere("BETWEEN $4 AND $5"), uuidOf(school), uuidOf(device), int32(commit.Accepted), int64(from), int64(to)))
	if err != nil {
		return nil, fmt.Errorf("read judged: %w", err)
	}
	return out, nil
}

// EachJudged implements central.Store.
func (s *Store) EachJudged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, numbers []uint64, f func(ledger.Judged) error) error {
	list := make([]int64, len(numbers))
	for i, n := range numbers {
		list[i] = int64(n)
	}
	err := s.read(ctx, school, ask(func(rows pgx.Rows) error { return eachJudged(rows, device, f) },
		judgedWhere("= ANY ($4)"), uuidOf(school), uuidOf(device), int32(commit.Accepted), list))
	if err != nil {
		return fmt.Errorf("read judged: %w", err)
	}
	return nil
}

func eachJudged(rows pgx.Rows, device journal.DeviceID, f func(ledger.Judged) error) error {
	var number, position, arrived int64
	var answer, volume int32
	var code, text string
	var raw []byte
	_, err := pgx.ForEachRow(rows, []any{&number, &answer, &volume, &position, &code, &text, &arrived, &raw}, func() error {
		return f(ledger.Judged{
			Verdict: commit.Verdict{
				Commit: commit.ID{Device: device, Number: uint64(number)}, Answer: commit.Answer(answer), Volume: journal.Volume(volume), Position: uint64(position),
				Code: fault.Code(code), Text: text,
			},
			Raw: raw, Arrived: arrived,
		})
	})
	return err
}

// Requests implements central.Store.
func (s *Store) Requests(ctx context.Context, school journal.SchoolID, after commit.ID, maxBytes int) (out []ledger.Judged, err error) {
	err = s.read(ctx, school, ask(func(rows pgx.Rows) (err error) {
		out, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (ledger.Judged, error) {
			var j ledger.Judged
			var pc [16]byte
			var number int64
			var answer, volume int32
			var code string
			err := r.Scan(&pc, &number, &answer, &volume, &code, &j.Text, &j.Arrived, &j.Raw)
			j.Commit, j.Code = commit.ID{Device: pc, Number: uint64(number)}, fault.Code(code)
			j.Answer, j.Volume = commit.Answer(answer), journal.Volume(volume)
			return j, err
		})
		return err
		// The sizes first: what is beyond the bound is not sent.
	}, `SELECT pc, number, answer, volume, code, text, arrived, raw FROM (
			SELECT *, sum(octet_length(raw)) OVER (ORDER BY pc, number) AS size, row_number() OVER (ORDER BY pc, number) AS nth
			FROM kept WHERE school = $1 AND answer = 2 AND (pc, number) > ($2, $3)) AS k
		WHERE size <= $4 OR nth = 1 ORDER BY pc, number`, uuidOf(school), uuidOf(after.Device), int64(after.Number), int64(maxBytes)))
	if err != nil {
		return nil, fmt.Errorf("read requests: %w", err)
	}
	return out, nil
}

// Followed implements central.Store.
func (s *Store) Followed(ctx context.Context, school journal.SchoolID, device journal.DeviceID, author journal.StaffID, hash [32]byte) (followed bool, err error) {
	err = s.read(ctx, school, ask(func(rows pgx.Rows) (err error) {
		followed, err = pgx.CollectExactlyOneRow(rows, pgx.RowTo[bool])
		return err
	}, "SELECT EXISTS (SELECT FROM seals WHERE school = $1 AND pc = $2 AND author = $3 AND prev = $4)",
		uuidOf(school), uuidOf(device), uuidOf(author), hash[:]))
	if err != nil {
		return false, fmt.Errorf("read seals: %w", err)
	}
	return followed, nil
}

// Accepted implements central.Store.
func (s *Store) Accepted(ctx context.Context, school journal.SchoolID, ids []commit.ID) (map[commit.ID]bool, error) {
	out := make(map[commit.ID]bool, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	pcs, numbers := make([]pgtype.UUID, len(ids)), make([]int64, len(ids))
	for i, id := range ids {
		pcs[i], numbers[i] = valid(id.Device), int64(id.Number)
	}
	err := s.read(ctx, school, ask(func(rows pgx.Rows) error {
		var pc [16]byte
		var number int64
		_, err := pgx.ForEachRow(rows, []any{&pc, &number}, func() error {
			out[commit.ID{Device: pc, Number: uint64(number)}] = true
			return nil
		})
		return err
	}, `SELECT e.pc, e.number FROM unnest($2::uuid[], $3::bigint[]) AS q (pc, number)
		JOIN entries e ON e.school = $1 AND e.pc = q.pc AND e.number = q.number`, uuidOf(school), pcs, numbers))
	if err != nil {
		return nil, fmt.Errorf("find commits: %w", err)
	}
	return out, nil
}
