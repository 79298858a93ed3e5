package local_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite"

	"uchitelskaya/app/journal"
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
