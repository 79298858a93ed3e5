package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/print"
	"uchitelskaya/storage/local"
)

// printClass writes the journal of a class, or its summary sheet, as PDF.
func printClass(ctx context.Context, out io.Writer, args []string) error {
	f, dir := flags("print")
	class := f.String("class", "", "класс: 7-А")
	year := f.Int("year", int(journal.DateOf(time.Now()).SchoolYear()), "год, в котором начинается учебный год")
	file := f.String("out", "", "имя файла; иначе по классу и году")
	summary := f.Bool("summary", false, "только сводная ведомость")
	simplex := f.Bool("simplex", false, "печать на одной стороне листа")
	if err := f.Parse(args); err != nil {
		return err
	}
	book, err := local.Open(ctx, *dir, time.Now)
	if err != nil {
		return err
	}
	defer book.Close()
	roster, err := book.Roster(ctx, journal.Volume(*year))
	if err != nil {
		return err
	}
	group, ok := classNamed(roster, *class)
	if !ok {
		return fault.New(fault.NotFound, fmt.Sprintf("Класса «%s» в этом учебном году нет. Укажите его так: -class 7-А.", *class))
	}
	j, err := print.Gather(ctx, book, journal.Volume(*year), group.ID, time.Now())
	if err != nil {
		return err
	}
	document, name := j.Layout, "Журнал"
	if *summary {
		document, name = j.SummarySheet, "Сводная ведомость"
	}
	d, err := document(ctx, print.Options{Simplex: *simplex})
	if err != nil {
		return err
	}
	path := *file
	if path == "" {
		path = fmt.Sprintf("%s %s %d-%d.pdf", name, group.Name, *year, *year+1)
	}
	if err := d.WriteFile(ctx, path); err != nil {
		return err
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	fmt.Fprintf(out, "%s: страниц %d\n", path, len(d.Pages))
	for _, n := range d.Notes {
		fmt.Fprintln(out, n)
	}
	return nil
}

func classNamed(r *journal.Roster, name string) (journal.Group, bool) {
	for _, g := range r.Groups(journal.SortClass) {
		if journal.Normal(g.Name) == journal.Normal(name) {
			return g, true
		}
	}
	return journal.Group{}, false
}
