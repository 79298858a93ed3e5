package main

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/storage/local"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/rebuild"
)

// maxJournals bounds how many journals one command takes.
const maxJournals = 500

// source is a journal that was given.
type source struct {
	path string
	*local.Copy
}

// name is how the report calls a journal.
func (s source) name() string { return s.Identity.Name + " (" + s.path + ")" }

// rebuildSchool makes a new server from journals of the school's PCs.
func rebuildSchool(ctx context.Context, s *shell, args []string) error {
	f := flag.NewFlagSet("rebuild", flag.ContinueOnError)
	f.SetOutput(os.Stderr)
	to := f.String("to", "", "папка нового школьного сервера или адрес базы PostgreSQL: postgres://роль@компьютер/база; этой школы в них ещё не должно быть")
	address := f.String("address", "", "адрес сервера для компьютеров школы, например 192.168.1.5:8443")
	asJSON := f.Bool("json", false, "ответ для программ")
	if err := parse(f, args, maxJournals); err != nil {
		return err
	}
	if *to == "" || f.NArg() == 0 {
		return fmt.Errorf("назовите папку нового сервера или базу данных (-to) и журналы компьютеров школы: папки или файлы копий; %w", errUsage)
	}
	at, err := reachable(*address)
	if err != nil {
		return err
	}
	if _, err := os.Stat(sqlite.Path(*to)); err == nil {
		return fault.New(fault.Invalid, "В папке "+*to+" уже есть школа. Новый сервер можно создать только в пустой папке.")
	}
	sources, err := s.sources(ctx, f.Args())
	if err != nil {
		return err
	}
	known, err := rebuild.Merge(given(sources))
	if errors.Is(err, rebuild.ErrSchools) {
		return fault.Wrap(fault.Invalid, "Это журналы разных школ. Дайте журналы одной школы.", err)
	} else if err != nil {
		return err
	}
	r, err := s.remake(ctx, place{at: *to}, sources, known, at)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(s.out).Encode(r)
	}
	r.print(s)
	return nil
}

// sources reads the journals.
func (s *shell) sources(ctx context.Context, paths []string) ([]source, error) {
	out := make([]source, len(paths))
	for i, path := range paths {
		c, err := local.ReadCopy(ctx, path, s.now)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out[i] = source{path, c}
	}
	return out, nil
}

// given is the journals as the merging takes them.
func given(sources []source) []rebuild.Journal {
	out := make([]rebuild.Journal, len(sources))
	for i, s := range sources {
		j := rebuild.Journal{Name: s.name(), School: s.Identity.School, Server: serverOf(s.Server), Loose: s.Loose}
		for _, f := range s.Former {
			j.Former = append(j.Former, serverOf(f))
		}
		j.PC = rebuild.PC{
			Key: s.Identity.Key.Public().(ed25519.PublicKey), Name: s.Identity.Name, Keys: s.Return.Keys, Sealed: s.Own, Unsealed: s.Unsealed,
		}
		for _, n := range s.NotTaken {
			j.PC.NotTaken = append(j.PC.NotTaken, ledger.Judged{Verdict: n.Verdict, Raw: n.Raw})
		}
		out[i] = j
	}
	return out
}

// serverOf is what a journal knows of one server.
func serverOf(s local.Server) rebuild.Server {
	out := rebuild.Server{Epoch: s.Epoch, Logs: map[journal.Volume]rebuild.Log{}}
	for v, l := range s.Logs {
		out.Logs[v] = rebuild.Log(l)
	}
	return out
}
