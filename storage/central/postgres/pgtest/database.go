package pgtest

import (
	"context"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// The roles of a cluster: who made it, who owns the tables, who serves.
const (
	admin  = "postgres"
	Owner  = "uchitelskaya_owner"
	Server = "uchitelskaya"
)

// Address is where a role finds a database.
func (c *Cluster) Address(role, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database, RawQuery: url.Values{"host": {c.dir}, "sslmode": {"disable"}}.Encode()}
	return u.String()
}

// Admin is the address of a database for the one who may do everything.
func (c *Cluster) Admin(database string) string { return c.Address(admin, database) }

// Database makes an empty database with the roles of postgres.Setup and
// returns its name.
func (c *Cluster) Database() (string, error) {
	ctx := context.Background()
	db, err := pgx.Connect(ctx, c.Address(admin, "postgres"))
	if err != nil {
		return "", fmt.Errorf("make database: %w", err)
	}
	defer db.Close(ctx)
	if c.databases == 0 {
		if _, err := db.Exec(ctx, "CREATE ROLE "+Owner+" LOGIN; CREATE ROLE "+Server+" LOGIN NOBYPASSRLS"); err != nil {
			return "", fmt.Errorf("make roles: %w", err)
		}
	}
	c.databases++
	name := fmt.Sprintf("schools_%d", c.databases)
	if _, err := db.Exec(ctx, "CREATE DATABASE "+name+" OWNER "+Owner+" ENCODING 'UTF8' TEMPLATE template0"); err != nil {
		return "", fmt.Errorf("make database: %w", err)
	}
	return name, nil
}
