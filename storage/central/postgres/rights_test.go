package postgres_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/storage/central/postgres/pgtest"
	"uchitelskaya/sync/ledger"
)

var tables = []string{"foundings", "pcs", "chains", "seals", "volumes", "entries", "kept", "entities", "accounts", "codes"}

// What the policies hold, asked of the database itself with the servers' role.
func TestOneSchoolSeesNothingOfAnother(t *testing.T) {
	cluster := pgtest.Start(t)
	name := database(t, cluster)
	store := open(t, cluster, name)
	var schools []journal.SchoolID
	for range 2 {
		f := ledger.Founding{School: journal.NewID[journal.School](), Key: []byte("key"), TLSKey: []byte("k"), TLSCert: []byte("c")}
		if err := store.Found(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		schools = append(schools, f.School)
	}
	fill(t, cluster, name, schools)
	a, b := schools[0], schools[1]

	t.Run("every table is under a policy that also holds its owner", func(t *testing.T) {
		var free []string
		db := connect(t, cluster.Admin(name))
		rows, err := db.Query(t.Context(), `SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
			AND relname <> 'migrations' AND NOT (relrowsecurity AND relforcerowsecurity)`)
		if err == nil {
			free, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
		if err != nil || len(free) > 0 {
			t.Errorf("without: %v, %v", free, err)
		}
	})
	for _, role := range []string{pgtest.Server, pgtest.Owner} {
		t.Run(role, func(t *testing.T) {
			db := connect(t, cluster.Address(role, name))
			for _, table := range tables {
				if n := count(t, db, "", table); n != 0 {
					t.Errorf("without a school named, %d rows of %s are seen", n, table)
				}
				if n := count(t, db, a.String(), table); n != 1 {
					t.Errorf("a school sees %d rows of %s, want its own", n, table)
				}
			}
			if n := count(t, db, "", "schools"); n != 2 {
				t.Errorf("the list holds %d schools", n)
			}
		})
	}
	db := connect(t, cluster.Address(pgtest.Server, name))
	for does, tt := range map[string]struct {
		sql  string
		want string
	}{
		"a row of another school is refused": {"INSERT INTO pcs (school, pc, last) VALUES ('" + b.String() + "', gen_random_uuid(), 1)", "42501"},
		"another school is not founded":      {"INSERT INTO schools (school, no, made) VALUES (gen_random_uuid(), 9, 1)", "42501"},
		"a row does not change its school":   {"UPDATE pcs SET school = '" + b.String() + "'", "42501"},
		"the log is not rewritten":           {"UPDATE entries SET raw = ''", "42501"},
		"a verdict is not rewritten":         {"UPDATE kept SET answer = 3", "42501"},
		"nothing is deleted":                 {"DELETE FROM entries", "42501"},
		"nothing is emptied":                 {"TRUNCATE entries", "42501"},
		"the policy stays":                   {"ALTER TABLE entries DISABLE ROW LEVEL SECURITY", "42501"},
		"no policy is stepped over":          {"SET LOCAL row_security = off; SELECT * FROM entries", "42501"},
	} {
		t.Run(does, func(t *testing.T) {
			err := as(t, db, a.String(), func(tx pgx.Tx) error { _, err := tx.Exec(t.Context(), tt.sql); return err })
			if got := stateOf(err); got != tt.want {
				t.Errorf("%s: %v, want state %s", tt.sql, err, tt.want)
			}
		})
	}
	t.Run("another school's rows are not touched", func(t *testing.T) {
		err := as(t, db, a.String(), func(tx pgx.Tx) error {
			tag, err := tx.Exec(t.Context(), "UPDATE pcs SET last = 99 WHERE school = $1", [16]byte(b))
			if tag.RowsAffected() != 0 {
				t.Errorf("%d rows changed", tag.RowsAffected())
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// Open takes no role that could do more than serve.
func TestOpenRefuses(t *testing.T) {
	cluster := pgtest.Start(t)
	name := database(t, cluster)
	empty, err := cluster.Database()
	if err != nil {
		t.Fatal(err)
	}
	for is, tt := range map[string]struct {
		address string
		want    fault.Code
	}{
		"the administrator of the database":   {cluster.Admin(name), fault.Forbidden},
		"the owner of the tables":             {cluster.Address(pgtest.Owner, name), fault.Forbidden},
		"a role that is not there":            {cluster.Address("nobody_knows", name), fault.Forbidden},
		"a database that is not there":        {cluster.Address(pgtest.Server, "nowhere"), fault.NotFound},
		"a database without tables":           {cluster.Address(pgtest.Server, empty), fault.NotFound},
		"an address that is none":             {"postgres://host:много/x", fault.Invalid},
		"a computer where nothing listens":    {"postgres://uchitelskaya@127.0.0.1:1/x", fault.Offline},
		"migrated by a later version of ours": {later(t, cluster), fault.Invalid},
	} {
		t.Run(is, func(t *testing.T) {
			s, err := postgres.Open(t.Context(), tt.address)
			if fault.CodeOf(err) != tt.want {
				t.Errorf("Open = %v, %v, want code %s", s, err, tt.want)
			}
		})
	}
}

// later makes a database whose migrations this version does not know.
func later(t *testing.T, c *pgtest.Cluster) string {
	t.Helper()
	name := database(t, c)
	if _, err := connect(t, c.Address(pgtest.Owner, name)).Exec(t.Context(), "INSERT INTO migrations SELECT max(number) + 1, 'later', 'x' FROM migrations"); err != nil {
		t.Fatal(err)
	}
	return c.Address(pgtest.Server, name)
}

// fill gives each school one row of every table.
func fill(t *testing.T, c *pgtest.Cluster, name string, schools []journal.SchoolID) {
	t.Helper()
	db := connect(t, c.Address(pgtest.Server, name))
	for _, school := range schools {
		err := as(t, db, school.String(), func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), `WITH s AS (SELECT nullif(current_setting('app.school'), '')::uuid AS id),
				a AS (INSERT INTO pcs SELECT id, id, 1 FROM s), b AS (INSERT INTO chains SELECT id, id, id, '' FROM s),
				c AS (INSERT INTO seals SELECT id, id, 1, 1, id, '', false, '' FROM s), d AS (INSERT INTO volumes SELECT id, 0, 1, '' FROM s),
				e AS (INSERT INTO entries SELECT id, 0, 1, id, 1, 1, '', '' FROM s), f AS (INSERT INTO kept SELECT id, id, 2, 3, 0, '', '', 1, '' FROM s),
				g AS (INSERT INTO entities SELECT id, 0, 1, '', '' FROM s), h AS (INSERT INTO accounts SELECT id, id, '', '', '', '', false, false FROM s)
				INSERT INTO codes SELECT id, '', 1, NULL FROM s`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	db, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(context.Background()) })
	return db
}

// as runs f as a school, or as none, and keeps what it did only without an error.
func as(t *testing.T, db *pgx.Conn, school string, f func(pgx.Tx) error) error {
	t.Helper()
	return pgx.BeginFunc(t.Context(), db, func(tx pgx.Tx) error {
		if school != "" {
			if _, err := tx.Exec(t.Context(), "SELECT set_config('app.school', $1, true)", school); err != nil {
				return err
			}
		}
		return f(tx)
	})
}

func count(t *testing.T, db *pgx.Conn, school, table string) (n int) {
	t.Helper()
	err := as(t, db, school, func(tx pgx.Tx) error {
		return tx.QueryRow(t.Context(), "SELECT count(*) FROM "+pgx.Identifier{table}.Sanitize()).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// stateOf is the SQLSTATE of what the database refused.
func stateOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
