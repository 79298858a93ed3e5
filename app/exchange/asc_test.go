package exchange_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

// timetable is what a roster's pages and their places in the week are.
func timetable(r *journal.Roster) string {
	var b strings.Builder
	for _, page := range r.Pages() {
		g, _ := r.Group(page.Group)
		s, _ := r.Subject(page.Subject)
		fmt.Fprintf(&b, "%s | %s | %d.%02d |", g.Name, s.Name, page.Hours/100, page.Hours%100)
		for _, a := range r.Teachers(page.ID) {
			who, _ := r.Staff(a.Staff)
			fmt.Fprintf(&b, " %s с %s", who.Initials(), a.From.Short())
			if a.To != 0 {
				fmt.Fprintf(&b, " по %s", a.To.Short())
			}
		}
		b.WriteString(" |")
		for _, slot := range r.Slots(page.ID) {
			fmt.Fprintf(&b, " %s%d", [...]string{"", "пн", "вт", "ср", "чт", "пт", "сб", "вс"}[slot.Weekday], slot.Number)
			b.WriteString([...]string{"", "А", "Б"}[slot.Week])
			if slot.Room != "" {
				fmt.Fprintf(&b, "[%s]", slot.Room)
			}
			if slot.From != journal.MakeDate(2026, 9, 1) || slot.To != 0 {
				fmt.Fprintf(&b, "(%s–%s)", slot.From.Short(), slot.To)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestTimetables(t *testing.T) {
	for _, name := range []string{"asc2012-windows1251", "asc2024-utf8", "asc2008-undeclared"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name+".xml"))
			if err != nil {
				t.Fatal(err)
			}
			r := journal.NewRoster(year)
			take(r, plan(r, csv(t, "Педагоги.csv", "ФИО;Должность", "Ковальчук Анна Сергеевна;учитель", "Иванова Нина Петровна;учитель", "Гусев Пётр Ильич;учитель", "Мороз Игорь Львович;учитель")))
			f := read(t, name+".xml", data)
			p := plan(r, f)
			take(r, p)
			golden(t, name+".golden", show(p)+"\n"+timetable(r))

			again := plan(r, f)
			if c := again.Changes(); len(c) != 0 || again.Count(exchange.Add)+again.Count(exchange.Alter) > 0 {
				t.Errorf("the same timetable plans %d changes once more:\n%s", len(c), show(again))
			}
		})
	}
}
