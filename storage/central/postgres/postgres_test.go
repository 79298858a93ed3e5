package postgres_test

import (
	"testing"

	"uchitelskaya/storage/central"
	"uchitelskaya/storage/central/centraltest"
	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/storage/central/postgres/pgtest"
)

func TestConformance(t *testing.T) {
	cluster := pgtest.Start(t)
	centraltest.Run(t, func(t *testing.T) func() central.Store {
		name := database(t, cluster)
		return func() central.Store { return open(t, cluster, name) }
	})
}

// database makes an empty database in the shape that this version knows.
func database(t *testing.T, c *pgtest.Cluster) string {
	t.Helper()
	name, err := c.Database()
	if err != nil {
		t.Fatal(err)
	}
	if err := postgres.Migrate(t.Context(), c.Address(pgtest.Owner, name), pgtest.Server); err != nil {
		t.Fatal(err)
	}
	return name
}

func open(t *testing.T, c *pgtest.Cluster, name string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), c.Address(pgtest.Server, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
