package local

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/merge"
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
// pupil: one range of the table.
func (j *Journal) Cells(ctx context.Context, v journal.Volume, p journal.PageID, from, to journal.Date) ([]journal.Cell, error) {
	judge, err := j.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	rows, err := j.read.QueryContext(ctx, `
		SELECT day, number, pupil, mark, second, absence, reason, note, heads
		FROM cell
		WHERE volume = ? AND page = ? AND day BETWEEN ? AND ?`, int64(v), p[:], int64(from), int64(to))
	if err != nil {
		return nil, problem(fmt.Errorf("read cells of %s: %w", p, err))
	}
	defer rows.Close()
	var out []journal.Cell
	for rows.Next() {
		c := journal.Cell{Page: p}
		var pupil, heads sql.RawBytes
		var mark, second sql.NullInt64
		var absence, reason, note sql.NullString
		if err := rows.Scan(&c.Date, &c.Number, &pupil, &mark, &second, &absence, &reason, &note, &heads); err != nil {
			return nil, problem(fmt.Errorf("read cells of %s: %w", p, err))
		}
		copy(c.Pupil[:], pupil)
		c.Mark, c.Second = int(mark.Int64), int(second.Int64)
		c.Absence, c.Reason, c.Note = absence.String, reason.String, note.String
		if c.State, err = judge.state(heads, c.Date); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, problem(rows.Err())
}

// TermMarks returns the results of a page, by pupil and period.
func (j *Journal) TermMarks(ctx context.Context, v journal.Volume, p journal.PageID) ([]journal.TermMark, error) {
	judge, err := j.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	rows, err := j.read.QueryContext(ctx, `
		SELECT pupil, period, value, heads
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
		var value sql.NullString
		if err := rows.Scan(&pupil, &m.Period, &value, &heads); err != nil {
			return nil, problem(fmt.Errorf("read results of %s: %w", p, err))
		}
		copy(m.Pupil[:], pupil)
		m.Value = value.String
		if m.State, err = judge.state(heads, 0); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, problem(rows.Err())
}

// judge says what is special about a cell on this PC.
type judge struct {
	device  journal.DeviceID
	durable uint64
	days    int // after which an entry is late
	zone    *time.Location
}

func (j *Journal) judge(ctx context.Context, v journal.Volume) (judge, error) {
	r, err := j.Roster(ctx, v)
	if err != nil {
		return judge{}, err
	}
	days, err := strconv.Atoi(r.Setting(journal.SettingLateDays))
	if err != nil {
		days = 1 << 20 // a rule that does not read marks nobody late
	}
	s := j.state.Load()
	return judge{s.identity.Device, s.durable, days, j.now().Location()}, nil
}

// state reads the state of an entity out of its heads. day is that of the
// lesson; zero where nothing can be late.
func (g judge) state(heads []byte, day journal.Date) (s journal.CellState, err error) {
	var row merge.Row
	if err := row.UnmarshalBinary(heads); err != nil {
		return 0, damaged("heads: %w", err)
	}
	for _, f := range row {
		if f.Rivals() {
			s |= journal.Rivals
		}
		for i, h := range f.Heads {
			if h.ID.Device == g.device && h.ID.Number > g.durable {
				s |= journal.Unsent
			}
			if i == 0 && day != 0 && !h.Value.IsNull() && int(journal.DateOf(time.Unix(h.Entered*60, 0).In(g.zone))-day) > g.days {
				s |= journal.Late
			}
		}
	}
	return s, nil
}
