package exchange

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// template is what a sheet of the sample file shows: heads and invented rows.
type template struct {
	sheet  string
	heads  []string
	widths []float64
	rows   [][]string
}

var templates = []template{
	{
		"Ученики",
		[]string{"№", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс", "Пол", "№ личного дела", "Адрес", "Телефон", "Родители", "Дата зачисления", "Приказ"},
		[]float64{5, 18, 14, 18, 15, 8, 6, 15, 34, 18, 34, 16, 14},
		[][]string{
			{"1", "Абрамова", "Дарья", "Олеговна", "14.03.2013", "7-А", "ж", "А-112", "ул. Садовая, 4", "+7 900 000-00-01", "Абрамова Инна Павловна", "01.09.2020", "№ 41-у"},
			{"2", "Белоус", "Кирилл", "Андреевич", "02.11.2013", "7-А", "м", "Б-087", "ул. Речная, 15", "+7 900 000-00-02", "Белоус Андрей Ильич", "01.09.2020", "№ 41-у"},
		},
	},
	{
		"Сотрудники",
		[]string{"№", "Фамилия", "Имя", "Отчество", "Должность", "Классный руководитель"},
		[]float64{5, 18, 14, 18, 30, 24},
		[][]string{
			{"1", "Ковальчук", "Анна", "Сергеевна", "учитель математики", "7-А"},
			{"2", "Мороз", "Игорь", "Львович", "учитель физики", ""},
		},
	},
	{
		"Нагрузка",
		[]string{"№", "Класс", "Группа", "Предмет", "Учитель", "Часов в неделю", "Кабинет"},
		[]float64{5, 8, 12, 26, 32, 16, 10},
		[][]string{
			{"1", "7-А", "", "Алгебра", "Ковальчук Анна Сергеевна", "3", "12"},
			{"2", "7-А", "1 группа", "Физика", "Мороз Игорь Львович", "1,5", "20"},
		},
	},
	{
		"Учебный год",
		[]string{"Период", "Начало", "Конец"},
		[]float64{30, 12, 12},
		[][]string{
			{"I четверть", "01.09", "30.10"},
			{"Осенние каникулы", "31.10", "08.11"},
			{"II четверть", "09.11", "30.12"},
			{"Зимние каникулы", "31.12", "10.01"},
			{"III четверть", "11.01", "26.03"},
			{"Весенние каникулы", "27.03", "04.04"},
			{"IV четверть", "05.04", "28.05"},
			{"I полугодие", "01.09", "30.12"},
			{"II полугодие", "11.01", "28.05"},
			{"День защитника Отечества", "23.02", ""},
		},
	},
	{
		"Звонки",
		[]string{"№ урока", "Начало", "Конец"},
		[]float64{10, 12, 12},
		[][]string{
			{"1", "8:30", "9:15"},
			{"2", "9:25", "10:10"},
		},
	},
}

// Template writes a workbook with the right heads and sample rows on each sheet:
// pupils, staff, teaching load, the days of the year, bells. All cells are text, so that no program
// makes a date of a class or a number of a personal file.
func Template(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	head, err := f.NewStyle(&excelize.Style{
		NumFmt: 49, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECF2"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
	})
	if err != nil {
		return fmt.Errorf("style template: %w", err)
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return fmt.Errorf("style template: %w", err)
	}
	for _, t := range templates {
		if err := t.write(f, head, text); err != nil {
			return fmt.Errorf("write sheet %s: %w", t.sheet, err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	return nil
}

func (t template) write(f *excelize.File, head, text int) error {
	if _, err := f.NewSheet(t.sheet); err != nil {
		return err
	}
	for i, width := range t.widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := errors.Join(f.SetColWidth(t.sheet, column, column, width), f.SetColStyle(t.sheet, column, text)); err != nil {
			return err
		}
	}
	for i, row := range append([][]string{t.heads}, t.rows...) {
		for c, value := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, i+1)
			if err != nil {
				return err
			}
			style := text
			if i == 0 {
				style = head
			}
			if err := errors.Join(f.SetCellStr(t.sheet, cell, value), f.SetCellStyle(t.sheet, cell, cell, style)); err != nil {
				return err
			}
		}
	}
	return f.SetPanes(t.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
