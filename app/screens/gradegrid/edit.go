package gradegrid

import "slices"

const longestEdit = 8 // runes; «осв» and «оп 5/4» fit

// An edit is a cell being edited in place.
type edit struct {
	text  []rune
	caret int
}

// Open opens the cursor's cell: the screen may take it over, else it is edited
// in place.
func (m *Model) Open() {
	if m.empty() || m.OnOpen != nil && m.OnOpen(m.cur.Row, m.cur.Col) {
		return
	}
	var text []rune
	if c := m.sheet.Cell(m.cur); !c.Empty() {
		text = []rune(c.String())
	}
	m.far = m.cur
	m.edit = &edit{text: text, caret: len(text)}
}

func (m *Model) editRune(r rune) {
	m.forgive()
	e := m.edit
	switch {
	case secondMark(r):
		r = '/'
	case r != ' ':
		r = letter(r)
	}
	if r < ' ' || len(e.text) >= longestEdit {
		return
	}
	e.text = slices.Insert(e.text, e.caret, r)
	e.caret++
}

func (m *Model) editKey(k Key, mod Mod) {
	m.forgive()
	e := m.edit
	switch k {
	case Escape:
		m.edit = nil
	case Left:
		e.caret = max(e.caret-1, 0)
	case Right:
		e.caret = min(e.caret+1, len(e.text))
	case Home:
		e.caret = 0
	case End:
		e.caret = len(e.text)
	case Backspace:
		if e.caret > 0 {
			e.caret--
			e.text = slices.Delete(e.text, e.caret, e.caret+1)
		}
	case Delete:
		if e.caret < len(e.text) {
			e.text = slices.Delete(e.text, e.caret, e.caret+1)
		}
	case Enter:
		if m.endEdit() {
			m.advance(step(mod))
		}
	case Tab, Up, Down, PageUp, PageDown, Today:
		if m.endEdit() {
			m.move(k, pick(k == Tab, mod, mod&^Shift))
		}
	default: // other keys wait until the edit is over
	}
}

// endEdit enters the edited text. It returns false and goes on editing when
// the text is no value of the column or was refused.
func (m *Model) endEdit() bool {
	a := m.alphabet()
	v, ok := a.Parse(string(m.edit.text))
	if !ok {
		m.refuse(a.Reason())
		return false
	}
	e := m.edit
	m.edit = nil
	old := m.sheet.Cell(m.cur)
	switch {
	case v == old.Value, v.IsZero() && old.Empty():
		return true
	case v.IsZero():
		return m.clearCells([]Pos{m.cur})
	}
	if !m.put(m.cur, v) {
		m.edit = e
		return false
	}
	return true
}
