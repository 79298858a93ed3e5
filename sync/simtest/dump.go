package simtest

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// dump writes everything that the journals of all PCs must have alike: the log
// by position and the whole projection. kept are commits of others that are in
// no log now. It reads the file itself.
func dump(ctx context.Context, dir string) (all string, kept []commit.ID, err error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "journal.db")+"?mode=ro")
	if err != nil {
		return "", nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	ids, err := readNames(ctx, db)
	if err != nil {
		return "", nil, err
	}
	if kept, err = readKept(ctx, db); err != nil {
		return "", nil, err
	}
	var b strings.Builder
	queries := []string{
		"SELECT volume, position, number, body FROM commits WHERE position IS NOT NULL ORDER BY volume, position",
		"SELECT volume, position FROM cursors ORDER BY volume",
		"SELECT * FROM disputes ORDER BY 1, 2, 3, 4", "SELECT * FROM others ORDER BY 1, 2, 3",
	}
	for _, s := range journal.Specs() {
		queries = append(queries, "SELECT * FROM "+s.Name+" ORDER BY 1, 2, 3, 4")
	}
	for _, q := range queries {
		if err := dumpRows(ctx, db, ids, &b, q); err != nil {
			return "", nil, fmt.Errorf("%s: %w", q, err)
		}
	}
	return b.String(), kept, nil
}

// readKept names the commits of others that have no place in a log.
func readKept(ctx context.Context, db *sql.DB) (out []commit.ID, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id, c.number FROM commits c JOIN ids i ON i.number = c.device WHERE position IS NULL AND device <> 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var device []byte
		var id commit.ID
		if err := rows.Scan(&device, &id.Number); err != nil {
			return nil, err
		}
		copy(id.Device[:], device)
		out = append(out, id)
	}
	return out, rows.Err()
}

func dumpRows(ctx context.Context, db *sql.DB, ids names, b *strings.Builder, query string) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, dest := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		dest[i] = &values[i]
	}
	_, table, _ := strings.Cut(query, "FROM ")
	table, _, _ = strings.Cut(table, " ")
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		b.WriteString(table)
		for i, v := range values {
			if raw, ok := v.([]byte); ok {
				if columns[i] == "heads" {
					if raw, err = ids.spelled(raw); err != nil {
						return err
					}
				}
				v = fmt.Sprintf("%x", raw)
			}
			fmt.Fprintf(b, " %s=%v", columns[i], v)
		}
		b.WriteByte('\n')
	}
	return rows.Err()
}

// difference is the first line in which two dumps differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return fmt.Sprintf("%q against %q", x[i], append(y, "")[min(i, len(y))])
		}
	}
	return fmt.Sprintf("%d lines against %d", len(x), len(y))
}
