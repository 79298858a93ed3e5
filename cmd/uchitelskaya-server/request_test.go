package main

import (
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/merge"
)

// at is a person at work on a PC.
func (p *pc) at(who journal.StaffID) *desk.Session {
	p.t.Helper()
	s, err := desk.Open(p.t.Context(), p.book, who, year, time.Now)
	if err != nil {
		p.t.Fatal(err)
	}
	return s
}

func (p *pc) sync() {
	p.t.Helper()
	if err := p.Sync(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
}

// rows are the merge states of everything that a PC shows, by volume, kind and key.
func (p *pc) rows() map[string]string {
	p.t.Helper()
	out := map[string]string{}
	db := openFile(p.t, filepath.Join(p.dir, "journal.db"))
	for _, s := range journal.Specs() {
		p.table(db, s, out)
	}
	return out
}

// table adds the merge states of one kind.
func (p *pc) table(db *sql.DB, s *journal.Spec, out map[string]string) {
	p.t.Helper()
	query := "SELECT volume, heads"
	for _, k := range s.Key {
		query += ", " + k.Name
	}
	rows, err := db.Query(query + " FROM " + s.Name)
	if err != nil {
		p.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var volume int
		var heads []byte
		parts := make([]any, len(s.Key))
		into := []any{&volume, &heads}
		for i := range parts {
			into = append(into, &parts[i])
		}
		if err := rows.Scan(into...); err != nil {
			p.t.Fatal(err)
		}
		values := make([]journal.Value, len(parts))
		for i, x := range parts {
			switch x := x.(type) {
			case int64:
				values[i] = journal.IntValue(x)
			case string:
				values[i] = journal.TextValue(x)
			case []byte:
				values[i] = journal.BytesValue(x)
			}
		}
		var row merge.Row
		if err := row.Unpack(heads, names{db}); err != nil {
			p.t.Fatal(err)
		}
		if heads, err = row.MarshalBinary(); err != nil {
			p.t.Fatal(err)
		}
		out[fmt.Sprintf("%d %s %x", volume, s.Name, s.JoinKey(values))] = fmt.Sprintf("%x", heads)
	}
	if err := rows.Err(); err != nil {
		p.t.Fatal(err)
	}
}

// names are the numbers in a journal's file, by which it names ids.
type names struct{ db *sql.DB }

func (n names) Number([16]byte) (uint64, bool) { return 0, false }

func (n names) ID(number uint64) (id [16]byte, ok bool) {
	var raw []byte
	err := n.db.QueryRow("SELECT id FROM ids WHERE number = ?", int64(number)).Scan(&raw)
	return id, copy(id[:], raw) == len(id) && err == nil
}

// rows is what the server's store has of the same.
func (s *school) rows() map[string]string {
	s.t.Helper()
	out := map[string]string{}
	rows, err := openFile(s.t, filepath.Join(s.dir, "school.db")).Query("SELECT volume, kind, key, heads FROM entities")
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var volume int
		var kind journal.Kind
		var key, heads []byte
		if err := rows.Scan(&volume, &kind, &key, &heads); err != nil {
			s.t.Fatal(err)
		}
		out[fmt.Sprintf("%d %s %x", volume, journal.SpecOf(kind).Name, key)] = fmt.Sprintf("%x", heads)
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	return out
}

func openFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// equal holds that the PCs and the server have the same rows.
func (s *school) equal(pcs ...*pc) {
	s.t.Helper()
	want := s.rows()
	for i, p := range pcs {
		got := p.rows()
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if got[name] != want[name] {
				s.t.Errorf("PC %d has of %s\n%s, the server\n%s", i+1, name, got[name], want[name])
			}
		}
		if len(got) != len(want) {
			s.t.Errorf("PC %d has %d rows, the server %d", i+1, len(got), len(want))
		}
	}
}

// The term was closed while the teacher's PC had no network. Of what she wrote
// meanwhile the deputy grants one and rejects one, without a network too.
func TestTheDeputyDecidesOnRequests(t *testing.T) {
	s := newSchool(t)
	office, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(office)
	second.sync()
	office.write(c.other, year, commit.Set(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(1), journal.TermClosed, journal.BoolValue(true)))
	office.sync()
	good, bad := second.write(c.teacher, year, c.mark(1, 5)), second.write(c.teacher, year, c.mark(2, 4))
	later := second.write(c.teacher, year, c.mark(3, 3))
	second.sync()
	teacher := second.at(c.teacher)
	if n, err := teacher.Count(t.Context()); err != nil || n.Requested != 3 || n.Asked != 0 {
		t.Fatalf("on the teacher's PC: %+v, %v", n, err)
	}
	if _, err := teacher.Requests(t.Context(), false); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a teacher reads the requests: %v", err)
	}

	office.sync()
	s.kill() // without a network
	deputy := office.at(c.other)
	open, err := deputy.Requests(t.Context(), false)
	if err != nil || len(open) != 3 {
		t.Fatalf("requests %+v, %v", open, err)
	}
	if r := open[0]; r.Commit.ID != good.ID || r.Author.Last != "Бондаренко" || r.Field.Group.Grade != 7 || r.Field.Subject.Name != "Алгебра" || r.Field.Pupil.Last != "Ключевой" ||
		r.Field.Date != september+6 || len(r.Lines) != 1 || !r.Lines[0].Now.IsNull() || r.Lines[0].Want != journal.IntValue(5) || r.Barred != nil || r.Arrived.IsZero() {
		t.Errorf("the first request is %+v", r)
	}
	if _, err := deputy.Grant(t.Context(), open[:1], ""); err != nil {
		t.Fatal(err)
	}
	if _, err := deputy.Reject(t.Context(), open[1:2], "  "); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("rejected without a word: %v", err)
	}
	if _, err := deputy.Reject(t.Context(), open[1:2], "Работа не проводилась."); err != nil {
		t.Fatal(err)
	}
	if n, err := deputy.Count(t.Context()); err != nil || n.Asked != 1 || n.Unsent != 2 {
		t.Errorf("after the decisions: %+v, %v", n, err)
	}
	s.start()
	office.sync()
	second.sync()

	if !second.sees(c, 1, 5) || second.sees(c, 2, 4) || second.sees(c, 3, 3) || !office.sees(c, 1, 5) {
		t.Error("the granted mark is not in the journal, or one that is not granted is")
	}
	refused, err := teacher.Entries(t.Context(), commit.Query{Fate: commit.NotTaken})
	if err != nil || len(refused) != 1 || refused[0].Commit.ID != bad.ID || refused[0].Code != fault.Rejected || !strings.Contains(refused[0].Text, "Работа не проводилась.") {
		t.Errorf("refused are %+v, %v", refused, err)
	}
	waiting, err := teacher.Entries(t.Context(), commit.Query{Fate: commit.AtDeputy})
	if err != nil || len(waiting) != 1 || waiting[0].Commit.ID != later.ID {
		t.Errorf("at the deputy are %+v, %v", waiting, err)
	}
	past, err := office.book.History(t.Context(), year, commit.FieldRef{Kind: journal.KindCell, Key: c.mark(1, 5).Key, Field: journal.CellMark})
	if err != nil || len(past) != 1 || past[0].Author != c.teacher || past[0].ID.Commit() != good.ID || past[0].Position == 0 {
		t.Errorf("history of the granted mark: %+v, %v", past, err)
	}
	if decided, err := deputy.Requests(t.Context(), true); err != nil || len(decided) != 2 || decided[0].By != c.other {
		t.Errorf("decided %+v, %v", decided, err)
	}
	s.equal(office, second)

	// A third PC takes everything from the beginning.
	third := s.enrolled("Третий")
	third.sync()
	office.sync()
	second.sync()
	s.equal(office, second, third)
}
