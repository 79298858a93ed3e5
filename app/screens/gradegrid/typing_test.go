package gradegrid_test

import (
	"testing"

	"uchitelskaya/app/screens/gradegrid"
)

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
		"editing: a code and a mark":                     {keys: "F2 jg␣4 Enter", want: "оп 4", row: 1},
		"Space is refused outside attendance":            {before: "5 Up", keys: "␣", want: "5", row: 0, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(class(12, 5))
			d.do(tt.before)
			d.reasons = nil
			d.do(tt.keys)
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
