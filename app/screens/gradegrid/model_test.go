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

// do plays a script: words with spaces between; «S+» is Shift, «C+» Ctrl.
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
		for _, r := range word {
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

func TestTyping(t *testing.T) {
	for name, tt := range map[string]struct {
		before, keys string
		want         string // the column
		row          int    // of the cursor
		refused      bool
	}{
		"a mark is entered at once and moves down":       {keys: "5", want: "5", row: 1},
		"б is entered at once":                           {keys: "б", want: "б", row: 1},
		"у can only be уп":                               {keys: "у", want: "уп", row: 1},
		"the п after у is swallowed":                     {keys: "уп5", want: "уп 5", row: 2},
		"у twice is two pupils":                          {keys: "уу", want: "уп уп", row: 2},
		"о waits":                                        {keys: "о", want: "", row: 0},
		"о then п":                                       {keys: "оп", want: "оп", row: 1},
		"о then с, and the в is swallowed":               {keys: "осв5", want: "осв 5", row: 2},
		"ос is осв at once":                              {keys: "ос5", want: "осв 5", row: 2},
		"н waits":                                        {keys: "н", want: "", row: 0},
		"Enter enters н":                                 {keys: "н Enter", want: "н", row: 1},
		"Shift and Enter enter н and go up":              {before: "Down Down", keys: "н S+Enter", want: "· · н", row: 1},
		"н then п":                                       {keys: "нп", want: "нп", row: 1},
		"another character enters н and acts below":      {keys: "н5", want: "н 5", row: 2},
		"н after н":                                      {keys: "нн Enter", want: "н н", row: 2},
		"a refused character still enters н":             {keys: "н6", want: "н", row: 1, refused: true},
		"a movement key enters н, moves down, and moves": {keys: "н Down", want: "н", row: 2},
		"Esc forgets н":                                  {keys: "н Esc", want: "", row: 0},
		"Backspace forgets н":                            {keys: "н Back 5", want: "5", row: 1},
		"о and Enter is no word":                         {keys: "о Enter", want: "", row: 0, refused: true},
		"о and a mark is refused":                        {before: "3 Up", keys: "о5", want: "3", row: 0, refused: true},
		"о and an arrow is refused and stays":            {keys: "о Down", want: "", row: 0, refused: true},
		"the whole alphabet":                             {keys: "5 н 4 н п о п о с у б н Enter", want: "5 н 4 нп оп осв уп б н", row: 9},
		"a mark keeps оп":                                {before: "оп Up", keys: "4", want: "оп 4", row: 1},
		"a mark over оп 4 changes only the mark":         {before: "оп Up 4 Up", keys: "5", want: "оп 5", row: 1},
		"оп keeps the mark":                              {before: "4 Up", keys: "оп", want: "оп 4", row: 1},
		"н replaces the mark":                            {before: "4 Up", keys: "н Enter", want: "н", row: 1},
		"a mark replaces н":                              {before: "н Enter Up", keys: "4", want: "4", row: 1},
		"6 is refused":                                   {before: "4 Up", keys: "6", want: "4", row: 0, refused: true},
		"0 is refused":                                   {before: "4 Up", keys: "0", want: "4", row: 0, refused: true},
		"ж is refused":                                   {before: "4 Up", keys: "ж", want: "4", row: 0, refused: true},
		"the next key forgives":                          {keys: "ж5", want: "5", row: 1},
		"Latin y is н":                                   {keys: "y Enter", want: "н", row: 1},
		"Latin jg is оп":                                 {keys: "jg", want: "оп", row: 1},
		"Latin comma is б":                               {keys: ",", want: "б", row: 1},
		"Latin e is уп and g is swallowed":               {keys: "eg4", want: "уп 4", row: 2},
		"Latin jcd is осв":                               {keys: "jcd4", want: "осв 4", row: 2},
		"capitals are letters too":                       {keys: "НП", want: "нп", row: 1},
		"a second mark right after the first":            {keys: "5/4", want: "5/4", row: 1},
		"the key of the slash in the Russian layout":     {keys: "5.4", want: "5/4", row: 1},
		"a second mark later":                            {before: "5 Up", keys: "/4", want: "5/4", row: 1},
		"a second mark beside оп":                        {before: "оп Up 5 Up", keys: "/4", want: "оп 5/4", row: 1},
		"after a movement the slash is for this cell":    {before: "5 4 Up Up Down", keys: "/3", want: "5 4/3", row: 2},
		"no second mark without a first":                 {keys: "/", want: "", row: 0, refused: true},
		"no third mark":                                  {before: "5/4 Up", keys: "/", want: "5/4", row: 0, refused: true},
		"the second mark must be a mark":                 {before: "5 Up", keys: "/ж", want: "5", row: 0, refused: true},
		"Esc gives up the second mark":                   {before: "5 Up", keys: "/ Esc", want: "5", row: 0},
		"Enter gives up the second mark and moves":       {before: "5 Up", keys: "/ Enter", want: "5", row: 1},
		"Delete empties":                                 {before: "5 Up", keys: "Del", want: "", row: 0},
		"editing: the text is changed":                   {before: "5 Up", keys: "F2 /4 Enter", want: "5/4", row: 1},
		"editing: Esc brings back the old value":         {before: "5 Up", keys: "F2 /4 Esc", want: "5", row: 0},
		"editing: no value is refused and stays open":    {before: "5 Up", keys: "F2 7 Enter", want: "5", row: 0, refused: true},
		"editing: an empty text empties":                 {before: "5 Up", keys: "F2 Back Enter", want: "", row: 1},
		"editing: a code and a mark":                     {keys: "F2 оп Right 4 Enter", want: "оп 4", row: 1, refused: false},
		"Space does nothing outside attendance":          {keys: "5 Up", want: "5", row: 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(class(12, 5))
			d.do(tt.before)
			d.reasons = nil
			if strings.Contains(name, "a code and a mark") {
				d.do("F2")
				for _, r := range "jg 4" {
					d.Rune(r)
				}
				d.do("Enter")
			} else {
				d.do(tt.keys)
			}
			if got := d.column(2); got != tt.want {
				t.Errorf("column is %q; want %q", got, tt.want)
			}
			if got := d.Cursor(); got.Row != tt.row || got.Col != 2 {
				t.Errorf("cursor is at %v; want row %d", got, tt.row)
			}
			if got := d.Refused() != ""; got != tt.refused {
				t.Errorf("refused is %q", d.Refused())
			}
		})
	}
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

func TestResultsAreTypedInPlace(t *testing.T) {
	for keys, want := range map[string]string{
		"5":               "5",
		"н/а":             "н/а",
		"на":              "н/а",
		"yf":              "н/а",
		"н.":              "н/а",
		"н/а 4":           "н/а 4",
		"з":               "зач",
		"зач 5":           "зач 5",
		"не":              "незач",
		"незач 3":         "незач 3",
		"осв 2":           "осв 2",
		"о 2":             "осв 2",
		"н Enter":         "",
		"б":               "",
		"5 Up 4":          "4",
		"F2 зач Enter":    "зач",
		"F2 НА Enter":     "н/а",
		"F2 оп Enter Esc": "",
	} {
		t.Run(keys, func(t *testing.T) {
			d := newDesk(class(6, 5))
			d.Select(gradegrid.Pos{Row: 0, Col: 6})
			d.do(keys)
			if got := d.column(6); got != want {
				t.Errorf("column is %q; want %q", got, want)
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
