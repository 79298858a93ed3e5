package gradegrid

import (
	"strings"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/assets"
)

// A Model is the state of the grid between two keys. See the package comment
// for the typing rules. It is not safe for use from several goroutines.
type Model struct {
	Callbacks
	// Attendance makes Space go round: present, absent, late.
	Attendance bool
	// Away draws the cursor quietly: the keys go elsewhere now.
	Away bool
	// Page is the number of whole rows in view, for PageUp and PageDown.
	Page int

	sheet      Sheet
	generation int // counts sheets, for the painter

	cur Pos // the cell that takes the keys
	far Pos // the other corner of the selected block; cur when there is none

	typed   string // letters of a word that may go on
	second  bool   // the next digit is a second mark
	swallow string // letters already completed for the person
	marked  Pos    // the cell just given a mark, for «/»; row -1: none
	refused string // why the last key was refused
	edit    *edit  // editing in place
}

// NewModel returns a model of an empty sheet.
func NewModel(cb Callbacks) *Model {
	return &Model{Callbacks: cb, Page: 10, marked: Pos{Row: -1}}
}

// SetSheet shows another state of the page. The cursor stays on its pupil and
// lesson if they are still there, and what is half typed stays too. On the
// first sheet, and after Forget, the cursor goes to the first row of today's
// column.
func (m *Model) SetSheet(s Sheet) {
	old := m.sheet
	m.sheet = s.normal()
	m.generation++
	if len(old.Rows) == 0 {
		m.cur = m.clamp(Pos{0, m.sheet.Today()})
		m.far = m.cur
		return
	}
	cur, stays := m.sheet.find(&old, m.cur)
	if !stays {
		m.drop()
	}
	m.cur = m.clamp(cur)
	if m.far, stays = m.sheet.find(&old, m.far); !stays {
		m.far = m.cur
	}
	m.far, m.marked.Row = m.clamp(m.far), -1
}

// Forget empties the grid, so that the next sheet is a first one.
func (m *Model) Forget() {
	m.drop()
	m.sheet, m.cur, m.far = Sheet{}, Pos{}, Pos{}
	m.generation++
}

// Sheet returns the sheet that is shown. Its cells are the model's own.
func (m *Model) Sheet() *Sheet { return &m.sheet }

// SetCell changes one cell that somebody else changed, or its flags.
func (m *Model) SetCell(row, col int, c Cell) {
	if row >= 0 && row < len(m.sheet.Rows) && col >= 0 && col < m.sheet.Width() {
		m.sheet.Cells[row][col] = c
	}
}

// SetCells gives cells values and keeps their flags.
func (m *Model) SetCells(changes []Change) {
	for _, c := range changes {
		cell := m.sheet.Cell(c.Pos)
		cell.Value = c.Value
		m.SetCell(c.Row, c.Col, cell)
	}
}

// Cursor returns the cell that takes the keys.
func (m *Model) Cursor() Pos { return m.cur }

// Block returns the selected block, both corners included.
func (m *Model) Block() (from, to Pos) {
	return Pos{min(m.cur.Row, m.far.Row), min(m.cur.Col, m.far.Col)},
		Pos{max(m.cur.Row, m.far.Row), max(m.cur.Col, m.far.Col)}
}

// Refused returns why the last key was refused; empty when it was not.
func (m *Model) Refused() string { return m.refused }

// Typing returns the text that stands in the cursor's cell while a word or an
// edit is not finished, with the place of the caret in runes.
func (m *Model) Typing() (text string, caret int, ok bool) {
	switch {
	case m.edit != nil:
		return string(m.edit.text), m.edit.caret, true
	case m.second:
		text = m.sheet.Cell(m.cur).String() + "/"
	case m.typed != "":
		text = m.typed
	default:
		return "", 0, false
	}
	return text, len([]rune(text)), true
}

// Select puts the cursor on p as far as that can be.
func (m *Model) Select(p Pos) { m.moveTo(p) }

func (m *Model) empty() bool { return len(m.sheet.Rows) == 0 || m.sheet.Width() == 0 }

func (m *Model) alphabet() Alphabet { return Of(m.sheet.Column(m.cur.Col).Kind) }

// moveTo puts the cursor on p and ends the selection.
func (m *Model) moveTo(p Pos) {
	p = m.clamp(p)
	moved := p != m.cur
	m.cur, m.far = p, p
	if moved && m.OnMove != nil {
		m.OnMove(p.Row, p.Col)
	}
}

// clamp returns the place nearest to p where the cursor may stand.
func (m *Model) clamp(p Pos) Pos {
	if m.empty() {
		return Pos{}
	}
	p.Row = min(max(p.Row, 0), len(m.sheet.Rows)-1)
	p.Col = min(max(p.Col, 0), m.sheet.Width()-1)
	if m.sheet.Column(p.Col).Kind != Average {
		return p
	}
	for d := 1; d < m.sheet.Width(); d++ {
		for _, col := range []int{p.Col - d, p.Col + d} {
			if col >= 0 && col < m.sheet.Width() && m.sheet.Column(col).Kind != Average {
				return Pos{p.Row, col}
			}
		}
	}
	return p
}

// put writes v at p, or refuses and leaves everything as it is.
func (m *Model) put(p Pos, v Value) bool {
	if !m.sheet.Rows[p.Row].Has(p.Col, len(m.sheet.Columns)) {
		m.refuse(assets.T("grid.away"))
		return false
	}
	if m.sheet.Column(p.Col).Kind == Average {
		m.refuse(assets.T("grid.average"))
		return false
	}
	old := m.sheet.Cells[p.Row][p.Col]
	m.sheet.Cells[p.Row][p.Col] = old.with(m.sheet.Column(p.Col).Kind, v)
	if m.OnEntry == nil {
		return true
	}
	if err := m.OnEntry(p.Row, p.Col, v); err != nil {
		m.SetCell(p.Row, p.Col, old)
		m.refuse(fault.TextOf(err))
		return false
	}
	return true
}

// advance moves down (or up) to the next pupil who belongs to the column.
func (m *Model) advance(by int) {
	for row := m.cur.Row + by; row >= 0 && row < len(m.sheet.Rows); row += by {
		if m.sheet.Rows[row].Has(m.cur.Col, len(m.sheet.Columns)) {
			m.moveTo(Pos{row, m.cur.Col})
			return
		}
	}
	m.far = m.cur
}

func (m *Model) refuse(reason string) {
	m.refused = reason
	if m.OnRefused != nil {
		m.OnRefused(reason)
	}
}

func (m *Model) forgive() {
	if m.refused != "" {
		m.refuse("")
	}
}

// drop forgets what is half typed.
func (m *Model) drop() {
	m.typed, m.second, m.swallow, m.edit, m.marked = "", false, "", nil, Pos{Row: -1}
	m.forgive()
}

// text returns the selected block as tab-separated lines.
func (m *Model) text() string {
	from, to := m.Block()
	var b strings.Builder
	for row := from.Row; row <= to.Row; row++ {
		for col := from.Col; col <= to.Col; col++ {
			if col > from.Col {
				b.WriteByte('\t')
			}
			b.WriteString(m.sheet.Cell(Pos{row, col}).String())
		}
		b.WriteByte('\n')
	}
	return b.String()
}
