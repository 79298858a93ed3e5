package journal_test

import (
	"testing"

	"uchitelskaya/app/journal"
)

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"31.12.2026": "31.12.2026", "1.9.2026": "01.09.2026", "01.09.26": "01.09.2026", "1.9.26": "01.09.2026", "2026-09-01": "01.09.2026",
		"29.02.2028": "29.02.2028", "1.1.49": "01.01.2049", "1.1.50": "01.01.1950", "1.1.2050": "01.01.2050", "31.12.99": "31.12.1999",
	} {
		if d, err := journal.ParseDate(text); err != nil || d.String() != want {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", text, d, err, want)
		}
	}
	for _, text := range []string{"", "31.02.2026", "29.02.2026", "32.1.2026", "1.13.2026", "01/09/2026", "1 сентября", "1.9", "1.9.1899", "1.9.2200", "1.9.20261", "0.0.0000"} {
		if d, err := journal.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s; want it refused", text, d)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("31.12.2026")
	f.Add("1.1.50")
	f.Add("2026-02-29")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := journal.ParseDate(text)
		if err != nil {
			return
		}
		if y := d.Year(); y < 1900 || y > 2199 {
			t.Fatalf("%q is a day of the year %d", text, y)
		}
		if d.IsZero() {
			return // 1 January 1970 is the one day that a Date cannot tell from none
		}
		if again, err := journal.ParseDate(d.String()); err != nil || again != d {
			t.Fatalf("%q is %s, which is read as %s, %v", text, d, again, err)
		}
	})
}

func TestCalendar(t *testing.T) {
	d := journal.MakeDate(2026, 11, 23)
	for name, tt := range map[string]struct{ got, want any }{
		"weekday":                           {d.Weekday(), 1},
		"Sunday is the last day":            {(d - 1).Weekday(), 7},
		"the Monday of a Monday":            {d.Monday(), d},
		"the Monday of a Sunday":            {(d - 1).Monday(), d - 7},
		"long":                              {d.Long(), "23 ноября"},
		"short":                             {d.Short(), "23.11"},
		"name of the day":                   {d.WeekdayName(), "понедельник"},
		"November is of this school year":   {d.SchoolYear(), 2026},
		"July is of the year before":        {journal.MakeDate(2027, 7, 31).SchoolYear(), 2026},
		"August is of the next":             {journal.MakeDate(2027, 8, 1).SchoolYear(), 2027},
		"the year's name":                   {journal.Volume(2026).YearName(), "2026/27"},
		"the year's name at the turn":       {journal.Volume(2099).YearName(), "2099/00"},
		"before 1970 the weekdays go on":    {journal.MakeDate(1969, 12, 31).Weekday(), 3},
		"an unknown date is shown as empty": {journal.Date(0).String(), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %v; want %v", name, tt.got, tt.want)
		}
	}
	for year := journal.Volume(2020); year < 2040; year++ {
		from, to := journal.YearBounds(year)
		last := map[journal.Scheme]journal.Date{}
		for _, term := range journal.DefaultTerms(year) {
			if term.From <= last[term.Scheme] || term.To <= term.From || term.From < from || term.To > to {
				t.Errorf("%d: %s lies wrong", year, term.Name())
			}
			last[term.Scheme] = term.To
		}
	}
}
