package gradegrid_test

import (
	"strings"

	"uchitelskaya/app/screens/gradegrid"
)

// The page of the design picture: 7-А, mathematics, 24 invented pupils.
const pageText = `
Абрамова Дарья    | . . . 5 5 .  5s| 5 . 5 . 5 . 5c 5 н 5 . . . . .| 5,00 5p
Белоус Кирилл     | 5 . . н 4 .  4s| . . 4 4 . . . . . 5 4 . . . .| 4,40 4p
Бондаренко Софья  | . . . 4 4 .  4s| . . . . . 4 4 . . 5 н . . . .| 4,50 5p
Василенко Артём   | 3 . . 3 2 .  3s| . б б б б . б 2 . 3 . . . . .| 2,67 —p
Гайдук Полина     | . . 5 . 5 4  5s| 5 . 4l 4 . . 5 5 . 5 5 . . . .| 4,75 5p
Гордеев Максим    | . . . . 4 .  4s| . . 4 4 . . 3l 4 3 3 оп . . . .| 3,43 3p
Денисова Виктория | . . . . 4 .  4s| . . . . . . осв . . 4 . . . . .| 4,00 —p
Ержанов Тимур     | . . . 3 3 .  3s| . . 3 3c 3 . 3 . . б 3 . . . .| 3,00 3p
Жук Алёна         | 5 . . 5 4 .  5s| . . . . . . 4 5/4 5 5 . . . . .| 4,67 5s
Зайченко Богдан   | . . . 2 3 .  3s| . 3 3 . 4 . 3 . . 3 н . . . .| 3,17 3p
Ибрагимова Эльвира| 4 . . 4 4 4  4s| . 4 4 . . 3 5 3l 4 3 4d . . . .| 3,67 4p
Калинин Степан    | 3 . . . 3 .  3s| . . 3 4l . . 3 . . 3 5d . . . .| 3,50 4p
Ключевой Егор     | . . . . 4 4  4s| . . 4 . . . 4 . . 3 4d . . . .| 3,60 4p
Кравец Мария      | . . 5 . 5 .  5s| . н 4 5/5 . . н 5 4 5 . . . . .| 4,71 5p
Лисовский Никита  | 3 . . . уп 3 3s| . . 3 . . . . . 2c 2 . . . . .| 2,25 2p
Меметова Сабина   | . . . . 4 4  4s| . . 4 . 4 оп 5 . . 4 . . . . .| 4,20 4s
Мороз Илья        | . . . . 4 .  4s| . . н . . . . . . . . . . . .| . 3su
Никитенко Ульяна  | . . 5 . 5 .  5s| . н 5 . 5 . 5 . 4x 5 . . . . .| 4,83 5p
Остапчук Глеб     | 3 . . . 3 .  3s| н 3 3 . . . 3 . . 3 . . . . .| 3,00 3p
Петренко Варвара  | . . . . 4 .  4s| . 3 4/3 . 3 н 4 . . уп . . . . .| 3,40 3p
Рудь Елисей       | . 4 . 3 н .  4s| . . 3 . . нп 4 . . 4 . . . . .| 3,75 4p
Сейтумеров Амет   | . . . . 5 .  5s| 3 уп уп 5 . . . . . 4 . . . . .| 4,00 4p
Тарасенко Анастасия| . . . . 5c . 5s| . . . . . . 4 . . 5 . . . . .| 4,67 —p
Шевчук Матвей     | . . . . 4 б  4s| . 4 3 . . 4 4 . . 4 . . . . .| 3,83 4p
`

var flagLetters = map[byte]gradegrid.Flags{
	'd': gradegrid.Unsent, 'c': gradegrid.Comment, 'x': gradegrid.Conflict, 'l': gradegrid.Late,
	'p': gradegrid.Proposed, 's': gradegrid.Set, 'u': gradegrid.Underlined, 'k': gradegrid.Locked,
}

// cell reads «4dc» as a 4 with a dot and a comment, «.» as an empty cell and
// «оп+4» as both.
func cell(text string, k gradegrid.Kind) gradegrid.Cell {
	var c gradegrid.Cell
	for text != "" && flagLetters[text[len(text)-1]] != 0 {
		c.Flags |= flagLetters[text[len(text)-1]]
		text = text[:len(text)-1]
	}
	text = strings.ReplaceAll(strings.Trim(text, "."), "+", " ")
	if v, ok := gradegrid.Of(k).Parse(text); ok && k != gradegrid.Average {
		c.Value = v
	} else {
		c.Marks = text
	}
	return c
}

func lesson(month, day, weekday string) gradegrid.Column {
	return gradegrid.Column{Month: month, Day: day, Weekday: weekday}
}

// page returns the sheet of the design picture.
func page() gradegrid.Sheet {
	s := gradegrid.Sheet{NumberHead: "№", NameHead: "Фамилия, имя"}
	days := strings.Fields("23пт 26пн 27вт 28ср 29чт 30пт 0 9пн 10вт 11ср 12чт 13пт 16пн 17вт 18ср 19чт 20пт 23пн 24вт 25ср 26чт 27пт")
	for i, d := range days {
		day := strings.TrimRight(d, "пнвтсрч")
		c := lesson("Ноябрь", day, strings.TrimPrefix(d, day))
		if i < 6 {
			c.Month, c.Closed = "Октябрь", true
		}
		if d == "0" {
			c = gradegrid.Column{Kind: gradegrid.Period, Day: "I", Weekday: "четв.", Closed: true}
		}
		c.Today, c.Future = i == 17, i > 17
		s.Columns = append(s.Columns, c)
	}
	s.Columns[4].Work, s.Columns[4].Control = "КР×2", true
	s.Columns[9].Work, s.Columns[13].Work, s.Columns[20].Work = "СР", "Т", "СР"
	s.Columns[14].Remark = true
	s.Columns[16].Work, s.Columns[16].Control = "КР×2", true
	s.Right = []gradegrid.Column{
		{Kind: gradegrid.Average, Day: "Сред-\nний"},
		{Kind: gradegrid.Period, Day: "II", Weekday: "четв."},
	}
	for i, line := range strings.Split(strings.TrimSpace(pageText), "\n") {
		name, cells, _ := strings.Cut(line, "|")
		surname, given, _ := strings.Cut(strings.TrimSpace(name), " ")
		s.Rows = append(s.Rows, gradegrid.Row{No: itoa(i + 1), Surname: surname, Name: given})
		var row []gradegrid.Cell
		for col, text := range strings.Fields(strings.ReplaceAll(cells, "|", " ")) {
			row = append(row, cell(text, s.Column(col).Kind))
		}
		s.Cells = append(s.Cells, row)
	}
	s.Rows[16].Gone, s.Rows[16].To, s.Rows[16].After = true, 12, "выбыл 13.11, приказ № 84"
	s.Rows[21].From, s.Rows[21].Before = 3, "с 28.10"
	return s
}

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}
