package demo

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"uchitelskaya/app/journal"
)

// The files that [School.Files] writes.
const (
	PupilsFile    = "pupils.xlsx"
	StaffFile     = "staff.csv"
	LoadFile      = "load.xlsx"
	TimetableFile = "timetable.xml"
	DaysFile      = "days.xlsx"
)

// Files writes the school's first year into a folder as the programs of a school
// office export it: pupils, teaching load and the days of the year as XLSX, staff as CSV in
// windows-1251 with semicolons, the timetable as aSc Timetables XML. Two rows of
// the pupils have what such lists always have: a pupil entered twice and a day
// that does not exist.
func (s *School) Files(dir string) error {
	r := &run{School: s, done: true} // nobody reads the drafts
	r.begin()
	r.open(s.first)
	staff, err := r.staffCSV()
	if err != nil {
		return fmt.Errorf("write sample files: %w", err)
	}
	timetable, err := r.timetableXML()
	if err != nil {
		return fmt.Errorf("write sample files: %w", err)
	}
	return errors.Join(
		workbook(filepath.Join(dir, PupilsFile), "Контингент", "Список обучающихся "+s.requisites.Short, r.pupilTable()),
		workbook(filepath.Join(dir, LoadFile), "Нагрузка", fmt.Sprintf("Учебная нагрузка на %s учебный год", s.first.YearName()), r.loadTable()),
		workbook(filepath.Join(dir, DaysFile), "Учебный год", fmt.Sprintf("Календарный учебный график на %s учебный год", s.first.YearName()), r.dayTable()),
		os.WriteFile(filepath.Join(dir, StaffFile), staff, 0o644),
		os.WriteFile(filepath.Join(dir, TimetableFile), timetable, 0o644),
	)
}

func (r *run) pupilTable() [][]string {
	out := [][]string{{"№ п/п", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс", "Пол", "№ личного дела", "Домашний адрес", "Телефон", "Родители (законные представители)"}}
	add := func(class string, p *pupil, born string) {
		out = append(out, []string{fmt.Sprint(len(out)), p.Last, p.First, p.Middle, born, class, p.Sex, p.File, p.Address, p.Phone, p.Parents})
	}
	for _, g := range r.groups {
		if g.Sort != journal.SortClass {
			continue
		}
		list := slices.DeleteFunc(slices.Clone(g.pupils), func(p *pupil) bool { return p.from != 0 })
		slices.SortFunc(list, func(a, b *pupil) int { return journal.CompareNames(a.Full(), b.Full()) })
		for i, p := range list {
			born := p.Born.String()
			if g.Grade == 4 && i == 4 {
				born = fmt.Sprintf("31.02.%d", p.Born.Year())
			}
			add(g.Name, p, born)
			if g.Grade == 7 && i == 2 {
				add(g.Name, p, born)
			}
		}
	}
	return out
}

func (r *run) loadTable() [][]string {
	out := [][]string{{"№", "Класс", "Группа", "Предмет", "Учитель", "Часов в неделю", "Кабинет"}}
	for _, p := range r.pages {
		if p.group.Sort > journal.SortSubgroup {
			continue
		}
		hours := fmt.Sprint(p.hours / 100)
		if p.hours%100 != 0 {
			hours += ",5"
		}
		out = append(out, []string{
			fmt.Sprint(len(out)), p.group.cohort.name(r.year), p.group.part(), p.subject.name, p.teacher.Full(), hours, p.teacher.room,
		})
	}
	return out
}

func (r *run) dayTable() [][]string {
	out := [][]string{{"Период", "Начало", "Конец"}}
	for _, t := range journal.DefaultTerms(r.year) {
		if t.Scheme != journal.Trimesters {
			out = append(out, []string{t.Name(), t.From.String(), t.To.String()})
		}
	}
	for _, h := range r.daysOff() {
		out = append(out, []string{h.Title, h.From.String(), h.To.String()})
	}
	return out
}

// part is what a subgroup is called inside its class.
func (g *group) part() string {
	if g.Sort != journal.SortSubgroup {
		return ""
	}
	return g.Name[len(fmt.Sprintf("%d-%s, ", g.Grade, g.Letter)):]
}

func workbook(path, sheet, title string, rows [][]string) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	all := append([][]string{{title}, {}}, rows...)
	for i, row := range all {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return fmt.Errorf("write %s: %w", filepath.Base(path), err)
		}
	}
	if err := f.SetColWidth(sheet, "B", "K", 18); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := f.SaveAs(path); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

func (r *run) staffCSV() ([]byte, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(charmap.Windows1251.NewEncoder().Writer(&buf))
	w.Comma, w.UseCRLF = ';', true
	leads := map[*member]string{}
	for _, g := range r.groups {
		if g.leader != nil {
			leads[g.leader] = g.Name
		}
	}
	if err := w.Write([]string{"Фамилия", "Имя", "Отчество", "Должность", "Классное руководство"}); err != nil {
		return nil, fmt.Errorf("write staff: %w", err)
	}
	for _, m := range r.staff {
		if err := w.Write([]string{m.Last, m.First, m.Middle, m.Position, leads[m]}); err != nil {
			return nil, fmt.Errorf("write staff: %w", err)
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}
