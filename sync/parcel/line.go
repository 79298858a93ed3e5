package parcel

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// A Direction says who reads a parcel.
type Direction string

// The directions.
const (
	ToSchool   Direction = "to-school"
	FromSchool Direction = "from-school"
)

// A Line is the first line of a parcel. It is not secret, and believed only
// together with the signature.
type Line struct {
	Direction Direction
	Device    journal.DeviceID
	Epoch     [16]byte
	Serial    uint64 // Unix milliseconds
}

const (
	magic   = "uchitelskaya-parcel/"
	version = "1"
	maxLine = 200
)

// String is the line with its end.
func (l Line) String() string {
	s := fmt.Sprintf("%s%s %s %x %x %d ", magic, version, l.Direction, l.Device[:], l.Epoch[:], l.Serial)
	return s + check(s) + "\n"
}

func check(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

// ReadLine reads the first line of a file. The error's code is [fault.Invalid]
// for a file that is no parcel, or one of a later version.
func ReadLine(r io.Reader) (Line, error) {
	l, _, err := readLine(bufio.NewReaderSize(io.LimitReader(r, maxLine), maxLine))
	return l, err
}

// readLine also returns the line as it stands there.
func readLine(r *bufio.Reader) (l Line, raw string, err error) {
	got, err := r.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
		return l, "", unread(err)
	}
	if len(got) < len(magic) && strings.HasPrefix(magic, string(got)) {
		return l, "", damaged(errors.New("the file ends where it begins"))
	}
	if !strings.HasPrefix(string(got), magic) {
		return l, "", fault.New(fault.Invalid, "Это не посылка программы «Учительская». Выберите файл с окончанием «"+Ending+"».")
	}
	raw = string(got)
	if len(raw) > maxLine || !strings.HasSuffix(raw, "\n") {
		return l, "", damaged(errors.New("the first line has no end"))
	}
	fields := strings.Split(strings.TrimSuffix(raw, "\n"), " ")
	if fields[0] != magic+version {
		return l, "", fault.Wrap(fault.Invalid, "Этот файл записала другая версия программы. Обновите программу здесь.", fmt.Errorf("version %q", fields[0]))
	}
	if len(fields) != 6 {
		return l, "", damaged(fmt.Errorf("the first line has %d fields", len(fields)))
	}
	l.Direction = Direction(fields[1])
	var errs [3]error
	l.Device, errs[0] = id[journal.DeviceID](fields[2])
	l.Epoch, errs[1] = id[[16]byte](fields[3])
	l.Serial, errs[2] = strconv.ParseUint(fields[4], 10, 48)
	if err := errors.Join(errs[:]...); err != nil {
		return l, "", damaged(err)
	}
	if l.String() != raw || l.Direction != ToSchool && l.Direction != FromSchool {
		return l, "", damaged(fmt.Errorf("the first line is %q", raw))
	}
	return l, raw, nil
}

func id[T ~[16]byte](s string) (out T, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(out) {
		return out, fmt.Errorf("%q is no id", s)
	}
	return T(b), nil
}

func damaged(err error) error {
	return fault.Wrap(fault.Damaged, "Файл повреждён или скопирован не до конца, из него ничего не взято. Скопируйте его ещё раз.", err)
}

func tooLarge(err error) error {
	return fault.Wrap(fault.TooLarge, "Файл слишком большой для посылки, из него ничего не взято. Запишите его заново.", err)
}

func unread(err error) error {
	return fault.Wrap(fault.NotFound, "Файл не читается. Проверьте, вставлена ли флешка.", err)
}

// ErrCopied is said of a PC under whose number another one has written: only the
// network makes it another PC, because both sides must hear that at once.
var ErrCopied = fault.New(fault.Cloned, "Под номером этого компьютера записи пришли и с другого: похоже, его диск скопировали или вернули из копии. "+
	"Записанное здесь цело. Подключите этот компьютер к сети школы хотя бы раз: он сам получит другой номер и всё передаст. Флешкой этого не сделать.")
