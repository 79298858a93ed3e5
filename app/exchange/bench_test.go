package exchange_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

// cityFiles are the files of a school of 44 classes: 1,150 pupils, 80 staff,
// 704 pages, a timetable of some 1,800 cards.
func cityFiles(t testing.TB) map[string][]byte {
	var classes []string
	for grade := 1; grade <= 11; grade++ {
		for _, letter := range []string{"А", "Б", "В", "Г"} {
			classes = append(classes, fmt.Sprintf("%d-%s", grade, letter))
		}
	}
	pupils := [][]any{{"№", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс", "Пол", "Личное дело", "Адрес", "Телефон"}}
	for i := range 1150 {
		pupils = append(pupils, []any{i + 1, "Ученикова" + word(i), "Анна" + word(i%7), "Ильинична", 40000 + i, classes[i%44], "ж", fmt.Sprint("А-", i), "ул. Садовая, " + fmt.Sprint(i), "+7 900 000-00-00"})
	}
	staff := [][]any{{"ФИО", "Должность", "Классный руководитель"}}
	for i := range 80 {
		led := ""
		if i < 44 {
			led = classes[i]
		}
		staff = append(staff, []any{teacherName(i), "учитель", led})
	}
	load := [][]any{{"Класс", "Предмет", "Учитель", "Часов в неделю"}}
	var x strings.Builder
	x.WriteString(`<timetable ascttversion="2024"><classes>`)
	for i, c := range classes {
		fmt.Fprintf(&x, `<class id="C%d" name="%s" short="%s" teacherid="T%d" grade=""/>`+"\n", i, c, c, i)
	}
	x.WriteString(`</classes><subjects>`)
	for s := range 16 {
		fmt.Fprintf(&x, `<subject id="S%d" name="Предмет %s" short="П%d"/>`+"\n", s, word(s), s)
	}
	x.WriteString(`</subjects><teachers>`)
	for i := range 80 {
		fmt.Fprintf(&x, `<teacher id="T%d" name="%s" short="Т%d" gender="F" color="#FF0000" email="" mobile=""/>`+"\n", i, teacherName(i), i)
	}
	x.WriteString(`</teachers><lessons>`)
	var cards strings.Builder
	for i, c := range classes {
		for s := range 16 {
			load = append(load, []any{c, "Предмет " + word(s), teacherName((i*16 + s) % 80), "3"})
			id := fmt.Sprintf("*%d", i*16+s)
			fmt.Fprintf(&x, `<lesson id="%s" subjectid="S%d" classids="C%d" groupids="" teacherids="T%d" classroomids="" periodspercard="1" periodsperweek="3.0" daysdefid="*1" weeksdefid="*1" termsdefid="*1" seminargroup="" capacity="*" partner_id=""/>`+"\n", id, s, i, (i*16+s)%80)
			for k := range 3 {
				fmt.Fprintf(&cards, `<card lessonid="%s" period="%d" days="%s" weeks="1" terms="1" classroomids=""/>`+"\n", id, (s+k)%8+1, []string{"10000", "01000", "00100", "00010", "00001"}[(s/4+k)%5])
			}
		}
	}
	x.WriteString("</lessons><cards>" + cards.String() + "</cards>" + strings.Repeat("<!-- the rest of an export: colours, constraints -->\n", 10000) + "</timetable>")
	return map[string][]byte{"1.xlsx": book(t, "Ученики", pupils...), "2.xlsx": book(t, "Педагоги", staff...), "3.xlsx": book(t, "Нагрузка", load...), "4.xml": []byte(x.String())}
}

// word is a number in letters: names hold no digits.
func word(n int) string {
	r := []rune("абвгдежзик")
	out := ""
	for _, d := range fmt.Sprint(n) {
		out += string(r[d-'0'])
	}
	return out
}

func teacherName(i int) string { return "Учителева" + word(i) + " Вера Ивановна" }

func BenchmarkCity(b *testing.B) {
	data := cityFiles(b)
	read := func(b *testing.B) (files []*exchange.File) {
		for _, name := range []string{"1.xlsx", "2.xlsx", "3.xlsx", "4.xml"} {
			f, err := exchange.Read(name, bytes.NewReader(data[name]))
			if err != nil {
				b.Fatal(err)
			}
			files = append(files, f)
		}
		return files
	}
	files := read(b)
	b.Logf("timetable: %d kB, %d lessons, %d cards", len(data["4.xml"])>>10, len(files[3].Timetable.Lessons), len(files[3].Timetable.Cards))
	empty, full := journal.NewRoster(year), journal.NewRoster(year)
	first := plan(empty, files...)
	take(full, first)
	b.Logf("%d pupils, %d staff, %d pages, %d changes, %d problems", len(full.AllPupils()), len(full.AllStaff()), len(full.Pages()), len(first.Changes()), len(first.Problems))
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			read(b)
		}
	})
	b.Run("plan for an empty school", func(b *testing.B) {
		for b.Loop() {
			plan(empty, files...)
		}
	})
	b.Run("plan once more", func(b *testing.B) {
		for b.Loop() {
			if n := len(plan(full, files...).Changes()); n > 0 {
				b.Fatalf("%d changes are left", n)
			}
		}
	})
}
