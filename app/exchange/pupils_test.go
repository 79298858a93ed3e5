package exchange_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

// classList is the list of a class as a school office writes it.
func classList(t testing.TB) *exchange.File {
	return read(t, "Список 7-А на 1 сентября.xlsx", book(t, "7А",
		[]any{"Список учеников 7-А класса"},
		[]any{},
		[]any{"№", "Ф.И.О. ученика", "Д.р.", "Класс", "Пол", "СНИЛС"},
		[]any{1, "Абрамова Дарья Олеговна", "14.03.2013", "7-А", "ж", "1"},
		[]any{2, "Белоус Кирилл Андреевич", 41580, "7A", "м", "1"}, // a serial date, a Latin letter
		[]any{3, "Гайдук Полина Сергеевна", "31.02.2013", "7-А", "ж"},
		[]any{4, "Ержанов Тимур", "08.01.2013", "7-А", "м"},
		[]any{5, "Жук Алёна Романовна", "23.09.2013", "7-Б", "ж"},
		[]any{6},
		[]any{7, "АБРАМОВА ДАРЬЯ ОЛЕГОВНА", "14.03.2013", "7-А", "ж"},
		[]any{8, "Калинин Степан Денисович", "6", "7-А", "м"},
		[]any{9, "Ким", "6", "7-А", "м"},
		[]any{10, "Лось Илья Ильич", "31.02.2013", "7-А", "да"},
	))
}

func TestDryRunOfAClassList(t *testing.T) {
	r := journal.NewRoster(year)
	p := plan(r, classList(t))
	golden(t, "class-list.golden", show(p))
	if n := len(r.AllPupils()); n != 0 {
		t.Fatalf("a dry run wrote %d pupils", n)
	}
	take(r, p)
	if got, want := len(r.AllPupils()), p.Count(exchange.Add)-2; got != want { // the class and the year are among those added
		t.Errorf("%d pupils are in the school, %d rows said «добавим»", got, want)
	}
	if again := plan(r, classList(t)); len(again.Changes()) != 0 || again.Count(exchange.Add) != 0 {
		t.Errorf("the same list once more:\n%s", show(again))
	}
}

func TestAnswersGoIntoTheNextPlan(t *testing.T) {
	r := journal.NewRoster(year)
	answers := map[string]exchange.Answer{}
	for _, q := range plan(r, classList(t)).Questions() {
		switch {
		case strings.Contains(q.Text, "Гайдук"):
			if !q.Fix || q.Value != "31.02.2013" {
				t.Errorf("a wrong date must be shown to be mended: %+v", q)
			}
			answers[q.ID] = exchange.Answer{Value: "28.02.2013"}
		case strings.Contains(q.Text, "Жук"):
			answers[q.ID] = exchange.Answer{Choice: "7-А"}
		case strings.Contains(q.Text, "Ким"):
			answers[q.ID] = exchange.Answer{Choice: exchange.SkipRow}
		}
	}
	p := answered(r, answers, classList(t))
	got := show(p)
	for _, want := range []string{
		"Гайдук Полина Сергеевна 28.02.2013 7-А = добавим\n",
		"Жук Алёна Романовна 23.09.2013 7-А = добавим\n",
		"Ким  7-А = пропустим",
		"Калинин Степан Денисович  7-А = решите сами",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// standing is a school with a few pupils in it.
func standing(t testing.TB) *journal.Roster {
	r := journal.NewRoster(year)
	take(r, plan(r, csv(t, "1.csv",
		"Фамилия;Имя;Отчество;Дата рождения;Класс;№ личного дела",
		"Василенко;Артём;Петрович;19.08.2013;7-А;В-1",
		"Зайченко;Богдан;Олегович;11.04.2013;7-А;З-7",
		"Калинин;Степан;Денисович;09.10.2013;6-Б;",
		"Иванов;Иван;Иванович;01.02.2013;7-А;",
		"Орлова;Яна;Сергеевна;05.05.2013;7-А;",
		"Тихая;Вера;;03.03.2013;7-А;",
	)))
	return r
}

func TestPupilsWhoAreInTheSchool(t *testing.T) {
	head := "Фамилия;Имя;Отчество;Дата рождения;Класс;№ личного дела;Телефон"
	for name, tt := range map[string]struct {
		row    string
		fate   exchange.Fate
		why    string
		answer string // the choice whose label contains it
		then   string // what the plan shows afterwards
	}{
		"nothing new":                        {row: "Василенко;Артём;Петрович;19.08.2013;7-А;;", fate: exchange.Same},
		"an empty cell takes nothing away":   {row: "Василенко;Артём;;19.08.2013;7-А;;", fate: exchange.Same},
		"another letter in the name":         {row: "Василенко;Артем;Петрович;19.08.2013;7-А;;", fate: exchange.Alter, why: "сейчас «Артём», в файле «Артем»"},
		"a telephone":                        {row: "Василенко;Артём;Петрович;19.08.2013;7-А;;12-34", fate: exchange.Alter, why: "новый телефон"},
		"a patronymic that was missing":      {row: "Тихая;Вера;Ильинична;03.03.2013;7-А;;", fate: exchange.Alter, why: "добавим отчество"},
		"another date, same personal file":   {row: "Зайченко;Богдан;Олегович;17.04.2013;7-А;З-7;", fate: exchange.Alter, why: "новая дата рождения, была 11.04.2013"},
		"another date may be another pupil":  {row: "Иванов;Иван;Иванович;02.02.2013;7-А;;", fate: exchange.Wait, why: "в школе есть похожий: Иванов Иван Иванович, 01.02.2013, 7-А", answer: "Другой", then: "добавим"},
		"another date, the same pupil":       {row: "Иванов;Иван;Иванович;02.02.2013;7-А;;", fate: exchange.Wait, why: "похожий", answer: "Это Иванов", then: "изменим (новая дата рождения, была 01.02.2013)"},
		"another patronymic":                 {row: "Орлова;Яна;Юрьевна;05.05.2013;7-А;;", fate: exchange.Wait, why: "похожий"},
		"a new surname":                      {row: "Лебедь;Яна;Сергеевна;05.05.2013;7-А;;", fate: exchange.Wait, why: "похожий", answer: "Это Орлова", then: "изменим (сейчас «Орлова», в файле «Лебедь»)"},
		"no date, but the same class":        {row: "Орлова;Яна;Сергеевна;;7-А;;", fate: exchange.Same},
		"no date and another class":          {row: "Орлова;Яна;Сергеевна;;6-Б;;", fate: exchange.Wait, why: "похожий"},
		"a namesake who differs in all else": {row: "Орлова;Яна;Юрьевна;06.06.2012;6-Б;;", fate: exchange.Add},
		"in another class":                   {row: "Калинин;Степан;Денисович;09.10.2013;7-А;;", fate: exchange.Wait, why: "такой ученик уже есть в классе 6-Б", answer: "Перевести", then: "изменим (переведём из 6-Б в 7-А)"},
		"in another class, another pupil":    {row: "Калинин;Степан;Денисович;09.10.2013;7-А;;", fate: exchange.Wait, why: "уже есть", answer: "Другой", then: "добавим"},
	} {
		t.Run(name, func(t *testing.T) {
			r := standing(t)
			f := csv(t, "2.csv", head, tt.row)
			p := plan(r, f)
			it := p.Items[len(p.Items)-1]
			if it.Fate != tt.fate || !strings.Contains(it.Why, tt.why) {
				t.Fatalf("%s (%s), want %s (%s)", it.Fate, it.Why, tt.fate, tt.why)
			}
			if tt.fate == exchange.Wait && len(p.Changes()) > 0 {
				t.Errorf("a row that waits would write %d changes", len(p.Changes()))
			}
			if tt.answer == "" {
				return
			}
			var a exchange.Answer
			for _, c := range it.Question.Choices {
				if strings.Contains(c.Label, tt.answer) {
					a.Choice = c.Answer
				}
			}
			p = answered(r, map[string]exchange.Answer{it.Question.ID: a}, f)
			if !strings.Contains(show(p), "= "+tt.then) {
				t.Fatalf("after «%s»:\n%s", tt.answer, show(p))
			}
			take(r, p)
			if again := plan(r, f); len(again.Changes()) > 0 || again.Count(exchange.Same) != 1 {
				t.Errorf("once more:\n%s", show(again))
			}
		})
	}
}

func TestMoveEndsTheFormerMembership(t *testing.T) {
	r := standing(t)
	f := csv(t, "2.csv", "ФИО;Дата рождения;Класс", "Калинин Степан Денисович;09.10.2013;7-А")
	o := exchange.Options{On: journal.MakeDate(2026, 11, 23)}
	q := exchange.MakePlan(r, []*exchange.File{f}, o).Questions()[0]
	o.Answers = map[string]exchange.Answer{q.ID: {Choice: "move"}}
	take(r, exchange.MakePlan(r, []*exchange.File{f}, o))
	id := r.AllPupils()[3].ID // Калинин
	for day, want := range map[journal.Date]string{journal.MakeDate(2026, 11, 22): "6-Б", journal.MakeDate(2026, 11, 23): "7-А"} {
		if class, _ := r.ClassOf(id, day); class.Name != want {
			t.Errorf("on %s in %q, want %q", day, class.Name, want)
		}
	}
	if again := exchange.MakePlan(r, []*exchange.File{f}, o); len(again.Changes()) > 0 {
		t.Errorf("once more:\n%s", show(again))
	}
}

func TestColumnsAreFoundByMeaning(t *testing.T) {
	want := "Абрамова Дарья Олеговна 14.03.2013 7-А = добавим"
	for name, rows := range map[string][][]any{
		"three columns":     {{"Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"}, {"Абрамова", "Дарья", "Олеговна", "14.03.2013", "7-А"}},
		"another order":     {{"Класс", "Отчество", "Имя", "Фамилия", "Пол", "Дата рожд."}, {"7 «а»", "Олеговна", "Дарья", "Абрамова", "Ж", "14/3/2013"}},
		"short heads":       {{"№ п/п", "ФИО", "Др", "Кл."}, {1, "Абрамова Дарья Олеговна", "2013-03-14", "7а"}},
		"words in capitals": {{"ФАМИЛИЯ, ИМЯ, ОТЧЕСТВО ОБУЧАЮЩЕГОСЯ", "ДАТА РОЖДЕНИЯ (ЧИСЛО, МЕСЯЦ, ГОД)", "КЛАСС"}, {"АБРАМОВА ДАРЬЯ ОЛЕГОВНА", "14 марта 2013 г.", "7-А класс"}},
		"a head of two rows": {
			{"Ученик", nil, nil, "Дата рождения", "Класс"},
			{"Фамилия", "Имя", "Отчество"},
			{"Абрамова", "Дарья", "Олеговна", 41347, "7-А"},
		},
		"letterhead above": {
			{"Муниципальное бюджетное общеобразовательное учреждение"},
			{"«Зареченская средняя школа»"},
			{},
			{"Сведения об обучающихся"},
			{"на 1 сентября 2026 года"},
			{},
			{nil, "Фамилия", "Имя", "Отчество", "День рождения", "Класс"},
			{nil, "Абрамова", "Дарья", "Олеговна", "14.03.2013", "7А"},
		},
		"the class is in the title": {{"Список обучающихся 7 «А» класса"}, {"Фамилия Имя Отчество", "Дата рождения"}, {"Абрамова  Дарья Олеговна ", "14.03.13"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := journal.NewRoster(year)
			p := plan(r, read(t, "x.xlsx", book(t, "Лист1", rows...)))
			if got := show(p); !strings.Contains(got, want) {
				t.Errorf("no %q in\n%s", want, got)
			}
		})
	}
}

func TestMergedCellsAndSeveralSheets(t *testing.T) {
	f := excelize.NewFile()
	set := func(sheet, cell string, v any) {
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, sheet := range []string{"7А", "7Б", "Памятка"} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	set("Памятка", "A1", "Заполняйте без сокращений")
	for i, sheet := range []string{"7А", "7Б"} {
		set(sheet, "A1", "Ученик")
		set(sheet, "A2", "Фамилия")
		set(sheet, "B2", "Имя")
		set(sheet, "C1", "Дата рождения")
		set(sheet, "A3", []string{"Белоус", "Жук"}[i])
		set(sheet, "B3", "Алёна")
		set(sheet, "C3", "02.11.2013")
		if err := f.MergeCell(sheet, "A1", "B1"); err != nil {
			t.Fatal(err)
		}
		if err := f.MergeCell(sheet, "C1", "C2"); err != nil {
			t.Fatal(err)
		}
	}
	got := show(plan(journal.NewRoster(year), read(t, "Школа.xlsx", save(t, f))))
	for _, want := range []string{"Белоус Алёна 02.11.2013 7-А = добавим", "Жук Алёна 02.11.2013 7-Б = добавим", "Школа.xlsx, лист «Памятка», строка 1: не нашли строку с названиями столбцов"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestTheSameProblemIsOneLine(t *testing.T) {
	rows := []string{"ФИО;Дата рождения;Класс"}
	for _, n := range []string{"Анна", "Вера", "Инна", "Нина"} {
		rows = append(rows, "Ким "+n+";31.02.2013;7-А")
	}
	p := plan(journal.NewRoster(year), csv(t, "1.csv", rows...))
	if len(p.Problems) != 1 || p.Problems[0].Count != 4 || p.Count(exchange.Wait) != 4 {
		t.Errorf("%s", show(p))
	}
}
