package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"uchitelskaya/app/journal"
)

var (
	numericDate = regexp.MustCompile(`^(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})$`)
	isoDate     = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	wordyDate   = regexp.MustCompile(`^(\d{1,2}) ([а-яё]+)\.? (\d{4})$`)
	timeOfDay   = regexp.MustCompile(`[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?z?$`)
	yearWord    = regexp.MustCompile(`\s*г(\.|ода?)?\s*(р(\.|ожд\.?)?)?$`)
)

// monthStems begin the names of the months, in both cases and shortened.
var monthStems = [...]string{"янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"}

// ParseDate reads a date as people and programs write it: «14.03.2013»,
// «14.3.13», «14/03/2013», «2013-03-14», «14 марта 2013 г.», with or without a
// time of day, and the number of days after epoch when epoch is not zero. The
// day stands before the month. The error is a sentence without a full stop:
// «такой даты нет: 31 февраля».
func ParseDate(s string, epoch journal.Date) (journal.Date, error) {
	text := timeOfDay.ReplaceAllString(strings.ToLower(tidy(s)), "")
	text = strings.TrimSpace(yearWord.ReplaceAllString(text, ""))
	if m := numericDate.FindStringSubmatch(text); m != nil {
		year := number(m[3])
		if len(m[3]) == 2 {
			year += 1900
			if year < 1950 {
				year += 100
			}
		}
		return day(year, number(m[2]), number(m[1]))
	}
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return day(number(m[1]), number(m[2]), number(m[3]))
	}
	if m := wordyDate.FindStringSubmatch(text); m != nil {
		for i, stem := range monthStems {
			if strings.HasPrefix(m[2], stem) {
				return day(number(m[3]), i+1, number(m[1]))
			}
		}
	}
	if d, ok := serial(text, epoch); ok {
		return d, nil
	}
	return 0, fmt.Errorf("«%s» — не дата, нужно как 14.03.2013", short(s))
}

// serial reads a number of days. Only days from 1930 to 2049 count: a smaller
// number is a year, a mark or a class that stands in the wrong column.
func serial(s string, epoch journal.Date) (journal.Date, bool) {
	if epoch == 0 {
		return 0, false
	}
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	if _, bad := strconv.ParseFloat(s, 64); err != nil || bad != nil || n < 0 || n > 80_000 {
		return 0, false
	}
	d := epoch + journal.Date(n)
	return d, d >= journal.MakeDate(1930, 1, 1) && d < journal.MakeDate(2050, 1, 1)
}

func day(year, month, d int) (journal.Date, error) {
	if month < 1 || month > 12 {
		return 0, fmt.Errorf("такой даты нет: месяца %d не бывает", month)
	}
	date := journal.MakeDate(year, time.Month(month), d)
	switch {
	case year < 1900 || year > 2099:
		return 0, fmt.Errorf("такого года не может быть: %d", year)
	case d < 1 || date.Day() != d || date.Month() != time.Month(month):
		of := journal.MakeDate(2000, time.Month(month), 1).Long()
		return 0, fmt.Errorf("такой даты нет: %d%s", d, of[1:])
	}
	return date, nil
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// short is a value as it is quoted in a sentence.
func short(s string) string {
	r := []rune(tidy(s))
	if len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return string(r)
}
