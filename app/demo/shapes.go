package demo

import "uchitelskaya/app/journal"

// A shape is what makes one demo school another than the other.
type shape struct {
	requisites journal.School
	first      journal.Volume // the first school year
	letters    []string       // of the classes of each grade
	sizes      [12]int        // pupils of a class by grade
	posts      []post
	divide     int  // pupils from which a class is divided for languages
	workshops  bool // girls and boys apart in technology
	extras     []extra
	sick       int // teachers who fall ill a year
}

var village = shape{
	requisites: journal.School{
		Name:    "Муниципальное общеобразовательное учреждение «Зареченская средняя школа» Приморского района",
		Short:   "МОУ «Зареченская школа»",
		Founder: "Республика Крым", Locality: "с. Заречное, Приморский район",
		Address: "296000, Российская Федерация, Республика Крым, Приморский район, с. Заречное, ул. Школьная, 12",
		Phone:   "+7 (978) 000-00-12", Email: "school_zarechnoe@example.ru",
		OKPO: "00000001", OGRN: "1159100000001", INN: "9100000001", KPP: "910001001",
		Bank: "Единый казначейский счёт 00000000000000000035; казначейский счёт 00000000000000007500; Отделение Республика Крым Банка России, г. Симферополь",
	},
	first: 2026, letters: []string{"А"}, divide: 20, sick: 1,
	sizes: [12]int{0, 18, 19, 16, 21, 20, 17, 22, 16, 21, 10, 10},
	posts: []post{
		{title: "Директор", count: 1, role: journal.RoleDirector},
		{title: "Заместитель директора по учебно-воспитательной работе", count: 1, role: journal.RoleDeputy},
		{title: "Заместитель директора по воспитательной работе, учитель географии", count: 1, subjects: []string{"География"}},
		{title: "Учитель начальных классов", count: 4, primary: true},
		{title: "Учитель русского языка и литературы", count: 2, subjects: []string{"Русский язык", "Литература"}},
		{title: "Учитель математики", count: 2, subjects: []string{"Математика", "Алгебра", "Геометрия", "Вероятность и статистика"}},
		{title: "Учитель английского языка", count: 2, subjects: []string{"Английский язык"}},
		{title: "Учитель информатики", count: 1, subjects: []string{"Информатика"}},
		{title: "Учитель физики", count: 1, subjects: []string{"Физика", "Информатика"}},
		{title: "Учитель истории и обществознания", count: 1, subjects: []string{"История", "Обществознание", "Основы духовно-нравственной культуры народов России"}},
		{title: "Учитель биологии и химии", count: 1, subjects: []string{"Биология", "Химия"}},
		{title: "Учитель музыки и изобразительного искусства", count: 1, subjects: []string{"Музыка", "Изобразительное искусство"}},
		{title: "Учитель технологии", count: 1, subjects: []string{"Труд (технология)"}, men: true},
		{title: "Учитель физической культуры", count: 1, subjects: []string{"Физическая культура"}, men: true},
		{title: "Учитель физической культуры, преподаватель-организатор ОБЗР", count: 1, subjects: []string{"Основы безопасности и защиты Родины", "Физическая культура"}, men: true},
		{title: "Воспитатель группы продлённого дня", count: 1, subjects: []string{"ГПД"}},
		{title: "Педагог-библиотекарь", count: 1, subjects: []string{"Чтение"}},
		{title: "Инженер-программист", count: 1, role: journal.RoleAdministrator, men: true},
	},
	extras: []extra{
		{name: "Группа продлённого дня", sort: journal.SortExtended, from: 1, to: 4, teacher: "ГПД", hours: 5, size: 6},
		{name: "Подготовка к ЕГЭ по математике", sort: journal.SortElective, from: 10, to: 11, teacher: "Алгебра", hours: 1, size: 8},
		{name: "Трудные вопросы русского языка", sort: journal.SortElective, from: 9, to: 9, teacher: "Русский язык", hours: 1, size: 14},
		{name: "Крымскотатарский язык", sort: journal.SortInterclass, from: 5, to: 7, teacher: "Чтение", hours: 1, size: 4},
		{name: "Шахматы", sort: journal.SortClub, from: 3, to: 6, teacher: "Физика", hours: 1, size: 4},
		{name: "Волейбол", sort: journal.SortClub, from: 8, to: 11, teacher: "Физическая культура", hours: 2, size: 5},
		{name: "Юный эколог", sort: journal.SortOther, from: 6, to: 8, teacher: "Биология", hours: 1, size: 5},
	},
}

var city = shape{
	requisites: journal.School{
		Name:    "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 47» города Белокаменска",
		Short:   "МБОУ «СШ № 47»",
		Founder: "Республика Крым", Locality: "г. Белокаменск",
		Address: "295900, Российская Федерация, Республика Крым, г. Белокаменск, ул. Каштановая, 3",
		Phone:   "+7 (978) 000-00-47", Email: "school47_belokamensk@example.ru",
		OKPO: "00000047", OGRN: "1149100000047", INN: "9100000047", KPP: "910047001",
		Bank: "Единый казначейский счёт 00000000000000000035; казначейский счёт 00000000000000004700; Отделение Республика Крым Банка России, г. Симферополь",
	},
	first: 2022, letters: []string{"А", "Б", "В", "Г"}, divide: 25, workshops: true, sick: 6,
	sizes: [12]int{0, 28, 28, 28, 27, 28, 28, 27, 27, 27, 20, 20},
	posts: []post{
		{title: "Директор", count: 1, role: journal.RoleDirector},
		{title: "Заместитель директора по учебно-воспитательной работе", count: 4, role: journal.RoleDeputy},
		{title: "Учитель начальных классов", count: 16, primary: true},
		{title: "Учитель русского языка и литературы", count: 8, subjects: []string{"Русский язык", "Литература"}},
		{title: "Учитель математики", count: 8, subjects: []string{"Математика", "Алгебра", "Геометрия", "Вероятность и статистика"}},
		{title: "Учитель английского языка", count: 10, subjects: []string{"Английский язык"}},
		{title: "Учитель информатики", count: 3, subjects: []string{"Информатика"}},
		{title: "Учитель истории и обществознания", count: 5, subjects: []string{"История", "Обществознание", "Основы духовно-нравственной культуры народов России"}},
		{title: "Учитель географии", count: 2, subjects: []string{"География"}},
		{title: "Учитель биологии", count: 2, subjects: []string{"Биология"}},
		{title: "Учитель химии", count: 2, subjects: []string{"Химия"}},
		{title: "Учитель физики", count: 3, subjects: []string{"Физика"}},
		{title: "Учитель музыки и изобразительного искусства", count: 2, subjects: []string{"Музыка", "Изобразительное искусство"}},
		{title: "Учитель технологии", count: 4, subjects: []string{"Труд (технология)"}},
		{title: "Учитель физической культуры", count: 5, subjects: []string{"Физическая культура"}},
		{title: "Преподаватель-организатор ОБЗР", count: 1, subjects: []string{"Основы безопасности и защиты Родины"}, men: true},
		{title: "Воспитатель группы продлённого дня", count: 1, subjects: []string{"ГПД"}},
		{title: "Педагог-психолог", count: 1},
		{title: "Педагог-библиотекарь", count: 1, subjects: []string{"Чтение"}},
		{title: "Инженер-программист", count: 1, role: journal.RoleAdministrator, men: true},
	},
	extras: []extra{
		{name: "Группа продлённого дня", sort: journal.SortExtended, from: 1, to: 4, teacher: "ГПД", hours: 5, size: 2},
		{name: "Подготовка к ЕГЭ по математике", sort: journal.SortElective, from: 10, to: 11, teacher: "Алгебра", hours: 1, size: 3},
		{name: "Шахматы", sort: journal.SortClub, from: 3, to: 6, teacher: "Чтение", hours: 1, size: 1},
		{name: "Волейбол", sort: journal.SortClub, from: 8, to: 11, teacher: "Физическая культура", hours: 2, size: 1},
		{name: "Юный эколог", sort: journal.SortOther, from: 6, to: 8, teacher: "Биология", hours: 1, size: 1},
	},
}
