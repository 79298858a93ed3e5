package desk

import (
	"context"
	"fmt"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// A Page is a journal page opened for one term: pupils down, lessons across,
// with the last lessons of the term before it.
type Page struct {
	journal.Page
	Group   journal.Group
	Subject journal.Subject
	Teacher journal.Staff
	Terms   []journal.Term
	Term    journal.Term
	Columns []Column
	Rows    []Row
	// Reading is why the page cannot be edited, as a sentence; empty when it can.
	Reading string
	// Asking reports that what is entered becomes a request to the deputy: the
	// page is the person's and its term is closed. See [Session.Ask].
	Asking bool
}

// A Column is one lesson, or the results of a term that ended on this view.
type Column struct {
	Lesson journal.Lesson
	Period journal.Term // a column of results when Number is not 0
	Closed bool         // in a closed term
}

// IsLesson reports whether the column is a lesson.
func (c Column) IsLesson() bool { return c.Period.Number == 0 }

// A Row is one pupil of the page.
type Row struct {
	Pupil   journal.Pupil
	Member  []journal.Membership // in the group during the days shown, by time
	Cells   []journal.Cell       // one for each column; of columns of results the zero Cell
	Results map[journal.Period]journal.TermMark
	Average int    // of the term, hundredths; 0: no marks
	Marks   int    // how many count
	Missed  int    // lessons missed in the term
	Propose string // the term's result as the rules propose it; empty: too few marks
}

// MemberOn reports whether the pupil belongs to the group on a day.
func (r Row) MemberOn(d journal.Date) bool {
	return slices.ContainsFunc(r.Member, func(m journal.Membership) bool { return m.On(d) })
}

// tail is how many lessons of the term before stand at the left of a view.
const tail = 6

// OpenPage reads a page for a term of its group by number; 0 takes the term of
// today, or the last one begun.
func (s *Session) OpenPage(ctx context.Context, id journal.PageID, term int) (*Page, error) {
	p, err := s.frame(id, term)
	if err != nil {
		return nil, err
	}
	from := p.Term.From
	before, hasBefore := p.termBefore()
	if hasBefore {
		from = before.From
	}
	lessons, err := s.book.Lessons(ctx, s.Year(), id, from, p.Term.To)
	if err != nil {
		return nil, fmt.Errorf("open page: %w", err)
	}
	p.Columns = s.columns(p, lessons, before, hasBefore)
	first := p.Term.From
	if len(p.Columns) > 0 && p.Columns[0].IsLesson() {
		first = min(first, p.Columns[0].Lesson.Date)
	}
	cells, err := s.book.Cells(ctx, s.Year(), id, first, p.Term.To)
	if err != nil {
		return nil, fmt.Errorf("open page: %w", err)
	}
	results, err := s.book.TermMarks(ctx, s.Year(), id)
	if err != nil {
		return nil, fmt.Errorf("open page: %w", err)
	}
	s.rows(p, first, cells, results)
	return p, nil
}

// frame fills what the roster knows of a page.
func (s *Session) frame(id journal.PageID, term int) (*Page, error) {
	page, ok := s.roster.Page(id)
	if !ok {
		return nil, fmt.Errorf("open page %s: %w", id, errNoPage)
	}
	if !s.opens(page) {
		return nil, fault.Wrap(fault.Forbidden, "Эта страница вам не открыта. Открыть её может завуч.", fmt.Errorf("open page %s", id))
	}
	p := &Page{Page: page, Terms: s.roster.TermsOf(page.Group)}
	p.Group, _ = s.roster.Group(page.Group)
	p.Subject, _ = s.roster.Subject(page.Subject)
	p.Teacher, _ = s.roster.TeacherOn(id, s.Today())
	for _, t := range p.Terms {
		if t.Number == term || term == 0 && (p.Term.Number == 0 || t.From <= s.Today()) {
			p.Term = t
		}
	}
	if p.Term.Number == 0 {
		return nil, fmt.Errorf("open page %s: %w", id, errNoTerm)
	}
	return p, nil
}

func (p *Page) termBefore() (journal.Term, bool) {
	i := slices.IndexFunc(p.Terms, func(t journal.Term) bool { return t.Number == p.Term.Number })
	if i < 1 {
		return journal.Term{}, false
	}
	return p.Terms[i-1], true
}

// columns joins what the timetable plans with what was written: a lesson held
// outside the timetable stands on the page too, and one held between two terms
// beside those of the former.
func (s *Session) columns(p *Page, written []journal.Lesson, before journal.Term, hasBefore bool) []Column {
	from := p.Term.From
	if hasBefore {
		from = before.From
	}
	var out []Column
	for _, l := range journal.JoinLessons(s.roster.LessonsOf(p.ID, from, p.Term.To), written) {
		t, _ := s.roster.TermAt(p.Page.Group, l.Date)
		out = append(out, Column{Lesson: l, Closed: t.Closed})
	}
	if !hasBefore {
		return out
	}
	now := slices.IndexFunc(out, func(c Column) bool { return c.Lesson.Date >= p.Term.From })
	if now < 0 {
		now = len(out)
	}
	result := Column{Period: before, Closed: before.Closed}
	return slices.Concat(out[max(0, now-tail):now], []Column{result}, out[now:])
}

// rows lays the cells under the columns and counts.
func (s *Session) rows(p *Page, from journal.Date, cells []journal.Cell, results []journal.TermMark) {
	column := map[journal.Key]int{}
	for i, c := range p.Columns {
		if c.IsLesson() {
			column[c.Lesson.Key()] = i
		}
	}
	row := map[journal.PupilID]int{}
	for _, m := range s.roster.Members(p.Page.Group, from, p.Term.To) {
		if i, ok := row[m.Pupil]; ok {
			p.Rows[i].Member = append(p.Rows[i].Member, m)
			continue
		}
		pupil, _ := s.roster.Pupil(m.Pupil)
		row[m.Pupil] = len(p.Rows)
		p.Rows = append(p.Rows, s.blank(p, pupil, m))
	}
	for _, c := range cells {
		i, isRow := row[c.Pupil]
		j, isColumn := column[journal.LessonKey(c.Page, c.Date, c.Number)]
		if isRow && isColumn {
			p.Rows[i].Cells[j] = c
		}
	}
	for _, r := range results {
		if i, ok := row[r.Pupil]; ok {
			p.Rows[i].Results[r.Period] = r
		}
	}
	for i := range p.Rows {
		s.Reckon(p, &p.Rows[i])
	}
	p.Asking = p.Term.Closed && s.gives(p.ID)
	p.Reading = s.reading(p)
}

func (s *Session) blank(p *Page, pupil journal.Pupil, m journal.Membership) Row {
	r := Row{Pupil: pupil, Member: []journal.Membership{m}, Cells: make([]journal.Cell, len(p.Columns)), Results: map[journal.Period]journal.TermMark{}}
	for i, c := range p.Columns {
		if c.IsLesson() {
			r.Cells[i] = journal.Cell{Page: p.ID, Date: c.Lesson.Date, Number: c.Lesson.Number, Pupil: pupil.ID}
		}
	}
	return r
}
