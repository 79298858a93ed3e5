package gradegrid_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/screens/gradegrid"
)

func TestParseTable(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want [][]string
	}{
		"a row":                       {"Абрамова\t5\n", [][]string{{"Абрамова", "5"}}},
		"line ends of every kind":     {"1\r\n2\r3\n4", [][]string{{"1"}, {"2"}, {"3"}, {"4"}}},
		"an empty field at the end":   {"1\t\n\t2\n", [][]string{{"1", ""}, {"", "2"}}},
		"a tab is the last character": {"1\t", [][]string{{"1", ""}}},
		"quotes hold tabs and lines":  {"\"a\tb\nc\"\t5\n", [][]string{{"a\tb\nc", "5"}}},
		"quotes are doubled inside":   {"\"a \"\"b\"\"\"\t5", [][]string{{`a "b"`, "5"}}},
		"a stray quote is a letter":   {"\"a\"b\t5", [][]string{{`"a"b`, "5"}}},
		"an open quote is a letter":   {"\"a\t5", [][]string{{`"a`, "5"}}},
		"trailing empty rows go":      {"5\n\n\t\n\n", [][]string{{"5"}}},
		"empty rows inside stay":      {"5\n\n4", [][]string{{"5"}, {""}, {"4"}}},
		"a mark of the byte order":    {"\ufeff5", [][]string{{"5"}}},
		"no-break spaces":             {"оп\u00a04", [][]string{{"оп 4"}}},
		"nothing":                     {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := gradegrid.ParseTable(tt.text)
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("ParseTable = %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestParseTableIsBounded(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		code fault.Code
	}{
		"bytes":    {strings.Repeat("a", gradegrid.MaxTableBytes+1), fault.TooLarge},
		"rows":     {strings.Repeat("5\n", gradegrid.MaxTableRows+1), fault.TooLarge},
		"columns":  {strings.Repeat("5\t", gradegrid.MaxTableCols+1), fault.TooLarge},
		"no text":  {"5\x00", fault.Invalid},
		"no UTF-8": {"5\xff", fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := gradegrid.ParseTable(tt.text); !errors.Is(err, &fault.Error{Code: tt.code}) {
				t.Errorf("error is %v; want %s", err, tt.code)
			}
		})
	}
}

func FuzzParseTable(f *testing.F) {
	for _, seed := range []string{"", "5\t4\n3", "\"a\"\"b\"\tc\r\n", "\"open\t\n", "\ufeff\r\r\n\t\t\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := gradegrid.ParseTable(text)
		if err != nil {
			return
		}
		if len(table) > gradegrid.MaxTableRows {
			t.Fatalf("%d rows", len(table))
		}
		for _, row := range table {
			if len(row) == 0 || len(row) > gradegrid.MaxTableCols {
				t.Fatalf("a row of %d", len(row))
			}
			for _, field := range row {
				if field != strings.TrimSpace(field) {
					t.Fatalf("field %q is not trimmed", field)
				}
				gradegrid.Lessons.Parse(field)
				gradegrid.Results.Parse(field)
			}
		}
	})
}
