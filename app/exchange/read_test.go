package exchange_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// table is a list in each of its forms.
var rows = [][]string{
	{"Фамилия", "Имя", "Отчество", "Дата рождения", "Класс", "Адрес"},
	{"Абрамова", "Дарья", "Олеговна", "14.03.2013", "7-А", "с. Заречное, ул. «Садовая», 4; кв. 2"},
	{"Ёлкин", "Пётр", "Юрьевич", "02.11.2013", "7-А", `улица "Речная"`},
}

// text writes the list with a separator; every second cell is in quotes.
func text(comma, eol string) string {
	var b strings.Builder
	for i, r := range rows {
		for j, c := range r {
			if j > 0 {
				b.WriteString(comma)
			}
			if (i+j)%2 == 0 || strings.ContainsAny(c, comma+`"`) {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(eol)
	}
	return b.String()
}

func TestTextTables(t *testing.T) {
	encodings := map[string]encoding.Encoding{
		"UTF-8": encoding.Nop, "UTF-8 with a mark": unicode.UTF8BOM, "windows-1251": charmap.Windows1251, "DOS": charmap.CodePage866, "KOI8-R": charmap.KOI8R,
		"UTF-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16, big end first": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 without a mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	}
	for name, enc := range encodings {
		for _, comma := range []string{";", ",", "\t"} {
			for _, eol := range []string{"\r\n", "\n", "\r"} {
				t.Run(fmt.Sprintf("%s, %q, %q", name, comma, eol), func(t *testing.T) {
					source := strings.NewReplacer("«", "<", "»", ">").Replace(text(comma, eol)) // DOS has no «»
					data, err := enc.NewEncoder().String(source)
					if err != nil {
						t.Fatal(err)
					}
					f := read(t, "список.csv", []byte(data))
					for i, r := range f.Sheets[0].Rows {
						for j, want := range rows[i] {
							if got := r.Cell(j); got != strings.NewReplacer("«", "<", "»", ">").Replace(want) {
								t.Fatalf("row %d, column %d: %q, want %q", r.No, j+1, got, want)
							}
						}
					}
				})
			}
		}
	}
}

func TestRowNumbersAreThoseOfTheSpreadsheet(t *testing.T) {
	f := read(t, "x.csv", []byte("sep=;\n\nФамилия;Имя\n\"Абра\nмова\";Дарья\n;\nЖук;Алёна"))
	var got []string
	for _, r := range f.Sheets[0].Rows {
		got = append(got, fmt.Sprintf("%d %s", r.No, strings.Join(r.Cells, "|")))
	}
	if want := "3 Фамилия|Имя, 4 Абра мова|Дарья, 6 Жук|Алёна"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDatesOf1904(t *testing.T) {
	f := excelize.NewFile()
	yes := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	for i, r := range [][]any{{"ФИО", "Дата рождения", "Класс"}, {"Абрамова Дарья Олеговна", 39885, "7-А"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	got := show(plan(journal.NewRoster(year), read(t, "mac.xlsx", save(t, f))))
	if !strings.Contains(got, "Абрамова Дарья Олеговна 14.03.2013") {
		t.Errorf("%s", got)
	}
}

func TestHiddenSheetsStayOut(t *testing.T) {
	f := excelize.NewFile()
	if _, err := f.NewSheet("старое"); err != nil {
		t.Fatal(err)
	}
	for _, sheet := range []string{"Sheet1", "старое"} {
		if err := f.SetCellStr(sheet, "A1", sheet); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetSheetVisible("старое", false); err != nil {
		t.Fatal(err)
	}
	if s := read(t, "x.xlsx", save(t, f)).Sheets; len(s) != 1 || s[0].Name != "Sheet1" {
		t.Errorf("sheets %v", s)
	}
}

func TestBadFiles(t *testing.T) {
	good := book(t, "7А", []any{"Фамилия", "Имя", "Класс"}, []any{"Абрамова", "Дарья", "7-А"})
	large := bomb(t, "xl/worksheets/sheet1.xml", exchange.MaxUnzip+1)
	xml, err := os.ReadFile("testdata/asc2024-utf8.xml")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		data io.Reader
		code fault.Code
		text string
	}{
		"a truncated workbook":           {bytes.NewReader(good[:len(good)*2/3]), fault.Damaged, "повреждён или записан не до конца"},
		"a workbook without its last KB": {bytes.NewReader(good[:len(good)-1024]), fault.Damaged, "повреждён"},
		"a workbook with one wrong byte": {bytes.NewReader(flip(t, good, "xl/worksheets/sheet1.xml")), fault.Damaged, "повреждён"},
		"a sheet that breaks off":        {bytes.NewReader(rezip(t, good, "xl/worksheets/sheet1.xml", func(b []byte) []byte { return b[:len(b)/2] })), fault.Damaged, "повреждён"},
		"50 MB and a byte":               {io.LimitReader(zeros{}, exchange.MaxFile+1), fault.TooLarge, "больше 50 МБ"},
		"a zip bomb":                     {bytes.NewReader(large), fault.TooLarge, "больше 100 МБ"},
		"a bomb that lies of its size":   {bytes.NewReader(liar(large)), fault.Damaged, "повреждён"},
		"too many rows":                  {strings.NewReader(strings.Repeat("Абрамова;Дарья\n", exchange.MaxRows+1)), fault.TooLarge, "больше 20000 строк"},
		"too many columns":               {strings.NewReader(strings.Repeat("а;", exchange.MaxColumns+1) + "а"), fault.TooLarge, "больше 200 столбцов"},
		"an empty file":                  {strings.NewReader(" \r\n"), fault.Invalid, "пустой"},
		"an old workbook":                {strings.NewReader("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."), fault.Invalid, "сохраните как «Книга Excel (.xlsx)»"},
		"a PDF":                          {strings.NewReader("%PDF-1.7"), fault.Invalid, "документ PDF"},
		"a Word document":                {bytes.NewReader(rename(t, "word/document.xml")), fault.Invalid, "документ Word"},
		"another archive":                {bytes.NewReader(rename(t, "фото.jpg")), fault.Invalid, "архив"},
		"letters spoilt by a program":    {strings.NewReader(spoilt("Фамилия;Имя;Класс\nАбрамова;Дарья;7-А\n")), fault.Damaged, "испорчены буквы"},
		"no text at all":                 {bytes.NewReader([]byte{1, 2, 3, 0x98, 5, 6, 7, 0x98, 9, 14, 15, 0x98}), fault.Damaged, "не разобрать букв"},
		"a quotation mark never closed":  {strings.NewReader("Фамилия;Имя\n\"Абрамова;Дарья\nЖук;Алёна\n"), fault.Damaged, "строка 2: кавычка открыта, но не закрыта"},
		"a truncated timetable":          {bytes.NewReader(xml[:len(xml)/2]), fault.Damaged, "повреждён или записан не до конца"},
		"XML of another program":         {strings.NewReader("<?xml version=\"1.0\"?><kml><Document/></kml>"), fault.Invalid, "нет расписания aSc Timetables"},
		"a timetable of nothing":         {strings.NewReader("<timetable></timetable>"), fault.Invalid, "нет ни классов, ни уроков"},
		"an XML bomb":                    {strings.NewReader(`<!DOCTYPE t [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><timetable x="&b;"><class id="1"/></timetable>`), fault.Damaged, "повреждён"},
		"a disk that fails":              {io.MultiReader(strings.NewReader("Фам"), broken{}), fault.Damaged, "не читается до конца"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := exchange.Read("/home/school/Список.xlsx", tt.data)
			if fault.CodeOf(err) != tt.code || !strings.Contains(fault.TextOf(err), tt.text) {
				t.Fatalf("Read = %v, %v; want code %s and %q", f, err, tt.code, tt.text)
			}
			sentence := fault.TextOf(err)
			if !strings.Contains(sentence, "«Список.xlsx»") || strings.Contains(sentence, "/home") || strings.ContainsAny(sentence, "!") || strings.Contains(strings.ToLower(sentence), "ошибк") {
				t.Errorf("not a sentence for a person: %s", sentence)
			}
		})
	}
}

// zeros is an endless file.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// broken is a disk that fails.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// spoilt is text that a program took for windows-1251 and saved as UTF-8.
func spoilt(s string) string {
	s, _ = charmap.Windows1251.NewDecoder().String(s)
	return s
}

func TestTemplateIsAListThatIsTaken(t *testing.T) {
	var b bytes.Buffer
	if err := exchange.Template(&b); err != nil {
		t.Fatal(err)
	}
	r := journal.NewRoster(year)
	f := read(t, "Образец.xlsx", b.Bytes())
	p := plan(r, f)
	if len(p.Problems)+len(p.Notes)+p.Count(exchange.Wait) > 0 {
		t.Errorf("the sample has faults:\n%s", show(p))
	}
	take(r, p)
	if len(r.AllPupils()) != 2 || len(r.AllStaff()) != 2 || len(r.Pages()) != 2 {
		t.Errorf("%d pupils, %d staff, %d pages; want 2 of each", len(r.AllPupils()), len(r.AllStaff()), len(r.Pages()))
	}
	s := r.AllPupils()[0]
	if s.File != "А-112" || s.Phone != "+7 900 000-00-01" || s.Sex != "ж" || s.Parents == "" || s.Address == "" {
		t.Errorf("a column of the sample is not taken: %+v", s)
	}
}
