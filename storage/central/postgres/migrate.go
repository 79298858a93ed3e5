package postgres

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // migrations come through database/sql

	"uchitelskaya/storage/migrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

func migrationFiles() (fs.FS, error) { return fs.Sub(migrations, "migrations") }

// Setup is what the administrator of PostgreSQL runs once: the two roles and
// the database. Then comes [Migrate].
const Setup = `CREATE ROLE uchitelskaya_owner LOGIN PASSWORD '…';
CREATE ROLE uchitelskaya LOGIN PASSWORD '…' NOBYPASSRLS;
CREATE DATABASE uchitelskaya OWNER uchitelskaya_owner ENCODING 'UTF8' TEMPLATE template0;`

// migrationLock keeps two migrations of one database apart.
const migrationLock = 0x75636869 // «uchi»

// grants are the rights of the servers' role: it reads everything, adds
// everywhere, and changes only what does change. Nothing is ever deleted.
const grants = `
GRANT USAGE ON SCHEMA public TO %[1]s;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO %[1]s;
GRANT INSERT ON schools, foundings, pcs, chains, seals, volumes, entries, kept, entities, accounts, codes TO %[1]s;
GRANT UPDATE ON foundings, pcs, chains, volumes, entities, accounts, codes TO %[1]s;`

// Migrate brings the database at an address to the shape that this version
// knows, as the owner of its tables, and gives the servers' role its rights.
func Migrate(ctx context.Context, address, role string) error {
	if _, err := pgx.ParseConfig(address); err != nil {
		return badAddress(err)
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return badAddress(err)
	}
	defer db.Close()
	c, err := db.Conn(ctx)
	if err != nil {
		return problem(fmt.Errorf("migrate: %w", err))
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_lock(%d)", migrationLock)); err != nil {
		return problem(fmt.Errorf("migrate: %w", err))
	}
	files, err := migrationFiles()
	if err != nil {
		return err
	}
	if err := migrate.Run(ctx, c, files, nil); err != nil {
		return problem(fmt.Errorf("migrate: %w", err))
	}
	if _, err := c.ExecContext(ctx, fmt.Sprintf(grants, pgx.Identifier{role}.Sanitize())); err != nil {
		return problem(fmt.Errorf("give rights to %s: %w", role, err))
	}
	return nil
}
