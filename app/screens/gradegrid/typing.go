package gradegrid

import (
	"strings"
	"unicode/utf8"

	"uchitelskaya/assets"
)

// Rune takes a typed character.
func (m *Model) Rune(r rune) {
	if m.empty() {
		return
	}
	if m.edit != nil {
		m.editRune(r)
		return
	}
	if m.swallow != "" {
		first, size := utf8.DecodeRuneInString(m.swallow)
		if letter(r) == first {
			m.swallow = m.swallow[size:]
			return
		}
		m.swallow = ""
	}
	m.forgive()
	m.far = m.cur
	if m.second {
		m.secondMark(r)
		return
	}
	if m.typed != "" {
		next := m.typed + m.letterHere(r)
		if n, _, _ := m.alphabet().matches(next); n > 0 {
			m.match(next)
			return
		}
		if !m.finish(1) {
			return
		}
	}
	m.typeFresh(r)
}

// finish enters the word that is being typed if it is whole, moves by so many
// rows and reports true. Otherwise nothing is entered and the key is refused.
func (m *Model) finish(by int) bool {
	a, word := m.alphabet(), m.typed
	m.typed = ""
	if _, first, whole := a.matches(word); whole {
		return m.enter(a.value(first), by)
	}
	m.refuse(a.Reason())
	return false
}

// typeFresh takes the first character in a cell.
func (m *Model) typeFresh(r rune) {
	back := m.marked
	m.marked.Row = -1
	switch {
	case r == ' ' && m.Attendance:
		m.nextAttendance()
	case secondMark(r) && !m.alphabet().result:
		m.beginSecond(back)
	default:
		m.match(m.letterHere(r))
	}
}

// match does what the letters typed so far ask for.
func (m *Model) match(typed string) {
	a := m.alphabet()
	n, first, _ := a.matches(typed)
	m.typed = ""
	switch n {
	case 0:
		m.refuse(a.Reason())
	case 1:
		if m.enter(a.value(first), 1) {
			m.swallow = rest(first, typed)
		}
	default:
		m.typed = typed
	}
}

// letterHere is r as a letter of the column's words.
func (m *Model) letterHere(r rune) string {
	if secondMark(r) {
		return "/"
	}
	return string(letter(r))
}

// enter writes a value typed into the cursor's cell and moves by so many rows.
func (m *Model) enter(v Value, by int) bool {
	old := m.sheet.Cell(m.cur).Value
	if !m.alphabet().result {
		switch {
		case v.Code == "" && old.Code == "оп":
			v.Code = "оп"
		case v.Code == "оп":
			v.Marks = old.Marks
		}
	}
	at := m.cur
	if !m.put(at, v) {
		return false
	}
	if by != 0 {
		m.advance(by)
	}
	if len(v.Marks) == 1 {
		m.marked = at
	}
	return true
}

// beginSecond waits for a second mark: in the cell just given one, or in the
// cursor's cell.
func (m *Model) beginSecond(back Pos) {
	if back.Row >= 0 {
		m.moveTo(back)
	}
	switch marks := m.sheet.Cell(m.cur).Marks; {
	case marks == "":
		m.refuse(assets.T("grid.nomark"))
	case strings.Contains(marks, "/"):
		m.refuse(assets.T("grid.twomarks"))
	default:
		m.second = true
	}
}

func (m *Model) secondMark(r rune) {
	m.second = false
	if r < '1' || r > '5' {
		m.refuse(m.alphabet().Reason())
		return
	}
	v := m.sheet.Cell(m.cur).Value
	v.Marks += "/" + string(r)
	if m.put(m.cur, v) {
		m.advance(1)
	}
}

func (m *Model) nextAttendance() {
	v := m.sheet.Cell(m.cur).Value
	switch v.Code {
	case "":
		v.Code = "н"
	case "н":
		v.Code = "оп"
	default:
		v.Code = ""
	}
	if m.alphabet().result {
		m.refuse(m.alphabet().Reason())
		return
	}
	m.put(m.cur, v)
}

// settle ends what is half typed before another key acts: a whole word is
// entered, the wait for a second mark is given up. It returns false when the
// key must not act.
func (m *Model) settle(by int) bool {
	m.second = false
	if m.typed == "" {
		return true
	}
	return m.finish(by)
}

// Blur ends what is half typed when the grid loses the keys: a whole word is
// entered where it was typed, anything else is forgotten.
func (m *Model) Blur() {
	if m.edit == nil && m.typed != "" {
		m.finish(0)
	}
	m.drop()
}
