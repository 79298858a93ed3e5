package postgres

import (
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/tree"
)

// A writing is a batch as columns: one statement a table takes them.
type writing struct {
	statements []statement
}

type statement struct {
	sql  string
	args []any
}

// queue makes a new round trip of the statements that have anything to write.
func (w *writing) queue() *pgx.Batch {
	q := &pgx.Batch{}
	for _, s := range w.statements {
		q.Queue(s.sql, s.args...)
	}
	return q
}

// add adds a statement unless it has no rows.
func (w *writing) add(rows int, sql string, args ...any) {
	if rows > 0 {
		w.statements = append(w.statements, statement{sql, args})
	}
}

func writingOf(b *ledger.Batch) (*writing, error) {
	w := &writing{}
	for _, part := range []func(*ledger.Batch) error{w.entries, w.kept, w.seals, w.chains, w.rows} {
		if err := part(b); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// judged are the commits of a batch that are not kept yet, by whether they were
// accepted.
func judged(b *ledger.Batch, accepted bool) (out []ledger.Judged) {
	for _, j := range slices.Concat(b.Laid, b.Judged) {
		if !j.Stands && (j.Answer == commit.Accepted) == accepted {
			out = append(out, j)
		}
	}
	return out
}

// entries are the accepted commits, with the hashes of their places.
func (w *writing) entries(b *ledger.Batch) error {
	var volumes []int32
	var positions, numbers, arrived []int64
	var hashes, raws [][]byte
	var pcs []pgtype.UUID
	for _, j := range judged(b, true) {
		grown, place := b.Trees[j.Volume].Hashes, j.Position-b.Heads[j.Volume]-1
		if place >= uint64(len(grown)) {
			return fmt.Errorf("keep commit %s: position %d after %d has no hashes", j.Commit, j.Position, b.Heads[j.Volume])
		}
		pcs = append(pcs, valid(j.Commit.Device))
		volumes, positions, numbers = append(volumes, int32(j.Volume)), append(positions, int64(j.Position)), append(numbers, int64(j.Commit.Number))
		arrived, hashes, raws = append(arrived, j.Arrived), append(hashes, tree.Join(grown[place])), append(raws, given(j.Raw))
	}
	w.add(len(raws), `INSERT INTO entries (school, pc, volume, position, number, arrived, hashes, raw)
		SELECT $1, * FROM unnest($2::uuid[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[], $8::bytea[])`,
		uuidOf(b.School), pcs, volumes, positions, numbers, arrived, hashes, raws)
	return nil
}

// kept are the commits that were not accepted.
func (w *writing) kept(b *ledger.Batch) error {
	var numbers, arrived []int64
	var answers, volumes []int32
	var codes, texts []string
	var raws [][]byte
	var pcs []pgtype.UUID
	for _, j := range judged(b, false) {
		pcs = append(pcs, valid(j.Commit.Device))
		numbers, arrived, raws = append(numbers, int64(j.Commit.Number)), append(arrived, j.Arrived), append(raws, given(j.Raw))
		answers, volumes = append(answers, int32(j.Answer)), append(volumes, int32(j.Volume))
		codes, texts = append(codes, string(j.Code)), append(texts, j.Text)
	}
	w.add(len(raws), `INSERT INTO kept (school, pc, number, answer, volume, code, text, arrived, raw)
		SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::integer[], $5::integer[], $6::text[], $7::text[], $8::bigint[], $9::bytea[])`,
		uuidOf(b.School), pcs, numbers, answers, volumes, codes, texts, arrived, raws)
	return nil
}

func (w *writing) seals(b *ledger.Batch) error {
	var first []int64
	var counts []int32
	var authors []pgtype.UUID
	var prevs, signatures [][]byte
	var byPC []bool
	for _, s := range b.Seals {
		first, counts, authors = append(first, int64(s.First)), append(counts, int32(s.Count)), append(authors, valid(s.Author))
		prevs, byPC, signatures = append(prevs, s.Prev[:]), append(byPC, s.ByPC), append(signatures, given(s.Signature))
	}
	w.add(len(first), `INSERT INTO seals (school, pc, first, count, author, prev, by_pc, signature)
		SELECT $1, $2, * FROM unnest($3::bigint[], $4::integer[], $5::uuid[], $6::bytea[], $7::boolean[], $8::bytea[])`,
		uuidOf(b.School), uuidOf(b.Device), first, counts, authors, prevs, byPC, signatures)
	return nil
}

// chains are the hashes of each author's last envelope; they end where numbers
// are given up.
func (w *writing) chains(b *ledger.Batch) error {
	w.add(int(min(b.Skip, 1)), "UPDATE chains SET hash = '' WHERE school = $1 AND pc = $2", uuidOf(b.School), uuidOf(b.Device))
	last := map[journal.StaffID][]byte{}
	for _, s := range b.Seals {
		last[s.Author] = s.Hash[:]
	}
	var authors []pgtype.UUID
	var hashes [][]byte
	for author, hash := range last {
		authors, hashes = append(authors, valid(author)), append(hashes, hash)
	}
	w.add(len(authors), `INSERT INTO chains (school, pc, author, hash) SELECT $1, $2, * FROM unnest($3::uuid[], $4::bytea[])
		ON CONFLICT (school, pc, author) DO UPDATE SET hash = excluded.hash`, uuidOf(b.School), uuidOf(b.Device), authors, hashes)
	return nil
}

// rows are the merge states, in the order of the table.
func (w *writing) rows(b *ledger.Batch) error {
	var volumes, kinds []int32
	var keys, heads [][]byte
	for _, e := range slices.SortedFunc(maps.Keys(b.Rows), ledger.CompareEntities) {
		raw, err := b.Rows[e].MarshalBinary()
		if err != nil {
			return fmt.Errorf("encode row: %w", err)
		}
		volumes, kinds = append(volumes, int32(e.Volume)), append(kinds, int32(e.Kind))
		keys, heads = append(keys, []byte(e.Key)), append(heads, given(raw))
	}
	w.add(len(keys), `INSERT INTO entities (school, volume, kind, key, heads) SELECT $1, * FROM unnest($2::integer[], $3::integer[], $4::bytea[], $5::bytea[])
		ON CONFLICT (school, volume, kind, key) DO UPDATE SET heads = excluded.heads`, uuidOf(b.School), volumes, kinds, keys, heads)
	return nil
}

// valid is an id in an array.
func valid[T any](id journal.ID[T]) pgtype.UUID { return pgtype.UUID{Bytes: id, Valid: true} }
