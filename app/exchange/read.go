package exchange

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"

	"uchitelskaya/app/journal/fault"
)

// Read reads a file of another program. What it is follows from its bytes, not
// from its name. The error carries a sentence for the person at the screen,
// with code [fault.TooLarge], [fault.Damaged] or [fault.Invalid].
func Read(name string, r io.Reader) (*File, error) {
	name = filepath.Base(name)
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, fault.Wrap(fault.Damaged, fmt.Sprintf("Файл «%s» не читается до конца. Скопируйте его ещё раз.", name), err)
	}
	f := &File{Name: name}
	switch {
	case len(data) > MaxFile:
		return nil, tooLarge(name, "больше 50 МБ")
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fault.New(fault.Invalid, fmt.Sprintf("Файл «%s» пустой.", name))
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		f.Sheets, err = readXLSX(name, data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, fault.New(fault.Invalid, fmt.Sprintf(
			"Файл «%s» старого вида (.xls) или закрыт паролем. Откройте его в Excel и сохраните как «Книга Excel (.xlsx)» без пароля.", name))
	case foreign(data) != "":
		return nil, fault.New(fault.Invalid, fmt.Sprintf("Файл «%s» — это %s. Нужна таблица .xlsx, .csv или расписание .xml.", name, foreign(data)))
	default:
		err = f.readText(data)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// readText reads what is neither packed nor binary.
func (f *File) readText(data []byte) error {
	text, err := decodeText(data)
	if err != nil {
		return fault.Wrap(fault.Damaged, fmt.Sprintf("В файле «%s» не разобрать букв. Сохраните его как .xlsx или как CSV UTF-8.", f.Name), err)
	}
	if startsXML(text) {
		f.Timetable, err = readTimetable(f.Name, text)
		return err
	}
	f.Sheets, err = readCSV(f.Name, text)
	return err
}

// foreign names the files that people take for tables.
func foreign(data []byte) string {
	for _, k := range []struct{ magic, name string }{
		{"%PDF", "документ PDF"},
		{"{\\rtf", "документ Word"},
		{"\x89PNG", "картинка"},
		{"\xff\xd8\xff", "картинка"},
		{"Rar!", "архив"},
		{"7z\xbc\xaf", "архив"},
		{"\x1f\x8b", "архив"},
		{"MZ", "программа"},
	} {
		if bytes.HasPrefix(data, []byte(k.magic)) {
			return k.name
		}
	}
	return ""
}

func tooLarge(name, why string) error {
	return fault.New(fault.TooLarge, fmt.Sprintf("Файл «%s» слишком большой: %s. Разделите его на части.", name, why))
}

func damaged(name string, err error) error {
	return fault.Wrap(fault.Damaged, fmt.Sprintf("Файл «%s» повреждён или записан не до конца. Сохраните или скопируйте его ещё раз.", name), err)
}
