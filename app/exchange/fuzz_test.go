package exchange_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// FuzzRead gives any bytes to the readers and the planner: there is a file that
// can be planned, or a sentence why not.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"Фамилия;Имя;Класс\nЖук;Алёна;7-А", "ФИО,Класс\n\"Жук \"\"А\"\"\",7", "sep=;\na;b", "Учитель\tПредмет\tКласс\tЧасов\nП. О.\tТруд\t7-А, 7-Б\t1", "\xff\xfeA\x04", "<timetable><class id='1' name='7'/></timetable>", "\"", "PK\x03\x04"} {
		f.Add([]byte(seed))
	}
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := exchange.Read("x", bytes.NewReader(data))
		if err != nil {
			if c := fault.CodeOf(err); c == fault.Internal {
				t.Fatalf("no sentence for a person: %v", err)
			}
			return
		}
		r := journal.NewRoster(year)
		p := plan(r, file)
		for _, c := range p.Changes() {
			spec := journal.SpecOf(c.Kind)
			if _, err := spec.Parts(c.Key); err != nil {
				t.Fatalf("a key that cannot be: %v", err)
			}
			if err := spec.Field(c.Field).Check(c.Value); err != nil {
				t.Fatalf("a value that cannot be: %v", err)
			}
		}
		take(r, p)
		if again := plan(r, file); len(again.Changes()) > 0 {
			t.Fatalf("%d changes are left:\n%s", len(again.Changes()), show(again))
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"14.03.2013", "31.02.2014", "41347", "14 марта 2013 г.", "2013-03-14T00:00:00", "6", "", "1.1.50"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := exchange.ParseDate(s, epoch)
		switch {
		case err != nil && (d != 0 || err.Error() == ""):
			t.Fatalf("ParseDate(%q) = %v, %v", s, d, err)
		case err == nil && (d.Year() < 1900 || d.Year() > 2099):
			t.Fatalf("ParseDate(%q) = %v", s, d)
		case err == nil:
			if back, err := exchange.ParseDate(d.String(), 0); d != 0 && (err != nil || back != d) {
				t.Fatalf("%v reads back as %v, %v", d, back, err)
			}
		}
	})
}
