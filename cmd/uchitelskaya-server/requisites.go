package main

import (
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// maxRequisites bounds the file, in bytes.
const maxRequisites = 64 << 10

// readRequisites reads a text file of lines «Название поля: значение». Empty
// lines and lines that begin with # are passed over.
func readRequisites(path string, s *journal.School) error {
	info, err := os.Stat(path)
	if err != nil {
		return fault.Wrap(fault.NotFound, "Файл с реквизитами не найден: "+path+".", err)
	}
	if info.Size() > maxRequisites {
		return fault.New(fault.TooLarge, "Файл с реквизитами слишком большой.")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read requisites: %w", err)
	}
	text := strings.TrimPrefix(string(raw), "\uFEFF")
	if !utf8.ValidString(text) {
		return fault.New(fault.Invalid, "Файл с реквизитами не в кодировке UTF-8. Сохраните его в UTF-8.")
	}
	fields := map[string]*string{
		"полное название": &s.Name, "краткое название": &s.Short, "учредитель": &s.Founder, "населенный пункт": &s.Locality, "адрес": &s.Address,
		"телефон": &s.Phone, "почта": &s.Email, "окпо": &s.OKPO, "огрн": &s.OGRN, "инн": &s.INN, "кпп": &s.KPP, "банк": &s.Bank,
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		field := fields[journal.Normal(name)]
		if !ok || field == nil {
			return fault.New(fault.Invalid, fmt.Sprintf("Строка %d файла с реквизитами непонятна: %s.", i+1, line))
		}
		*field = strings.TrimSpace(value)
	}
	return nil
}
