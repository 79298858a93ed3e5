package screens

import (
	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/sync/commit"
)

// enter writes one typed value. It returns when the value is durable; the
// cursor moves after that.
func (j *Journal) enter(row, col int, v gradegrid.Value) error {
	return j.put(gradegrid.Change{Pos: gradegrid.Pos{Row: row, Col: col}, Value: v})
}

// clear empties cells in one step.
func (j *Journal) clear(cells []gradegrid.Pos) error {
	changes := make([]gradegrid.Change, len(cells))
	for i, p := range cells {
		changes[i] = gradegrid.Change{Pos: p}
	}
	return j.put(changes...)
}

// fill writes many values in one step; over other values only after asking.
func (j *Journal) fill(changes []gradegrid.Change, over bool) error {
	if !over {
		return j.put(changes...)
	}
	j.ask(changes)
	return nil
}

// put writes values as one commit and paints what follows from them. Results
// go one by one: each is a decision of its own.
func (j *Journal) put(changes ...gradegrid.Change) error {
	switch {
	case j.page.Asking:
		j.request(changes)
		return fault.New(fault.TermClosed, j.page.Reading)
	case j.page.Reading != "":
		return fault.New(fault.Forbidden, j.page.Reading)
	}
	err := j.putAll(changes)
	if fault.CodeOf(err) == fault.TermClosed { // of a single column, or just now
		j.request(changes)
	}
	return err
}

func (j *Journal) putAll(changes []gradegrid.Change) error {
	var edits []desk.CellEdit
	for _, c := range changes {
		s := j.view.spots[c.Col]
		if s.lesson < 0 {
			if err := j.putResult(c.Row, s, c.Value.Marks); err != nil {
				return err
			}
			continue
		}
		seen := j.page.Rows[c.Row].Cells[s.lesson]
		edits = append(edits, desk.CellEdit{Seen: seen, Want: withValue(seen, c.Value)})
	}
	if err := j.putCells(edits); err != nil {
		return err
	}
	for _, c := range changes {
		j.repaint(c.Row)
	}
	j.after()
	return nil
}

// putCells writes cells and keeps what now stands in them.
func (j *Journal) putCells(edits []desk.CellEdit) error {
	if len(edits) == 0 {
		return nil
	}
	made, err := j.desk.PutCells(j.ctx, edits...)
	if err != nil || made == nil {
		return err
	}
	late := j.desk.Roster().Rules().LateDays
	for _, e := range edits {
		e.Want.State = journal.Unsent
		if int(j.desk.Today()-e.Want.Date) > late {
			e.Want.State |= journal.Late
		}
		for i := range j.page.Rows {
			if j.page.Rows[i].Pupil.ID != e.Want.Pupil {
				continue
			}
			for k, c := range j.page.Rows[i].Cells {
				if j.page.Columns[k].IsLesson() && c.Key() == e.Want.Key() {
					j.page.Rows[i].Cells[k] = e.Want
				}
			}
			j.desk.Reckon(j.page, &j.page.Rows[i])
		}
	}
	return nil
}

func (j *Journal) putResult(row int, s spot, value string) error {
	e := j.result(row, s, value)
	if _, err := j.desk.PutTermMark(j.ctx, e.Seen, e.Want); err != nil {
		return err
	}
	e.Want.State = journal.Unsent
	j.page.Rows[row].Results[s.period] = e.Want
	return nil
}

// repaint shows a row as the page has it now; only cells that differ are drawn.
func (j *Journal) repaint(row int) {
	m := j.grid.Model()
	for col := range j.view.spots {
		m.SetCell(row, col, j.view.cell(j.page, j.desk, row, col))
	}
	j.grid.Redraw()
}

// after brings what stands around the grid up to date after a change.
func (j *Journal) after() {
	j.banner.undoable()
	j.panel.show()
}

// undo takes back the person's last step and goes to where it was.
func (j *Journal) undo() { j.takeBack(j.desk.Undo(j.ctx)) }

// redo brings it again.
func (j *Journal) redo() { j.takeBack(j.desk.Redo(j.ctx)) }

func (j *Journal) takeBack(made *commit.Commit, err error) {
	switch {
	case err != nil:
		j.host.Say(fault.TextOf(err))
	case made != nil:
		if p, ok := placeOf(made); ok {
			j.host.Go(p)
		}
	}
	j.banner.undoable()
}

// placeOf is where a commit changed something first.
func placeOf(c *commit.Commit) (Place, bool) {
	for _, e := range c.Edits {
		spec := journal.SpecOf(e.Kind)
		if spec == nil {
			continue
		}
		parts, err := spec.Parts(e.Key)
		if err != nil {
			continue
		}
		p := Place{}
		for i, part := range spec.Key {
			switch part.Name {
			case "page":
				copy(p.Page[:], parts[i].Bytes())
			case "pupil":
				copy(p.Pupil[:], parts[i].Bytes())
			case "day":
				p.Date = parts[i].Date()
			case "number":
				p.Number = int(parts[i].Int())
			case "period":
				p.Period = journal.Period(parts[i].Int())
			}
		}
		if !p.Page.IsZero() {
			return p, true
		}
	}
	return Place{}, false
}

// goTo puts the cursor on a place of the page that is shown.
func (j *Journal) goTo(p Place) {
	at := j.grid.Model().Cursor()
	for i, r := range j.page.Rows {
		if r.Pupil.ID == p.Pupil {
			at.Row = i
		}
	}
	for col, s := range j.view.spots {
		switch {
		case p.Period != 0 && s.period == p.Period:
			at.Col = col
		case p.Date != 0 && s.lesson >= 0:
			l := j.page.Columns[s.lesson].Lesson
			if l.Date == p.Date && (p.Number == 0 || l.Number == p.Number) {
				at.Col = col
			}
		}
	}
	j.grid.Select(at.Row, at.Col)
}
