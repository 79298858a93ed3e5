package demo

import "uchitelskaya/app/journal"

// split says how a class is divided for a subject.
type split int

const (
	whole  split = iota
	halves       // in two, when the class is large
	sexes        // girls and boys, in schools with two workshops
)

// A subject is what is taught, with its hours a week by grade in hundredths.
type subject struct {
	name, short string
	hours       [12]int
	split       split
	own         bool // in grades 1 to 4 the class's own teacher gives it
	unmarked    bool
	kind        kind
}

// kind says which works and which homework a subject has.
type kind int

const (
	language kind = iota
	reading
	numbers
	nature
	society
	foreign
	arts
	sport
	leisure
)

// curriculum is what the schools teach, close to the federal plan of a
// five-day week. The half hours of drawing and music in the 7th grade
// alternate by week.
var curriculum = []*subject{
	{name: "Русский язык", short: "Рус. яз.", hours: weekly(5, 5, 5, 5, 5, 6, 4, 3, 3, 3, 3), own: true, kind: language},
	{name: "Литературное чтение", short: "Лит. чт.", hours: weekly(4, 4, 4, 4), own: true, kind: reading},
	{name: "Литература", short: "Лит-ра", hours: weekly(0, 0, 0, 0, 3, 3, 2, 2, 3, 3, 3), kind: reading},
	{name: "Английский язык", short: "Англ. яз.", hours: weekly(0, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3), split: halves, kind: foreign},
	{name: "Математика", short: "Матем.", hours: weekly(4, 4, 4, 4, 5, 5), own: true, kind: numbers},
	{name: "Алгебра", short: "Алгебра", hours: weekly(0, 0, 0, 0, 0, 0, 3, 3, 3, 4, 4), kind: numbers},
	{name: "Геометрия", short: "Геом.", hours: weekly(0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2), kind: numbers},
	{name: "Вероятность и статистика", short: "Вер. и стат.", hours: weekly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1), kind: numbers},
	{name: "Информатика", short: "Информ.", hours: weekly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1), split: halves, kind: numbers},
	{name: "Окружающий мир", short: "Окр. мир", hours: weekly(2, 2, 2, 2), own: true, kind: nature},
	{name: "История", short: "История", hours: weekly(0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2), kind: society},
	{name: "Обществознание", short: "Общество", hours: weekly(0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2), kind: society},
	{name: "География", short: "Геогр.", hours: weekly(0, 0, 0, 0, 1, 1, 2, 2, 2, 1, 1), kind: society},
	{name: "Биология", short: "Биол.", hours: weekly(0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2), kind: nature},
	{name: "Физика", short: "Физика", hours: weekly(0, 0, 0, 0, 0, 0, 2, 2, 3, 3, 3), kind: nature},
	{name: "Химия", short: "Химия", hours: weekly(0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2), kind: nature},
	{name: "Основы религиозных культур и светской этики", short: "ОРКСЭ", hours: weekly(0, 0, 0, 1), own: true, unmarked: true, kind: leisure},
	{name: "Основы духовно-нравственной культуры народов России", short: "ОДНКНР", hours: weekly(0, 0, 0, 0, 1, 1), kind: society},
	{name: "Изобразительное искусство", short: "ИЗО", hours: alternating(7, weekly(1, 1, 1, 1, 1, 1)), own: true, kind: arts},
	{name: "Музыка", short: "Музыка", hours: alternating(7, weekly(1, 1, 1, 1, 1, 1, 0, 1)), kind: arts},
	{name: "Труд (технология)", short: "Труд", hours: weekly(1, 1, 1, 1, 2, 2, 2, 1, 1), split: sexes, own: true, kind: arts},
	{name: "Физическая культура", short: "Физ-ра", hours: weekly(3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 3), kind: sport},
	{name: "Основы безопасности и защиты Родины", short: "ОБЗР", hours: weekly(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1), kind: society},
}

// weekly turns hours a week from the 1st grade on into hundredths by grade.
func weekly(hours ...int) (out [12]int) {
	for i, h := range hours {
		out[i+1] = 100 * h
	}
	return out
}

// alternating gives a grade half an hour: one lesson every other week.
func alternating(grade int, hours [12]int) [12]int {
	hours[grade] = 50
	return hours
}

// An extra is what is offered beside the curriculum.
type extra struct {
	name     string
	sort     journal.Sort
	from, to int // grades
	teacher  string
	hours    int // lessons a week
	size     int // pupils of each class
}
