package journal

import (
	"fmt"
	"time"
)

// A Date is a day of the calendar without a zone: days since 1 January 1970.
// The zero Date stands for «no date».
type Date int32

// MakeDate returns the date of a year, month and day.
func MakeDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DateOf returns the calendar day on which t falls in its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return MakeDate(y, m, d)
}

// ParseDate reads «31.12.2026», «31.12.26» (1950–2049) or «2026-12-31» and
// refuses days that do not exist and years outside 1900–2199.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2.1.2006", "2.1.06", time.DateOnly} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if layout == "2.1.06" && t.Year() >= 2050 {
			t = t.AddDate(-100, 0, 0)
		}
		if t.Year() < 1900 || t.Year() > 2199 {
			break
		}
		return DateOf(t), nil
	}
	return 0, fmt.Errorf("no such date: %q", s)
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Weekday returns 1 for Monday to 7 for Sunday.
func (d Date) Weekday() int { return (int(d.Time().Weekday())+6)%7 + 1 }

// Month is the month of the year.
func (d Date) Month() time.Month { return d.Time().Month() }

// Day is the day of the month.
func (d Date) Day() int { return d.Time().Day() }

// Year is the calendar year.
func (d Date) Year() int { return d.Time().Year() }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Monday returns the Monday of the week of d.
func (d Date) Monday() Date { return d - Date(d.Weekday()-1) }

// String is «31.12.2026».
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("02.01.2006")
}

// Short is «31.12», for dense tables.
func (d Date) Short() string { return d.Time().Format("02.01") }

var (
	monthsOf  = [...]string{"", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"}
	months    = [...]string{"", "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"}
	days      = [...]string{"", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"}
	daysShort = [...]string{"", "пн", "вт", "ср", "чт", "пт", "сб", "вс"}
)

// Long is «23 ноября».
func (d Date) Long() string { return fmt.Sprintf("%d %s", d.Day(), monthsOf[d.Month()]) }

// WeekdayName is «понедельник».
func (d Date) WeekdayName() string { return days[d.Weekday()] }

// WeekdayShort is «пн».
func (d Date) WeekdayShort() string { return daysShort[d.Weekday()] }

// MonthName is «Ноябрь».
func MonthName(m time.Month) string { return months[m] }

// SchoolYear returns the year in which the school year of d begins; it turns on
// 1 August, when next year's load is being entered.
func (d Date) SchoolYear() int {
	if d.Month() >= time.August {
		return d.Year()
	}
	return d.Year() - 1
}
