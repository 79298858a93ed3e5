package printtest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/print"
)

// Size says how large a class to invent.
type Size struct {
	Pupils   int
	Subjects int // taken in turn from a school's usual list, subgroups included
	Weeks    int // 34 in a school year
	Extra    int // lessons a week beyond the usual, in every subject
}

// Year is an ordinary class: 30 pupils, 18 pages of subjects.
var Year = Size{Pupils: 30, Subjects: 18, Weeks: 34}

// Thick is a class whose journal has well over 200 pages.
var Thick = Size{Pupils: 30, Subjects: 24, Weeks: 34, Extra: 1}

type subject struct {
	name, column string
	weekly       int
	group        int // 0: all; 1 and 2: the halves
}

var subjects = []subject{
	{"Русский язык", "", 3, 0},
	{"Литература", "", 3, 0},
	{"Родной язык (крымскотатарский)", "", 1, 0},
	{"Иностранный язык (английский), группа 1", "Иностранный язык (английский)", 3, 1},
	{"Иностранный язык (английский), группа 2", "Иностранный язык (английский)", 3, 2},
	{"Алгебра", "", 3, 0},
	{"Геометрия", "", 2, 0},
	{"Вероятность и статистика", "", 1, 0},
	{"Информатика, группа 1", "Информатика", 1, 1},
	{"Информатика, группа 2", "Информатика", 1, 2},
	{"История", "", 2, 0},
	{"Обществознание", "", 1, 0},
	{"География", "", 2, 0},
	{"Физика", "", 3, 0},
	{"Химия", "", 2, 0},
	{"Биология", "", 2, 0},
	{"Основы безопасности и защиты Родины", "", 1, 0},
	{"Физическая культура", "", 2, 0},
	{"Труд (технология), группа 1", "Труд (технология)", 1, 1},
	{"Труд (технология), группа 2", "Труд (технология)", 1, 2},
	{"Музыка", "", 1, 0},
	{"Изобразительное искусство", "", 1, 0},
	{"Второй иностранный язык (немецкий)", "", 2, 0},
	{"Основы духовно-нравственной культуры народов России", "", 1, 0},
}

var (
	surnames = []string{
		"Абибуллаев", "Алексеенко", "Бондаренко", "Васильев", "Гончарук", "Джемилев", "Егоров", "Жуковский", "Зайцев", "Ибрагимов",
		"Кириченко", "Козлов", "Лебедев", "Максимов", "Меметов", "Никифоров", "Османов", "Павленко", "Романюк", "Сейтаблаев",
		"Степаненко", "Тимошенко", "Умеров", "Фёдоров", "Халилов", "Цыганков", "Чернышёв", "Шевченко", "Щербаков", "Юнусов",
		"Яковенко", "Яценко", "Эмиров", "Ящук", "Ярошенко", "Эсенов", "Юрченко", "Яременко", "Ященко", "Юсуфов",
	}
	boys    = [][2]string{{"Артём", "Никитич"}, {"Эмир", "Серверович"}, {"Илья", "Андреевич"}, {"Максим", "Александрович"}, {"Никита", "Дмитриевич"}}
	girls   = [][2]string{{"Алие", "Серверовна"}, {"Виктория", "Сергеевна"}, {"Дарья", "Дмитриевна"}, {"София", "Андреевна"}, {"Ульяна", "Ивановна"}}
	teacher = []string{
		"Мамбетова Эльзара Рустемовна", "Петренко Ольга Ивановна", "Кравчук Сергей Николаевич", "Сулейманова Лиля Энверовна",
		"Гордиенко Наталья Викторовна", "Литвин Андрей Павлович",
	}
	topics = []string{
		"Повторение изученного в 8 классе. Входной контроль", "Сложноподчинённые предложения с придаточными определительными",
		"Решение задач по теме «Подобие треугольников»", "Электролитическая диссоциация. Ионные уравнения",
		"Практическая работа № 3 «Измерение ускорения свободного падения»", "Россия в первой половине XIX века: внутренняя политика Александра I",
		"Строение клетки. Лабораторная работа № 2 «Рассматривание клеток под микроскопом»",
		"Контрольная работа по теме «Квадратные уравнения и неравенства»", "Анализ контрольной работы. Работа над ошибками",
		"Климат и внутренние воды", "Словарные слова. Диктант", "Семья и школа",
	}
	homework = []string{
		"§ 12, упр. 143, выучить правило", "§ 8–9, вопросы 1–5 на с. 64, заполнить таблицу в тетради", "Не задано",
		"№ 245 (а, б), 247, 251*; подготовиться к самостоятельной работе", "Индивидуальные задания на карточках",
		"Составить конспект параграфа, подготовить сообщение (по выбору) о полководцах Отечественной войны 1812 года",
		"Выучить слова на с. 112, написать письмо другу (100–120 слов)", "Повторить § 1–4",
	}
)

// Class invents a class.
func Class(seed uint64, size Size) *print.ClassJournal {
	rng := rand.New(rand.NewPCG(seed, 9))
	j := &print.ClassJournal{
		School: School(), Class: "9-А", Year: 2025, Teacher: teacher[0], Index: "02-15",
		Begun: journal.MakeDate(2025, 9, 1), Ended: journal.MakeDate(2026, 5, 26), Made: time.Date(2026, 6, 15, 10, 30, 0, 0, time.UTC),
		Periods: []print.Period{
			{Kind: print.Term, Short: "I четв.", Long: "I четверть", From: journal.MakeDate(2025, 9, 1), To: journal.MakeDate(2025, 10, 26)},
			{Kind: print.Term, Short: "II четв.", Long: "II четверть", From: journal.MakeDate(2025, 11, 5), To: journal.MakeDate(2025, 12, 28)},
			{Kind: print.Term, Short: "III четв.", Long: "III четверть", From: journal.MakeDate(2026, 1, 12), To: journal.MakeDate(2026, 3, 22)},
			{Kind: print.Term, Short: "IV четв.", Long: "IV четверть", From: journal.MakeDate(2026, 3, 30), To: journal.MakeDate(2026, 5, 26)},
			{Kind: print.Annual, Short: "Год", Long: "Годовая отметка", To: journal.MakeDate(2026, 5, 26)},
			{Kind: print.Exam, Short: "Экз.", Long: "Экзаменационная отметка", To: journal.MakeDate(2026, 6, 14)},
			{Kind: print.Final, Short: "Итог", Long: "Итоговая отметка", To: journal.MakeDate(2026, 6, 14)},
		},
		Remarks: []print.Remark{
			{Date: journal.MakeDate(2025, 10, 3), Text: "Заполнить темы уроков за 29 и 30 сентября.", By: "Зам. директора Петренко О. И.", Done: "исправлено 04.10.2025"},
			{Date: journal.MakeDate(2025, 12, 22), Text: "Накопляемость отметок по геометрии достаточная. Замечаний нет.", By: "Зам. директора Петренко О. И.", Done: ""},
		},
		Seal: print.Seal{Text: "Контрольная сумма электронного журнала: 7f3a 91c0 55de 0b24 8a6e 42f1 d90c 3b77. Запись в журнале школы № 48 213.", Code: modules(rng)},
	}
	invented(j, rng, size)
	return j
}

// School is an invented school with every requisite.
func School() print.School {
	return print.School{
		Region:   "Республика Крым",
		Name:     "Муниципальное общеобразовательное учреждение «Заречненская школа» Джанкойского района",
		Short:    "МОУ «Заречненская школа»",
		Place:    "с. Заречное, Джанкойский район, Республика Крым",
		OKPO:     "00790000",
		OGRN:     "1159102000000",
		INN:      "9105000000",
		KPP:      "910501001",
		Accounts: []string{"Единый казначейский счет 40102810600000000035", "Казначейский счет 03234643300000007500"},
		Address:  "296100, Российская Федерация, Республика Крым, Джанкойский район, с. Заречное, ул. Школьная, 1",
		Phone:    "+7 900 000-00-00",
		Email:    "school@example.org",
		Head:     "Савченко И. В.",
	}
}

func invented(j *print.ClassJournal, rng *rand.Rand, size Size) {
	for i := range size.Pupils {
		j.Pupils = append(j.Pupils, pupil(i, rng))
	}
	if size.Pupils > 4 {
		j.Pupils[3].Decision = ""
		j.Pupils[3].Left, j.Pupils[3].LeftBy = journal.MakeDate(2026, 1, 19), "приказ № 7 от 16.01.2026, выбыл в МБОУ «Школа № 2» г. Джанкоя"
		j.Pupils[4].Came, j.Pupils[4].CameBy = journal.MakeDate(2025, 11, 10), "приказ № 58 от 07.11.2025, прибыл из г. Керчи"
	}
	days := schoolDays(j, size.Weeks)
	j.SchoolDays = append(j.SchoolDays, days...)
	away := absences(j, rng)
	for n := range size.Subjects {
		s := subjects[n%len(subjects)]
		if n >= len(subjects) {
			s.name = fmt.Sprintf("%s, модуль %d", s.name, n/len(subjects)+1)
		}
		j.Subjects = append(j.Subjects, page(j, rng, s, n, days, away, size.Extra))
	}
}

func pupil(i int, rng *rand.Rand) print.Pupil {
	surname := surnames[i%len(surnames)]
	first, sex := boys[rng.IntN(len(boys))], "м"
	if i%2 == 1 {
		first, sex = girls[rng.IntN(len(girls))], "ж"
		switch surname[len(surname)-2:] {
		case "в":
			surname += "а"
		case "й":
			surname = surname[:len(surname)-4] + "ая"
		}
	}
	return print.Pupil{
		Name: surname + " " + first[0], FullName: surname + " " + first[0] + " " + first[1],
		File: fmt.Sprintf("%c-%d", []rune(surname)[0], 100+i), Sex: sex,
		Born: journal.MakeDate(2010, time.Month(1+rng.IntN(12)), 1+rng.IntN(28)),
		Came: journal.MakeDate(2025, 9, 1), CameBy: "приказ № 41 от 29.08.2025",
		Parents: surname + " Анна Петровна, " + surname + " Сергей Олегович",
		Phone:   fmt.Sprintf("+7 900 000-%02d-%02d", rng.IntN(100), i), Address: fmt.Sprintf("с. Заречное, ул. Садовая, д. %d", 1+i),
		Decision: "переведён в 10 класс, протокол № 8 от 25.05.2026",
	}
}

func schoolDays(j *print.ClassJournal, weeks int) (days []journal.Date) {
	for _, p := range j.Periods {
		if p.Kind != print.Term {
			continue
		}
		for d := p.From; d <= p.To && len(days) < weeks*5; d++ {
			if d.Weekday() <= 5 {
				days = append(days, d)
			}
		}
	}
	return days
}

// modules are a black and white pattern the size of a QR code of version 9.
func modules(rng *rand.Rand) [][]bool {
	all := make([][]bool, 53)
	for i := range all {
		all[i] = make([]bool, 53)
		for k := range all[i] {
			all[i][k] = rng.IntN(2) == 0
		}
	}
	return all
}
