package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// code makes a one-time code for one more PC.
func code(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("code")
	address := f.String("address", "", "адрес сервера для компьютеров школы, например 192.168.1.5:8443")
	asJSON := f.Bool("json", false, "ответ для программ")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	at, err := reachable(*address)
	if err != nil {
		return err
	}
	school, founding, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	p, err := pin(founding)
	if err != nil {
		return err
	}
	c, err := school.NewCode(ctx, at, p)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(s.out).Encode(map[string]string{"code": c.String()})
	}
	s.say("Код подключения одного компьютера, действует час:")
	s.say("  %s", c)
	return nil
}

// devices lists the school's PCs.
func devices(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("devices")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	school, _, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	list, err := school.PCs(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		state := "подключён"
		switch {
		case d.Revoked:
			state = "отключён"
		case d.Full:
			state = "до завтра ничего не берём"
		}
		s.say("%s  %-9s  записей: %-7d  программа: %-10s  %s", d.ID, state, d.Last, programName(d.Program), d.Name)
	}
	if len(list) == 0 {
		s.say("Ни один компьютер ещё не подключён. Код подключения даёт uchitelskaya-server code.")
	}
	return nil
}

// programName is the program of a PC as the administrator reads it.
func programName(n int) string {
	switch {
	case n == 0:
		return "–"
	case n < wire.Program:
		return fmt.Sprintf("%d, обновите", n)
	}
	return strconv.Itoa(n)
}

// revoke shuts a PC out, named by its number or its whole name.
func revoke(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("revoke")
	if err := parse(f, args, 100); err != nil {
		return err
	}
	who := strings.Join(f.Args(), " ")
	if who == "" {
		return fmt.Errorf("назовите компьютер, как его называет uchitelskaya-server devices; %w", errUsage)
	}
	school, _, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	d, err := device(school, who)
	if err != nil {
		return err
	}
	if err := school.Revoke(ctx, d.ID); err != nil {
		return err
	}
	s.say("Компьютер отключён от школы: %s", d.Name)
	for _, other := range school.Devices() { // honest ones among them must not be cut off by themselves
		if other.CopyOf == d.ID && !other.Revoked {
			s.say("Копия его диска ещё подключена: %s. Если и она чужая: uchitelskaya-server revoke %s", other.Name, other.ID)
		}
	}
	return nil
}

// device finds a PC by its number or its whole name.
func device(school *server.School, who string) (d journal.Device, err error) {
	var found []journal.Device
	for _, d := range school.Devices() {
		if d.ID.String() == who || journal.Normal(d.Name) == journal.Normal(who) && !d.Revoked {
			found = append(found, d)
		}
	}
	switch {
	case len(found) == 0:
		return d, fault.New(fault.NotFound, "Компьютера «"+who+"» в школе нет.")
	case len(found) > 1:
		return d, fault.New(fault.Invalid, "Компьютеров с таким названием несколько. Назовите номер из списка: uchitelskaya-server devices.")
	}
	return found[0], nil
}
