package migrate

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"

	"uchitelskaya/app/journal/fault"
)

// DB is a connection or a pool that runs migrations.
type DB interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

// A Step is one migration file.
type Step struct {
	Number int
	Name   string // the file's
	Digest string // SHA-256 of its bytes, hex
	SQL    string
}

var fileName = regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.sql$`)

// Steps reads the migration files of a folder, which must be numbered from 1
// without a gap.
func Steps(files fs.FS) ([]Step, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	slices.Sort(names)
	steps := make([]Step, len(names))
	for i, name := range names {
		m := fileName.FindStringSubmatch(name)
		if m == nil {
			return nil, fmt.Errorf("migration %s: want NNNN_name.sql", name)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read migration %s: %w", name, err)
		}
		sum := sha256.Sum256(text)
		n, _ := strconv.Atoi(m[1])
		if n != i+1 {
			return nil, fmt.Errorf("migration %s: want number %d", name, i+1)
		}
		steps[i] = Step{Number: n, Name: name, Digest: hex.EncodeToString(sum[:]), SQL: string(text)}
	}
	return steps, nil
}

// Run applies the files that the database has not had yet. Before the first of
// them it calls before, unless the database is new; there the caller makes a
// copy. It refuses a database of a later version and one whose migrations
// differ from ours, with [fault.Invalid].
func Run(ctx context.Context, db DB, files fs.FS, before func() error) error {
	steps, err := Steps(files)
	if err != nil {
		return err
	}
	done, err := applied(ctx, db)
	if err != nil {
		return err
	}
	if err := compare(done, steps); err != nil {
		return err
	}
	if len(done) > 0 && len(done) < len(steps) && before != nil {
		if err := before(); err != nil {
			return fmt.Errorf("copy before migrating: %w", err)
		}
	}
	for _, s := range steps[len(done):] {
		if err := apply(ctx, db, s); err != nil {
			return fmt.Errorf("migration %s: %w", s.Name, err)
		}
	}
	return nil
}

// Check refuses what Run refuses, and a database that Run would change. It only reads.
func Check(ctx context.Context, db DB, files fs.FS) error {
	steps, err := Steps(files)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	defer tx.Rollback()
	done, err := digests(ctx, tx)
	if err != nil {
		return err
	}
	if err := compare(done, steps); err != nil {
		return err
	}
	if len(done) < len(steps) {
		return fault.Wrap(fault.Invalid, "База данных записана прежней версией программы. Обновите её: uchitelskaya-server migrate.",
			fmt.Errorf("database has %d migrations of %d", len(done), len(steps)))
	}
	return nil
}

// compare refuses a database of a later version and one of another make.
func compare(done []string, steps []Step) error {
	if len(done) > len(steps) {
		return fault.Wrap(fault.Invalid, "Журнал на этом компьютере записан более новой версией программы. Обновите программу.",
			fmt.Errorf("database has %d migrations, this version knows %d", len(done), len(steps)))
	}
	for i, digest := range done {
		if digest != steps[i].Digest {
			return fault.Wrap(fault.Invalid, "Журнал на этом компьютере устроен не так, как ожидает программа. Сообщите администратору школы.",
				fmt.Errorf("migration %s was applied with digest %s, it now has %s", steps[i].Name, digest, steps[i].Digest))
		}
	}
	return nil
}

// applied returns the digests of the migrations that the database has had, in
// order, and makes the table for them.
func applied(ctx context.Context, db DB) ([]string, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL)`); err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	out, err := digests(ctx, tx)
	if err != nil {
		return nil, err
	}
	return out, tx.Commit()
}

func digests(ctx context.Context, tx *sql.Tx) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT number, digest FROM migrations ORDER BY number`)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var n int
		var digest string
		if err := rows.Scan(&n, &digest); err != nil {
			return nil, fmt.Errorf("read migrations: %w", err)
		}
		if n != len(out)+1 {
			return nil, fault.Wrap(fault.Damaged, "Журнал на этом компьютере повреждён.", fmt.Errorf("migration %d is missing", len(out)+1))
		}
		out = append(out, digest)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return out, nil
}

// apply runs one file and remembers it, both or neither. The values come from
// embedded files and are of bounded form, so the text needs no placeholders,
// which the engines write differently.
func apply(ctx context.Context, db DB, s Step) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, s.SQL); err != nil {
		return err
	}
	note := fmt.Sprintf(`INSERT INTO migrations (number, name, digest) VALUES (%d, '%s', '%s')`, s.Number, s.Name, s.Digest)
	if _, err := tx.ExecContext(ctx, note); err != nil {
		return err
	}
	return tx.Commit()
}
