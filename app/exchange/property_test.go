package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

var (
	surnames = []string{"Ким", "Жук", "ЖУК", "Ёлкин", "Елкин", "Орлова", ""}
	names    = []string{"Анна", "Яна", "Пётр", "П.", "4", ""}
	middles  = []string{"", "Ильич", "Олеговна", "О."}
	births   = []string{"", "14.03.2013", "02.11.2013", "31.02.2013", "6", "14.03.1913"}
	classes  = []string{"7-А", "7Б", "7 «а»", "11", "13-А", "", "7-А, 7-Б", "5Z"}
	subjects = []string{"Алгебра", "алгебра", "Алгебро", "Физика", "Рус./Чт.", ""}
	hours    = []string{"", "1", "2,5", "н", "3"}
	parts    = []string{"", "1", "2 группа", "весь класс"}
	periods  = []string{"1 четверть", "II четверть", "3 четверть", "4 четверть", "1 триместр", "I полугодие", "II полугодие", "Осенние каникулы", "осенние", "День Победы", "Линейка", "5 четверть", ""}
	daysOf   = []string{"01.09", "14.10", "30.10", "31.10", "8 ноября", "09.11.2026", "30.12", "11.01", "26.03.2027", "05.04", "28.05", "31.02", "осень", "01.09.2025", ""}
	times    = []string{"8:30", "9.15", "9:25", "10:10", "25:00", ""}
)

func pick(t *rapid.T, what []string) string { return rapid.SampledFrom(what).Draw(t, "cell") }

// drawList draws a list of any kind with faults of every kind.
func drawList(t *rapid.T) *exchange.File {
	var b strings.Builder
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	heads := []string{"Фамилия;Имя;Отчество;Дата рождения;Класс;Телефон", "ФИО;Должность;Классный руководитель", "Учитель;Предмет;Класс;Группа;Часов", "", "Период;Начало;Конец", "№ урока;Начало;Конец"}
	if kind == 3 {
		return drawTimetable(t)
	}
	b.WriteString(heads[kind] + "\n")
	for range rapid.IntRange(1, 8).Draw(t, "rows") {
		who := []string{pick(t, surnames), pick(t, names), pick(t, middles)}
		switch kind {
		case 0:
			b.WriteString(strings.Join(append(who, pick(t, births), pick(t, classes), pick(t, hours)), ";"))
		case 1:
			b.WriteString(strings.Join([]string{strings.Join(who, " "), pick(t, middles), pick(t, classes)}, ";"))
		case 2:
			b.WriteString(strings.Join([]string{strings.Join(who, " "), pick(t, subjects), pick(t, classes), pick(t, parts), pick(t, hours)}, ";"))
		case 4:
			b.WriteString(strings.Join([]string{pick(t, periods), pick(t, daysOf), pick(t, daysOf)}, ";"))
		case 5:
			b.WriteString(strings.Join([]string{pick(t, hours), pick(t, times), pick(t, times)}, ";"))
		}
		b.WriteByte('\n')
	}
	return &exchange.File{Name: fmt.Sprintf("%d.csv", kind), Sheets: must(exchange.Read("x.csv", strings.NewReader(b.String()))).Sheets}
}

// drawTimetable draws a timetable whose references may lead nowhere.
func drawTimetable(t *rapid.T) *exchange.File {
	id := func(what string, n int) string { return fmt.Sprint(rapid.IntRange(1, n).Draw(t, what)) }
	ids := func(what string, n int) string {
		return strings.Join(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return fmt.Sprint(rapid.IntRange(1, n).Draw(t, what)) }), 0, 2).Draw(t, what), ",")
	}
	var b strings.Builder
	b.WriteString(`<timetable><classes>`)
	for i, c := range []string{"7-А", "7-Б", "13"} {
		fmt.Fprintf(&b, `<class id="%d" name="%s" teacherid="%s"/>`, i+1, c, ids("leader", 3))
	}
	b.WriteString(`</classes><groups>`)
	for i := range 6 {
		fmt.Fprintf(&b, `<group id="%d" classid="%d" name="%d группа" entireclass="%d" divisiontag="%d"/>`, i+1, i%2+1, i/2, b2i(i < 2), b2i(i >= 2))
	}
	b.WriteString(`</groups><subjects>`)
	for i, s := range subjects {
		fmt.Fprintf(&b, `<subject id="%d" name="%s" short="%.2s"/>`, i+1, s, s)
	}
	fmt.Fprintf(&b, `</subjects><teachers><teacher id="1" name="%s"/><teacher id="2" name="Жук Пётр Ильич"/></teachers><lessons>`, strings.Join([]string{pick(t, surnames), pick(t, names), pick(t, middles)}, " "))
	for i := range rapid.IntRange(1, 5).Draw(t, "lessons") {
		fmt.Fprintf(&b, `<lesson id="%d" subjectid="%s" classids="%s" groupids="%s" teacherids="%s" periodspercard="%s" periodsperweek="%s"/>`,
			i+1, id("subject", 7), ids("class", 4), ids("group", 7), ids("teacher", 3), id("length", 2), id("hours", 4))
	}
	b.WriteString(`</lessons><cards>`)
	for range rapid.IntRange(0, 8).Draw(t, "cards") {
		fmt.Fprintf(&b, `<card lessonid="%s" period="%s" days="%s" weeks="%s" terms="%s"/>`, id("lesson", 6), id("period", 7),
			pick(t, []string{"10000", "00100", "11000", ""}), pick(t, []string{"11", "10", "01", ""}), pick(t, []string{"11", "10", "01", ""}))
	}
	b.WriteString(`</cards></timetable>`)
	f := must(exchange.Read("x.xml", strings.NewReader(b.String())))
	return f
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func must(f *exchange.File, err error) *exchange.File {
	if err != nil {
		panic(err)
	}
	return f
}

// Whatever the files are, and whatever a person answers: taking them in and
// planning again finds nothing to change, and every change is one that the
// school's schema can hold.
func TestTakenInMeansNothingLeftToChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := journal.NewRoster(year)
		on := september
		for step := range rapid.IntRange(1, 3).Draw(t, "imports") {
			files := rapid.SliceOfN(rapid.Custom(drawList), 1, 3).Draw(t, "files")
			for i := range files {
				files[i].Name = fmt.Sprintf("%d-%d-%s", step, i, files[i].Name)
				for j := range files[i].Sheets {
					files[i].Sheets[j].File = files[i].Name
				}
				if files[i].Timetable != nil {
					files[i].Timetable.File = files[i].Name
				}
			}
			o := exchange.Options{On: on, Answers: map[string]exchange.Answer{}}
			for range 3 {
				for _, q := range exchange.MakePlan(r, files, o).Questions() {
					if q.Choices[len(q.Choices)-1].Answer != exchange.SkipRow {
						t.Fatalf("question %q cannot be skipped", q.ID)
					}
					o.Answers[q.ID] = exchange.Answer{Choice: rapid.SampledFrom(q.Choices).Draw(t, "answer").Answer}
				}
			}
			p := exchange.MakePlan(r, files, o)
			for _, c := range p.Changes() {
				spec := journal.SpecOf(c.Kind)
				if _, err := spec.Parts(c.Key); err != nil {
					t.Fatalf("a key that cannot be: %v", err)
				}
				if err := spec.Field(c.Field).Check(c.Value); err != nil {
					t.Fatalf("a value that cannot be: %v", err)
				}
				if got := r.Get(c.Kind, c.Key, c.Field); got != *c.Seen || got == c.Value {
					t.Fatalf("change from %v to %v, but %v stands", *c.Seen, c.Value, got)
				}
			}
			take(r, p)
			for _, s := range []journal.Scheme{journal.Quarters, journal.Trimesters, journal.HalfYears} {
				for i, term := range r.Terms(s) {
					if term.To < term.From || i > 0 && term.From <= r.Terms(s)[i-1].To {
						t.Fatalf("terms stand across each other: %v\n%s", r.Terms(s), show(p))
					}
				}
			}
			again := exchange.MakePlan(r, files, o)
			if left := again.Changes(); len(left) > 0 {
				t.Fatalf("%d changes are left, the first is %s %x field %d: %v → %v\n%s\nbefore:\n%s", len(left), journal.SpecOf(left[0].Kind).Name, left[0].Key, left[0].Field, *left[0].Seen, left[0].Value, show(again), show(p))
			}
			on += journal.Date(rapid.IntRange(0, 60).Draw(t, "days"))
		}
	})
}
