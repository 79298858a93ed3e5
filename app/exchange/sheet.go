package exchange

import (
	"fmt"
	"strings"

	"uchitelskaya/app/journal"
)

// Bounds of what is read. The lists of the largest school are far below.
const (
	MaxFile    = 50 << 20  // bytes of a file
	MaxUnzip   = 100 << 20 // bytes of a workbook when unpacked
	MaxRows    = 20_000    // filled rows of a sheet
	MaxColumns = 200
	MaxSheets  = 100
	maxParts   = 2000   // files inside a workbook
	maxCell    = 10_000 // bytes of a cell
)

// A File is what was read of one file: tables or a timetable.
type File struct {
	Name      string
	Sheets    []Sheet
	Timetable *Timetable // nil unless the file is a timetable
}

// A Sheet is one table of a file as it stands there: nothing is moved.
type Sheet struct {
	File, Name string // Name is empty for a file that is one table
	Rows       []Row  // in the order of their numbers, those without any text left out
	// Epoch is the day that a program writes as the number 0; zero when the
	// file holds dates only as text.
	Epoch journal.Date
}

// A Row is one row of a sheet.
type Row struct {
	No    int      // as the spreadsheet program counts, from 1
	Cells []string // by column, from 0; trimmed, with single spaces
}

// Cell is the text of a column, empty beyond the last.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// empty reports whether no cell holds text.
func (r Row) empty() bool {
	for _, c := range r.Cells {
		if c != "" {
			return false
		}
	}
	return true
}

// A Place is where in a file something stands.
type Place struct {
	File, Sheet string
	Row         int    // 0: the whole sheet or file
	Column      string // the words of its head; empty: the whole row
}

// String is «Список.xlsx, лист «7А», строка 6, столбец «Дата рождения»».
func (p Place) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Sheet != "" {
		parts = append(parts, "лист «"+p.Sheet+"»")
	}
	if p.Row > 0 {
		parts = append(parts, fmt.Sprintf("строка %d", p.Row))
	}
	if p.Column != "" {
		parts = append(parts, "столбец «"+p.Column+"»")
	}
	return strings.Join(parts, ", ")
}

// tidy is a cell's text with single spaces and without invisible letters.
func tidy(s string) string {
	if len(s) > maxCell {
		s = strings.ToValidUTF8(s[:maxCell], "")
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r == '\ufeff' || r == '\u200b' || r == '\u200e' || r == '\u200f': // soft hyphen, marks of width and direction
			return -1
		case r < ' ' || r == '\u007f' || r == '\ufffd':
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
