package exchange

import (
	"fmt"
	"strings"

	"uchitelskaya/app/journal/fault"
)

// readCSV reads a text table. Whether «;», a comma or a tab separates the
// columns is found from the first rows.
func readCSV(name, text string) ([]Sheet, error) {
	if garbled(text) {
		return nil, fault.New(fault.Damaged, fmt.Sprintf("В файле «%s» испорчены буквы: «%s». Сохраните его ещё раз как .xlsx или как CSV UTF-8.", name, sample(text)))
	}
	sheet := Sheet{File: name}
	t := table{text: text, comma: separator(text)}
	for t.more() {
		no := t.no + 1
		cells, ok := t.next()
		if no == 1 && len(cells) > 0 && strings.HasPrefix(strings.ToLower(cells[0]), "sep=") {
			continue // a hint that Excel writes for itself
		}
		if !ok {
			return nil, fault.New(fault.Damaged, fmt.Sprintf("Файл «%s», строка %d: кавычка открыта, но не закрыта. Сохраните файл ещё раз.", name, no))
		}
		if len(cells) > MaxColumns {
			return nil, tooLarge(name, fmt.Sprintf("больше %d столбцов", MaxColumns))
		}
		row := Row{No: no, Cells: cells}
		if row.empty() {
			continue
		}
		if sheet.Rows = append(sheet.Rows, row); len(sheet.Rows) > MaxRows {
			return nil, tooLarge(name, fmt.Sprintf("больше %d строк", MaxRows))
		}
	}
	if len(sheet.Rows) == 0 {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("Файл «%s» пустой.", name))
	}
	return []Sheet{sheet}, nil
}

// table cuts a text into rows; a row in quotes may span several lines.
type table struct {
	text  string
	comma byte
	no    int // rows read
}

func (t *table) more() bool { return t.text != "" }

// next reads one row. ok is false when a quotation mark is never closed.
func (t *table) next() (cells []string, ok bool) {
	t.no++
	for {
		cell, end, closed := t.cell()
		if len(cells) <= MaxColumns {
			cells = append(cells, tidy(cell))
		}
		if !closed {
			return cells, false
		}
		if end {
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			return cells, true
		}
	}
}

// cell reads one cell and the separator behind it; end says that the row ends.
func (t *table) cell() (cell string, end, closed bool) {
	rest := strings.TrimLeft(t.text, " ")
	if !strings.HasPrefix(rest, `"`) {
		i := strings.IndexAny(t.text, string(t.comma)+"\r\n")
		if i < 0 {
			cell, t.text = t.text, ""
			return cell, true, true
		}
		cell, t.text = t.text[:i], t.text[i:]
		return cell, t.step(), true
	}
	var b strings.Builder
	rest = rest[1:]
	for {
		i := strings.IndexByte(rest, '"')
		if i < 0 {
			t.text = ""
			return b.String() + rest, true, false
		}
		b.WriteString(rest[:i])
		rest = rest[i+1:]
		if !strings.HasPrefix(rest, `"`) {
			break
		}
		b.WriteByte('"')
		rest = rest[1:]
	}
	// What stands between the closing mark and the separator belongs to the
	// cell: programs that know no quoting write «"Заря" (колхоз);».
	i := strings.IndexAny(rest, string(t.comma)+"\r\n")
	if i < 0 {
		i = len(rest)
	}
	b.WriteString(rest[:i])
	t.text = rest[i:]
	return b.String(), t.text == "" || t.step(), true
}

// step goes over a separator or the end of a row, which it reports.
func (t *table) step() bool {
	switch {
	case strings.HasPrefix(t.text, "\r\n"):
		t.text = t.text[2:]
		return true
	case t.text[0] == '\n' || t.text[0] == '\r':
		t.text = t.text[1:]
		return true
	}
	t.text = t.text[1:]
	return false
}

// separator returns what cuts the first rows into the most columns.
func separator(text string) byte {
	if len(text) > 1<<14 {
		text = text[:1<<14]
	}
	best, comma := 0, byte(';')
	for _, c := range []byte(";\t,") {
		n, t := 0, table{text: text, comma: c}
		for t.more() && t.no < 15 {
			cells, _ := t.next()
			n += max(0, len(cells)-1)
		}
		if n > best {
			best, comma = n, c
		}
	}
	return comma
}

// sample is the beginning of a text, to be recognised by.
func sample(s string) string {
	r := []rune(tidy(s))
	return string(r[:min(len(r), 20)])
}
