package screens_test

import (
	"strconv"
	"strings"

	"uchitelskaya/app/journal"
)

// The marks of 7-А in the pictures: six lessons of October, the result of the
// first quarter, fifteen lessons of November.
const marks7 = `
Абрамова Дарья     | . . . 5 5 . |5| 5 . 5 . 5 . 5 5 н 5 . . . .
Белоус Кирилл      | 5 . . н 4 . |4| . . 4 4 . . . . . 5 4 . . .
Бондаренко Софья   | . . . 4 4 . |4| . . . . . 4 4 . . 5 н . . .
Василенко Артём    | 3 . . 3 2 . |3| . б б б б . б 2 . 3 . . . .
Гайдук Полина      | . . 5 . 5 4 |5| 5 . 4 4 . . 5 5 . 5 5 . . .
Гордеев Максим     | . . . . 4 . |4| . . 4 4 . . 3 4 3 3 оп . . .
Денисова Виктория  | . . . . 4 . |4| . . . . . . осв . . 4 . . . .
Ержанов Тимур      | . . . 3 3 . |3| . . 3 3 3 . 3 . . б 3 . . .
Жук Алёна          | 5 . . 5 4 . |5| . . . . . . 4 5/4 5 5 . . . .
Зайченко Богдан    | . . . 2 3 . |3| . 3 3 . 4 . 3 . . 3 н . . .
Ибрагимова Эльвира | 4 . . 4 4 4 |4| . 4 4 . . 3 5 3 4 3 . . . .
Калинин Степан     | 3 . . . 3 . |3| . . 3 4 . . 3 . . 3 . . . .
Ключевой Егор      | . . . . 4 4 |4| . . 4 . . . 4 . . 3 . . . .
Кравец Мария       | . . 5 . 5 . |5| . н 4 5/5 . . н 5 4 5 . . . .
Лисовский Никита   | 3 . . . уп 3|3| . . 3 . . . . . 2 2 . . . .
Меметова Сабина    | . . . . 4 4 |4| . . 4 . 4 оп 5 . . 4 . . . .
Мороз Илья         | . . . . 4 . |4| . . н . . . . . . . . . . .
Никитенко Ульяна   | . . 5 . 5 . |5| . н 5 . 5 . 5 . . 5 . . . .
Остапчук Глеб      | 3 . . . 3 . |3| н 3 3 . . . 3 . . 3 . . . .
Петренко Варвара   | . . . . 4 . |4| . 3 4/3 . 3 н 4 . . уп . . . .
Рудь Елисей        | . 4 . 3 н . |4| . . 3 . . нп 4 . . 4 . . . .
Сейтумеров Амет    | . . . . 5 . |5| 3 уп уп 5 . . . . . 4 . . . .
Тарасенко Анастасия| . . . . 5 . |5| . . . . . . 4 . . 5 . . . .
Шевчук Матвей      | . . . . 4 б |4| . 4 3 . . 4 4 . . 4 . . . .
`

// days7 are the lessons of the marks: the last six of October and from 9
// November on.
func days7() []journal.Date {
	var out []journal.Date
	for _, d := range []int{23, 26, 27, 28, 29, 30} {
		out = append(out, journal.MakeDate(2026, 10, d))
	}
	for d := journal.MakeDate(2026, 11, 9); len(out) < 20; d++ {
		if d.Weekday() <= 5 {
			out = append(out, d)
		}
	}
	return out
}

var number7 = [8]int{1: 3, 2: 2, 3: 2, 4: 1, 5: 3}

func (s *setup) marks() {
	days := days7()
	for i, line := range strings.Split(strings.TrimSpace(marks7), "\n") {
		parts := strings.Split(line, "|")
		cells := append(strings.Fields(parts[1]), strings.Fields(parts[3])...)
		for k, c := range cells {
			if c == "." {
				continue
			}
			e, err := journal.ParseEntry(c, true)
			if err != nil {
				s.t.Fatal(err)
			}
			values := []journal.Value{none(), none(), txt(e.Absence)}
			if e.Mark > 0 {
				values[0] = num(e.Mark)
			}
			if e.Second > 0 {
				values[1] = num(e.Second)
			}
			s.row(journal.KindCell, journal.CellKey(maths7, days[k], number7[days[k].Weekday()], pupilID(i)), values...)
		}
		s.row(journal.KindTermMark, journal.TermMarkKey(pupilID(i), maths7, 1), txt(strings.TrimSpace(parts[2])))
	}
	topics := []string{
		"Степень с натуральным показателем", "Свойства степени", "Умножение степеней", "Деление степеней", "Одночлен", "Контрольная работа № 3",
		"Анализ контрольной работы", "Степень степени", "Самостоятельная работа", "Возведение в степень", "Повторение", "Многочлены", "Тест по теме «Степень»", "Члены многочлена", "Подобные члены", "Контрольная работа № 4",
	}
	for k, d := range days[:16] {
		work := map[int]int{4: 1, 8: 2, 12: 8, 15: 1}[k]
		v := none()
		if work > 0 {
			v = num(work)
		}
		homework := txt("п. " + strconv.Itoa(k+4) + ", № " + strconv.Itoa(400+7*k))
		if k == 13 {
			homework = none()
		}
		s.row(journal.KindLesson, journal.LessonKey(maths7, d, number7[d.Weekday()]), txt(topics[k]), homework, none(), v, none(), none(), none(), journal.BoolValue(k != 14))
	}
}
