package journal

// Work is the kind of work that a lesson's marks are given for.
type Work int

// A KindOfWork names a kind of work and what its marks weigh.
type KindOfWork struct {
	Work   Work
	Name   string
	Short  string // in the column's head; empty for an ordinary answer
	Weight int    // hundredths; 100 counts once
}

// The kinds of work with their default weights; a school changes the weights
// under «Правила школы» (setting work.weights). Numbers are never used again.
var kindsOfWork = []KindOfWork{
	{0, "Ответ на уроке", "", 100},
	{1, "Контрольная работа", "КР", 200},
	{2, "Самостоятельная работа", "СР", 100},
	{3, "Диктант", "Д", 200},
	{4, "Сочинение", "Соч", 200},
	{5, "Изложение", "Изл", 200},
	{6, "Лабораторная работа", "ЛР", 100},
	{7, "Практическая работа", "ПР", 100},
	{8, "Тест", "Т", 100},
	{9, "Проект", "Пр", 200},
	{10, "Домашняя работа", "ДЗ", 100},
	{11, "Чтение наизусть", "Чт", 100},
	{12, "Всероссийская проверочная работа", "ВПР", 200},
	{13, "Зачёт", "З", 200},
	{14, "Проверка тетрадей", "Тет", 50},
}

// Works returns all kinds of work in the order of a menu.
func Works() []KindOfWork { return append([]KindOfWork(nil), kindsOfWork...) }

// Kind returns the entry of the table; an unknown number is an ordinary answer.
func (w Work) Kind() KindOfWork {
	if int(w) >= 0 && int(w) < len(kindsOfWork) {
		return kindsOfWork[w]
	}
	return kindsOfWork[0]
}
