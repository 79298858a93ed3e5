package exchange_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

const daysHead = "Период;Начало;Конец"

// oneClass is a list that makes a school need days.
func oneClass(t testing.TB, class string) *exchange.File {
	return csv(t, "Ученики.csv", "Фамилия;Имя;Отчество;Дата рождения;Класс", "Абрамова;Дарья;Олеговна;14.03.2013;"+class)
}

// days are the year's days as the roster has them.
func days(r *journal.Roster) string {
	var b strings.Builder
	for _, s := range []journal.Scheme{journal.Quarters, journal.Trimesters, journal.HalfYears} {
		for _, t := range r.Terms(s) {
			fmt.Fprintf(&b, "%s %s-%s\n", t.Name(), t.From, t.To)
		}
	}
	for _, h := range r.Holidays() {
		fmt.Fprintf(&b, "%s %s-%s\n", h.Title, h.From, h.To)
	}
	return b.String()
}

// planned is a school whose days were taken in as the sample has them.
func planned(t testing.TB) *journal.Roster {
	var b bytes.Buffer
	if err := exchange.Template(&b); err != nil {
		t.Fatal(err)
	}
	r := journal.NewRoster(year)
	take(r, plan(r, read(t, "Образец.xlsx", b.Bytes())))
	return r
}

func TestDays(t *testing.T) {
	for name, tt := range map[string]struct{ row, want, then string }{
		"nothing new":                    {"1 четверть;01.09.2026;30.10.2026", "I четверть = без изменений", ""},
		"without the year":               {"I четверть;1 сентября;30 октября", "I четверть = без изменений", ""},
		"a Ukrainian I":                  {"ІІ четверть;09.11;30.12", "II четверть = без изменений", ""},
		"an ordinal in words":            {"Четвёртая четверть;05.04;28.05", "IV четверть = без изменений", ""},
		"an ordinal in digits":           {"2-е полугодие (10–11 классы);11.01;28.05", "II полугодие = без изменений", ""},
		"another end":                    {"IV четверть;05.04;26.05.2027", "IV четверть = изменим (конец 26.05.2027, был 28.05.2027)", "IV четверть 05.04.2027-26.05.2027"},
		"a trimester":                    {"1 триместр;01.09;20.11", "I триместр = добавим (01.09.2026 – 20.11.2026)", "I триместр 01.09.2026-20.11.2026"},
		"the end before the beginning":   {"IV четверть;28.05.2027;05.04.2027", "IV четверть = решите сами (последний день раньше первого)", ""},
		"a day of last year":             {"I четверть;01.09.2025;30.10.2026", "решите сами (01.09.2025 не в учебном году 2026/27)", ""},
		"a word in a date":               {"I четверть;осенью;30.10", "решите сами («осенью» — не дата, нужно как 01.09.2026)", ""},
		"a day that does not exist":      {"III четверть;11.01;30.02", "решите сами (такой даты нет: 30 февраля)", ""},
		"no end":                         {"I четверть;01.09;", "решите сами (не указан последний день)", ""},
		"a term across another":          {"I четверть;01.09;15.11", "решите сами (пересекается с другими днями: II четверть с 09.11.2026 по 30.12.2026)", "I четверть 01.09.2026-30.10.2026"},
		"a fifth quarter":                {"5 четверть;01.09;15.10", "решите сами (не указан номер от 1 до 4)", ""},
		"a quarter without a number":     {"Четверть;01.09;15.10", "решите сами (не указан номер от 1 до 4)", ""},
		"one day":                        {"День народного единства;04.11;", "День народного единства = добавим (04.11.2026)", "День народного единства 04.11.2026-04.11.2026"},
		"holidays that move":             {"Осенние каникулы;26.10;05.11", "Осенние каникулы = изменим (с 26.10.2026, было с 31.10.2026)", "Осенние каникулы 26.10.2026-05.11.2026\nЗимние"},
		"holidays that grow":             {"Весенние каникулы;27.03;05.04", "изменим (последний день 05.04.2027, был 04.04.2027)", "Весенние каникулы 27.03.2027-05.04.2027"},
		"a season alone":                 {"Зимние;31.12;10.01", "Зимние каникулы = без изменений", ""},
		"a summer that outlasts a year":  {"Летние каникулы;29.05.2027;31.08.2027", "добавим (29.05.2027 – 31.07.2027)", ""},
		"holidays of one grade":          {"Дополнительные каникулы (1 классы);15.02;21.02", "решите сами (по названию не видно, что в эти дни нет уроков у всех классов)", ""},
		"a day that may have lessons":    {"Последний звонок;25.05;", "решите сами (по названию не видно, что в эти дни нет уроков у всех классов)", ""},
		"what is no day":                 {"Директор школы;;", "", ""},
		"a head between":                 {"Каникулы;Начало каникул;Окончание каникул", "", ""},
		"a heading between":              {"Каникулы;;", "", ""},
		"a first day that is not there":  {"Зимние каникулы;;10.01", "решите сами (не указан первый день)", ""},
		"days without a name":            {";04.11;05.11", "решите сами (не указано, что это за дни)", ""},
		"a name too long to be written":  {"Праздник " + strings.Repeat("ё", 120) + ";04.11;", "слишком длинно, можно до 100 знаков", ""},
		"a time of day behind the day":   {"I четверть;01.09.2026 00:00:00;30.10.2026 00:00", "I четверть = без изменений", ""},
		"a half-year's other last day":   {"I полугодие;01.09;29.12", "изменим (конец 29.12.2026, был 30.12.2026)", "I полугодие 01.09.2026-29.12.2026"},
		"a number of the next year's II": {"II четверть;09.11;09.01", "изменим (конец 09.01.2027, был 30.12.2026)", "II четверть 09.11.2026-09.01.2027"},
	} {
		t.Run(name, func(t *testing.T) {
			r := planned(t)
			before := days(r)
			f := csv(t, "Дни.csv", daysHead, "День защитника Отечества;23.02.2027;23.02.2027", tt.row)
			p := plan(r, f)
			if p.Lists[0].Sort != exchange.DaysList {
				t.Fatalf("taken for %q", p.Lists[0].Sort)
			}
			if got := show(p); !strings.Contains(got, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, got)
			}
			take(r, p)
			if got := days(r); !strings.Contains(got, tt.then) || tt.then == "" && !strings.Contains(tt.want, "добавим") && got != before {
				t.Errorf("want %q; the days are\n%s", tt.then, got)
			}
			if again := plan(r, f); len(again.Changes()) > 0 {
				t.Errorf("once more:\n%s", show(again))
			}
		})
	}
}

func TestDaysThatMoveTogether(t *testing.T) {
	r := planned(t)
	f := csv(t, "Дни.csv", "Учебный период;С;По", "I четверть;01.09;23.10", "II четверть;02.11;30.12")
	p := plan(r, f)
	take(r, p)
	got := days(r)
	for _, want := range []string{"I четверть 01.09.2026-23.10.2026", "II четверть 02.11.2026-30.12.2026", "Осенние каникулы 24.10.2026-01.11.2026\nЗимние каникулы"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s%s", want, got, show(p))
		}
	}
	if again := plan(r, f); len(again.Changes()) > 0 {
		t.Errorf("once more:\n%s", show(again))
	}
}

func TestDaysNamedTwice(t *testing.T) {
	r := planned(t)
	got := show(plan(r, csv(t, "Дни.csv", daysHead,
		"I четверть;01.09;30.10", "1 четверть;01.09;30.10", "I четверть;01.09;29.10",
		"Зимние каникулы;31.12;10.01", "Новогодние каникулы;31.12;08.01")))
	for _, want := range []string{
		"3 дни года: I четверть = без изменений (то же, что в строке 2)",
		"4 дни года: I четверть = решите сами (I четверть уже есть в строке 2 с другими днями)",
		"6 дни года: Новогодние каникулы = решите сами (с этого дня уже есть «Зимние каникулы» в строке 5)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestClosedTermKeepsItsDays(t *testing.T) {
	r := planned(t)
	r.Put(journal.KindTerm, journal.Key("").Int(int(journal.Quarters)).Int(1), journal.TermClosed, journal.IntValue(1))
	before := days(r)
	p := plan(r, csv(t, "Дни.csv", daysHead, "I четверть;01.09;23.10", "День учителя, выходной;05.10;", "II четверть;09.11;30.12"))
	if n := len(p.Changes()); n != 0 {
		t.Errorf("%d changes of a closed term", n)
	}
	if len(p.Problems) != 2 || !strings.Contains(p.Problems[0].Text, "I четверть закрыта") {
		t.Errorf("problems: %v", p.Problems)
	}
	if take(r, p); days(r) != before {
		t.Errorf("the days are\n%s", days(r))
	}
}

func TestYearThatNoFileSays(t *testing.T) {
	for name, tt := range map[string]struct {
		class      string
		days       []string
		want, then string
	}{
		"nothing is known": {
			"7-А", nil, "Учебный год 2026/27 = добавим (обычные четверти и полугодия, каникулы между четвертями, уроки по 45 минут с 8:30)",
			"I четверть 01.09.2026-30.10.2026",
		},
		"half-years follow the quarters": {
			"10-А",
			[]string{"1 четверть;01.09;23.10", "2 четверть;02.11;29.12", "3 четверть;11.01;26.03", "4 четверть;05.04;25.05"},
			"(полугодия, каникулы между четвертями, уроки по 45", "I полугодие 01.09.2026-29.12.2026\nII полугодие 11.01.2027-25.05.2027\nОсенние каникулы 24.10.2026-01.11.2026",
		},
		"trimesters alone": {
			"7-А",
			[]string{"1 триместр;01.09;20.11", "2 триместр;30.11;26.02", "3 триместр;01.03;28.05"},
			"Четвертей в списке нет", "I триместр 01.09.2026-20.11.2026",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := journal.NewRoster(year)
			files := []*exchange.File{oneClass(t, tt.class)}
			if tt.days != nil {
				files = append(files, csv(t, "Дни.csv", append([]string{daysHead}, tt.days...)...))
			}
			p := plan(r, files...)
			if got := show(p); !strings.Contains(got, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, got)
			}
			take(r, p)
			if got := days(r); !strings.Contains(got, tt.then) {
				t.Errorf("no %q in\n%s", tt.then, got)
			}
			if len(r.TermsOf(r.Groups()[0].ID)) == 0 {
				t.Error("the class has no terms")
			}
			if b, ok := r.Bell(1); !ok || b.Start != 8*60+30 {
				t.Errorf("the first bell is %+v", b)
			}
			if again := plan(r, files...); len(again.Changes()) > 0 || again.Count(exchange.Add) > 0 {
				t.Errorf("once more:\n%s", show(again))
			}
		})
	}
}

func TestStaffAloneNeedNoYear(t *testing.T) {
	r := journal.NewRoster(year)
	if p := plan(r, csv(t, "Кадры.csv", "ФИО;Должность", "Ковальчук Анна Сергеевна;учитель")); strings.Contains(show(p), "дни года") {
		t.Errorf("days for a school without classes:\n%s", show(p))
	}
}

func TestBells(t *testing.T) {
	for name, tt := range map[string]struct{ row, want string }{
		"nothing new":           {"2;9:25;10:10", "2 урок = без изменений"},
		"seconds and full stop": {"2 урок;09.25;10:10:00", "2 урок = без изменений"},
		"a new lesson":          {"9;16:20;17:05", "9 урок = добавим (16:20 – 17:05)"},
		"another time":          {"2;9:30;10:15", "2 урок = изменим (2 урок с 9:30, был с 9:25)"},
		"another end":           {"2;9:25;10:05", "2 урок = изменим (2 урок до 10:05, был до 10:10)"},
		"not a time":            {"2;утром;10:15", "2 урок = решите сами («утром» — не время, нужно как 8:30)"},
		"the end first":         {"2;10:15;9:30", "2 урок = решите сами (урок кончается раньше, чем начинается)"},
		"not a number":          {"обед;10:15;10:30", "обед = решите сами («обед» — не номер урока)"},
		"across another":        {"2;9:00;9:45", "2 урок = решите сами (время пересекается с уроком 1)"},
		"a part of a day":       {"2;0.392361111111111;0.423611111111111", "2 урок = без изменений"},
	} {
		t.Run(name, func(t *testing.T) {
			r := planned(t)
			f := csv(t, "Звонки.csv", "№ урока;Начало;Конец", "1;8:30;9:15", tt.row)
			p := plan(r, f)
			if got := show(p); !strings.Contains(got, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, got)
			}
			take(r, p)
			if again := plan(r, f); len(again.Changes()) > 0 {
				t.Errorf("once more:\n%s", show(again))
			}
		})
	}
}
