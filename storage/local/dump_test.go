package local_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/merge"
)

// failer is a test or one try of a property.
type failer interface {
	Helper()
	Fatal(...any)
	Cleanup(func())
}

// inside opens the file of a journal from outside, as a curious program would.
func inside(t failer, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "journal.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// dump writes every row of the projection, bytes in hexadecimal.
func dump(t failer, dir string) string {
	t.Helper()
	db := inside(t, dir)
	defer db.Close()
	var b strings.Builder
	tables := []string{"disputes", "others"}
	for _, s := range journal.Specs() {
		tables = append(tables, s.Name)
	}
	for _, name := range tables {
		dumpTable(t, db, &b, name)
	}
	return b.String()
}

// spelled writes a merge state without the numbers that only this file knows.
func spelled(t failer, db *sql.DB, heads []byte) []byte {
	t.Helper()
	var row merge.Row
	err := row.Unpack(heads, names{db})
	if err != nil {
		t.Fatal(err)
	}
	if heads, err = row.MarshalBinary(); err != nil {
		t.Fatal(err)
	}
	return heads
}

// names are the numbers in a journal's file.
type names struct{ db *sql.DB }

func (n names) Number([16]byte) (uint64, bool) { return 0, false }

func (n names) ID(number uint64) (id [16]byte, ok bool) {
	var raw []byte
	err := n.db.QueryRow("SELECT id FROM ids WHERE number = ?", int64(number)).Scan(&raw)
	return id, copy(id[:], raw) == len(id) && err == nil
}

func dumpTable(t failer, db *sql.DB, b *strings.Builder, name string) {
	t.Helper()
	rows, err := db.Query("SELECT * FROM " + name + " ORDER BY 1, 2, 3, 4")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values := make([]any, len(columns))
	dest := make([]any, len(columns))
	for i := range values {
		dest[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		b.WriteString(name)
		for i, v := range values {
			if raw, ok := v.([]byte); ok {
				if columns[i] == "heads" {
					raw = spelled(t, db, raw)
				}
				v = fmt.Sprintf("%x", raw)
			}
			fmt.Fprintf(b, " %s=%v", columns[i], v)
		}
		b.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
