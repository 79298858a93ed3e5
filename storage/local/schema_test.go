package local_test

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"

	"uchitelskaya/app/journal"
)

// TestSchema holds that the hand-written tables are what journal.Specs asks for.
func TestSchema(t *testing.T) {
	dir := t.TempDir()
	openIn(t, dir, 1)
	db := inside(t, dir)
	parts := map[journal.PartType]string{journal.PartID: "BLOB", journal.PartDate: "INTEGER", journal.PartInt: "INTEGER", journal.PartText: "TEXT", journal.PartLong: "INTEGER"}
	types := map[journal.Type]string{journal.Int: "INTEGER", journal.Text: "TEXT", journal.Bytes: "BLOB"}
	for _, s := range journal.Specs() {
		want := []string{"volume INTEGER key 1"}
		for i, p := range s.Key {
			want = append(want, fmt.Sprintf("%s %s key %d", p.Name, parts[p.Type], i+2))
		}
		for _, f := range s.Fields {
			want = append(want, fmt.Sprintf("%s %s key 0", f.Name, types[f.Type]))
		}
		want = append(want, "heads BLOB key 0")
		got := columns(t, db, s.Name)
		if !slices.Equal(got, want) {
			t.Errorf("table %s has\n%v, want\n%v", s.Name, got, want)
		}
	}
	var loose int
	if err := db.QueryRow("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT IN ('migrations', 'sqlite_schema') AND name NOT LIKE 'sqlite_stat%'").Scan(&loose); err != nil || loose != 0 {
		t.Errorf("%d tables are not STRICT: %v", loose, err)
	}
}

// columns are the columns of a table as SQLite has them.
func columns(t *testing.T, db *sql.DB, table string) (out []string) {
	t.Helper()
	rows, err := db.Query("SELECT name, type, pk FROM pragma_table_info(?)", table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name, typ string
		var pk int
		if err := rows.Scan(&name, &typ, &pk); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %s key %d", name, typ, pk))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestLaterVersion holds that what a later version kept is shown once this
// version knows it: another schema makes the projection anew at opening.
func TestLaterVersion(t *testing.T) {
	dir := t.TempDir()
	j := openIn(t, dir, 1)
	put(t, j, markChange(day, pupil, 5))
	want := dump(t, dir)
	j.Close()
	db := inside(t, dir)
	for _, q := range []string{"UPDATE meta SET value = 'older' WHERE name = 'schema'", "DELETE FROM cell"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	openIn(t, dir, 0)
	if got := dump(t, dir); got != want {
		t.Errorf("made anew is\n%s\nwant\n%s", got, want)
	}
}
