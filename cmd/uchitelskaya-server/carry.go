package main

import (
	"context"
	"crypto"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/parcel"
	"uchitelskaya/sync/server"
)

// carry takes parcels of PCs without a network from a stick and writes the
// answers beside them. serve may run meanwhile: it sees what was written as it
// sees what any other process of the server writes.
func carry(ctx context.Context, s *shell, args []string) (err error) {
	f, data := s.flags("parcel")
	answer := f.String("answer", "", "папка или файл для ответа; иначе рядом с посылкой")
	news := f.String("news", "", "компьютер, для которого записать всё новое, хотя посылки от него нет")
	if err := parse(f, args, 1); err != nil {
		return err
	}
	if f.NArg() == 0 {
		return fmt.Errorf("назовите папку флешки или файл; %w", errUsage)
	}
	school, founding, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	key, err := signer(founding)
	if err != nil {
		return err
	}
	c := carrier{s, school, key}
	if *news != "" {
		return c.tell(ctx, *news, f.Arg(0))
	}
	return c.all(ctx, f.Arg(0), *answer)
}

// signer is the TLS key, by which the PCs know the server.
func signer(f ledger.Founding) (crypto.Signer, error) {
	cert, err := identity.ReadServerCert(f.TLSKey, f.TLSCert)
	if err != nil {
		return nil, err
	}
	key, ok := cert.PrivateKey.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("TLS key of type %T", cert.PrivateKey)
	}
	return key, nil
}

// A carrier answers parcels.
type carrier struct {
	*shell
	school *server.School
	key    crypto.Signer
}

// all answers every parcel at a path, the earliest first. One that cannot be
// taken does not stop the others.
func (c carrier) all(ctx context.Context, path, answer string) error {
	files, err := parcel.Find(path, parcel.ToSchool)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fault.New(fault.NotFound, "В папке "+path+" нет посылок от компьютеров школы: файлов «… в школу"+parcel.Ending+"».")
	}
	if answer == "" {
		answer = filepath.Dir(files[0].Path)
	}
	failed := 0
	for _, f := range files {
		err := c.one(ctx, f.Path, answer)
		if ctx.Err() != nil {
			return err
		}
		if err != nil {
			failed++
			c.say("%s: %s", filepath.Base(f.Path), fault.TextOf(err))
			if fault.CodeOf(err) == fault.Internal {
				c.say("Подробности: %v", err)
			}
		}
	}
	if failed > 0 {
		return fault.New(fault.Invalid, fmt.Sprintf("Посылок %d, из них не взято %d.", len(files), failed))
	}
	return nil
}

func (c carrier) one(ctx context.Context, path, answer string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open parcel: %w", err)
	}
	defer f.Close()
	done, to, err := c.write(answer, func(w io.Writer) (server.Carried, error) { return c.school.Answer(ctx, f, w, c.key) })
	if err != nil {
		return err
	}
	switch {
	case done.Former:
		c.say("%s: посылка записана до восстановления сервера и не взята. После ответа компьютер запишет новую.", done.Device)
	default:
		c.say("%s: принято %d, ждут завуча %d, отклонено %d.", done.Device, done.Accepted, done.Requested, done.Refused)
	}
	c.back(done, to)
	return nil
}

// tell writes the news for a PC named as the list of devices does.
func (c carrier) tell(ctx context.Context, pc, to string) error {
	device, err := device(c.school, pc)
	if err != nil {
		return err
	}
	done, path, err := c.write(to, func(w io.Writer) (server.Carried, error) { return c.school.Tell(ctx, device.ID, w, c.key) })
	if err != nil {
		return err
	}
	c.back(done, path)
	return nil
}

// back says what goes back to the PC.
func (c carrier) back(done server.Carried, path string) {
	if done.Told != nil {
		c.say("  %s", fault.TextOf(done.Told))
	}
	if done.Left {
		c.say("  Новое не уместилось в один файл: после него компьютеру нужна ещё одна посылка.")
	}
	c.say("  Новых записей %d. Отнесите на компьютер: %s", done.Entries, path)
}

func (c carrier) write(to string, answer func(io.Writer) (server.Carried, error)) (done server.Carried, path string, err error) {
	dir, name := parcel.Split(to)
	path, err = parcel.Create(dir, func(w io.Writer) (parcel.Line, string, error) {
		if done, err = answer(w); err != nil {
			return done.Line, "", err
		}
		if name == "" {
			return done.Line, done.Line.Name(done.Device, c.now().Location()), nil
		}
		return done.Line, name, nil
	})
	return done, path, err
}
