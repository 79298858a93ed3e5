package gradegrid

import "strings"

// Find puts the cursor on the next pupil, from row on and round, whose surname
// begins with query, else whose given name does. Letter case, ё and the layout
// of the keyboard do not matter: «bdfyjd» finds Иванов. It reports whether
// there is one.
func (m *Model) Find(query string, row int) bool {
	query = fold(strings.TrimSpace(query))
	if query == "" || m.empty() {
		return false
	}
	queries := []string{query, retype(query, toCyrillic), retype(query, toLatin)}
	for _, name := range []func(Row) string{Row.FullName, func(r Row) string { return r.Name }} {
		for i := range m.sheet.Rows {
			at := ((row+i)%len(m.sheet.Rows) + len(m.sheet.Rows)) % len(m.sheet.Rows)
			for _, q := range queries {
				if strings.HasPrefix(fold(name(m.sheet.Rows[at])), fold(q)) {
					m.drop()
					m.moveTo(Pos{at, m.cur.Col})
					return true
				}
			}
		}
	}
	return false
}

// FindNext goes on from the row below the cursor.
func (m *Model) FindNext(query string) bool { return m.Find(query, m.cur.Row+1) }

func fold(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ё", "е") }

// retype returns what the same keys would have typed in the other layout.
func retype(s string, layout map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if other, ok := layout[r]; ok {
			return other
		}
		return r
	}, s)
}
