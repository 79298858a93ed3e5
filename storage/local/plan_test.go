package local_test

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// growing are the tables that grow with every mark, for years.
var growing = []string{"commits", "envelopes", "heads", "lesson", "cell", "term_mark", "former"}

// What happens with each mark looks up what it needs: it reads no table from end
// to end that grows with every mark.
func TestEverydayWorkReadsNoWholeTable(t *testing.T) {
	dir := t.TempDir()
	j := openIn(t, dir, 1)
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	for i := range 3 {
		c := put(t, j, manyMarks(i, 2)...)
		must(t, j.Seal(t.Context(), func(journal.StaffID) (ed25519.PrivateKey, bool) { return key, true }, true))
		list, err := j.Unsent(t.Context(), c.Number-1, 1<<20)
		if err != nil || len(list) != 1 {
			t.Fatalf("%d envelopes, %v", len(list), err)
		}
		verdict := commit.Verdict{Commit: c.ID, Answer: commit.Accepted, Volume: year, Position: c.Number}
		must(t, j.Settle(t.Context(), []commit.Verdict{verdict}, c.Number))
		must(t, j.Absorb(t.Context(), year, []commit.Entry{{Position: c.Number, Raw: list[0].Commits[0]}}, nil))
		_, err = j.Known(t.Context())
		must(t, err)
		_, err = j.Count(t.Context())
		must(t, err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "journal.db"))
	must(t, err)
	defer db.Close()
	for _, q := range j.Queries() {
		for _, step := range plan(t, db, q) {
			words := strings.Fields(step)
			if words[0] == "SCAN" && slices.ContainsFunc(growing, func(table string) bool {
				return table == words[1] || strings.Contains(q, table+" "+words[1])
			}) {
				t.Errorf("%s: %s", step, q)
			}
		}
	}
}

// plan is how SQLite answers a statement.
func plan(t *testing.T, db *sql.DB, query string) (steps []string) {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+query, make([]any, strings.Count(query, "?"))...)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		must(t, rows.Scan(&id, &parent, &unused, &step))
		steps = append(steps, step)
	}
	must(t, rows.Err())
	return steps
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
