//go:build window

package windowtest

import (
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// A book looks into the journal file of a running program without writing.
type book struct {
	t  *testing.T
	db *sql.DB
}

func openBook(t *testing.T, dir string) *book {
	t.Helper()
	q := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)", "query_only(1)"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.Join(dir, "journal.db"), RawQuery: q.Encode()}).String())
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return &book{t: t, db: db}
}

func (b *book) close() { _ = b.db.Close() }

// number reads one number; 0 when there is no row.
func (b *book) number(query string, args ...any) int {
	b.t.Helper()
	var n sql.NullInt64
	if err := b.db.QueryRow(query, args...).Scan(&n); err != nil && !errors.Is(err, sql.ErrNoRows) {
		b.t.Fatalf("%s: %v", query, err)
	}
	return int(n.Int64)
}

// made counts the commits that this PC made itself.
func (b *book) made() int {
	b.t.Helper()
	return b.number("SELECT ifnull(max(number), 0) FROM commits WHERE device = 1")
}

// known counts all commits.
func (b *book) known() int { b.t.Helper(); return b.number("SELECT count(*) FROM commits") }

// unsent counts those of this PC that wait to be sent.
func (b *book) unsent() int {
	b.t.Helper()
	return b.number("SELECT count(*) FROM commits c LEFT JOIN verdicts v ON v.number = c.number WHERE device = 1 AND position IS NULL AND v.number IS NULL")
}

// untaken counts those that the server did not take into the log.
func (b *book) untaken() int { b.t.Helper(); return b.number("SELECT count(*) FROM verdicts") }

func (b *book) disputes() int { b.t.Helper(); return b.number("SELECT count(*) FROM disputes") }

// used is when a person last signed in on this PC; 0: never.
func (b *book) used(who journal.StaffID) int {
	b.t.Helper()
	return b.number("SELECT used FROM profiles WHERE staff = ?", who[:])
}

// An entry is what stands in a cell.
type entry struct {
	mark    int
	absence string
}

// cell reads a cell of a lesson.
func (b *book) cell(l lesson, row int) (e entry) {
	b.t.Helper()
	var mark sql.NullInt64
	var absence sql.NullString
	err := b.db.QueryRow("SELECT mark, absence FROM cell WHERE volume = ? AND page = ? AND day = ? AND number = ? AND pupil = ?",
		int(year), l.page[:], int(l.date), l.number, l.pupils[row][:]).Scan(&mark, &absence)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		b.t.Fatal(err)
	}
	return entry{int(mark.Int64), absence.String}
}

// lesson reads what was written of a lesson.
func (b *book) lesson(l lesson) (topic, homework string, present bool) {
	b.t.Helper()
	var t, h sql.NullString
	var p sql.NullBool
	err := b.db.QueryRow("SELECT topic, homework, present FROM lesson WHERE volume = ? AND page = ? AND day = ? AND number = ?",
		int(year), l.page[:], int(l.date), l.number).Scan(&t, &h, &p)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		b.t.Fatal(err)
	}
	return t.String, h.String, p.Bool
}

// body reads the bytes of one of this PC's commits; nil when it is not there.
func (b *book) body(number int) (body []byte) {
	b.t.Helper()
	err := b.db.QueryRow("SELECT body FROM commits WHERE device = 1 AND number = ?", number).Scan(&body)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		b.t.Fatal(err)
	}
	return body
}

// commit reads one of this PC's commits.
func (b *book) commit(number int) *commit.Commit {
	b.t.Helper()
	c, err := commit.Decode(b.body(number))
	if err != nil {
		b.t.Fatalf("commit %d: %v", number, err)
	}
	return c
}

// latest is the first edit of this PC's last commit, as it competes with others.
func (b *book) latest() merge.Head {
	b.t.Helper()
	c := b.commit(b.made())
	return merge.Head{ID: c.Edit(0), Stamp: c.Stamp}
}
