package gradegrid

import (
	"strings"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/assets"
)

// Bounds of a pasted table.
const (
	MaxTableBytes = 1 << 20
	MaxTableRows  = 500
	MaxTableCols  = 400
)

// ParseTable reads tab-separated text as spreadsheets put it on the clipboard:
// lines end with any of \n, \r\n and \r; a field in quotes may hold tabs, line
// ends and doubled quotes. Trailing empty lines are dropped. Fields are
// trimmed; rows may differ in length. Errors: [fault.TooLarge] over the
// bounds, [fault.Invalid] for text that holds a zero byte or is not UTF-8.
func ParseTable(text string) ([][]string, error) {
	if len(text) > MaxTableBytes {
		return nil, fault.New(fault.TooLarge, assets.T("grid.toolarge"))
	}
	if strings.ContainsRune(text, 0) || strings.ToValidUTF8(text, "") != text {
		return nil, fault.New(fault.Invalid, assets.T("grid.unreadable"))
	}
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var table [][]string
	for text != "" {
		var row []string
		for {
			var field string
			var end byte
			field, end, text = nextField(text)
			row = append(row, strings.TrimSpace(strings.ReplaceAll(field, "\u00a0", " ")))
			if end != '\t' {
				break
			}
		}
		if table = append(table, row); len(table) > MaxTableRows || len(row) > MaxTableCols {
			return nil, fault.New(fault.TooLarge, assets.T("grid.toolarge"))
		}
	}
	for len(table) > 0 && strings.Join(table[len(table)-1], "") == "" {
		table = table[:len(table)-1]
	}
	return table, nil
}

// nextField cuts the first field off; end is what ended it, 0 at the end of
// the text.
func nextField(text string) (field string, end byte, rest string) {
	if strings.HasPrefix(text, `"`) {
		if field, rest, ok := quoted(text); ok {
			if rest == "" {
				return field, 0, ""
			}
			return field, rest[0], rest[1:]
		}
	}
	i := strings.IndexAny(text, "\t\n")
	if i < 0 {
		return text, 0, ""
	}
	return text[:i], text[i], text[i+1:]
}

// quoted reads a field in quotes; not ok when the quote does not close right
// before the end of a field: then it is a plain character.
func quoted(text string) (field, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		rest = text[i+1:]
		return b.String(), rest, rest == "" || rest[0] == '\t' || rest[0] == '\n'
	}
	return "", "", false
}
