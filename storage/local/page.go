package local

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
)

// Lessons returns the lessons of a page, days both included, by day and number.
func (j *Journal) Lessons(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Lesson, error) {
	rows, err := j.read.QueryContext(ctx, `
		SELECT day, number, topic, homework, no_homework, work, weight, note, removed, present
		FROM lesson
		WHERE volume = ? AND page = ? AND day BETWEEN ? AND ?`, int64(v), p[:], int64(from), int64(to))
	if err != nil {
		return nil, problem(fmt.Errorf("read lessons of %s: %w", p, err))
	}
	defer rows.Close()
	var out []journal.Lesson
	for rows.Next() {
		l := journal.Lesson{Page: p}
		var topic, homework, note sql.NullString
		var noHomework, work, weight, removed, present sql.NullInt64
		if err := rows.Scan(&l.Date, &l.Number, &topic, &homework, &noHomework, &work, &weight, &note, &removed, &present); err != nil {
			return nil, problem(fmt.Errorf("read lessons of %s: %w", p, err))
		}
		l.Topic, l.Homework, l.Note = topic.String, homework.String, note.String
		l.Work, l.Weight = journal.Work(work.Int64), int(weight.Int64)
		l.NoHomework, l.Removed, l.Present = noHomework.Int64 != 0, removed.Int64 != 0, present.Int64 != 0
		out = append(out, l)
	}
	return out, problem(rows.Err())
}

// Cells returns the cells of a page, days both included, by day, number and
// pupil: one range of the table. The merge state has to be read for each cell and
// holds the values too, so nothing else is.
func (j *Journal) Cells(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Cell, error) {
	judge, err := j.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	missed := judge.missedOn(v, journal.KindCell, p)
	rows, err := j.read.QueryContext(ctx, `
		SELECT day, number, pupil, heads
		FROM cell
		WHERE volume = ? AND page = ? AND day BETWEEN ? AND ?`, int64(v), p[:], int64(from), int64(to))
	if err != nil {
		return nil, problem(fmt.Errorf("read cells of %s: %w", p, err))
	}
	defer rows.Close()
	out := make([]journal.Cell, 0, 512)
	c := journal.Cell{Page: p}
	var pupil, heads sql.RawBytes
	var date, number int64
	dest := []any{&date, &number, &pupil, &heads} // once for all rows
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, problem(fmt.Errorf("read cells of %s: %w", p, err))
		}
		c.Date, c.Number = journal.Date(date), int(number)
		copy(c.Pupil[:], pupil)
		lacks := uint64(0)
		if len(missed) > 0 {
			lacks = take(missed, c.Key())
		}
		if c.State, err = judge.state(heads, c.Date, lacks); err != nil {
			return nil, err
		}
		v := judge.row.Value
		c.Mark, c.Second = int(v(journal.CellMark).Int()), int(v(journal.CellSecond).Int())
		c.Absence, c.Reason, c.Note = v(journal.CellAbsence).Text(), v(journal.CellReason).Text(), v(journal.CellNote).Text()
		out = append(out, c)
	}
	for key := range missed { // cells in which nothing else was ever written
		if c := cellAt(key); c.Date >= from && c.Date <= to {
			out = append(out, c)
		}
	}
	if len(missed) > 0 {
		slices.SortFunc(out, func(a, b journal.Cell) int { return cmp.Compare(a.Key(), b.Key()) })
	}
	return out, problem(rows.Err())
}

// TermMarks returns the results of a page, by pupil and period.
func (j *Journal) TermMarks(ctx context.Context, v journal.Volume, p journal.PageID) ([]journal.TermMark, error) {
	judge, err := j.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	missed := judge.missedOn(v, journal.KindTermMark, p)
	rows, err := j.read.QueryContext(ctx, `
		SELECT pupil, period, heads
		FROM term_mark
		WHERE volume = ? AND page = ?
		ORDER BY pupil, period`, int64(v), p[:])
	if err != nil {
		return nil, problem(fmt.Errorf("read results of %s: %w", p, err))
	}
	defer rows.Close()
	var out []journal.TermMark
	for rows.Next() {
		m := journal.TermMark{Page: p}
		var pupil, heads sql.RawBytes
		if err := rows.Scan(&pupil, &m.Period, &heads); err != nil {
			return nil, problem(fmt.Errorf("read results of %s: %w", p, err))
		}
		copy(m.Pupil[:], pupil)
		lacks := take(missed, journal.TermMarkKey(m.Pupil, p, m.Period))
		if m.State, err = judge.state(heads, 0, lacks); err != nil {
			return nil, err
		}
		m.Value = judge.row.Value(journal.TermMarkValue).Text()
		out = append(out, m)
	}
	for key := range missed {
		out = append(out, termMarkAt(key))
	}
	if len(missed) > 0 {
		slices.SortFunc(out, func(a, b journal.TermMark) int {
			return cmp.Or(slices.Compare(a.Pupil[:], b.Pupil[:]), cmp.Compare(a.Period, b.Period))
		})
	}
	return out, problem(rows.Err())
}

// take removes a key from those missed and returns its commit.
func take(missed map[journal.Key]uint64, k journal.Key) uint64 {
	n := missed[k]
	delete(missed, k)
	return n
}

// cellAt and termMarkAt are an empty cell and result that the server did not take.
func cellAt(k journal.Key) journal.Cell {
	parts, err := journal.SpecOf(journal.KindCell).Parts(k)
	if err != nil {
		return journal.Cell{}
	}
	c := journal.Cell{Date: parts[1].Date(), Number: int(parts[2].Int()), State: journal.Refused}
	copy(c.Page[:], parts[0].Bytes())
	copy(c.Pupil[:], parts[3].Bytes())
	return c
}

func termMarkAt(k journal.Key) journal.TermMark {
	parts, err := journal.SpecOf(journal.KindTermMark).Parts(k)
	if err != nil {
		return journal.TermMark{}
	}
	m := journal.TermMark{Period: journal.Period(parts[2].Int()), State: journal.Refused}
	copy(m.Pupil[:], parts[0].Bytes())
	copy(m.Page[:], parts[1].Bytes())
	return m
}
