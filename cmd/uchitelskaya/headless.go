package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"uchitelskaya/app/exchange"
	"uchitelskaya/app/journal/fault"
)

// flags makes the flags of a subcommand; all have the folder.
func flags(name string) (f *flag.FlagSet, dir *string) {
	f = flag.NewFlagSet("uchitelskaya "+name, flag.ContinueOnError)
	return f, f.String("data", dataFolder(), "папка журнала")
}

// headless opens the PC for a subcommand and closes it afterwards.
func headless(ctx context.Context, dir string, work func(*pc) error) error {
	return headlessAt(ctx, dir, time.Now, func(p *pc) error {
		stop, err := trace(dir, time.Now())
		if err != nil {
			return err
		}
		defer stop()
		return work(p)
	})
}

// headlessAt is headless at another time, and without a log of its own.
func headlessAt(ctx context.Context, dir string, now func() time.Time, work func(*pc) error) error {
	p, err := openPC(ctx, dir, now)
	if err != nil {
		return err
	}
	return errors.Join(work(p), p.close())
}

// enrol makes this PC one of the school's.
func enrol(ctx context.Context, out io.Writer, args []string) error {
	f, dir := flags("enrol")
	name := f.String("name", "", "как администратор узнает этот компьютер; иначе как до сих пор или как его зовёт система")
	if err := f.Parse(args); err != nil {
		return err
	}
	return headless(ctx, *dir, func(p *pc) error {
		if _, known, err := p.book.Identity(ctx); err != nil {
			return err
		} else if !known && *name == "" {
			*name = hostName()
		}
		school, err := p.client.Enrol(ctx, strings.Join(f.Args(), " "), *name)
		if err != nil {
			return err
		}
		id, _, err := p.book.Identity(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "Компьютер «%s» подключён: %s.\n", id.Name, school)
		return p.sync(ctx, out)
	})
}

func hostName() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}

// syncOnce sends what waits and takes what is new.
func syncOnce(ctx context.Context, out io.Writer, args []string) error {
	f, dir := flags("sync")
	if err := f.Parse(args); err != nil {
		return err
	}
	return headless(ctx, *dir, func(p *pc) error {
		if err := p.sync(ctx, out); err != nil {
			return err
		}
		n, err := p.book.Count(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "Всё передано в школу. Ждут завуча: %d. Отклонены: %d. Нужно решение: %d.\n", n.Requested, n.Refused, n.Disputes)
		return nil
	})
}

// patience is after how long a person without a window wants to hear that it goes
// on, and again each time.
const patience = 5 * time.Second

// sync sends what waits and takes what is new, and says how far it is where that
// takes long.
func (p *pc) sync(ctx context.Context, out io.Writer) error {
	done := make(chan error)
	go func() { done <- p.client.Sync(ctx) }()
	for {
		select {
		case err := <-done:
			return err
		case <-time.After(patience):
		}
		switch s, err := p.client.State(ctx); {
		case err != nil: // the exchange meets it too, and says so
		case s.Counts.Unsent > 0:
			fmt.Fprintf(out, "Осталось отправить записей: %d.\n", s.Counts.Unsent)
		case s.Load.There > 0:
			fmt.Fprintf(out, "Получено записей школы: %d из %d.\n", s.Load.Here, s.Load.There)
		}
	}
}

// importFiles shows what files of other programs would change. It writes
// nothing: that is for a person at the window, who signs in.
func importFiles(ctx context.Context, out io.Writer, args []string) error {
	f, dir := flags("import")
	if err := f.Parse(args); err != nil {
		return err
	}
	var files []*exchange.File
	for _, path := range f.Args() {
		file, err := readFile(path)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return fault.New(fault.Invalid, "Назовите файлы: таблицы .xlsx и .csv, расписание .xml.")
	}
	return headless(ctx, *dir, func(p *pc) error {
		roster, err := p.book.Roster(ctx, p.year())
		if err != nil {
			return err
		}
		plan := exchange.MakePlan(roster, files, exchange.Options{On: today(p)})
		for _, fate := range []exchange.Fate{exchange.Add, exchange.Alter, exchange.Same, exchange.Wait} {
			fmt.Fprintf(out, "%s: %d\n", fate, plan.Count(fate))
		}
		for _, problem := range plan.Problems {
			fmt.Fprintln(out, problem)
		}
		fmt.Fprintln(out, "Ничего не записано. Загрузите файлы в окне программы: «Загрузить».")
		return nil
	})
}

func readFile(path string) (*exchange.File, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, "Файла "+path+" нет, или его нельзя прочитать.", err)
	}
	defer in.Close()
	return exchange.Read(path, in)
}

// verify checks the journal file and every record in it.
func verify(ctx context.Context, out io.Writer, args []string) error {
	f, dir := flags("verify")
	if err := f.Parse(args); err != nil {
		return err
	}
	return headless(ctx, *dir, func(p *pc) error {
		if err := p.book.Verify(ctx); err != nil {
			return err
		}
		_, err := fmt.Fprintln(out, "Журнал цел: файл и каждая запись в нём проверены.")
		return err
	})
}
