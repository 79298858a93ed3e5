package gradegrid_test

import (
	"fmt"
	"strings"
	"testing"

	"uchitelskaya/app/screens/gradegrid"
)

func TestFillingLeavesWhatIsThere(t *testing.T) {
	for name, tt := range map[string]struct {
		keys string
		want int
		over bool
	}{
		"down to the end, empty cells only": {"Fill", 24, false},
		"with Shift over everything":        {"S+Fill", 29, true},
		"only the block":                    {"S+Down S+Down S+Down Fill", 2, false},
		"nothing to repeat":                 {"C+Down Fill", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := class(30, 5)
			d := newDesk(s)
			for _, row := range []int{2, 7, 9, 11, 20} {
				d.SetCell(row, 2, gradegrid.Cell{Value: gradegrid.Value{Marks: "3"}})
			}
			d.SetCell(0, 2, gradegrid.Cell{Value: gradegrid.Value{Marks: "5"}})
			calls, got, over := 0, 0, false
			d.OnFill = func(c []gradegrid.Change, o bool) error {
				calls, got, over = calls+1, len(c), o
				for _, one := range c {
					if one.Value.Marks != "5" {
						t.Errorf("fills %v", one)
					}
				}
				d.SetCells(c)
				return nil
			}
			d.do(tt.keys)
			if got != tt.want || over != tt.over {
				t.Errorf("fills %d, over %t; want %d, %t", got, over, tt.want, tt.over)
			}
			if calls > 1 {
				t.Errorf("%d steps; want one", calls)
			}
		})
	}
}

func TestFillingLeavesOutClosedAndAbsent(t *testing.T) {
	s := class(6, 8)
	s.Columns[3].Closed = true
	s.Rows[0].To = 6
	d := newDesk(s)
	d.Select(gradegrid.Pos{Row: 0, Col: 1})
	d.SetCell(0, 1, gradegrid.Cell{Value: gradegrid.Value{Code: "б"}})
	var got []string
	d.OnFill = func(c []gradegrid.Change, _ bool) error {
		for _, one := range c {
			got = append(got, fmt.Sprint(one.Col))
		}
		return nil
	}
	d.do("FillRight") // as far as today, column 4
	if strings.Join(got, " ") != "2 4" {
		t.Errorf("fills columns %v; want 2 and 4", got)
	}
}

func TestABlockIsCopiedAndEmptied(t *testing.T) {
	d := newDesk(class(4, 5))
	var copied string
	var cleared []gradegrid.Pos
	d.OnCopy = func(s string) { copied = s }
	d.OnClear = func(c []gradegrid.Pos) error { cleared = c; return nil }
	d.do("5/4 оп Up 4 Up Up S+Down S+Right Copy Del")
	if copied != "5/4\t\nоп 4\t\n" {
		t.Errorf("copied %q", copied)
	}
	if len(cleared) != 2 || d.column(2) != "" {
		t.Errorf("emptied %v, column is %q", cleared, d.column(2))
	}
}

func TestFinding(t *testing.T) {
	s := class(6, 5)
	for i, name := range []string{"Абрамова Дарья", "Иванов Пётр", "Іваненко Галина", "Ёлкин Иван", "Ahmetov Emil", "Иванова Анна"} {
		s.Rows[i].Surname, s.Rows[i].Name, _ = strings.Cut(name, " ")
	}
	for query, want := range map[string]int{
		"ив":       1,
		"ИВАН":     1,
		"bdfyjd":   1, // Иванов under the Latin layout
		"bdfyjdf":  5,
		"елк":      3,
		"ahm":      4,
		"фрь":      4, // ahm under the Russian layout
		"дарья":    0, // a given name, when no surname begins so
		"иванов п": 1,
		"щ":        -1,
		"":         -1,
	} {
		t.Run(query, func(t *testing.T) {
			d := newDesk(s)
			found := d.Find(query, 0)
			if found != (want >= 0) || found && d.Cursor().Row != want {
				t.Errorf("found %t, row %d; want %d", found, d.Cursor().Row, want)
			}
		})
	}
	d := newDesk(s)
	d.Find("иванов", 0)
	d.FindNext("иванов")
	if d.Cursor().Row != 5 {
		t.Errorf("the next is row %d; want 5", d.Cursor().Row)
	}
	d.FindNext("иванов")
	if d.Cursor().Row != 1 {
		t.Errorf("after the last comes row %d; want 1", d.Cursor().Row)
	}
}

func TestClicking(t *testing.T) {
	d := newDesk(class(6, 5))
	d.do("н")
	d.Click(gradegrid.Pos{Row: 3, Col: 4}, 0)
	if got := d.column(2); got != "н" {
		t.Errorf("the half typed word is %q; want н in its cell", got)
	}
	d.Click(gradegrid.Pos{Row: 5, Col: 2}, gradegrid.Shift)
	from, to := d.Block()
	if from != (gradegrid.Pos{Row: 3, Col: 2}) || to != (gradegrid.Pos{Row: 5, Col: 4}) {
		t.Errorf("block is %v to %v", from, to)
	}
	d.Click(gradegrid.Pos{Row: 99, Col: 5}, 0) // past the end, on the average
	if got := d.Cursor(); got.Row != 5 || got.Col == 5 {
		t.Errorf("cursor is at %v", got)
	}
}

func TestAnotherStateOfThePage(t *testing.T) {
	more := class(6, 6) // a lesson more, and a pupil more at the top
	more.Rows = append([]gradegrid.Row{{Surname: "Абрамова"}}, more.Rows...)
	d := newDesk(class(6, 5))
	d.do("Down Down н")
	d.SetSheet(more)
	if got := d.Cursor(); got != (gradegrid.Pos{Row: 3, Col: 2}) {
		t.Errorf("cursor is at %v; want the same pupil", got)
	}
	d.Click(d.Cursor(), 0)
	d.do("п")
	if got := d.Sheet().Cell(gradegrid.Pos{Row: 3, Col: 2}).String(); got != "нп" {
		t.Errorf("cell is %q; want what was half typed to go on", got)
	}
	d.do("н")
	d.SetSheet(class(2, 5)) // the pupil is gone
	d.do("п")
	if d.Refused() == "" {
		t.Error("half a word went over to another pupil")
	}
	d.Forget()
	d.do("5 Down F2") // nothing is there
	d.SetSheet(class(6, 5))
	if got := d.Cursor(); got != (gradegrid.Pos{Row: 0, Col: 2}) {
		t.Errorf("cursor is at %v; want today", got)
	}
}

func TestParsingValues(t *testing.T) {
	for text, want := range map[string]string{
		"5": "5", " 4 ": "4", "5/4": "5/4", "н": "н", "НБ": "н", "оп": "оп", "оп 4": "оп 4", "ОП\u00a04": "оп 4", "осв": "осв", "": "",
		"7": "?", "0": "?", "зач": "?", "54": "?", "н 4": "?", "4 оп": "?", "5/": "?", "4.0": "?", "оп оп": "?", "о": "?",
	} {
		v, ok := gradegrid.Lessons.Parse(text)
		if got := v.String(); ok && got != want || ok == (want == "?") {
			t.Errorf("Parse(%q) = %q, %t; want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string]string{"н/а": "н/а", "НА": "н/а", "зач": "зач", "осв": "осв", "3": "3", "6": "?", "н": "?", "5/4": "?"} {
		v, ok := gradegrid.Results.Parse(text)
		if got := v.String(); ok && got != want || ok == (want == "?") {
			t.Errorf("Results.Parse(%q) = %q, %t; want %q", text, got, ok, want)
		}
	}
}
