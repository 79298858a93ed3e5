package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
)

// version is set by the build.
var version = "dev"

// A command is one word after the program's name.
type command struct {
	name string
	does string
	run  func(ctx context.Context, s *shell, args []string) error
}

func commands() []command {
	return []command{
		{"init", "создать школу", initSchool},
		{"serve", "отвечать компьютерам школы", serve},
		{"status", "как работает сервер: компьютеры, записи, место на диске, копия", status},
		{"code", "код для подключения ещё одного компьютера", code},
		{"account", "имена для входа и пароли: add, reset, block, unblock, list", account},
		{"devices", "компьютеры школы", devices},
		{"revoke", "отключить компьютер от школы", revoke},
		{"parcel", "взять с флешки записи компьютеров без сети и записать ответы", carry},
		{"backup", "проверенная копия всех данных в одном файле", backup},
		{"restore", "развернуть копию в пустой папке", restore},
		{"renew", "начать заново после того, как данные восстановлены из копии", renew},
		{"migrate", "создать или обновить таблицы в базе PostgreSQL", migrate},
		{"rebuild", "создать сервер заново из журналов компьютеров школы", rebuildSchool},
		{"version", "версия программы", func(_ context.Context, s *shell, _ []string) error { s.say("%s", version); return nil }},
	}
}

// errUsage marks a wrong command line; it ends the program with status 2.
var errUsage = errors.New("справка: uchitelskaya-server help")

func main() {
	os.Exit(start(os.Args[1:]))
}

// start runs one command and returns the status for the shell.
func start(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the program at once
	defer stop()
	s := &shell{out: os.Stdout, now: time.Now}
	err := s.dispatch(ctx, args)
	var f *fault.Error
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(os.Stderr, err)
		return 2
	case errors.As(err, &f):
		fmt.Fprintln(os.Stderr, f.Text)
		if f.Err != nil {
			fmt.Fprintln(os.Stderr, "Подробности:", f.Err)
		}
	default:
		fmt.Fprintln(os.Stderr, "Команда не выполнена. Подробности:", err)
	}
	return 1
}

// shell is what commands work with.
type shell struct {
	out io.Writer
	now func() time.Time // in the school's zone: that of this computer
}

func (s *shell) say(format string, args ...any) { fmt.Fprintf(s.out, format+"\n", args...) }

func (s *shell) dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		s.say("Школьный сервер «Учительская». Команды:\n")
		for _, c := range commands() {
			s.say("  %-8s  %s", c.name, c.does)
		}
		s.say("\nПодробнее о команде: uchitelskaya-server КОМАНДА -h")
		return nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, s, args[1:])
		}
	}
	return fmt.Errorf("Нет команды «%s»; %w", args[0], errUsage) //nolint:staticcheck // a sentence for the administrator
}

// flags begins the flags of a command; every one has the place.
func (s *shell) flags(name string) (*flag.FlagSet, *place) {
	f, p := flag.NewFlagSet(name, flag.ContinueOnError), &place{}
	f.SetOutput(os.Stderr)
	f.StringVar(&p.at, "data", "/var/lib/uchitelskaya-server", "папка данных школьного сервера или адрес базы PostgreSQL: postgres://роль@компьютер/база")
	f.StringVar(&p.id, "school", "", "номер школы, если в базе их несколько")
	return f, p
}

// parse reads flags and refuses what is left over, beyond the words expected.
func parse(f *flag.FlagSet, args []string, words int) error {
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return err
	case err != nil:
		return errUsage // flag has said what is wrong
	case f.NArg() > words:
		return fmt.Errorf("лишнее слово «%s»; %w", f.Arg(words), errUsage)
	}
	return nil
}

// pin is what PCs know the server by.
func pin(f ledger.Founding) ([32]byte, error) {
	cert, err := identity.ReadServerCert(f.TLSKey, f.TLSCert)
	if err != nil {
		return [32]byte{}, err
	}
	return identity.Pin(cert.Leaf), nil
}
