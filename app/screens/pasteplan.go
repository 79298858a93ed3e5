package screens

import (
	"strings"
	"unicode"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/gradegrid"
)

// A pastePlan is what a copied table would do to a page. Nothing is guessed:
// what is not clear is left for the person or left out.
type pastePlan struct {
	changes []gradegrid.Change
	over    int        // of them stand over other values
	named   bool       // the first column held names
	matched int        // rows whose pupil is clear
	unknown []string   // names that nobody on the page has
	choose  []pasteRow // names that several have
	refused []string   // «Жук Алёна: 7»
}

// A pasteRow is a row of the table whose pupil is still to be named.
type pasteRow struct {
	name   string
	values []string
	rows   []int // of the page, who it may be
}

// planPaste reads a table with its corner at a cell. When its first column
// holds names, the rows go to the pupils of these names wherever they stand.
func planPaste(p *desk.Page, v view, m *gradegrid.Sheet, row, col int, table [][]string) pastePlan {
	plan := pastePlan{named: hasNames(table)}
	for i, line := range table {
		if !plan.named {
			if row+i < len(p.Rows) {
				plan.put(v, m, row+i, col, line)
			}
			continue
		}
		if line[0] == "" {
			continue
		}
		switch rows := namesakes(p, line[0]); len(rows) {
		case 0:
			plan.unknown = append(plan.unknown, line[0])
		case 1:
			plan.matched++
			plan.put(v, m, rows[0], col, line[1:])
		default:
			plan.choose = append(plan.choose, pasteRow{name: line[0], values: line[1:], rows: rows})
		}
	}
	return plan
}

// put adds the values of one row. Empty fields change nothing.
func (plan *pastePlan) put(v view, m *gradegrid.Sheet, row, col int, values []string) {
	for k, value := range values {
		at := gradegrid.Pos{Row: row, Col: col + k}
		if value == "" || at.Col >= len(v.spots) {
			continue
		}
		kind := m.Column(at.Col).Kind
		got, ok := gradegrid.Of(kind).Parse(value)
		if !ok || kind == gradegrid.Average || !m.Rows[row].Has(at.Col, len(m.Columns)) {
			plan.refused = append(plan.refused, m.Rows[row].FullName()+": "+value)
			continue
		}
		old := m.Cell(at)
		if !old.Empty() && old.Value == got {
			continue
		}
		if !old.Empty() {
			plan.over++
		}
		plan.changes = append(plan.changes, gradegrid.Change{Pos: at, Value: got})
	}
}

// clear reports whether the plan can be done without asking.
func (plan pastePlan) clear() bool {
	return !plan.named && plan.over == 0 && len(plan.refused) == 0
}

// hasNames reports whether most fields of the first column are words that no
// cell takes.
func hasNames(table [][]string) bool {
	names, all := 0, 0
	for _, line := range table {
		if line[0] == "" {
			continue
		}
		all++
		if _, value := gradegrid.Lessons.Parse(line[0]); !value && letters(line[0]) >= 3 {
			names++
		}
	}
	return all > 0 && 2*names > all && len(table) > 0
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// namesakes are the pupils of the page with a name: surname and given name
// when both are given, else all with the surname.
func namesakes(p *desk.Page, name string) []int {
	words := strings.Fields(journal.Normal(strings.ReplaceAll(name, ".", " ")))
	var out []int
	for i, r := range p.Rows {
		full := strings.Fields(journal.Normal(r.Pupil.Full()))
		if begins(full, words) {
			out = append(out, i)
		}
	}
	return out
}

// begins reports whether the surname is the same and every other word begins
// the name at its place: «Жук А» is Жук Алёна.
func begins(full, words []string) bool {
	if len(words) == 0 || len(words) > len(full) || full[0] != words[0] {
		return false
	}
	for i, w := range words[1:] {
		if !strings.HasPrefix(full[i+1], w) {
			return false
		}
	}
	return true
}
