package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// Standing implements central.Store.
func (s *Store) Standing(ctx context.Context, school journal.SchoolID, device journal.DeviceID) (ledger.Standing, error) {
	out := ledger.Standing{Chains: map[journal.StaffID][32]byte{}, Asked: map[journal.Volume]ledger.Asked{}}
	sno, err := s.school(ctx, school)
	if err != nil {
		return out, err
	}
	no, err := s.known(ctx, sno, device)
	if err != nil || no == 0 {
		return out, err
	}
	rows, err := s.query(ctx, `SELECT p.last, p.day, p.taken, p.refused, c.author, c.hash FROM pcs p LEFT JOIN chains c ON c.school = p.school AND c.pc = p.no WHERE p.no = ?`, no)
	if err != nil {
		return out, problem(err)
	}
	defer rows.Close()
	for rows.Next() {
		var last int64
		var author, hash []byte
		if err := rows.Scan(&last, &out.Day.Date, &out.Day.Taken, &out.Day.Refused, &author, &hash); err != nil {
			return out, fmt.Errorf("read standing: %w", err)
		}
		out.Last = uint64(last)
		if len(author) == 16 && len(hash) == 32 {
			out.Chains[journal.StaffID(author)] = [32]byte(hash)
		}
	}
	if err := rows.Err(); err != nil {
		return out, problem(err)
	}
	return out, s.asked(ctx, sno, no, out.Asked)
}

// asked counts the requests of a PC.
func (s *Store) asked(ctx context.Context, school, no int64, out map[journal.Volume]ledger.Asked) error {
	rows, err := s.query(ctx, "SELECT volume, count(*), sum(length(raw)) FROM kept WHERE school = ? AND pc = ? AND answer = 2 GROUP BY volume", school, no)
	if err != nil {
		return problem(err)
	}
	defer rows.Close()
	for rows.Next() {
		var v journal.Volume
		var a ledger.Asked
		if err := rows.Scan(&v, &a.Commits, &a.Bytes); err != nil {
			return fmt.Errorf("read standing: %w", err)
		}
		out[v] = a
	}
	return problem(rows.Err())
}

// judgedWhere asks for commits of a PC, which with their verdicts: ?1 is the
// school, ?2 the PC, ?3 the answer of those in the log.
func judgedWhere(which string) string {
	return `SELECT number, ?3, volume, position, '', '', arrived, raw FROM entries e WHERE school = ?1 AND pc = ?2 AND number ` + which + `
			AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.school = e.school AND k.pc = e.pc AND k.number = e.number)
		UNION ALL SELECT number, answer, volume, 0, code, text, arrived, raw FROM kept WHERE school = ?1 AND pc = ?2 AND number ` + which + `
		ORDER BY number`
}

var (
	judgedBetween = judgedWhere("BETWEEN ?4 AND ?5")
	judgedAmong   = judgedWhere("IN (SELECT value FROM json_each(?4))")
)

// Judged implements central.Store.
func (s *Store) Judged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, from, to uint64) (out []ledger.Judged, err error) {
	err = s.eachJudged(ctx, school, device, func(j ledger.Judged) error { out = append(out, j); return nil }, judgedBetween, int64(from), int64(to))
	return out, err
}

// EachJudged implements central.Store.
func (s *Store) EachJudged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, numbers []uint64, f func(ledger.Judged) error) error {
	list, err := json.Marshal(numbers)
	if err != nil {
		return fmt.Errorf("read judged: %w", err)
	}
	return s.eachJudged(ctx, school, device, f, judgedAmong, string(list))
}

func (s *Store) eachJudged(ctx context.Context, school journal.SchoolID, device journal.DeviceID, f func(ledger.Judged) error, query string, args ...any) error {
	sno, err := s.school(ctx, school)
	if err != nil {
		return err
	}
	no, err := s.known(ctx, sno, device)
	if err != nil || no == 0 {
		return err
	}
	rows, err := s.query(ctx, query, append([]any{sno, no, int64(commit.Accepted)}, args...)...)
	if err != nil {
		return problem(err)
	}
	defer rows.Close()
	for rows.Next() {
		var j ledger.Judged
		var number, position int64
		var code string
		if err := rows.Scan(&number, &j.Answer, &j.Volume, &position, &code, &j.Text, &j.Arrived, &j.Raw); err != nil {
			return fmt.Errorf("read judged: %w", err)
		}
		j.Commit, j.Position, j.Code = commit.ID{Device: device, Number: uint64(number)}, uint64(position), fault.Code(code)
		if err := f(j); err != nil {
			return err
		}
	}
	return problem(rows.Err())
}

// Requests implements central.Store.
func (s *Store) Requests(ctx context.Context, school journal.SchoolID, after commit.ID, maxBytes int) ([]ledger.Judged, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, `SELECT p.id, k.number, k.answer, k.volume, k.code, k.text, k.arrived, k.raw FROM pcs p JOIN kept k ON k.school = p.school AND k.pc = p.no
		WHERE p.school = ? AND k.answer = 2 AND (p.id, k.number) > (?, ?) ORDER BY p.id, k.number`, sno, after.Device[:], int64(after.Number))
	if err != nil {
		return nil, problem(err)
	}
	defer rows.Close()
	var out []ledger.Judged
	for size := 0; rows.Next(); {
		var j ledger.Judged
		var id []byte
		var number int64
		var code string
		if err := rows.Scan(&id, &number, &j.Answer, &j.Volume, &code, &j.Text, &j.Arrived, &j.Raw); err != nil {
			return nil, fmt.Errorf("read requests: %w", err)
		}
		if size += len(j.Raw); len(out) > 0 && size > maxBytes {
			break
		}
		copy(j.Commit.Device[:], id)
		j.Commit.Number, j.Code = uint64(number), fault.Code(code)
		out = append(out, j)
	}
	return out, problem(rows.Err())
}

// Followed implements central.Store.
func (s *Store) Followed(ctx context.Context, school journal.SchoolID, device journal.DeviceID, author journal.StaffID, hash [32]byte) (bool, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return false, err
	}
	no, err := s.known(ctx, sno, device)
	if err != nil || no == 0 {
		return false, err
	}
	var n int
	err = s.look(ctx, "SELECT count(*) FROM seals WHERE school = ? AND pc = ? AND author = ? AND prev = ?", func(st *sql.Stmt) error {
		return st.QueryRowContext(ctx, sno, no, author[:], hash[:]).Scan(&n)
	})
	return n > 0, err
}

// Accepted implements central.Store.
func (s *Store) Accepted(ctx context.Context, school journal.SchoolID, ids []commit.ID) (map[commit.ID]bool, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	out := make(map[commit.ID]bool, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	pcs := map[journal.DeviceID]int64{} // found before: a reader must not wait for another
	for _, id := range ids {
		if pcs[id.Device], err = s.known(ctx, sno, id.Device); err != nil {
			return nil, err
		}
	}
	err = s.look(ctx, "SELECT count(*) FROM entries WHERE school = ? AND pc = ? AND number = ?", func(st *sql.Stmt) error {
		for _, id := range ids {
			var n int
			if err := st.QueryRowContext(ctx, sno, pcs[id.Device], int64(id.Number)).Scan(&n); err != nil {
				return fmt.Errorf("find commit %s: %w", id, err)
			}
			if n > 0 {
				out[id] = true
			}
		}
		return nil
	})
	return out, err
}
