package gradegrid_test

import (
	"fmt"
	"strings"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/gradegrid"
)

// class returns an empty page of so many pupils and lessons, with today in the
// middle, and an average and a result at the right.
func class(rows, lessons int) gradegrid.Sheet {
	var s gradegrid.Sheet
	for i := range rows {
		s.Rows = append(s.Rows, gradegrid.Row{No: itoa(i + 1), Surname: fmt.Sprintf("Ученик%02d", i+1), Name: "Имя"})
	}
	for i := range lessons {
		s.Columns = append(s.Columns, gradegrid.Column{Month: "Ноябрь", Day: itoa(i + 1), Today: i == lessons/2, Future: i > lessons/2})
	}
	s.Right = []gradegrid.Column{{Kind: gradegrid.Average, Day: "Сред-\nний"}, {Kind: gradegrid.Period, Day: "II"}}
	return s
}

// A desk notes what the grid tells.
type desk struct {
	*gradegrid.Model
	entries []string // «row:col value»
	reasons []string
	refuse  bool
}

func newDesk(s gradegrid.Sheet) *desk {
	d := &desk{}
	d.Model = gradegrid.NewModel(gradegrid.Callbacks{
		OnEntry: func(row, col int, v gradegrid.Value) error {
			if d.refuse {
				return fault.New(fault.TermClosed, "I четверть закрыта.")
			}
			d.entries = append(d.entries, fmt.Sprintf("%d:%d %s", row, col, v))
			return nil
		},
		OnRefused: func(reason string) { d.reasons = append(d.reasons, reason) },
	})
	d.SetSheet(s)
	return d
}

// The keys of a script; everything else is typed.
var scriptKeys = map[string]gradegrid.Key{
	"Enter": gradegrid.Enter, "Tab": gradegrid.Tab, "Esc": gradegrid.Escape, "Up": gradegrid.Up, "Down": gradegrid.Down,
	"Left": gradegrid.Left, "Right": gradegrid.Right, "Del": gradegrid.Delete, "Back": gradegrid.Backspace, "F2": gradegrid.Edit,
	"Home": gradegrid.Home, "End": gradegrid.End, "PgUp": gradegrid.PageUp, "PgDn": gradegrid.PageDown, "F4": gradegrid.Today,
	"Fill": gradegrid.FillDown, "All": gradegrid.All, "Copy": gradegrid.Copy, "FillRight": gradegrid.FillRight,
}

// do plays a script: words with spaces between; «S+» is Shift, «C+» Ctrl, «␣»
// the key Space.
func (d *desk) do(script string) {
	for _, word := range strings.Fields(script) {
		var mod gradegrid.Mod
		for {
			if rest, ok := strings.CutPrefix(word, "S+"); ok {
				word, mod = rest, mod|gradegrid.Shift
			} else if rest, ok := strings.CutPrefix(word, "C+"); ok {
				word, mod = rest, mod|gradegrid.Ctrl
			} else {
				break
			}
		}
		if k, ok := scriptKeys[word]; ok {
			d.Key(k, mod)
			continue
		}
		for _, r := range strings.ReplaceAll(word, "␣", " ") {
			d.Rune(r)
		}
	}
}

// column returns the values of a column down to the last one.
func (d *desk) column(col int) string {
	var all []string
	for row := range d.Sheet().Rows {
		v := d.Sheet().Cell(gradegrid.Pos{Row: row, Col: col}).String()
		if v == "" {
			v = "·"
		}
		all = append(all, v)
	}
	return strings.TrimRight(strings.Join(all, " "), "· ")
}

func TestMoving(t *testing.T) {
	for name, tt := range map[string]struct {
		keys     string
		row, col int
	}{
		"it begins at today":                  {"", 0, 2},
		"arrows":                              {"Down Down Right Left Left Up", 1, 1},
		"Enter down":                          {"Enter Enter", 2, 2},
		"Shift+Enter up":                      {"Down Down S+Enter", 1, 2},
		"Tab right":                           {"Tab", 0, 3},
		"Shift+Tab left":                      {"S+Tab", 0, 1},
		"no way over the edges":               {"C+Up Up C+Left Left", 0, 0},
		"the average is skipped":              {"Right Right Right", 0, 6},
		"and on the way back":                 {"End Left", 0, 4},
		"Tab reaches the result":              {"Tab Tab Tab Tab", 0, 6},
		"Ctrl+Home is the first cell":         {"Down C+Home", 0, 0},
		"Ctrl+End is today":                   {"Down Home C+End", 1, 2},
		"F4 is today":                         {"Down Home F4", 1, 2},
		"Home and End are the ends of a row":  {"Down End", 1, 6},
		"Ctrl+arrows go to the edges":         {"C+Down C+Right", 11, 6},
		"PageDown and PageUp move by a page":  {"PgDn", 10, 2},
		"PageUp stops at the first row":       {"Down Down PgUp", 0, 2},
		"Shift+arrows leave the cursor":       {"S+Down S+Right", 0, 2},
		"a mark in the last row stays there":  {"C+Down 5", 11, 2},
		"a mark leaves the selection":         {"S+Down S+Down 5", 1, 2},
		"Down goes through a pupil who left":  {"C+Down Up Up Up Down", 9, 2},
		"a mark goes past a pupil who left":   {"C+Down Up Up Up 5", 10, 2},
		"Select all takes the column":         {"Down Down All", 0, 2},
		"Esc ends the selection and no more":  {"Down S+Down Esc", 1, 2},
		"editing with arrows moves the caret": {"5 Up F2 Left Right Home End Enter", 1, 2},
		"editing ends with Tab to the right":  {"5 Up F2 Tab", 0, 3},
		"editing ends with Down":              {"5 Up F2 Down", 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := class(12, 5)
			s.Rows[9].To, s.Rows[9].After = 1, "выбыл"
			d := newDesk(s)
			d.do(tt.keys)
			if got := d.Cursor(); got != (gradegrid.Pos{Row: tt.row, Col: tt.col}) {
				t.Errorf("cursor is at %v; want %d, %d", got, tt.row, tt.col)
			}
		})
	}
}

func TestThirtyMarksInThirtyKeys(t *testing.T) {
	d := newDesk(class(30, 40))
	for i := range 30 {
		d.Rune(rune('1' + i%5))
	}
	if len(d.entries) != 30 {
		t.Errorf("%d entries; want 30", len(d.entries))
	}
	if got := d.Cursor(); got.Row != 29 {
		t.Errorf("cursor is in row %d; want the last", got.Row)
	}
	if len(d.reasons) != 0 {
		t.Errorf("refused: %v", d.reasons)
	}
}

func TestARefusalLeavesTheCell(t *testing.T) {
	d := newDesk(class(3, 5))
	d.do("4 Up")
	d.refuse = true
	d.do("5")
	if got := d.column(2); got != "4" {
		t.Errorf("column is %q", got)
	}
	if got := d.Refused(); got != "I четверть закрыта." {
		t.Errorf("refused is %q", got)
	}
	if d.Cursor().Row != 0 {
		t.Error("the cursor moved on")
	}
	d.do("Del")
	if got := d.column(2); got != "" { // clearing has its own callback, which is not set here
		t.Errorf("column is %q", got)
	}
	if got := d.reasons; len(got) != 2 || got[1] != "" {
		t.Errorf("reasons are %q; want one and then its end", got)
	}
}

func TestNobodyEntersWhereThePupilIsNot(t *testing.T) {
	s := class(3, 5)
	s.Rows[0].To = 2
	d := newDesk(s)
	d.do("5")
	if len(d.entries) != 0 || d.Refused() == "" {
		t.Errorf("entries %v, refused %q", d.entries, d.Refused())
	}
	d.Select(gradegrid.Pos{Row: 0, Col: 6})
	d.do("3")
	if got := d.column(6); got != "3" {
		t.Errorf("the result is %q; a pupil who left has one", got)
	}
}

func TestALostFocusEntersAWholeWordOnly(t *testing.T) {
	d := newDesk(class(3, 5))
	d.do("н")
	d.Blur()
	if got := d.column(2); got != "н" || d.Cursor().Row != 0 {
		t.Errorf("column is %q, cursor %v", got, d.Cursor())
	}
	d.do("Down о")
	d.Blur()
	if got := d.column(2); got != "н" {
		t.Errorf("column is %q", got)
	}
	if d.Refused() != "" {
		t.Errorf("refused is %q", d.Refused())
	}
}

func TestAttendanceGoesRound(t *testing.T) {
	d := newDesk(class(3, 5))
	d.Attendance = true
	var got []string
	for range 3 {
		d.Rune(' ')
		got = append(got, d.Sheet().Cell(d.Cursor()).Code)
	}
	if strings.Join(got, ",") != "н,оп," {
		t.Errorf("codes are %q", got)
	}
}
