package gradegrid

import (
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/assets"
)

// clear empties the cells of the block.
func (m *Model) clear() {
	var cells []Pos
	from, to := m.Block()
	for row := from.Row; row <= to.Row; row++ {
		for col := from.Col; col <= to.Col; col++ {
			p := Pos{row, col}
			if !m.sheet.Cell(p).Empty() && m.sheet.Column(col).Kind != Average {
				cells = append(cells, p)
			}
		}
	}
	m.clearCells(cells)
}

func (m *Model) clearCells(cells []Pos) bool {
	if len(cells) == 0 {
		return true
	}
	old := make([]Cell, len(cells))
	for i, p := range cells {
		old[i] = m.sheet.Cell(p)
		m.sheet.Cells[p.Row][p.Col].Value = Value{}
	}
	if m.OnClear == nil {
		return true
	}
	if err := m.OnClear(cells); err != nil {
		for i, p := range cells {
			m.SetCell(p.Row, p.Col, old[i])
		}
		m.refuse(fault.TextOf(err))
		return false
	}
	return true
}

// fillDown repeats the first row of the block in its other rows; a block of
// one row is filled down to the end of the class.
func (m *Model) fillDown(over bool) {
	from, to := m.Block()
	if from.Row == to.Row {
		to.Row = len(m.sheet.Rows) - 1
	}
	m.fill(from, to, over, func(p Pos) Pos { return Pos{from.Row, p.Col} })
}

// fillRight repeats the first column of the block in its other columns; a
// block of one column is filled as far as today.
func (m *Model) fillRight(over bool) {
	from, to := m.Block()
	if from.Col == to.Col {
		to.Col = max(from.Col, m.sheet.Today())
	}
	m.fill(from, to, over, func(p Pos) Pos { return Pos{p.Row, from.Col} })
}

// fill asks for the values of the sources in the other cells of a block: in
// the empty ones, with over in all of them. Closed cells, other kinds of
// columns and pupils who are not there are left out.
func (m *Model) fill(from, to Pos, over bool, source func(Pos) Pos) {
	var changes []Change
	covers, found := false, false
	for row := from.Row; row <= to.Row; row++ {
		for col := from.Col; col <= to.Col; col++ {
			p := Pos{row, col}
			s := source(p)
			from, old := m.sheet.Cell(s), m.sheet.Cell(p)
			if from.Empty() {
				continue
			}
			v := from.Value
			found = true
			if p == s || !m.open(p) || m.sheet.Column(col).Kind != m.sheet.Column(s.Col).Kind ||
				!old.Empty() && old.Value == v {
				continue
			}
			if !old.Empty() {
				if !over {
					continue
				}
				covers = true
			}
			changes = append(changes, Change{p, v})
		}
	}
	switch {
	case !found:
		m.refuse(assets.T("grid.nothing"))
	case len(changes) > 0 && m.OnFill != nil:
		if err := m.OnFill(changes, covers); err != nil {
			m.refuse(fault.TextOf(err))
		}
	}
}

// open reports whether a block command may write at p.
func (m *Model) open(p Pos) bool {
	c := m.sheet.Column(p.Col)
	return c.Kind != Average && !c.Closed && m.sheet.Cell(p).Flags&Locked == 0 &&
		m.sheet.Rows[p.Row].Has(p.Col, len(m.sheet.Columns))
}
