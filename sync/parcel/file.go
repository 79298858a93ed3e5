package parcel

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"uchitelskaya/app/journal/fault"
)

// Ending is how the names of parcels end.
const Ending = ".parcel"

// maxFiles bounds how many files of a folder are looked at.
const maxFiles = 10_000

// Name is how a parcel is called on a stick, for people: «Кабинет 12 2026-11-23
// 10-31-05 в школу». pc is the name of the PC, zone that of the reader.
func (l Line) Name(pc string, zone *time.Location) string {
	where := " в школу"
	if l.Direction == FromSchool {
		where = " из школы"
	}
	return plain(pc) + " " + time.UnixMilli(int64(l.Serial)).In(zone).Format("2006-01-02 15-04-05") + where
}

// plain leaves of a name what every file system takes.
func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return ' '
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60])
	}
	return cmp.Or(strings.TrimLeft(strings.Join(strings.Fields(name), " "), "."), "Компьютер") // a dot hides it
}

// Split takes a path apart: a folder that is there stands for itself, anything
// else is the name of a file without its [Ending].
func Split(path string) (dir, name string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path, ""
	}
	return filepath.Dir(path), strings.TrimSuffix(filepath.Base(path), Ending)
}

// Create writes a parcel into a folder under a name that write returns, with
// [Ending], and returns the path. Nobody sees half of it; no other file is written
// over: a number is added to the name, unless the parcel of that name has the
// same line.
func Create(dir string, write func(w io.Writer) (Line, string, error)) (path string, err error) {
	f, err := os.CreateTemp(dir, ".uchitelskaya-*.part")
	if err != nil {
		return "", unwritten(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	line, name, err := write(stick{f})
	if err != nil {
		return "", errors.Join(err, f.Close())
	}
	_ = f.Chmod(0o644) // whoever carries the stick; what is inside is encrypted
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return "", unwritten(err)
	}
	if path, err = free(dir, name, line); err != nil {
		return "", err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return "", unwritten(err)
	}
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // not every file system can
		d.Close()
	}
	return path, nil
}

// free finds a name for a parcel.
func free(dir, name string, l Line) (string, error) {
	for n := 1; n <= 1000; n++ {
		path := filepath.Join(dir, name+Ending)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s (%d)%s", name, n, Ending))
		}
		there, err := lineOf(path)
		if errors.Is(err, os.ErrNotExist) || err == nil && there == l {
			return path, nil
		}
	}
	return "", fault.New(fault.Invalid, "В этой папке слишком много посылок с одним названием. Выберите другую.")
}

func lineOf(path string) (Line, error) {
	f, err := os.Open(path)
	if err != nil {
		return Line{}, unread(err)
	}
	defer f.Close()
	return ReadLine(f)
}

// A File is a parcel that lies somewhere.
type File struct {
	Path string
	Line Line
	Err  error // why it is none, or only the beginning of one; nil: its line reads
}

// Find lists the parcels at a path, the earliest first: those of a folder that
// go in a direction, before them those that do not say where, or the file
// itself, whatever it is.
func Find(path string, d Direction) ([]File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unread(err)
	}
	if !info.IsDir() {
		l, err := lineOf(path)
		if err == nil && l.Direction != d {
			err = fault.New(fault.Invalid, wrongWay[d])
		}
		return []File{{path, l, err}}, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, unread(err)
	}
	var out []File
	for _, e := range entries[:min(len(entries), maxFiles)] {
		name := filepath.Join(path, e.Name())
		if !e.Type().IsRegular() || !strings.EqualFold(filepath.Ext(name), Ending) || strings.HasPrefix(e.Name(), ".") {
			continue // what begins with a dot is another system's
		}
		if l, err := lineOf(name); err != nil || l.Direction == d {
			out = append(out, File{name, l, err})
		}
	}
	slices.SortFunc(out, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.Line.Serial, b.Line.Serial), strings.Compare(a.Path, b.Path))
	})
	return out, nil
}

var wrongWay = map[Direction]string{
	ToSchool:   "Этот файл записан школьным сервером для компьютера. Нужен файл «… в школу».",
	FromSchool: "Этот файл записан для школьного сервера. Нужен его ответ: файл «… из школы».",
}

// stick says what a full stick means.
type stick struct{ io.Writer }

func (s stick) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	if err != nil {
		err = unwritten(err)
	}
	return n, err
}

func unwritten(err error) error {
	return fault.Wrap(fault.ReadOnly, "На флешку записать не удалось. Проверьте, есть ли на ней место и не закрыта ли она от записи.", err)
}
