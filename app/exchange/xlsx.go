package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// The days that the number 0 stands for in a workbook.
var (
	epoch1900 = journal.MakeDate(1899, 12, 30)
	epoch1904 = journal.MakeDate(1904, 1, 1)
)

// errTooLarge is returned by checkZip for a workbook that unpacks to too much.
var errTooLarge = errors.New("workbook unpacks to too much")

// readXLSX reads the visible sheets of a workbook. Cells come as they are
// stored, so that a date is a number of days whatever its format shows.
func readXLSX(name string, data []byte) (sheets []Sheet, err error) {
	// excelize takes what it can of a broken archive without a word; a list
	// cut off in the middle would look like pupils who left.
	sort, err := checkZip(data)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, tooLarge(name, "в распакованном виде больше 100 МБ")
	case err != nil:
		return nil, damaged(name, err)
	case sort != "":
		return nil, fault.New(fault.Invalid, fmt.Sprintf("Файл «%s» — это %s. Нужна таблица .xlsx, .csv или расписание .xml.", name, sort))
	}
	defer func() {
		if p := recover(); p != nil { // a fault of the foreign parser must not end the program
			sheets, err = nil, damaged(name, fmt.Errorf("read workbook: %v", p))
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: MaxUnzip, UnzipXMLSizeLimit: MaxUnzip,
	})
	if err != nil {
		return nil, damaged(name, err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	epoch := epoch1900
	if p, err := book.GetWorkbookProps(); err == nil && p.Date1904 != nil && *p.Date1904 {
		epoch = epoch1904
	}
	names := book.GetSheetList()
	if len(names) > MaxSheets {
		return nil, tooLarge(name, fmt.Sprintf("больше %d листов", MaxSheets))
	}
	for _, title := range names {
		if visible, err := book.GetSheetVisible(title); err == nil && !visible {
			continue
		}
		s := Sheet{File: name, Name: title, Epoch: epoch}
		if err := s.read(book); err != nil {
			return nil, err
		}
		if len(s.Rows) > 0 {
			sheets = append(sheets, s)
		}
	}
	if len(sheets) == 0 {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("Файл «%s» пустой.", name))
	}
	return sheets, nil
}

// read fills the rows of a sheet, giving every cell of a merged block its text.
func (s *Sheet) read(book *excelize.File) error {
	rows, err := book.Rows(s.Name)
	if err != nil {
		return damaged(s.File, err)
	}
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns()
		if err != nil {
			return damaged(s.File, err)
		}
		for i := range cells {
			cells[i] = tidy(cells[i])
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) == 0 {
			continue
		}
		if len(cells) > MaxColumns {
			return tooLarge(s.File, fmt.Sprintf("на листе «%s» больше %d столбцов", s.Name, MaxColumns))
		}
		// Cells far to the right are empty as a rule: keep only what is filled.
		if s.Rows = append(s.Rows, Row{No: no, Cells: slices.Clone(cells)}); len(s.Rows) > MaxRows {
			return tooLarge(s.File, fmt.Sprintf("на листе «%s» больше %d строк", s.Name, MaxRows))
		}
	}
	if err := errors.Join(rows.Error(), rows.Close()); err != nil {
		return damaged(s.File, err)
	}
	return s.spread(book)
}

// spread writes the text of merged blocks into all their cells: a teacher's
// name beside several subjects, a head over several columns.
func (s *Sheet) spread(book *excelize.File) error {
	merged, err := book.GetMergeCells(s.Name)
	if err != nil {
		return damaged(s.File, err)
	}
	budget := MaxRows * 10 // cells to write; more is no list that a person made
	for _, m := range merged {
		c1, r1, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c2, r2, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil || c2 > MaxColumns {
			continue
		}
		first, _ := slices.BinarySearchFunc(s.Rows, r1, func(r Row, no int) int { return r.No - no })
		if first == len(s.Rows) || s.Rows[first].No != r1 {
			continue
		}
		text := s.Rows[first].Cell(c1 - 1)
		for i := first; text != "" && i < len(s.Rows) && s.Rows[i].No <= r2; i++ {
			row := &s.Rows[i]
			if budget -= c2 - c1 + 1; budget < 0 {
				return tooLarge(s.File, "слишком много объединённых ячеек")
			}
			for len(row.Cells) < c2 {
				row.Cells = append(row.Cells, "")
			}
			for c := c1 - 1; c < c2; c++ {
				if row.Cells[c] == "" {
					row.Cells[c] = text
				}
			}
		}
	}
	return nil
}

// checkZip reads every part of a workbook to its end, so that its check sum is
// compared, and bounds what it unpacks to. It returns what the file is when it
// is no workbook.
func checkZip(data []byte) (sort string, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("open workbook: %w", err)
	}
	if len(z.File) > maxParts {
		return "", errTooLarge
	}
	sort = "архив"
	var total int64
	for _, part := range z.File {
		path := strings.ToLower(strings.ReplaceAll(part.Name, "\\", "/"))
		switch {
		case path == "xl/workbook.xml":
			sort = ""
		case strings.HasPrefix(path, "word/"):
			return "документ Word", nil
		case path == "content.xml":
			return "таблица OpenDocument (.ods): сохраните её как .xlsx", nil
		}
		n, end, err := drain(part, MaxUnzip-total)
		if err != nil {
			return "", err
		}
		total += n
		if strings.HasPrefix(path, "xl/worksheets/") && strings.HasSuffix(path, ".xml") && !bytes.Contains(end, []byte("worksheet>")) {
			return "", fmt.Errorf("part %s ends with %q", part.Name, end)
		}
	}
	return sort, nil
}

// drain reads a part to its end and returns its length and last bytes.
func drain(part *zip.File, limit int64) (n int64, end []byte, err error) {
	if part.UncompressedSize64 > uint64(limit) {
		return 0, nil, errTooLarge
	}
	r, err := part.Open()
	if err != nil {
		return 0, nil, fmt.Errorf("open part %s: %w", part.Name, err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	var last tail
	n, err = io.Copy(&last, io.LimitReader(r, limit+1))
	if err == nil && n > limit {
		err = errTooLarge
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read part %s: %w", part.Name, err)
	}
	return n, last, nil
}

// tail keeps the last bytes written.
type tail []byte

func (t *tail) Write(p []byte) (int, error) {
	const keep = 64
	*t = append(*t, p[max(0, len(p)-keep):]...)
	*t = (*t)[max(0, len(*t)-keep):]
	return len(p), nil
}
