package gradegrid

// A Key is a key that is no character.
type Key uint8

// The keys.
const (
	Up Key = iota
	Down
	Left
	Right
	Home
	End
	PageUp
	PageDown
	Enter
	Tab
	Escape
	Backspace
	Delete
	Edit       // F2
	Today      // F4, Ctrl+End
	AddComment // Alt+Enter
	FillDown   // Ctrl+D
	FillRight  // Ctrl+R
	All        // Ctrl+A
	Copy
	Cut
	Undo
	Redo
	Find // Ctrl+F
)

// Mod are the keys held down with another.
type Mod uint8

// The modifiers.
const (
	Shift Mod = 1 << iota
	Ctrl
)

// Key takes a key. Anything half typed is settled first, as the package
// comment says.
func (m *Model) Key(k Key, mod Mod) {
	if m.empty() {
		return
	}
	if m.edit != nil {
		m.editKey(k, mod)
		return
	}
	m.swallow, m.marked.Row = "", -1
	m.forgive()
	if m.typed != "" || m.second {
		switch k {
		case Escape, Backspace:
			m.drop()
			return
		case Enter:
			if m.second {
				m.second = false
				break
			}
			m.finish(step(mod))
			return
		}
		if !m.settle(1) {
			return
		}
		m.marked.Row = -1
	}
	if m.move(k, mod) {
		return
	}
	m.act(k, mod)
}

func step(mod Mod) int {
	if mod&Shift != 0 {
		return -1
	}
	return 1
}

// move does the keys that move the cursor, or the far corner with Shift.
func (m *Model) move(k Key, mod Mod) bool {
	p := m.cur
	extend := mod&Shift != 0
	if extend && k != Enter && k != Tab {
		p = m.far
	}
	edge := mod&Ctrl != 0
	switch k {
	case Up:
		p.Row = pick(edge, 0, p.Row-1)
	case Down:
		p.Row = pick(edge, len(m.sheet.Rows)-1, p.Row+1)
	case PageUp:
		p.Row -= max(m.Page, 1)
	case PageDown:
		p.Row += max(m.Page, 1)
	case Left:
		p.Col = pick(edge, 0, m.beside(p.Col, -1))
	case Right:
		p.Col = pick(edge, m.sheet.Width()-1, m.beside(p.Col, 1))
	case Home:
		p.Col = 0
		if edge {
			p.Row = 0
		}
	case End:
		p.Col = m.sheet.Width() - 1
		if edge {
			p.Col = m.sheet.Today()
		}
	case Today:
		p.Col = m.sheet.Today()
	case Enter:
		p.Row += step(mod)
		extend = false
	case Tab:
		p.Col = m.beside(p.Col, step(mod))
		extend = false
	default:
		return false
	}
	if extend {
		m.far = m.clamp(p)
	} else {
		m.moveTo(p)
	}
	return true
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

// beside returns the next column where the cursor may stand; col at the edge.
func (m *Model) beside(col, by int) int {
	for c := col + by; c >= 0 && c < m.sheet.Width(); c += by {
		if m.sheet.Column(c).Kind != Average {
			return c
		}
	}
	return col
}

// act does the keys that change something or call the screen.
func (m *Model) act(k Key, mod Mod) {
	switch k {
	case Escape:
		m.far = m.cur
	case Backspace, Delete:
		m.clear()
	case Edit:
		m.Open()
	case FillDown:
		m.fillDown(mod&Shift != 0)
	case FillRight:
		m.fillRight(mod&Shift != 0)
	case All:
		m.far = Pos{len(m.sheet.Rows) - 1, m.cur.Col}
		m.cur.Row = 0
	case Copy, Cut:
		if m.OnCopy != nil {
			m.OnCopy(m.text())
		}
		if k == Cut {
			m.clear()
		}
	case Undo:
		call(m.OnUndo)
	case Redo:
		call(m.OnRedo)
	case Find:
		call(m.OnFind)
	case AddComment:
		if m.OnComment != nil {
			m.OnComment(m.cur.Row, m.cur.Col)
		}
	}
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// Paste takes text from the clipboard.
func (m *Model) Paste(text string) {
	if m.empty() || m.edit != nil || !m.settle(1) || m.OnPaste == nil {
		return
	}
	m.drop()
	from, _ := m.Block()
	m.OnPaste(from.Row, from.Col, text)
}

// Click puts the cursor on p; with Shift it stretches the block to p.
func (m *Model) Click(p Pos, mod Mod) {
	if m.empty() || p == m.cur && mod == 0 && (m.edit != nil || m.typed != "") {
		return
	}
	m.Leave()
	if mod&Shift != 0 {
		m.far = m.clamp(p)
		return
	}
	m.moveTo(p)
}

// Drag stretches the block to p.
func (m *Model) Drag(p Pos) { m.Click(p, Shift) }

// Leave ends what is half typed before the mouse acts: an edit is entered if
// it can be, a whole word is entered in its cell.
func (m *Model) Leave() {
	if m.edit != nil {
		m.endEdit()
	}
	m.Blur()
}
