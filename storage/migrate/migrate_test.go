package migrate_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"testing/fstest"

	_ "modernc.org/sqlite"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/migrate"
)

func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

var (
	first  = map[string]string{"0001_one.sql": "CREATE TABLE one (id INTEGER);"}
	second = map[string]string{"0001_one.sql": "CREATE TABLE one (id INTEGER);", "0002_two.sql": "CREATE TABLE two (id INTEGER); INSERT INTO two VALUES (7);"}
)

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "m.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestRun(t *testing.T) {
	db := open(t)
	copies := 0
	before := func() error { copies++; return nil }
	for _, step := range []struct {
		files  map[string]string
		copies int
	}{{first, 0}, {first, 0}, {second, 1}, {second, 1}} {
		if err := migrate.Run(t.Context(), db, files(step.files), before); err != nil {
			t.Fatal(err)
		}
		if copies != step.copies {
			t.Errorf("%d copies were made, want %d", copies, step.copies)
		}
	}
	var id int
	if err := db.QueryRow("SELECT id FROM two").Scan(&id); err != nil || id != 7 {
		t.Errorf("the second file left %d, %v", id, err)
	}
}

func TestRunRefuses(t *testing.T) {
	edited := map[string]string{"0001_one.sql": "CREATE TABLE one (id TEXT);", "0002_two.sql": second["0002_two.sql"]}
	for name, tt := range map[string]struct {
		had, has map[string]string
		before   error
		want     fault.Code
	}{
		"a database of a later version":      {second, first, nil, fault.Invalid},
		"a file edited after it was applied": {first, edited, nil, fault.Invalid},
		"when the copy fails":                {first, second, errors.New("no room"), fault.Internal},
		"SQL that does not run":              {first, map[string]string{"0001_one.sql": first["0001_one.sql"], "0002_x.sql": "CREATE TABLE x (id INTEGER); NONSENSE"}, nil, fault.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			if err := migrate.Run(t.Context(), db, files(tt.had), nil); err != nil {
				t.Fatal(err)
			}
			err := migrate.Run(t.Context(), db, files(tt.has), func() error { return tt.before })
			if fault.CodeOf(err) != tt.want {
				t.Errorf("Run = %v, want %s", err, tt.want)
			}
			var n int
			if err := db.QueryRow("SELECT count(*) FROM migrations").Scan(&n); err != nil || n != len(tt.had) {
				t.Errorf("%d migrations are remembered, want %d: %v", n, len(tt.had), err)
			}
			if err := db.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'x'").Scan(&n); err != nil || n != 0 {
				t.Errorf("half a migration stayed: %v", err)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	for name, tt := range map[string]struct {
		has  map[string]string
		want fault.Code
	}{
		"a database of this version":         {second, ""},
		"a database of a later version":      {first, fault.Invalid},
		"a database of a former version":     {map[string]string{"0001_one.sql": first["0001_one.sql"], "0002_two.sql": second["0002_two.sql"], "0003_x.sql": ""}, fault.Invalid},
		"a file edited after it was applied": {map[string]string{"0001_one.sql": "", "0002_two.sql": second["0002_two.sql"]}, fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			if err := migrate.Run(t.Context(), db, files(second), nil); err != nil {
				t.Fatal(err)
			}
			if err := migrate.Check(t.Context(), db, files(tt.has)); fault.CodeOf(err) != tt.want {
				t.Errorf("Check = %v, want %q", err, tt.want)
			}
		})
	}
	if err := migrate.Check(t.Context(), open(t), files(first)); err == nil {
		t.Error("an empty database is taken")
	}
}

func TestSteps(t *testing.T) {
	for name, texts := range map[string]map[string]string{
		"a gap in the numbers": {"0001_one.sql": "", "0003_three.sql": ""},
		"a number twice":       {"0001_one.sql": "", "0001_uno.sql": ""},
		"a name without one":   {"one.sql": ""},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := migrate.Steps(files(texts)); err == nil {
				t.Error("Steps took it")
			}
		})
	}
}
