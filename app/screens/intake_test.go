package screens_test

import (
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/desk"
	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/commit"
)

// before7 is the class as the school has it, list7 what the office's list says
// of it now: pupils that are there, new ones, one with a date of birth that was
// not known, a date that does not exist, a class that is not there.
const (
	before7 = `Фамилия;Имя;Отчество;Дата рождения;Класс
Абрамова;Дарья;Олеговна;14.03.2013;7-А
Бондаренко;Софья;Ильинична;27.06.2013;7-А
Василенко;Артём;Петрович;19.08.2013;7-А
Жук;Алёна;Романовна;;7-А
`
	list7 = `№;Фамилия;Имя;Отчество;Дата рождения;Класс;СНИЛС
1;Абрамова;Дарья;Олеговна;14.03.2013;7-А;1
2;Бондаренко;Софья;Ильинична;27.06.2013;7-А;2
3;Ващенко;Инна;Петровна;17.05.2013;7-А;3
4;Гайдук;Полина;Сергеевна;31.02.2013;7-А;4
5;Дорош;Максим;Юрьевич;05.05.2013;7-А;5
6;Жук;Алёна;Романовна;23.09.2013;7-А;6
7;Ивашова;Вера;Павловна;11.11.2013;7-А;7
8;Лысенко;Пётр;Ильич;02.04.2013;9-Я;8
9;Умеров;Рустем;Айдерович;30.07.2013;7-А;9
`
)

// office opens the window for an administrator over a school with one class.
func office(t *testing.T, w, h float32) *stand {
	t.Helper()
	return officeOf(t, w, h, (*stand).firstClass)
}

// officeOf opens the window for an administrator over a school that begin made.
func officeOf(t *testing.T, w, h float32, begin func(*stand)) *stand {
	t.Helper()
	s := &stand{t: t, dir: t.TempDir(), now: noon, line: &line{}}
	app := test.NewApp()
	t.Cleanup(func() { test.NewApp() })
	theme.Use(app, theme.New(theme.Light, 1))
	s.openOffice(w, h, begin)
	return s
}

// nobody makes a school of which the server knows but the administrator.
func (s *stand) nobody() {
	t := s.t
	t.Helper()
	id := commit.Identity{School: school, Device: here, Name: "учительская", Key: ed25519.NewKeyFromSeed(make([]byte, 32)), Server: "school:8443"}
	if err := s.book.Enrol(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	key := journal.IDKey(romanyuk)
	_, err := s.book.Append(t.Context(), commit.Draft{Volume: journal.Register, Entered: noon, Changes: []commit.Change{
		commit.Set(journal.KindStaff, key, journal.StaffLast, journal.TextValue("Романюк")),
		commit.Set(journal.KindStaff, key, journal.StaffFirst, journal.TextValue("Наталья")),
		commit.Set(journal.KindStaff, key, journal.StaffMiddle, journal.TextValue("Олеговна")),
		commit.Set(journal.KindRole, key.Int(int(journal.RoleAdministrator)).Date(journal.MakeDate(2026, 8, 1)), journal.RoleGivenBy, journal.IDValue(romanyuk)),
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *stand) openOffice(w, h float32, begin func(*stand)) {
	t := s.t
	t.Helper()
	now := func() time.Time { return s.now }
	var err error
	if s.book, err = local.Open(t.Context(), s.dir, now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.book.Close() })
	if _, enrolled, err := s.book.Identity(t.Context()); err != nil {
		t.Fatal(err)
	} else if !enrolled {
		begin(s)
	}
	who := journal.Staff{ID: romanyuk, Last: "Романюк", First: "Наталья", Middle: "Олеговна"}
	s.window(&villageDoor{door: door{stand: s}, who: who}, w, h)
}

// firstClass makes the school: the server's first entries, then the class as
// the administrator took it in last year.
func (s *stand) firstClass() {
	t := s.t
	s.nobody()
	f, err := exchange.Read("было.csv", strings.NewReader(before7))
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(t.Context(), s.book, romanyuk, year, func() time.Time { return noon.AddDate(0, -2, 0) })
	if err != nil {
		t.Fatal(err)
	}
	p := exchange.MakePlan(d.Roster(), []*exchange.File{f}, exchange.Options{On: d.Today()})
	if _, err := d.TakeIn(t.Context(), "было", p.Changes()); err != nil || len(p.Problems) > 0 {
		t.Fatal(err, p.Problems)
	}
}

// write puts files into a folder.
func writeFiles(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// load chooses files of a folder with the keys alone: the path, then every file
// with Space.
func (s *stand) load(dir string, n int) {
	s.press(fyne.KeyF12, fyne.KeyF2)
	s.chooseIn(dir)
	for range n {
		s.press(fyne.KeySpace, fyne.KeyDown)
	}
	s.press(fyne.KeyReturn)
}

// chooseIn types the path of a folder into the picker and goes to its list.
func (s *stand) chooseIn(dir string) {
	s.t.Helper()
	list := s.win.Canvas().Focused() // the card begins in its list
	for range 20 {
		if path, ok := s.win.Canvas().Focused().(interface{ SetText(string) }); ok {
			path.SetText(dir)
			s.press(fyne.KeyReturn)
			for range 20 {
				s.win.Canvas().FocusNext()
				if s.win.Canvas().Focused() == list {
					return
				}
			}
			break
		}
		s.win.Canvas().FocusNext()
	}
	s.t.Fatal("the card has no field for a path")
}

func pupils(r *journal.Roster) string {
	class := r.Members(class7, journal.DateOf(noon), journal.DateOf(noon))
	return fmt.Sprintf("%d pupils, %d in 7-А", len(r.AllPupils()), len(class))
}

func TestIntakeByKeys(t *testing.T) {
	s := office(t, 1366, 698)
	dir := writeFiles(t, map[string]string{"7-А.csv": list7, "битый.xlsx": "PK\x03\x04 not a book", "письмо.txt": "Здравствуйте"})
	s.load(dir, 3)
	r := s.shell.Session().Roster()
	before := pupils(r)
	i := s.shell.Intake()
	for _, want := range []string{
		"без изменений Абрамова Дарья", "добавим Ващенко Инна", "изменим Жук Алёна", "решите сами Гайдук Полина Сергеевна такой даты нет: 31 февраля",
		"«битый.xlsx» повреждён", "письмо.txt, строка 1: не нашли строку с названиями столбцов", "Столбец «СНИЛС» не нужен",
	} {
		if !strings.Contains(i.Said(), want) {
			t.Errorf("nothing says %q in\n%s", want, i.Said())
		}
	}
	if got := i.Main(); got != "Загрузить 7 строк, 1 отложить" {
		t.Errorf("main button is %q", got)
	}
	s.press(fyne.KeyReturn) // to the question
	s.write("30.02.2013")
	s.press(fyne.KeyReturn)
	if !strings.Contains(i.Said(), "такой даты нет: 30 февраля") {
		t.Errorf("another wrong date is not refused:\n%s", i.Said())
	}
	s.write("28.02.2013")
	s.press(fyne.KeyReturn) // no question is left: to the main button
	if got := i.Main(); got != "Загрузить 8 строк" {
		t.Errorf("main button is %q", got)
	}
	if got := pupils(r); got != before || len(s.commitsOf(romanyuk)) > 2 {
		t.Fatalf("the dry run wrote: %s, was %s, commits %v", got, before, s.commitsOf(romanyuk))
	}
	s.press(fyne.KeyReturn)
	if got := pupils(r); got != "10 pupils, 9 in 7-А" {
		t.Fatalf("after loading: %s, was %s; %s", got, before, i.Said())
	}
	if born := r.AllPupils(); !hasBorn(born, "Гайдук", journal.MakeDate(2013, 2, 28)) {
		t.Error("the date typed instead is not stored")
	}
	if n := len(s.commitsOf(romanyuk)) - 2; n != 2 {
		t.Errorf("%d commits; want one of the register and one of the year", n)
	}
	s.press(fyne.KeyReturn) // pressed once more by mistake
	if got := pupils(r); got != "10 pupils, 9 in 7-А" {
		t.Fatalf("after another Enter: %s", got)
	}
	s.tabTo("Отменить загрузку целиком")
	s.press(fyne.KeyReturn)
	if got := pupils(r); got != before {
		t.Errorf("after one undo: %s, was %s", got, before)
	}
	if got := i.Main(); got != "Загрузить 8 строк" {
		t.Errorf("main button is %q after undo", got)
	}
	s.shell.SignOut() // a restart shows what is on the disk
	s.book.Close()
	s.openOffice(1366, 698, nil)
	if got := pupils(s.shell.Session().Roster()); got != before {
		t.Errorf("after a restart: %s, was %s", got, before)
	}
}

func hasBorn(all []journal.Pupil, last string, born journal.Date) bool {
	return slices.ContainsFunc(all, func(p journal.Pupil) bool { return p.Last == last && p.Born == born })
}

// commitsOf are the numbers of a person's commits on this PC.
func (s *stand) commitsOf(who journal.StaffID) (numbers []uint64) {
	s.t.Helper()
	all, err := s.book.Own(s.t.Context(), who, 100)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range all {
		numbers = append(numbers, c.Number)
	}
	return numbers
}

func TestIntakeTakesBackOnlyItself(t *testing.T) {
	s := office(t, 1366, 698)
	s.load(writeFiles(t, map[string]string{"7-А.csv": list7}), 1)
	s.shell.Intake().Write()
	loaded := pupils(s.shell.Session().Roster())
	key := journal.Key("").Text(journal.SettingLateDays)
	if _, err := s.shell.Session().TakeIn(t.Context(), "другое", []commit.Change{commit.Set(journal.KindSetting, key, journal.SettingValue, journal.TextValue("3"))}); err != nil {
		t.Fatal(err)
	}
	s.tabTo("Отменить загрузку целиком")
	s.press(fyne.KeyReturn)
	if got := pupils(s.shell.Session().Roster()); got != loaded {
		t.Errorf("%s after undo, was %s: something else was taken back", got, loaded)
	}
	if !strings.Contains(s.shell.Intake().Said(), "записано другое") {
		t.Errorf("the screen does not say why: %s", s.shell.Intake().Said())
	}
}

func TestIntakeOfAWholeSchool(t *testing.T) {
	s := officeOf(t, 1366, 698, (*stand).nobody)
	dir := t.TempDir()
	if err := demo.Village(1, demo.Today).Files(dir); err != nil {
		t.Fatal(err)
	}
	s.load(dir, len(pdfs(t, dir)))
	i, r := s.shell.Intake(), s.shell.Session().Roster()
	if n := len(r.AllPupils()); n > 0 {
		t.Fatalf("the dry run wrote %d pupils", n)
	}
	i.Write()
	if p, c, pages := len(r.AllPupils()), len(r.Groups(journal.SortClass)), len(r.Pages()); p < 180 || c != 11 || pages < 140 {
		t.Errorf("%d pupils, %d classes, %d pages", p, c, pages)
	}
	s.press(fyne.KeyF11)
	if got := s.shell.Printing().Said(); strings.Count(got, "\n") != 10 {
		t.Errorf("what was loaded cannot be printed at once:\n%s", got)
	}
	s.press(fyne.KeyF12)
	s.tabTo("Отменить загрузку целиком")
	s.press(fyne.KeyReturn)
	if p, g, pages := len(r.AllPupils()), len(r.Groups()), len(r.Pages()); p+g+pages+len(r.Terms(journal.Quarters)) > 0 || len(r.AllStaff()) != 1 {
		t.Errorf("after one undo: %d pupils, %d groups, %d pages, %d staff", p, g, pages, len(r.AllStaff()))
	}
}

func TestIntakeIsForTheOffice(t *testing.T) {
	s := light(t)
	s.as("Ков")
	s.press(fyne.KeyF12)
	if s.shell.Showing() == "import" {
		t.Error("a teacher can load files")
	}
}

func TestIntakePictures(t *testing.T) {
	for name, size := range map[string]fyne.Size{"intake": {Width: 1366, Height: 698}, "intake-narrow": {Width: 1093, Height: 544}} {
		for state, do := range map[string]func(*stand){
			"-start": func(s *stand) { s.press(fyne.KeyF12) },
			"": func(s *stand) {
				s.load(writeFiles(s.t, map[string]string{"7-А.csv": list7, "битый.xlsx": "PK\x03\x04 not a book"}), 2)
			},
			"-done": func(s *stand) {
				s.load(writeFiles(s.t, map[string]string{"7-А.csv": list7}), 1)
				s.shell.Intake().Write()
			},
		} {
			t.Run(name+state, func(t *testing.T) {
				s := office(t, size.Width, size.Height)
				do(s)
				test.AssertRendersToImage(t, name+state+".png", s.win.Canvas())
			})
		}
	}
}
