package exchange_test

import (
	"os"
	"strings"
	"testing"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

// staffed is a school with pupils, staff and a load.
func staffed(t testing.TB) *journal.Roster {
	r := standing(t)
	take(r, plan(r,
		csv(t, "Кадры.csv",
			"№;Ф.И.О. работника;Должность;Кл. руководитель",
			"1;Ковальчук Анна Сергеевна;учитель математики;7-А",
			"2;Мороз Игорь Львович;учитель физики;нет",
			"3;Мороз Инна Львовна;учитель музыки;",
			"4;Сова Пётр Ильич;учитель;",
			"5;Сова Павел Игоревич;учитель;",
		),
		csv(t, "Нагрузка.csv",
			"Учитель;Предмет;Класс;Группа;Часов в неделю;Кабинет",
			"Ковальчук А.С.;Алгебра;7-А;;3;12",
			"Мороз Игорь Львович;Физика;7-А;1;1,5;20",
			"И. Л. Мороз;Физика;7-А;2 группа;1,5;20",
		)))
	return r
}

func TestStaff(t *testing.T) {
	for name, tt := range map[string]struct{ row, want string }{
		"nothing new":            {"Ковальчук Анна Сергеевна;учитель математики;7-А", "Ковальчук Анна Сергеевна = без изменений"},
		"a new position":         {"Ковальчук Анна Сергеевна;завуч;", "= изменим (сейчас «учитель математики», в файле «завуч»)"},
		"somebody new":           {"Гай Ян Янович;учитель;", "Гай Ян Янович = добавим"},
		"a patronymic left out":  {"Ковальчук Анна;учитель математики;", "= без изменений"},
		"initials of one person": {"Ковальчук А. С.;;", "вместо имени только буква, нужно имя целиком"},
		"a class led by another": {"Мороз Игорь Львович;;7-А", "= изменим (класс 7-А вместо: А. С. Ковальчук)"},
		"no such class":          {"Мороз Игорь Львович;;9-Ы", "= решите сами (класса 9-Ы в школе нет)"},
		"not a class":            {"Мороз Игорь Львович;;2 смена", "= решите сами («2 смена» — не класс, нужно как 7-А)"},
		"a number in the name":   {"Ковальчук 2 Анна;;", "в имени стоит знак «2»"},
	} {
		t.Run(name, func(t *testing.T) {
			r := staffed(t)
			f := csv(t, "Педагоги.csv", "ФИО;Должность;Классный руководитель", tt.row)
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

func TestLoad(t *testing.T) {
	for name, tt := range map[string]struct {
		row    string
		fate   exchange.Fate
		why    string
		answer string
		then   string // the timetable then has
	}{
		"nothing new":              {row: "Ковальчук Анна Сергеевна;Алгебра;7А;;3", fate: exchange.Same},
		"other hours":              {row: "Ковальчук Анна Сергеевна;Алгебра;7А;;4 ч", fate: exchange.Alter, why: "часов в неделю 4, было 3", then: "7-А | Алгебра | 4.00 | А. С. Ковальчук с 01.09"},
		"another teacher":          {row: "Мороз Игорь Львович;Алгебра;7А;;3", fate: exchange.Alter, why: "учитель И. Л. Мороз", then: "7-А | Алгебра | 3.00 | И. Л. Мороз с 01.09 |"},
		"a new page":               {row: "Мороз Инна Львовна;Музыка;7-А;;1", fate: exchange.Add, then: "7-А | Музыка | 1.00 | И. Л. Мороз с 01.09"},
		"a group by its number":    {row: "Мороз Игорь Львович;Физика;7-А;гр. 1;1.5", fate: exchange.Same},
		"initials of two":          {row: "Сова П. И.;Труд;7-А;;1", fate: exchange.Wait, why: "таких сотрудников 2", answer: "Сова Павел", then: "Труд | 1.00 | П. И. Сова"},
		"an unknown teacher":       {row: "Гай Ян Янович;Труд;7-А;;1", fate: exchange.Wait, why: "учителя «Гай Ян Янович» нет в списке сотрудников", answer: "Добавить сотрудника", then: "7-А | Труд | 1.00 | Я. Я. Гай"},
		"an unknown teacher waits": {row: "Гай Я.Я.;Труд;7-А;;1", fate: exchange.Wait, why: "нет в списке сотрудников", answer: "Оставить без учителя", then: "7-А | Труд | 1.00 | |"},
		"a vacancy":                {row: "вакансия;Труд;7-А;;1", fate: exchange.Add, why: "учителя пока нет", then: "7-А | Труд | 1.00 | |"},
		"an unknown class":         {row: "Мороз Игорь Львович;Труд;9-В;;1", fate: exchange.Wait, why: "класса 9-В в школе нет", answer: "Добавить 9-В", then: "9-В | Труд"},
		"a misspelt subject":       {row: "Мороз Игорь Львович;Алгебрa и;7-А;;1", fate: exchange.Add},
		"a look-alike subject":     {row: "Мороз Игорь Львович;Алгебро;7-А;;1", fate: exchange.Wait, why: "предмета «Алгебро» в школе нет, похож на «Алгебра»", answer: "Добавить", then: "7-А | Алгебро"},
		"two classes together":     {row: "Мороз Игорь Львович;Хор;7-А, 6-Б;;1", fate: exchange.Wait, why: "учатся вместе или каждый отдельно", answer: "Вместе", then: "7-А, 6-Б | Хор | 1.00"},
		"two classes apart":        {row: "Мороз Игорь Львович;Хор;7-А, 6-Б;;1", fate: exchange.Wait, why: "учатся вместе", answer: "отдельно", then: "6-Б | Хор | 1.00"},
		"a mark with a slash":      {row: "Мороз Игорь Львович;Труд;7-А;;5/6", fate: exchange.Wait, why: "«5/6» — не число часов в неделю"},
		"an absence":               {row: "Мороз Игорь Львович;Труд;7-А;;н", fate: exchange.Wait, why: "«н» — не число часов в неделю"},
		"too many hours":           {row: "Мороз Игорь Львович;Труд;7-А;;60", fate: exchange.Wait, why: "«60» — не число"},
		"no subject":               {row: "Мороз Игорь Львович;;7-А;;1", fate: exchange.Wait, why: "не указан предмет"},
		"a class that is none":     {row: "Мороз Игорь Львович;Труд;77;;1", fate: exchange.Wait, why: "«77» — не класс, нужно как 7-А"},
	} {
		t.Run(name, func(t *testing.T) {
			r := staffed(t)
			f := csv(t, "н.csv", "Учитель;Предмет;Класс;Группа;Часов в неделю", tt.row)
			p := plan(r, f)
			it := p.Items[len(p.Items)-1]
			if it.Fate != tt.fate || !strings.Contains(it.Why, tt.why) {
				t.Fatalf("%s (%s), want %s (%s)", it.Fate, it.Why, tt.fate, tt.why)
			}
			if tt.answer != "" {
				var a exchange.Answer
				for _, c := range it.Question.Choices {
					if strings.Contains(c.Label, tt.answer) {
						a.Choice = c.Answer
					}
				}
				p = answered(r, map[string]exchange.Answer{it.Question.ID: a}, f)
			}
			take(r, p)
			if !strings.Contains(timetable(r), tt.then) {
				t.Errorf("no %q in\n%s%s", tt.then, timetable(r), show(p))
			}
			if again := plan(r, f); tt.answer == "" && len(again.Changes()) > 0 {
				t.Errorf("once more:\n%s", show(again))
			}
		})
	}
}

func TestLoadRowsThatRepeat(t *testing.T) {
	r := staffed(t)
	f := csv(t, "н.csv", "Учитель;Предмет;Класс;Часов",
		"Мороз Инна Львовна;Музыка;7-А;1",
		"Мороз Инна Львовна;Музыка;7-А;1",
		"Мороз Инна Львовна;Музыка;7-А;2",
		"Мороз Игорь Львович;Музыка;7-А;1")
	got := show(plan(r, f))
	for _, want := range []string{
		"3 нагрузка: 7-А, Музыка = без изменений (то же, что в строке 2)",
		"4 нагрузка: 7-А, Музыка = решите сами (этот предмет уже есть в строке 2, часов там 1, здесь 2)",
		"5 нагрузка: 7-А, Музыка = решите сами (этот предмет уже есть в строке 2 с другим учителем",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestTogetherPupilsAreInTheGroup(t *testing.T) {
	r := staffed(t)
	f := csv(t, "н.csv", "Учитель;Предмет;Класс;Часов", "Мороз Игорь Львович;Хор;7-А, 6-Б;1")
	q := plan(r, f).Questions()[0]
	take(r, answered(r, map[string]exchange.Answer{q.ID: {Choice: "together"}}, f))
	g := journal.NamedGroupID(year, journal.SortInterclass, "7-А, 6-Б")
	if n := len(r.Members(g, september, september)); n != 6 {
		t.Errorf("%d pupils of two classes in the group, want all 6", n)
	}
}

func TestChangedTimetableHoldsFromTheDayOfThePlan(t *testing.T) {
	data, err := os.ReadFile("testdata/asc2024-utf8.xml")
	if err != nil {
		t.Fatal(err)
	}
	r := journal.NewRoster(year)
	take(r, plan(r, read(t, "1.xml", data)))
	text := strings.Replace(string(data), `lessonid="L2" period="3" weeks="11" terms="11" days="100000"`, `lessonid="L2" period="4" weeks="11" terms="11" days="010000"`, 1)
	text = strings.Replace(text, `<lesson id="L6"`, `<gone id="L6"`, 1)
	text = strings.Replace(text, `<card lessonid="L6"`, `<gone lessonid="L6"`, 1)
	o := exchange.Options{On: journal.MakeDate(2026, 11, 9)}
	p := exchange.MakePlan(r, []*exchange.File{read(t, "2.xml", []byte(text))}, o)
	take(r, p)
	for _, want := range []string{
		"10-А | Труд (технология) | 1.00 | И. Л. Мороз с 01.09 | пн3(01.09–08.11.2026) вт4(09.11–)",
		"11 | Алгебра | 5.00 | А. С. Ковальчук с 01.09 | пн2(01.09–08.11.2026)",
		"10-А | Химия | 2.50 | А. С. Ковальчук с 01.09 | пн1 пн2 пт6Б",
	} {
		if !strings.Contains(timetable(r), want) {
			t.Errorf("no %q in\n%s", want, timetable(r))
		}
	}
	if !strings.Contains(show(p), "11, Алгебра = изменим (в файле нет, уберём уроков: 5)") {
		t.Errorf("the lessons that went are not named:\n%s", show(p))
	}
	if again := exchange.MakePlan(r, []*exchange.File{read(t, "2.xml", []byte(text))}, o); len(again.Changes()) > 0 {
		t.Errorf("once more:\n%s", show(again))
	}
}
