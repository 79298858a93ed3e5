package screens

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/assets"
)

// A source is one file that a person has chosen.
type source struct {
	path string
	file *exchange.File // nil until it is read
	err  error          // why it cannot be read
}

func (s *source) name() string { return filepath.Base(s.path) }

func (s *source) read() bool { return s.file != nil || s.err != nil }

// rows is how many rows of tables the file has.
func (s *source) rows() int {
	n := 0
	for _, sheet := range s.file.Sheets {
		n += len(sheet.Rows)
	}
	return n
}

// endings are those of the files that are offered; what a file is follows from
// its bytes.
var endings = []string{".xlsx", ".csv", ".tsv", ".txt", ".xml"}

// maxSources is how many files one taking-in may have.
const maxSources = 60

// pick asks for files.
func (i *Intake) pick() {
	if i.busy() {
		return
	}
	p := &Picker{Title: assets.T("intake.pick.title"), Endings: endings, Take: assets.T("intake.pick.take"), Picked: i.add}
	p.Show(i.host, i.dir)
}

// add takes files to those chosen already and reads them aside.
func (i *Intake) add(paths []string) {
	if i.busy() {
		return
	}
	if i.done != nil { // another load begins
		i.clear()
	}
	i.trouble = ""
	for _, path := range paths {
		i.dir = filepath.Dir(path)
		if slices.ContainsFunc(i.sources, func(s *source) bool { return s.path == path }) {
			continue
		}
		if len(i.sources) == maxSources {
			i.trouble = assets.T("intake.toomany", maxSources)
			break
		}
		s := &source{path: path}
		i.sources = append(i.sources, s)
		Async(i.life, func(context.Context) (*exchange.File, error) { return readSource(path) }, func(f *exchange.File, err error) {
			s.file, s.err = f, err
			i.replan()
		})
	}
	i.show()
}

// readSource reads a file from the disk.
func readSource(path string) (*exchange.File, error) {
	name := filepath.Base(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("«%s» — папка. Откройте её и выберите файлы.", name))
	}
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(fault.NotFound, fmt.Sprintf("Файла «%s» больше нет на месте. Выберите его снова.", name), err)
	case err != nil:
		return nil, fault.Wrap(fault.Damaged, fmt.Sprintf("Файл «%s» не открывается. Закройте его в других программах и выберите снова.", name), err)
	}
	defer f.Close()
	return exchange.Read(name, f)
}

// drop takes a file out again.
func (i *Intake) drop(s *source) {
	i.sources = slices.DeleteFunc(i.sources, func(o *source) bool { return o == s })
	i.replan()
	i.focus()
}

// clear begins anew: no files, nothing answered.
func (i *Intake) clear() {
	i.round++
	i.sources, i.plan, i.done, i.answered, i.trouble, i.only, i.planning = nil, nil, nil, nil, "", everyFate, false
	i.answers = map[string]exchange.Answer{}
	i.show()
	i.focus()
}

// sample writes a table with the right heads, to be filled in.
func (i *Intake) sample() {
	p := &Picker{Title: assets.T("intake.sample.title"), Take: assets.T("intake.sample.take"), Picked: func(dirs []string) {
		path := freeName(filepath.Join(dirs[0], assets.T("intake.sample.name")))
		Async(i.life, func(context.Context) (string, error) { return path, writeSample(path) }, func(path string, err error) {
			if err != nil {
				i.trouble = fault.TextOf(err)
				i.show()
				return
			}
			i.host.Say(assets.T("intake.sample.done", filepath.Base(path)))
			i.pc.Reveal(path)
		})
	}}
	p.Show(i.host, i.dir)
}

func writeSample(path string) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fault.Wrap(fault.ReadOnly, "В эту папку записать нельзя. Выберите другую.", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return exchange.Template(f)
}

// freeName is the path, or the same with a number when there is such a file.
func freeName(path string) string {
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ext)
	for n := 2; ; n++ {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) || n > 99 {
			return path
		}
		path = fmt.Sprintf("%s (%d)%s", stem, n, ext)
	}
}

// names are the files as a sentence has them: «Список.xlsx», «Нагрузка.csv».
func (i *Intake) names() string {
	var all []string
	for _, s := range i.sources {
		if s.file != nil {
			all = append(all, "«"+s.name()+"»")
		}
	}
	if len(all) > 3 {
		all = append(all[:2], assets.T("intake.morefiles", len(all)-2))
	}
	return strings.Join(all, ", ")
}

// rows is «212 строк».
func rows(n int) string {
	return assets.T("intake.rows", n, journal.Plural(n, assets.T("intake.row.one"), assets.T("intake.row.few"), assets.T("intake.row.many")))
}
